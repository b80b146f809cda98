"""The patient of the phenotype benchmark: the proband of the demo's family DEMO-T4, and HPO."""

import csv
from dataclasses import dataclass
from pathlib import Path

from varinterp.model.phenotype import Phenotype
from varinterp.phenotype.ontology import Ontology
from varinterp.phenotype.similarity import InformationContent, information_content
from varinterp.sources.hpo import read_annotations, read_ontology

_DEMO = Path(__file__).resolve().parents[1] / "resources" / "demo"
_HPO = _DEMO / "refs" / "hpo" / "2025-01-16"
_FAMILY = "DEMO-T4"
_SAMPLED = 500


@dataclass(frozen=True, slots=True)
class Clinic:
    """What both sides start from: `sampled` names every so many-th disease, 500 in all."""

    patient: Phenotype
    ontology: Ontology
    content: InformationContent
    diseases: dict[str, frozenset[str]]
    sampled: tuple[str, ...]


def read_clinic() -> Clinic:
    """Read HPO's release of the demo, with its information content."""
    ontology = read_ontology(_HPO)
    diseases = read_annotations(_HPO).phenotypes
    return Clinic(
        patient=Phenotype.of(_observed(), ()),
        ontology=ontology,
        content=information_content(diseases, ontology),
        diseases=diseases,
        sampled=tuple(sorted(diseases)[:: len(diseases) // _SAMPLED][:_SAMPLED]),
    )


def _observed() -> tuple[str, ...]:
    with (_DEMO / "samples.tsv").open() as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            if row["family"] == _FAMILY and row["proband"] == "yes":
                return tuple(term for term in row["hpo"].split(";") if not term.startswith("!"))
    raise LookupError(f"the demo has no proband of {_FAMILY}")
