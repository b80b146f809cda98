"""Which genes HPO ties to which diseases: ``genes_to_disease.txt`` or ``genes_to_phenotype.txt``.

The first says how (Mendelian, polygenic, unknown) and by whom, the second only that. Columns:
https://obophenotype.github.io/human-phenotype-ontology/annotations/genes_to_disease/
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from varinterp.sources.parquet import read_table, write_table
from varinterp.sources.quoted_table import Row, read_rows, unknown_word

GENES = "genes.parquet"
GENES_SCHEMA = pa.schema(
    [pa.field(name, pa.string(), nullable=False) for name in ("key", "gene", "disease", "type")]
)
"""`key` is ``NCBIGene:91522``; `type` the kind of association in lower case."""

TO_DISEASE = ("ncbi_gene_id", "gene_symbol", "association_type", "disease_id", "source")
TO_PHENOTYPE = ("ncbi_gene_id", "gene_symbol", "hpo_id", "hpo_name", "frequency", "disease_id")
TYPES = {"MENDELIAN": "mendelian", "POLYGENIC": "polygenic", "UNKNOWN": "unknown"}
NOT_STATED = "not_stated"

_GENE = re.compile(r"NCBIGene:\d+")
_DISEASE = re.compile(r"(OMIM|ORPHA|DECIPHER):\d+")


@dataclass(frozen=True, slots=True, order=True)
class GenePair:
    """A gene (NCBI's number) and a disease, and how HPO says that they belong together."""

    key: str
    gene: str
    disease: str
    type: str


def write_gene_pairs(to_disease: Path | None, to_phenotype: Path | None, folder: Path) -> int:
    """Write ``genes.parquet`` and return its rows; a pair of both files is that of the first."""
    stated = set(_of_diseases(to_disease)) if to_disease else set()
    told = {(pair.key, pair.disease) for pair in stated}
    others = set(_of_phenotypes(to_phenotype)) if to_phenotype else set()
    rows = sorted(stated | {pair for pair in others if (pair.key, pair.disease) not in told})
    columns = {name: [getattr(row, name) for row in rows] for name in GENES_SCHEMA.names}
    return write_table(pa.table(columns, schema=GENES_SCHEMA), folder / GENES)


def read_gene_pairs(folder: Path) -> tuple[GenePair, ...]:
    """Read the pairs of a release; none when it was built without them."""
    if not (folder / GENES).is_file():
        return ()
    rows = read_table(folder / GENES, GENES_SCHEMA).to_pylist()
    return tuple(GenePair(**row) for row in rows)


def pairs_by_gene(folder: Path) -> dict[str, Mapping[str, Any]]:
    """Return what a release says of each gene, by NCBI's number."""
    genes: dict[str, dict[str, Any]] = {}
    for pair in read_gene_pairs(folder):
        gene = genes.setdefault(pair.key, {"gene": pair.gene, "diseases": []})
        gene["diseases"].append(f"{pair.disease} {pair.type}")
    return dict(genes)


def _of_diseases(path: Path) -> Iterator[GenePair]:
    for line, row in read_rows(path, "\t", TO_DISEASE):
        if row["association_type"] not in TYPES:
            raise unknown_word(path, line, "association_type", row["association_type"])
        yield _pair(path, line, row, row["ncbi_gene_id"], TYPES[row["association_type"]])


def _of_phenotypes(path: Path) -> Iterator[GenePair]:
    for line, row in read_rows(path, "\t", TO_PHENOTYPE):
        key = f"NCBIGene:{row['ncbi_gene_id'].removeprefix('NCBIGene:')}"
        yield _pair(path, line, row, key, NOT_STATED)


def _pair(path: Path, line: int, row: Row, key: str, type_: str) -> GenePair:
    if not _GENE.fullmatch(key):
        raise unknown_word(path, line, "ncbi_gene_id", key)
    if not _DISEASE.fullmatch(row["disease_id"]):
        raise unknown_word(path, line, "disease_id", row["disease_id"])
    return GenePair(key, row["gene_symbol"], row["disease_id"], type_)
