"""A VCF's text in blocks of whole lines, inflated; its header apart."""

import zlib
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from isal import igzip, igzip_lib

from varinterp.annotate.vcf_faults import BYTE_ORDER_MARK, damaged

BLOCK = 4 << 20
"""Bytes of a block: its columns then fit a processor's own cache."""
_GZIP = b"\x1f\x8b"
_DAMAGE = cast(type[Exception], igzip_lib.IsalError)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A VCF's header, as it is, and the blocks of whole lines after it."""

    header: bytes
    blocks: Iterator[bytes]


@contextmanager
def open_blocks(path: Path) -> Iterator[TextFile | None]:
    """Open a VCF, plain or compressed; None when it has no text header (BCF, for one).

    Raises InputError, now or from `blocks`, when a compressed file is damaged. The last line of
    the last block may have no line end.
    """
    with closing(_pieces(path)) as pieces:
        held = b""
        end = 0
        while not end and (piece := next(pieces, b"")):
            held += piece
            end = _header_end(held)
            if not held.removeprefix(BYTE_ORDER_MARK).startswith(b"#"):
                break
        yield TextFile(held[:end], _whole_lines(held[end:], pieces)) if end else None


def _pieces(path: Path) -> Generator[bytes, None, None]:
    with ExitStack() as stack:
        stream: IO[bytes] = stack.enter_context(path.open("rb"))
        zipped = stream.read(2) == _GZIP
        stream.seek(0)
        if zipped:
            inflated = igzip.open(stream)  # type: ignore[no-untyped-call]
            stream = stack.enter_context(cast(IO[bytes], inflated))
        try:
            while piece := stream.read(BLOCK):
                yield piece
        except (OSError, EOFError, zlib.error, _DAMAGE) as error:
            raise damaged(path) from error


def _header_end(text: bytes) -> int:
    """Return the length of the header, its ``#CHROM`` line included; 0 while that is not there."""
    at = text.find(b"\n#CHROM\t")
    return 0 if at < 0 else text.find(b"\n", at + 1) + 1


def _whole_lines(held: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        cut = piece.rfind(b"\n") + 1
        if not cut:
            held += piece
            continue
        yield held + piece[:cut]
        held = piece[cut:]
    if held:
        yield held
