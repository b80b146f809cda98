"""A release of the Human Phenotype Ontology and its disease annotations, as two Parquet files.

``terms.parquet``, sorted by term id, is `hp.obo`; ``annotations.parquet``, sorted by disease, is
`phenotype.hpoa` row by row, its terms brought to their current ids. HPO: PMID 37953324. Both
carry the date of the release in their schema's metadata.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from varinterp.errors import ReleaseError
from varinterp.phenotype.annotations import DiseaseAnnotations
from varinterp.phenotype.ontology import Ontology, Term
from varinterp.sources.hpo_diseases import described_diseases
from varinterp.sources.hpoa import Annotation, Aspect, read_hpoa
from varinterp.sources.obo import read_obo
from varinterp.sources.parquet import read_table, write_table

TERMS = "terms.parquet"
ANNOTATIONS = "annotations.parquet"

TERMS_SCHEMA = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("parents", pa.list_(pa.string()), nullable=False),
        pa.field("alt_ids", pa.list_(pa.string()), nullable=False),
        pa.field("obsolete", pa.bool_(), nullable=False),
        pa.field("replaced_by", pa.list_(pa.string()), nullable=False),
        pa.field("consider", pa.list_(pa.string()), nullable=False),
    ]
)

ANNOTATIONS_SCHEMA = pa.schema(
    [
        pa.field("disease", pa.string(), nullable=False),
        pa.field("aspect", pa.string(), nullable=False),
        pa.field("term", pa.string(), nullable=False),
        pa.field("excluded", pa.bool_(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("frequency", pa.string(), nullable=False),
        pa.field("observed", pa.int32()),
        pa.field("examined", pa.int32()),
        pa.field("fraction", pa.float64()),
        pa.field("reference", pa.string(), nullable=False),
        pa.field("evidence", pa.string(), nullable=False),
        pa.field("onset", pa.string(), nullable=False),
        pa.field("sex", pa.string(), nullable=False),
        pa.field("modifier", pa.string(), nullable=False),
        pa.field("curated", pa.string(), nullable=False),
    ]
)
"""`frequency` is the file's own word; `observed` of `examined` patients, or `fraction`, its value;
`curated` the last date on which a curator touched the row."""

RELEASE_KEY = b"varinterp.release"


@dataclass(frozen=True, slots=True)
class HpoRelease:
    """What was written: the date of the release, and the rows of each file by its name."""

    release: str
    rows: dict[str, int]


def write_hpo_release(obo: Path, hpoa: Path, folder: Path) -> HpoRelease:
    """Write both Parquet files from ``hp.obo`` and ``phenotype.hpoa`` of the same release.

    Raise ReleaseError for a word that a vocabulary lacks, a term that the ontology does not have,
    or files of two different releases.
    """
    ontology = read_obo(obo)
    annotations = read_hpoa(hpoa)
    if annotations.ontology != ontology.release:
        raise ReleaseError(
            f"{hpoa.name} was written for HPO {annotations.ontology}, and {obo.name} is "
            f"{ontology.release}: take both from one release"
        )
    rows = [_annotation_row(hpoa, row, ontology) for row in annotations.rows]
    rows.sort(key=lambda row: tuple((value is not None, value) for value in row.values()))
    terms = [_term_row(term) for term in sorted(ontology, key=lambda term: term.id)]
    return HpoRelease(
        annotations.release,
        {
            TERMS: write_table(_table(terms, TERMS_SCHEMA, ontology.release), folder / TERMS),
            ANNOTATIONS: write_table(
                _table(rows, ANNOTATIONS_SCHEMA, annotations.release), folder / ANNOTATIONS
            ),
        },
    )


def read_ontology(folder: Path) -> Ontology:
    """Read the ontology of a release written by `write_hpo_release`."""
    table = read_table(folder / TERMS, TERMS_SCHEMA)
    columns = (table[name].to_pylist() for name in TERMS_SCHEMA.names)
    terms = (
        Term(id_, name, tuple(parents), tuple(alt), obsolete, tuple(replaced), tuple(consider))
        for id_, name, parents, alt, obsolete, replaced, consider in zip(*columns, strict=True)
    )
    return Ontology(terms, _release_of(table))


def read_annotations(folder: Path) -> DiseaseAnnotations:
    """Read what a release says of each disease.

    A term occurs in a disease when a row says so without NOT and without a frequency of zero.
    Counted patients of several rows are pooled; without counts the highest stated fraction holds.
    """
    table = read_table(folder / ANNOTATIONS, ANNOTATIONS_SCHEMA)
    return DiseaseAnnotations(_release_of(table), described_diseases(pl.DataFrame(table)))


def _annotation_row(path: Path, row: Annotation, ontology: Ontology) -> dict[str, Any]:
    return {
        "disease": row.disease,
        "aspect": row.aspect.value,
        "term": _current(path, row, ontology),
        "excluded": row.excluded,
        "name": row.name,
        "frequency": row.stated_frequency,
        "observed": row.frequency.observed,
        "examined": row.frequency.examined,
        "fraction": row.frequency.fraction,
        "reference": row.reference,
        "evidence": row.evidence,
        "onset": row.onset,
        "sex": row.sex,
        "modifier": row.modifier,
        "curated": row.curated,
    }


def _current(path: Path, row: Annotation, ontology: Ontology) -> str:
    """Return the current id of a row's term; a phenotype must lie under its root."""
    resolution = ontology.resolve(row.term)
    if resolution.term is None:
        raise ReleaseError(f"{path.name}:{row.line}: {row.term} is {resolution.status} in the HPO")
    if row.aspect is Aspect.PHENOTYPE and not ontology.is_phenotype(resolution.term.id):
        raise ReleaseError(
            f"{path.name}:{row.line}: {row.term} has aspect P and is no phenotypic abnormality"
        )
    return resolution.term.id


def _term_row(term: Term) -> dict[str, Any]:
    return {
        "id": term.id,
        "name": term.name,
        "parents": term.parents,
        "alt_ids": term.alt_ids,
        "obsolete": term.obsolete,
        "replaced_by": term.replaced_by,
        "consider": term.consider,
    }


def _table(rows: list[dict[str, Any]], schema: pa.Schema, release: str) -> pa.Table:
    return pa.Table.from_pylist(rows, schema.with_metadata({RELEASE_KEY: release.encode()}))


def _release_of(table: pa.Table) -> str:
    metadata = table.schema.metadata or {}
    if RELEASE_KEY not in metadata:
        raise ReleaseError("a file of the HPO release does not say which release it is: rebuild it")
    return str(metadata[RELEASE_KEY].decode())
