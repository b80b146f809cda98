"""Near misses as the report shows them: what would be proposed if one thing were known."""

from dataclasses import dataclass

from varinterp.model.assessment import AcmgClass, AssessmentKey
from varinterp.model.case import CaseResult
from varinterp.model.evidence import Reason
from varinterp.model.genotype import Zygosity
from varinterp.priority.near_miss import Miss, NearMiss, near_misses
from varinterp.report.naming import without_accession

KNOWN_STARS = "rank.known_stars"


@dataclass(frozen=True, slots=True)
class NearAllele:
    """A good allele of a near miss."""

    name: str
    zygosity: Zygosity
    machine: AcmgClass


@dataclass(frozen=True, slots=True)
class NearView:
    """A near miss; `keys` are those of its alleles' assessments."""

    kind: Miss
    gene: str
    disease: str
    disease_name: str | None
    keys: tuple[AssessmentKey, ...]
    alleles: tuple[NearAllele, ...]
    reason: Reason


def known_stars(result: CaseResult) -> float:
    """Return ClinVar's stars from which the ranking heard others; 1 where it was not recorded."""
    rule = result.ranked_by.get(KNOWN_STARS)
    value = 1.0 if rule is None else rule.value
    return value if isinstance(value, int | float) else 1.0


def near_views(result: CaseResult) -> tuple[NearView, ...]:
    """Show the near misses that a result tells by itself, in the order of its ranking.

    Alleles of their genes that became no candidate are not among its facts: `explain` reads them.
    """
    return tuple(_view(result, miss) for miss in near_misses(result, known_stars(result)))


def _view(result: CaseResult, miss: NearMiss) -> NearView:
    return NearView(
        kind=miss.kind,
        gene=result.candidate(miss.keys[0]).consequence.gene,
        disease=miss.disease,
        disease_name=miss.disease_name,
        keys=miss.keys,
        alleles=tuple(_allele(result, key) for key in miss.keys),
        reason=miss.reason,
    )


def _allele(result: CaseResult, key: AssessmentKey) -> NearAllele:
    candidate = result.candidate(key)
    genotype = candidate.genotypes.of(result.case.family.proband_id)
    name = without_accession(candidate.consequence.hgvs_c) or str(key.allele)
    return NearAllele(name, genotype.zygosity, result.assessment(key).machine.points)
