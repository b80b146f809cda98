"""The patient's terms against a disease, grouped by organ system, what weighs most first."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from varinterp.model.case import PhenotypeScore, TermRow

_MATCHES = ("exact", "related", "absent", "excluded")


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ system, by HPO's id and name; None for terms that lie under none."""

    id: str | None
    name: str | None
    rows: tuple[TermRow, ...]


@dataclass(frozen=True, slots=True)
class PhenotypeView:
    """A match: `exact` counts the patient's `terms` that the disease has.

    `log_lr` is what they add together to the log-odds of the disease (natural logarithm).
    """

    score: float
    log_lr: float
    organs: tuple[Organ, ...]
    terms: int
    exact: int
    constructed: bool

    @property
    def rows(self) -> tuple[TermRow, ...]:
        """Every row, in the order shown."""
        return tuple(row for organ in self.organs for row in organ.rows)

    @property
    def by_organ(self) -> bool:
        """Whether any term's organ is known: earlier versions stored none."""
        return any(organ.name for organ in self.organs)


def phenotype_view(match: PhenotypeScore | None) -> PhenotypeView | None:
    """Show a match; None when it could not be assessed."""
    if match is None:
        return None
    return PhenotypeView(
        score=match.score,
        log_lr=match.log_lr,
        organs=_organs(match.rows),
        terms=len(match.observed),
        exact=sum(row.kind == _MATCHES[0] for row in match.rows),
        constructed=match.constructed,
    )


def _organs(rows: Iterable[TermRow]) -> tuple[Organ, ...]:
    ordered = sorted(rows, key=_organ)
    found = [
        Organ(id_ or None, name or None, tuple(sorted(group, key=_order)))
        for (name, id_), group in groupby(ordered, key=_organ)
    ]
    return tuple(sorted(found, key=_organ_order))


def _organ(row: TermRow) -> tuple[str, str]:
    return (row.organ_name or "", row.organ or "")


def _order(row: TermRow) -> tuple[object, ...]:
    return (_MATCHES.index(row.kind), row.name, row.term)


def _organ_order(organ: Organ) -> tuple[object, ...]:
    """Organ systems with a match come first, by what their terms add; terms of none come last."""
    added = sum(row.weight for row in organ.rows if row.kind != _MATCHES[-1])
    best = min(_MATCHES.index(row.kind) for row in organ.rows)
    return (organ.name is None, best, -added, organ.name or "")
