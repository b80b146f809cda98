"""A plan as it is shown, written and recorded: counts first, and what is examined of each case."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from varinterp.model.basis import Basis
from varinterp.model.canonical import Json, to_json
from varinterp.pipeline.reanalysis.delta import Delta
from varinterp.pipeline.reanalysis.gaps import Gap
from varinterp.pipeline.reanalysis.scope import Scope
from varinterp.pipeline.reanalysis.target import Target


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """A source that moved, between two of its releases, and what that can touch.

    `assessments` recorded a read of a changed key; `gates` counts stored alleles (case by case)
    whose gates are opened again. `cohort_wide` says why every case is examined, where it is so:
    ``appeared``, ``vanished``, ``release_gone``, ``consequences``, ``constructed``, ``too_many``,
    ``not_comparable`` or ``software``.
    """

    source: str
    before: str | None
    after: str | None
    changed_keys: int
    kinds: tuple[tuple[str, int], ...]
    assessments: int
    gates: int
    cases: int
    cohort_wide: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A case that is left as it is, and why.

    ``erased``, ``no_consent`` (the proband's), ``relative_withdrew`` (until it is analysed without
    them), or ``not_stored``: the cohort store lacks the alleles of its last analysis.
    """

    case: str
    reason: str


@dataclass(frozen=True, slots=True)
class Moving:
    """The cases that stand on one basis, that basis opened, and how each source moved."""

    old: Target
    deltas: tuple[Delta, ...]
    software: bool

    @property
    def moved(self) -> tuple[str, ...]:
        """The sources that moved and that an analysis reads."""
        sources = [each.move.source for each in self.deltas if each.whole or each.changes.height]
        return (*sources, *(["software"] if self.software else []))


@dataclass(frozen=True, slots=True)
class Plan:
    """Counts first, for people; `scopes` holds what is examined, by case.

    `cases` are those of the archive, `moving` those that do not stand on the target yet; of these
    the `scopes` are examined, and all others only noted to stand on it. `gaps` counts changed keys
    that the store could not have kept: only a full analysis from the VCF would find these alleles
    (a case's own ``variants.parquet`` is not looked at). `analyses` are the last analyses of the
    moving cases: one that has another by now was not planned for.
    """

    target: Basis
    sources: tuple[SourcePlan, ...]
    cases: int
    moving: int
    assessments: int
    gates: int
    whole: int
    reranked: int
    skipped: tuple[Skipped, ...]
    gaps: tuple[Gap, ...]
    unmoved: tuple[str, ...]
    scopes: Mapping[str, Scope] = field(repr=False)
    bases: Mapping[str, Moving] = field(repr=False)
    analyses: Mapping[str, int] = field(repr=False)

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to do: every case stands on the target already."""
        return not self.scopes and not self.unmoved

    def document(self) -> dict[str, Json]:
        """Return what is shown, written and recorded of the plan."""
        return {
            "schema_version": 1,
            "target": to_json(self.target),
            "cases": self.cases,
            "moving": self.moving,
            "examined": len(self.scopes),
            "assessments": self.assessments,
            "gates": self.gates,
            "whole": self.whole,
            "reranked": self.reranked,
            "sources": to_json(self.sources),
            "gaps": to_json(self.gaps),
            "skipped": to_json(self.skipped),
        }
