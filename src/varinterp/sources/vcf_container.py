"""The container of a VCF: plain text, gzip or BGZF, read once, with its damage told apart.

BGZF is RFC 1952 gzip in members of at most 64 KiB that name their size in a ``BC`` extra field
and end with an empty member (SAM specification, section 4.1).
"""

import zlib
from collections.abc import Iterator
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

from varinterp.bgzf import block_size

_GZIP = b"\x1f\x8b"
_FIXED = 12
_FOOTER = 8
_PIECE = 1 << 20
MAX_RATIO = 200
_RATIO_FLOOR = 16 << 20


class Container(StrEnum):
    """How the text of a VCF is wrapped."""

    PLAIN = "plain"
    GZIP = "gzip"
    BGZF = "bgzf"


class DamageError(Exception):
    """The file cannot be read further. Holds the rule that it breaks; never leaves the gate."""

    def __init__(self, rule: str, found: str) -> None:
        self.rule = rule
        self.found = found
        super().__init__(rule)


class ContainerReader:
    """Reads a file's decompressed bytes in pieces, hashing the raw ones as they pass."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("rb")
        self._digest = sha256()
        self._raw = 0
        self._text = 0
        self.container = self._sniff()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()

    @property
    def sha256(self) -> str:
        """Digest of the raw bytes read so far: the file's, once `pieces` is exhausted."""
        return self._digest.hexdigest()

    def pieces(self) -> Iterator[bytes]:
        """Yield decompressed pieces of at most 1 MiB; raise DamageError where they end early."""
        readers = {
            Container.PLAIN: self._plain,
            Container.GZIP: self._gzip,
            Container.BGZF: self._bgzf,
        }
        for piece in readers[self.container]():
            self._text += len(piece)
            if self._text > _RATIO_FLOOR and self._text > MAX_RATIO * self._raw:
                raise DamageError("vcf.expansion", f"{self._text // self._raw} times its size")
            yield piece

    def _sniff(self) -> Container:
        head = self._stream.read(18)
        self._stream.seek(0)
        if not head.startswith(_GZIP):
            return Container.PLAIN
        is_bgzf = len(head) == 18 and head[3] & 4 and head[12:14] == b"BC"
        return Container.BGZF if is_bgzf else Container.GZIP

    def _take(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._digest.update(data)
        self._raw += len(data)
        return data

    def _plain(self) -> Iterator[bytes]:
        while piece := self._take(_PIECE):
            yield piece

    def _gzip(self) -> Iterator[bytes]:
        inflate = zlib.decompressobj(31)
        data = self._take(_PIECE)
        while data:
            yield _inflated(inflate, data)
            data = inflate.unconsumed_tail or inflate.unused_data or self._take(_PIECE)
            if inflate.eof and data:
                if not data.startswith(_GZIP[: len(data)]):
                    raise DamageError("vcf.trailing_bytes", "bytes after the end of the gzip data")
                inflate = zlib.decompressobj(31)
        yield inflate.flush()
        if not inflate.eof:
            raise DamageError("vcf.truncated", "the end of the file within its gzip data")

    def _bgzf(self) -> Iterator[bytes]:
        empty = False
        while fixed := self._take(_FIXED):
            if len(fixed) == _FIXED and not (fixed.startswith(_GZIP) and fixed[3] & 4):
                raise DamageError("vcf.trailing_bytes", f"no BGZF block at byte {self._raw}")
            block = self._bgzf_block(fixed)
            empty = not block
            yield block
        if not empty:
            raise DamageError("vcf.no_eof", "the file's end without it")

    def _bgzf_block(self, fixed: bytes) -> bytes:
        extra_size = int.from_bytes(fixed[10:12], "little")
        extra = self._take(extra_size)
        size = block_size(extra)
        if size is None or size < _FIXED + extra_size + _FOOTER:
            raise DamageError("vcf.truncated", f"half a block at byte {self._raw}")
        body = self._take(size - _FIXED - extra_size)
        if len(body) < size - _FIXED - extra_size:
            raise DamageError("vcf.truncated", f"half a block at byte {self._raw}")
        return _checked(body, self._raw)


def _inflated(inflate: "zlib._Decompress", data: bytes) -> bytes:
    try:
        return inflate.decompress(data, _PIECE)
    except zlib.error as error:
        raise DamageError("vcf.damaged", "gzip data that does not decompress") from error


def _checked(body: bytes, at: int) -> bytes:
    try:
        text = zlib.decompress(body[:-_FOOTER], -15)
    except zlib.error as error:
        raise DamageError("vcf.damaged", f"a block that ends at byte {at}") from error
    crc = int.from_bytes(body[-8:-4], "little")
    size = int.from_bytes(body[-4:], "little")
    if size != len(text) or crc != zlib.crc32(text):
        raise DamageError("vcf.damaged", f"a checksum that differs, before byte {at}")
    return text
