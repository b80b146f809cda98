"""Genotypes counted for identity checks: sex from X, kinship from the autosomes and mtDNA.

Only biallelic SNVs that pass their filter count. A pattern has one character a sample: the
copies of ALT (0, 1, 2), or a dot for a call that is missing, half, or of low quality.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from varinterp.model.chromosome import Chromosome, is_pseudoautosomal
from varinterp.sources.vcf_rows import sample_column

MIN_QUALITY = 20
"""GQ below which a call is not counted, where GQ is given."""
_ROWS_A_BLOCK = 20_000
_UNKNOWN = "."
_CALLS = {"0/0": "0", "0": "0", "0/1": "1", "1/0": "1", "1/1": "2", "1": "2"}


@dataclass(slots=True)
class GenotypeTally:
    """Counts patterns of the samples with the given indices.

    `autosomal` and `mitochondrial` count patterns; `x_het` and `x_hom` count, for each sample,
    heterozygous and homozygous (or haploid) ALT calls on X outside the pseudoautosomal regions.
    """

    samples: Sequence[int]
    autosomal: Counter[str] = field(default_factory=Counter)
    mitochondrial: Counter[str] = field(default_factory=Counter)
    x_het: list[int] = field(init=False)
    x_hom: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.x_het = [0] * len(self.samples)
        self.x_hom = [0] * len(self.samples)

    def add(self, rows: pl.DataFrame) -> None:
        """Count a block: of each kind of chromosome at most 20,000 evenly spread rows."""
        if not self.samples:
            return
        sites = rows.filter(
            pl.col("simple")
            & (pl.col("REF").str.len_bytes() == 1)
            & (pl.col("ALT").str.len_bytes() == 1)
            & pl.col("FILTER").is_in(["PASS", "."])
        )
        self._patterns(_spread(sites, pl.col("code") < Chromosome.X.code), self.autosomal)
        self._patterns(_spread(sites, pl.col("code") == Chromosome.MT.code), self.mitochondrial)
        self._sex(_spread(sites, pl.col("code") == Chromosome.X.code))

    def _patterns(self, sites: pl.DataFrame, counts: Counter[str]) -> None:
        if sites.is_empty():
            return
        patterns = self._copies(sites).select(pattern=pl.concat_str(pl.all()))
        for pattern, count in patterns.group_by("pattern").len().iter_rows():
            counts[pattern] += count

    def _sex(self, sites: pl.DataFrame) -> None:
        if sites.is_empty():
            return
        outside = [not is_pseudoautosomal(Chromosome.X, position) for position in sites["pos"]]
        copies = self._copies(sites.filter(pl.Series(outside)))
        for index, column in enumerate(copies):
            self.x_het[index] += int((column == "1").sum())
            self.x_hom[index] += int((column == "2").sum())

    def _copies(self, sites: pl.DataFrame) -> pl.DataFrame:
        """Return one column a sample with the characters of a pattern."""
        parts = []
        for (layout,), part in sites.group_by("FORMAT", maintain_order=True):
            keys = str(layout).split(":")
            rank = keys.index("GQ") if "GQ" in keys else None
            parts.append(
                part.select(*[_call(sample_column(index), rank) for index in self.samples])
            )
        return pl.concat(parts)


def _spread(sites: pl.DataFrame, where: pl.Expr) -> pl.DataFrame:
    chosen = sites.filter(where)
    return chosen.gather_every(max(1, -(-chosen.height // _ROWS_A_BLOCK)))


def _call(column: str, quality_rank: int | None) -> pl.Expr:
    cell = pl.col(column)
    call = cell.str.extract(r"^([^:]*)").str.replace("|", "/", literal=True)
    copies = call.replace_strict(_CALLS, default=_UNKNOWN, return_dtype=pl.String)
    if quality_rank is None:
        return copies.alias(column)
    quality = cell.str.extract(rf"^(?:[^:]*:){{{quality_rank}}}([0-9]+)").cast(pl.Float64)
    return pl.when(quality < MIN_QUALITY).then(pl.lit(_UNKNOWN)).otherwise(copies).alias(column)
