"""The text of a large file in blocks of whole lines: plain, gzip or BGZF, checked as it passes."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from isal import igzip, igzip_lib

from varinterp.errors import ReleaseError
from varinterp.sources.lines import GZIP_MAGIC

_DAMAGE = (OSError, EOFError, zlib.error, cast(type[Exception], igzip_lib.IsalError))
BLOCK = 4 << 20
MAX_LINE = 64 << 20
_BGZF_EXTRA = b"BC\x02\x00"
_BGZF_END = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Whole lines, each with its end; `line` is the 1-based number of the first."""

    data: bytes
    line: int


def text_blocks(path: Path, size: int | None = None) -> Iterator[TextBlock]:
    """Yield a file's UTF-8 text in blocks of about `size` bytes, so that memory is bounded.

    A last line without an end is given one. Raises ReleaseError for a file that is damaged, cut
    off, not UTF-8, or has a line above 64 MiB.
    """
    line = 1
    try:
        with _opened(path) as stream:
            for data in _whole_lines(stream, size or BLOCK, path):
                _check_text(data, line, path)
                yield TextBlock(data, line)
                line += data.count(b"\n")
    except _DAMAGE as error:
        raise ReleaseError(f"{path.name}, after line {line}: cannot be read: {error}") from error


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as raw:
        head = raw.read(18)
        if not head.startswith(GZIP_MAGIC):
            return path.open("rb")
        if head[12:16] == _BGZF_EXTRA:
            raw.seek(max(0, path.stat().st_size - len(_BGZF_END)))
            if raw.read() != _BGZF_END:
                raise ReleaseError(f"{path.name} is cut off: it lacks the last block of BGZF")
    return cast(IO[bytes], igzip.open(path, "rb"))  # type: ignore[no-untyped-call]


def _whole_lines(stream: IO[bytes], size: int, path: Path) -> Iterator[bytes]:
    rest = b""
    while piece := stream.read(size):
        cut = piece.rfind(b"\n") + 1
        if cut:
            yield rest + piece[:cut]
            rest = piece[cut:]
        else:
            rest += piece
            if len(rest) > MAX_LINE:
                raise ReleaseError(f"{path.name} has a line above {MAX_LINE >> 20} MiB")
    if rest:
        yield rest + b"\n"


def _check_text(data: bytes, line: int, path: Path) -> None:
    if data.isascii():
        return
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = line + data.count(b"\n", 0, error.start)
        raise ReleaseError(f"{path.name}:{at}: not UTF-8 text") from error
