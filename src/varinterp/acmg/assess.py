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
from varinterp.model.facts import ASSERTION, GENE_LINKS
from varinterp.model.reads import Evidence, Reader

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

WITHDRAWN = frozenset({Criterion.PP5, Criterion.BP6})
"""Biesecker & Harrison 2018 (PMID 29543229): a source's own conclusion is no evidence."""


def assess(key: AssessmentKey, transcript: str | None, evidence: Evidence) -> Assessment:
    """Assess one hypothesis on one transcript (None outside genes)."""
    findings = tuple(_find(criterion, key, transcript, evidence) for criterion in Criterion)
    beside = Reader(evidence)
    assertion = beside(ASSERTION, str(key.allele))
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


def _find(
    criterion: Criterion, key: AssessmentKey, transcript: str | None, evidence: Evidence
) -> Finding:
    if criterion in WITHDRAWN:
        return Finding(criterion, not_assessed("withdrawn"))
    if criterion not in DECISIONS:
        return Finding(criterion, not_assessed("not_built"))
    question = Question(key, transcript, Reader(evidence))
    verdict = DECISIONS[criterion](question)
    return Finding(criterion, verdict, question.read.reads, question.read.constructed)
