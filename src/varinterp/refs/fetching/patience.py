"""How often something is tried again, and how long one waits in between.

The pause doubles with each failure in a row and has a random part, so that many clients do not
come back at once; a server's own ``Retry-After`` is honoured. Failures in a row, failures in all
and fresh starts are each bounded.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from varinterp.errors import ReleaseError
from varinterp.refs.fetching.transport import PassingError

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Patience:
    """Bounds, in seconds and in times; `sleep`, `clock` and `chance` can be replaced by a test."""

    connect: float = 15.0
    silence: float = 60.0
    slowest: int = 1_000  # bytes a second over the time of `silence`; less counts as stalled
    in_a_row: int = 6
    in_all: int = 100
    fresh_starts: int = 3
    first_pause: float = 1.0
    longest_pause: float = 120.0
    longest_wait: float = 900.0  # a server that asks for more is left alone
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random


class Tries:
    """Counts what went wrong on the way to one file."""

    def __init__(self, label: str, patience: Patience, told: Told) -> None:
        self._label = label
        self._patience = patience
        self._told = told
        self._in_a_row = self._in_all = self._fresh = self._best = 0

    def failed(self, error: PassingError, size: int) -> None:
        """Wait after a failure with `size` bytes there, or raise ReleaseError when it was enough.

        Only bytes that were never there before count as progress.
        """
        self._in_a_row = 1 if size > self._best else self._in_a_row + 1
        self._in_all += 1
        self._best = max(self._best, size)
        patience = self._patience
        if self._in_a_row >= patience.in_a_row or self._in_all >= patience.in_all:
            raise ReleaseError(
                f"{self._label}: {error.reason}, {self._in_all} tries failed; fetch again later: "
                "what has arrived is kept"
            )
        pause = self._pause(error)
        self._told(f"{self._label}: {error.reason}; trying again in {pause:.0f} s")
        patience.sleep(pause)

    def fresh_start(self, reason: str) -> None:
        """Note that what has arrived is of no use; raise ReleaseError when it was enough."""
        self._fresh += 1
        self._best = 0
        if self._fresh > self._patience.fresh_starts:
            raise ReleaseError(
                f"{self._label}: {reason}, {self._fresh} times; fetch again later, and tell the "
                "publisher if it lasts"
            )
        self._told(f"{self._label}: {reason}; starting again")

    def _pause(self, error: PassingError) -> float:
        patience = self._patience
        if error.pause is not None and error.pause > patience.longest_wait:
            raise ReleaseError(
                f"{self._label}: {error.reason}, and the server asks to wait for "
                f"{error.pause / 60:.0f} minutes; fetch again then"
            )
        doubled = min(patience.longest_pause, patience.first_pause * 2.0 ** (self._in_a_row - 1))
        return max(error.pause or 0.0, doubled * (0.5 + patience.chance() / 2))


def retry_after(text: str | None) -> float | None:
    """Return the seconds of a ``Retry-After``, which are given as such or as a date."""
    if text is None:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        then = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    aware = then if then.tzinfo is not None else then.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
