"""Lines of a source's text file, numbered, from a plain or gzipped UTF-8 file."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from varinterp.errors import ReleaseError

GZIP_MAGIC = b"\x1f\x8b"
SHOWN = 40


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (1-based number, line without its end); raise ReleaseError for a damaged file."""
    number = 0
    try:
        with path.open("rb") as stream:
            zipped = stream.read(2) == GZIP_MAGIC
        with (gzip.open if zipped else open)(path, "rt", encoding="utf-8", newline="\n") as text:
            for number, line in enumerate(text, start=1):
                yield number, line.rstrip("\r\n")
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise ReleaseError(f"{path.name}:{number + 1}: cannot be read: {error}") from error


def shown(value: str) -> str:
    """Quote a malformed value for a message: short, with its control characters escaped."""
    return repr(value if len(value) <= SHOWN else value[: SHOWN - 1] + "…")
