"""Normalising the sites of a source: split, REF-checked, left-aligned, trimmed, keyed and sorted.

Rows that are provably normal stay as they are: REF and ALT are A, C, G and T, REF is what the
reference has, the last bases differ, and either allele is a single base or the first bases differ
(Tan, Abecasis, Kang 2015, PMID 25701572). Everything else goes through ``bcftools norm``, so that
every row is what bcftools would have made of it. A row that is written with another letter than
these four is set aside before that, as a family's are.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl
import pysam
from numpy.typing import NDArray

from varinterp.annotate.allele_kind import SMALL, SetAside, kind
from varinterp.annotate.bcftools import Command, pipeline
from varinterp.annotate.columns import frames
from varinterp.annotate.key import keys
from varinterp.errors import InternalError
from varinterp.model.chromosome import Chromosome

NO_ALTERNATE = "no_alternate"
NOT_ACGT = "not_acgt"
SAME_ALLELE = "same_allele"
OUTSIDE_REFERENCE = "outside_reference"
REF_MISMATCH = "ref_mismatch"
"""Reasons for which a row is set aside, beside those of `allele_kind.SetAside` for symbols."""

_SITE = ("chromosome", "position", "ref", "alt")
_ROW, _WHY = "site_row", "site_reason"
_WINDOW = 1 << 24
"""Reference bases are read in stretches of 2^24, so that no chromosome is held whole."""
_UPPER = np.uint8(0xDF)
_MOVED = {"row": pl.UInt32, "position": pl.Int32, "ref": pl.String, "alt": pl.String}

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Contigs = Mapping[str, tuple[str, int]]


def normalise_sites(
    sites: pl.DataFrame, fasta: Path, scratch: Path
) -> tuple[pl.DataFrame, Counter[str]]:
    """Return the sites as normalised alleles with ``key``, and how many were set aside, by reason.

    `sites` has ``chromosome`` (named without ``chr``), ``position``, ``ref``, ``alt`` (several
    ALTs are joined by commas) and further columns, which stay with their row. The answer is sorted
    by key, REF, ALT and the order of `sites`; rows that become the same allele are all there.
    `fasta` is GRCh38 with its index; `scratch` an existing folder for temporary files.
    """
    rows = _split(sites)
    with pysam.FastaFile(str(fasta)) as bases:
        contigs = _contigs(bases)
        rows = rows.with_columns(_of_alleles().alias(_WHY))
        rows = rows.with_columns(pl.coalesce(_WHY, _outside(contigs)).alias(_WHY))
        rows = rows.with_columns(_of_reference(rows, bases, contigs))
    kept = rows.filter(pl.col(_WHY).is_null())
    normal = _is_normal()
    moved = _aligned(kept.filter(~normal), fasta, contigs, scratch)
    aside = Counter([*rows[_WHY].drop_nulls(), *moved[_WHY].drop_nulls()])
    whole = pl.concat([kept.filter(normal), moved.filter(pl.col(_WHY).is_null())])
    others = [name for name in sites.columns if name not in _SITE]
    answer = whole.with_columns(keys(whole)).sort("key", "ref", "alt", _ROW)
    return answer.select("key", *_SITE, *others), aside


def _split(sites: pl.DataFrame) -> pl.DataFrame:
    """Return one row an ALT, in upper case and numbered."""
    rows = sites.with_columns(
        pl.col("ref").str.to_uppercase(),
        pl.col("alt").str.to_uppercase(),
        pl.col("position").cast(pl.Int32),
    )
    if rows["alt"].str.contains(",", literal=True).any():
        rows = rows.with_columns(pl.col("alt").str.split(",")).explode("alt", empty_as_null=True)
    return rows.with_row_index(_ROW)


def _contigs(bases: pysam.FastaFile) -> dict[str, tuple[str, int]]:
    """Return the FASTA's name and length of each chromosome that it has."""
    return {
        chromosome.value: (name, length)
        for name, length in zip(bases.references, bases.lengths, strict=True)
        if (chromosome := Chromosome.parse(name)) is not None
    }


def _of_alleles() -> pl.Expr:
    """Return why a row's alleles cannot be small ones, or null."""
    found = kind()
    return (
        pl.when(pl.col("alt").is_null() | pl.col("alt").is_in([".", ""]))
        .then(pl.lit(NO_ALTERNATE))
        .when(pl.col("ref").is_null() | (found == SetAside.AMBIGUOUS_BASE.value))
        .then(pl.lit(NOT_ACGT))
        .when(found != SMALL)
        .then(found)
        .when(pl.col("ref") == pl.col("alt"))
        .then(pl.lit(SAME_ALLELE))
    )


def _outside(contigs: Contigs) -> pl.Expr:
    lengths = {chromosome: length for chromosome, (_, length) in contigs.items()}
    length = pl.col("chromosome").replace_strict(lengths, default=0, return_dtype=pl.Int64)
    end = pl.col("position").cast(pl.Int64) + pl.col("ref").str.len_bytes().cast(pl.Int64) - 1
    inside = (pl.col("position") >= 1) & (end <= length)
    return pl.when(inside.not_().fill_null(True)).then(pl.lit(OUTSIDE_REFERENCE))


def _of_reference(rows: pl.DataFrame, bases: pysam.FastaFile, contigs: Contigs) -> pl.Series:
    """Return the reasons so far, with those whose REF is not what the reference has."""
    wrong = np.zeros(rows.height, dtype=bool)
    checked = rows.filter(pl.col(_WHY).is_null()).select(_ROW, *_SITE[:3])
    stretch = (pl.col("position") // _WINDOW).alias("stretch")
    for (chromosome, _), part in checked.group_by("chromosome", stretch):
        name = contigs[str(chromosome)][0]
        wrong[part[_ROW].to_numpy()] = _mismatches(part, bases, name)
    mismatch = pl.when(pl.Series(wrong)).then(pl.lit(REF_MISMATCH)).otherwise(pl.col(_WHY))
    return rows.select(mismatch.alias(_WHY)).to_series()


def _mismatches(part: pl.DataFrame, bases: pysam.FastaFile, contig: str) -> NDArray[np.bool_]:
    """Tell of each row of a stretch whether a base of its REF differs from the reference."""
    lengths = part["ref"].str.len_bytes().cast(pl.Int64).to_numpy()
    starts: Ints = part["position"].cast(pl.Int64).to_numpy() - 1
    first = int(starts.min())
    text = bases.fetch(contig, first, int((starts + lengths).max()))
    reference: Bytes = np.frombuffer(text.encode(), dtype=np.uint8) & _UPPER
    refs = np.frombuffer(part["ref"].str.join("").item().encode(), dtype=np.uint8)
    ends = np.cumsum(lengths)
    places = np.arange(refs.size) + np.repeat(starts - first - (ends - lengths), lengths)
    differs = reference[places] != refs
    return np.logical_or.reduceat(differs, ends - lengths)


def _is_normal() -> pl.Expr:
    ref, alt = pl.col("ref"), pl.col("alt")
    short = pl.min_horizontal(ref.str.len_bytes(), alt.str.len_bytes()) == 1
    trimmed = short | (ref.str.head(1) != alt.str.head(1))
    return trimmed & (ref.str.tail(1) != alt.str.tail(1))


def _aligned(rows: pl.DataFrame, fasta: Path, contigs: Contigs, scratch: Path) -> pl.DataFrame:
    """Return the rows as bcftools aligns them, with a reason where that met a base but ACGT."""
    if rows.is_empty():
        return rows
    with TemporaryDirectory(prefix="sites-", dir=scratch) as folder:
        sites = Path(folder) / "sites.vcf"
        _write(rows, sites, contigs)
        norm: Command = ["norm", "--no-version", "-c", "e", "-f", fasta, "-Ou", sites]
        query = ["query", "-f", r"%ID\t%POS\t%REF\t%ALT\n", "-"]
        with pipeline(norm, query) as run:
            moved = pl.concat([pl.DataFrame(schema=_MOVED), *frames(run.output, _MOVED)])
    if not moved["row"].sort().equals(rows[_ROW].sort()):
        raise InternalError(f"bcftools gave {moved.height} rows of {rows.height}")
    placed = rows.drop(_SITE[1:]).join(moved, left_on=_ROW, right_on="row", validate="1:1")
    return placed.with_columns(_of_alleles().alias(_WHY)).select(rows.columns)


def _write(rows: pl.DataFrame, path: Path, contigs: Contigs) -> None:
    header = "".join(f"##contig=<ID={name},length={length}>\n" for name, length in contigs.values())
    names = {chromosome: name for chromosome, (name, _) in contigs.items()}
    ordered = rows.select(
        pl.col("chromosome").replace_strict(names, return_dtype=pl.String),
        "position", _ROW, "ref", "alt", *(pl.lit(".").alias(name) for name in ("q", "f", "i")),
    ).sort("chromosome", "position", _ROW)  # fmt: skip
    with path.open("w") as out:
        out.write(f"##fileformat=VCFv4.3\n{header}#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
        ordered.write_csv(out, separator="\t", include_header=False, quote_style="never")
