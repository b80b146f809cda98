"""Records of a called CNV or SV VCF as copy numbers: what each ALT is, from where, to where.

Read for this: the VCF 4.3 and 4.4 specifications (symbolic alleles: POS is the base before the
event; END; SVLEN, one an ALT; CN), and the output that Manta, DRAGEN, GATK-gCNV (ALT
``<DEL>,<DUP>``, GT 0 to 2, CN), CNVkit, Canvas (``<CNV>`` and CN), Sniffles (bases or symbols) and
the 1000 Genomes (``<CN0>``, ``<CN2>``) write.
"""

from collections import Counter

import polars as pl

from varinterp.model.chromosome import Chromosome
from varinterp.sources.fault_book import FaultBook, shown

SHORTEST = 50
"""Bases: what is shorter is a small variant, which the family's other VCF has."""

OTHER_CONTIG, MITOCHONDRIAL, FILTERED, SMALL = "other_contig", "mitochondrial", "filtered", "small"
REFERENCE, OTHER_TYPE = "reference", "other_type"
NAMED_TYPES = ("INS", "INV", "BND", "CPX", "CTX", "TRA")
"""Kinds that are counted by name and not assessed: they change no number of copies by themselves,
or by what cannot be read off the record."""

_LENGTHS = {chromosome.value: chromosome.length for chromosome in Chromosome}
_SYMBOL = r"^<([^:>]+)"


def copy_number_records(rows: pl.DataFrame, aside: Counter[str], book: FaultBook) -> pl.DataFrame:
    """Return one row an ALT that is a loss, a gain or a counted stretch.

    Beside the columns of `rows` it has ``chromosome``, ``start`` and ``end`` (1-based inclusive),
    ``allele`` (number in GT) and ``type``: DEL, DUP or CNV. Everything else is counted in `aside`,
    by reason, or is a fault.
    """
    placed = _placed(rows, aside, book)
    alleles = _alleles(placed)
    alleles = _of_type(alleles, aside)
    passed = pl.col("FILTER").is_in(["PASS", ".", ""])
    alleles = _drop(alleles, ~passed, FILTERED, aside)
    located = _located(alleles, book)
    return _drop(located, pl.col("end") - pl.col("start") + 1 < SHORTEST, SMALL, aside)


def _placed(rows: pl.DataFrame, aside: Counter[str], book: FaultBook) -> pl.DataFrame:
    """Keep records on the chromosomes of the nucleus, with a position."""
    names = rows["CHROM"].unique().to_list()
    known = {name: found.value for name in names if (found := Chromosome.parse(name)) is not None}
    placed = rows.with_columns(
        pl.col("CHROM")
        .replace_strict(known, default=None, return_dtype=pl.String)
        .alias("chromosome"),
        pl.col("POS").cast(pl.Int64, strict=False).alias("position"),
    )
    placed = _drop(placed, pl.col("chromosome").is_null(), OTHER_CONTIG, aside)
    placed = _drop(placed, pl.col("chromosome") == Chromosome.MT.value, MITOCHONDRIAL, aside)
    bad = pl.col("position").is_null() | (pl.col("position") < 0)
    book.add_rows("vcf.pos", placed.filter(bad), lambda row: shown(row["POS"]))
    return placed.filter(~bad)


def _alleles(rows: pl.DataFrame) -> pl.DataFrame:
    return (
        rows.with_columns(pl.col("ALT").str.split(",").alias("alt"))
        .with_columns(pl.int_ranges(1, pl.col("alt").list.len() + 1).alias("allele"))
        .explode("alt", "allele", empty_as_null=False)
    )


def _of_type(rows: pl.DataFrame, aside: Counter[str]) -> pl.DataFrame:
    """Name what each ALT is, and keep losses, gains and counted stretches."""
    symbol = pl.col("alt").str.extract(_SYMBOL)
    haplotype = symbol.str.extract(r"^CN([0-9]+)$").cast(pl.Int64, strict=False)
    shorter = pl.col("REF").str.len_bytes().cast(pl.Int64) - pl.col("alt").str.len_bytes().cast(
        pl.Int64
    )
    kind = (
        pl.when(pl.col("alt").is_in([".", "*", "<NON_REF>", "<*>"]) | (haplotype == 1))
        .then(pl.lit(REFERENCE))
        .when(haplotype == 0)
        .then(pl.lit("DEL"))
        .when(haplotype > 1)
        .then(pl.lit("DUP"))
        .when(symbol.is_in(["DEL", "DUP", "CNV", *NAMED_TYPES]))
        .then(symbol)
        .when(symbol.is_not_null())
        .then(pl.lit(OTHER_TYPE))
        .when(pl.col("alt").str.contains(r"[\[\]]|^\.|\.$"))
        .then(pl.lit("BND"))
        .when(shorter >= SHORTEST)
        .then(pl.lit("DEL"))
        .when(shorter <= -SHORTEST)
        .then(pl.lit("INS"))
        .otherwise(pl.lit(SMALL))
    )
    named = rows.with_columns(kind.alias("type"))
    wanted = pl.col("type").is_in(["DEL", "DUP", "CNV"])
    others = named.filter(~wanted).group_by("type").len()
    aside.update(dict(others.iter_rows()))
    return named.filter(wanted)


def _located(rows: pl.DataFrame, book: FaultBook) -> pl.DataFrame:
    """Work out first and last base; refuse a record without an end on its chromosome."""
    symbolic = pl.col("alt").str.starts_with("<")
    lengths = pl.col("INFO").str.extract(r"(?:^|;)SVLEN=([^;]+)").str.split(",")
    length = pl.coalesce(
        lengths.list.get(pl.col("allele") - 1, null_on_oob=True), lengths.list.get(0)
    )
    stated = pl.col("INFO").str.extract(r"(?:^|;)END=([0-9]+)").cast(pl.Int64, strict=False)
    by_length = pl.col("position") + length.cast(pl.Int64, strict=False).abs()
    last_ref = pl.col("position") + pl.col("REF").str.len_bytes().cast(pl.Int64) - 1
    located = rows.with_columns(
        pl.when(symbolic).then(pl.coalesce(stated, by_length)).otherwise(last_ref).alias("end"),
        pl.when(symbolic)
        .then(pl.col("position") + 1)
        .otherwise(pl.col("position") + pl.col("alt").str.len_bytes().cast(pl.Int64))
        .alias("start"),
    )
    no_end = pl.col("end").is_null() | (pl.col("end") < pl.col("start"))
    book.add_rows("vcf.sv_end", located.filter(no_end), lambda row: "no END or SVLEN after POS")
    located = located.filter(~no_end)
    beyond = pl.col("end") > pl.col("chromosome").replace_strict(_LENGTHS, return_dtype=pl.Int64)
    book.add_rows("vcf.pos_range", located.filter(beyond), lambda row: "an end beyond it")
    return located.filter(~beyond)


def _drop(rows: pl.DataFrame, condition: pl.Expr, reason: str, aside: Counter[str]) -> pl.DataFrame:
    kept = rows.filter(~condition)
    if kept.height < rows.height:
        aside[reason] += rows.height - kept.height
    return kept
