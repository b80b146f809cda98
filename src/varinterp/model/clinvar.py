"""What ClinVar says of an allele, and what it knows around one."""

from dataclasses import dataclass
from enum import StrEnum


class Significance(StrEnum):
    """ClinVar's words, as they stood at any time (both names of *conflicting* are one).

    Risk alleles and low penetrance are classes of their own and never stand for *pathogenic*.
    *Flagged* says that ClinVar flagged every submission: it gives no classification then.
    """

    PATHOGENIC = "pathogenic"
    LIKELY_PATHOGENIC = "likely_pathogenic"
    UNCERTAIN = "uncertain_significance"
    LIKELY_BENIGN = "likely_benign"
    BENIGN = "benign"
    CONFLICTING = "conflicting"
    DRUG_RESPONSE = "drug_response"
    RISK_FACTOR = "risk_factor"
    ASSOCIATION = "association"
    PROTECTIVE = "protective"
    AFFECTS = "affects"
    CONFERS_SENSITIVITY = "confers_sensitivity"
    LOW_PENETRANCE = "low_penetrance"
    PATHOGENIC_LOW_PENETRANCE = "pathogenic_low_penetrance"
    LIKELY_PATHOGENIC_LOW_PENETRANCE = "likely_pathogenic_low_penetrance"
    ESTABLISHED_RISK_ALLELE = "established_risk_allele"
    LIKELY_RISK_ALLELE = "likely_risk_allele"
    UNCERTAIN_RISK_ALLELE = "uncertain_risk_allele"
    VUS_HIGH = "vus_high"
    VUS_MID = "vus_mid"
    VUS_LOW = "vus_low"
    ASSOCIATION_NOT_FOUND = "association_not_found"
    FLAGGED = "flagged"
    NOT_PROVIDED = "not_provided"
    HISTOCOMPATIBILITY = "histocompatibility"
    OTHER = "other"


PATHOGENIC = frozenset({Significance.PATHOGENIC, Significance.LIKELY_PATHOGENIC})
"""The words for a pathogenic allele, whether that is certain or likely."""

BENIGN = frozenset({Significance.BENIGN, Significance.LIKELY_BENIGN})
"""The words for a benign allele, whether that is certain or likely."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """What ClinVar says of an allele: shown, and never counted through PP5 or BP6.

    `significance` pairs with `conditions` in releases before 2018; later ones have one aggregate
    of one word or more over all conditions. `stars` (0 to 4) is None when the release at hand does
    not carry the review status; that is not zero stars.
    """

    significance: tuple[Significance, ...]
    conditions: tuple[str, ...]
    stars: int | None
    name: str | None = None
    rsid: str | None = None
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class Comparator:
    """A missense allele that ClinVar knows at a codon."""

    allele: str
    ref_aa: str
    alt_aa: str
    significance: tuple[Significance, ...]
    stars: int | None


@dataclass(frozen=True, slots=True)
class Comparators:
    """Every missense allele that ClinVar knows at a codon, in order of allele."""

    alleles: tuple[Comparator, ...]
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class SpliceComparator:
    """A substitution that ClinVar knows in the motif of a splice site.

    `offset` is that of `splice_site.MotifPlace`; `changes_protein` tells whether it would exchange
    or end the protein were the messenger spliced as ever; None where that is not known.
    """

    allele: str
    offset: int
    significance: tuple[Significance, ...]
    stars: int | None
    changes_protein: bool | None


@dataclass(frozen=True, slots=True)
class SpliceComparators:
    """Every substitution that ClinVar knows in the motif of a splice site, in order of allele."""

    alleles: tuple[SpliceComparator, ...]
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class KnownMissense:
    """How many missense alleles ClinVar knows in a transcript, by their stars (0 to 4).

    `pathogenic` are those that it calls pathogenic or likely pathogenic and nothing else, `benign`
    those that it calls benign or likely benign and nothing else; `unrated` counts pathogenic ones
    whose review status the release does not carry, which are in neither.
    """

    pathogenic: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    benign: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    unrated: int = 0
    constructed: bool = False
