"""The genes and diseases under which ClinVar files an allele: `places.parquet` of a release.

Read for this: ``GENEINFO`` (``SYMBOL:NCBI|SYMBOL:NCBI``) and ``CLNDISDB`` of ClinVar's VCFs of 2018
to 2026: a condition after the other separated by ``|``, ``.`` for one without an id, the ids of one
by ``,``; ``MONDO:MONDO:0007947``, ``OMIM:154700`` (``OMIM:PS…`` for a phenotypic series) and
``Orphanet:558``, which was ``Orphanet:ORPHA558`` before. VCFs before October 2017 name diseases in
other fields, which are not read: their alleles have genes only.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from varinterp.sources.clinvar import ALLELES
from varinterp.sources.row_groups import read_rows

PLACES = "places.parquet"
PLACES_SCHEMA = pa.schema(
    [
        pa.field("genes", pa.list_(pa.string()), nullable=False),
        pa.field("diseases", pa.list_(pa.string()), nullable=False),
    ]
)
"""One row for each of `ALLELES`, in its order. Genes are ``HGNC:…``, or ``NCBIGene:…`` where the
`mane` release of the build has no HGNC id of it; diseases ``MONDO:…``, ``OMIM:…`` and ``ORPHA:…``.
Both are sorted, and empty where ClinVar names none."""

GENE_INFO = r"^[^:|]+:\d+(\|[^:|]+:\d+)*$"
_DISEASE = r"MONDO:\d{7}|OMIM:(?:PS)?\d{6}|Orphanet:(?:ORPHA)?\d+"
_GENE_PREFIXES = ("HGNC:", "NCBIGene:")
_DISEASE_PREFIXES = ("MONDO:", "OMIM:", "ORPHA:")


class Texts:
    """Every different text of a column met so far, by number: rows carry the number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def numbers(self, column: pl.Series) -> pl.Series:
        """Return the number of each text (UInt32); a missing one counts as empty."""
        known = column.fill_null("")
        different = known.unique(maintain_order=True)
        found = [self._numbers.setdefault(text, len(self._numbers)) for text in different]
        return known.replace_strict(
            different, pl.Series(found, dtype=pl.UInt32), return_dtype=pl.UInt32
        )

    def texts(self) -> pl.Series:
        """Return the texts, each at its number."""
        return pl.Series("text", list(self._numbers), dtype=pl.String)


def genes_of(texts: pl.Series, hgnc: Mapping[str, str]) -> pl.Series:
    """Return the genes that each ``GENEINFO`` names; `hgnc` has HGNC ids by NCBI's number."""
    named = {f":{number}": gene for number, gene in hgnc.items()}
    gene = pl.element().replace(list(named), list(named.values()))
    return _parts(texts, r":\d+", gene.str.replace("^:", "NCBIGene:"))


def diseases_of(texts: pl.Series) -> pl.Series:
    """Return the diseases that each ``CLNDISDB`` names."""
    return _parts(texts, _DISEASE, pl.element().str.replace("^Orphanet:(?:ORPHA)?", "ORPHA:"))


def _parts(texts: pl.Series, pattern: str, name: pl.Expr) -> pl.Series:
    return texts.str.extract_all(pattern).list.eval(name).list.unique().list.sort()


def is_place(key: str) -> bool:
    """Tell whether a key is one of a gene or of a disease."""
    return key.startswith((*_GENE_PREFIXES, *_DISEASE_PREFIXES))


def alleles_in(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return how many alleles a release has in a gene or of a disease, and by word of significance.

    None when it has none, or when it was built without `PLACES`.
    """
    path = folder / PLACES
    if not path.exists():
        return None
    column = "genes" if key.startswith(_GENE_PREFIXES) else "diseases"
    inside = pl.scan_parquet(path).select(pl.col(column).list.contains(key).alias("in"))
    rows = inside.with_row_index("row").filter("in").select("row").collect()["row"]
    if rows.is_empty():
        return None
    words = read_rows(folder / ALLELES, rows, ["significance"])["significance"]
    counts = words.list.unique().explode(empty_as_null=False).value_counts().sort("significance")
    return {"alleles": rows.len(), **dict(counts.iter_rows())}
