"""An upstream on this machine: a folder for each host, served well, or badly on purpose.

``<root>/<host>/<path>`` is what ``https://<host>/<path>`` gives; an address with a query is a file
of that very name (``export-tsv?format=new``), or else the file without it. ``Upstream.mirrors``
makes a fetch ask here. Answers that are queued for an address come first, one for each request.
"""

import contextlib
import email.utils
import hashlib
import re
import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Answer = Callable[["Handler"], None]


@dataclass(frozen=True)
class Asked:
    """A request as it came: `headers` with small letters."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Upstream:
    """A server that is up; `asked` are all requests so far."""

    root: Path
    base: str
    asked: list[Asked] = field(default_factory=list)
    queued: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))

    def mirrors(self, hosts: Collection[str]) -> dict[str, str]:
        """What lets a fetch ask here in place of the hosts."""
        return {host: f"{self.base}/{host}" for host in hosts}

    def put(self, address: str, content: bytes) -> Path:
        """Lay a file under ``host/path``."""
        path = self.root / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def answer(self, address: str, *answers: Answer) -> None:
        """Queue answers for ``host/path``."""
        self.queued[f"/{address}"] += answers

    def paths(self) -> list[str]:
        """The addresses that were asked for, in order."""
        return [asked.path for asked in self.asked]


@contextmanager
def upstream(root: Path, tls: ssl.SSLContext | None = None) -> Iterator[Upstream]:
    """Serve a folder until the block ends."""
    server = _Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    scheme = "http" if tls is None else "https"
    server.upstream = Upstream(root, f"{scheme}://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.upstream
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    upstream: Upstream

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news."""


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        """Give the queued answer, or the file."""
        self._note()
        queue = self.server.upstream.queued[self.path]
        (queue.pop(0) if queue else serve)(self)

    def do_CONNECT(self) -> None:
        """Refuse to be a tunnel, but remember that one was asked for."""
        self._note()
        self.send(502, {}, b"")

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""

    def send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Send a whole answer."""
        self.begin(status, {"Content-Length": str(len(body)), **headers})
        self.wfile.write(body)

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Send the status and the headers."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def hang_up(self) -> None:
        """Close the connection at once."""
        self.wfile.flush()
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def _note(self) -> None:
        size = int(self.headers.get("Content-Length", 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, self.path, headers, self.rfile.read(size))
        self.server.upstream.asked.append(asked)


@dataclass(frozen=True)
class _Found:
    content: bytes
    headers: Mapping[str, str]
    fresh: bool


def serve(handler: Handler) -> None:
    """Answer as a good server does: marks, conditions, ranges."""
    answering(handler)


def answering(
    handler: Handler,
    *,
    content: bytes | None = None,
    etag: str | None = None,
    ranges: bool = True,
    limit: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Answer as a good server does, but for what is asked otherwise.

    `limit` cuts the connection after so many bytes of a body that was announced whole.
    """
    found = _file(handler) if content is None else content
    if found is None:
        handler.send(404, {}, b"not here")
        return
    mark = etag if etag is not None else f'"{hashlib.sha256(found).hexdigest()[:16]}"'
    marks = {"ETag": mark, "Last-Modified": _EPOCH} if mark else {}
    if mark and handler.headers.get("If-None-Match") == mark:
        handler.begin(304, {**marks, "Content-Length": "0"})
        return
    start = _range_start(handler, mark) if ranges else None
    if start is not None and start >= len(found):
        handler.send(416, {"Content-Range": f"bytes */{len(found)}"}, b"")
        return
    span = {} if start is None else _span(start, len(found))
    body = found[start or 0 :]
    all_headers = {"Content-Length": str(len(body)), **marks, **span, **(headers or {})}
    handler.begin(206 if start is not None else 200, all_headers)
    handler.wfile.write(body if limit is None else body[:limit])
    if limit is not None and limit < len(body):
        handler.hang_up()


_EPOCH = "Wed, 01 Jan 2025 00:00:00 GMT"


def _span(start: int, size: int) -> dict[str, str]:
    return {"Content-Range": f"bytes {start}-{size - 1}/{size}"}


def _file(handler: Handler) -> bytes | None:
    root = handler.server.upstream.root
    whole = re.sub(r"^https?://", "/", handler.path).lstrip("/")
    for name in (whole, whole.partition("?")[0]):
        path = root / name
        if path.resolve().is_relative_to(root.resolve()) and path.is_file():
            return path.read_bytes()
    return None


def _range_start(handler: Handler, mark: str) -> int | None:
    match = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", ""))
    condition = handler.headers.get("If-Range")
    if match is None or (condition is not None and condition not in (mark, _EPOCH)):
        return None
    return int(match[1])


# Answers to queue


def status(code: int, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answer:
    """An answer that is nothing but a status, or a body with it."""
    return lambda handler: handler.send(code, headers or {}, body)


def cut(after: int, **how: object) -> Answer:
    """The right answer, with a connection that breaks after so many bytes of the body."""
    return lambda handler: answering(handler, limit=after, **how)  # type: ignore[arg-type]


def like(**how: object) -> Answer:
    """The right answer, but for what `answering` is told."""
    return lambda handler: answering(handler, **how)  # type: ignore[arg-type]


def redirect(location: str, code: int = 302) -> Answer:
    """A redirect."""
    return status(code, {"Location": location})


def announcing(length: int, body: bytes) -> Answer:
    """A body under a length that is not its own; the connection ends after it."""

    def answer(handler: Handler) -> None:
        handler.begin(200, {"Content-Length": str(length)})
        handler.wfile.write(body)
        handler.hang_up()

    return answer


def chunked(*chunks: bytes, ends: bool) -> Answer:
    """A body in chunks, with or without the chunk that ends it."""

    def answer(handler: Handler) -> None:
        handler.begin(200, {"Transfer-Encoding": "chunked"})
        for chunk in chunks:
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        if ends:
            handler.wfile.write(b"0\r\n\r\n")
        handler.hang_up()

    return answer


def drop(handler: Handler) -> None:
    """Hang up before any answer."""
    handler.hang_up()


def silent(handler: Handler) -> None:
    """No answer for a second, and never one."""
    time.sleep(1)
    handler.hang_up()


def stalling(seconds: float, before: bytes = b"", total: int = 1000) -> Answer:
    """Some bytes, and then silence."""

    def answer(handler: Handler) -> None:
        handler.begin(200, {"Content-Length": str(total), "ETag": '"stalls"'})
        handler.wfile.write(before)
        handler.wfile.flush()
        time.sleep(seconds)
        handler.hang_up()

    return answer


def http_date(seconds_from_now: float) -> str:
    """A date as headers have it."""
    return email.utils.formatdate(time.time() + seconds_from_now, usegmt=True)
