"""Classify and prioritise: candidates and evidence in, `classified.json` and `case.json` out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from varinterp.acmg.assess import assess
from varinterp.inheritance.de_novo import TrioLimits
from varinterp.model.assessment import Assessment
from varinterp.model.case import Candidate, Case, CaseResult, StageCount
from varinterp.model.reads import Evidence
from varinterp.pipeline.evidence import Knowledge, gather, read_knowledge
from varinterp.pipeline.phenotype import PatientMatcher, read_matcher
from varinterp.priority.hypotheses import Hypothesis, raise_hypotheses
from varinterp.priority.rank import rank
from varinterp.refs.lock import Releases
from varinterp.sources.rules import Rules


@dataclass(frozen=True, slots=True)
class CaseInputs:
    """What both stages start from."""

    case: Case
    candidates: tuple[Candidate, ...]
    releases: Releases
    rules: Rules
    reference: Path


def classify(inputs: CaseInputs, counts: Sequence[StageCount]) -> CaseResult:
    """Assess every hypothesis of a case; the ranking is still empty."""
    knowledge = read_knowledge(inputs.releases, inputs.rules)
    matcher = read_matcher(inputs.releases, inputs.case.phenotype)
    evidence = gather(
        inputs.case,
        inputs.candidates,
        knowledge,
        inputs.releases,
        inputs.reference,
        matcher,
    )
    assessments = _assess_all(_hypotheses(inputs, knowledge), inputs.candidates, evidence)
    reads = tuple(read for assessment in assessments for read in assessment.reads)
    return CaseResult(
        case=inputs.case,
        candidates=inputs.candidates,
        assessments=assessments,
        ranking=(),
        facts=evidence.slice(reads),
        releases=inputs.releases.labels(),
        versions=software_versions(),
        counts=tuple(counts),
    )


def prioritise(classified: CaseResult, inputs: CaseInputs) -> CaseResult:
    """Rank the hypotheses of a classified case."""
    knowledge = read_knowledge(inputs.releases, inputs.rules)
    matcher: PatientMatcher = read_matcher(inputs.releases, inputs.case.phenotype)
    ranking = rank(
        _hypotheses(inputs, knowledge),
        {assessment.key: assessment for assessment in classified.assessments},
        matcher.score,
        inputs.rules.number("rank.phenotype_weight"),
    )
    return replace(classified, ranking=ranking)


def _hypotheses(inputs: CaseInputs, knowledge: Knowledge) -> tuple[Hypothesis, ...]:
    limits = TrioLimits(
        min_depth=int(inputs.rules.number("de_novo.parent_min_depth")),
        max_alt_reads=int(inputs.rules.number("de_novo.parent_max_alt_reads")),
        min_quality=int(inputs.rules.number("de_novo.min_quality")),
    )
    return raise_hypotheses(inputs.case, inputs.candidates, knowledge.links, limits)


def _assess_all(
    hypotheses: Sequence[Hypothesis], candidates: Sequence[Candidate], evidence: Evidence
) -> tuple[Assessment, ...]:
    """Assess each key once, however many pairs it is a part of."""
    transcripts = {(c.allele, c.consequence.hgnc): c.consequence.transcript for c in candidates}
    keys = {str(key): key for hypothesis in hypotheses for key in hypothesis.keys}
    return tuple(
        assess(key, transcripts[(key.allele, key.gene)], evidence)
        for _, key in sorted(keys.items())
    )
