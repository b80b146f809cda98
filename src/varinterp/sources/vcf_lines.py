"""The lines of a VCF in blocks of a few megabytes: line ends made one, oddities reported."""

from collections.abc import Iterator

from varinterp.sources.fault_book import FaultBook
from varinterp.sources.vcf_container import DamageError

BLOCK_BYTES = 16 << 20
MAX_LINE = 16 << 20
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_FIRST = b"##fileformat="


class LineBlocks:
    """Whole lines of decompressed text; `line` is the 1-based number of the next one.

    The reader takes a block, moves `line` past what it used and may give the rest back.
    """

    def __init__(self, pieces: Iterator[bytes], book: FaultBook, size: int = BLOCK_BYTES) -> None:
        self._pieces = pieces
        self._book = book
        self._size = size
        self._held: list[bytes] = []
        self._checked = b""
        self._done = False
        self.line = 1

    @property
    def at_end(self) -> bool:
        """Whether the last block is known to be the file's last."""
        return self._done

    def read(self) -> bytes:
        """Return the next block of whole lines, each ended by a line feed; empty at the end."""
        fresh = b"" if self._done else self._fresh()
        if self.line == 1 and fresh:
            fresh = self._start(fresh)
        data = self._checked + self._clean(fresh)
        self._checked = b""
        return data

    def unread(self, data: bytes) -> None:
        """Give lines back, to come first in the next block."""
        self._checked = data

    def _fresh(self) -> bytes:
        wanted = self._size
        while True:
            data = self._gather(wanted)
            cut = data.rfind(b"\n") + 1
            if self._done or cut:
                break
            if len(data) > MAX_LINE:
                raise DamageError("vcf.long_line", f"{len(data) >> 20} MB without a line end")
            self._held = [data]
            wanted = len(data) + self._size
        if self._done:
            return data
        self._held = [data[cut:]]
        return data[:cut]

    def _gather(self, wanted: int) -> bytes:
        size = sum(map(len, self._held))
        while size < wanted:
            piece = next(self._pieces, None)
            if piece is None:
                self._done = True
                break
            self._held.append(piece)
            size += len(piece)
        data = b"".join(self._held)
        self._held = []
        return data

    def _start(self, data: bytes) -> bytes:
        if data.startswith(_UTF16) or data[:4].count(0) > 1:
            raise DamageError("vcf.utf16", "UTF-16 text")
        if data.startswith(_BOM):
            self._book.add("vcf.bom", "one", 1)
            data = data.removeprefix(_BOM)
        if not data.startswith(_FIRST):
            raise DamageError("vcf.not_vcf", "something else")
        if b"\n" not in data and b"\r" in data:
            raise DamageError("vcf.cr_only", "carriage returns alone")
        return data

    def _clean(self, data: bytes) -> bytes:
        if b"\r" in data:
            at = data.find(b"\r\n")
            if at >= 0:
                line = self.line + data.count(b"\n", 0, at) + self._checked.count(b"\n")
                self._book.add("vcf.crlf", "CR LF", line, count=data.count(b"\r\n"))
                data = data.replace(b"\r\n", b"\n")
        if data and not data.endswith(b"\n"):
            data += b"\n"
            line = self.line + data.count(b"\n") + self._checked.count(b"\n") - 1
            self._book.add("vcf.no_final_newline", "none", line)
        return data
