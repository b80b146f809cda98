"""The folder of releases: what is there, what is current, and what was refused or recalled.

``<source>/<release>/``          a release, admitted and never changed
``<source>/current``             the name of the release that new locks take
``.quarantine/<source>/<release>/``  a release that the gate refused, with ``verdict.json``
``.recalled/<source>/<release>.json``  why and when an admitted release was found to be bad
``.fetched/<source>/<release>/`` upstream files
``.staging-…``                   a build at work; what a killed one left is removed by the next

A release enters by one rename, and `current` moves by another.
"""

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from varinterp.errors import ReleaseError
from varinterp.files import write_text
from varinterp.refs.release import MANIFEST, Name, Release, checked_name, open_release

Document = TypeVar("Document", bound=BaseModel)

CURRENT = "current"
VERDICT = "verdict.json"
_STAGING = ".staging-"


class Verdict(BaseModel):
    """Why the gate refused a release, one line a reason."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Name
    release: Name
    problems: tuple[str, ...]


class Recall(BaseModel):
    """Since when a release must not be used, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Name
    release: Name
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Store:
    """The releases under a folder."""

    root: Path

    def sources(self) -> tuple[str, ...]:
        """Return the sources that have a release, sorted."""
        if not self.root.is_dir():
            return ()
        folders = (path for path in self.root.iterdir() if not path.name.startswith("."))
        return tuple(sorted(path.name for path in folders if any(path.glob(f"*/{MANIFEST}"))))

    def releases(self, source: str) -> tuple[Release, ...]:
        """Return a source's admitted releases, oldest first."""
        folder = self.root / checked_name(source, "source")
        names = [path.parent.name for path in folder.glob(f"*/{MANIFEST}")]
        found = [open_release(self.root, source, name) for name in names]
        return tuple(sorted(found, key=_age))

    def has(self, source: str, release: str) -> bool:
        """Tell whether a release was admitted."""
        return (self.root / source / release / MANIFEST).is_file()

    def current(self, source: str) -> Release | None:
        """Return the release that new locks take, or None when nothing was admitted."""
        pointer = self.root / checked_name(source, "source") / CURRENT
        if not pointer.is_file():
            usable = [r for r in self.releases(source) if self.recall_of(r) is None]
            return usable[-1] if usable else None
        return open_release(self.root, source, pointer.read_text("utf-8").strip())

    def previous(self, source: str, dated: date) -> Release | None:
        """Return the youngest release before a date that was not recalled."""
        before = [
            release
            for release in self.releases(source)
            if release.manifest.date < dated and self.recall_of(release) is None
        ]
        return before[-1] if before else None

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """Yield an empty folder on the disk of the releases; it is removed at the end."""
        self.root.mkdir(parents=True, exist_ok=True)
        folder = Path(mkdtemp(prefix=f"{_STAGING}{os.getpid()}-", dir=self.root))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def admit(self, folder: Path, release: Release) -> Release:
        """Move a sealed folder to its place; raise ReleaseError when the name is taken."""
        manifest = release.manifest
        place = self.root / manifest.source / manifest.release
        if place.exists():
            raise ReleaseError(f"{release.name} is there already; a release is never replaced")
        place.parent.mkdir(parents=True, exist_ok=True)
        # A folder made by mkdtemp is private; a release is as readable as its parent.
        folder.chmod(place.parent.stat().st_mode & 0o777)
        folder.rename(place)
        shutil.rmtree(self._quarantined(manifest.source, manifest.release), ignore_errors=True)
        admitted = open_release(self.root, manifest.source, manifest.release)
        self._switch(manifest.source)
        return admitted

    def quarantine(self, verdict: Verdict, folder: Path | None) -> Path:
        """Put a refused build aside with its reasons, in place of an earlier one of that name."""
        place = self._quarantined(verdict.source, verdict.release)
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        if folder is not None:
            folder.rename(place)
        write_text(place / VERDICT, verdict.model_dump_json(indent=2) + "\n")
        return place

    def quarantined(self, source: str) -> tuple[Verdict, ...]:
        """Return the verdicts on a source's refused releases, by name."""
        folder = self.root / ".quarantine" / checked_name(source, "source")
        return tuple(_read(Verdict, path) for path in sorted(folder.glob(f"*/{VERDICT}")))

    def recall(self, release: Release, reason: str, on: date) -> Recall:
        """Mark a release bad; `current` falls back to the youngest that is not."""
        manifest = release.manifest
        recall = Recall(source=manifest.source, release=manifest.release, on=on, reason=reason)
        write_text(self._recall_path(release), recall.model_dump_json(indent=2) + "\n")
        self._switch(manifest.source)
        return recall

    def recall_of(self, release: Release) -> Recall | None:
        """Return why a release was recalled, or None."""
        path = self._recall_path(release)
        return _read(Recall, path) if path.is_file() else None

    def garbage(self, used: Collection[tuple[str, str]], keep: int) -> tuple[Release, ...]:
        """Return the releases that nothing needs, oldest first.

        Kept are those `used` (by a stored conclusion or a lock), the current one, the `keep`
        youngest of each source, and every release that a kept one was built with.
        """
        everything = {
            (release.manifest.source, release.manifest.release): release
            for source in self.sources()
            for release in self.releases(source)
        }
        kept = {place for place in everything if place in used}
        for source in self.sources():
            youngest = self.releases(source)[-keep:] if keep else ()
            current = self.current(source)
            for release in (*youngest, *([current] if current else [])):
                kept.add((source, release.manifest.release))
        waiting = list(kept)
        while waiting:
            origin = everything[waiting.pop()].manifest.origin
            needed = set(origin.needs.items()) if origin else set()
            new = (needed & everything.keys()) - kept
            kept |= new
            waiting += new
        return tuple(sorted((everything[p] for p in everything.keys() - kept), key=_age))

    def remove(self, release: Release) -> None:
        """Delete a release: out of its place first, so that a half-deleted one is never opened."""
        doomed = self.root / f"{_STAGING}{os.getpid()}-removed"
        release.folder.rename(doomed)
        shutil.rmtree(doomed)

    def _switch(self, source: str) -> None:
        usable = [r for r in self.releases(source) if self.recall_of(r) is None]
        pointer = self.root / source / CURRENT
        if usable:
            write_text(pointer, usable[-1].manifest.release + "\n")
        else:
            pointer.unlink(missing_ok=True)

    def _quarantined(self, source: str, release: str) -> Path:
        checked_name(source, "source")
        return self.root / ".quarantine" / source / checked_name(release, "release")

    def _recall_path(self, release: Release) -> Path:
        manifest = release.manifest
        return self.root / ".recalled" / manifest.source / f"{manifest.release}.json"


def _age(release: Release) -> tuple[date, str, str]:
    manifest = release.manifest
    return manifest.date, manifest.source, manifest.release


def _read(kind: type[Document], path: Path) -> Document:
    try:
        return kind.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise ReleaseError(f"{path}: {error}") from error
