"""CHROM and POS of a VCF's records: known contigs, one naming style, sorted, in range."""

import re
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from varinterp.fasta import Reference
from varinterp.model.chromosome import GRCH38_LENGTHS, Chromosome
from varinterp.sources.fault_book import FaultBook, shown
from varinterp.sources.vcf_header import Header

ASIDE = 0
"""Contig code of records that are counted and not interpreted."""
_REFUSED = -1
_PLAIN_NAME = re.compile(r"(?:[A-Za-z0-9._*|+-]+|<[A-Za-z0-9._*|+-]+>)", re.ASCII)
_DECLARED_NAME = re.compile(r"[^\s,<>]+")


def contig_style(name: str) -> str:
    """Say how a primary chromosome is named: ``chr``, ``bare`` or ``accession``."""
    if name.startswith("chr"):
        return "chr"
    return "accession" if name.startswith("NC_") else "bare"


@dataclass(slots=True)
class PositionCheck:
    """Follows contigs and positions from block to block.

    `records` and `aside` count the records of each contig, interpreted or not, in file order.
    """

    header: Header
    reference: Reference | None
    book: FaultBook
    style: str | None = None
    records: dict[str, int] = field(default_factory=dict)
    aside: dict[str, int] = field(default_factory=dict)
    _codes: dict[str, int] = field(default_factory=dict)
    _contig: str | None = None
    _last: tuple[str, int] = ("", 0)

    def check(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return the rows to interpret, with ``code`` (chromosome, 1 to 25) and ``pos``."""
        rows = self._with_codes(rows)
        good = rows["POS"].str.contains(r"^[1-9][0-9]{0,9}$")
        self.book.add_rows("vcf.pos", rows.filter(~good), lambda row: shown(row["POS"]))
        rows = rows.filter(good).with_columns(pos=pl.col("POS").cast(pl.Int64))
        self._order(rows)
        return self._in_range(rows.filter(pl.col("code") > ASIDE))

    def _with_codes(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Add ``code``, and ``run``: the number of the stretch of rows on one contig."""
        run = rows["CHROM"].rle_id()
        codes, at = [], 0
        for length, name in rows.select(pl.col("CHROM").rle()).unnest("CHROM").iter_rows():
            codes.append(self._enter(name, rows.item(at, "line"), length))
            at += length
        return rows.with_columns(code=pl.Series(codes, dtype=pl.Int8).gather(run), run=run)

    def _enter(self, name: str, line: int, length: int) -> int:
        """Count a run of `length` rows that starts at `line`; return its contig's code."""
        if name not in self._codes:
            self._codes[name] = self._resolve(name, line)
        elif name != self._contig:
            self.book.add("vcf.contig_split", "a contig that came before another", line)
        self._contig = name
        code = self._codes[name]
        if code == ASIDE:
            self.book.add("vcf.contig_aside", "another contig", line, count=length)
        counts = self.aside if code == ASIDE else self.records
        counts[name] = counts.get(name, 0) + length
        return code

    def _resolve(self, name: str, line: int) -> int:
        chromosome = Chromosome.parse(name)
        if chromosome is not None:
            return self._primary(name, chromosome, line)
        declared = name in self.header.contigs or (
            self.reference is not None and name in self.reference.names
        )
        if not (_DECLARED_NAME if declared else _PLAIN_NAME).fullmatch(name):
            self.book.add("vcf.contig_name", shown(name), line)
            return _REFUSED
        # A primary chromosome under another name must not be set aside in silence.
        is_disguised = self.header.contigs.get(name) in GRCH38_LENGTHS.values()
        is_unknown = not declared and (bool(self.header.contigs) or self.reference is not None)
        if is_disguised or is_unknown:
            self.book.add("vcf.contig_unknown", shown(name), line)
            return _REFUSED
        return ASIDE

    def _primary(self, name: str, chromosome: Chromosome, line: int) -> int:
        style = contig_style(name)
        if self.style not in (None, style):
            self.book.add("vcf.contig_mixed", f"{style} after {self.style}", line)
        self.style = self.style or style
        if self.reference is not None and self.reference.length(chromosome) is None:
            self.book.add("vcf.contig_unknown", "a contig that the reference lacks", line)
            return _REFUSED
        return chromosome.code

    def _order(self, rows: pl.DataFrame) -> None:
        if rows.is_empty():
            return
        positions, runs = rows["pos"].to_numpy(), rows["run"].to_numpy()
        contig, position = self._last
        first = position if rows.item(0, "CHROM") == contig else 0
        before = np.concatenate(([first], positions[:-1]))
        same_run = np.diff(runs, prepend=runs[0]) == 0
        self.book.add_rows(
            "vcf.unsorted",
            rows.filter(pl.Series((positions < before) & same_run)),
            lambda row: "a position below the one before",
        )
        self._last = (rows.item(-1, "CHROM"), int(positions[-1]))

    def _in_range(self, rows: pl.DataFrame) -> pl.DataFrame:
        if self.reference is None:
            return rows
        lengths = [self.reference.length(chromosome) or 0 for chromosome in Chromosome]
        limit = pl.Series([0, *lengths], dtype=pl.Int64).gather(rows["code"].cast(pl.UInt32))
        beyond = rows["pos"] + rows["REF"].str.len_bytes().cast(pl.Int64) - 1 > limit
        self.book.add_rows(
            "vcf.pos_range", rows.filter(beyond), lambda row: "a record beyond the contig's end"
        )
        return rows.filter(~beyond)
