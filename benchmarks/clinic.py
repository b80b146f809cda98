"""5,000 made-up patients of the diseases of HPO 2025-01-16, as clinicians write them down.

Each has a disease drawn evenly, three to twelve of its terms by their frequency (half where none is
stated), a fifth of them a step vaguer, and up to two findings of another disease.
"""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from varinterp.model.phenotype import Phenotype
from varinterp.phenotype.annotations import Disease, DiseaseAnnotations
from varinterp.phenotype.ontology import Ontology
from varinterp.sources.hpo import read_annotations, read_ontology

_HPO = Path(__file__).resolve().parents[1] / "resources/demo/refs/hpo/2025-01-16"
_SEED, PATIENTS = 20_260_601, 5_000
ANSWERED = 20
"""Patients whose scores both sides give, for every so many-th disease."""

_SAMPLED = 500
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Clinic:
    """What both sides start from; `sampled` names every so many-th disease, 500 in all."""

    patients: tuple[Phenotype, ...]
    ontology: Ontology
    annotations: DiseaseAnnotations
    sampled: tuple[str, ...]


def read_clinic() -> Clinic:
    """Read HPO's release of the demo and draw the patients."""
    ontology, annotations = read_ontology(_HPO), read_annotations(_HPO)
    described = [each for _, each in sorted(annotations.diseases.items()) if len(each.terms) > 2]
    random = Random(_SEED)  # noqa: S311 (no secret)
    names = sorted(annotations.phenotypes)
    return Clinic(
        tuple(_drawn(random, described, ontology) for _ in range(PATIENTS)),
        ontology,
        annotations,
        tuple(names[:: len(names) // _SAMPLED][:_SAMPLED]),
    )


def _drawn(random: Random, described: list[Disease], ontology: Ontology) -> Phenotype:
    disease, other = random.choices(described, k=2)
    wanted = random.randint(3, 12)
    terms = sorted(disease.terms)
    random.shuffle(terms)
    seen = [term for term in terms if random.random() < disease.frequency.get(term, 0.5)]
    chosen = [_written(random, term, ontology) for term in (seen or terms)[:wanted]]
    chosen += random.sample(sorted(other.terms), random.randint(0, 2))
    return Phenotype.of(chosen)


def _written(random: Random, term: str, ontology: Ontology) -> str:
    vaguer = [parent for parent in ontology.term(term).parents if ontology.is_phenotype(parent)]
    return random.choice(vaguer) if vaguer and random.random() < 0.2 else term
