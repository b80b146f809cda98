"""A hypothesis as the report shows it: one allele, or the two of a compound heterozygote."""

from collections.abc import Sequence
from dataclasses import dataclass

from varinterp.model.assessment import NO_KNOWN_DISEASE, AcmgClass, Assessment, AssessmentKey
from varinterp.model.case import (
    Candidate,
    CaseResult,
    RankedHypothesis,
    ReleaseLabel,
    Tier,
)
from varinterp.model.copy_number_facts import Carrier
from varinterp.model.evidence import Reason
from varinterp.model.fit import Fit
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import Zygosity
from varinterp.model.transcript import Consequence
from varinterp.model.variant import Allele
from varinterp.report.class_view import ClassView, classes
from varinterp.report.criteria import Criteria, criteria
from varinterp.report.evidence_view import (
    ClinVarView,
    FrequencyView,
    GenotypeRow,
    MemberView,
    clinvar_view,
    frequency_view,
    genotype_rows,
    members,
)
from varinterp.report.external_view import ExternalView, external_view
from varinterp.report.naming import (
    copy_number_name,
    genomic_name,
    protein_name,
    without_accession,
)
from varinterp.report.phenotype_view import PhenotypeView, phenotype_view
from varinterp.report.weighing import Weighing, weighing


@dataclass(frozen=True, slots=True)
class Naming:
    """An allele's names. `coding` and `protein` are on `consequence`'s transcript."""

    allele: Allele
    genomic: str | None
    coding: str | None
    protein: str | None
    refseq: str | None
    consequence: Consequence
    original: str | None

    @property
    def short(self) -> str:
        """The name that fits a line: ``c.460G>A``, or the allele where there is no c. name."""
        return self.coding or str(self.allele)


@dataclass(frozen=True, slots=True)
class AlleleView:
    """One allele in one hypothesis; `candidate` keeps its filter, gates and predictions.

    `shifted` is its protein's name at the 3′-most place where its effect is another there, and
    `together` the one with its neighbours on the haplotype.
    """

    naming: Naming
    candidate: Candidate
    zygosity: Zygosity
    classes: ClassView
    criteria: Criteria
    frequency: FrequencyView
    clinvar: ClinVarView
    external: ExternalView
    others: tuple[Naming, ...]
    shifted: str | None
    together: str | None


@dataclass(frozen=True, slots=True)
class SecondHit:
    """A copy number that a small variant is paired with, and who in the family has it."""

    name: str
    held: AcmgClass
    constructed: bool
    family: tuple[tuple[MemberView, Carrier], ...]


@dataclass(frozen=True, slots=True)
class HypothesisView:
    """A hypothesis; `disease` is None in a gene that no release ties to one."""

    rank: int
    tier: Tier
    keys: tuple[AssessmentKey, ...]
    gene: str
    hgnc: str
    disease: str | None
    disease_name: str | None
    inheritance: Inheritance | None
    reason: Reason
    fit: Fit
    score: float
    variant_score: float
    phenotype: PhenotypeView | None
    weighing: Weighing | None
    marks: tuple[Reason, ...]
    second_hit: SecondHit | None
    alleles: tuple[AlleleView, ...]
    genotypes: tuple[GenotypeRow, ...]

    @property
    def weakest(self) -> AcmgClass:
        """The class that a pair rests on: its less pathogenic allele's."""
        return min((view.classes.by_points for view in self.alleles), key=lambda value: value.rank)

    @property
    def compound(self) -> bool:
        """Whether it takes two different alleles."""
        return len(self.alleles) > 1

    @property
    def constructed(self) -> bool:
        """Whether a criterion that counts, or the match with the disease, was constructed."""
        matched = self.phenotype is not None and self.phenotype.constructed
        copied = self.second_hit is not None and self.second_hit.constructed
        return matched or copied or any(view.classes.constructed for view in self.alleles)


@dataclass(frozen=True, slots=True)
class Index:
    """A result's assessments by key, and its candidates by allele and gene."""

    result: CaseResult
    assessments: dict[AssessmentKey, Assessment]
    candidates: dict[tuple[Allele, str], Candidate]

    def candidate(self, key: AssessmentKey) -> Candidate:
        """Return the candidate that an assessment is about."""
        return self.candidates[(key.allele, key.gene)]


def index(result: CaseResult) -> Index:
    """Prepare a result for look-ups."""
    return Index(
        result,
        {assessment.key: assessment for assessment in result.assessments},
        {(c.allele, c.consequence.hgnc): c for c in result.candidates},
    )


def hypothesis_view(place: RankedHypothesis, found: Index) -> HypothesisView:
    """Show a place of the ranking."""
    first = place.keys[0]
    candidates = [found.candidate(key) for key in place.keys]
    return HypothesisView(
        rank=place.rank,
        tier=place.tier,
        keys=place.keys,
        gene=candidates[0].consequence.gene,
        hgnc=first.gene,
        disease=None if first.disease == NO_KNOWN_DISEASE else first.disease,
        disease_name=place.disease_name,
        inheritance=first.inheritance,
        reason=place.reason,
        fit=place.fit,
        score=place.score,
        variant_score=place.variant_score,
        phenotype=phenotype_view(place.phenotype),
        weighing=weighing(place),
        marks=place.marks,
        second_hit=_second_hit(place, found.result),
        alleles=tuple(_allele(key, found) for key in place.keys),
        genotypes=genotype_rows(found.result.case.family, candidates),
    )


def _allele(key: AssessmentKey, found: Index) -> AlleleView:
    result, candidate = found.result, found.candidate(key)
    releases: Sequence[ReleaseLabel] = result.releases
    assessment = found.assessments[key]
    proband = candidate.genotypes.of(result.case.family.proband_id)
    return AlleleView(
        naming=_naming(candidate, candidate.consequence),
        candidate=candidate,
        zygosity=proband.zygosity,
        classes=classes(assessment, result.facts),
        criteria=criteria(assessment, releases),
        frequency=frequency_view(candidate, releases),
        clinvar=clinvar_view(assessment.external, releases),
        external=external_view(candidate.allele, result.facts, releases),
        others=tuple(_naming(candidate, other) for other in candidate.others),
        shifted=protein_name(candidate.consequence.shifted_p),
        together=protein_name(candidate.joint.hgvs_p) if candidate.joint else None,
    )


def _naming(candidate: Candidate, consequence: Consequence) -> Naming:
    return Naming(
        allele=candidate.allele,
        genomic=genomic_name(candidate.allele),
        coding=without_accession(consequence.hgvs_c),
        protein=protein_name(consequence.hgvs_p),
        refseq=consequence.refseq,
        consequence=consequence,
        original=candidate.original,
    )


def _second_hit(place: RankedHypothesis, result: CaseResult) -> SecondHit | None:
    """Show the copy number that a place pairs its small variant with, if it does."""
    called = place.fit.copy_number
    held = next((each for each in result.copy_numbers if each.copy_number == called), None)
    if called is None or held is None:
        return None
    people = zip(result.case.family, members(result.case.family), strict=True)
    family = tuple((view, held.of(person.id)) for person, view in people if person.sequenced)
    return SecondHit(copy_number_name(called), held.held, held.constructed, family)
