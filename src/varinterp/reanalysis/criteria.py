"""Criteria gained, lost or of another strength, each with what was read differently."""

from collections.abc import Callable, Iterator, Mapping

from varinterp.model.assessment import Assessment
from varinterp.model.event import Cause, CriterionChange
from varinterp.model.evidence import Criterion, Finding, Reason, Strength
from varinterp.model.reads import Read
from varinterp.model.standing import Standing

Between = Callable[[tuple[Read, ...] | None, tuple[Read, ...] | None], set[Cause]]
"""What moved among the reads of two sides (`reanalysis.causes.between`)."""

Strengths = Mapping[Criterion, Strength]


def strengths_of(standing: Standing | None) -> Strengths:
    """Return the criteria of a standing with their strengths; none where nothing is concluded."""
    met = () if standing is None else standing.criteria
    return {each.criterion: each.strength for each in met}


def differing(before: Strengths, after: Strengths) -> tuple[Criterion, ...]:
    """Return the criteria whose strength differs, in the order of the codes."""
    return tuple(code for code in Criterion if before.get(code) != after.get(code))


def criterion_changes(
    before: Assessment | None,
    after: Assessment | None,
    standings: tuple[Standing | None, Standing | None],
    between: Between,
) -> Iterator[CriterionChange]:
    """Yield every criterion whose strength differs between two assessments of a subject."""
    was, now = (strengths_of(standing) for standing in standings)
    for code in differing(was, now):
        one, other = _finding(before, code), _finding(after, code)
        yield CriterionChange(
            criterion=code,
            before=was.get(code),
            after=now.get(code),
            reason=_reason(other),
            causes=tuple(sorted(between(_reads(one), _reads(other)), key=place_of)),
        )


def merged_changes(
    standings: tuple[Standing | None, Standing | None],
    first: tuple[CriterionChange, ...],
    second: tuple[CriterionChange, ...],
) -> Iterator[CriterionChange]:
    """Yield what two changes in a row come to, each with the causes of both."""
    was, now = (strengths_of(standing) for standing in standings)
    earlier = {change.criterion: change for change in first}
    later = {change.criterion: change for change in second}
    for code in differing(was, now):
        told = [change for side in (later, earlier) if (change := side.get(code))]
        causes = {cause for change in told for cause in change.causes}
        yield CriterionChange(
            criterion=code,
            before=was.get(code),
            after=now.get(code),
            reason=told[0].reason if told else None,
            causes=tuple(sorted(causes, key=place_of)),
        )


def place_of(cause: Cause) -> tuple[str, str, str, str]:
    """Return what causes are put in order by."""
    return (cause.source, cause.key, cause.release_after or "", cause.release_before or "")


def _finding(assessed: Assessment | None, code: Criterion) -> Finding | None:
    findings = () if assessed is None else assessed.findings
    return next((finding for finding in findings if finding.criterion is code), None)


def _reads(finding: Finding | None) -> tuple[Read, ...] | None:
    return None if finding is None else finding.reads


def _reason(finding: Finding | None) -> Reason | None:
    return None if finding is None else finding.verdict.reason
