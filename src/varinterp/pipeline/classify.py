"""Classify and prioritise: candidates and evidence in, `classified.json` and `case.json` out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from varinterp.acmg.assess import assess
from varinterp.documents.case import dump_case
from varinterp.inheritance.de_novo import TrioLimits
from varinterp.model.assessment import Assessment
from varinterp.model.case import (
    Candidate,
    Case,
    CaseResult,
    PhenotypeScore,
    ReleaseLabel,
    StageCount,
)
from varinterp.model.evidence import Reason
from varinterp.model.facts import GENE_LINKS, RULE, GeneLinks
from varinterp.model.reads import Evidence
from varinterp.pipeline.evidence import gather, read_knowledge
from varinterp.pipeline.phenotype import PatientMatcher, read_matcher
from varinterp.pipeline.population import stray_listings
from varinterp.pipeline.versions import software_versions
from varinterp.priority.hypotheses import Hypothesis, raise_hypotheses
from varinterp.priority.rank import rank
from varinterp.refs.lock import Releases
from varinterp.sources.rules import Rules

FIRST_ANALYSIS = 1


@dataclass(frozen=True, slots=True)
class CaseInputs:
    """What classification starts from."""

    case: Case
    candidates: tuple[Candidate, ...]
    releases: Releases
    rules: Rules
    reference: Path


def classify(
    inputs: CaseInputs, counts: Sequence[StageCount], warnings: Sequence[Reason] = ()
) -> CaseResult:
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
    hypotheses = _hypotheses(inputs.case, inputs.candidates, knowledge.links, inputs.rules)
    assessments = _assess_all(hypotheses, inputs.candidates, evidence)
    reads = tuple(read for assessment in assessments for read in assessment.reads)
    return CaseResult(
        case=inputs.case,
        candidates=inputs.candidates,
        assessments=assessments,
        ranking=(),
        phenotypes=_phenotypes(hypotheses, matcher),
        term_names=matcher.names(inputs.case.phenotype),
        facts=evidence.slice(reads),
        releases=(*inputs.releases.labels(), _label(inputs.rules)),
        versions=software_versions(),
        counts=tuple(counts),
        warnings=(*warnings, *stray_listings(inputs.candidates, knowledge.links)),
    )


def prioritise(classified: CaseResult, rules: Rules) -> CaseResult:
    """Rank the hypotheses of a classified case, from what classification stored."""
    links = {
        gene: value
        for (source, gene), value in classified.facts.items()
        if source == GENE_LINKS.source
    }
    ranking = rank(
        _hypotheses(classified.case, classified.candidates, links, rules),
        {assessment.key: assessment for assessment in classified.assessments},
        classified.phenotypes.get,
        rules.number("rank.phenotype_weight"),
    )
    return replace(classified, ranking=ranking)


def number(result: CaseResult, registered: tuple[int, str] | None) -> CaseResult:
    """Give an analysis its number: the registered one for the same document, else the next.

    `registered` is number and SHA-256 of the case's last registered analysis. So a stage that runs
    again on the same inputs writes the same bytes, and new knowledge makes a new analysis.
    """
    if registered is None:
        return result
    last, digest = registered
    same = replace(result, case=replace(result.case, analysis=last))
    if sha256(dump_case(same).encode()).hexdigest() == digest:
        return same
    return replace(result, case=replace(result.case, analysis=last + 1))


def _hypotheses(
    case: Case,
    candidates: Sequence[Candidate],
    links: Mapping[str, GeneLinks],
    rules: Rules,
) -> tuple[Hypothesis, ...]:
    return raise_hypotheses(case, candidates, links, TrioLimits.read(rules.number))


def _label(rules: Rules) -> ReleaseLabel:
    """Name the rules in force as the release that they are, by version and by content."""
    return ReleaseLabel(
        source=RULE.source,
        release=f"{rules.name}-v{rules.version}-{rules.digest[:8]}",
        date=rules.date,
        url="resources/rules",
        licence="Apache-2.0",
        constructed=False,
    )


def _phenotypes(
    hypotheses: Sequence[Hypothesis], matcher: PatientMatcher
) -> dict[str, PhenotypeScore]:
    """Match the patient with every disease of the hypotheses; a disease without terms has none."""
    diseases = sorted({h.link.disease for h in hypotheses if h.link is not None})
    found = {disease: matcher.score(disease) for disease in diseases}
    return {disease: score for disease, score in found.items() if score is not None}


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
