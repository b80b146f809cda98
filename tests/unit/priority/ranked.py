"""Hypotheses, matches and conclusions for the tests of the ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core_builders import (
    HET,
    TANGO2,
    WEIGHTS,
    allele,
    calls,
    candidate,
    case,
    concluded,
    finding,
    link,
    trio,
)
from varinterp.model.assessment import AssessmentKey, Uncertainty
from varinterp.model.case import (
    Candidate,
    CaseResult,
    PhenotypeScore,
    RankedHypothesis,
    TermRow,
)
from varinterp.model.clinvar import Assertion, Significance
from varinterp.model.evidence import Criterion, Finding, Reason, Strength
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.fit import Fit, does_not_fit, fits
from varinterp.model.gene_disease import GeneDisease, Inheritance
from varinterp.model.panel import Panel
from varinterp.model.population import ListedAllele
from varinterp.model.transcript import Term
from varinterp.priority.gated import Gated
from varinterp.priority.hypotheses import Hypothesis
from varinterp.priority.rank import rank
from varinterp.priority.weights import Weights

AD, AR = Inheritance.AUTOSOMAL_DOMINANT, Inheritance.AUTOSOMAL_RECESSIVE
ONE, TWO = "22-20055980-C-T", "22-20061538-G-A"
NULL = (
    finding(Criterion.PVS1, Strength.VERY_STRONG),
    finding(Criterion.PM2, Strength.SUPPORTING),
)
SILENT = (
    finding(Criterion.BP4, Strength.SUPPORTING),
    finding(Criterion.BP7, Strength.SUPPORTING),
)
COMMON = (finding(Criterion.BA1, Strength.STAND_ALONE),)
FITS = fits("fits")
ONE_COPY = does_not_fit("inheritance.one_copy")
ASIDE = Gated(allele("22-20061684-G-A"), True, (("rare", Reason.of("explain.rare_observed")),))
DISEASE = link(AR)
CARRIED = calls(proband=HET)


def phenotype(log_lr: float, *kinds: str) -> PhenotypeScore:
    """A match with a row of each kind."""
    rows = tuple(TermRow(f"HP:{n:07}", "a term", kind) for n, kind in enumerate(kinds))
    return PhenotypeScore(0.8, rows, log_lr=log_lr)


MATCH = phenotype(2.0, "exact", "related", "absent")
RELATED = phenotype(0.5, "related", "absent")
NOTHING = phenotype(-1.0, "absent", "absent")


def said(*words: Significance, stars: int | None = 2) -> Assertion:
    """What ClinVar says of an allele."""
    return Assertion(words or (Significance.PATHOGENIC,), (), stars)


@dataclass(frozen=True, slots=True)
class Place:
    """A hypothesis to be ranked: its alleles' findings, and what is known of each."""

    findings: Sequence[tuple[Finding, ...]] = (NULL,)
    names: Sequence[str] = (ONE, TWO)
    fit: Fit = FITS
    disease: GeneDisease | None = DISEASE
    external: Mapping[int, Assertion] | Assertion | None = None
    listed: ListedAllele | None = None
    genotypes: FamilyGenotypes = CARRIED
    terms: Sequence[Term] = ()

    @property
    def keys(self) -> tuple[AssessmentKey, ...]:
        gene = TANGO2.hgnc if self.disease is None else self.disease.hgnc
        named = "none" if self.disease is None else self.disease.disease
        mode = None if self.disease is None else self.disease.inheritance
        return tuple(
            AssessmentKey("case", allele(name), gene, named, mode, "core")
            for name, _ in zip(self.names, self.findings, strict=False)
        )

    @property
    def candidates(self) -> list[Candidate]:
        return [self._candidate(number, key) for number, key in enumerate(self.keys)]

    def _candidate(self, number: int, key: AssessmentKey) -> Candidate:
        found = candidate(str(key.allele), self.genotypes, key.gene, listed=self.listed)
        if not self.terms:
            return found
        of = replace(found.consequence, terms=(self.terms[number],))
        return replace(found, consequence=of)

    def ranked(
        self,
        match: PhenotypeScore | None = MATCH,
        weights: Weights = WEIGHTS,
        *,
        consented: bool = False,
        panels: Sequence[Panel] = (),
    ) -> RankedHypothesis:
        """Rank it alone."""
        patient = replace(case(trio()), secondary_findings=consented)
        told = {
            key: replace(concluded(key, *met), external=self._external(number))
            for number, (key, met) in enumerate(zip(self.keys, self.findings, strict=True))
        }
        hypothesis = Hypothesis(self.keys, self.disease, self.fit)
        (found,) = rank(
            patient, [hypothesis], self.candidates, told, lambda disease: match, weights, panels
        )
        return found

    def _external(self, number: int) -> Assertion | None:
        if isinstance(self.external, Assertion | None):
            return self.external
        return self.external.get(number)


def result(
    *places: Place,
    match: PhenotypeScore | None = MATCH,
    uncertainty: Uncertainty | None = None,
    external: Assertion | None = None,
) -> CaseResult:
    """A case of these hypotheses, each with its own rank."""
    ranking = [
        replace(place.ranked(match), rank=number) for number, place in enumerate(places, start=1)
    ]
    told = {
        key: replace(concluded(key, *met), uncertainty=uncertainty, external=external)
        for place in places
        for key, met in zip(place.keys, place.findings, strict=True)
    }
    candidates = {each.allele: each for place in places for each in place.candidates}
    return CaseResult(
        case=case(trio()),
        candidates=tuple(candidates.values()),
        assessments=tuple(told.values()),
        ranking=tuple(ranking),
        phenotypes={},
        term_names={},
        facts={},
        releases=(),
        versions={},
        counts=(),
    )


def single(
    findings: tuple[Finding, ...] = NULL, fit: Fit = ONE_COPY, names: Sequence[str] = (ONE,)
) -> Place:
    return Place((findings,), names, fit)
