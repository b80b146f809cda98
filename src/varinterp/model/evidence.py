"""What a criterion can answer: the 28 codes, strengths, three outcomes, reasons made of facts.

Codes: Richards 2015 (PMID 25741868). Points: Tavtigian 2020 (PMID 32720330).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Self

from varinterp.model.canonical import remember_texts
from varinterp.model.reads import Read


class Direction(StrEnum):
    """Which way a criterion speaks."""

    PATHOGENIC = "pathogenic"
    BENIGN = "benign"


class Strength(StrEnum):
    """How loudly a criterion speaks; a field of its own, never a part of a code's name."""

    SUPPORTING = "supporting"
    MODERATE = "moderate"
    STRONG = "strong"
    VERY_STRONG = "very_strong"
    STAND_ALONE = "stand_alone"

    @property
    def points(self) -> int:
        """Points of Tavtigian 2020: 1, 2, 4, 8; stand-alone counts as very strong."""
        return _POINTS[self]


_POINTS = dict(zip(Strength, (1, 2, 4, 8, 8), strict=True))

GRADED = (Strength.SUPPORTING, Strength.MODERATE, Strength.STRONG, Strength.VERY_STRONG)
"""The strengths that evidence is counted at, weakest first; stand-alone is none of their steps."""


class Criterion(StrEnum):
    """A criterion of Richards 2015."""

    PVS1 = "PVS1"
    PS1 = "PS1"
    PS2 = "PS2"
    PS3 = "PS3"
    PS4 = "PS4"
    PM1 = "PM1"
    PM2 = "PM2"
    PM3 = "PM3"
    PM4 = "PM4"
    PM5 = "PM5"
    PM6 = "PM6"
    PP1 = "PP1"
    PP2 = "PP2"
    PP3 = "PP3"
    PP4 = "PP4"
    PP5 = "PP5"
    BA1 = "BA1"
    BS1 = "BS1"
    BS2 = "BS2"
    BS3 = "BS3"
    BS4 = "BS4"
    BP1 = "BP1"
    BP2 = "BP2"
    BP3 = "BP3"
    BP4 = "BP4"
    BP5 = "BP5"
    BP6 = "BP6"
    BP7 = "BP7"

    # A member is its word: Enum's own hash, written in Python, is asked millions of times.
    __hash__ = str.__hash__

    @property
    def direction(self) -> Direction:
        """Pathogenic for P…, benign for B…."""
        return Direction.BENIGN if self[0] == "B" else Direction.PATHOGENIC


WITHDRAWN = frozenset({Criterion.PP5, Criterion.BP6})
"""Biesecker & Harrison 2018 (PMID 29543229): a source's own conclusion is no evidence."""


class Outcome(StrEnum):
    """A criterion's answer. Absent data is *not assessed*, never *not met*."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_ASSESSED = "not_assessed"


Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a key that a locale turns into a sentence, and the facts that fill it in."""

    key: str
    facts: tuple[tuple[str, Scalar], ...] = ()

    @classmethod
    def of(cls, key: str, **facts: Scalar) -> Self:
        """Build a reason; facts are kept in the order of their names."""
        return cls(key, tuple(sorted(facts.items())))

    def __getitem__(self, name: str) -> Scalar:
        return dict(self.facts)[name]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a criterion's function returns; the strength is given exactly when it is met."""

    outcome: Outcome
    reason: Reason
    strength: Strength | None = None

    def __post_init__(self) -> None:
        if (self.outcome is Outcome.MET) != (self.strength is not None):
            raise ValueError("a strength goes with a met criterion, and only with one")


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with its criterion and everything that was read to reach it.

    `constructed` is True when any value read was constructed for a demonstration or a test.
    """

    criterion: Criterion
    verdict: Verdict
    reads: tuple[Read, ...] = ()
    constructed: bool = False

    def __post_init__(self) -> None:
        alone = self.verdict.strength is Strength.STAND_ALONE
        if alone and self.criterion.direction is not Direction.BENIGN:
            raise ValueError("only a benign criterion stands alone")

    @property
    def met(self) -> bool:
        """Whether the criterion counts."""
        return self.verdict.outcome is Outcome.MET

    @property
    def strength(self) -> Strength | None:
        """Strength when met."""
        return self.verdict.strength

    @property
    def points(self) -> int:
        """Signed points: benign ones are negative; 0 unless met."""
        if self.verdict.strength is None:
            return 0
        sign = -1 if self.criterion.direction is Direction.BENIGN else 1
        return sign * self.verdict.strength.points


def _told_apart(finding: Finding) -> tuple[str, str, str, bool] | None:
    """Tell apart the findings that rest on nothing: criteria that are not built, or withdrawn."""
    verdict = finding.verdict
    if finding.reads or verdict.reason.facts or verdict.strength is not None:
        return None
    outcome = verdict.outcome
    return (finding.criterion._value_, outcome._value_, verdict.reason.key, finding.constructed)


remember_texts(Finding, _told_apart)


def met(strength: Strength, key: str, **facts: Scalar) -> Verdict:
    """The criterion applies, at this strength."""
    return _verdict(Outcome.MET, key, facts, strength)


class Because(StrEnum):
    """Why a criterion counts at less than its own evidence gives."""

    VALIDITY = "validity"
    SPECIFICATION = "specification"
    TOGETHER = "together"


def lowered(verdict: Verdict, strength: Strength, because: Because) -> Verdict:
    """Return a met verdict at a lower strength; its reason tells from which, and why.

    Lowered twice, it tells the first strength and both reasons.
    """
    facts = dict(verdict.reason.facts)
    before = facts.get("lowered_because")
    facts.setdefault("lowered_from", verdict.strength)
    facts["lowered_because"] = because if before is None else f"{before}, {because}"
    return Verdict(verdict.outcome, Reason.of(verdict.reason.key, **facts), strength)


def not_met(key: str, **facts: Scalar) -> Verdict:
    """The criterion was considered with the data that it needs, and does not apply."""
    return _verdict(Outcome.NOT_MET, key, facts)


def not_assessed(key: str, **facts: Scalar) -> Verdict:
    """The data that the criterion needs is missing, or the criterion is not built."""
    return _verdict(Outcome.NOT_ASSESSED, key, facts)


def _verdict(
    outcome: Outcome, key: str, facts: Mapping[str, Scalar], strength: Strength | None = None
) -> Verdict:
    return _made(outcome, key, strength, *facts, *facts.values())


# Typed, since 1, 1.0 and True are three facts: a verdict comes back in thousands of assessments.
@lru_cache(maxsize=1 << 13, typed=True)
def _made(outcome: Outcome, key: str, strength: Strength | None, *told: Any) -> Verdict:
    """Make a verdict; `told` are the names of its facts, then their values."""
    half = len(told) // 2
    facts = sorted(zip(told[:half], told[half:], strict=True))
    return Verdict(outcome, Reason(key, tuple(facts)), strength)
