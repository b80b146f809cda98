"""What many conclusions share and is stored once: parts of read sets, and values of facts.

Neither is in the hash chain nor belongs to a batch: each stands under the digest of what it holds,
and nothing ties it to the case that first needed it.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from varinterp.registry.batch import Batch
from varinterp.registry.cases import chunks
from varinterp.registry.content import Conclusion, value_text
from varinterp.registry.parts import Part
from varinterp.registry.tables import FACT_VALUE, READ_PART


class Shared:
    """Finds or writes what is shared, for one batch."""

    def __init__(self, batch: Batch, conclusions: Collection[Conclusion]) -> None:
        """Look up, once for the batch, which of the conclusions' parts are there."""
        self._batch = batch
        digests = {
            part.digest for each in conclusions for part in (each.parts.rules, each.parts.gene)
        }
        rows = _found(batch.connection, READ_PART, (READ_PART.c.id,), digests)
        self._parts = {bytes(row.digest): row.id for row in rows}
        self._values: dict[str, Any] = {}
        for each in conclusions:
            self._values.update(each.shared)

    def part(self, part: Part) -> int:
        """Return the row id of a part, writing it when it is new."""
        known = self._parts.get(part.digest)
        if known is None:
            known = self._parts[part.digest] = self._batch.next_id(READ_PART)
            row = (known, part.digest, part.sources, part.hashes)
            self._batch.add_numbered(READ_PART, [row])
        return known

    def close(self) -> None:
        """Write the values that are not there yet."""
        there = _found(self._batch.connection, FACT_VALUE, (), set(self._values))
        new = self._values.keys() - {row.digest for row in there}
        rows = [(digest, value_text(digest, self._values[digest])) for digest in sorted(new)]
        self._batch.add_index(FACT_VALUE, rows)


def fact_texts(connection: sa.Connection, digests: Iterable[str]) -> Mapping[str, str]:
    """Return the values that are stored under digests, as canonical texts."""
    rows = _found(connection, FACT_VALUE, (FACT_VALUE.c.value,), set(digests))
    return {row.digest: row.value for row in rows}


def _found(
    connection: sa.Connection, table: sa.Table, columns: tuple[Any, ...], digests: set[Any]
) -> list[Any]:
    """Return the rows of a table that stand under digests, with these columns."""
    found: list[Any] = []
    for some in chunks(sorted(digests)):
        chosen = sa.select(table.c.digest, *columns).where(table.c.digest.in_(some))
        found.extend(connection.execute(chosen))
    return found
