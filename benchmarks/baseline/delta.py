"""DuckDB, joining two tables fully on the key and comparing what they say, column by column."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from benchmarks.task import Done

_JOIN = """
select count(*) filter (o.key is null), count(*) filter (n.key is null),
       count(*) filter (o.key is not null and n.key is not null and {differs})
from read_parquet('{folder}/old.parquet') o
full join read_parquet('{folder}/new.parquet') n on o.key = n.key
"""

_COLUMNS = ("significance", "stars", "conditions", "name")


def prepare(folder: Path) -> Path:
    """Name the folder."""
    return folder


def work(folder: Path) -> Done:
    """Join; count what came, what went and what changed."""
    return joined(folder, _COLUMNS)


def joined(folder: Path, columns: Sequence[str]) -> Done:
    """Join, comparing some columns."""
    differs = " or ".join(f"o.{name} is distinct from n.{name}" for name in columns)
    with duckdb.connect(config={"threads": 2}) as database:
        found = database.execute(_JOIN.format(folder=folder, differs=f"({differs})")).fetchone()
    return Done(list(found or ()))
