"""Bringing one file from a server to the disk, whole, or saying why not.

A connection that breaks is taken up where it broke (``Range`` with ``If-Range``); when the server
has another file by then, or ignores ranges, what was there is thrown away. The body is stored as
it is sent: nothing is decompressed on the way.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from varinterp.errors import ReleaseError
from varinterp.refs.fetching.answer import length, md5_of_headers, refusal, span
from varinterp.refs.fetching.part import Marks, Part, marks_of
from varinterp.refs.fetching.patience import Patience, Told, Tries
from varinterp.refs.fetching.transport import PassingError, Transport, shown
from varinterp.refs.fetching.wanted import Wanted, disk_error

Progressed = Callable[[Path, int, int | None], None]
"""Is told the file, the bytes so far and, where the server says it, the bytes in all."""

_BLOCK = 1 << 18
_LOOKED_AT = 1024
_ENCODINGS = ("gzip", "x-gzip")


class _FreshStart(Exception):
    """What has arrived is of no use."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """How a download ended: the part has it all, or the copy that is here stays.

    It stays as it is `unchanged`; `superseded` says that it was settled and the server has another.
    """

    part: Part
    marks: Marks
    final_url: str
    md5: str | None = None  # as the server's headers give it, in hexadecimal
    unchanged: bool = False
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Downloader:
    """Downloads files over a transport, with patience; `progressed` and `told` inform."""

    transport: Transport
    patience: Patience
    progressed: Progressed
    told: Told

    def __call__(self, wanted: Wanted) -> Arrived:
        """Bring a file's bytes into its part, or find that the file here is still the same.

        Raises ReleaseError when the server does not give it, StageError when the disk does not
        take it. A part stays for the next time.
        """
        tries = Tries(wanted.label, self.patience, self.told)
        part = Part(wanted.target)
        while True:
            try:
                return self._once(wanted, part, tries)
            except PassingError as error:
                tries.failed(error, part.size)
            except _FreshStart as error:
                part.discard()
                tries.fresh_start(str(error))
            except OSError as error:
                raise disk_error(wanted.label, part.path, error) from error

    def _once(self, wanted: Wanted, part: Part, tries: Tries) -> Arrived:
        begun = part.marks(wanted.url)
        headers = wanted.known.conditional() if wanted.known else {}
        if begun is not None:
            headers = {"Range": f"bytes={part.size}-", "If-Range": begun.strong or ""}
        with closing(self.transport.get(wanted.url, headers)) as response:
            status = response.status_code
            if status in (200, 206, 416, 304):
                return self._answered(wanted, part, begun, response, tries)
            raise refusal(wanted.label, response)

    def _answered(
        self,
        wanted: Wanted,
        part: Part,
        begun: Marks | None,
        response: requests.Response,
        tries: Tries,
    ) -> Arrived:
        if response.status_code == 200:
            return self._from_start(wanted, part, begun, response, tries)
        if response.status_code == 304 and begun is None and wanted.known is not None:
            return Arrived(part, wanted.known, shown(response.url), unchanged=True)
        if begun is None:
            raise ReleaseError(
                f"{wanted.label}: the server answers {response.status_code} to a plain request; "
                f"correct {shown(wanted.url)} in the catalogue"
            )
        return self._continued(wanted, part, begun, response)

    def _from_start(
        self,
        wanted: Wanted,
        part: Part,
        begun: Marks | None,
        response: requests.Response,
        tries: Tries,
    ) -> Arrived:
        total = length(response.headers)
        marks = marks_of(wanted.url, response.headers, total)
        if wanted.known is not None and (wanted.settled or wanted.known.same_as(marks)):
            superseded = not wanted.known.same_as(marks)
            where = shown(response.url)
            return Arrived(part, wanted.known, where, unchanged=True, superseded=superseded)
        if begun is not None:
            changed = not begun.same_as(marks)
            tries.fresh_start("the file changed" if changed else "the server sends no ranges")
        wanted.check_offer(marks)
        part.begin(marks)
        return self._body(wanted, part, marks, response)

    def _continued(
        self, wanted: Wanted, part: Part, begun: Marks, response: requests.Response
    ) -> Arrived:
        start, total = span(response.headers)
        if response.status_code == 416 and total == part.size:
            return Arrived(part, begun, shown(response.url))
        now = marks_of(wanted.url, response.headers, total)
        if response.status_code != 206 or start != part.size:
            raise _FreshStart("the server sends another range than it was asked for")
        if None not in (total, begun.total) and total != begun.total:
            raise _FreshStart("the file changed while it was fetched")
        if now.etag is not None and begun.etag is not None and now.etag != begun.etag:
            raise _FreshStart("the file changed while it was fetched")
        marks = begun.model_copy(update={"total": total or begun.total})
        return self._body(wanted, part, marks, response)

    def _body(
        self, wanted: Wanted, part: Part, marks: Marks, response: requests.Response
    ) -> Arrived:
        wanted.check_room(part, marks)
        with part.path.open("ab") as out:
            self._receive(wanted, part, marks, response, out)
        size = part.size
        if marks.total is not None and size < marks.total:
            raise PassingError(f"the connection broke at {size:,} of {marks.total:,} bytes")
        wanted.check_beginning(part, marks)
        if marks.total is not None and size > marks.total:
            raise _FreshStart("more arrived than the server announced")
        return Arrived(part, marks, shown(response.url), md5_of_headers(response.headers))

    def _receive(
        self, wanted: Wanted, part: Part, marks: Marks, response: requests.Response, out: BinaryIO
    ) -> None:
        size, looked = part.size, part.size >= _LOOKED_AT
        pace = _Pace(self.patience, size)
        while block := _read(response, self.patience):
            out.write(block)
            size += len(block)
            if size > wanted.most:
                part.discard()
                raise wanted.too_large(size)
            if not looked and size >= _LOOKED_AT:
                out.flush()
                wanted.check_beginning(part, marks)
                looked = True
            self.progressed(wanted.target, size, marks.total)
            if size != marks.total:
                pace.at(size)


class _Pace:
    """Finds a connection that lives but hardly moves."""

    def __init__(self, patience: Patience, size: int) -> None:
        self._patience = patience
        self._since = patience.clock()
        self._size = size

    def at(self, size: int) -> None:
        """Raise PassingError when less than the slowest pace came over the time of silence."""
        now = self._patience.clock()
        passed = now - self._since
        if passed < self._patience.silence:
            return
        if size - self._size < self._patience.slowest * passed:
            raise PassingError(f"only {size - self._size:,} bytes in {passed:.0f} s")
        self._since, self._size = now, size


def _read(response: requests.Response, patience: Patience) -> bytes:
    """Return the next bytes as they were sent; nothing at the end."""
    try:
        return bytes(response.raw.read1(_BLOCK, decode_content=False) or b"")
    except ReadTimeoutError:
        raise PassingError(f"no byte for {patience.silence:g} s") from None
    except (HTTPError, ValueError):
        raise PassingError("the connection broke") from None
