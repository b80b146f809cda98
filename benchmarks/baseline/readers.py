"""DuckDB, the recorded reads of all assessments semi-joined with the facts that moved."""

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from benchmarks.task import Done

_JOIN = """
select count(distinct assessment) from read_parquet('{folder}/reads.parquet')
where fact in (select fact from moved)
"""


def prepare(folder: Path) -> Path:
    """Name the folder."""
    return folder


def work(folder: Path) -> Done:
    """Join; count assessments."""
    moved = pa.table({"fact": np.load(folder / "facts.npy")})
    with duckdb.connect(config={"threads": 2}) as database:
        database.register("moved", moved)
        found = database.execute(_JOIN.format(folder=folder)).fetchone()
    return Done(int(found[0]) if found else 0)
