"""A reference release on disk: Parquet sorted by key beside a manifest, never changed.

``refs/<source>/<release>/manifest.json`` names the source, the release, its date, origin and
licence, whether its facts are constructed, and the digest and rows of each of its files.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from varinterp.errors import ReleaseError
from varinterp.files import sha256_of, write_text

SCHEMA_VERSION = 1
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]


class ReleaseFile(BaseModel):
    """A file of a release."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    rows: int | None = None


class Manifest(BaseModel):
    """What a release says of itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: int = SCHEMA_VERSION
    source: Name
    release: Name
    date: date
    url: str
    licence: str
    constructed: bool = False
    note: str = ""
    files: dict[str, ReleaseFile]


@dataclass(frozen=True, slots=True)
class Release:
    """An opened release: its folder and its manifest."""

    folder: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        """``source@release``, for people."""
        return f"{self.manifest.source}@{self.manifest.release}"

    def file(self, name: str) -> Path:
        """Return the path of one of the release's files; raise ReleaseError when it has none."""
        if name not in self.manifest.files:
            raise ReleaseError(
                f"{self.name} has no file {name}; it has {sorted(self.manifest.files)}"
            )
        return self.folder / name

    def verify(self) -> None:
        """Check every file's digest; raise ReleaseError naming the first that differs."""
        for name, entry in sorted(self.manifest.files.items()):
            path = self.folder / name
            if not path.is_file():
                raise ReleaseError(f"{self.name}: {name} is missing; restore the release folder")
            if sha256_of(path) != entry.sha256:
                raise ReleaseError(
                    f"{self.name}: {name} was changed since it was built; restore it"
                )


def open_release(root: Path, source: str, release: str) -> Release:
    """Open ``root/source/release``; raise ReleaseError when it is missing or malformed."""
    folder = root / source / release
    path = folder / "manifest.json"
    if not path.is_file():
        raise ReleaseError(f"no release {source}@{release}: {path} does not exist")
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise ReleaseError(f"{path}: {error}") from error
    if (manifest.source, manifest.release) != (source, release):
        raise ReleaseError(f"{path} describes {manifest.source}@{manifest.release}")
    return Release(folder, manifest)


def write_manifest(
    folder: Path,
    *,
    source: str,
    release: str,
    dated: date,
    url: str,
    licence: str,
    rows: dict[str, int | None],
    constructed: bool = False,
    note: str = "",
) -> Manifest:
    """Seal a folder of finished files as a release; `rows` names the files and their rows."""
    files = {
        name: ReleaseFile(sha256=sha256_of(folder / name), rows=count)
        for name, count in sorted(rows.items())
    }
    manifest = Manifest(
        source=source,
        release=release,
        date=dated,
        url=url,
        licence=licence,
        constructed=constructed,
        note=note,
        files=files,
    )
    write_text(folder / "manifest.json", manifest.model_dump_json(indent=2) + "\n")
    return manifest
