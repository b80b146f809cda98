"""The upstream files of a release on disk, and the record of how they came there.

``<references>/.fetched/<source>/<release>/<role>/<name>`` beside ``fetched.json``. What a release's
name stands for never changes: once a record is complete, a later fetch keeps what is there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from varinterp.errors import ReleaseError
from varinterp.files import sha256_of, write_text
from varinterp.refs.release import Name, Sha256, checked_name

RECORD = "fetched.json"
FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FetchedFile(_Strict):
    """A file and where it came from.

    `final_url` is where redirects ended, without user, password and query; None for a file that a
    person put there. `published` is the digest that upstream gives, as ``md5:…`` or ``sha256:…``,
    and `agreed` whether ours was the same. `decoded` says that the server had compressed it.
    """

    role: Name
    name: FileName
    url: str
    final_url: str | None
    sha256: Sha256
    size: Annotated[int, Field(ge=0)]
    etag: str | None = None
    last_modified: str | None = None
    published: str | None = None
    agreed: bool | None = None
    decoded: bool = False


class Record(_Strict):
    """The document beside the files. Until it is `complete`, no release is built from it."""

    schema_version: Annotated[int, Field(ge=1, le=1)] = 1
    source: Name
    release: Name
    dated: date
    fetched_on: date
    complete: bool
    files: tuple[FetchedFile, ...]


@dataclass(frozen=True, slots=True)
class Fetched:
    """The upstream files of a release.

    `superseded` names the files of which the server has another state by now; those that are here
    were kept, because a release's name stands for one content.
    """

    folder: Path
    record: Record
    superseded: tuple[str, ...] = ()

    @property
    def dated(self) -> date:
        """The day that upstream gives the release."""
        return self.record.dated

    @property
    def files(self) -> Mapping[str, tuple[Path, ...]]:
        """The files of each role, in the catalogue's order."""
        found: dict[str, tuple[Path, ...]] = {}
        for file in self.record.files:
            found[file.role] = (*found.get(file.role, ()), self.path(file))
        return found

    @property
    def urls(self) -> Mapping[Path, str]:
        """Where each file was fetched from; a file that a person put there has no entry."""
        return {
            self.path(file): file.url for file in self.record.files if file.final_url is not None
        }

    def path(self, file: FetchedFile) -> Path:
        """Return where a file is."""
        return self.folder / file.role / file.name

    def verify(self) -> None:
        """Check every file's digest; raise ReleaseError naming the first that differs."""
        for file in self.record.files:
            if not intact(self.path(file), file):
                raise ReleaseError(
                    f"{self.path(file)} is not as it was fetched; fetch it again: "
                    f"varinterp refs fetch {self.record.source}"
                )


def fetched_folder(root: Path, source: str, release: str) -> Path:
    """Return where a release's upstream files are under the folder of references."""
    checked_name(source, "source")
    return root / ".fetched" / source / checked_name(release, "release")


def read_fetched(folder: Path) -> Fetched:
    """Read what was fetched; raise ReleaseError when it is not there, or only in part."""
    record = read_record(folder)
    if record is None:
        raise ReleaseError(f"nothing was fetched to {folder}: varinterp refs fetch")
    fetched = Fetched(folder, record)
    if not record.complete:
        raise ReleaseError(
            f"{record.source}@{record.release} was fetched only in part; fetch it again: "
            f"varinterp refs fetch {record.source}"
        )
    for file in record.files:
        path = fetched.path(file)
        if not path.is_file() or path.stat().st_size != file.size:
            raise ReleaseError(
                f"{path} is missing or not as it was fetched; fetch it again: "
                f"varinterp refs fetch {record.source}"
            )
    return fetched


def read_record(folder: Path) -> Record | None:
    """Read the record of a folder, or None when there is none; ReleaseError when it is broken."""
    path = folder / RECORD
    if not path.is_file():
        return None
    try:
        return Record.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise ReleaseError(f"{path}: {error}; remove it and fetch again") from error


def write_record(folder: Path, record: Record) -> None:
    """Write the record of a folder."""
    write_text(folder / RECORD, record.model_dump_json(indent=2) + "\n")


def intact(path: Path, file: FetchedFile) -> bool:
    """Whether a file is there, byte for byte as it was fetched."""
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    return sha256_of(path) == file.sha256
