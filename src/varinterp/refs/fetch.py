"""Fetching the upstream files of a release, whole and proven, or saying what is missing.

What is asked for follows from the catalogue and the release alone: nothing of a patient is ever in
a request. A file gets its name only after it was checked; `fetched.json` says where it came from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from varinterp.errors import ReleaseError
from varinterp.files import held
from varinterp.refs.catalogue import Catalogue, Source
from varinterp.refs.fetching.answer import NotThereError
from varinterp.refs.fetching.download import Downloader, Progressed
from varinterp.refs.fetching.fetched import (
    RECORD,
    Fetched,
    FetchedFile,
    Record,
    fetched_folder,
    read_fetched,
    read_record,
    write_record,
)
from varinterp.refs.fetching.keep import Keeper
from varinterp.refs.fetching.offline import take_what_is_there
from varinterp.refs.fetching.pages import fetch_pages
from varinterp.refs.fetching.patience import Patience, Told
from varinterp.refs.fetching.plan import Item, planned
from varinterp.refs.fetching.transport import Transport
from varinterp.refs.fetching.wanted import disk_error

__all__ = [
    "RECORD",
    "FetchOptions",
    "Fetched",
    "Progressed",
    "fetch",
    "fetched_folder",
    "read_fetched",
]


def _nothing(*_: object) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How to fetch.

    `mirrors` has, by an upstream host, the base address of a mirror of it. `progress` is told the
    bytes of each file, and `told` what a person who waits should know. `today` is the day that the
    record gets.
    """

    offline: bool = False
    mirrors: Mapping[str, str] = field(default_factory=dict)
    progress: Progressed = _nothing
    told: Told = _nothing
    patience: Patience = field(default_factory=Patience)
    today: date | None = None


def fetch(
    name: str,
    source: Source,
    catalogue: Catalogue,
    release: str,
    dated: date,
    root: Path,
    options: FetchOptions,
) -> Fetched:
    """Bring the files of a release under `root`, the folder of references.

    Files that are there and intact are asked for once, by their marks; a file that the catalogue
    gives no address for is left out, as is an optional one that upstream lacks. Raises ReleaseError
    when a file cannot be had as the catalogue describes it, StageError when the disk fails.
    """
    folder = fetched_folder(root, name, release)
    items = planned(source, release, dated)
    if not items:
        raise ReleaseError(
            f"{name} is not fetched: the catalogue has no address for it; type varinterp refs "
            f"build {name}, with --file ROLE=PATH for {', '.join(source.files)}"
        )
    today = options.today or date.today()
    no_news: tuple[str, ...] = ()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        busy = ReleaseError(f"another fetch is at work in {folder}; wait for it, or end it")
        with held(folder / ".lock", busy):
            record = _record(folder, name, release, dated, today)
            if options.offline:
                files, superseded = take_what_is_there(folder, record, items), no_news
            else:
                files, superseded = _fetch_all(folder, record, items, catalogue, options)
            if not files:
                raise NotThereError(f"{name}@{release}: upstream has none of its files")
            return _finished(folder, record, files, today, superseded)
    except OSError as error:
        raise disk_error(f"{name}@{release}", folder / RECORD, error) from error


def _fetch_all(
    folder: Path,
    record: Record,
    items: tuple[Item, ...],
    catalogue: Catalogue,
    options: FetchOptions,
) -> tuple[tuple[FetchedFile, ...], tuple[str, ...]]:
    patience = options.patience
    timeouts = (patience.connect, patience.silence)
    with Transport(catalogue.hosts, options.mirrors, timeouts) as transport:
        download = Downloader(transport, patience, options.progress, options.told)
        keeper = Keeper(folder, record, download, options.told)
        files: list[FetchedFile] = []
        for item in items:
            files += _one(item, keeper)
            if not record.complete:
                _note(folder, record, files)
    return tuple(files), tuple(keeper.superseded)


def _one(item: Item, keeper: Keeper) -> list[FetchedFile]:
    try:
        return fetch_pages(item, keeper) if item.pages else [keeper.get(item)]
    except NotThereError:
        if item.older is not None:
            return _one(item.older, keeper)
        if item.optional:
            return []
        raise


def _finished(
    folder: Path,
    record: Record,
    files: tuple[FetchedFile, ...],
    today: date,
    superseded: tuple[str, ...],
) -> Fetched:
    """Write the record, unless it stands already: then it stays as it is, to the byte."""
    if not (record.complete and record.files == files):
        record = record.model_copy(update={"complete": True, "files": files, "fetched_on": today})
        write_record(folder, record)
    return Fetched(folder, record, superseded)


def _note(folder: Path, record: Record, files: list[FetchedFile]) -> None:
    """Remember what has arrived, with what an earlier try brought of the files still to come."""
    names = {(file.role, file.name) for file in files}
    rest = (file for file in record.files if (file.role, file.name) not in names)
    write_record(folder, record.model_copy(update={"files": (*files, *rest)}))


def _record(folder: Path, name: str, release: str, dated: date, today: date) -> Record:
    record = read_record(folder)
    if record is None:
        return Record(
            source=name, release=release, dated=dated, fetched_on=today, complete=False, files=()
        )
    if record.dated != dated:
        raise ReleaseError(
            f"{name}@{release} was fetched as of {record.dated}, not {dated}; a release has one "
            f"date: choose another name, or remove {folder}"
        )
    return record
