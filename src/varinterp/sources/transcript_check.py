"""What makes a table of transcripts unusable: words, accessions and coordinates, by line."""

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from varinterp.errors import Fault
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Mane
from varinterp.sources.lines import shown

_VERSIONED = r"^[A-Za-z]+_?[A-Za-z0-9]*[0-9]\.[0-9]+$"
_LENGTHS = {chromosome.value: chromosome.length for chromosome in Chromosome}


class _Check(NamedTuple):
    """A rule about one column; `good` is true for a row that keeps it."""

    column: str
    good: pl.Expr
    expected: str
    advice: str


def table_faults(frame: pl.DataFrame, file: str, line: pl.Expr) -> list[Fault]:
    """Return everything that is wrong with a table; `line` numbers its rows from 1."""
    numbered = frame.with_columns(line.cast(pl.Int64).alias("_line"))
    faults = [fault for check in _WORDS for fault in _failing(numbered, file, check)]
    paired = numbered.filter(
        (pl.col("exon_starts").list.len() == pl.col("exon_ends").list.len()).fill_null(False)
        & (pl.col("exon_starts").list.len() > 0)
        & pl.col("chromosome").is_in(list(_LENGTHS))
    )
    shape = _shape(paired)
    faults += [fault for check in _SHAPE for fault in _failing(shape, file, check)]
    return sorted(faults, key=lambda fault: (fault.line or 0, fault.rule))


def _failing(frame: pl.DataFrame, file: str, check: _Check) -> Iterator[Fault]:
    bad = frame.filter(~check.good.fill_null(False)).select("_line", check.column)
    for line, value in bad.iter_rows():
        yield Fault(
            f"transcripts.{check.column}",
            file,
            "nothing" if value is None else shown(str(value)),
            check.expected,
            check.advice,
            line=line,
            column=check.column,
        )


def _optional(column: str, good: pl.Expr) -> pl.Expr:
    return good | pl.col(column).is_null()


def _accession(column: str) -> _Check:
    good = pl.col(column).str.contains(_VERSIONED)
    return _Check(
        column,
        good if column == "id" else _optional(column, good),
        "an accession with its version",
        "write it as ENST00000327374.9",
    )


_WORDS = (
    _accession("id"),
    _accession("refseq"),
    _accession("protein"),
    _accession("refseq_protein"),
    _accession("ensembl_gene"),
    _Check("id", pl.col("id").is_unique(), "one row an id", "remove the other row"),
    _Check("gene", pl.col("gene").str.len_chars() > 0, "a gene symbol", "give the HGNC symbol"),
    _Check(
        "hgnc",
        _optional("hgnc", pl.col("hgnc").str.contains("^HGNC:[1-9][0-9]*$")),
        "an HGNC id or nothing",
        "write it as HGNC:1100",
    ),
    _Check(
        "chromosome",
        pl.col("chromosome").is_in(list(_LENGTHS)),
        "a chromosome without chr",
        "write 1 to 22, X, Y or MT",
    ),
    _Check("strand", pl.col("strand").is_in([1, -1]), "1 or -1", "correct the strand"),
    _Check(
        "mane",
        _optional("mane", pl.col("mane").is_in([word.value for word in Mane])),
        "select, plus_clinical or nothing",
        "correct the word",
    ),
    _Check(
        "exon_starts",
        (pl.col("exon_starts").list.len() == pl.col("exon_ends").list.len())
        & (pl.col("exon_starts").list.len() > 0),
        "as many exon starts as ends, at least one",
        "give every exon as start-end",
    ),
)

_SHAPE = (
    _Check(
        "exon_ends",
        pl.col("ordered"),
        "exons in genome order, apart from each other, each start at or before its end",
        "sort the exons by position and correct those that overlap",
    ),
    _Check(
        "exon_starts", pl.col("inside"), "exons inside the chromosome", "correct the coordinates"
    ),
    _Check("cds_start", pl.col("starts"), "a base of an exon", "correct the coding start"),
    _Check("cds_end", pl.col("ends"), "a base of an exon", "correct the coding end"),
    _Check(
        "cds_end",
        pl.col("cds_start") <= pl.col("cds_end"),
        "a coding end at or after the coding start, in genome order",
        "swap the two",
    ),
)


def _shape(paired: pl.DataFrame) -> pl.DataFrame:
    """One row a transcript: whether its exons are ordered and hold its coding bounds."""
    start, end = pl.col("exon_starts"), pl.col("exon_ends")
    length = pl.col("chromosome").replace_strict(_LENGTHS, return_dtype=pl.Int64)
    return (
        paired.explode("exon_starts", "exon_ends", empty_as_null=False)
        .group_by("_line", "cds_start", "cds_end", maintain_order=True)
        .agg(
            ordered=((start <= end) & (start > end.shift(1)).fill_null(True)).all(),
            inside=((start >= 1) & (end <= length)).all(),
            starts=((start <= pl.col("cds_start")) & (pl.col("cds_start") <= end)).any(),
            ends=((start <= pl.col("cds_end")) & (pl.col("cds_end") <= end)).any(),
            exon_starts=start.min(),
            exon_ends=end.max(),
        )
    )
