"""The 28 criteria of an assessment as the report shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from varinterp.model.assessment import Assessment
from varinterp.model.case import ReleaseLabel
from varinterp.model.evidence import Criterion, Finding, Outcome, Reason, Strength
from varinterp.report.authority import AUTHORITIES, Authority
from varinterp.report.releases import OPTIONAL, family, releases_of, sorted_releases


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One criterion's answer; `points` are signed and 0 unless it is met.

    `releases` were consulted for it; `own` names the sources without a release of their own:
    ``case``, ``rules``, and whatever the analysis had no release of.
    """

    criterion: Criterion
    outcome: Outcome
    strength: Strength | None
    points: int
    reason: Reason
    releases: tuple[ReleaseLabel, ...]
    own: tuple[str, ...]
    authorities: tuple[Authority, ...]
    constructed: bool


@dataclass(frozen=True, slots=True)
class Criteria:
    """All 28 in three groups, each in the guideline's order."""

    met: tuple[CriterionView, ...]
    not_met: tuple[CriterionView, ...]
    not_assessed: tuple[CriterionView, ...]


def criteria(assessment: Assessment, releases: Sequence[ReleaseLabel]) -> Criteria:
    """Part an assessment's findings by their outcome."""
    views = [_criterion(finding, releases) for finding in assessment.findings]
    met, not_met, not_assessed = (
        tuple(view for view in views if view.outcome is outcome) for outcome in Outcome
    )
    return Criteria(met, not_met, not_assessed)


def _criterion(finding: Finding, releases: Sequence[ReleaseLabel]) -> CriterionView:
    sources = sorted({family(read.source) for read in finding.reads})
    used = {label for source in sources for label in releases_of(source, releases)}
    return CriterionView(
        criterion=finding.criterion,
        outcome=finding.verdict.outcome,
        strength=finding.strength,
        points=finding.points,
        reason=finding.verdict.reason,
        releases=sorted_releases(used),
        own=tuple(
            source
            for source in sources
            if source not in OPTIONAL and not releases_of(source, releases)
        ),
        authorities=AUTHORITIES[finding.criterion],
        constructed=finding.constructed,
    )
