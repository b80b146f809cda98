"""No statement changes or drops what is registered, whoever connects to the file."""

import sqlite3
from pathlib import Path

import pytest

from registry_builders import assessment, count, pathogenic, register, result, rows
from varinterp.registry.models import Base
from varinterp.registry.store import Registry

TABLES = sorted(Base.metadata.tables)


@pytest.fixture
def filled(registry: Registry, path: Path) -> Path:
    register(registry, result([assessment(clinvar=pathogenic())]))
    register(registry, result([assessment(af=0.5)], analysis=2))
    return path


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET {column} = {column}",
        "DELETE FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "UPDATE OR IGNORE {table} SET {column} = {column}",
    ],
)
def test_every_table_refuses(filled: Path, table: str, statement: str) -> None:
    assert count(filled, table) > 0
    column = next(iter(Base.metadata.tables[table].columns)).name
    before = rows(filled)
    connection = sqlite3.connect(filled)  # an outsider, without the pragmas that the package sets

    with pytest.raises(sqlite3.IntegrityError, match="the registry is append-only"):
        connection.execute(statement.format(table=table, column=column))
    connection.commit()
    connection.close()

    assert rows(filled) == before


@pytest.mark.parametrize("unique", ["pseudonym", "family, proband, indication_digest"])
def test_a_row_cannot_be_replaced_through_another_unique_key(filled: Path, unique: str) -> None:
    connection = sqlite3.connect(filled)
    values = {"pseudonym": "'new'", "family": "'f'", "proband": "'p'", "indication_digest": "'d'"}
    values |= {name: name for name in unique.split(", ")}

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(
            f"INSERT OR REPLACE INTO case_ ({', '.join(values)})"  # noqa: S608
            f" SELECT {', '.join(values.values())} FROM case_"
        )
    connection.close()
