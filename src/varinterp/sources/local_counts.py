"""A laboratory's own counts of alleles, as a table or as a VCF of sites, block by block.

The table is tab-separated text with the columns ``allele`` (GRCh38:chromosome-position-ref-alt),
``ac``, ``an`` and, where the laboratory counts them, ``homozygotes``, ``affected`` and
``unaffected`` (carriers). The VCF has AC (one an ALT) and AN, and may have HOM, CARRIERS_AFFECTED
and CARRIERS_UNAFFECTED (one an ALT). Neither has a column for a person.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.sources.lines import numbered_lines, shown
from varinterp.sources.sites_vcf import read_sites

COUNTS = ("ac", "an", "homozygotes", "affected", "unaffected")
_NEEDED = ("ac", "an")
_VCF = {
    "AC": "ac", "AN": "an", "HOM": "homozygotes", "CARRIERS_AFFECTED": "affected",
    "CARRIERS_UNAFFECTED": "unaffected",
}  # fmt: skip
_PER_ALT = frozenset(_VCF) - {"AN"}
_ALLELE = r"^(?:GRCh38:)?([0-9XYMT]{1,2})-([0-9]{1,9})-([ACGT]+)-([ACGT]+)$"
_SHOWN_FAULTS = 5


def table_counts(path: Path) -> pl.DataFrame:
    """Read a table of counts: ``chromosome``, ``position``, ``ref``, ``alt``, `COUNTS`, ``line``.

    Raises ReleaseError, by line, for a cell that is not what its column takes.
    """
    names = _names(path)
    try:
        texts = pl.read_csv(
            path, separator="\t", infer_schema=False, quote_char=None, truncate_ragged_lines=False
        )
    except pl.exceptions.PolarsError as error:
        raise ReleaseError(f"{path.name} cannot be read: {error}") from error
    parts = pl.col("allele").str.extract_groups(_ALLELE)
    rows = texts.with_row_index("line", offset=2).select(
        pl.col("line").cast(pl.Int64),
        parts.struct.field("1").alias("chromosome"),
        parts.struct.field("2").cast(pl.Int32).alias("position"),
        parts.struct.field("3").alias("ref"),
        parts.struct.field("4").alias("alt"),
        *(_number(name, given=name in names) for name in COUNTS),
    )
    unread = pl.any_horizontal(
        pl.col("position").is_null(),
        *(
            pl.col(name).is_null() & (texts[name] != "").fill_null(False)
            for name in names
            if name in COUNTS
        ),
    )
    _refuse(path, rows, unread, "the allele or a count cannot be read")
    return check_counts(path, rows)


def vcf_counts(path: Path) -> tuple[Iterator[pl.DataFrame], Counter[str]]:
    """Read a VCF of sites in blocks of the columns of `table_counts`.

    The counter is filled while the blocks are read: rows on other contigs. Raises ReleaseError, by
    line, for counts that cannot be.
    """
    sites = read_sites(path, dict.fromkeys(_VCF, pl.Int64), per_alt=_PER_ALT)
    place = ("line", "chromosome", "position", "ref", "alt")
    blocks = (
        check_counts(
            path, block.select(*place, *(pl.col(name).alias(to) for name, to in _VCF.items()))
        )
        for block in sites
    )
    return blocks, sites.set_aside


def check_counts(path: Path, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows; raise ReleaseError, by line, for counts that cannot be."""
    ac, an = pl.col("ac"), pl.col("an")
    carriers = pl.col("affected").fill_null(0) + pl.col("unaffected").fill_null(0)
    possible = (
        ac.is_not_null()
        & an.is_not_null()
        & pl.all_horizontal(pl.col(name).fill_null(0) >= 0 for name in COUNTS)
        & (ac <= an)
        & (pl.col("homozygotes").fill_null(0) * 2 <= ac)
        & (carriers <= ac)
    )
    _refuse(path, rows, ~possible, "counts that cannot be: 0 ≤ carriers ≤ AC ≤ AN is expected")
    return rows


def _names(path: Path) -> list[str]:
    _, header = next(numbered_lines(path), (1, ""))
    names = header.removeprefix("\ufeff").split("\t")
    unknown = sorted(set(names) - {"allele", *COUNTS})
    missing = [name for name in ("allele", *_NEEDED) if name not in names]
    if unknown or missing or len(set(names)) != len(names):
        raise ReleaseError(
            f"{path.name}:1: expected the columns allele, {', '.join(COUNTS)}, each once; "
            f"missing: {', '.join(missing) or 'none'}; "
            f"unknown: {', '.join(map(shown, unknown)) or 'none'}"
        )
    return names


def _number(name: str, *, given: bool) -> pl.Expr:
    if not given:
        return pl.lit(None, dtype=pl.Int64).alias(name)
    whole = pl.when(pl.col(name).str.contains(r"^[0-9]{1,9}$")).then(pl.col(name))
    return whole.cast(pl.Int64).alias(name)


def _refuse(path: Path, rows: pl.DataFrame, bad: pl.Expr | pl.Series, problem: str) -> None:
    lines = rows.filter(bad)["line"]
    if len(lines):
        places = ", ".join(map(str, lines.head(_SHOWN_FAULTS)))
        more = f" and {len(lines) - _SHOWN_FAULTS} more" if len(lines) > _SHOWN_FAULTS else ""
        raise ReleaseError(f"{path.name}, line {places}{more}: {problem}")
