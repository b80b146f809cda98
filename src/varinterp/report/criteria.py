"""The 28 criteria of an assessment as the report shows them, and its classes."""

from collections.abc import Sequence
from dataclasses import dataclass

from varinterp.model.assessment import AcmgClass, Assessment, SignedClass
from varinterp.model.case import ReleaseLabel
from varinterp.model.evidence import Criterion, Direction, Finding, Outcome, Reason, Strength
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
    constructed: bool


@dataclass(frozen=True, slots=True)
class Criteria:
    """All 28 in three groups, each in the guideline's order."""

    met: tuple[CriterionView, ...]
    not_met: tuple[CriterionView, ...]
    not_assessed: tuple[CriterionView, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many criteria of a direction are met at a strength."""

    direction: Direction
    strength: Strength
    count: int


@dataclass(frozen=True, slots=True)
class ClassView:
    """The machine's classes of an allele in a hypothesis, and what they rest on."""

    points: int
    posterior: float
    by_points: AcmgClass
    by_table: AcmgClass
    by_acgs: AcmgClass | None
    tally: tuple[Tally, ...]
    signed: SignedClass | None
    constructed: bool

    @property
    def differ(self) -> bool:
        """Whether points and the 2015 table disagree."""
        return self.by_points is not self.by_table


def criteria(assessment: Assessment, releases: Sequence[ReleaseLabel]) -> Criteria:
    """Part an assessment's findings by their outcome."""
    views = [_criterion(finding, releases) for finding in assessment.findings]
    met, not_met, not_assessed = (
        tuple(view for view in views if view.outcome is outcome) for outcome in Outcome
    )
    return Criteria(met, not_met, not_assessed)


def classes(assessment: Assessment) -> ClassView:
    """Show an assessment's classes."""
    return ClassView(
        points=assessment.points,
        posterior=assessment.posterior,
        by_points=assessment.machine.points,
        by_table=assessment.machine.richards2015,
        by_acgs=assessment.machine.acgs,
        tally=_tally(assessment.findings),
        signed=assessment.signed,
        constructed=assessment.constructed,
    )


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
        constructed=finding.constructed,
    )


def _tally(findings: Sequence[Finding]) -> tuple[Tally, ...]:
    """Count the met criteria, pathogenic before benign, strongest first."""
    counts = (
        Tally(direction, strength, _count(findings, direction, strength))
        for direction in Direction
        for strength in reversed(Strength)
    )
    return tuple(tally for tally in counts if tally.count)


def _count(findings: Sequence[Finding], direction: Direction, strength: Strength) -> int:
    return sum(
        finding.strength is strength and finding.criterion.direction is direction
        for finding in findings
    )
