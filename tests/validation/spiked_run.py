"""Classifying and ranking a patient in the exome, with what is the same for all worked out once.

The exome's alleles are assessed once, the patient's and their neighbours in the same gene anew: an
assessment reads nothing of a patient but genotypes and sex (and the fit with the disease for PP4,
which the ranking leaves out of the points). The ranking is the workflow's own, over all hypotheses.

Alleles that no exome pipeline shows are left out, of the exome and of the patient alike: in introns
beyond the region of splicing, untranslated, or outside genes. So are the exome's alleles in genes
without a known disease: they stand in a tier below every right hypothesis.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from spiked_cases import Spiked
from spiked_exome import Exome, shown

from varinterp.model.assessment import Assessment, AssessmentKey
from varinterp.model.case import Candidate, Case, CaseResult, PhenotypeScore
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.phenotype import Phenotype
from varinterp.pipeline.evidence import gather_shared, of_case, read_knowledge
from varinterp.pipeline.hypotheses import assess_keys, hypotheses_of, keys_of, phenotypes_of
from varinterp.pipeline.phenotype import PatientMatcher
from varinterp.priority.hypotheses import Hypothesis
from varinterp.priority.rank import rank
from varinterp.priority.weights import Weights
from varinterp.refs.lock import Releases
from varinterp.sources.rules import Rules


@dataclass
class Runner:
    """Everything but the patients."""

    exome: Exome
    releases: Releases
    rules: Rules
    reference: Path

    def __post_init__(self) -> None:
        """Assess the exome's alleles of a person of each sex."""
        self._knowledge = read_knowledge(self.releases, self.rules)
        self.background = tuple(
            each
            for each in self.exome.background
            if shown(each) and each.consequence.hgnc in self._knowledge.links
        )
        own = (each for some in self.exome.published.values() for each in some if shown(each))
        everything = [*self.background, *own]
        self._shared = gather_shared(everything, self._knowledge, self.releases, self.reference)
        self._of_sex = {sex: self._assessed(sex) for sex in Sex}

    def asked(self, patient: Spiked) -> "Asked":
        """Return what a patient's alleles raise, assessed; nothing of it rests on HPO."""
        case = self._case(patient)
        candidates = self.exome.candidates(patient, self.background)
        known, raised = self._of_sex[case.family.proband.sex]
        genes = {
            each.consequence.hgnc
            for carried in patient.alleles
            for each in self.exome.published[carried.text]
        }
        hypotheses, assessments = self._assess(case, candidates, genes)
        for gene in known.keys() - genes:
            assessments += known[gene]
            hypotheses += raised[gene]
        return Asked(case, candidates, hypotheses, {each.key: each for each in assessments})

    def ranked(
        self, asked: "Asked", phenotypes: Mapping[str, PhenotypeScore], rules: Rules
    ) -> CaseResult:
        """Rank what was asked, as `pipeline.classify` does."""
        ranking = rank(
            asked.case, asked.hypotheses, asked.candidates, asked.assessments, phenotypes.get,
            Weights.read(rules.values),
        )  # fmt: skip
        return CaseResult(
            case=asked.case, candidates=asked.candidates, assessments=(), ranking=ranking,
            phenotypes={}, term_names={}, facts={}, releases=(), versions={}, counts=(),
        )  # fmt: skip

    def _case(self, patient: Spiked | None, sex: Sex = Sex.UNKNOWN) -> Case:
        person = self.exome.intake.proband
        known = sex if patient is None else Sex(patient.sex)
        terms = Phenotype() if patient is None else Phenotype.of(patient.observed, patient.excluded)
        return Case(
            id="spiked", analysis=1,
            family=Family("spiked", person, (Person(person, known, Affected.YES),)),
            phenotype=terms, indication="", parentage_confirmed=False, secondary_findings=False,
        )  # fmt: skip

    def _assessed(
        self, sex: Sex
    ) -> tuple[dict[str, list[Assessment]], dict[str, list[Hypothesis]]]:
        genes = {each.consequence.hgnc for each in self.background}
        hypotheses, assessments = self._assess(self._case(None, sex), self.background, genes)
        known: dict[str, list[Assessment]] = {gene: [] for gene in genes}
        raised: dict[str, list[Hypothesis]] = {gene: [] for gene in genes}
        for assessment in assessments:
            known[assessment.key.gene].append(assessment)
        for hypothesis in hypotheses:
            raised[hypothesis.keys[0].gene].append(hypothesis)
        return known, raised

    def _assess(
        self, case: Case, candidates: Sequence[Candidate], genes: Collection[str]
    ) -> tuple[list[Hypothesis], list[Assessment]]:
        some = [each for each in candidates if each.consequence.hgnc in genes]
        evidence = of_case(case, some, self._shared, _NOBODY)
        hypotheses = hypotheses_of(case, some, self._knowledge.links, self.rules)
        assessments, _ = assess_keys(keys_of(hypotheses), some, evidence)
        return list(hypotheses), list(assessments)


@dataclass(frozen=True)
class Asked:
    """A patient's hypotheses and what their alleles amount to, before they are ranked."""

    case: Case
    candidates: tuple[Candidate, ...]
    hypotheses: Sequence[Hypothesis]
    assessments: Mapping[AssessmentKey, Assessment]

    def phenotypes(self, matcher: PatientMatcher) -> dict[str, PhenotypeScore]:
        """Match the patient with every disease that was asked."""
        return phenotypes_of(self.hypotheses, matcher)


class _Nobody:
    """A patient whose fit with no disease is known."""

    def fit(self, disease: str) -> None:
        """Return that nothing is known."""


_NOBODY: Any = _Nobody()


def with_rules(rules: Rules, other: Mapping[str, str | float]) -> Rules:
    """Return rules of which some have other values."""
    changed = {name: replace(rules.values[name], value=value) for name, value in other.items()}
    return replace(rules, values={**rules.values, **changed})
