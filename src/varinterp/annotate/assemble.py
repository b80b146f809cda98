"""One table of a chromosome from the files of a family: duplicates, members, what nobody carries.

A record that a member's file lacks leaves that member's genotype missing, never reference; only a
reference block of the member's own gVCF says more.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from varinterp.annotate.align import Aligned
from varinterp.annotate.allele_kind import SetAside
from varinterp.annotate.blocks import reference_calls
from varinterp.annotate.columns import Shards
from varinterp.annotate.site_genotype import call
from varinterp.annotate.vcf_faults import ALT_TWICE, DUPLICATE, Source, Wording, faults_at
from varinterp.errors import InputError
from varinterp.model.chromosome import Chromosome

ALLELE = ["position", "ref", "alt"]
_SITE = ("qual", "filter", "old_rec")
_FROM_BLOCK = {"site": "gt", "depth": "depth", "quality": "quality"}


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the family, normalised. `contigs` names chromosomes as the file does."""

    people: tuple[str, ...]
    aligned: Aligned
    blocks: Shards | None
    source: Source
    contigs: Mapping[Chromosome, str]


@dataclass(slots=True)
class Assembly:
    """What became of rows while files were joined."""

    set_aside: Counter[SetAside] = field(default_factory=Counter)
    joined: int = 0
    filled: int = 0


def assemble(
    parts: Sequence[Part], chromosome: Chromosome, assembly: Assembly
) -> pl.DataFrame | None:
    """Return a chromosome's alleles that somebody carries, in order, or None without any.

    Columns: those of `align`, with ``{person}.…`` under the person's pseudonym; ``{person}.site``
    is null where the genotype is missing.
    """
    tables = [
        table for part in parts if (table := _of_part(part, chromosome, assembly)) is not None
    ]
    if not tables:
        return None
    joined = tables[0]
    for table in tables[1:]:
        joined = joined.join(table, on=ALLELE, how="full", coalesce=True)
    assembly.joined += sum(table.height for table in tables) - joined.height
    joined = _complete(joined.sort(ALLELE), parts)
    for part in parts:
        if part.blocks is not None:
            joined = _fill(joined, part, chromosome, assembly)
    people = [person for part in parts for person in part.people]
    carried = joined.filter(
        pl.any_horizontal(
            pl.col(f"{person}.site").str.contains("1", literal=True).fill_null(False)
            for person in people
        )
    )
    assembly.set_aside[SetAside.NOT_CARRIED] += joined.height - carried.height
    return None if carried.is_empty() else carried


def _of_part(part: Part, chromosome: Chromosome, assembly: Assembly) -> pl.DataFrame | None:
    """Return a file's rows, each allele once, its columns named for its people."""
    rows = part.aligned.shards.read(chromosome)
    if rows is None:
        return None
    again = pl.struct(ALLELE).is_duplicated()
    duplicates = rows.filter(again)
    if not duplicates.is_empty():
        _refuse_conflicts(duplicates, part, chromosome)
        first = rows.unique(ALLELE, keep="first", maintain_order=True)
        assembly.set_aside[SetAside.DUPLICATE] += rows.height - first.height
        rows = first
    named = {
        column: f"{part.people[int(number)]}.{rest}"
        for column in rows.columns
        for number, _, rest in [column.partition(".")]
        if rest
    }
    place = {column: f"{column} {part.people[0]}" for column in _SITE}
    return rows.rename(named | place)


def _refuse_conflicts(duplicates: pl.DataFrame, part: Part, chromosome: Chromosome) -> None:
    """Raise InputError unless the rows of an allele that somebody carries agree on everybody."""
    calls = [
        pl.col(f"{person}.site").replace_strict(
            {seen: call(seen) for seen in duplicates[f"{person}.site"].unique()},
            return_dtype=pl.String,
        )
        for person in range(len(part.people))
    ]
    rows = duplicates.with_columns(
        pl.concat_str(calls, separator=" ").alias("calls"),
        pl.col("old_rec").str.extract(r"^(.*)\|[0-9]+$").alias("record"),
    )
    groups = rows.with_columns(
        ((pl.col("calls").n_unique() > 1) & pl.col("calls").str.contains("1", literal=True).any())
        .over(ALLELE)
        .alias("conflict"),
        ((pl.col("old_rec").n_unique() > 1).over(*ALLELE, "record")).alias("twice"),
    ).with_columns(pl.col("twice") & pl.col("record").is_not_null())
    found = [
        *_places(groups.filter("twice"), ALT_TWICE, part, chromosome),
        *_places(groups.filter("conflict"), DUPLICATE, part, chromosome),
    ]
    if found:
        raise InputError(faults_at(part.source.path, found))


def _places(
    rows: pl.DataFrame, wording: Wording, part: Part, chromosome: Chromosome
) -> list[tuple[Wording, tuple[str, int]]]:
    written = pl.col("old_rec").str.extract(r"^[^|]*\|([0-9]+)\|").cast(pl.Int32)
    positions = rows.select(pl.coalesce(written, "position")).to_series()
    contig = part.contigs[chromosome]
    return [(wording, (contig, position)) for position in positions.unique().sort()]


def _complete(joined: pl.DataFrame, parts: Sequence[Part]) -> pl.DataFrame:
    """Bring the site's columns of several files to one, and give every person columns."""
    missing = [
        pl.lit(None, dtype=dtype).alias(f"{person}.{name}")
        for part in parts
        for person in part.people
        for name, dtype in _CALL.items()
        if f"{person}.{name}" not in joined.columns
    ]
    columns = {
        name: [column for column in joined.columns if column.startswith(f"{name} ")]
        for name in _SITE
    }
    return joined.with_columns(
        pl.coalesce(columns["qual"]).alias("qual"),
        pl.coalesce(columns["old_rec"]).alias("old_rec"),
        _filters(joined, columns["filter"]).alias("filter"),
        *missing,
    ).drop(column for found in columns.values() for column in found)


_CALL = {
    "site": pl.String, "ref_depth": pl.Int32, "alt_depth": pl.Int32, "depth": pl.Int32,
    "quality": pl.Int32, "phase_set": pl.String,
}  # fmt: skip


def _filters(joined: pl.DataFrame, columns: Sequence[str]) -> pl.Expr:
    """PASS when every file that has the allele passes it; otherwise all that they object."""
    if len(columns) == 1:
        return pl.col(columns[0])
    together = pl.concat_str(columns, separator=";", ignore_nulls=True)
    words = {
        text: _joined_words(text)
        for text in joined.select(together.alias("words"))["words"].unique()
    }
    return together.replace_strict(words, return_dtype=pl.String)


def _joined_words(text: str) -> str | None:
    words = set(text.split(";")) - {""}
    return ";".join(sorted(words - {"PASS"})) or ("PASS" if words else None)


def _fill(
    joined: pl.DataFrame, part: Part, chromosome: Chromosome, assembly: Assembly
) -> pl.DataFrame:
    """Give a gVCF's people their block's reference call where their file has no record."""
    blocks = part.blocks.read(chromosome) if part.blocks is not None else None
    if blocks is None:
        return joined
    for index, person in enumerate(part.people):
        absent = joined.select(f"{person}.site").to_series().is_null()
        found = reference_calls(blocks, index, joined.select("position", "ref"))
        assembly.filled += int((absent & found["gt"].is_not_null()).sum())
        joined = joined.with_columns(
            pl.when(pl.lit(absent)).then(found[column]).otherwise(pl.col(f"{person}.{name}"))
            .alias(f"{person}.{name}")
            for name, column in _FROM_BLOCK.items()
        )  # fmt: skip
    return joined
