"""The classes of an assessment as the report shows them: three schemes, and what would move one."""

from collections.abc import Sequence
from dataclasses import dataclass

from varinterp.acmg.combine import points
from varinterp.acmg.combine.movers import Mover, Weighing, movers, weighing_of
from varinterp.model.assessment import (
    CORE,
    AcmgClass,
    Assessment,
    Category,
    SignedClass,
    Uncertainty,
    version_key,
)
from varinterp.model.evidence import Direction, Finding, Reason, Strength
from varinterp.model.facts import RULE
from varinterp.model.reads import FactsView


@dataclass(frozen=True, slots=True)
class Tally:
    """How many criteria of a direction are met at a strength."""

    direction: Direction
    strength: Strength
    count: int


@dataclass(frozen=True, slots=True)
class StepView:
    """The next class in a direction, the points between, and the criteria that alone would do."""

    direction: Direction
    value: AcmgClass
    short: int
    movers: tuple[Mover, ...]


@dataclass(frozen=True, slots=True)
class RulesView:
    """The rules that a hypothesis is judged by; `version` is None where none was recorded."""

    name: str
    version: str | None
    specified: bool


@dataclass(frozen=True, slots=True)
class ClassView:
    """The machine's classes of an allele in a hypothesis, and what they rest on.

    `why` says why the schemes differ; None where they agree, and in conclusions of versions that
    did not say it.
    """

    points: int
    posterior: float
    by_points: AcmgClass
    by_table: AcmgClass
    by_acgs: AcmgClass | None
    why: Reason | None
    uncertainty: Uncertainty | None
    category: Category
    flags: tuple[Reason, ...]
    rules: RulesView
    steps: tuple[StepView, ...]
    tally: tuple[Tally, ...]
    signed: SignedClass | None
    constructed: bool

    @property
    def differ(self) -> bool:
        """Whether the schemes disagree."""
        return len({self.by_points, self.by_table, self.by_acgs or self.by_points}) > 1

    @property
    def mendelian(self) -> bool:
        """Whether the class speaks of a cause of a Mendelian disease, as classes usually do."""
        return self.category is Category.MENDELIAN


def classes(assessment: Assessment, facts: FactsView) -> ClassView:
    """Show an assessment's classes; `facts` are those that it read, its rules among them."""
    machine = assessment.machine
    return ClassView(
        points=assessment.points,
        posterior=assessment.posterior,
        by_points=machine.points,
        by_table=machine.richards2015,
        by_acgs=machine.acgs,
        why=machine.differ,
        uncertainty=assessment.uncertainty,
        category=assessment.category,
        flags=assessment.flags,
        rules=_rules(assessment.key.rules, facts),
        steps=steps(assessment, weighing_of(assessment.key, facts)),
        tally=_tally(assessment.findings),
        signed=assessment.signed,
        constructed=assessment.constructed,
    )


def steps(assessment: Assessment, weighing: Weighing) -> tuple[StepView, ...]:
    """Return the next class up and the next one down; none where a criterion stands alone."""
    if points.alone(assessment.findings):
        return ()
    scale = weighing.scale
    nearest = (
        (Direction.PATHOGENIC, scale.up(assessment.points)),
        (Direction.BENIGN, scale.down(assessment.points)),
    )
    return tuple(
        StepView(side, *step, movers(assessment.findings, side, weighing))
        for side, step in nearest
        if step is not None
    )


def _rules(name: str, facts: FactsView) -> RulesView:
    version = facts.get((RULE.source, version_key(name)))
    stated = None if version is None else str(version.value)
    return RulesView(name, stated, name != CORE)


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
