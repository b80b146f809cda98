"""A person's answer in place of a criterion's: a layer over the proposal, named as such.

The latest entry on a criterion holds: by date, and by id among entries of one day. What the
criterion itself answered stays in the facts of the reason, so that a reader sees both.
"""

from dataclasses import replace

from varinterp.acmg.question import Question
from varinterp.model.curation import CURATION, Override
from varinterp.model.evidence import Criterion, Finding, Reason, Verdict
from varinterp.model.reads import Read


def overridden(findings: tuple[Finding, ...], beside: Question) -> tuple[Finding, ...]:
    """Return the findings with every override that a curator entered for this hypothesis."""
    curations = beside.read(CURATION, str(beside.allele))
    if curations is None or not curations.overrides:
        return findings
    latest: dict[Criterion, Override] = {}
    for each in sorted(curations.overrides, key=lambda each: (each.origin.date, each.origin.id)):
        if beside.holds(each.scope):
            latest[each.criterion] = each
    read = beside.read.of(CURATION, str(beside.allele))
    return tuple(
        _layered(finding, latest[finding.criterion], read, constructed=curations.constructed)
        if finding.criterion in latest
        else finding
        for finding in findings
    )


def _layered(finding: Finding, override: Override, read: Read, *, constructed: bool) -> Finding:
    reason = Reason.of(
        "override.stated",
        author=override.origin.author,
        entered_on=override.origin.date,
        pmid=override.origin.pmid,
        reason=override.reason,
        machine=finding.verdict.outcome,
        machine_strength=finding.strength,
    )
    return replace(
        finding,
        verdict=Verdict(override.outcome, reason, override.strength),
        reads=tuple(sorted({*finding.reads, read})),
        constructed=finding.constructed or constructed,
    )
