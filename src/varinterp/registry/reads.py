"""What was read, as arrays: the index of reads is made from them."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from varinterp.model.archive import POSITION_SOURCES, Located, PositionReads, ReadBatch
from varinterp.model.assessment import NO_KNOWN_DISEASE
from varinterp.model.variant import Allele
from varinterp.registry.bulk import fetch_rows
from varinterp.registry.cases import chunks
from varinterp.registry.tables import ASSESSMENT, ASSESSMENT_INDEX, CASE, READ_PART

_VERSIONS = 50_000
"""Versions of one batch of arrays: about a million reads."""

_HASH = np.dtype("<u8")
_POSITION = np.dtype([("source", "u1"), ("chromosome", "u1"), ("position", "<u4")])


def reads_after(connection: sa.Connection, assessment_id: int) -> Iterator[ReadBatch]:
    """Return the reads of every version that was recorded after one, in order of version."""
    given: set[int] = set()
    while True:
        columns = ("assessment_id", "rules_part", "gene_part", "hashes", "positions")
        rows = fetch_rows(
            connection,
            sa.select(*(ASSESSMENT_INDEX.c[name] for name in columns))
            .where(ASSESSMENT_INDEX.c.assessment_id > assessment_id)
            .order_by(ASSESSMENT_INDEX.c.assessment_id)
            .limit(_VERSIONS),
        )
        if not rows:
            return
        assessment_id = rows[-1][0]
        yield _batch(connection, rows, given)


def located(connection: sa.Connection, ids: NDArray[np.int64]) -> tuple[Located, ...]:
    """Return those of some versions that stand, in order of their ids."""
    found: list[Located] = []
    later = ASSESSMENT.alias("later")
    superseded = sa.exists().where(
        later.c.case_id == ASSESSMENT.c.case_id,
        later.c.token == ASSESSMENT.c.token,
        later.c.id > ASSESSMENT.c.id,
    )
    names = ("allele", "gene", "disease", "inheritance", "rules")
    chosen = (
        sa.select(ASSESSMENT.c.id, CASE.c.pseudonym, *(ASSESSMENT_INDEX.c[n] for n in names))
        .join(ASSESSMENT_INDEX, ASSESSMENT_INDEX.c.assessment_id == ASSESSMENT.c.id)
        .join(CASE, CASE.c.id == ASSESSMENT.c.case_id)
        .where(~superseded)
    )
    for some in chunks([int(each) for each in np.unique(ids)]):
        rows = connection.execute(chosen.where(ASSESSMENT.c.id.in_(some)).order_by(ASSESSMENT.c.id))
        found.extend(map(_located, rows))
    return tuple(found)


def _batch(connection: sa.Connection, rows: Sequence[Any], given: set[int]) -> ReadBatch:
    """Make the arrays; `given` are the shared parts of the batches before, to which it adds."""
    ids, of_rules, of_gene = (
        np.fromiter((row[column] for row in rows), np.int64, len(rows)) for column in range(3)
    )
    parts, hashes = _shared(connection, {*of_rules.tolist(), *of_gene.tolist()} - given)
    given.update(parts)
    own: list[bytes] = [row[3] for row in rows]
    named = np.array([part << 1 for part in parts], np.int64)
    return ReadBatch(
        last=int(ids[-1]),
        assessment_id=np.tile(ids, 3),
        part_id=np.concatenate((of_rules << 1, of_gene << 1, _own(ids))),
        read_part=np.repeat(
            np.concatenate((named, _own(ids))), _lengths([*hashes, *own], _HASH.itemsize)
        ),
        fact_hash=np.frombuffer(b"".join((*hashes, *own)), _HASH),
        positions=_positions(ids, [row[4] for row in rows]),
    )


def _own(ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the ids of versions' own parts: odd, where those of shared parts are even."""
    return ids << 1 | 1


def _shared(connection: sa.Connection, wanted: set[int]) -> tuple[list[int], list[bytes]]:
    found: dict[int, bytes] = {}
    for some in chunks(sorted(wanted)):
        rows = connection.execute(
            sa.select(READ_PART.c.id, READ_PART.c.hashes).where(READ_PART.c.id.in_(some))
        )
        found.update({row.id: bytes(row.hashes) for row in rows})
    return list(found), list(found.values())


def _lengths(packed: Sequence[bytes], size: int) -> NDArray[np.int64]:
    return np.fromiter(map(len, packed), np.int64, len(packed)) // size


def _positions(ids: NDArray[np.int64], packed: Sequence[bytes]) -> dict[str, PositionReads]:
    reads = np.frombuffer(b"".join(packed), _POSITION)
    readers = np.repeat(_own(ids), _lengths(packed, _POSITION.itemsize))
    found = {}
    for number, source in enumerate(POSITION_SOURCES):
        chosen = reads["source"] == number
        found[source] = PositionReads(
            chromosome=reads["chromosome"][chosen],
            position=reads["position"][chosen],
            part_id=readers[chosen],
        )
    return found


def _located(row: Any) -> Located:
    allele = Allele.parse(row.allele)
    mode = "any" if row.disease == NO_KNOWN_DISEASE else row.inheritance
    key = f"{row.pseudonym}|{allele}|{row.gene}|{row.disease}|{mode}|{row.rules}"
    return Located(row.id, row.pseudonym, allele, row.gene, key)
