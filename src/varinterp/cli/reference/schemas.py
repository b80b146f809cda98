"""Schemas of the files that others read or write: JSON Schema for documents, Arrow's for tables."""

import json
from collections.abc import Mapping

import pyarrow as pa
from pydantic import BaseModel

from varinterp.cohort.consequences import CONSEQUENCES_SCHEMA
from varinterp.cohort.parts import PART_SCHEMA
from varinterp.documents.case import case_schema
from varinterp.documents.changes import changes_schema
from varinterp.documents.copy_number import copy_number_schema
from varinterp.pipeline.config import Settings
from varinterp.pipeline.consequence import CANDIDATES_SCHEMA
from varinterp.pipeline.intake import Intake
from varinterp.pipeline.variants import ANNOTATED_SCHEMA
from varinterp.refs.lock import LockFile
from varinterp.refs.release import Manifest
from varinterp.sources import (
    clingen_dosage,
    clinvar,
    clinvar_comparators,
    clinvar_places,
    clinvar_release,
    clinvar_splice,
    copy_number_points,
    curated_release,
    curations,
    gene_disease,
    gnomad,
    gnomad_constraint,
    gnomad_mitochondrial,
    gnomad_sv,
    hpo,
    hpo_genes,
    listed_alleles,
    local_frequency,
    mane,
    mondo,
    panels,
    transcripts,
)
from varinterp.sources.gene_specs import GeneSpecification
from varinterp.sources.material import CHANGES_SCHEMA
from varinterp.sources.rules import RulesFile

MODELS: Mapping[str, type[BaseModel]] = {
    "config": Settings,
    "intake": Intake,
    "lock": LockFile,
    "manifest": Manifest,
    "rules": RulesFile,
    "gene_specification": GeneSpecification,
}
"""The documents by name, beside those whose schemas are where their codecs are."""

_WHOLE = 1000
"""Characters of a type's name that are written out; Arrow shortens longer ones."""

TABLES: Mapping[str, pa.Schema] = {
    "candidates": CANDIDATES_SCHEMA,
    "variants": ANNOTATED_SCHEMA,
    "changes": CHANGES_SCHEMA,
    "cohort.consequences": CONSEQUENCES_SCHEMA,
    "cohort.part": PART_SCHEMA,
    "clingen_dosage.dosage": clingen_dosage.DOSAGE_SCHEMA,
    "clinvar.alleles": clinvar.ALLELES_SCHEMA,
    "clinvar.codon_digests": clinvar_comparators.CODON_DIGESTS_SCHEMA,
    "clinvar.codons": clinvar.CODONS_SCHEMA,
    "clinvar.places": clinvar_places.PLACES_SCHEMA,
    "clinvar.resolutions": clinvar_release.RESOLUTIONS_SCHEMA,
    "clinvar.splice": clinvar_splice.SPLICE_SCHEMA,
    "clinvar.submissions": clinvar_release.SUBMISSIONS_SCHEMA,
    "copy_number_points.points": copy_number_points.POINTS_SCHEMA,
    "curation.curated": curated_release.CURATED_SCHEMA,
    "curation.history": curated_release.HISTORY_SCHEMA,
    "curations": curations.CURATIONS_SCHEMA,
    "gene_disease.links": gene_disease.LINKS_SCHEMA,
    "gnomad.covered": gnomad.COVERED_SCHEMA,
    "gnomad.frequencies": gnomad.FREQUENCIES_SCHEMA,
    "gnomad_constraint.constraint": gnomad_constraint.CONSTRAINT_SCHEMA,
    "gnomad_mito.mitochondrial": gnomad_mitochondrial.MITOCHONDRIAL_SCHEMA,
    "gnomad_sv.copies": gnomad_sv.COPIES_SCHEMA,
    "hpo.annotations": hpo.ANNOTATIONS_SCHEMA,
    "hpo.genes": hpo_genes.GENES_SCHEMA,
    "hpo.terms": hpo.TERMS_SCHEMA,
    "listed_alleles.listed": listed_alleles.LISTED_SCHEMA,
    "local_frequency.counts": local_frequency.LOCAL_SCHEMA,
    "mane.genes": mane.GENES_SCHEMA,
    "mondo_mappings.mappings": mondo.MAPPINGS_SCHEMA,
    "panels.panels": panels.PANELS_SCHEMA,
    "mane.transcripts": transcripts.TRANSCRIPTS_SCHEMA,
}
"""A family's tables, those of the cohort store, and the files of releases as ``source.file``.

`curations` is the table of every source that curates genes and diseases; `changes` what two
releases of any source compare to; `gnomad.frequencies` what its packs answer with.
"""


def schema_documents() -> dict[str, str]:
    """Return every schema's text by the name of its file."""
    documents = {f"{name}.schema.json": _json_schema(model) for name, model in MODELS.items()}
    tables = {f"{name}.arrow.txt": _arrow_schema(schema) for name, schema in TABLES.items()}
    written = {
        "case.schema.json": case_schema(),
        "changes.schema.json": changes_schema(),
        "copy_number.schema.json": copy_number_schema(),
    }
    return {**written, **documents, **tables}


def _json_schema(model: type[BaseModel]) -> str:
    schema = model.model_json_schema()
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _arrow_schema(schema: pa.Schema) -> str:
    return f"{schema.to_string(element_size_limit=_WHOLE)}\n"
