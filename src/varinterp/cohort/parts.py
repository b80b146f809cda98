"""A part of the store: what is kept of one analysis of one case, in one Parquet file.

``<case>.<analysis>.<revision>.<digest>.parquet``, never changed once it is there: another content
of the same analysis is another revision, and the last one counts. Sorted by key; every page has a
checksum, and the name has 64 bits of the digest of the whole.
"""

import re
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from varinterp.cohort.pairs import UInt, distinct
from varinterp.errors import InternalError, StageError
from varinterp.family_table import LIKELIHOODS, VARIANTS_SCHEMA
from varinterp.files import atomic_write

PART_SCHEMA = pa.schema([*VARIANTS_SCHEMA, pa.field("stored", pa.bool_(), nullable=False)])
"""The family's alleles as they were normalised (``variants.parquet`` begins with these columns).

`stored` is false for context: alleles too common to matter, kept because a stored neighbour's
meaning depends on them. A part of a case that came with VEP's `CSQ` has a column `csq` more, a list
of what it says on each transcript.
"""

ALLELE = ("chromosome", "position", "ref", "alt")
CSQ = "csq"
SUFFIX = ".parquet"
LONGEST = 64
"""Characters of a case's name."""
_GENOTYPES = pl.Schema(PART_SCHEMA)["genotypes"]
_GROUP = 8_192
"""Rows of a row group: what is read for the sake of one allele."""
_CALL = "genotypes.list.element."
_LAYOUT: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": 1,
    "use_dictionary": [
        "chromosome", "ref", "alt", "original", "filter",
        *(_CALL + name for name in ("person", "copies", "ploidy", "haplotype", "phase_set")),
        *(_CALL + name for name in LIKELIHOODS),
    ],
    "column_encoding": dict.fromkeys(
        [
            "key", "position",
            *(_CALL + name for name in ("ref_depth", "alt_depth", "depth", "genotype_quality")),
        ],
        "DELTA_BINARY_PACKED",
    ),
    "write_statistics": ["key"],
}  # fmt: skip
_CASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_NAME = re.compile(rf"({_CASE.pattern})\.(\d{{6}})\.(\d{{4}})\.([0-9a-f]{{16}})")
_ADVICE = "run the workflow again for its family (snakemake --forcerun store)"

UNREADABLE = (OSError, ValueError, KeyError, pa.ArrowException)
"""What pyarrow raises for a Parquet file whose bytes are not those that were written."""


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """The identity of a part; the order is that of what counts: the last of a case does."""

    case: str
    analysis: int
    revision: int
    digest: str

    def __post_init__(self) -> None:
        if (
            not _CASE.fullmatch(self.case)
            or len(self.case) > LONGEST
            or not 0 < self.analysis < 10**6
        ):
            raise InternalError("a part of the store is named by a case's pseudonym and analysis")

    def __str__(self) -> str:
        return f"{self.case}.{self.analysis:06}.{self.revision:04}.{self.digest}"

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self}{SUFFIX}"

    @classmethod
    def parse(cls, name: str) -> Self | None:
        """Read the name of a part or of its file; None for another name."""
        found = _NAME.fullmatch(name.removesuffix(SUFFIX))
        return cls(found[1], int(found[2]), int(found[3]), found[4]) if found else None


def digest_of(data: bytes) -> str:
    """Return the digest that a part's name has."""
    return blake2b(data, digest_size=8).hexdigest()


def encoded(rows: pl.DataFrame, csq: pl.DataFrame | None) -> bytes:
    """Return a part's bytes, equal for equal content.

    `rows` has the columns of `PART_SCHEMA`, `csq` has `ALLELE` and any columns of a consequence.
    """
    ordered = _in_order(rows.select(PART_SCHEMA.names))
    lists = None if csq is None else _nested(ordered, csq)
    schema = PART_SCHEMA if lists is None else PART_SCHEMA.append(pa.field(CSQ, lists.type))
    sink = pa.BufferOutputStream()
    with pq.ParquetWriter(sink, schema, write_page_checksum=True, **_LAYOUT) as target:  # type: ignore[no-untyped-call]
        for start in range(0, ordered.height, _GROUP):
            table = ordered[start : start + _GROUP].to_arrow().cast(PART_SCHEMA)
            if lists is not None:
                table = table.append_column(schema.field(CSQ), lists.slice(start, table.num_rows))
            target.write_table(table)
    return bytes(sink.getvalue())


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, and look at what reached the disk."""

    def verify(written: Path) -> None:
        if written.read_bytes() != data:
            raise OSError(f"{path.name} was not written whole: is the disk full?")

    with atomic_write(path, verify) as temporary:
        temporary.write_bytes(data)


def _in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows by key, REF and ALT; InternalError when an allele is there twice."""
    keys = rows["key"].to_numpy()
    if (keys[1:] > keys[:-1]).all():
        return rows
    ordered = rows.sort("key", "ref", "alt", maintain_order=True)
    same = ordered.filter(pl.col("key").is_duplicated())
    if same.select(pl.struct(ALLELE).is_duplicated().any()).item():
        raise InternalError("an allele is there twice in what a case stores")
    return ordered


def _nested(rows: pl.DataFrame, csq: pl.DataFrame) -> pa.Array:
    """Return, row for row, the list of an allele's consequences; empty where it has none."""
    own = csq.with_columns(pl.col(name).cast(rows.schema[name]) for name in ALLELE)
    values = [name for name in csq.columns if name not in ALLELE]
    lists = own.group_by(ALLELE, maintain_order=True).agg(pl.struct(values).alias(CSQ))
    met = rows.select(ALLELE).join(lists, on=ALLELE, how="left", maintain_order="left")
    kind = pl.List(pl.Struct({name: csq.schema[name] for name in values}))
    filled = met.select(pl.col(CSQ).cast(kind).fill_null([]))
    return filled.rechunk().to_arrow().column(0).combine_chunks()


def read_part(path: Path, columns: list[str] | None = None, keys: UInt | None = None) -> pa.Table:
    """Read columns of a part; with `keys` (ascending) only row groups that may hold one of them.

    StageError, naming the file and what to do, when it is damaged; FileNotFoundError when gone.
    """
    try:
        with pq.ParquetFile(  # type: ignore[no-untyped-call]
            path, memory_map=True, page_checksum_verification=True
        ) as opened:
            if not set(PART_SCHEMA.names) <= set(opened.schema_arrow.names):
                raise StageError
            groups = [
                at
                for at in range(opened.num_row_groups)
                if keys is None or may_hold(opened.metadata.row_group(at).column(0), keys)
            ]
            return opened.read_row_groups(groups, columns=columns, use_threads=False)
    except FileNotFoundError:
        raise
    except (*UNREADABLE, StageError) as error:
        raise StageError(f"{path} is damaged or of another version: {_ADVICE}") from error


def may_hold(key: Any, keys: UInt) -> bool:
    """Tell from a row group's column of keys whether it may hold one of some (ascending)."""
    if not key.is_stats_set:
        return True
    low, after = np.searchsorted(keys, [key.statistics.min, key.statistics.max], "left")
    return bool(low < keys.size and (after > low or keys[low] <= key.statistics.max))


def stored_keys(path: Path) -> UInt:
    """Return the keys of a part's stored alleles, ascending, each once."""
    table = read_part(path, ["key", "stored"])
    keys = table.column("key").to_numpy()
    mask = table.column("stored").to_numpy(zero_copy_only=False)
    if keys.size and (keys[1:] < keys[:-1]).any():
        raise StageError(f"{path} is damaged (not in order): {_ADVICE}")
    return distinct(keys[mask])


def frame_of(table: pa.Table) -> pl.DataFrame:
    """Return a table as a frame, without consequences."""
    return pl.DataFrame(pl.from_arrow(table))


def rows_of(table: pa.Table) -> pl.DataFrame:
    """Return a part's rows, of whatever version: what an older one did not keep is null."""
    return frame_of(table).with_columns(pl.col("genotypes").cast(_GENOTYPES))


def csq_of(path: Path) -> pl.DataFrame | None:
    """Return the laboratory's own consequences of a part, a row a transcript; None without."""
    table = read_part(path, [*ALLELE, CSQ])
    if CSQ not in table.column_names:
        return None
    rows = frame_of(table)
    full = rows.filter(pl.col(CSQ).list.len() > 0).explode(CSQ, empty_as_null=False)
    return full.unnest(CSQ).with_columns(pl.col("position").cast(pl.Int64))
