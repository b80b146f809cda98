"""Writing a run's worklist; pandas is imported only when it is written."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from varinterp.model.archive import RunRecord
from varinterp.model.review import ReviewState
from varinterp.pipeline.worklist.gather import LISTED, Gathering
from varinterp.registry.dataset import Dataset
from varinterp.report.catalogue import Language


def write_run_worklist(
    dataset: Dataset,
    record: RunRecord,
    runs: Path,
    languages: Sequence[Language],
    folder: Path | None = None,
    labels: Mapping[str, str] = MappingProxyType({}),
    states: frozenset[ReviewState] = LISTED,
    link: str | None = None,
) -> tuple[Path, ...]:
    """Write the list of a run to its folder under `runs`, or to another; return the paths.

    `labels` are the laboratory's own names of families, by case: they go into the pages and
    nowhere else.
    """
    place = folder or runs / record.name
    gathered = Gathering(dataset, runs, place, record.started_at.date())
    worklist = gathered.worklist(record, states)
    writer = import_module("varinterp.report.worklist.write")
    paths: tuple[Path, ...] = writer.write_worklist(worklist, place, languages, labels, link)
    return paths
