"""Both sides of the whole path hold the same rows: allele, genotypes, counts and class."""

import subprocess
from pathlib import Path

import polars as pl

from benchmarks.baseline.whole_path import ANNOTATED
from benchmarks.genome import PEOPLE
from benchmarks.ours.whole_path import VARIANTS
from benchmarks.task import Done

_QUERY = (
    r"%CHROM\t%POS\t%REF\t%ALT\t%FILTER\t%AC_g\t%AN_g\t%AF_g\t%nhomalt\t%faf95\t%grpmax"
    r"\t%CLNSIG\t%CLNREVSTAT\t%CLNDN[\t%GT\t%AD{0}\t%AD{1}\t%DP\t%GQ]\n"
)
_SITE = {
    "chromosome": pl.String, "position": pl.Int32, "ref": pl.String, "alt": pl.String,
    "filter": pl.String, "ac": pl.Int32, "an": pl.Int32, "af": pl.Float32, "nhomalt": pl.Int32,
    "faf95": pl.Float32, "faf95_group": pl.String, "significance": pl.String, "stars": pl.String,
    "condition": pl.String,
}  # fmt: skip
_NUMBERS = ("ref_depth", "alt_depth", "depth", "genotype_quality")
_PLACE = ["chromosome", "position", "ref", "alt"]


def prepare(folder: Path) -> Path:
    """Name the folder of the trio."""
    return folder


def work(folder: Path) -> Done:
    """Compare; RuntimeError with the first column that differs."""
    mine, theirs = _ours(folder / "ours" / VARIANTS), _theirs(folder / "bcftools" / ANNOTATED)
    if mine.height != theirs.height:
        raise RuntimeError(f"{mine.height} rows here and {theirs.height} there")
    for name in theirs.columns:
        if not mine[name].equals(theirs[name], null_equal=True):
            raise RuntimeError(f"{name} differs")
    return Done(f"{mine.height} rows equal in {', '.join(theirs.columns)}")


def _ours(path: Path) -> pl.DataFrame:
    said = pl.col("clinvar_significance").list.first().alias("significance")
    stars = pl.format("stars_{}", "clinvar_stars").alias("stars")
    table = pl.scan_parquet(path).select(
        *_PLACE, pl.col("filter").replace(".", None), "ac", "an", pl.col("af").cast(pl.Float32),
        "nhomalt", pl.col("faf95").cast(pl.Float32), "faf95_group", said, stars,
        pl.col("clinvar_conditions").list.first().alias("condition"),
        *(
            pl.col("genotypes").list.get(index).struct.field(name).alias(f"{name} {index}")
            for index in range(len(PEOPLE))
            for name in ("copies", *_NUMBERS)
        ),
    )  # fmt: skip
    return table.sort(_PLACE).collect()


def _theirs(path: Path) -> pl.DataFrame:
    schema = dict(_SITE)
    for index in range(len(PEOPLE)):
        schema |= {f"gt {index}": pl.String}
        schema |= dict.fromkeys((f"{name} {index}" for name in _NUMBERS), pl.Int32)
    table = path.with_suffix(".tsv")
    subprocess.run(  # noqa: S603 - a tool of ours
        ["/usr/bin/bcftools", "query", "-f", _QUERY, "-o", str(table), str(path)], check=True
    )
    rows = pl.scan_csv(table, separator="\t", has_header=False, schema=schema, null_values=".")
    copies = [
        pl.col(f"gt {index}").str.count_matches("1").cast(pl.Int8).alias(f"copies {index}")
        for index in range(len(PEOPLE))
    ]
    found = rows.with_columns(pl.col("chromosome").str.strip_prefix("chr"), *copies)
    return found.drop([f"gt {index}" for index in range(len(PEOPLE))]).sort(_PLACE).collect()
