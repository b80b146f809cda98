"""A ClinVar release: what it says of alleles, and the missense alleles that it knows at a codon.

A word of significance that ClinVar did not use before stops the reading: a renamed word has hidden
pathogenic alleles in other programs.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from varinterp.errors import ReleaseError
from varinterp.model.clinvar import BENIGN, PATHOGENIC, Significance
from varinterp.sources.keyed import ALLELE_FIELDS
from varinterp.sources.lines import shown
from varinterp.sources.parquet import opened_table

ALLELES = "alleles.parquet"
CODONS = "codons.parquet"
ALLELES_SCHEMA = pa.schema(
    [
        *ALLELE_FIELDS,
        pa.field("significance", pa.list_(pa.string()), nullable=False),
        pa.field("conditions", pa.list_(pa.string()), nullable=False),
        pa.field("stars", pa.int8()),
        pa.field("rsid", pa.string()),
        pa.field("name", pa.string()),
        pa.field("citation", pa.string(), nullable=False),
        pa.field("variation", pa.uint32()),
        pa.field("resolved", pa.string()),
        pa.field("resolved_stars", pa.int8()),
        pa.field("margin", pa.int16()),
        pa.field("robustness", pa.int16()),
    ]
)
"""Sorted by key. `significance` pairs with `conditions` in releases before 2018; `stars` (0 to 4)
is null when unknown. `resolved` and what follows is our resolution of the submissions
(`clinvar_resolution`), null where the release has none of the allele."""
CODONS_SCHEMA = pa.schema(
    [
        pa.field("transcript", pa.string(), nullable=False),
        pa.field("codon", pa.int32(), nullable=False),
        pa.field("ref_aa", pa.string(), nullable=False),
        pa.field("alt_aa", pa.string(), nullable=False),
        *ALLELE_FIELDS,
        pa.field("significance", pa.list_(pa.string()), nullable=False),
        pa.field("stars", pa.int8()),
    ]
)
"""Sorted by transcript, codon and key; amino acids in one letter; transcripts with versions."""

_WORDS = frozenset(word.value for word in Significance)
_CODON = ["transcript", "codon"]


def read_codons(folder: Path, wanted: pl.DataFrame) -> pl.DataFrame:
    """Return the missense alleles at some codons, with `CODONS_SCHEMA`.

    `wanted` has ``transcript`` (with its version) and ``codon`` (1-based).
    """
    codons = wanted.select(pl.col("transcript"), pl.col("codon").cast(pl.Int32)).unique()
    found = [pl.DataFrame(schema=pl.Schema(CODONS_SCHEMA))]
    transcripts = codons["transcript"].unique().sort().to_list()
    for rows in row_groups_of(folder / CODONS, CODONS_SCHEMA, transcripts):
        found.append(rows.join(codons, on=_CODON, how="semi"))
    return pl.concat(found).sort(*_CODON, "key", "ref", "alt")


def read_missense_counts(folder: Path, transcripts: Iterable[str]) -> pl.DataFrame:
    """Count the missense alleles of some transcripts.

    The columns are ``transcript``, ``call``, ``stars`` (null when unknown) and ``alleles``. `call`
    is ``pathogenic`` for an allele that is called (likely) pathogenic and nothing else, ``benign``
    for one that is called (likely) benign and nothing else; others are not counted.
    """
    wanted = pl.Series("transcript", sorted(set(transcripts)), dtype=pl.String)
    counts = [pl.DataFrame(schema=_COUNTS)]
    for rows in row_groups_of(folder / CODONS, CODONS_SCHEMA, wanted.to_list()):
        called = rows.filter(pl.col("transcript").is_in(wanted.implode())).select(
            "transcript", _call().alias("call"), "stars"
        )
        kept = called.drop_nulls("call").group_by("transcript", "call", "stars")
        counts.append(kept.agg(pl.len().cast(pl.Int64).alias("alleles")))
    # A transcript may lie in two row groups.
    whole = pl.concat(counts).group_by("transcript", "call", "stars").agg(pl.col("alleles").sum())
    return whole.sort("transcript", "call", "stars")


_COUNTS: dict[str, Any] = {
    "transcript": pl.String,
    "call": pl.String,
    "stars": pl.Int8,
    "alleles": pl.Int64,
}
_CALLS = {"pathogenic": PATHOGENIC, "benign": BENIGN}


def _call() -> pl.Expr:
    words = pl.col("significance")
    said = [pl.when(only(of, words)).then(pl.lit(call)) for call, of in _CALLS.items()]
    return pl.coalesce(said)


def only(of: Collection[Significance], words: pl.Expr) -> pl.Expr:
    """Whether a list of words says something, and nothing but some of these words."""
    others = words.list.set_difference(sorted(word.value for word in of))
    return (words.list.len() > 0) & (others.list.len() == 0)


def row_groups_of(path: Path, schema: pa.Schema, transcripts: list[str]) -> Iterator[pl.DataFrame]:
    """Yield the row groups of a table that may have one of some transcripts, which are sorted.

    The table is sorted by its first column, the transcript, and has ``significance``, whose words
    are checked.
    """
    with opened_table(path, schema) as file:
        first_row = 0
        for group in range(file.num_row_groups):
            if _may_have(file, group, transcripts):
                table = file.read_row_group(group)  # type: ignore[no-untyped-call]
                _check_words(table, first_row, path)
                yield pl.DataFrame(pl.from_arrow(table))
            first_row += file.metadata.row_group(group).num_rows


def _may_have(file: Any, group: int, transcripts: list[str]) -> bool:
    """Tell whether a row group of a table, sorted by transcript, may have one of some."""
    statistics = file.metadata.row_group(group).column(0).statistics
    if statistics is None or not statistics.has_min_max:
        return bool(transcripts)
    place = bisect_left(transcripts, statistics.min)
    return place < len(transcripts) and transcripts[place] <= statistics.max


def _check_words(table: pa.Table, first_row: int, path: Path) -> None:
    words = pl.DataFrame({"words": pl.from_arrow(table["significance"])}).with_row_index(
        "row", offset=first_row + 1
    )
    known = pl.col("words").is_in(list(_WORDS)).fill_null(False)
    bad = words.explode("words", empty_as_null=True).filter(~known)
    if bad.height:
        word = bad["words"][0]
        raise ReleaseError(
            f"{path}, row {bad['row'][0]}: unknown significance "
            f"{'(none)' if word is None else shown(word)}; varinterp knows "
            f"{', '.join(sorted(_WORDS))}"
        )
