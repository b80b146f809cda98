"""From a disease's OMIM id to other codes through Mondo, always with the relation between them.

Most OMIM diseases have no Orphanet code of their own: a code is *exact* only when one OMIM id, one
class of Mondo and one Orphanet code stand for each other. A parent's code says that it is broader,
and by how many steps. ORPHA:616874 is never mapped to: people sign it.
Mondo: Vasilevsky 2022 (medRxiv 2022.04.13).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from varinterp.model.diagnosis import UNDIAGNOSED


class Relation(StrEnum):
    """What the mapped code is to the disease. *Shared*: several diseases are exact matches."""

    SAME = "same"
    EXACT = "exact"
    SHARED = "shared"
    BROADER = "broader"
    NARROWER = "narrower"
    NOT_MAPPED = "not_mapped"


@dataclass(frozen=True, slots=True)
class MappedCode:
    """A code for a disease: `steps` counts Mondo's edges between, `release` is Mondo's."""

    disease: str
    code: str | None
    relation: Relation
    release: str | None
    mondo: str | None = None
    steps: int = 0

    @property
    def text(self) -> str:
        """``ORPHA:500 (broader, 1 step, Mondo 2026-08-04)``, for people."""
        if self.code is None:
            return f"{self.disease}: not mapped"
        if self.relation is Relation.SAME:
            return self.code
        steps = f", {self.steps} step(s)" if self.steps else ""
        return f"{self.code} ({self.relation}{steps}, Mondo {self.release})"


@dataclass(frozen=True, slots=True)
class DiseaseCodes:
    """Mondo's exact matches, and its edges from child to parents where a caller has them.

    `same` gives the ids that are exactly a class of Mondo, `classes` the classes of an id.
    """

    release: str | None = None
    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _children: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_children", _reversed(self.parents))

    def of(self, disease: str, prefix: str = "ORPHA") -> tuple[MappedCode, ...]:
        """Return the codes of a terminology for a disease, one *not mapped* when there is none."""
        if disease.startswith(f"{prefix}:"):
            return (MappedCode(disease, disease, Relation.SAME, None),)
        codes = self._exact(disease, prefix)
        if not codes:
            codes = self._distant(disease, prefix, self.parents, Relation.BROADER)
            codes += self._distant(disease, prefix, self._children, Relation.NARROWER)
        return tuple(codes) or (MappedCode(disease, None, Relation.NOT_MAPPED, self.release),)

    def exact(self, disease: str, prefix: str = "ORPHA") -> MappedCode | None:
        """Return the one code that says exactly the disease, or None."""
        codes = [
            code
            for code in self.of(disease, prefix)
            if code.relation in (Relation.EXACT, Relation.SAME)
        ]
        return codes[0] if len(codes) == 1 else None

    def _exact(self, disease: str, prefix: str) -> list[MappedCode]:
        classes = self.classes.get(disease, ())
        found = [(mondo, code) for mondo in classes for code in self._codes(mondo, prefix)]
        own = disease.partition(":")[0]
        alone = len(found) == 1 and all(len(self._codes(mondo, own)) == 1 for mondo in classes)
        alone = alone and len(self.classes.get(found[0][1], ())) == 1
        relation = Relation.EXACT if alone else Relation.SHARED
        return [MappedCode(disease, code, relation, self.release, mondo) for mondo, code in found]

    def _distant(
        self, disease: str, prefix: str, edges: Mapping[str, tuple[str, ...]], relation: Relation
    ) -> list[MappedCode]:
        """Walk the edges breadth first; return the codes of the first step that has any."""
        seen = set(self.classes.get(disease, ()))
        level, steps = sorted(seen), 0
        while level:
            steps += 1
            level = sorted({up for at in level for up in edges.get(at, ())} - seen)
            seen.update(level)
            codes = [(at, code) for at in level for code in self._codes(at, prefix)]
            if codes:
                return [
                    MappedCode(disease, code, relation, self.release, at, steps)
                    for at, code in codes
                ]
        return []

    def _codes(self, mondo: str, prefix: str) -> tuple[str, ...]:
        return tuple(
            code
            for code in self.same.get(mondo, ())
            if code.startswith(f"{prefix}:") and code != UNDIAGNOSED
        )


def _reversed(edges: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    back: defaultdict[str, list[str]] = defaultdict(list)
    for child in sorted(edges):
        for parent in edges[child]:
            back[parent].append(child)
    return {parent: tuple(children) for parent, children in back.items()}
