"""A patient's HPO terms: seen, and looked for and not seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Phenotype:
    """HPO ids, each list sorted and without repeats."""

    observed: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @classmethod
    def of(cls, observed: Iterable[str], excluded: Iterable[str] = ()) -> Self:
        """Build from ids in any order."""
        return cls(tuple(sorted(set(observed))), tuple(sorted(set(excluded))))
