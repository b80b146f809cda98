"""DuckDB, joining the whole archive with the new release: what is said now beside what was said."""

from pathlib import Path

import duckdb

from benchmarks.task import Done

_JOIN = """
select count(*), count(distinct a."case")
from read_parquet('{folder}/archive.parquet') a
join read_parquet('{folder}/clinvar.parquet') c on a.key = c.key
where a.said is distinct from c.significance
"""


def prepare(folder: Path) -> Path:
    """Name the folder."""
    return folder


def work(folder: Path) -> Done:
    """Join; count pairs of allele and case, and cases."""
    with duckdb.connect(config={"threads": 2}) as database:
        found = database.execute(_JOIN.format(folder=folder)).fetchone()
    return Done(list(found or ()))
