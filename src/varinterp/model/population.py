"""What populations say of an allele beyond a resource's own row: groups, lists, own counts."""

from dataclasses import dataclass
from enum import StrEnum

from varinterp.model.gene_disease import Inheritance


@dataclass(frozen=True, slots=True)
class GroupFrequency:
    """What a population resource counted in one of its genetic ancestry groups.

    `group` is the resource's own code; `faf95` is None where the resource gives no bound for it.
    """

    group: str
    ac: int
    an: int
    faf95: float | None = None

    @property
    def af(self) -> float:
        """The frequency as counted, a fraction of 1; 0 where nobody was genotyped."""
        return self.ac / self.an if self.an else 0.0


@dataclass(frozen=True, slots=True)
class PopulationGroups:
    """The codes of the groups that a population resource tells apart, in order."""

    codes: tuple[str, ...]
    constructed: bool = False


class RateMeasure(StrEnum):
    """What a published rate counts: people who carry the allele, or alleles."""

    CARRIER_RATE = "carrier_rate"
    ALLELE_FREQUENCY = "allele_frequency"


@dataclass(frozen=True, slots=True)
class Listing:
    """A row of a list of founder and regional alleles, which a person answers for.

    It holds for one gene, disease and mode of inheritance. `overrides` are the criteria that it
    takes the ground from: ``BA1``, ``BS1``, ``PM2``. `rate` is written as its source writes it,
    ``1/22`` or ``0.023``; `pmid` is digits, joined by ``;``, None on a constructed row. `date` and
    `expires` are ISO dates.
    """

    source_list: str
    hgnc: str
    disease: str
    inheritance: Inheritance
    region: str
    measure: RateMeasure
    rate: str
    overrides: tuple[str, ...]
    pmid: str | None
    curator: str
    date: str
    reason: str
    expires: str | None = None
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class ListedAllele:
    """Every listing of an allele, in order of list, gene, disease, mode and region."""

    listings: tuple[Listing, ...]

    @property
    def constructed(self) -> bool:
        """Whether any of its listings is constructed."""
        return any(listing.constructed for listing in self.listings)


@dataclass(frozen=True, slots=True)
class LocalFrequency:
    """The laboratory's own counts of an allele, as one dated release of them states it.

    `affected` and `unaffected` are carriers. A count from 1 to `smallest` - 1 is kept from
    everybody: it is None and its name is in `hidden`. A count that is None and not hidden was
    not given.
    """

    ac: int | None
    an: int
    homozygotes: int | None
    affected: int | None
    unaffected: int | None
    hidden: tuple[str, ...] = ()
    smallest: int = 1
    constructed: bool = False

    @property
    def af(self) -> float | None:
        """The frequency as counted, a fraction of 1; None where it is hidden or undefined."""
        return None if self.ac is None or not self.an else self.ac / self.an
