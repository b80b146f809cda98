"""DuckDB, annotating the whole archive with the new release, then looking at what differs."""

from pathlib import Path

import duckdb

from benchmarks.task import Done

_ANNOTATE = """
create table annotated as
select a.*, c.significance, c.name
from read_parquet('{folder}/archive.parquet') a
left join read_parquet('{folder}/clinvar.parquet') c on a.key = c.key
"""
_COUNT = """
select count(*), count(distinct "case") from annotated
where significance is not null and said is distinct from significance
"""


def prepare(folder: Path) -> Path:
    """Name the folder."""
    return folder


def work(folder: Path) -> Done:
    """Annotate; count pairs of allele and case, and cases."""
    with duckdb.connect(config={"threads": 2}) as database:
        database.execute(_ANNOTATE.format(folder=folder))
        found = database.execute(_COUNT).fetchone()
    return Done(list(found or ()))
