"""Streaming a VCF of sites, whatever the width of its INFO: whole columns, a few fields.

Read for this: the VCF 4.3 specification (section 1.2 percent encoding, 1.4.2 header, 1.6.1 fixed
fields); the headers of ClinVar's ``clinvar.vcf.gz`` (fileformat 4.1, contigs without ``chr``, MT
and NW_/NT_ scaffolds among them) and gnomAD's sites files (``chr``, INFO of up to 10 kB).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn, TypeAlias

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.sources.lines import shown
from varinterp.sources.sites_block import SitesBlock
from varinterp.sources.text_blocks import text_blocks

Types: TypeAlias = Mapping[str, pl.DataType | type[pl.DataType]]

OTHER_CONTIG = "other_contig"
_HEADER = ("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO")
_ENCODED = {
    "%3A": ":", "%3B": ";", "%3D": "=", "%2C": ",", "%0D": "\r", "%0A": "\n", "%09": "\t",
    "%25": "%",
}  # fmt: skip


def read_sites(path: Path, info: Types, *, per_alt: frozenset[str] = frozenset()) -> "Sites":
    """Return the blocks of a sites VCF (plain, gzip or BGZF), to be iterated once.

    A block has ``chromosome`` (without ``chr``), ``position`` (1-based), ``id``, ``ref``, ``alt``,
    ``filter``, ``line`` (1-based in the file) and a column for each name of `info`, null where it
    is absent, empty or ``.``; a Boolean one tells whether the flag is there. A row of several ALT
    becomes one row each, with its part of the fields in `per_alt` (Number=A). Text is
    percent-decoded; REF, ALT and INFO are not judged. Raises ReleaseError, with the line, for what
    is not VCF.
    """
    return Sites(path, info, per_alt)


class Sites:
    """An iterator of blocks; `set_aside` counts the rows left out so far, and `header` is text."""

    def __init__(self, path: Path, info: Types, per_alt: frozenset[str]) -> None:
        self.path = path
        self.set_aside: Counter[str] = Counter()
        self.header: tuple[str, ...] = ()
        self._info = dict(info)
        self._per_alt = per_alt
        self._names: dict[str, str | None] = {}
        self._blocks = self._read()

    def __iter__(self) -> Iterator[pl.DataFrame]:
        return self

    def __next__(self) -> pl.DataFrame:
        return next(self._blocks)

    def _read(self) -> Iterator[pl.DataFrame]:
        header: list[str] = []
        for block in text_blocks(self.path):
            data, line = block.data, block.line
            if b"\r" in data:
                data = data.replace(b"\r\n", b"\n")
            if not self.header:
                length, lines = _header(data, header)
                data, line = data[length:], line + lines
                if not data:
                    continue
                self._check_header(header, line)
            if data:
                yield self._frame(data, line)
        if not self.header:
            self._check_header(header, len(header) + 1)

    def _check_header(self, header: list[str], line: int) -> None:
        if not header or not header[0].startswith("##fileformat=VCF"):
            self._refuse(1, "no ##fileformat=VCF…")
        if tuple(header[-1].split("\t")[: len(_HEADER)]) != _HEADER:
            self._refuse(line - 1, f"no line of column names ({' '.join(_HEADER)})")
        self.header = tuple(header)

    def _refuse(self, line: int, problem: str) -> NoReturn:
        raise ReleaseError(f"{self.path.name}:{line}: {problem}")

    def _frame(self, data: bytes, line: int) -> pl.DataFrame:
        block = SitesBlock(data)
        if block.short is not None:
            self._refuse(line + block.short, f"fewer than {len(_HEADER)} columns")
        fixed = block.fixed().with_columns((pl.col("row") + line).cast(pl.Int64).alias("line"))
        kept = self._place(fixed)
        columns = [self._info_column(block, name, line) for name in self._info]
        frame = kept.hstack(columns).filter(pl.col("chromosome").is_not_null()).drop("row")
        self.set_aside[OTHER_CONTIG] += kept.height - frame.height
        if not self.set_aside[OTHER_CONTIG]:
            del self.set_aside[OTHER_CONTIG]
        return self._typed(self._split(frame))

    def _place(self, fixed: pl.DataFrame) -> pl.DataFrame:
        for name in fixed["chromosome"].unique().to_list():
            if name not in self._names:
                found = Chromosome.parse(name)
                self._names[name] = None if found is None else found.value
        placed = fixed.with_columns(
            pl.col("chromosome").replace_strict(self._names, return_dtype=pl.String),
            pl.col("position").cast(pl.Int32, strict=False).alias("place"),
        )
        bad = placed.filter(pl.col("place").is_null() | (pl.col("place") < 0))
        if bad.height:
            self._refuse(bad["line"][0], f"POS {shown(bad['position'][0])} is not a number")
        empty = placed.filter((pl.col("ref") == "") | (pl.col("alt") == ""))
        if empty.height:
            self._refuse(empty["line"][0], "REF or ALT is empty")
        return placed.with_columns(
            pl.col("place").alias("position"),
            *(_present(pl.col(name)).alias(name) for name in ("id", "filter")),
        ).drop("place")

    def _info_column(self, block: SitesBlock, name: str, line: int) -> pl.Series:
        if self._info[name] == pl.Boolean:
            return block.flag(name)
        values, twice = block.info(name)
        if twice is not None:
            self._refuse(line + twice, f"INFO has {name} twice")
        return values.to_frame().select(_present(pl.col(name))).to_series()

    def _split(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Give every ALT a row of its own, with its part of the fields of one value an ALT."""
        several = frame["alt"].str.contains(",", literal=True)
        if not several.any():
            return frame
        parts = [name for name in self._info if name in self._per_alt]
        lists = frame.filter(several).with_columns(pl.col("alt", *parts).str.split(","))
        alts = pl.col("alt").list.len()
        for name in parts:
            wrong = lists.filter(pl.col(name).list.len() != alts)
            if wrong.height:
                self._refuse(wrong["line"][0], f"{name} does not have one value an ALT")
        whole = lists.with_columns(
            pl.when(pl.col(name).is_null())
            .then(pl.lit(None, pl.String).repeat_by(alts))
            .otherwise(pl.col(name))
            .alias(name)
            for name in parts
        ).explode("alt", *parts, empty_as_null=True)
        split = whole.with_columns(_present(pl.col(name)) for name in parts)
        return pl.concat([frame.filter(~several), split]).sort("line", maintain_order=True)

    def _typed(self, frame: pl.DataFrame) -> pl.DataFrame:
        columns = []
        for name, kind in self._info.items():
            column = frame[name]
            if kind == pl.String:
                if column.str.contains("%", literal=True).any():
                    column = column.str.replace_many(_ENCODED)
            elif kind != pl.Boolean:
                column = self._number(frame, name, kind)
            columns.append(column)
        return frame.with_columns(columns).select(
            "chromosome", "position", "id", "ref", "alt", "filter", "line", *self._info
        )

    def _number(
        self, frame: pl.DataFrame, name: str, kind: pl.DataType | type[pl.DataType]
    ) -> pl.Series:
        number = frame[name].cast(kind, strict=False)
        bad = frame.filter(number.is_null() & frame[name].is_not_null())
        if bad.height:
            self._refuse(bad["line"][0], f"{name} {shown(bad[name][0])} is not {kind}")
        return number


def _present(column: pl.Expr) -> pl.Expr:
    return pl.when((column != ".") & (column != "")).then(column)


def _header(data: bytes, header: list[str]) -> tuple[int, int]:
    """Add the header lines at the start of a block; return their bytes and their number."""
    place = lines = 0
    while data.startswith(b"#", place):
        end = data.index(b"\n", place)
        header.append(data[place:end].decode())
        place, lines = end + 1, lines + 1
    return place, lines
