"""The prior class of an allele: what its partners are told of it.

Left out are the criteria that rest on partners and family. What is left asks for no other prior, so
that two alleles never lift each other (ClinGen SVI, in trans criterion, version 1.0).
"""

from varinterp.acmg.assess import assess
from varinterp.acmg.combine import points
from varinterp.acmg.combine.schemes import schemes
from varinterp.acmg.question import Question
from varinterp.model.assessment import AssessmentKey, PriorClass
from varinterp.model.evidence import Criterion
from varinterp.model.reads import Evidence, Reader

LEFT_OUT = frozenset({Criterion.PM3, Criterion.BP2, Criterion.PP1, Criterion.BS4, Criterion.PP4})
"""Criteria on partners and family."""


def prior(key: AssessmentKey, transcript: str | None, evidence: Evidence) -> PriorClass:
    """Conclude on one hypothesis by everything else; the evidence must hold no prior."""
    scale = schemes(Question(key, transcript, Reader(evidence))).scale
    found = assess(key, transcript, evidence).findings
    counted = tuple(finding for finding in found if finding.criterion not in LEFT_OUT)
    return PriorClass(points.total(counted), points.classify(counted, scale))
