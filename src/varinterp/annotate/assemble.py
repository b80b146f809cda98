"""One table from the files of a family: duplicates, members, what nobody carries.

A record that a member's file lacks leaves that member's genotype missing, never reference; only a
reference block of the member's own gVCF says more.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from varinterp.annotate.align import Aligned
from varinterp.annotate.allele_kind import SetAside
from varinterp.annotate.blocks import reference_calls
from varinterp.annotate.columns import Shards
from varinterp.annotate.key import chromosomes
from varinterp.annotate.site_genotype import call
from varinterp.annotate.site_numbers import NUMBER, SiteNumbers
from varinterp.annotate.vcf_faults import ALT_TWICE, DUPLICATE, Source, Wording, faults_at
from varinterp.errors import InputError
from varinterp.family_table import LIKELIHOODS
from varinterp.model.chromosome import Chromosome

ALLELE = ["key", "position", "ref", "alt"]
_SITE = ("quality", "filter", "old_rec")
_FROM_BLOCK = {"site": "gt", "depth": "depth", "quality": "quality"}
_CALL = {
    "site": NUMBER, "ref_depth": pl.Int32, "alt_depth": pl.Int32, "depth": pl.Int32,
    "quality": pl.Int32, "phase_set": pl.String, **dict.fromkeys(LIKELIHOODS, pl.Int16),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the family, normalised: the rows of bcftools, and those that were plain.

    `contigs` names chromosomes as the file does.
    """

    people: tuple[str, ...]
    aligned: Aligned
    plain: Shards | None
    blocks: Shards | None
    source: Source
    contigs: Mapping[Chromosome, str]

    def rows(self, chromosome: Chromosome) -> int:
        """Return the number of a chromosome's rows."""
        plain = self.plain.rows(chromosome) if self.plain is not None else 0
        return plain + self.aligned.shards.rows(chromosome)


@dataclass(slots=True)
class Assembly:
    """What became of rows while files were joined, and the genotypes met."""

    set_aside: Counter[SetAside] = field(default_factory=Counter)
    joined: int = 0
    filled: int = 0
    sites: SiteNumbers = field(default_factory=SiteNumbers)


def assemble(
    parts: Sequence[Part], chromosomes: Sequence[Chromosome], assembly: Assembly
) -> pl.DataFrame | None:
    """Return the alleles that somebody carries, in order of key, or None without any.

    Several chromosomes may be asked for at once unless a part has reference blocks.

    Columns: those of `align`, with ``{person}.…`` under the person's pseudonym; ``{person}.site``
    is a number of the assembly's sites, null where the genotype is missing.
    """
    tables = [
        table for part in parts if (table := _of_part(part, chromosomes, assembly)) is not None
    ]
    if not tables:
        return None
    joined = tables[0]
    for table in tables[1:]:
        joined = joined.join(table, on=ALLELE, how="full", coalesce=True)
    assembly.joined += sum(table.height for table in tables) - joined.height
    if len(tables) > 1:
        joined = joined.sort("key", "ref", "alt")
    joined = _complete(joined, parts)
    for part in parts:
        if part.blocks is not None:
            joined = _fill(joined, part, chromosomes, assembly)
    who = _carried(joined, parts, assembly.sites)
    carried = joined if who.all() else joined.filter(who)
    assembly.set_aside[SetAside.NOT_CARRIED] += joined.height - carried.height
    return None if carried.is_empty() else carried


def _carried(joined: pl.DataFrame, parts: Sequence[Part], sites: SiteNumbers) -> pl.Series:
    found = np.zeros(joined.height, np.bool_)
    for part in parts:
        for person in part.people:
            found |= sites.values(joined[f"{person}.site"], lambda seen: "1" in seen, np.bool_)
    return pl.Series(found)


def _of_part(
    part: Part, chromosomes: Sequence[Chromosome], assembly: Assembly
) -> pl.DataFrame | None:
    """Return a file's rows by key, each allele once, its columns named for its people."""
    rows = _both_lanes(part, chromosomes, assembly.sites)
    if rows is None:
        return None
    if _again(rows).any():
        rows = rows.sort("key", "ref", "alt", "row")
        duplicates = rows.filter(pl.struct(ALLELE).is_duplicated())
        if not duplicates.is_empty():
            _refuse_conflicts(duplicates, part, assembly.sites)
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
    return rows.drop("row").rename(named | place)


def _both_lanes(
    part: Part, chromosomes: Sequence[Chromosome], sites: SiteNumbers
) -> pl.DataFrame | None:
    """Return the rows of both lanes in order of key, rows of one key in that of the file."""
    aligned = part.aligned.shards.read(*chromosomes)
    plain = part.plain.read(*chromosomes) if part.plain is not None else None
    if aligned is not None:
        numbered = [
            sites.of(aligned[f"{person}.site"]).alias(f"{person}.site")
            for person in range(len(part.people))
        ]
        aligned = aligned.with_columns(numbered)
    if plain is not None:
        plain = plain.with_columns(pl.lit(None, pl.String).alias("old_rec"))
        if aligned is not None:
            plain = pl.concat([plain, aligned.select(plain.columns)])
    rows = aligned if plain is None else plain
    if rows is None:
        return None
    order = np.lexsort((rows["row"].to_numpy(), rows["key"].to_numpy()))
    in_order = bool((order[1:] > order[:-1]).all())
    return rows if in_order else rows[order]


def _again(rows: pl.DataFrame) -> pl.Series:
    """Tell the rows whose key is that of the row before."""
    return (rows["key"] == rows["key"].shift(1)).fill_null(False)


def _refuse_conflicts(duplicates: pl.DataFrame, part: Part, sites: SiteNumbers) -> None:
    """Raise InputError unless the rows of an allele that somebody carries agree on everybody."""
    calls = [
        pl.Series(sites.values(duplicates[f"{person}.site"], call, object), dtype=pl.String)
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
        *_places(groups.filter("twice"), ALT_TWICE, part),
        *_places(groups.filter("conflict"), DUPLICATE, part),
    ]
    if found:
        raise InputError(faults_at(part.source.path, found))


def _places(
    rows: pl.DataFrame, wording: Wording, part: Part
) -> list[tuple[Wording, tuple[str, int]]]:
    written = pl.col("old_rec").str.extract(r"^[^|]*\|([0-9]+)\|").cast(pl.Int32)
    places = rows.sort("key").select(
        chromosomes(rows["key"].sort()), pl.coalesce(written, "position")
    )
    return [
        (wording, (part.contigs[Chromosome(chromosome)], position))
        for chromosome, position in places.unique(maintain_order=True).iter_rows()
    ]


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
        pl.coalesce(columns["quality"]).alias("quality"),
        pl.coalesce(columns["old_rec"]).alias("old_rec"),
        _filters(joined, columns["filter"]).alias("filter"),
        *missing,
    ).drop(column for found in columns.values() for column in found)


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
    joined: pl.DataFrame, part: Part, chromosomes: Sequence[Chromosome], assembly: Assembly
) -> pl.DataFrame:
    """Give a gVCF's people their block's reference call where their file has no record."""
    blocks = part.blocks.read(*chromosomes) if part.blocks is not None else None
    if blocks is None:
        return joined
    for index, person in enumerate(part.people):
        absent = joined.select(f"{person}.site").to_series().is_null()
        found = reference_calls(blocks, index, joined.select("position", "ref"))
        assembly.filled += int((absent & found["gt"].is_not_null()).sum())
        found = found.with_columns(assembly.sites.of(found["gt"]).alias("gt"))
        joined = joined.with_columns(
            pl.when(pl.lit(absent)).then(found[column]).otherwise(pl.col(f"{person}.{name}"))
            .alias(f"{person}.{name}")
            for name, column in _FROM_BLOCK.items()
        )  # fmt: skip
    return joined
