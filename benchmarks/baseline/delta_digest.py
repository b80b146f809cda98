"""DuckDB, joining two tables fully on the key and comparing our digests of what they say."""

from pathlib import Path

from benchmarks.baseline.delta import joined
from benchmarks.task import Done


def prepare(folder: Path) -> Path:
    """Name the folder."""
    return folder


def work(folder: Path) -> Done:
    """Join; count what came, what went and what changed."""
    return joined(folder, ("digest",))
