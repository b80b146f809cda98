"""Versions of conclusions and candidates: which one stands, and writing those that differ."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from varinterp.documents.case import SCHEMA_VERSION
from varinterp.registry.batch import Batch
from varinterp.registry.cases import chunks
from varinterp.registry.content import Conclusion, Content
from varinterp.registry.indexes import index_values, own_values
from varinterp.registry.payload import CaseKey
from varinterp.registry.shared import Shared
from varinterp.registry.tables import ASSESSMENT, ASSESSMENT_INDEX, CANDIDATE

_Content = TypeVar("_Content", bound=Content)


@dataclass(frozen=True, slots=True)
class Version:
    """A row of a table of versions, without what it says."""

    id: int
    analysis_id: int
    token: bytes
    content: bytes | None


def versions(
    connection: sa.Connection, table: sa.Table, case_id: int, horizon: int | None = None
) -> list[Version]:
    """Return every version of a case's keys, in the order of recording, up to a batch."""
    chosen = _select(table).where(table.c.case_id == case_id).order_by(table.c.id)
    if horizon is not None:
        chosen = chosen.where(table.c.batch_id <= horizon)
    return [_version(row) for row in connection.execute(chosen)]


def standing(all_versions: Iterable[Version]) -> dict[bytes, Version]:
    """Return the last version of each key, without the keys that were retired."""
    last = {version.token: version for version in all_versions}
    return {token: version for token, version in last.items() if version.content is not None}


def standing_of(
    connection: sa.Connection, table: sa.Table, cases: Sequence[int]
) -> dict[int, dict[bytes, Version]]:
    """Return the standing versions of cases, by case."""
    found: defaultdict[int, list[Version]] = defaultdict(list)
    for some in chunks(cases):
        chosen = _select(table).where(table.c.case_id.in_(some)).order_by(table.c.id)
        for row in connection.execute(chosen):
            found[row.case_id].append(_version(row))
    return {case_id: standing(all_versions) for case_id, all_versions in found.items()}


def _select(table: sa.Table) -> sa.Select[Any]:
    columns = (table.c.case_id, table.c.id, table.c.analysis_id, table.c.token, table.c.content)
    return sa.select(*columns)


def _version(row: Any) -> Version:
    content = None if row.content is None else bytes(row.content)
    return Version(row.id, row.analysis_id, bytes(row.token), content)


@dataclass(frozen=True, slots=True)
class CaseWriter:
    """Writes versions of one case's keys, under one analysis."""

    batch: Batch
    shared: Shared
    key: CaseKey
    analysis_id: int

    def conclusions(self, new: Sequence[Conclusion], known: Mapping[bytes, Version]) -> None:
        """Write the conclusions whose content is another than the one that stands."""
        changed = self._changed(new, known)
        ids = self._write(ASSESSMENT, changed)
        part = self.shared.part
        self.batch.add_index(
            ASSESSMENT_INDEX,
            [
                (
                    *index_values(number, self.key.case_id, each.assessment, each.digest),
                    part(each.parts.rules),
                    part(each.parts.gene),
                    *own_values(each.parts),
                )
                for number, (_, _, each) in zip(ids, changed, strict=True)
            ],
        )

    def candidates(self, new: Sequence[Content], known: Mapping[bytes, Version]) -> None:
        """Write the candidates whose content is another than the one that stands."""
        self._write(CANDIDATE, self._changed(new, known))

    def retire(self, table: sa.Table, keys: Iterable[str], known: Mapping[bytes, Version]) -> None:
        """Write that keys are no longer concluded on; one that does not stand is left."""
        tokens = sorted(map(self.key.token, keys))
        self.retire_tokens(table, [token for token in tokens if token in known])

    def retire_tokens(self, table: sa.Table, tokens: Iterable[bytes]) -> None:
        """Write that keys, given as their tokens, are no longer concluded on."""
        case = (self.key.case_id, self.analysis_id)
        self.batch.add_values(
            table, [(*case, token, None, True, SCHEMA_VERSION, None) for token in tokens]
        )

    def _changed(
        self, new: Sequence[_Content], known: Mapping[bytes, Version]
    ) -> list[tuple[bytes, bytes, _Content]]:
        tokens = [(self.key.token(each.key), self.key.token(each.digest), each) for each in new]
        return [
            (token, content, each)
            for token, content, each in tokens
            if token not in known or known[token].content != content
        ]

    def _write(self, table: sa.Table, changed: Sequence[tuple[bytes, bytes, Content]]) -> range:
        first = self.batch.next_id(table)
        lock, name, case = self.key.lock, table.name, (self.key.case_id, self.analysis_id)
        return self.batch.add_values(
            table,
            [
                (*case, token, content, False, SCHEMA_VERSION, lock(name, number, each.packed))
                for number, (token, content, each) in enumerate(changed, start=first)
            ],
        )
