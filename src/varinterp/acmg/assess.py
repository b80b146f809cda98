"""The pure function at the heart: a hypothesis and the evidence in, an assessment out.

No files, clock, network, configuration or logging: same inputs, same bytes out.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from varinterp.acmg import de_novo, length, loss_of_function, missense, population, prediction
from varinterp.acmg.combine import points, richards2015
from varinterp.acmg.question import Question
from varinterp.model.assessment import Assessment, AssessmentKey, MachineClass
from varinterp.model.evidence import Criterion, Finding, Verdict, not_assessed
from varinterp.model.external import shown_facts
from varinterp.model.facts import ASSERTION, GENE_LINKS
from varinterp.model.reads import Evidence, Reader
from varinterp.model.transcript import JointPhase

Decide = Callable[[Question], Verdict]

DECISIONS: Mapping[Criterion, Decide] = MappingProxyType(
    {
        Criterion.PVS1: loss_of_function.pvs1,
        Criterion.PS1: missense.ps1,
        Criterion.PS2: de_novo.ps2,
        Criterion.PM2: population.pm2,
        Criterion.PM4: length.pm4,
        Criterion.PM5: missense.pm5,
        Criterion.PM6: de_novo.pm6,
        Criterion.PP3: prediction.pp3,
        Criterion.BA1: population.ba1,
        Criterion.BS1: population.bs1,
        Criterion.BP4: prediction.bp4,
        Criterion.BP7: prediction.bp7,
    }
)
"""The criteria that are built; every other one is reported as not assessed."""

ON_ONE_ALLELE = frozenset(
    {
        Criterion.PVS1,
        Criterion.PS1,
        Criterion.PM4,
        Criterion.PM5,
        Criterion.PP3,
        Criterion.BP4,
        Criterion.BP7,
    }
)
"""Criteria that rest on what the allele does alone: neighbours in cis take the ground from them."""

WITHDRAWN = frozenset({Criterion.PP5, Criterion.BP6})
"""Biesecker & Harrison 2018 (PMID 29543229): a source's own conclusion is no evidence."""


def assess(key: AssessmentKey, transcript: str | None, evidence: Evidence) -> Assessment:
    """Assess one hypothesis on one transcript (None outside genes)."""
    findings = tuple(_find(criterion, key, transcript, evidence) for criterion in Criterion)
    beside = Reader(evidence)
    assertion = beside(ASSERTION, str(key.allele))
    # Shown beside ClinVar, and counted no more than it is.
    for fact in shown_facts(evidence.provided, key.allele):
        beside(fact, str(key.allele))
    # The hypothesis itself stands on what is known of the gene, whichever criteria ask for it.
    beside(GENE_LINKS, key.gene)
    reads = {read for finding in findings for read in finding.reads} | set(beside.reads)
    score = points.total(findings)
    return Assessment(
        key=key,
        transcript=transcript,
        findings=findings,
        points=score,
        posterior=points.posterior(score),
        machine=MachineClass(points.classify(findings), richards2015.classify(findings)),
        external=assertion,
        signed=None,
        reads=tuple(sorted(reads)),
    )


def _neighbours(criterion: Criterion, question: Question) -> Verdict | None:
    """Return why the allele alone cannot be judged, where a neighbour on its haplotype matters."""
    if criterion not in ON_ONE_ALLELE:
        return None
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


def _find(
    criterion: Criterion, key: AssessmentKey, transcript: str | None, evidence: Evidence
) -> Finding:
    if criterion in WITHDRAWN:
        return Finding(criterion, not_assessed("withdrawn"))
    if criterion not in DECISIONS:
        return Finding(criterion, not_assessed("not_built"))
    question = Question(key, transcript, Reader(evidence))
    verdict = _neighbours(criterion, question) or DECISIONS[criterion](question)
    return Finding(criterion, verdict, question.read.reads, question.read.constructed)
