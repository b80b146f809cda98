"""The comparators of a ClinVar release, written at its end: by codon, and by splice site.

Both name the class of an allele alike: our resolution's, or ClinVar's aggregate. Millions of rows
wait here for those of the other chromosomes, in narrow types.
"""

from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from varinterp.model.chromosome import Chromosome
from varinterp.model.clinvar import Significance
from varinterp.model.splice_site import Side
from varinterp.sources.clinvar import CODONS, CODONS_SCHEMA
from varinterp.sources.clinvar_rule import ONE_VOTE
from varinterp.sources.clinvar_splice import SITE, SPLICE, SPLICE_SCHEMA
from varinterp.sources.keyed_changes import DIGEST
from varinterp.sources.row_digest import row_digests
from varinterp.sources.row_groups import write_frame

CODON_DIGESTS = "codon_digests.parquet"
CODON_DIGESTS_SCHEMA = pa.schema(
    [
        pa.field("transcript", pa.string(), nullable=False),
        pa.field("codon", pa.int32(), nullable=False),
        pa.field(DIGEST, pa.uint64(), nullable=False),
    ]
)
_TELLING = [word.value for word in (*ONE_VOTE, Significance.CONFLICTING)]
_CODON = ["transcript", "codon"]
_CODON_VALUE = ("key", "ref", "alt", "ref_aa", "alt_aa", "significance", "stars")
_PLACE = ["position", "ref", "alt"]

_LETTERS = pl.Enum([chr(code) for code in range(ord("A"), ord("Z") + 1)])
_ALLELE: dict[str, Any] = {
    "key": pl.UInt64,
    "chromosome": pl.Enum([chromosome.value for chromosome in Chromosome]),
    "position": pl.Int32,
    "ref": _LETTERS,
    "alt": _LETTERS,
    "words": pl.Categorical(),
    "stars": pl.Int8,
}
_OF_CODONS: dict[str, Any] = {
    "transcript": pl.Categorical(),
    "codon": pl.Int32,
    "ref_aa": _LETTERS,
    "alt_aa": _LETTERS,
    **_ALLELE,
}
_OF_SITES: dict[str, Any] = {
    "transcript": pl.Categorical(),
    "exon": pl.Int32,
    "side": pl.Enum([side.value for side in Side]),
    "offset": pl.Int32,
    "changes_protein": pl.Boolean,
    **_ALLELE,
}
_DIGESTS: dict[str, Any] = {"transcript": pl.String, "codon": pl.Int32, DIGEST: pl.UInt64}


class ComparatorWriter:
    """Collects the comparators of a release's chromosomes, then writes them sorted.

    A release to which no chromosome brought splice sites has no file of them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._codons = [pl.DataFrame(schema=_OF_CODONS)]
        self._sites: list[pl.DataFrame] = []

    def add(
        self, alleles: pl.DataFrame, missense: pl.DataFrame, sites: pl.DataFrame | None
    ) -> None:
        """Take a chromosome's alleles, with the codons and the splice motifs that they lie in."""
        classes = _classes(alleles)
        self._codons.append(_named(missense, classes, _OF_CODONS))
        if sites is not None:
            self._sites.append(_named(sites, classes, _OF_SITES))

    def write(self) -> dict[str, int]:
        """Write the files; return them with their rows."""
        return {**self._write_codons(), **self._write_sites()}

    def _write_codons(self) -> dict[str, int]:
        codons = pl.concat(self._codons).sort(*_CODON, "key", "ref", "alt")
        self._codons.clear()
        sums: list[pl.DataFrame] = []

        def shape(part: pl.DataFrame) -> pl.DataFrame:
            wide = _wide(part)
            digests = wide.select(*_CODON, row_digests(wide, _CODON_VALUE))
            sums.append(digests.group_by(_CODON, maintain_order=True).sum())
            return wide

        rows = write_frame(codons, CODONS_SCHEMA, self.folder / CODONS, shape)
        digests = pl.concat(sums or [pl.DataFrame(schema=_DIGESTS)])
        # A codon whose alleles were cut apart by a slice comes twice.
        whole = digests.group_by(_CODON, maintain_order=True).sum()
        path = self.folder / CODON_DIGESTS
        return {CODONS: rows, CODON_DIGESTS: write_frame(whole, CODON_DIGESTS_SCHEMA, path)}

    def _write_sites(self) -> dict[str, int]:
        if not self._sites:
            return {}
        sites = pl.concat(self._sites).with_columns(pl.col("side").cast(pl.String))
        self._sites.clear()
        rows = sites.sort(*SITE, "key", "ref", "alt")
        return {SPLICE: write_frame(rows, SPLICE_SCHEMA, self.folder / SPLICE, _wide)}


def _classes(alleles: pl.DataFrame) -> pl.DataFrame:
    """Name the class of each substitution: our resolution's, or ClinVar's aggregate.

    Of an aggregate only the words that tell pathogenic from benign are kept, where it has any:
    *not provided* for one condition, or a drug's response, takes nothing from *pathogenic*.
    """
    resolved, words = pl.col("resolved").is_not_null(), pl.col("significance")
    telling = words.list.filter(pl.element().is_in(_TELLING))
    return alleles.filter(_substitution()).select(
        "key", *_PLACE,
        pl.when(resolved)
        .then(pl.col("resolved").cast(pl.String))
        .otherwise(pl.when(telling.list.len() > 0).then(telling).otherwise(words).list.join("|"))
        .alias("words"),
        pl.when(resolved).then("resolved_stars").otherwise("stars").alias("stars"),
    )  # fmt: skip


def _named(rows: pl.DataFrame, classes: pl.DataFrame, narrow: dict[str, Any]) -> pl.DataFrame:
    named = rows.join(classes, on=_PLACE, how="inner")
    return named.select(pl.col(name).cast(kind) for name, kind in narrow.items())


def _substitution() -> pl.Expr:
    return (pl.col("ref").str.len_bytes() == 1) & (pl.col("alt").str.len_bytes() == 1)


def _wide(part: pl.DataFrame) -> pl.DataFrame:
    """Spell a slice's narrow columns out, as a release has them."""
    texts = [
        name for name, kind in part.schema.items() if isinstance(kind, pl.Enum | pl.Categorical)
    ]
    return part.with_columns(pl.col(texts).cast(pl.String)).with_columns(
        pl.col("words").str.split("|").alias("significance")
    )
