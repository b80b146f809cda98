"""What a conclusion stands on: the release of every source that it could read, and the software.

The rules in force are a source like the others. Two conclusions on one basis are equal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Move:
    """A source that has another release on another basis; None where a basis lacks the source."""

    source: str
    before: str | None
    after: str | None

    @property
    def whole(self) -> bool:
        """Whether the source came or went: there is no pair of releases to compare."""
        return self.before is None or self.after is None


@dataclass(frozen=True, slots=True)
class Basis:
    """The release of each source, in order of source, and the version of varinterp."""

    releases: tuple[tuple[str, str], ...]
    software: str

    @classmethod
    def of(cls, releases: Mapping[str, str] | Iterable[tuple[str, str]], software: str) -> Self:
        """Build from (source, release) in any order."""
        return cls(tuple(sorted(dict(releases).items())), software)

    def release(self, source: str) -> str | None:
        """Return the release of a source, or None when the basis lacks it."""
        return dict(self.releases).get(source)

    def moves(self, target: "Basis") -> tuple[Move, ...]:
        """Return the sources whose release differs on a target basis, in order of source."""
        mine, theirs = dict(self.releases), dict(target.releases)
        return tuple(
            Move(source, mine.get(source), theirs.get(source))
            for source in sorted(mine.keys() | theirs.keys())
            if mine.get(source) != theirs.get(source)
        )
