"""The index of conclusions: what it repeats in clear, and whether it still says what they say."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa

from varinterp.errors import StageError
from varinterp.model.assessment import Assessment
from varinterp.model.canonical import digest_of_text
from varinterp.model.variant import signed
from varinterp.registry.cases import every_key
from varinterp.registry.content import load_conclusion
from varinterp.registry.parts import DIGEST_BYTES, Parts
from varinterp.registry.payload import CaseKey
from varinterp.registry.tables import ASSESSMENT, ASSESSMENT_INDEX, FACT_VALUE, READ_PART

_FETCHED = 2_000


def index_values(
    number: int, case_id: int, assessment: Assessment, digest: str
) -> tuple[int | str | None, ...]:
    """Return a row of the index as far as its reads, in the order of the table's columns."""
    key, machine, decided = assessment.key, assessment.machine, assessment.signed
    return (
        number,
        case_id,
        key.allele.id,
        signed(key.allele.key),
        key.gene,
        key.disease,
        key.inheritance and key.inheritance.value,
        key.rules,
        digest,
        assessment.points,
        machine.points.value,
        machine.richards2015.value,
        machine.acgs and machine.acgs.value,
        None if decided is None else decided.value.value,
    )


def own_values(parts: Parts) -> tuple[str, bytes, bytes]:
    """Return the rest of a row: the reads that are the case's own."""
    return (parts.own.sources, parts.own.hashes, parts.own.positions)


def wrong_index(connection: sa.Connection) -> str | None:
    """Say where an index, a shared part or a shared value is not what it should be, or None."""
    for row in _streamed(connection, sa.select(FACT_VALUE)):
        if digest_of_text(row.value) != row.digest:
            return "a row of fact_value was altered"
    parts = {}
    for row in _streamed(connection, sa.select(READ_PART)):
        parts[row.id] = bytes(row.hashes)
        if blake2b(parts[row.id], digest_size=DIGEST_BYTES).digest() != bytes(row.digest):
            return f"row {row.id} of read_part was altered"
    return _wrong_row(connection, every_key(connection), parts)


def _wrong_row(
    connection: sa.Connection, keys: Mapping[int, CaseKey], parts: Mapping[int, bytes]
) -> str | None:
    kept = (ASSESSMENT.c.id, ASSESSMENT.c.case_id, ASSESSMENT.c.schema_version)
    chosen = (
        sa.select(*kept, ASSESSMENT.c.payload, *ASSESSMENT_INDEX.columns)
        .outerjoin(ASSESSMENT_INDEX, ASSESSMENT_INDEX.c.assessment_id == ASSESSMENT.c.id)
        .where(~ASSESSMENT.c.retired)
        .order_by(ASSESSMENT.c.id)
    )
    for number, case_id, schema, payload, *row in _streamed(connection, chosen):
        key = keys.get(case_id)
        if key is None:
            if row[0] is not None:
                return f"row {number} of assessment_index is of a case that was erased"
            continue
        try:
            text = key.unlock(ASSESSMENT.name, number, bytes(payload))
            expected = _expected(number, case_id, text, schema)
        except StageError:
            return f"row {number} of assessment cannot be read"
        if expected != _found(row, parts):
            return f"row {number} of assessment_index is not what the assessment says"
    return None


def _expected(number: int, case_id: int, text: str, schema: int) -> tuple[Any, ...]:
    assessment, _ = load_conclusion(text, schema)
    said = index_values(number, case_id, assessment, digest_of_text(text.partition("\n")[0]))
    parts = Parts.of(assessment.reads)
    return (*said, parts.rules.hashes, parts.gene.hashes, *own_values(parts))


def _found(row: list[Any], parts: Mapping[int, bytes]) -> tuple[Any, ...]:
    *said, rules, gene, sources, hashes, positions = row
    if hashes is None:  # there is no row
        return ()
    return (
        *said, parts.get(rules), parts.get(gene), sources, bytes(hashes), bytes(positions),
    )  # fmt: skip


def _streamed(connection: sa.Connection, chosen: sa.Select[Any]) -> Any:
    """Return rows that are fetched as they are asked for, and close the cursor at the end."""
    with connection.execute(chosen.execution_options(yield_per=_FETCHED)) as result:
        yield from result
