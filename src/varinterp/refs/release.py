"""A reference release on disk: Parquet or packs sorted by key beside a manifest, never changed.

``refs/<source>/<release>/manifest.json`` names the source, the release, its date, origin and
licence, whether its facts are constructed, and the digest and rows of each of its files. A release
that was built from upstream files names these too, and the releases that it was built with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from varinterp.errors import ReleaseError
from varinterp.files import sha256_of, write_text

SCHEMA_VERSION = 1
MANIFEST = "manifest.json"
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_NAME: TypeAdapter[str] = TypeAdapter(Name)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReleaseFile(_Strict):
    """A file of a release."""

    sha256: Sha256
    rows: int | None = None


class Upstream(_Strict):
    """A file that a release was built from: `url` is None for one that a person gave."""

    role: Name
    name: str
    sha256: Sha256
    size: Annotated[int, Field(ge=0)]
    url: str | None = None


class Origin(_Strict):
    """How a release came about.

    `needs` names the release of each other source that the build read, `previous` the release
    before it; `counts` and `set_aside` are what the admission gate compared, and `software` the
    version of varinterp that built it.
    """

    software: str
    upstream: tuple[Upstream, ...]
    needs: dict[Name, Name] = Field(default_factory=dict)
    previous: Name | None = None
    counts: dict[str, int] = Field(default_factory=dict)
    set_aside: dict[str, int] = Field(default_factory=dict)


class Manifest(_Strict):
    """What a release says of itself."""

    schema_version: int = SCHEMA_VERSION
    source: Name
    release: Name
    date: date
    url: str
    licence: str
    constructed: bool = False
    note: str = ""
    files: dict[str, ReleaseFile]
    origin: Origin | None = None

    @property
    def content(self) -> str:
        """The digest of the release's files: two releases with the same content say the same."""
        lines = (f"{name}\t{file.sha256}\n" for name, file in sorted(self.files.items()))
        return sha256("".join(lines).encode()).hexdigest()


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


def checked_name(text: str, what: str) -> str:
    """Return a name that is safe in a path; raise ReleaseError for another."""
    try:
        return _NAME.validate_python(text)
    except ValidationError:
        raise ReleaseError(
            f"{text[:70]!r} is no name of a {what}: letters, digits, dot, underscore and hyphen"
        ) from None


def open_release(root: Path, source: str, release: str) -> Release:
    """Open ``root/source/release``; raise ReleaseError when it is missing or malformed."""
    folder = root / checked_name(source, "source") / checked_name(release, "release")
    path = folder / MANIFEST
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
    rows: Mapping[str, int | None],
    constructed: bool = False,
    note: str = "",
    origin: Origin | None = None,
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
        origin=origin,
    )
    text = manifest.model_dump_json(indent=2, exclude={"origin"} if origin is None else None)
    write_text(folder / MANIFEST, text + "\n")
    return manifest
