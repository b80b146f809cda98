"""A patient's HPO terms: seen, and looked for and not seen; and when the disease began."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Phenotype:
    """HPO ids, each list sorted and without repeats.

    `onset` is the HPO term of the disease's onset (under HP:0003674); None where nobody said.
    """

    observed: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    onset: str | None = None

    @classmethod
    def of(
        cls, observed: Iterable[str], excluded: Iterable[str] = (), onset: str | None = None
    ) -> Self:
        """Build from ids in any order."""
        return cls(tuple(sorted(set(observed))), tuple(sorted(set(excluded))), onset)
