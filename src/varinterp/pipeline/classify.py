"""Classify and prioritise: candidates and evidence in, `classified.json` and `case.json` out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from varinterp.documents.case import dump_case
from varinterp.model.carried_copy import CarriedCopy
from varinterp.model.case import (
    Candidate,
    Case,
    CaseResult,
    ReleaseLabel,
    StageCount,
)
from varinterp.model.evidence import Reason
from varinterp.model.facts import (
    GENE_LINKS,
    RULE,
    Rule,
)
from varinterp.pipeline.evidence import gather, read_knowledge
from varinterp.pipeline.hypotheses import assess_keys, hypotheses_of, keys_of, phenotypes_of
from varinterp.pipeline.panels import Annotated, reader, resolve
from varinterp.pipeline.phenotype import read_matcher
from varinterp.pipeline.population import stray_listings
from varinterp.pipeline.specified_transcripts import check_transcripts
from varinterp.pipeline.versions import software_versions
from varinterp.priority.rank import rank
from varinterp.priority.weights import Weights
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
    check_transcripts(inputs.releases, inputs.rules)
    knowledge = read_knowledge(inputs.releases, inputs.rules)
    matcher = read_matcher(
        inputs.releases,
        inputs.case.phenotype,
        inputs.case.family.proband.sex,
        inputs.rules.values,
    )
    evidence = gather(
        inputs.case,
        inputs.candidates,
        knowledge,
        inputs.releases,
        inputs.reference,
        matcher,
    )
    hypotheses = hypotheses_of(inputs.case, inputs.candidates, knowledge.links, inputs.rules)
    assessments, evidence = assess_keys(keys_of(hypotheses), inputs.candidates, evidence)
    reads = tuple(read for assessment in assessments for read in assessment.reads)
    annotated = Annotated(matcher.ontology, matcher.diseases, knowledge.links)
    return CaseResult(
        case=inputs.case,
        candidates=inputs.candidates,
        assessments=assessments,
        ranking=(),
        phenotypes=phenotypes_of(hypotheses, matcher),
        term_names=matcher.names(inputs.case.phenotype),
        facts=evidence.slice(reads),
        releases=result_labels(inputs.releases, inputs.rules),
        versions=software_versions(),
        counts=tuple(counts),
        warnings=(*warnings, *stray_listings(inputs.candidates, knowledge.links)),
        panels=resolve(inputs.case, inputs.candidates, reader(inputs.releases), annotated),
    )


def prioritise(
    classified: CaseResult, rules: Rules, copies: Sequence[CarriedCopy] = ()
) -> CaseResult:
    """Rank the hypotheses of a classified case, from what classification stored.

    `copies` are the patient's copy numbers; they are stored with the result, so that it can be
    ranked again.
    """
    links = {
        gene: value
        for (source, gene), value in classified.facts.items()
        if source == GENE_LINKS.source
    }
    ranking = rank(
        classified.case,
        hypotheses_of(classified.case, classified.candidates, links, rules, copies),
        classified.candidates,
        {assessment.key: assessment for assessment in classified.assessments},
        classified.phenotypes.get,
        Weights.read(rules.values),
        classified.panels,
    )
    return replace(
        classified,
        ranking=ranking,
        ranked_by=ranking_rules(rules),
        copy_numbers=tuple(copies),
    )


def ranking_rules(rules: Rules) -> dict[str, Rule]:
    """Return the rules that the ranking reads, but for the entries of gene lists."""
    return {
        key: rule
        for key, rule in sorted(rules.values.items())
        if key.startswith(("rank.", "phenotype."))
    }


def number(result: CaseResult, registered: Sequence[tuple[int, str | None]]) -> CaseResult:
    """Give an analysis its number: the registered one for the same document, else the next.

    `registered` are number and SHA-256 of the case's analyses, in order; the digest is None where
    a run of the reanalysis exported no document. So a stage that runs again on the same inputs
    writes the same bytes, whatever the reanalysis did since, and new knowledge makes a new
    analysis.
    """
    if not registered:
        return result
    for known, digest in reversed(registered):
        same = replace(result, case=replace(result.case, analysis=known))
        if digest is not None and sha256(dump_case(same).encode()).hexdigest() == digest:
            return same
    last, _ = registered[-1]
    return replace(result, case=replace(result.case, analysis=last + 1))


def result_labels(releases: Releases, rules: Rules) -> tuple[ReleaseLabel, ...]:
    """Return the labels of everything that a result rests on, the rules last."""
    return (*releases.labels(), _label(rules))


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
