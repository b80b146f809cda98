"""The pure function at the heart: a hypothesis and the evidence in, an assessment out.

No files, clock, network, configuration or logging: same inputs, same bytes out.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from varinterp.acmg import (
    case_count,
    constraint,
    de_novo,
    functional,
    healthy,
    hotspot,
    in_trans,
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
from varinterp.model.reads import Evidence, Read, Reader, in_order
from varinterp.model.transcript import JointPhase

Decide = Callable[[Question], Verdict]

DECISIONS: Mapping[Criterion, Decide] = MappingProxyType(
    {
        Criterion.PVS1: loss_of_function.pvs1,
        Criterion.PS1: missense.ps1,
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

_CRITERIA = tuple(Criterion)
_WITHDRAWN = MappingProxyType(
    {criterion: Finding(criterion, not_assessed("withdrawn")) for criterion in WITHDRAWN}
)


def assess(key: AssessmentKey, transcript: str | None, evidence: Evidence) -> Assessment:
    """Assess one hypothesis on one transcript (None outside genes)."""
    beside = Question(key, transcript, Reader(evidence))
    asked: dict[str, Read] = {}
    question = Question(key, transcript, Reader(evidence))
    found = tuple([_find(criterion, question, asked) for criterion in _CRITERIA])
    findings = once(overridden(found, beside), beside)
    assertion = beside.read(ASSERTION, str(key.allele))
    # Shown beside ClinVar, and counted no more than it is.
    for fact in shown_facts(evidence.provided, key.allele):
        beside.read(fact, str(key.allele))
    # The hypothesis itself stands on what is known of the gene, whichever criteria ask for it, and
    # on which specification holds for it.
    beside.read(GENE_LINKS, key.gene)
    for place in specification_keys(key.gene, key.disease, key.inheritance):
        beside.read(RULE, place)
    if beside.specified:
        beside.read(RULE, version_key(key.rules))
    kind, known = category(beside), flags(beside)
    in_force = schemes(beside)
    asked.update(beside.read.asked)
    score = points.total(findings)
    machine = machine_class(findings, in_force)
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
        reads=in_order(asked),
        uncertainty=in_force.scale.uncertainty(score) if uncertain else None,
        category=kind,
        flags=known,
    )


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


def _find(criterion: Criterion, question: Question, asked: dict[str, Read]) -> Finding:
    """Put the question to a criterion with a reader of its own; its reads join what was `asked`."""
    withdrawn = _WITHDRAWN.get(criterion)
    if withdrawn is not None:
        return withdrawn
    read = question.read = Reader(question.read.evidence)
    verdict = inapplicable(criterion, question) if question.specified else None
    if verdict is None and criterion in ON_ONE_ALLELE:
        verdict = question.shared("neighbours", _neighbours)
    if verdict is None:
        verdict = DECISIONS[criterion](question)
        if question.specified:
            verdict = within_allowed(criterion, verdict, question)
    asked.update(read.asked)
    return Finding(criterion, verdict, read.reads, read.constructed)
