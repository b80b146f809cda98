"""Releases of population frequency and of a ClinVar-like source, and alleles to look up in them.

The small releases are a fifth of the large ones and part of them. 95 % of the alleles looked up
are in both; ClinVar has a fifth of the frequency release's rows. 87 % of rows are SNVs.
"""

from pathlib import Path

import numpy as np
import polars as pl

from varinterp.annotate.key import keys
from varinterp.model.chromosome import Chromosome
from varinterp.sources.clinvar import ALLELES, ALLELES_SCHEMA
from varinterp.sources.clinvar_release import ROW
from varinterp.sources.gnomad import COVERED, COVERED_SCHEMA, FREQUENCIES_SCHEMA, FrequencyWriter
from varinterp.sources.keyed_changes import DIGEST
from varinterp.sources.pack import Column, PackWriter
from varinterp.sources.parquet import KEYED_GROUP, write_table

_CHROMOSOMES = tuple(Chromosome)[:23]
_KNOWN = 0.95
_FIFTH = 0.2

_GROUPS = ("afr", "amr", "eas", "nfe", "sas")
PLAIN = "frequencies.parquet"
"""The frequencies once more, for the baseline: Parquet with the same rows and values."""
_NOT_RESOLVED = ("variation", "resolved", "resolved_stars", "margin", "robustness")


def make(folder: Path, looked_up: int, rows: int, seed: int) -> None:
    """Write ``small`` and ``large``, each with both releases and ``wanted.parquet``."""
    rng = np.random.default_rng(seed + 1)
    universe = _alleles(rows + looked_up, rng)
    novel = pl.Series(rng.random(universe.height) < looked_up * (1 - _KNOWN) / universe.height)
    known = universe.filter(~novel).with_columns(
        small=pl.Series(rng.random(universe.height - int(novel.sum())) < _FIFTH)
    )
    share = looked_up * _KNOWN / int(known["small"].sum())
    chosen = known.filter(known["small"] & pl.Series(rng.random(known.height) < share))
    query = pl.concat([chosen.drop("small"), universe.filter(novel)]).sort("key")
    frequencies = _frequencies(known, rng)
    assertions = _assertions(known, rng)
    for name, size in (("small", pl.col("small")), ("large", pl.lit(True))):
        _write(folder / name, frequencies.filter(size), assertions.filter(size))
        query.write_parquet(folder / name / "wanted.parquet")


def _alleles(count: int, rng: np.random.Generator) -> pl.DataFrame:
    """Return different alleles across GRCh38, sorted by key."""
    lengths = np.array([chromosome.length for chromosome in _CHROMOSOMES])
    numbers = rng.choice(len(_CHROMOSOMES), count, p=lengths / lengths.sum())
    positions = (rng.random(count) * (lengths[numbers] - 1000)).astype(np.int32) + 1
    names = pl.Series([chromosome.value for chromosome in _CHROMOSOMES])
    ref, alt = _bases(count, rng)
    drawn = pl.DataFrame(
        {"chromosome": names.gather(numbers), "position": positions, "ref": ref, "alt": alt}
    )
    return (
        drawn.with_columns(keys(drawn)).unique("key").sort("key")
        .select("key", "chromosome", "position", "ref", "alt")
    )  # fmt: skip


def drawn_alleles(chromosome: Chromosome, count: int, rng: np.random.Generator) -> pl.DataFrame:
    """Return about `count` different alleles of a chromosome, sorted by key, REF and ALT."""
    positions = (rng.random(count) * (chromosome.length - 1000)).astype(np.int32) + 1
    ref, alt = _bases(count, rng)
    drawn = pl.DataFrame(
        {"chromosome": [chromosome.value] * count, "position": positions, "ref": ref, "alt": alt}
    )
    return drawn.with_columns(keys(drawn)).unique("key").sort("key")


def _bases(count: int, rng: np.random.Generator) -> tuple[pl.Series, pl.Series]:
    letters = pl.Series(list("ACGT"))
    first = rng.integers(0, 4, count)
    ref = letters.gather(first)
    other = letters.gather((first + rng.integers(1, 4, count)) % 4)
    tails = pl.Series(
        ["".join(rng.choice(list("ACGT"), int(size))) for size in rng.geometric(0.3, 4096)]
    )
    longer = ref + tails.gather(rng.integers(0, 4096, count))
    kind = pl.Series(rng.random(count))
    frame = pl.DataFrame({"ref": ref, "other": other, "longer": longer, "kind": kind})
    insertion, deletion = pl.col("kind") < 0.06, pl.col("kind").is_between(0.06, 0.13)
    chosen = frame.select(
        ref=pl.when(deletion).then("longer").otherwise("ref"),
        alt=pl.when(insertion).then("longer").when(deletion).then("ref").otherwise("other"),
    )
    return chosen["ref"], chosen["alt"]


def _frequencies(known: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    count = known.height
    copies = np.minimum(rng.zipf(1.4, count), 150_000).astype(np.int32)
    called = rng.integers(100_000, 152_312, count).astype(np.int32)
    groups = pl.Series(_GROUPS).gather(rng.integers(0, 5, count))
    counts = {
        f"{measure}_{each}": pl.lit(None, pl.Int32) for each in _GROUPS for measure in ("ac", "an")
    }
    filters = pl.Series(rng.random(count) < 0.03)
    return known.with_columns(
        ac=pl.Series(copies),
        an=pl.Series(called),
        af=pl.Series(copies / called),
        faf95=pl.Series(copies * 0.7 / called),
        faf95_group=groups,
        group_max_af=pl.Series(copies * 1.3 / called),
        nhomalt=pl.Series((copies // 90).astype(np.int32)),
        hemizygotes=pl.lit(0, dtype=pl.Int32),
        filters=pl.when(filters).then(pl.lit("AS_VQSR")).otherwise(pl.lit("PASS")),
        constructed=pl.lit(True),
        **counts,
    )


def _assertions(known: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    rows = known.filter(pl.Series(rng.random(known.height) < _FIFTH))
    words = pl.Series(["pathogenic", "likely_benign", "benign", "uncertain_significance"])
    number = pl.Series(np.arange(rows.height)).cast(pl.String)
    return rows.with_columns(
        significance=words.gather(rng.integers(0, 4, rows.height)).reshape((-1, 1)).arr.to_list(),
        conditions=("condition " + number).reshape((-1, 1)).arr.to_list(),
        stars=pl.Series(rng.integers(0, 5, rows.height).astype(np.int8)),
        rsid="rs" + number,
        name="NM_000000.1:c." + number + "G>A",
        citation="SCV" + number,
        **{name: pl.lit(None) for name in _NOT_RESOLVED},
    )


def _write(folder: Path, frequencies: pl.DataFrame, assertions: pl.DataFrame) -> None:
    folder.mkdir(parents=True)
    spans = pl.DataFrame(
        {
            "chromosome": [chromosome.value for chromosome in _CHROMOSOMES],
            "start": [1] * len(_CHROMOSOMES),
            "end": [chromosome.length for chromosome in _CHROMOSOMES],
            "note": ["everywhere"] * len(_CHROMOSOMES),
            "constructed": [True] * len(_CHROMOSOMES),
        }
    )
    with FrequencyWriter(folder, _GROUPS, ()) as writer:
        for chromosome in _CHROMOSOMES:
            writer.write(chromosome, frequencies.filter(chromosome=chromosome.value))
    plain = frequencies.select(FREQUENCIES_SCHEMA.names).to_arrow().cast(FREQUENCIES_SCHEMA)
    write_table(plain, folder / PLAIN, KEYED_GROUP)
    digest = pl.lit(0, pl.UInt64).alias(DIGEST)
    numbered = assertions.select(
        "chromosome", "key", "ref", "alt", digest, pl.row_index(ROW).cast(pl.Int32)
    )
    with PackWriter(folder, (Column(DIGEST, "uint64"), Column(ROW, "int32"))) as pack:
        for chromosome in _CHROMOSOMES:
            pack.write(chromosome, numbered.filter(chromosome=chromosome.value).drop("chromosome"))
    for name, table, schema in (
        (ALLELES, assertions, ALLELES_SCHEMA),
        (COVERED, spans, COVERED_SCHEMA),
    ):
        write_table(table.select(schema.names).to_arrow().cast(schema), folder / name, KEYED_GROUP)
