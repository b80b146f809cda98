"""How often the right answer comes first, among three or ten, and how sure that is.

*Micro* counts patients; *macro* counts diseases, each by the share of its patients. Intervals are
of 95 % and resample diseases, not patients: patients of one disease resemble each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

TOPS = (1, 3, 10)
RESAMPLES = 2000
SEED = 20261123
BOUNDS = (2.5, 97.5)
TIE = 1e-6
"""Scores this close are a tie: sums of single precision are not exact to the last bit."""


def rank_of(scores: Floats, right: int) -> int:
    """Return the place of the right answer, counted after everything that scores the same."""
    return int((scores >= scores[right] - TIE).sum())


@dataclass(frozen=True, slots=True)
class Share:
    """A share in percent, or a difference of two, with its interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.1f} ({self.low:.1f} to {self.high:.1f})"

    @property
    def signed(self) -> str:
        """The share as a difference: always with its sign."""
        return f"{self.value:+.1f} ({self.low:+.1f} to {self.high:+.1f})"


class Clusters:
    """Patients of diseases, and the same resamples of these diseases for every figure."""

    def __init__(self, diseases: Sequence[str]) -> None:
        names, self._of = np.unique(np.array(diseases), return_inverse=True)
        self.patients, self.number = len(diseases), len(names)
        self._sizes = np.bincount(self._of).astype(float)
        draw = np.random.default_rng(SEED)
        even = np.full(self.number, 1 / self.number)
        self._drawn = draw.multinomial(self.number, even, size=RESAMPLES).astype(float)

    def micro(self, outcome: Floats) -> Share:
        """Return the mean over patients, in percent."""
        sums = np.bincount(self._of, outcome)
        return _share(sums.sum() / self.patients, self._drawn @ sums / (self._drawn @ self._sizes))

    def macro(self, outcome: Floats) -> Share:
        """Return the mean over diseases of the mean over their patients, in percent."""
        means = np.bincount(self._of, outcome) / self._sizes
        return _share(means.mean(), self._drawn @ means / self.number)


def _share(value: float, resampled: Floats) -> Share:
    low, high = np.percentile(resampled, BOUNDS)
    return Share(100 * float(value), 100 * float(low), 100 * float(high))


def within(ranks: Integers, top: int) -> Floats:
    """Return 1 for every patient whose right answer is among the first."""
    return (ranks <= top).astype(float)


def table(ranks: dict[str, Integers], clusters: Clusters) -> str:
    """Return a row a method: micro and macro figures, as a table of Markdown."""
    head = [f"top {top}" for top in TOPS] + [f"top {top}, by disease" for top in TOPS]
    rows = [
        [name]
        + [str(clusters.micro(within(of, top))) for top in TOPS]
        + [str(clusters.macro(within(of, top))) for top in TOPS]
        for name, of in ranks.items()
    ]
    return markdown(["method", *head], rows)


def differences(
    ranks: dict[str, Integers], pairs: Sequence[tuple[str, str]], clusters: Clusters
) -> str:
    """Return the paired differences of methods, in points, as a table of Markdown."""
    head = [f"top {top}" for top in TOPS] + [f"top {top}, by disease" for top in TOPS]
    rows = []
    for one, other in pairs:
        apart = [within(ranks[one], top) - within(ranks[other], top) for top in TOPS]
        micro = [clusters.micro(each).signed for each in apart]
        macro = [clusters.macro(each).signed for each in apart]
        rows.append([f"{one} − {other}", *micro, *macro])
    return markdown(["difference", *head], rows)


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table of Markdown: words to the left, figures to the right."""
    rule = ["---", *["--:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))
