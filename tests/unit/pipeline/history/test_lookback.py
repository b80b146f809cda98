"""What people signed comes first, then what stands, and the order is always the same."""

from dataclasses import replace
from itertools import permutations

from varinterp.model.assessment import AcmgClass
from varinterp.pipeline.history.lookback import signed_first
from varinterp.registry.records import Rested

FORMER = Rested(
    case="C-A",
    analysis=1,
    allele="GRCh38:22-20061538-G-A",
    gene="HGNC:25439",
    disease="OMIM:616878",
    machine_class=AcmgClass.UNCERTAIN,
    signed_class=None,
    current=False,
)
CURRENT = replace(FORMER, analysis=2, current=True)
SIGNED = replace(FORMER, case="C-B", signed_class=AcmgClass.PATHOGENIC)


def test_signed_then_current_then_former_whatever_the_order_before() -> None:
    for order in permutations((FORMER, CURRENT, SIGNED)):
        assert signed_first(order) == (SIGNED, CURRENT, FORMER)
