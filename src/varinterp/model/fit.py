"""Whether a family's genotypes fit a mode of inheritance: three answers, each with its reason."""

from dataclasses import dataclass, replace
from enum import StrEnum

from varinterp.model.copy_number import CopyNumber
from varinterp.model.evidence import Reason, Scalar
from varinterp.model.variant import Allele


class Answer(StrEnum):
    """Fits, does not fit, or cannot be told from the genotypes at hand."""

    FITS = "fits"
    UNKNOWN = "unknown"
    DOES_NOT_FIT = "does_not_fit"

    @property
    def rank(self) -> int:
        """0 for the answer that ranks first."""
        return list(Answer).index(self)


@dataclass(frozen=True, slots=True)
class Fit:
    """An answer; `partner` is the other allele of a compound heterozygote.

    Where the second hit is a loss or a gain of copies, `copy_number` is it, and `partner` is None.
    """

    answer: Answer
    reason: Reason
    partner: Allele | None = None
    copy_number: CopyNumber | None = None

    def telling(self, **facts: Scalar) -> "Fit":
        """Return the same answer with the facts of its reason filled in."""
        return replace(self, reason=Reason.of(self.reason.key, **facts))


def fits(key: str, **facts: Scalar) -> Fit:
    """Every sequenced member's genotype agrees with the mode."""
    return Fit(Answer.FITS, Reason.of(key, **facts))


def unknown(key: str, **facts: Scalar) -> Fit:
    """A genotype that would decide is missing, or contradicts another one."""
    return Fit(Answer.UNKNOWN, Reason.of(key, **facts))


def does_not_fit(key: str, **facts: Scalar) -> Fit:
    """A member's genotype contradicts the mode."""
    return Fit(Answer.DOES_NOT_FIT, Reason.of(key, **facts))
