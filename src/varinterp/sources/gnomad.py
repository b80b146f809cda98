"""A population frequency release: packed frequencies of all groups, and where it looked.

``frequencies.pack/`` has a row an allele, ``covered.parquet`` the stretches where its absence
means something (`gnomad_covered`). Groups are columns of their own, so that the rows of a genome
read none of them.
"""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl
import pyarrow as pa

from varinterp.model.chromosome import Chromosome
from varinterp.sources.gnomad_covered import COVERED, COVERED_SCHEMA, covered
from varinterp.sources.gnomad_filters import FILTERS, NOT_OBSERVED, PASS, filter_bits, filter_texts
from varinterp.sources.keyed import ALLELE_FIELDS
from varinterp.sources.pack import FOUND, Column, Pack, PackWriter
from varinterp.sources.row_digest import row_digests

__all__ = [
    "COVERED", "COVERED_SCHEMA", "FILTERS", "FREQUENCIES", "FREQUENCIES_SCHEMA", "NOT_OBSERVED",
    "PASS", "VALUES", "FrequencyWriter", "covered", "group_codes", "group_column",
    "lookup_frequencies", "lookup_groups", "open_frequencies",
]  # fmt: skip

FREQUENCIES = "frequencies.pack"
FREQUENCIES_SCHEMA = pa.schema(
    [
        *ALLELE_FIELDS,
        pa.field("ac", pa.int32(), nullable=False),
        pa.field("an", pa.int32(), nullable=False),
        pa.field("af", pa.float64(), nullable=False),
        pa.field("faf95", pa.float64()),
        pa.field("faf95_group", pa.string()),
        pa.field("group_max_af", pa.float64()),
        pa.field("nhomalt", pa.int32()),
        pa.field("hemizygotes", pa.int32()),
        pa.field("filters", pa.string(), nullable=False),
        pa.field("constructed", pa.bool_(), nullable=False),
    ]
)
"""What a release says of an allele over all people, as rows.

`filters` is PASS or words of `gnomad_filters` joined by ``;``. `af` is 0 where nobody was
genotyped (`an` 0), and then means nothing.
"""
VALUES = tuple(FREQUENCIES_SCHEMA.names[len(ALLELE_FIELDS) :])
_COUNTS, _BOUND = ("ac", "an"), "faf95"
_GROUP_TYPE = pl.Struct({"group": pl.String, "ac": pl.Int32, "an": pl.Int32, "faf95": pl.Float64})
_ALLELE = ("key", "ref", "alt")
DIGEST = "digest"
_PEOPLE, _GROUPS = "people", "groups"
"""Blocks of the pack: what every allele of a genome reads, and what candidates read."""


def group_column(measure: str, group: str) -> str:
    """Name a group's column: `measure` is ``ac``, ``an`` or ``faf95``."""
    return f"{measure}_{group}"


class FrequencyWriter:
    """Writes ``frequencies.pack``; a context.

    `groups` are the codes of the resource's groups, `bounded` those that have a FAF95.
    """

    def __init__(self, folder: Path, groups: Sequence[str], bounded: Sequence[str]) -> None:
        self._columns = _columns(sorted(groups), sorted(bounded))
        self._pack = PackWriter(folder / FREQUENCIES, self._columns)
        self._values = [column.name for column in self._columns if column.name != DIGEST]

    def __enter__(self) -> Self:
        self._pack.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pack.__exit__(kind, error, trace)

    def write(self, chromosome: Chromosome, rows: pl.DataFrame) -> None:
        """Add rows: ``key``, ``ref``, ``alt``, `VALUES`, ``ac_afr``, ``an_afr`` and so on.

        Sorted as `PackWriter.write` wants them. ReleaseError for an unknown filter or group.
        """
        coded = rows.with_columns(
            filter_bits(rows["filters"], f"chromosome {chromosome}").alias("filters"),
            pl.col("constructed").cast(pl.UInt8),
        )
        digests = row_digests(coded, self._values)
        self._pack.write(chromosome, coded.select(*_ALLELE, *self._values).with_columns(digests))

    def files(self) -> dict[str, int]:
        """Return the finished files, by name in the release's folder, with their rows."""
        return {f"{FREQUENCIES}/{name}": rows for name, rows in self._pack.files().items()}


def open_frequencies(folder: Path) -> Pack:
    """Open a release's frequencies; ReleaseError when they are damaged or not there."""
    return Pack.open(folder / FREQUENCIES)


def lookup_frequencies(folder: Path, alleles: pl.DataFrame) -> pl.DataFrame:
    """Return, row for row, what a release says of alleles: `VALUES`, null where nothing.

    `alleles` has ``key`` (ascending), ``ref`` and ``alt``.
    """
    found = open_frequencies(folder).lookup(alleles, VALUES)
    return _decoded(found).select(VALUES)


def lookup_groups(folder: Path, alleles: pl.DataFrame) -> pl.DataFrame:
    """Return, row for row, ``groups``: a list of structs (group, ac, an, faf95), by code.

    Null where the release has no such allele; a group that the row does not count is left out,
    and `faf95` is null where the resource gives none. For candidates, not for genomes.
    """
    pack = open_frequencies(folder)
    codes = _codes(pack)
    present = {column.name for column in pack.columns}
    found = pack.lookup(alleles, [name for name in _group_columns(codes) if name in present])
    absent = [
        pl.lit(None, pl.Float64).alias(name)
        for name in _group_columns(codes)
        if name not in present
    ]
    structs = [
        pl.struct(
            pl.lit(code).alias("group"),
            *(pl.col(group_column(measure, code)).alias(measure) for measure in _COUNTS),
            pl.col(group_column(_BOUND, code)).alias(_BOUND),
        )
        for code in codes
    ]
    listed = pl.concat_list(structs) if structs else pl.lit([], pl.List(_GROUP_TYPE))
    counted = listed.list.filter(pl.element().struct.field("an").is_not_null())
    return found.with_columns(absent).select(
        pl.when(pl.col(FOUND)).then(counted).cast(pl.List(_GROUP_TYPE)).alias("groups")
    )


def group_codes(folder: Path) -> tuple[str, ...]:
    """Return the codes of the groups that a release tells apart, in order."""
    return _codes(open_frequencies(folder))


def _columns(groups: Sequence[str], bounded: Sequence[str]) -> tuple[Column, ...]:
    counts = [group_column(measure, group) for group in groups for measure in _COUNTS]
    bounds = [group_column(_BOUND, group) for group in bounded]
    kinds = {
        "ac": "int32", "an": "int32", "af": "float64", "faf95": "float64", "faf95_group": "uint8",
        "group_max_af": "float64", "nhomalt": "int32", "hemizygotes": "int32", "filters": "int32",
        "constructed": "uint8",
    }  # fmt: skip
    words = {"faf95_group": tuple(groups)}
    return (
        *(Column(name, kind, words.get(name, ()), _PEOPLE) for name, kind in kinds.items()),
        Column(DIGEST, "uint64"),
        *(Column(name, "int32", block=_GROUPS) for name in counts),
        *(Column(name, "float64", block=_GROUPS) for name in bounds),
    )


def _decoded(found: pl.DataFrame) -> pl.DataFrame:
    return found.with_columns(
        filter_texts(found["filters"]),
        pl.col("constructed").cast(pl.Boolean),
        # without groups there is no word for one: an empty column of numbers then
        pl.col("faf95_group").cast(pl.String),
    )


def _codes(pack: Pack) -> tuple[str, ...]:
    start = group_column("ac", "")
    names = [column.name for column in pack.columns]
    return tuple(sorted(name.removeprefix(start) for name in names if name.startswith(start)))


def _group_columns(codes: Sequence[str]) -> list[str]:
    return [group_column(measure, code) for code in codes for measure in (*_COUNTS, _BOUND)]
