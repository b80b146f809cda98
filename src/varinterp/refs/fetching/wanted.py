"""A file to download, and what an answer has to fulfil before its bytes are taken."""

import errno
import shutil
from dataclasses import dataclass
from pathlib import Path

from varinterp.errors import ReleaseError, StageError
from varinterp.refs.fetching.part import Marks, Part
from varinterp.refs.fetching.transport import shown
from varinterp.refs.fetching.upstream_format import (
    HEAD_BYTES,
    UpstreamFormat,
    WrongContentError,
    check_head,
)

_ENCODINGS = ("gzip", "x-gzip")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to download: `label` names it for people, `known` are the marks of the copy here.

    A `settled` copy is kept even when the server has another file by now.
    """

    url: str
    target: Path
    format: UpstreamFormat
    most: int
    label: str
    known: Marks | None = None
    settled: bool = False

    def check_offer(self, marks: Marks) -> None:
        """Raise ReleaseError for what an answer's headers say, when it cannot be taken."""
        if marks.encoding is not None and marks.encoding not in _ENCODINGS:
            raise ReleaseError(
                f"{self.label}: the server compresses with {marks.encoding!r} though it was asked "
                "not to; report it to the publisher"
            )
        if marks.total is not None and marks.total > self.most:
            raise self.too_large(marks.total)

    def too_large(self, size: int) -> ReleaseError:
        """Return what a file above the catalogue's bound is to the user."""
        return ReleaseError(
            f"{self.label}: {shown(self.url)} has {size:,} bytes or more, and the catalogue "
            f"allows {self.most:,}; raise max_bytes there if this is right"
        )

    def check_room(self, part: Part, marks: Marks) -> None:
        """Raise StageError when what is still to come does not fit on the disk."""
        free = shutil.disk_usage(part.path.parent).free
        missing = (marks.total or 0) - part.size
        if missing > free:
            raise StageError(
                f"{self.label}: {part.path.parent}: {missing:,} more bytes are needed and {free:,} "
                "are free; free some space and fetch again"
            )

    def check_beginning(self, part: Part, marks: Marks) -> None:
        """Raise WrongContentError when the first bytes are not of the format.

        A file that the server compressed is looked at when it is decoded.
        """
        if marks.encoding is not None:
            return
        try:
            check_head(part.head(HEAD_BYTES), self.format)
        except WrongContentError as error:
            part.discard()
            raise WrongContentError(
                f"{self.label}: {shown(self.url)} is not {self.format.name}: {error}; open the "
                "address in a browser: it may have moved, or a proxy may answer in its place"
            ) from None


def disk_error(label: str, path: Path, error: OSError) -> StageError:
    """Return what a failed write is to the user."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        advice = "the disk is full; free some space and fetch again: what has arrived is kept"
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        advice = "the folder cannot be written; correct its permissions"
    else:
        advice = f"the disk answers {error.strerror or 'with an error'}"
    return StageError(f"{label}: {path.parent}: {advice}")
