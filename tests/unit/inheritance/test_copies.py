"""A copy number beside a small allele: when it is a second hit, and who has it."""

import pytest

from core_builders import TANGO2, allele, trio
from varinterp.inheritance.calls import Call
from varinterp.inheritance.copies import codes_of, second_hit, spans
from varinterp.model.assessment import AcmgClass
from varinterp.model.carried_copy import CarriedCopy
from varinterp.model.chromosome import Chromosome
from varinterp.model.copy_number import Change, CopyNumber
from varinterp.model.copy_number_facts import Carrier

LOSS, GAIN = Change.LOSS, Change.GAIN
START, END = 20050000, 20064000


def copy(
    change: Change = LOSS,
    held: AcmgClass = AcmgClass.UNCERTAIN,
    copies: int | None = 1,
    **carriers: Carrier,
) -> CarriedCopy:
    number = CopyNumber(Chromosome.C22, START, END, change, copies)
    return CarriedCopy(number, (TANGO2.hgnc,), held, 0.0, tuple(carriers.items()))


@pytest.mark.parametrize(
    ("change", "held", "hit"),
    [
        (LOSS, AcmgClass.PATHOGENIC, True),
        (LOSS, AcmgClass.UNCERTAIN, True),
        (LOSS, AcmgClass.LIKELY_BENIGN, False),
        (LOSS, AcmgClass.BENIGN, False),
        (GAIN, AcmgClass.PATHOGENIC, True),
        (GAIN, AcmgClass.LIKELY_PATHOGENIC, True),
        (GAIN, AcmgClass.UNCERTAIN, False),
        (GAIN, AcmgClass.BENIGN, False),
    ],
)
def test_a_loss_may_be_a_second_hit_and_a_gain_where_it_is_pathogenic(
    change: Change, held: AcmgClass, hit: bool
) -> None:
    assert second_hit(copy(change, held), TANGO2.hgnc) is hit
    assert not second_hit(copy(change, held), "HGNC:2847")


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        (f"22-{START}-G-A", True),
        (f"22-{START - 1}-G-A", False),
        (f"22-{END}-G-A", True),
        (f"22-{END + 1}-G-A", False),
        (f"22-{END - 1}-GT-G", True),
        (f"22-{END}-GT-G", False),
        (f"21-{START}-G-A", False),
    ],
)
def test_a_loss_spans_what_lies_in_it_whole(name: str, inside: bool) -> None:
    assert spans(copy(), allele(name)) is inside
    assert not spans(copy(GAIN), allele(name))


def test_who_was_not_called_either_way_has_no_call() -> None:
    family = trio(sibling=None, unsequenced=("mother",))
    found = codes_of(copy(proband=Carrier.YES, father=Carrier.NO), family)

    assert found.tolist() == [Call.HET, Call.REFERENCE, Call.ABSENT]
    assert codes_of(copy(proband=Carrier.YES), family).tolist() == [
        *(Call.HET, Call.MISSING, Call.ABSENT)
    ]


@pytest.mark.parametrize(
    ("copies", "proband"), [(0, Call.HOM), (1, Call.HET), (3, Call.HET), (None, Call.HET)]
)
def test_no_copy_left_is_two_hits_of_the_proband_and_not_of_a_parent(
    copies: int | None, proband: Call
) -> None:
    family = trio(mother=None)
    found = codes_of(copy(copies=copies, proband=Carrier.YES, father=Carrier.YES), family)

    assert found.tolist() == [proband, Call.HET]
