"""The rows that differ between two packs."""

from pathlib import Path

from benchmarks.task import Done
from varinterp.sources.keyed_changes import changed_rows
from varinterp.sources.pack_folder import PackFolder


def prepare(folder: Path) -> Path:
    """Name the folder."""
    return folder


def work(folder: Path) -> Done:
    """Compare; count what came, what went and what changed."""
    found = changed_rows(PackFolder.open(folder / "old"), PackFolder.open(folder / "new"))
    return Done([len(found.added), len(found.removed), len(found.after)])
