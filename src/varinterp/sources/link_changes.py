"""Two releases of statements about genes and diseases, compared statement by statement.

Statements of one gene about the same disease (and by the same curator) are paired: first those that
are equal, then those of one mode, then one left over on each side, whose mode has moved. What is
left came or went. One change a gene and kind: what it says of several diseases stands side by side.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import polars as pl

from varinterp.model.change import ChangeKind
from varinterp.model.gene_disease import Mechanism, Validity
from varinterp.sources.material import CHANGES_SCHEMA

SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of a release, ready to be compared.

    `key` is the gene, `about` what makes two statements be about the same thing, `rest` everything
    that is compared, and `text` what a person reads.
    """

    key: str
    about: tuple[str, ...]
    inheritance: str
    validity: Validity
    mechanism: Mechanism
    rest: tuple[Any, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One difference under a key, before the texts of a kind are joined."""

    key: str
    kind: ChangeKind
    before: str | None
    after: str | None


def changed_statements(
    source: str, old: Iterable[Statement], new: Iterable[Statement]
) -> pl.DataFrame:
    """Return the differences as `CHANGES_SCHEMA`, under a source of facts."""
    before, after = _grouped(old), _grouped(new)
    changes = [
        change
        for place in sorted(before.keys() | after.keys())
        for change in _compare(before.get(place, []), after.get(place, []))
    ]
    return changes_table(source, changes)


def changes_table(source: str, changes: Iterable[Change]) -> pl.DataFrame:
    """Join the changes of one key and kind into one row each, sorted."""
    texts: dict[tuple[str, str], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for change in changes:
        before, after = texts[(change.key, change.kind.value)]
        before += [] if change.before is None else [change.before]
        after += [] if change.after is None else [change.after]
    rows = [
        (source, key, kind, _joined(before), _joined(after), None)
        for (key, kind), (before, after) in sorted(texts.items())
    ]
    return pl.DataFrame(rows, schema=pl.Schema(CHANGES_SCHEMA), orient="row")


def _joined(texts: list[str]) -> str | None:
    return SEPARATOR.join(sorted(set(texts))) or None


def _grouped(statements: Iterable[Statement]) -> dict[tuple[str, ...], list[Statement]]:
    groups: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for statement in statements:
        groups[(statement.key, *statement.about)].append(statement)
    return groups


def _compare(old: list[Statement], new: list[Statement]) -> Iterator[Change]:
    """Pair the statements about one thing, and say how each pair differs."""
    equal = Counter(each.rest for each in old) & Counter(each.rest for each in new)
    old, new = _without(old, equal), _without(new, equal)
    modes = sorted({each.inheritance for each in (*old, *new)})
    lost: list[Statement] = []
    gained: list[Statement] = []
    for mode in modes:
        pairs = zip_longest(_of_mode(old, mode), _of_mode(new, mode))
        for before, after in pairs:
            if before is not None and after is not None:
                yield from _pair(before, after)
            else:
                lost += [] if before is None else [before]
                gained += [] if after is None else [after]
    if len(lost) == len(gained) == 1:
        yield from _pair(lost[0], gained[0])
        return
    for each in lost:
        yield Change(each.key, ChangeKind.REMOVED, each.text, None)
    for each in gained:
        yield Change(each.key, ChangeKind.ADDED, None, each.text)


def _without(statements: list[Statement], equal: Counter[tuple[Any, ...]]) -> list[Statement]:
    left = Counter(equal)
    kept = []
    for each in sorted(statements, key=lambda each: (each.text, str(each.rest))):
        if left[each.rest]:
            left[each.rest] -= 1
        else:
            kept.append(each)
    return kept


def _of_mode(statements: list[Statement], mode: str) -> list[Statement]:
    return [each for each in statements if each.inheritance == mode]


def _pair(before: Statement, after: Statement) -> Iterator[Change]:
    kinds = list(_kinds(before, after)) or [ChangeKind.RESTATED]
    for kind in kinds:
        yield Change(before.key, kind, before.text, after.text)


def _kinds(before: Statement, after: Statement) -> Iterator[ChangeKind]:
    if before.inheritance != after.inheritance:
        yield ChangeKind.INHERITANCE_MOVED
    if before.mechanism is not after.mechanism:
        yield ChangeKind.MECHANISM_MOVED
    if before.validity is not after.validity:
        yield _direction(before.validity, after.validity)


def _direction(before: Validity, after: Validity) -> ChangeKind:
    """Up or down the scale; a class that came or went moves nothing on it."""
    if before.rank is None or after.rank is None:
        return ChangeKind.RESTATED
    return ChangeKind.VALIDITY_UP if after.rank < before.rank else ChangeKind.VALIDITY_DOWN
