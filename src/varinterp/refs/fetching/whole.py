"""Whether a file that arrived is whole, by the means that its own format has.

Compressed streams are inflated to their end (their check sums are in them), archives and documents
read through; a table's last line has to be as wide as the one before. A table that was cut exactly
at the end of a line cannot be told from a whole one, unless upstream publishes a digest.
"""

import csv
import json
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.parsers import expat

from varinterp.refs.fetching.upstream_format import (
    GZIP_MAGIC,
    HEAD_BYTES,
    Shape,
    UpstreamFormat,
    Wrapping,
    WrongContentError,
    check_head,
)

BGZF_END = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")
"""The empty block at the end of every whole BGZF file (SAM specification, section 4.1.2)."""

_BLOCK = 1 << 20


def check_whole(path: Path, expected: UpstreamFormat, *, proven: bool = False) -> None:
    """Raise WrongContentError when a file is not of its format, or not whole.

    `proven` says that a digest which upstream publishes agreed: nothing is read through then.
    """
    with path.open("rb") as stream:
        check_head(stream.read(HEAD_BYTES), expected)
    if proven:
        return
    if expected.wrapping is Wrapping.BGZF and _tail(path, len(BGZF_END)) != BGZF_END:
        raise WrongContentError("its last block is missing: it was cut")
    if expected.compressed:
        _inflate(path)
    elif expected.shape in _WHOLE:
        _WHOLE[expected.shape](path)


def peel(path: Path, target: Path, most: int) -> None:
    """Write what a gzip file holds to `target`; raise WrongContentError above `most` bytes."""
    written = 0
    with target.open("wb") as out:

        def keep(data: bytes) -> None:
            nonlocal written
            written += len(data)
            if written > most:
                raise WrongContentError(f"it inflates to more than {most:,} bytes")
            out.write(data)

        _inflate(path, keep)


def _inflate(path: Path, keep: Callable[[bytes], None] = lambda data: None) -> None:
    """Inflate every member of a gzip file; zero bytes may follow the last one."""
    member = zlib.decompressobj(wbits=31)
    with path.open("rb") as stream:
        data = stream.read(_BLOCK)
        while data:
            try:
                keep(member.decompress(data, _BLOCK))
            except zlib.error as error:
                raise WrongContentError(f"its gzip stream is broken ({error})") from None
            if member.eof:
                rest = member.unused_data or stream.read(_BLOCK)
                if not rest.strip(b"\0"):
                    return
                member, data = _next_member(rest), rest
            else:
                data = member.unconsumed_tail or stream.read(_BLOCK)
    raise WrongContentError("its gzip stream ends in the middle: it was cut")


def _next_member(rest: bytes) -> "zlib._Decompress":
    if not rest.startswith(GZIP_MAGIC[: len(rest)]):
        raise WrongContentError("something that is not gzip follows its gzip stream")
    return zlib.decompressobj(wbits=31)


def _whole_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            broken = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise WrongContentError(f"it is no whole zip archive ({error})") from None
    if broken is not None:
        raise WrongContentError(f"the member {broken[:40]!r} of the archive is broken")


def _whole_json(path: Path) -> None:
    try:
        json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise WrongContentError(f"it is no whole JSON document ({str(error)[:80]})") from None


def _whole_xml(path: Path) -> None:
    def refuse(*_: object) -> None:
        raise WrongContentError("it declares XML entities, which no source needs")

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = refuse
    try:
        with path.open("rb") as stream:
            while data := stream.read(_BLOCK):
                parser.Parse(data, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise WrongContentError(f"it is no whole XML document ({error})") from None


def _whole_between_marks(path: Path) -> None:
    with path.open("rb") as stream:
        if stream.read(4) != _tail(path, 4):
            raise WrongContentError("it does not end with its own mark: it was cut")


def _whole_lines(path: Path) -> None:
    if not _tail(path, 1).endswith(b"\n"):
        raise WrongContentError("its last line has no end: it was cut")


def _whole_table(path: Path) -> None:
    """A table may lack the last line's end, as long as that line is as wide as the one before."""
    tail = _tail(path, HEAD_BYTES)
    before, _, last = tail.rstrip(b"\r").rpartition(b"\n")
    if last and last.count(b"\t") < before.rpartition(b"\n")[2].count(b"\t"):
        raise WrongContentError("its last line has too few columns: it was cut")


def _whole_commas(path: Path) -> None:
    """Quotes may hold ends of lines, so the records are read through.

    What else is wrong with quotes is for the reader of the source to say.
    """
    widths: deque[int] = deque(maxlen=2)
    with path.open(encoding="utf-8", errors="replace", newline="") as stream:
        try:
            widths.extend(len(record) for record in csv.reader(stream, strict=True) if record)
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise WrongContentError("it ends within quotes: it was cut") from None
            return
    ends = _tail(path, 1).endswith(b"\n")
    if not ends and len(widths) == 2 and widths[1] < widths[0]:
        raise WrongContentError("its last line has too few columns: it was cut")


def _tail(path: Path, size: int) -> bytes:
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - size))
        return stream.read()


_WHOLE: Mapping[Shape, Callable[[Path], None]] = {
    Shape.VCF: _whole_table,
    Shape.TABS: _whole_table,
    Shape.COMMAS: _whole_commas,
    Shape.OBO: _whole_lines,
    Shape.JSON: _whole_json,
    Shape.XML: _whole_xml,
    Shape.BIGWIG: _whole_between_marks,
    Shape.PARQUET: _whole_between_marks,
    Shape.ZIP: _whole_zip,
}
