"""Two tables that hold one row a key, compared by key."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from varinterp.model.change import ChangeKind
from varinterp.sources.link_changes import Change

Row = Mapping[str, Any]
Kinds = Callable[[Row, Row], Iterator[ChangeKind]]


def changed_rows(
    old: Mapping[str, Row],
    new: Mapping[str, Row],
    text: Callable[[Row], str],
    kinds: Kinds,
) -> Iterator[Change]:
    """Yield what came, went and moved, in order of key.

    `kinds` names the ways in which two different rows differ; none of them means *restated*.
    """
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        texts = (text(before) if before else None, text(after) if after else None)
        if before is None or after is None:
            yield Change(key, ChangeKind.ADDED if after else ChangeKind.REMOVED, *texts)
            continue
        for kind in list(kinds(before, after)) or [ChangeKind.RESTATED]:
            yield Change(key, kind, *texts)
