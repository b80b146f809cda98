"""DuckDB, joining the same rows as Parquet on the key, every value fetched, in alleles' order."""

from pathlib import Path

import duckdb
import polars as pl

from benchmarks.task import Done

_JOIN = """
select w.key, s.* exclude (key, ref, alt)
from read_parquet('{folder}/wanted.parquet') w
left join read_parquet('{folder}/source.parquet') s on w.key = s.key
"""


def prepare(folder: Path) -> Path:
    """Name the folder."""
    return folder


def work(folder: Path) -> Done:
    """Join and fetch; count what was found, and add some up."""
    with duckdb.connect(config={"threads": 2}) as database:
        found = pl.DataFrame(database.sql(_JOIN.format(folder=folder)).to_arrow_table())
    passed = int((found["filters"] == "PASS").sum())
    return Done([found.height, found["ac"].count(), int(found["an"].cast(pl.Int64).sum()), passed])
