"""gnomAD's mitochondrial sites: carriers with all copies altered, with some, and how many copies.

Read for this: gnomAD 3.1's own rows of the whole mitochondrial genome, reduced to AC_hom, AC_het,
AF_hom, AF_het, AN_total and MAX_HL; the released file names the last two AN and max_hl
(gnomAD's mitochondrial export code). AC_hom counts people whose heteroplasmy is 0.95 or more,
AC_het those from 0.10 to 0.95 (Laricchia 2022, PMID 35074858).
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pyarrow as pa

from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.sources.gnomad_filters import filter_bits
from varinterp.sources.keyed import ALLELE_FIELDS
from varinterp.sources.parquet import read_frame
from varinterp.sources.sites_vcf import read_sites

MITOCHONDRIAL = "mitochondrial.parquet"
MITOCHONDRIAL_SCHEMA = pa.schema(
    [
        *ALLELE_FIELDS,
        pa.field("an", pa.int32(), nullable=False),
        pa.field("ac_hom", pa.int32(), nullable=False),
        pa.field("ac_het", pa.int32(), nullable=False),
        pa.field("af_hom", pa.float64(), nullable=False),
        pa.field("af_het", pa.float64(), nullable=False),
        pa.field("max_heteroplasmy", pa.float64()),
        pa.field("filters", pa.string(), nullable=False),
    ]
)
"""Sorted by key. `max_heteroplasmy` is the highest share of altered copies in anybody."""
_NEIGHBOURS = 10
"""A row speaks for so many bases on either side of it."""
_FIELDS = {
    "an": "AN", "ac_hom": "AC_hom", "ac_het": "AC_het", "af_hom": "AF_hom", "af_het": "AF_het",
    "max_heteroplasmy": "max_hl",
}  # fmt: skip


def read_mitochondrial(
    path: Path, fields: Mapping[str, str], set_aside: Counter[str]
) -> pl.DataFrame:
    """Return the rows of a mitochondrial sites VCF; `fields` replaces INFO names."""
    names = _FIELDS | dict(fields)
    sites = read_sites(path, {info: _type(name) for name, info in names.items()})
    blocks = [block.rename({info: name for name, info in names.items()}) for block in sites]
    if not blocks:
        raise ReleaseError(f"{path.name} has no rows")
    rows = pl.concat(blocks)
    foreign = rows.filter(pl.col("chromosome") != Chromosome.MT.value)
    if foreign.height:
        raise ReleaseError(f"{path.name}:{foreign['line'][0]}: not the mitochondrial genome")
    needed = rows.filter(pl.any_horizontal(pl.col("an", "ac_hom", "ac_het").is_null()))
    if needed.height:
        raise ReleaseError(f"{path.name}:{needed['line'][0]}: a row without its counts")
    filter_bits(rows["filter"], path.name)
    set_aside.update(sites.set_aside)
    return rows.rename({"filter": "filters"}).with_columns(
        _share("af_hom", "ac_hom"), _share("af_het", "ac_het")
    )


def as_frequencies(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows as those of a frequency release: people with all copies altered.

    There is no pair of chromosomes, so that nobody is homozygous or hemizygous, and no group.
    """
    return rows.select(
        "key", "ref", "alt",
        pl.col("ac_hom").alias("ac"),
        "an",
        pl.col("af_hom").alias("af"),
        pl.lit(None, pl.Float64).alias("faf95"),
        pl.lit(None, pl.String).alias("faf95_group"),
        pl.lit(None, pl.Float64).alias("group_max_af"),
        pl.lit(None, pl.Int32).alias("nhomalt"),
        pl.lit(None, pl.Int32).alias("hemizygotes"),
        "filters",
        pl.lit(value=False).alias("constructed"),
    )  # fmt: skip


def looked_at(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the stretches (chromosome, start, end) where an allele without a row was not found.

    The release has no table of coverage. Its rows show where people were called: in gnomAD 3.1 they
    are never more than 14 bases apart, and 42,998 of 56,434 people or more were called at each but
    one. A stretch is made of well-called rows (half of the best row's people) that are neighbours.
    """
    called = rows.filter(pl.col("an") * 2 >= pl.col("an").max()).sort("position")
    apart = pl.col("position") - pl.col("position").shift() > 2 * _NEIGHBOURS
    return (
        called.with_columns(apart.fill_null(value=False).cum_sum().alias("stretch"))
        .group_by("chromosome", "stretch", maintain_order=True)
        .agg(
            (pl.col("position").min() - _NEIGHBOURS).clip(1).cast(pl.Int32).alias("start"),
            (pl.col("position").max() + _NEIGHBOURS)
            .clip(1, Chromosome.MT.length)
            .cast(pl.Int32)
            .alias("end"),
        )
        .drop("stretch")
    )


def _type(name: str) -> type[pl.DataType]:
    return pl.Float64 if name.startswith(("af", "max")) else pl.Int32


def _share(frequency: str, count: str) -> pl.Expr:
    counted = pl.when(pl.col("an") > 0).then(pl.col(count) / pl.col("an")).otherwise(0.0)
    return pl.coalesce(frequency, counted).alias(frequency)


def read_mitochondria(folder: Path) -> pl.DataFrame:
    """Return a release's mitochondrial table, without rows when it has none."""
    path = folder / MITOCHONDRIAL
    if not path.is_file():
        return pl.DataFrame(schema=pl.Schema(MITOCHONDRIAL_SCHEMA))
    return read_frame(path, MITOCHONDRIAL_SCHEMA)
