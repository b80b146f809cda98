"""A person's genotype at one allele, as the caller reported it."""

from dataclasses import dataclass
from enum import StrEnum


class Zygosity(StrEnum):
    """Copies of the allele that a person carries. Missing is its own answer, never reference."""

    REFERENCE = "reference"
    HETEROZYGOUS = "heterozygous"
    HOMOZYGOUS = "homozygous"
    HEMIZYGOUS = "hemizygous"
    MISSING = "missing"

    @property
    def carries(self) -> bool:
        """Whether at least one copy was called."""
        return self in _CARRIERS


_CARRIERS = frozenset({Zygosity.HETEROZYGOUS, Zygosity.HOMOZYGOUS, Zygosity.HEMIZYGOUS})


@dataclass(frozen=True, slots=True)
class Genotype:
    """A call of one allele in one person.

    `copies` counts the allele and `ploidy` the haplotypes called (2, or 1 for a haploid call);
    both are None when the call is missing or half missing. `haplotype` is the side (0 or 1) that
    carries a phased heterozygous allele, `phase_set` the block in which sides are comparable.
    Depths are reads; `quality` is the caller's phred-scaled GQ. `likelihoods` are the caller's
    (PL) of no, one and, but for a haploid call, two copies, phred-scaled and relative to the best
    genotype; None where the caller gives none.
    """

    copies: int | None
    ploidy: int | None
    haplotype: int | None = None
    phase_set: str | None = None
    ref_depth: int | None = None
    alt_depth: int | None = None
    depth: int | None = None
    quality: int | None = None
    likelihoods: tuple[int, ...] | None = None

    @property
    def zygosity(self) -> Zygosity:
        """Zygosity from the call alone; sex and region are the inheritance filters' business."""
        if self.copies is None or self.ploidy is None:
            return Zygosity.MISSING
        if self.copies == 0:
            return Zygosity.REFERENCE
        if self.ploidy == 1:
            return Zygosity.HEMIZYGOUS
        return Zygosity.HOMOZYGOUS if self.copies == self.ploidy else Zygosity.HETEROZYGOUS

    @property
    def alt_fraction(self) -> float | None:
        """Share of reads that carry the allele, or None without depths."""
        if self.ref_depth is None or self.alt_depth is None:
            return None
        total = self.ref_depth + self.alt_depth
        return self.alt_depth / total if total else None


MISSING = Genotype(copies=None, ploidy=None)
"""The genotype of somebody who was sequenced and has no call at the site."""
