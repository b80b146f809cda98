"""The pure function at the heart: a hypothesis and the evidence in, an assessment out.

No files, clock, network, configuration or logging: same inputs, same bytes out.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from varinterp.acmg import (
    case_count,
    constraint,
    de_novo,
    functional,
    healthy,
    hotspot,
    in_trans,
    known_effect,
    length,
    loss_of_function,
    missense,
    other_cause,
    population,
    prediction,
    segregation,
    splicing,
)
from varinterp.acmg.applicability import inapplicable, within_allowed
from varinterp.acmg.combine import points
from varinterp.acmg.combine.classes import machine_class
from varinterp.acmg.combine.schemes import schemes
from varinterp.acmg.exclusive import once
from varinterp.acmg.flags import category, flags
from varinterp.acmg.override import overridden
from varinterp.acmg.question import Question
from varinterp.model.assessment import (
    AcmgClass,
    Assessment,
    AssessmentKey,
    specification_keys,
    version_key,
)
from varinterp.model.evidence import WITHDRAWN, Criterion, Finding, Verdict, not_assessed
from varinterp.model.external import shown_facts
from varinterp.model.facts import ASSERTION, GENE_LINKS, RULE
from varinterp.model.reads import Evidence, Reader
from varinterp.model.transcript import JointPhase

Decide = Callable[[Question], Verdict]

DECISIONS: Mapping[Criterion, Decide] = MappingProxyType(
    {
        Criterion.PVS1: loss_of_function.pvs1,
        Criterion.PS1: known_effect.ps1,
        Criterion.PS2: de_novo.ps2,
        Criterion.PS3: functional.ps3,
        Criterion.PS4: case_count.ps4,
        Criterion.PM1: hotspot.pm1,
        Criterion.PM2: population.pm2,
        Criterion.PM3: in_trans.pm3,
        Criterion.PM4: length.pm4,
        Criterion.PM5: missense.pm5,
        Criterion.PM6: de_novo.pm6,
        Criterion.PP1: segregation.pp1,
        Criterion.PP2: constraint.pp2,
        Criterion.PP3: prediction.pp3,
        Criterion.PP4: segregation.pp4,
        Criterion.BA1: population.ba1,
        Criterion.BS1: population.bs1,
        Criterion.BS2: healthy.bs2,
        Criterion.BS3: functional.bs3,
        Criterion.BS4: segregation.bs4,
        Criterion.BP1: constraint.bp1,
        Criterion.BP2: in_trans.bp2,
        Criterion.BP3: length.bp3,
        Criterion.BP4: prediction.bp4,
        Criterion.BP5: other_cause.bp5,
        Criterion.BP7: splicing.bp7,
    }
)
"""What decides each criterion; the withdrawn ones are never put."""

ON_ONE_ALLELE = frozenset(
    {
        Criterion.PVS1,
        Criterion.PS1,
        Criterion.PM1,
        Criterion.PM4,
        Criterion.PM5,
        Criterion.PP2,
        Criterion.PP3,
        Criterion.BP1,
        Criterion.BP3,
        Criterion.BP4,
        Criterion.BP7,
    }
)
"""Criteria that rest on what the allele does alone: neighbours in cis take the ground from them."""


def assess(key: AssessmentKey, transcript: str | None, evidence: Evidence) -> Assessment:
    """Assess one hypothesis on one transcript (None outside genes)."""
    ask = Question(key, transcript, Reader(evidence))
    findings = once(overridden(ask.each(_FINDERS), ask), ask)
    assertion = ask.read(ASSERTION, str(key.allele))
    # Shown beside ClinVar, and counted no more than it is.
    for fact in shown_facts(evidence.provided, key.allele):
        ask.read(fact, str(key.allele))
    ask.shared("link", _link)
    kind, known = ask.shared("category", category), ask.shared("flags", flags)
    in_force = schemes(ask)
    counted = [finding for finding in findings if finding.verdict.strength is not None]
    score = points.total(counted)
    machine = machine_class(counted, in_force)
    uncertain = machine.points is AcmgClass.UNCERTAIN
    return Assessment(
        key=key,
        transcript=transcript,
        findings=findings,
        points=score,
        posterior=points.posterior(score),
        machine=machine,
        external=assertion,
        signed=None,
        reads=ask.read.reads,
        uncertainty=in_force.scale.uncertainty(score) if uncertain else None,
        category=kind,
        flags=known,
    )


def _link(ask: Question) -> None:
    """Read what the hypothesis itself stands on, whichever criteria ask for it.

    That is what is known of the gene, and which specification holds.
    """
    ask.read(GENE_LINKS, ask.gene)
    for place in specification_keys(ask.gene, ask.disease_id, ask.inheritance):
        ask.read(RULE, place)
    if ask.specified:
        ask.read(RULE, version_key(ask.rules))


def _neighbours(question: Question) -> Verdict | None:
    """Return why the allele alone cannot be judged, where a neighbour on its haplotype matters."""
    joint = question.joint()
    if joint is None or not joint.differs:
        return None
    partners = ", ".join(joint.partners)
    if joint.phase is JointPhase.UNKNOWN:
        return not_assessed("neighbour.phase_unknown", partners=partners)
    if not joint.terms:
        return not_assessed("neighbour.not_worked_out", partners=partners)
    return not_assessed(
        "neighbour.changes",
        partners=partners,
        consequence=min(joint.terms, key=lambda term: term.rank),
        name=(joint.hgvs_p or "").rpartition(":")[2] or None,
    )


def _find(criterion: Criterion, ask: Question) -> Finding:
    """Put the question to a criterion, within what a gene specification says of it as a whole."""
    verdict = inapplicable(criterion, ask) if ask.specified else None
    if verdict is None:
        verdict = _JUDGES[criterion](ask)
        if ask.specified:
            verdict = within_allowed(criterion, verdict, ask)
    return Finding(criterion, verdict, ask.read.reads, ask.read.constructed)


def _on_one_allele(decide: Decide, ask: Question) -> Verdict:
    return ask.shared("neighbours", _neighbours) or decide(ask)


def _withdrawn(criterion: Criterion, _: Question) -> Finding:
    return Finding(criterion, not_assessed("withdrawn"))


_JUDGES = MappingProxyType(
    {
        criterion: partial(_on_one_allele, decide) if criterion in ON_ONE_ALLELE else decide
        for criterion, decide in DECISIONS.items()
    }
)
_FINDERS: Mapping[str, Callable[[Question], Finding]] = MappingProxyType(
    {
        criterion: partial(_withdrawn if criterion in WITHDRAWN else _find, criterion)
        for criterion in Criterion
    }
)
