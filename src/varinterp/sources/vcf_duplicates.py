"""Alleles that a VCF gives twice, as written or after left-alignment."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from varinterp.fasta import Reference
from varinterp.model.chromosome import Chromosome
from varinterp.sources.fault_book import FaultBook
from varinterp.sources.vcf_rows import sample_column

_REACH = 200
"""Bases that an indel is followed to the left, and that may lie between two spellings of it."""
_SITE = ["code", "pos"]


@dataclass(slots=True)
class DuplicateCheck:
    """Looks for repeated alleles; a block never ends inside a position.

    Indels near the end of a block are kept to be compared with those of the next.
    """

    samples: Sequence[int]
    reference: Reference | None
    book: FaultBook
    _indels: pl.DataFrame | None = None

    def check(self, rows: pl.DataFrame) -> None:
        """Warn of alleles given twice; refuse them when their genotypes differ."""
        self._as_written(rows)
        if self.reference is not None:
            self._shifted(rows, self.reference)

    def _as_written(self, rows: pl.DataFrame) -> None:
        again = rows.filter(_beside_its_like(rows))
        again = again.filter(again["ALT"].str.contains(r"^[ACGTacgt,]+$")).with_columns(
            pl.col("REF").str.to_uppercase(),
            pl.col("ALT").str.to_uppercase(),
            calls=_calls(self.samples),
        )
        key = [*_SITE, "REF", "ALT"]
        again = again.filter(again.select(key).is_duplicated())
        self._record(_grouped(again, key), "vcf.duplicate", "an allele given before")

    def _shifted(self, rows: pl.DataFrame, reference: Reference) -> None:
        """Indels of one size within reach of each other are left-aligned and compared."""
        known = _indels(rows, self.samples)
        if self._indels is not None:
            known = pl.concat([self._indels, known])
        indels = _near_pairs(known)
        self._indels = known.filter(
            (pl.col("code") == rows.item(-1, "code"))
            & (pl.col("pos") >= rows.item(-1, "pos") - _REACH)
        )
        for code in indels["code"].unique().sort():
            part = indels.filter(pl.col("code") == code)
            spelled = _left_aligned(part, reference, Chromosome.from_code(code))
            again = spelled.filter(
                spelled.select("aligned").is_duplicated()
                & ~spelled.select("aligned", "pos").is_duplicated()
            )
            groups = _grouped(again, ["aligned"]).filter(pl.col("line") >= rows.item(0, "line"))
            self._record(groups, "vcf.duplicate_shifted", "an allele given before, shifted")

    def _record(self, groups: pl.DataFrame, rule: str, found: str) -> None:
        self.book.add_rows(
            "vcf.duplicate_conflict",
            groups.filter("conflict"),
            lambda row: f"{found}, with another genotype",
        )
        self.book.add_rows(rule, groups.filter(~pl.col("conflict")), lambda row: found)


def _grouped(again: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """Return the last line of each allele, and whether its carriers' genotypes differ."""
    carried = pl.col("calls").str.contains("[1-9]").any()
    return again.group_by(key, maintain_order=True).agg(
        pl.col("line").last(), conflict=(pl.col("calls").n_unique() > 1) & carried
    )


def _calls(samples: Sequence[int]) -> pl.Expr:
    """The genotypes of a row as one text."""
    if not samples:
        return pl.lit("")
    return pl.concat_str([_unordered(sample_column(index)) for index in samples], separator=":")


def _unordered(column: str) -> pl.Expr:
    """A call without phase: 1|0 and 0/1 are one genotype."""
    call = pl.col(column).str.extract(r"^([^:]*)").str.replace("|", "/", literal=True)
    return call.str.split("/").list.sort().list.join("/")


def _beside_its_like(rows: pl.DataFrame) -> pl.Series:
    """Tell the rows that share their position with the one before or after."""
    same = (rows.select(_SITE) == rows.select(pl.col(_SITE).shift(1))).select(
        pl.all_horizontal(pl.all().fill_null(False))
    )
    after = same.to_series()
    return after | after.shift(-1, fill_value=False)


def _indels(rows: pl.DataFrame, samples: Sequence[int]) -> pl.DataFrame:
    return rows.filter(
        pl.col("simple") & (pl.col("REF").str.len_bytes() != pl.col("ALT").str.len_bytes())
    ).select(
        "line",
        "code",
        "pos",
        REF=pl.col("REF").str.to_uppercase(),
        ALT=pl.col("ALT").str.to_uppercase(),
        calls=_calls(samples),
    )


def _near_pairs(indels: pl.DataFrame) -> pl.DataFrame:
    """Return the indels that have another of their size within reach."""
    indels = indels.with_columns(
        gain=pl.col("ALT").str.len_bytes().cast(pl.Int64)
        - pl.col("REF").str.len_bytes().cast(pl.Int64),
    )
    indels = indels.sort("code", "gain", "pos", "line")
    near = indels.select(
        (pl.col("code") == pl.col("code").shift(1))
        & (pl.col("gain") == pl.col("gain").shift(1))
        & (pl.col("pos") - pl.col("pos").shift(1) <= _REACH)
    ).to_series()
    near = near.fill_null(False)
    return indels.filter(near | near.shift(-1, fill_value=False)).sort("line")


def _left_aligned(rows: pl.DataFrame, reference: Reference, chromosome: Chromosome) -> pl.DataFrame:
    """Return ``line``, ``pos``, ``calls`` and ``aligned``, a text that equal indels share."""
    positions = rows["pos"].to_numpy()
    grid = positions[:, None] - 1 + np.arange(-_REACH, 0)[None, :]
    bases = reference.bases(chromosome, np.maximum(grid, 0).ravel())
    upstream = bases.reshape(grid.shape)
    aligned = [
        "{}:{}>{}".format(
            *left_align(position, ref, alt, bytes(before[max(0, _REACH - position + 1) :]).decode())
        )
        for position, ref, alt, before in zip(
            positions.tolist(), rows["REF"], rows["ALT"], upstream, strict=True
        )
    ]
    return rows.select("line", "pos", "calls", aligned=pl.Series(aligned, dtype=pl.String))


def left_align(position: int, ref: str, alt: str, upstream: str) -> tuple[int, str, str]:
    """Return the leftmost parsimonious spelling within `upstream`, the bases before `position`.

    Tan, Abecasis & Kang 2015 (PMID 25701572).
    """
    before = upstream
    while ref[-1] == alt[-1] and (before or min(len(ref), len(alt)) > 1):
        ref, alt = ref[:-1], alt[:-1]
        if not ref or not alt:
            ref, alt, before = before[-1] + ref, before[-1] + alt, before[:-1]
            position -= 1
    while min(len(ref), len(alt)) > 1 and ref[0] == alt[0]:
        ref, alt, position = ref[1:], alt[1:], position + 1
    return position, ref, alt
