"""Lines of a VCF's body to a table of strings: only lines with the right columns pass."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from varinterp.sources.fault_book import FaultBook
from varinterp.sources.vcf_container import DamageError
from varinterp.sources.vcf_header import FIXED
from varinterp.sources.vcf_lines import MAX_LINE

Integers = NDArray[np.int64]
_TAB, _LINE_FEED, _HASH, _SPACE = 9, 10, 35, 32


def sample_column(index: int) -> str:
    """Name the table's column of the sample with that index."""
    return f"sample{index}"


class RowSplitter:
    """Cuts blocks of lines into tables with the wanted samples' columns.

    Tables hold the fixed columns as strings, ``FORMAT`` and ``sample<i>`` when there are samples,
    and ``line``, 1-based in the file.
    """

    def __init__(self, columns: int, samples: Sequence[int], book: FaultBook) -> None:
        self._columns = columns
        self._book = book
        kept = {index: name for index, name in enumerate(FIXED)}
        if columns > len(FIXED):
            kept[len(FIXED)] = "FORMAT"
            kept |= {len(FIXED) + 1 + index: sample_column(index) for index in samples}
        self._kept = dict(sorted(kept.items()))

    def split(self, data: bytes, first_line: int) -> pl.DataFrame:
        """Return the table of a block of whole lines; other lines become faults."""
        raw = np.frombuffer(data, np.uint8)
        ends = np.flatnonzero(raw == _LINE_FEED)
        starts = np.concatenate(([0], ends[:-1] + 1))
        if int((ends - starts).max()) > MAX_LINE:
            raise DamageError("vcf.long_line", f"{int((ends - starts).max()) >> 20} MB")
        tabs = np.diff(np.searchsorted(np.flatnonzero(raw == _TAB), ends), prepend=0)
        good = self._good(data, raw, starts, ends, tabs, first_line)
        lines = first_line + np.flatnonzero(good)
        if not good.all():
            data = raw[np.repeat(good, ends - starts + 1)].tobytes()
        return self._table(data).with_columns(pl.Series("line", lines, pl.Int64))

    def _good(
        self,
        data: bytes,
        raw: NDArray[np.uint8],
        starts: Integers,
        ends: Integers,
        tabs: Integers,
        first_line: int,
    ) -> NDArray[np.bool_]:
        """Tell the lines that can be parsed, and record what is wrong with the others."""
        blank = starts == ends
        comment = (raw[starts] == _HASH) & ~blank
        control = _has_control(raw, starts, ends)
        undecodable = _undecodable(data, raw, starts)
        columns = (tabs != self._columns - 1) & ~(blank | comment)
        self._report("vcf.blank_line", blank, first_line, "an empty line")
        self._report("vcf.header_in_body", comment, first_line, "a line that starts with #")
        self._report("vcf.control_character", control, first_line, "another character")
        self._report("vcf.not_utf8", undecodable, first_line, "other bytes")
        found = f"another number where the header has {self._columns}"
        self._report("vcf.column_count", columns, first_line, found)
        good: NDArray[np.bool_] = ~(blank | comment | control | undecodable | columns)
        return good

    def _report(self, rule: str, mask: NDArray[np.bool_], first_line: int, found: str) -> None:
        lines = first_line + np.flatnonzero(mask)
        rows = pl.DataFrame({"line": lines}, schema={"line": pl.Int64})
        self._book.add_rows(rule, rows, lambda row: found)

    def _table(self, data: bytes) -> pl.DataFrame:
        if not data:
            return pl.DataFrame(schema=dict.fromkeys(self._kept.values(), pl.String))
        return pl.read_csv(
            data,
            has_header=False,
            separator="\t",
            quote_char=None,
            infer_schema=False,
            empty_string_is_null=False,
            columns=list(self._kept),
            new_columns=list(self._kept.values()),
        )


def _has_control(raw: NDArray[np.uint8], starts: Integers, ends: Integers) -> NDArray[np.bool_]:
    """Tell the lines with a control character other than the tab."""
    found = np.zeros(len(starts), np.bool_)
    low = np.flatnonzero(raw < _SPACE)
    if len(low) == len(ends) + np.count_nonzero(raw == _TAB):
        return found
    values = raw[low]
    odd = low[(values != _TAB) & (values != _LINE_FEED)]
    found[np.searchsorted(starts, odd, side="right") - 1] = True
    return found


def _undecodable(data: bytes, raw: NDArray[np.uint8], starts: Integers) -> NDArray[np.bool_]:
    """Tell the lines that are not UTF-8."""
    found = np.zeros(len(starts), np.bool_)
    if data.isascii():
        return found
    high = np.unique(np.searchsorted(starts, np.flatnonzero(raw > 127), side="right") - 1)
    stops = np.append(starts[1:], len(data))
    for index in high:
        try:
            data[starts[index] : stops[index]].decode()
        except UnicodeDecodeError:
            found[index] = True
    return found
