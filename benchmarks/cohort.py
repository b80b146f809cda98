"""An archive of cases, as the cohort store and as tables, and a ClinVar-like update of it.

    small/   1,000 cases with 1 million stored alleles, 100,000 assessments
    large/   10,000 cases with 10 million stored alleles, 1 million assessments

Each folder has ``cohort/`` (a case's part is added as its job would, then all are compacted),
``archive.parquet`` (key, case and what ClinVar said, sorted by key), ``clinvar.parquet`` (3.5
million alleles of the new release), ``delta.npy`` (about 32,000 keys that moved between the
releases), ``cohort/reads/`` (an index of 22 reads an assessment), ``reads.parquet`` (the same as
rows) and ``facts.npy`` (the moved keys as reads hash them). How often an allele is carried follows
a power law; 15 % of the alleles are in ClinVar. ``python -m benchmarks.cohort FOLDER SIZE``: ten
minutes and 5 GB for size 1.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks.releases import drawn_alleles
from varinterp.cohort.parts import PART_SCHEMA
from varinterp.cohort.reads_index import ReadsIndex
from varinterp.cohort.store import CohortStore
from varinterp.model.archive import PositionReads, ReadBatch
from varinterp.model.chromosome import Chromosome

CASES, OF_A_CASE, CLINVAR, DELTA, ASSESSMENTS = 10_000, 1_000, 3_500_000, 32_000, 1_000_000
SEED = 20_261_122
_CHROMOSOMES = tuple(Chromosome)[:23]
_IN_CLINVAR = 0.15
_OWN, _GENE, _RULES = 12, 4, 6
"""Reads of an assessment's own part, of its gene's, and of the rules: 22 in all."""
_GENES = 4_000
_BATCH = 50_000
_PEOPLE = ("P-CHILDAAAAAAA", "P-FATHERAAAAAA", "P-MOTHERAAAAAA")

Ints = NDArray[np.int64]
UInts = NDArray[np.uint64]


def make(folder: Path, size: float) -> None:
    """Write both archives in `folder`."""
    for name, share in (("small", 0.1), ("large", 1.0)):
        _archive(folder / name, int(CASES * share * size), int(ASSESSMENTS * share * size))


def _archive(folder: Path, cases: int, assessments: int) -> None:
    rng = np.random.default_rng(SEED)
    folder.mkdir(parents=True)
    alleles = _alleles(int(cases * OF_A_CASE * 0.7), rng)
    carried = _carried(alleles.height, cases, rng)
    known = rng.random(alleles.height) < _IN_CLINVAR
    listed, moved = _clinvar(folder, alleles.filter(pl.Series(known)), rng)
    said = alleles["key"].is_in(listed.implode()).cast(pl.Int8).to_numpy()
    _tables(folder, alleles, carried, said)
    store = CohortStore.open(folder / "cohort")
    _parts(store, alleles, carried)
    store.compact()
    _reads(folder, alleles["key"].to_numpy(), moved, assessments)


def _alleles(count: int, rng: np.random.Generator) -> pl.DataFrame:
    whole = sum(chromosome.length for chromosome in _CHROMOSOMES)
    drawn = [
        drawn_alleles(chromosome, int(count * chromosome.length / whole), rng)
        for chromosome in _CHROMOSOMES
    ]
    return pl.concat(drawn)


def _carried(alleles: int, cases: int, rng: np.random.Generator) -> pl.DataFrame:
    """Return who carries what: ``allele`` (a row's number) and ``case`` (a number), by both."""
    weight = np.cumsum(rng.pareto(1.1, alleles) + 1)
    wanted = np.sort(rng.random(int(cases * OF_A_CASE * 1.1))) * weight[-1]
    allele = np.searchsorted(weight, wanted)
    case = rng.integers(0, cases, allele.size)
    return pl.DataFrame({"allele": allele, "case": case}).unique().sort("allele", "case")


def _clinvar(folder: Path, mine: pl.DataFrame, rng: np.random.Generator) -> tuple[pl.Series, UInts]:
    """Write the new release; return its keys, and those that moved. The old one said 1 of each."""
    others = _alleles(max(CLINVAR - mine.height, 0), rng)
    rows = pl.concat([mine, others]).unique("key").sort("key")
    moved = rng.random(rows.height) < DELTA / rows.height
    rows = rows.with_columns(significance=pl.Series(np.where(moved, 2, 1).astype(np.int8)))
    named = rows.with_columns(name=pl.format("NC_0000.11:g.{}{}>{}", "position", "ref", "alt"))
    named.select("key", "significance", "name").write_parquet(folder / "clinvar.parquet")
    keys: UInts = rows["key"].to_numpy()[moved]
    np.save(folder / "delta.npy", keys)
    return rows["key"], keys


def _tables(
    folder: Path, alleles: pl.DataFrame, carried: pl.DataFrame, said: NDArray[np.int8]
) -> None:
    number = carried["allele"]
    archive = carried.select(
        alleles["key"].gather(number),
        _case_names(carried["case"]).alias("case"),
        pl.Series("said", said).gather(number),
    )
    archive.sort("key").write_parquet(folder / "archive.parquet")


def _case_names(numbers: pl.Series) -> pl.Series:
    padded = pl.format("C-{}", pl.col("n").cast(pl.String).str.zfill(12))
    return numbers.alias("n").to_frame().select(padded).to_series()


def _parts(store: CohortStore, alleles: pl.DataFrame, carried: pl.DataFrame) -> None:
    """Add each case's part."""
    names = dict(enumerate(_case_names(pl.Series(range(int(carried["case"].max()) + 1)))))  # type: ignore[arg-type]
    call = {"ploidy": 2, "haplotype": None, "phase_set": None, "ref_depth": 14, "alt_depth": 12}
    calls = [
        call
        | {"person": person, "copies": int(at < 2), "depth": 26, "genotype_quality": 99}
        | dict.fromkeys(("pl_0", "pl_1", "pl_2"))
        for at, person in enumerate(_PEOPLE)
    ]
    schema = pl.DataFrame(pl.from_arrow(PART_SCHEMA.empty_table())).schema
    trio = pl.Series("genotypes", [calls], dtype=schema["genotypes"])
    for (number,), rows in carried.sort("case", "allele").group_by("case", maintain_order=True):
        own = alleles[rows["allele"]].with_columns(
            pl.lit(None, pl.String).alias("original"),
            pl.lit("PASS").alias("filter"),
            pl.lit(50.0, pl.Float32).alias("quality"),
            trio.new_from_index(0, rows.height),
            pl.lit(True).alias("stored"),
        )
        store.add(names[number], 1, own.select(PART_SCHEMA.names).cast(schema))


def _reads(folder: Path, keys: UInts, moved: UInts, assessments: int) -> None:
    """Index the reads of assessments, each of one allele; its first read is ClinVar's of it."""
    rng = np.random.default_rng(SEED)
    allele = np.sort(rng.integers(0, keys.size, assessments))
    tables: list[pl.DataFrame] = []

    def batches(mark: int) -> Iterator[ReadBatch]:
        for start in range(mark, assessments, _BATCH):
            ids = np.arange(start, min(start + _BATCH, assessments)) + 1
            batch = _batch(ids, keys[allele[ids - 1]])
            tables.append(_flat(batch))
            yield batch

    ReadsIndex.open(folder / "cohort" / "reads").catch_up(batches)
    pl.concat(tables).sort("fact").write_parquet(folder / "reads.parquet")
    np.save(folder / "facts.npy", _mixed(moved))


def _batch(ids: Ints, keys: UInts) -> ReadBatch:
    genes = keys.astype(np.int64) % _GENES
    present = np.unique(genes)
    own = _mixed(keys[:, None] + np.arange(_OWN, dtype=np.uint64) * np.uint64(1 << 20))
    of_genes = _mixed((present[:, None] * _GENE + np.arange(_GENE)).astype(np.uint64))
    of_rules = _mixed(np.arange(_RULES, dtype=np.uint64) + np.uint64(1 << 40))
    rules = 0
    return ReadBatch(
        last=int(ids[-1]),
        assessment_id=np.tile(ids, 3),
        part_id=np.concatenate([2 * ids + 1, 2 * genes + 2, np.full(ids.size, rules)]),
        read_part=np.concatenate([
            np.repeat(2 * ids + 1, _OWN), np.repeat(2 * present + 2, _GENE), np.full(_RULES, rules),
        ]),
        fact_hash=np.concatenate([own.ravel(), of_genes.ravel(), of_rules]),
        positions={
            "gnomad.coverage": PositionReads(
                (keys >> np.uint64(59)).astype(np.uint8),
                (keys >> np.uint64(31) & np.uint64(0xFFFFFFF)).astype(np.uint32),
                2 * ids + 1,
            )
        },
    )  # fmt: skip


def _flat(batch: ReadBatch) -> pl.DataFrame:
    """Return the batch's reads as rows: fact and assessment."""
    members = pl.DataFrame({"assessment": batch.assessment_id, "part": batch.part_id})
    reads = pl.DataFrame({"part": batch.read_part, "fact": batch.fact_hash})
    return members.join(reads, on="part").select("fact", "assessment")


def _mixed(numbers: UInts) -> UInts:
    """Return SplitMix64's output for each number, for a hash that is drawn as the real one is."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ mixed >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ mixed >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return mixed ^ mixed >> np.uint64(31)


if __name__ == "__main__":
    make(Path(sys.argv[1]), float(sys.argv[2]))
