"""From a plan's item to a checked file in its place: what is here, what arrives, what is proven."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from varinterp.errors import ReleaseError
from varinterp.refs.fetching.answer import NotThereError
from varinterp.refs.fetching.digests import Digests, digests_of, named, published_digest
from varinterp.refs.fetching.download import Arrived, Downloader
from varinterp.refs.fetching.fetched import FetchedFile, Record, intact
from varinterp.refs.fetching.part import Marks
from varinterp.refs.fetching.patience import Told
from varinterp.refs.fetching.plan import Item
from varinterp.refs.fetching.transport import shown
from varinterp.refs.fetching.upstream_format import (
    GZIP_MAGIC,
    HEAD_BYTES,
    WrongContentError,
    inflated,
    upstream_format,
)
from varinterp.refs.fetching.wanted import Wanted, disk_error
from varinterp.refs.fetching.whole import check_whole, peel

_MOST_SUMS = 10_000_000
_LARGE = 1 << 30
_CHANCES = 2
"""How often a file that fails its check is brought: what broke may have been the way."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Gets files into `folder`, and keeps those that `record` has and that are intact."""

    folder: Path
    record: Record
    download: Downloader
    told: Told
    superseded: list[str] = field(default_factory=list)

    def get(self, item: Item, *, anew: bool = False) -> FetchedFile:
        """Return a file that is in its place and checked; raise ReleaseError when it cannot be.

        `anew` fetches it whatever is here.
        """
        target = self.folder / item.role / item.name
        here = None if anew else self.here(item)
        if here is not None and not (here.url == item.url and _marks(here).conditional()):
            return here
        with self._disk(item):
            target.parent.mkdir(exist_ok=True)
        wanted = Wanted(
            item.url,
            target,
            item.format,
            item.most,
            self.label(item),
            None if here is None else _marks(here),
            settled=self.record.complete,
        )
        return self._brought(item, wanted, here)

    def here(self, item: Item) -> FetchedFile | None:
        """Return the record of a file that is here and intact, or None.

        Its address has to be one of the item's, unless the record is complete: what a release's
        name stands for does not change when the catalogue does.
        """
        places = (item.url, None if item.older is None else item.older.url)
        for file in self.record.files:
            if (file.role, file.name) == (item.role, item.name):
                right = file.url in places or self.record.complete
                there = right and intact(self.folder / item.role / item.name, file)
                return file if there else None
        return None

    def label(self, item: Item) -> str:
        """Return what messages call a file."""
        return f"{self.record.source}@{self.record.release}: {item.role}"

    def _brought(
        self, item: Item, wanted: Wanted, here: FetchedFile | None, chances: int = _CHANCES
    ) -> FetchedFile:
        arrived = self.download(wanted)
        if arrived.unchanged and here is not None:
            self.superseded.extend([item.name] if arrived.superseded else [])
            return here
        published = self._published(item, arrived)
        try:
            return self._settled(item, wanted, arrived, published)
        except WrongContentError as error:
            arrived.part.discard()
            problem = f"{wanted.label}: what arrived from {shown(item.url)} is broken: {error}"
        if chances == 1:
            raise ReleaseError(f"{problem}; tell the publisher")
        self.told(f"{problem}; fetching it again")
        return self._brought(item, wanted, here, chances - 1)

    def _settled(
        self, item: Item, wanted: Wanted, arrived: Arrived, published: str | None
    ) -> FetchedFile:
        """Check what arrived and give it its name."""
        if arrived.part.size > _LARGE:
            self.told(f"{wanted.label}: checking {arrived.part.size:,} bytes")

        def check(path: Path) -> tuple[bool, Digests]:
            decoded = _decode(path, item, arrived.marks)
            digests = digests_of(path)
            if published is not None and not digests.agree(published):
                raise WrongContentError(f"upstream publishes {named(published)}, which differs")
            check_whole(path, item.format, proven=published is not None)
            return decoded, digests

        with self._disk(item):
            decoded, digests = arrived.part.become_whole(check)
        return FetchedFile(
            role=item.role,
            name=item.name,
            url=item.url,
            final_url=arrived.final_url,
            sha256=digests.sha256,
            size=wanted.target.stat().st_size,
            etag=arrived.marks.etag,
            last_modified=arrived.marks.last_modified,
            published=None if published is None else named(published),
            agreed=None if published is None else True,
            decoded=decoded,
        )

    def _published(self, item: Item, arrived: Arrived) -> str | None:
        """Return the digest that upstream publishes: in a file of sums, or in its headers."""
        if item.sums is None:
            return None if arrived.marks.encoding else arrived.md5
        target = self.folder / item.role / f"{item.name}.sums"
        label = f"{self.label(item)}, its published sums"
        wanted = Wanted(item.sums, target, upstream_format("txt"), _MOST_SUMS, label)
        try:
            sums = self.download(wanted)
        except NotThereError as error:
            raise ReleaseError(f"{error} Or take md5_url out of the catalogue") from None
        with self._disk(item):
            text = sums.part.path.read_text("utf-8", errors="replace")
            sums.part.become_whole(lambda path: None)
        return published_digest(text, item.url.rpartition("/")[2], label)

    @contextmanager
    def _disk(self, item: Item) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise disk_error(self.label(item), self.folder / item.role / "x", error) from error


def _marks(file: FetchedFile) -> Marks:
    return Marks(url=file.url, etag=file.etag, last_modified=file.last_modified)


def _decode(path: Path, item: Item, marks: Marks) -> bool:
    """Take off the compression that the server put on the file, and say whether there was any.

    Servers also call a file encoded that is gzip by itself: only gzip within gzip was put on.
    """
    if marks.encoding is None:
        return False
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if not head.startswith(GZIP_MAGIC):
        return False
    if item.format.compressed and not inflated(head).startswith(GZIP_MAGIC):
        return False
    inside = path.with_name(path.name + ".inside")
    try:
        peel(path, inside, item.most)
        os.replace(inside, path)
    finally:
        inside.unlink(missing_ok=True)
    return True
