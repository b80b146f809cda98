"""What a line of the scoring tables is asked: one copy number, and the reader of its facts."""

from collections.abc import Iterable
from dataclasses import dataclass

from varinterp.errors import InternalError
from varinterp.model.copy_number import Change, CopyNumber
from varinterp.model.copy_number_facts import (
    GENE_DOSAGE,
    GENES_HIT,
    REGION_DOSAGE,
    DosageRegion,
    GeneHit,
    Hit,
    Sensitivity,
)
from varinterp.model.facts import RULE
from varinterp.model.reads import Reader

_NAMED = 6


@dataclass(frozen=True, slots=True)
class CopyQuestion:
    """A copy number and a fresh reader."""

    copy_number: CopyNumber
    read: Reader

    @property
    def is_loss(self) -> bool:
        """Whether copies are missing."""
        return self.copy_number.change is Change.LOSS

    def number(self, rule: str) -> float:
        """Read a number of ``copy_number.…`` from the rules in force."""
        value = self.read(RULE, f"copy_number.{rule}")
        if value is None or isinstance(value.value, str | tuple):
            raise InternalError(f"the rules in force have no number copy_number.{rule}")
        return value.value

    def genes(self) -> tuple[GeneHit, ...]:
        """Read how the genes are touched."""
        found = self.read(GENES_HIT, self.copy_number.place)
        return () if found is None else found.genes

    def dosage_known(self) -> bool:
        """Whether a source of dosage sensitivity was consulted at all."""
        return all([self.read.provides(fact) for fact in (GENE_DOSAGE, REGION_DOSAGE)])

    def regions(self) -> tuple[DosageRegion, ...]:
        """Read the evaluated regions that it overlaps."""
        found = self.read(REGION_DOSAGE, self.copy_number.span)
        return () if found is None else found.regions

    def established(self, change: Change, *hits: Hit) -> tuple[GeneHit, ...]:
        """Return the genes of established sensitivity to a change that are touched in these ways.

        Without `hits`, in whichever way.
        """
        return tuple(
            gene
            for gene in self.genes()
            if (not hits or gene.hit in hits) and self._established(gene, change)
        )

    def established_regions(self, change: Change) -> tuple[DosageRegion, ...]:
        """Return the overlapped regions of established sensitivity to a change."""
        return tuple(each for each in self.regions() if each.of(change) is Sensitivity.SUFFICIENT)

    def benign_regions(self) -> tuple[DosageRegion, ...]:
        """Return the overlapped regions whose change of the same kind is established as benign."""
        change = self.copy_number.change
        return tuple(each for each in self.regions() if each.of(change) is Sensitivity.UNLIKELY)

    def contains(self, region: DosageRegion) -> bool:
        """Whether the copy number spans a region whole."""
        return self.copy_number.start <= region.start and region.end <= self.copy_number.end

    def within(self, region: DosageRegion) -> bool:
        """Whether the copy number lies in a region whole."""
        return region.start <= self.copy_number.start and self.copy_number.end <= region.end

    def _established(self, gene: GeneHit, change: Change) -> bool:
        dosage = self.read(GENE_DOSAGE, gene.hgnc)
        return dosage is not None and dosage.of(change) is Sensitivity.SUFFICIENT


def named(things: Iterable[GeneHit | DosageRegion]) -> str:
    """Name genes and regions in a sentence: the first six, and how many more there are."""
    names = [each.gene if isinstance(each, GeneHit) else each.name for each in things]
    beyond = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" (+{beyond})" if beyond > 0 else "")
