"""No statement changes or drops what is registered, whoever connects to the database."""

import sqlite3
from dataclasses import replace

import psycopg
import pytest

from core_builders import HET, calls, candidate
from registry_builders import ALLELES, EVENING, assessment, pathogenic, register, result
from registry_databases import Database, count, rows
from registry_moves import move_on, run_of
from varinterp.registry.schema import METADATA
from varinterp.registry.store import Registry
from varinterp.registry.tables import records

REFUSED = (sqlite3.IntegrityError, psycopg.errors.RestrictViolation)
INDEXES = {name for name, table in METADATA.tables.items() if table.info.get("index")}
FILLED = (
    "analysis", "assessment", "assessment_index", "basis", "basis_release", "batch", "candidate",
    "case_", "case_key", "case_state", "event", "read_part", "run", "run_end",
)  # fmt: skip


@pytest.fixture
def filled(registry: Registry, database: Database) -> Database:
    first = result([assessment(clinvar=pathogenic())])
    register(registry, replace(first, candidates=(candidate(ALLELES[0], calls(proband=HET)),)))
    register(registry, result([assessment(af=0.5)], analysis=2))
    move_on(registry, EVENING)
    registry.close_run(run_of(registry), {"moved": 1}, EVENING)
    return database


def test_every_statement_that_changes_is_refused(filled: Database) -> None:
    before = rows(filled)
    assert [table for table in FILLED if not before[table]] == []
    for table in sorted(METADATA.tables):
        if before[table]:
            column = next(iter(METADATA.tables[table].columns)).name
            with pytest.raises(REFUSED, match="the registry is append-only"):
                filled.ask(f"UPDATE {table} SET {column} = {column}")  # noqa: S608

    assert rows(filled) == before


def test_every_statement_that_drops_is_refused(filled: Database) -> None:
    before = rows(filled)
    for table in sorted(METADATA.tables.keys() - {"case_key"}):
        if before[table]:
            said = "still has its key" if table in INDEXES else "the registry is append-only"
            with pytest.raises(REFUSED, match=said):
                filled.ask(f"DELETE FROM {table}")  # noqa: S608

    assert rows(filled) == before


def test_a_table_cannot_be_emptied_at_once(filled: Database) -> None:
    if filled.engine == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    before = rows(filled)
    for table in sorted(METADATA.tables):
        with pytest.raises(REFUSED, match="the registry is append-only"):
            filled.ask(f"TRUNCATE {table} CASCADE")

    assert rows(filled) == before


def test_a_row_cannot_be_replaced(filled: Database) -> None:
    if filled.engine == "postgresql":
        pytest.skip("PostgreSQL has no REPLACE; its ON CONFLICT DO UPDATE is an UPDATE")
    before = rows(filled)
    for table in sorted(METADATA.tables):
        if before[table]:
            with pytest.raises(REFUSED, match="the registry is append-only"):
                filled.ask(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608

    assert rows(filled) == before


@pytest.mark.parametrize("unique", ["pseudonym", "family, proband, indication_digest"])
def test_a_row_cannot_be_replaced_through_another_unique_key(filled: Database, unique: str) -> None:
    names = ("pseudonym", "family", "proband", "indication_digest")
    values = {name: "'new'" for name in names} | {name: name for name in unique.split(", ")}
    said = ", ".join(("99, batch_id", *values.values(), "seal"))
    verb = "INSERT OR REPLACE" if filled.engine == "sqlite" else "INSERT"
    end = "" if filled.engine == "sqlite" else " ON CONFLICT DO NOTHING"

    before = rows(filled)
    if filled.engine == "sqlite":
        with pytest.raises(REFUSED, match="append-only"):
            filled.ask(f"{verb} INTO case_ SELECT {said} FROM case_")  # noqa: S608
    else:
        filled.ask(f"{verb} INTO case_ SELECT {said} FROM case_{end}")  # noqa: S608
    assert rows(filled) == before


def test_every_record_is_in_a_table_that_refuses(filled: Database) -> None:
    """A table that a later migration makes is not left open."""
    for table in records():
        triggers = {
            "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'"  # noqa: S608
            f" AND tbl_name = '{table.name}'",
            "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"  # noqa: S608
            f" AND tgrelid = '{table.name}'::regclass",
        }[filled.engine]
        names = {name for (name,) in filled.ask(triggers)}
        third = "replace" if filled.engine == "sqlite" else "truncate"
        assert names == {f"{table.name}_no_{verb}" for verb in ("update", "delete", third)}
    assert count(filled, "case_") == 1
