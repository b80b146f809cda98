"""A copy number of the patient as the ranking reads it: a second hit beside a small allele."""

from dataclasses import dataclass

from varinterp.model.assessment import AcmgClass
from varinterp.model.copy_number import CopyNumber
from varinterp.model.copy_number_facts import Carrier


@dataclass(frozen=True, slots=True)
class CarriedCopy:
    """A called copy number, the genes whose exons it touches, and who in the family has it.

    `genes` are HGNC ids, sorted; `held` and `points` its proposed class and score (Riggs 2020,
    PMID 31690835) as they stood when it was assessed: no reanalysis asks for them again. `calls`
    are in the pedigree's order.
    """

    copy_number: CopyNumber
    genes: tuple[str, ...]
    held: AcmgClass
    points: float
    calls: tuple[tuple[str, Carrier], ...]
    constructed: bool = False

    def of(self, person_id: str) -> Carrier:
        """Return a person's call; unknown when the person has none."""
        return dict(self.calls).get(person_id, Carrier.UNKNOWN)
