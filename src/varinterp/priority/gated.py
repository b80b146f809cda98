"""An allele of a family that became no candidate, as far as the gates' columns tell of it."""

from dataclasses import dataclass

from varinterp.model.evidence import Reason
from varinterp.model.variant import Allele


@dataclass(frozen=True, slots=True)
class Gated:
    """An allele and the questions of the gates that it did not pass, in their order.

    `carried` is whether the proband has it. `failed` pairs a gate's name with what it compared.
    """

    allele: Allele
    carried: bool
    failed: tuple[tuple[str, Reason], ...]
