"""Which ALT of its record an entry of `CSQ` speaks of.

VEP writes an allele its own way: when a record has an indel and all its alleles start with the
same base, that base is cut off all of them, and nothing is written ``-``. With several ALT,
ALLELE_NUM (VEP's ``--allele_number``) is preferred. A record that was split after annotation
keeps the entries of its former neighbours: those are dropped.
"""

from pathlib import Path

import polars as pl

from varinterp.errors import Fault, InputError

_BASES = "^[ACGTNacgtn]+$"


def with_alleles(entries: pl.DataFrame, vcf: Path) -> pl.DataFrame:
    """Give every entry the one ALT it is about; raise InputError where that cannot be told.

    `entries` has line, ref, alt (as in the record), Allele and, when VEP wrote it, ALLELE_NUM;
    in the result `alt` is a single allele, and entries of alleles that were split off are gone.
    """
    named = _alternatives(entries)
    joined = entries.drop("ref", "alt").join(named, on="line", maintain_order="left_right")
    lone = (pl.col("alts") == 1) & (pl.col("Allele").n_unique().over("line") == 1)
    same = pl.col("Allele") == pl.col("vep_allele")
    if "ALLELE_NUM" in entries.columns:
        number = pl.col("ALLELE_NUM").cast(pl.Int64, strict=False)
        same = pl.when(pl.col("alts") > 1).then(number == pl.col("number")).otherwise(same)
    matched = joined.filter(lone | same)
    _check(entries, named, matched, vcf)
    return matched.drop("vep_allele", "number", "alts")


def _alternatives(entries: pl.DataFrame) -> pl.DataFrame:
    """One row an ALT: line, ref, alt, its 1-based number, how many there are, VEP's name for it."""
    alts = pl.col("alt").str.split(",")
    records = entries.select("line", "ref", "alt").unique("line", maintain_order=True)
    rows = records.with_columns(
        alt=alts, alts=alts.list.len(), number=pl.int_ranges(1, alts.list.len() + 1)
    ).explode("alt", "number", empty_as_null=False)
    alt, star = pl.col("alt"), pl.col("alt").str.contains("*", literal=True)
    indel = (alt.str.len_bytes() != pl.col("ref").str.len_bytes()).any().over("line")
    anchored = (alt.str.slice(0, 1) == pl.col("ref").str.slice(0, 1)) | star
    cut = indel & anchored.all().over("line") & ~star
    rest = pl.when(alt.str.len_bytes() > 1).then(alt.str.slice(1)).otherwise(pl.lit("-"))
    return rows.with_columns(vep_allele=pl.when(cut).then(rest).otherwise(alt))


def _check(entries: pl.DataFrame, named: pl.DataFrame, matched: pl.DataFrame, vcf: Path) -> None:
    spoken = matched.select("line", "alt").unique()
    silent = named.filter(pl.col("alt").str.contains(_BASES)).join(
        spoken, on=["line", "alt"], how="anti"
    )
    several = entries.filter(pl.col("alt").str.contains(",", literal=True))
    astray = several.select("line", "entry").join(matched, on=["line", "entry"], how="anti")
    lines = sorted({*silent["line"], *astray["line"]})
    if lines:
        raise InputError([_fault(vcf, line) for line in lines])


def _fault(vcf: Path, line: int) -> Fault:
    return Fault(
        "vep.allele",
        vcf.name,
        "CSQ whose Allele is not one of the record's ALT",
        "CSQ made of the record as it is",
        "normalise and split the file first, then run VEP on it, or use --allele_number",
        line=line,
        column="CSQ",
    )
