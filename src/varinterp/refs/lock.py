"""`refs.lock.yaml`: which release of each source an analysis reads.

A family has its own copy, written when it is first analysed and moved only by a new analysis or by
reanalysis: a new release on disk never changes a finished case by itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from varinterp.errors import ReleaseError
from varinterp.model.case import ReleaseLabel
from varinterp.refs.release import Name, Release, open_release
from varinterp.strict_yaml import load_yaml, schema_error


class LockFile(BaseModel):
    """The file as it is on disk."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: Annotated[int, Field(ge=1, le=1)]
    releases: dict[Name, Name]


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


def open_releases(lock: LockFile, root: Path) -> Releases:
    """Open every release that a lock names; raise ReleaseError for the first that is missing."""
    return Releases(
        {source: open_release(root, source, name) for source, name in sorted(lock.releases.items())}
    )


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
