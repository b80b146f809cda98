"""The columns of a block of VCF lines, found by the offsets of its tabs, semicolons and ends."""

import numpy as np
import polars as pl

from varinterp.sources.byte_slices import ByteSlices, Offsets

_TAB, _END, _SEMICOLON, _EQUALS = b"\t\n;="
_COLUMNS = ("chromosome", "position", "id", "ref", "alt", None, "filter")
_INFO = len(_COLUMNS)
_WORD = 8


class SitesBlock:
    """Whole lines of a VCF's body. `short` is the first row (from 0) with too few columns."""

    def __init__(self, data: bytes) -> None:
        self._text = ByteSlices(data)
        text = self._text.bytes[: self._text.size]
        places = np.flatnonzero((text == _TAB) | (text == _END) | (text == _SEMICOLON))
        kinds = text[places]
        at_end, at_tab = kinds == _END, kinds == _TAB
        self._ends = places[at_end]
        self.rows = self._ends.size
        tabs = np.cumsum(at_tab)
        tabs_by_end = tabs[at_end]
        before = np.concatenate(([0], tabs_by_end[:-1]))
        short = np.flatnonzero(tabs_by_end - before < _INFO)
        self.short = int(short[0]) if short.size else None
        if self.short is None:
            row = np.cumsum(at_end) - at_end
            column = tabs - before[row]
            self._tabs = places[at_tab][before[:, None] + np.arange(_INFO)]
            entries = np.flatnonzero((column == _INFO) & ~at_end)
            self._starts = places[entries] + 1
            self._stops = places[entries + 1]
            self._rows = row[entries]
            self._words = self._text.words(self._starts)

    def fixed(self) -> pl.DataFrame:
        """Return ``row`` (from 0) and the fixed columns but QUAL, as text."""
        starts = np.concatenate(([0], self._ends[:-1] + 1))
        columns = []
        for number, name in enumerate(_COLUMNS):
            stops = self._tabs[:, number]
            if name is not None:
                columns.append(self._text.strings(starts, stops).alias(name))
            starts = stops + 1
        return pl.DataFrame([pl.Series("row", np.arange(self.rows)), *columns])

    def info(self, name: str) -> tuple[pl.Series, int | None]:
        """Return a field's values, null where it is absent, and the first row that has it twice."""
        found, after = self._entries(name)
        valued = self._text.bytes[after] == _EQUALS
        found, after = found[valued], after[valued]
        rows = self._rows[found]
        twice = np.flatnonzero(rows[1:] == rows[:-1])
        values = self._text.strings(after + 1, self._stops[found])
        place = np.full(self.rows, -1, dtype=np.int64)
        place[rows] = np.arange(rows.size)
        index = pl.Series(place, dtype=pl.Int64).to_frame("at")
        column = index.select(pl.when(pl.col("at") >= 0).then(pl.col("at"))).to_series()
        return values.gather(column).alias(name), int(rows[twice[0]]) if twice.size else None

    def flag(self, name: str) -> pl.Series:
        """Return whether each row has a flag."""
        found, _ = self._entries(name)
        present = np.zeros(self.rows, dtype=np.bool_)
        present[self._rows[found]] = True
        return pl.Series(name, present)

    def _entries(self, name: str) -> tuple[Offsets, Offsets]:
        """Return the INFO entries of a name, and the offset just after it in each."""
        code = name.encode()
        head = code[:_WORD]
        mask = np.uint64((1 << 8 * len(head)) - 1)
        found = np.flatnonzero((self._words & mask) == np.uint64(int.from_bytes(head, "little")))
        for place in range(_WORD, len(code)):
            found = found[self._text.bytes[self._starts[found] + place] == code[place]]
        after = self._starts[found] + len(code)
        # A name that is only the beginning of a longer one goes on with another letter.
        whole = (after == self._stops[found]) | (
            (self._text.bytes[np.minimum(after, self._text.size)] == _EQUALS)
            & (after < self._stops[found])
        )
        return found[whole], after[whole]
