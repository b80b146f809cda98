"""A file on its way: the bytes so far, and what they are a part of.

``<name>.part`` has the bytes and ``<name>.part.json`` the marks (ETag, Last-Modified) by which the
server can say whether the rest is of the same file. Without a mark a part cannot be continued. A
part is never taken for the whole: the whole has another name.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from varinterp.files import write_text

Checked = TypeVar("Checked")


class Marks(BaseModel):
    """What tells one state of a file on a server from another."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str
    etag: str | None = None
    last_modified: str | None = None
    total: int | None = None
    encoding: str | None = None

    @property
    def strong(self) -> str | None:
        """The mark that promises equality byte for byte, as ``If-Range`` needs it."""
        if self.etag is not None and not self.etag.startswith("W/"):
            return self.etag
        return self.last_modified

    def conditional(self) -> dict[str, str]:
        """Return the headers that ask for a file only if it is another one now."""
        if self.etag is not None:
            return {"If-None-Match": self.etag}
        return {} if self.last_modified is None else {"If-Modified-Since": self.last_modified}

    def same_as(self, other: "Marks") -> bool:
        """Whether two answers are of the same state of the file, as far as marks can tell."""
        if self.etag is not None and other.etag is not None:
            return self.etag == other.etag
        return self.last_modified is not None and self.last_modified == other.last_modified


def marks_of(url: str, headers: Mapping[str, str], total: int | None) -> Marks:
    """Read the marks of an answer; one that is malformed counts as none."""
    etag = headers.get("ETag", "")
    modified = headers.get("Last-Modified", "")
    encoding = headers.get("Content-Encoding", "identity").strip().lower()
    return Marks(
        url=url,
        etag=etag if 2 < len(etag) < 200 and etag.isascii() else None,
        last_modified=modified if _is_date(modified) else None,
        total=total,
        encoding=None if encoding in ("", "identity") else encoding[:40],
    )


@dataclass(frozen=True, slots=True)
class Part:
    """The part of `target`."""

    target: Path

    @property
    def path(self) -> Path:
        """Where the bytes are."""
        return self.target.with_name(self.target.name + ".part")

    @property
    def size(self) -> int:
        """Bytes so far."""
        return self.path.stat().st_size if self.path.is_file() else 0

    def marks(self, url: str) -> Marks | None:
        """Return the marks of a part that can be continued from an address, or None."""
        try:
            marks = Marks.model_validate_json(self._sidecar.read_bytes())
        except (OSError, ValidationError):
            return None
        usable = marks.url == url and marks.strong is not None and self.size > 0
        return marks if usable else None

    def begin(self, marks: Marks) -> None:
        """Start from nothing; the marks are on the disk before the first byte is."""
        self.discard()
        write_text(self._sidecar, marks.model_dump_json() + "\n")
        self.path.touch()

    def discard(self) -> None:
        """Remove the part."""
        self.path.unlink(missing_ok=True)
        self._sidecar.unlink(missing_ok=True)

    def head(self, size: int) -> bytes:
        """Return the first bytes."""
        with self.path.open("rb") as stream:
            return stream.read(size)

    def become_whole(self, make: Callable[[Path], Checked]) -> Checked:
        """Let `make` check or change the bytes in their place, then give them the target's name."""
        checked = make(self.path)
        with self.path.open("rb+") as stream:
            os.fsync(stream.fileno())
        os.replace(self.path, self.target)
        self.discard()
        return checked

    @property
    def _sidecar(self) -> Path:
        return self.target.with_name(self.target.name + ".part.json")


def _is_date(text: str) -> bool:
    try:
        return len(text) < 60 and parsedate_to_datetime(text) is not None
    except (TypeError, ValueError):
        return False
