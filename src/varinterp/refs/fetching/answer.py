"""Reading a server's answer: its lengths, its digest, and what its status means to us."""

import base64
import re
from collections.abc import Mapping

import requests

from varinterp.errors import ReleaseError
from varinterp.refs.fetching.patience import retry_after
from varinterp.refs.fetching.transport import PassingError, shown

_BUSY = (408, 425, 429)
_NOT_THERE = (404, 410)
_CLOSED = (401, 403, 407)
_SPAN = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")


class NotThereError(ReleaseError):
    """The server has no such file."""


def refusal(label: str, response: requests.Response) -> PassingError | ReleaseError:
    """Return what a status other than success is: something that may be over soon, or not."""
    status, where = response.status_code, shown(response.url)
    if status in _BUSY or status >= 500:
        return PassingError(
            f"the server answers {status}", retry_after(response.headers.get("Retry-After"))
        )
    if status in _NOT_THERE:
        return NotThereError(
            f"{label}: the server has no {where} ({status}); is there a release of that "
            "name and date?"
        )
    if status in _CLOSED:
        return ReleaseError(
            f"{label}: {where} is refused ({status}); it may need a registration: get the "
            "file yourself and give it with --file, or name a mirror"
        )
    return ReleaseError(f"{label}: the server answers {status} for {where}")


def md5_of_headers(headers: Mapping[str, str]) -> str | None:
    """Return the MD5 that a server gives of its file: ``Content-MD5``, or Google's own header."""
    given = headers.get("Content-MD5")
    for entry in headers.get("x-goog-hash", "").split(","):
        name, _, value = entry.strip().partition("=")
        if name == "md5" and headers.get("x-goog-stored-content-encoding") in (None, "identity"):
            given = value
    try:
        digest = base64.b64decode(given or "", validate=True)
    except ValueError:
        return None
    return digest.hex() if len(digest) == 16 else None


def length(headers: Mapping[str, str]) -> int | None:
    """Return the bytes of the body, or None when the server does not say."""
    text = headers.get("Content-Length", "")
    return int(text) if text.isdigit() else None


def span(headers: Mapping[str, str]) -> tuple[int | None, int | None]:
    """Return where a range starts, and how large the whole is, as ``Content-Range`` says."""
    match = _SPAN.fullmatch(headers.get("Content-Range", ""))
    if match is None:
        return None, None
    start, _, total = match.groups()
    return int(start) if start else None, int(total) if total != "*" else None
