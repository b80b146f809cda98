"""Changed keys joined with recorded reads and stored alleles: what a source's changes can touch."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray

from varinterp.model.archive import POSITION_SOURCES, Located
from varinterp.model.chromosome import Chromosome
from varinterp.model.facts import ASSERTION, COVERAGE, FREQUENCY, LISTED, PHENOTYPE_FIT, REPEAT
from varinterp.model.reads import fact_hash
from varinterp.model.variant import Allele
from varinterp.pipeline.reanalysis.delta import Delta
from varinterp.sources.gnomad import NOT_OBSERVED, lookup_frequencies

UInt = NDArray[np.uint64]
Ints = NDArray[np.int64]

GATES = (ASSERTION.source, FREQUENCY.source, LISTED.source)
"""Sources of facts that gates compare."""
_SCORED = tuple(
    source for source in POSITION_SOURCES if source not in (COVERAGE.source, REPEAT.source)
)
_STRETCH = r"^([^-]+)-(\d+)(?:-(\d+))?$"
_NO_READS = frozenset({PHENOTYPE_FIT.source})
"""Facts whose readers are found case by case: every case is matched again when HPO moves."""


class Carriers(Protocol):
    """The cohort store, as far as a scope asks it."""

    def carriers(self, keys: UInt) -> pl.DataFrame:
        """Return ``key`` and ``case`` of stored alleles among ascending keys."""

    def carriers_in(self, spans: pl.DataFrame) -> pl.DataFrame:
        """Return ``key`` and ``case`` of stored alleles in stretches."""


class Readers(Protocol):
    """The index of reads, as far as a scope asks it."""

    def readers(self, hashes: UInt) -> Ints:
        """Return who read one of some facts."""

    def at_spans(self, source: str, spans: pl.DataFrame) -> Ints:
        """Return who read a source in one of some stretches."""


Locate = Callable[[Ints], Sequence[Located]]


@dataclass(frozen=True, slots=True)
class Touched:
    """What one source's changes can touch: conclusions that read them, gates that compare them."""

    read: tuple[Located, ...]
    gates: pl.DataFrame
    shown: tuple[Located, ...]
    placed: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Index:
    """Where a scope looks: recorded reads, where they stand today, and stored alleles.

    `population` is the folder of the population release that cases are brought to.
    """

    reads: Readers
    locate: Locate
    cohort: Carriers
    population: Path

    def touched(self, delta: Delta) -> Touched:
        """Return what a source's changed keys touch, in every case of the archive."""
        changes = delta.changes.filter(~pl.col("source").is_in(_NO_READS))
        gates = changes.filter(pl.col("source").is_in(GATES))
        beside = changes.filter(~pl.col("source").is_in(GATES))
        return Touched(
            read=tuple(self.locate(self._readers(changes))),
            gates=self.cohort.carriers(_alleles(gates)),
            shown=tuple(self.locate(self._shown(beside))),
            placed=self._placed(beside),
        )

    def _readers(self, changes: pl.DataFrame) -> Ints:
        named = changes.filter(pl.col("source") != COVERAGE.source)
        found = [self.reads.readers(hashes_of(named))]
        for source in POSITION_SOURCES:
            spans = stretches(changes.filter(pl.col("source") == source))
            if spans.height:
                found.append(self.reads.at_spans(source, spans))
        return np.unique(np.concatenate(found))

    def _shown(self, changes: pl.DataFrame) -> Ints:
        """Return the conclusions on alleles whose own values moved.

        Every conclusion reads ClinVar under its allele, so that these reads are the index of
        alleles that are candidates.
        """
        alleles = changes.filter(pl.col("allele_key").is_not_null())["key"]
        texts = alleles.str.replace(r"@.*$", "").unique()
        hashes = [fact_hash(ASSERTION.source, text) for text in texts]
        return self.reads.readers(np.unique(np.array(hashes, dtype=np.uint64)))

    def _placed(self, changes: pl.DataFrame) -> pl.DataFrame:
        """Return the stored alleles at positions whose value moved and may be shown unread."""
        covered = changes.filter(pl.col("source") == COVERAGE.source)
        scored = changes.filter(pl.col("source").is_in(_SCORED))
        beside = self.cohort.carriers_in(stretches(covered))
        shown = pl.Series(_shown_uncounted(beside["key"], self.population), dtype=pl.UInt64)
        return pl.concat(
            [
                self.cohort.carriers_in(stretches(scored)).select("key", "case"),
                beside.select("key", "case").filter(pl.col("key").is_in(shown.implode())),
            ]
        )


def hashes_of(changes: pl.DataFrame) -> UInt:
    """Return the hashes of changed facts, ascending and distinct."""
    pairs = changes.select("source", "key").unique().iter_rows()
    return np.unique(np.array([fact_hash(*pair) for pair in pairs], dtype=np.uint64))


def stretches(changes: pl.DataFrame) -> pl.DataFrame:
    """Return changed positions as ``chromosome``, ``start`` and ``end``; one base where one is."""
    parts = changes["key"].str.extract_groups(_STRETCH).struct
    found = pl.DataFrame({name: parts.field(str(number)) for name, number in _PARTS.items()})
    known = [chromosome.value for chromosome in Chromosome]
    return found.filter(pl.col("chromosome").is_in(known)).select(
        "chromosome",
        pl.col("start").cast(pl.Int64),
        pl.coalesce("end", "start").cast(pl.Int64).alias("end"),
    )


_PARTS: Mapping[str, int] = {"chromosome": 1, "start": 2, "end": 3}


def _shown_uncounted(keys: pl.Series, population: Path) -> list[int]:
    """Return the keys of alleles that have a row in which nobody has them: coverage is shown.

    Elsewhere it is not shown, or a conclusion read it; that of mitochondrial disease reads neither.
    A key that does not tell its alleles stands for all that it may be.
    """
    named = [(key, Allele.from_key(key)) for key in keys.unique().sort()]
    unsure = [key for key, allele in named if allele is None or allele.chromosome is Chromosome.MT]
    known = [(key, each.ref, each.alt) for key, each in named if each is not None]
    schema = {"key": pl.UInt64, "ref": pl.String, "alt": pl.String}
    frame = pl.DataFrame(known, schema=schema, orient="row")
    rows = lookup_frequencies(population, frame)
    nobody = (rows["ac"] == 0) | (rows["filters"] == NOT_OBSERVED)
    return [*unsure, *frame.filter(nobody.fill_null(False))["key"]]


def _alleles(changes: pl.DataFrame) -> UInt:
    keys: NDArray[Any] = changes["allele_key"].drop_nulls().unique().sort().to_numpy()
    return keys.astype(np.uint64)
