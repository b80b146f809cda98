"""The family's alleles as a keyed table: one row an allele, everybody's genotype in it.

A genotype's side (`haplotype`) is given only inside a block that proves it: the caller's phase set,
or a site where both of the person's copies carry different alleles, which are then on different
sides. A ``|`` without a phase set names no block, so that nothing can be compared with it: it is
read as unphased. A half call is a missing one: `copies` and `ploidy` are null.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from varinterp.annotate.bcf import contig
from varinterp.annotate.bcftools import pipeline
from varinterp.annotate.columns import frames
from varinterp.annotate.key import keys
from varinterp.annotate.site_genotype import copies_and_ploidy, side
from varinterp.errors import StageError
from varinterp.files import atomic_write
from varinterp.model.chromosome import Chromosome

GENOTYPE = pa.struct(
    [
        pa.field("person", pa.string(), nullable=False),
        pa.field("copies", pa.int8()),
        pa.field("ploidy", pa.int8()),
        pa.field("haplotype", pa.int8()),
        pa.field("phase_set", pa.string()),
        pa.field("ref_depth", pa.int32()),
        pa.field("alt_depth", pa.int32()),
        pa.field("depth", pa.int32()),
        pa.field("genotype_quality", pa.int32()),
    ]
)
VARIANTS_SCHEMA = pa.schema(
    [
        pa.field("key", pa.uint64(), nullable=False),
        pa.field("chromosome", pa.string(), nullable=False),
        pa.field("position", pa.int32(), nullable=False),
        pa.field("ref", pa.string(), nullable=False),
        pa.field("alt", pa.string(), nullable=False),
        pa.field("original", pa.string()),
        pa.field("filter", pa.string(), nullable=False),
        pa.field("quality", pa.float32()),
        pa.field("genotypes", pa.list_(GENOTYPE), nullable=False),
    ]
)
"""`filter` is the caller's, ``.`` when it did not filter.

`original` is the allele as the laboratory's VCF has it (``22-56-AAG-AG``); null when the same.
"""

_ROWS = (
    r"%CHROM\t%POS\t%REF\t%ALT\t%INFO/OLD_REC\t%FILTER\t%QUAL"
    r"[\t%SITE_GT\t%AD{0}\t%AD{1}\t%DP\t%GQ\t%PHASE_SET]\n"
)
_SITE = {
    "chromosome": pl.String, "position": pl.Int32, "ref": pl.String, "alt": pl.String,
    "original": pl.String, "filter": pl.String, "quality": pl.Float32,
}  # fmt: skip
_CALL = {
    "site": pl.String, "ref_depth": pl.Int32, "alt_depth": pl.Int32, "depth": pl.Int32,
    "genotype_quality": pl.Int32, "phase_set": pl.String,
}  # fmt: skip
_NUMBERS = ("ref_depth", "alt_depth", "depth", "genotype_quality")
_NAMES = {contig(chromosome): chromosome.value for chromosome in Chromosome}
_ALLELE_BITS = 1 << 31
"""A key divided by this is its place: chromosome and position."""


def write_variants(bcf: Path, people: Sequence[str], out: Path) -> int:
    """Write a normalised BCF as a table of `VARIANTS_SCHEMA`, sorted by key; return its rows.

    `people` are the BCF's pseudonyms, in the order that every row's genotypes will have.
    """
    rows = 0

    def verify(written: Path) -> None:
        metadata = pq.read_metadata(written)  # type: ignore[no-untyped-call]
        if metadata.num_rows != rows:
            raise OSError(f"{out.name} was not written whole: is the disk full?")

    with (
        atomic_write(out, verify) as temporary,
        pq.ParquetWriter(  # type: ignore[no-untyped-call]
            temporary, VARIANTS_SCHEMA, compression="zstd"
        ) as target,
    ):
        for frame in _in_key_order(_keyed(bcf, people)):
            rows += frame.height
            target.write_table(_to_arrow(frame, people))
    return rows


def read_variants(path: Path) -> pl.DataFrame:
    """Read a table of `VARIANTS_SCHEMA`; raise StageError when it is another table."""
    table = pq.ParquetFile(path).read()  # type: ignore[no-untyped-call]
    if not table.schema.equals(VARIANTS_SCHEMA, check_metadata=False):
        raise StageError(f"{path.name} is of another version: run the annotate stage again")
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 - a table becomes a frame
    return frame


def _keyed(bcf: Path, people: Sequence[str]) -> Iterator[pl.DataFrame]:
    """Yield blocks of the BCF's rows, with their keys and each person's columns."""
    schema = _SITE | {
        f"{index}.{name}": dtype for index in range(len(people)) for name, dtype in _CALL.items()
    }
    with pipeline(["query", "-s", ",".join(people), "-f", _ROWS, bcf]) as run:
        for frame in frames(run.output, schema):
            named = frame.with_columns(
                pl.col("chromosome").replace_strict(_NAMES, return_dtype=pl.String),
                pl.col("filter").fill_null("."),
            ).with_columns(_original())
            yield named.with_columns(keys(named))


def _original() -> pl.Expr:
    """Return the allele as the laboratory's record has it, from `OLD_REC`; null when the same."""
    record = pl.col("original").str.split("|")
    number = record.list.get(4, null_on_oob=True).cast(pl.Int32).fill_null(1)
    alternative = record.list.get(3).str.split(",").list.get(number - 1, null_on_oob=True)
    written = pl.concat_str(
        "chromosome", record.list.get(1), record.list.get(2), alternative, separator="-"
    )
    now = pl.concat_str("chromosome", "position", "ref", "alt", separator="-")
    return pl.when(written != now).then(written).alias("original")


def _in_key_order(tables: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Sort blocks by key, holding back the last position of each, which may continue."""
    held = pl.DataFrame()
    last = -1
    for table in tables:
        table = pl.concat([held, table]) if held.height else table
        table = table.sort("key", maintain_order=True)
        if table["key"][0] < last:
            raise StageError("the normalised file is not in genome order: normalise it again")
        place = table["key"] // _ALLELE_BITS
        ready, held = table.filter(place != place[-1]), table.filter(place == place[-1])
        last = held["key"][0]
        yield ready
    if held.height:
        yield held


def _to_arrow(frame: pl.DataFrame, people: Sequence[str]) -> pa.Table:
    """Nest everybody's columns into one list a row."""
    site = frame.select(name for name in VARIANTS_SCHEMA.names if name != "genotypes").to_arrow()
    calls = pl.concat([_calls(frame, index, person) for index, person in enumerate(people)])
    rows = np.arange(frame.height)[:, None] + frame.height * np.arange(len(people))[None, :]
    flat = calls[rows.ravel()].to_arrow().cast(pa.schema(list(GENOTYPE)))
    ends = np.arange(frame.height + 1, dtype=np.int32) * len(people)
    nested = pa.ListArray.from_arrays(
        pl.Series(ends).to_arrow(), flat.to_struct_array().combine_chunks()
    )
    return site.append_column("genotypes", nested).cast(VARIANTS_SCHEMA)


def _calls(frame: pl.DataFrame, index: int, person: str) -> pl.DataFrame:
    """Return one person's genotypes, with the fields of `GENOTYPE`."""
    site, phase_set = frame[f"{index}.site"], frame[f"{index}.phase_set"]
    calls = {seen: copies_and_ploidy(seen) for seen in site.unique()}
    sides = _mapped(site, {seen: side(seen) for seen in calls})
    return pl.DataFrame(
        {
            "person": pl.repeat(person, frame.height, eager=True),
            "copies": _mapped(site, {seen: copies for seen, (copies, _) in calls.items()}),
            "ploidy": _mapped(site, {seen: ploidy for seen, (_, ploidy) in calls.items()}),
            "haplotype": sides.zip_with(phase_set.is_not_null(), _nothing(frame.height)),
            "phase_set": phase_set,
        }
        | {name: frame[f"{index}.{name}"] for name in _NUMBERS}
    )


def _mapped(site: pl.Series, values: Mapping[str, int | None]) -> pl.Series:
    return site.replace_strict(values, return_dtype=pl.Int8)


def _nothing(rows: int) -> pl.Series:
    return pl.repeat(None, rows, dtype=pl.Int8, eager=True)
