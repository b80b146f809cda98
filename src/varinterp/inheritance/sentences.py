"""What a mode can say, from the weakest to the strongest, and who a sentence is about, as numbers.

A verdict is a number of 16 bits: the sentence's place in the high byte, and in the low one the
member whom it is about, 0 for nobody. The largest of several is the strongest word; of two members
who say the same it names the one who comes first in reading order.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from varinterp.inheritance.order import reading_order
from varinterp.model.family import Family
from varinterp.model.fit import Fit

Verdicts = npt.NDArray[np.uint16]


@dataclass(frozen=True, eq=False)
class Sentences:
    """What a mode can say, from the weakest to the strongest.

    The facts of a sentence are filled in when it is told; their values here mean nothing.
    """

    sentences: tuple[Fit, ...]

    @cached_property
    def places(self) -> dict[str, int]:
        """Each sentence's place, by its key."""
        return {each.reason.key: at for at, each in enumerate(self.sentences)}

    def verdict(self, key: str, rank: int | None = None) -> int:
        """Return a verdict; `rank` is the member's place in reading order."""
        return self.places[key] << 8 | (0 if rank is None else 255 - rank)

    def of(self, verdict: int) -> Fit:
        """Return the sentence of a verdict."""
        return self.sentences[verdict >> 8]


def row_of(family: Family, verdict: int) -> int | None:
    """Return the row of the member whom a verdict is about; None for nobody."""
    about = verdict & 255
    return reading_order(family)[255 - about] if about else None
