"""What a hypothesis' place rests on: what each part adds, as a factor on its odds and as a bar."""

from dataclasses import dataclass

from varinterp.model.case import Contribution, Part, RankedHypothesis
from varinterp.model.evidence import Reason

FULL = 7.0
"""Natural log-odds at which a bar is full: odds multiplied or divided by about a thousand."""
HALF = 60
"""Width of a full bar, in units of the drawing; the bars of both directions meet in the middle."""


@dataclass(frozen=True, slots=True)
class ContributionView:
    """One part: `log_odds` is natural; the bar starts at `x` and is `width` wide."""

    part: Part
    log_odds: float
    reason: Reason
    x: float
    width: float

    @property
    def speaks_for(self) -> bool:
        """Whether it raises the odds."""
        return self.log_odds > 0


@dataclass(frozen=True, slots=True)
class Weighing:
    """The parts in the order in which they are added, and their sum."""

    parts: tuple[ContributionView, ...]
    total: ContributionView


def weighing(place: RankedHypothesis) -> Weighing | None:
    """Show what a place rests on; None for one that an earlier version did not explain."""
    if not place.contributions:
        return None
    total = Contribution(Part.PRIOR, place.log_odds, place.reason)
    return Weighing(tuple(map(_view, place.contributions)), _view(total))


def _view(each: Contribution) -> ContributionView:
    width = round(min(abs(each.log_odds), FULL) / FULL * HALF, 1)
    x = HALF if each.log_odds >= 0 else round(HALF - width, 1)
    return ContributionView(each.part, each.log_odds, each.reason, x, width)
