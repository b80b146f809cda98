"""`refs.lock.yaml`: which release of each source an analysis reads.

A family has its own copy, written when it is first analysed and moved only by a new analysis or by
reanalysis: a new release on disk never changes a finished case by itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from varinterp.errors import ReleaseError
from varinterp.files import write_text
from varinterp.model.case import ReleaseLabel
from varinterp.refs.release import Name, Release, Sha256, open_release
from varinterp.refs.store import Store
from varinterp.strict_yaml import load_yaml, schema_error


class LockFile(BaseModel):
    """The file as it is on disk.

    `content` is the digest of each release's files. Where it is given, a folder of that name that
    holds something else is refused.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: Annotated[int, Field(ge=1, le=1)]
    releases: dict[Name, Name]
    content: dict[Name, Sha256] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Releases:
    """The opened releases of a lock, by source."""

    by_source: Mapping[str, Release]

    def __iter__(self) -> Iterator[Release]:
        return iter(self.by_source.values())

    def __getitem__(self, source: str) -> Release:
        try:
            return self.by_source[source]
        except KeyError:
            raise ReleaseError(
                f"the lock names no release of {source}; add one to refs.lock.yaml"
            ) from None

    def get(self, source: str) -> Release | None:
        """Return the release of a source, or None when the lock leaves the source out."""
        return self.by_source.get(source)

    def labels(self) -> tuple[ReleaseLabel, ...]:
        """Return what is shown of each release, in order of source."""
        return tuple(_label(self.by_source[source]) for source in sorted(self.by_source))


def read_lock(path: Path) -> LockFile:
    """Read a lock; raise InputError with every fault."""
    try:
        return LockFile.model_validate(load_yaml(path))
    except ValidationError as error:
        raise schema_error(
            error,
            path,
            "lock.schema",
            "name one release for each source, as in resources/demo/refs.lock.yaml",
        ) from error


def write_lock(releases: Iterable[Release], path: Path) -> LockFile:
    """Write a lock of some releases, one a source, with the digest of each one's content."""
    opened = sorted((release.manifest for release in releases), key=lambda m: m.source)
    lock = LockFile(
        schema_version=1,
        releases={manifest.source: manifest.release for manifest in opened},
        content={manifest.source: manifest.content for manifest in opened},
    )
    write_text(path, yaml.safe_dump(lock.model_dump(), sort_keys=False, width=200))
    return lock


def open_releases(lock: LockFile, root: Path) -> Releases:
    """Open every release that a lock names.

    Raises ReleaseError for the first that is missing, was recalled, or is not what was locked.
    """
    store = Store(root)
    return Releases(
        {
            source: _locked(store, source, name, lock.content.get(source))
            for source, name in sorted(lock.releases.items())
        }
    )


def _locked(store: Store, source: str, name: str, content: str | None) -> Release:
    release = open_release(store.root, source, name)
    recall = store.recall_of(release)
    if recall is not None:
        raise ReleaseError(
            f"{release.name} was recalled on {recall.on}: {recall.reason}; name another release "
            "in the lock (varinterp refs lock)"
        )
    if content is not None and release.manifest.content != content:
        raise ReleaseError(
            f"{release.name} holds something else than when the lock was written; restore it, or "
            "write the lock again (varinterp refs lock)"
        )
    return release


def _label(release: Release) -> ReleaseLabel:
    manifest = release.manifest
    return ReleaseLabel(
        source=manifest.source,
        release=manifest.release,
        date=manifest.date.isoformat(),
        url=manifest.url,
        licence=manifest.licence,
        constructed=manifest.constructed,
        note=manifest.note,
    )
