"""Published, solved patients of VARINTERP_SHARED_DATA: what they have, and which disease it was.

7,032 patients of phenopacket-store's release of 2026-06-25 (Danis 2025, PMID 39394689), each with
one OMIM disease and the one publication that told of it. Patients whose diseases share a gene, or
whose genes share a disease, are of one *group*: no fold and no half parts them.
"""

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from typing import Any

from acmg_truth import Half, half
from shared_genome import shared

from varinterp.model.family import Sex
from varinterp.phenotype.ontology import Ontology

SEXES = {"MALE": Sex.MALE, "FEMALE": Sex.FEMALE}

ONSETS = {
    "Antenatal onset": "HP:0030674",
    "Late first trimester onset": "HP:0034199",
    "Second trimester onset": "HP:0034198",
    "Third trimester onset": "HP:0034197",
    "Fetal onset": "HP:0011461",
    "Congenital onset": "HP:0003577",
    "Neonatal onset": "HP:0003623",
    "Infantile onset": "HP:0003593",
    "Childhood onset": "HP:0011463",
    "Juvenile onset": "HP:0003621",
    "Adult onset": "HP:0003581",
    "Young adult onset": "HP:0011462",
    "Early young adult onset": "HP:0025708",
    "Intermediate young adult onset": "HP:0025709",
    "Late young adult onset": "HP:0025710",
    "Middle age onset": "HP:0003596",
}
UNTIL_DAY = (
    (28, "HP:0003623"),
    (365, "HP:0003593"),
    (5 * 365, "HP:0011463"),
    (16 * 365, "HP:0003621"),
    (40 * 365, "HP:0011462"),
    (60 * 365, "HP:0003596"),
    (200 * 365, "HP:0003584"),
)
"""The bands of HPO's terms of onset: neonatal to late, by the day on which each ends."""


@dataclass(frozen=True, slots=True)
class Published:
    """A patient as published; `onset` is an HPO term of age of onset, where one is told."""

    id: str
    observed: tuple[str, ...]
    excluded: tuple[str, ...]
    disease: str
    pmid: str
    gene: str
    sex: Sex
    onset: str | None


@cache
def published() -> tuple[Published, ...]:
    """Return every patient, in order of disease and id."""
    with gzip.open(shared("phenopackets", "cases.jsonl.gz"), "rt", encoding="utf-8") as lines:
        found = [_patient(json.loads(line)) for line in lines]
    return tuple(sorted(found, key=lambda each: (each.disease, each.id)))


def in_terms_of(ontology: Ontology, patients: Iterable[Published]) -> list[Published]:
    """Return patients with the release's own terms; who has no term that it knows is left out."""
    named = [
        replace(
            each,
            observed=_known(each.observed, ontology),
            excluded=_known(each.excluded, ontology),
        )
        for each in patients
    ]
    return [each for each in named if each.observed]


def groups(patients: Iterable[Published]) -> dict[str, str]:
    """Return each disease's group: the first gene of those that its patients' genes lead to."""
    genes: dict[str, set[str]] = {}
    for each in patients:
        genes.setdefault(each.disease, set()).add(each.gene)
    leader: dict[str, str] = {}
    for linked in genes.values():
        joined = {_leader(leader, gene) for gene in linked}
        first = min(joined)
        leader.update((gene, first) for gene in joined)
    return {disease: _leader(leader, min(linked)) for disease, linked in genes.items()}


def fold_of(group: str, seed: int, folds: int) -> int:
    """Return the fold of a group: a hash, so that a new case never moves an old one."""
    return int.from_bytes(sha256(f"{seed}:{group}".encode()).digest()[:8]) % folds


def halves(groups_of: Mapping[str, str]) -> dict[str, Half]:
    """Return the half of each disease, by its group's first gene."""
    return {disease: half(group) for disease, group in groups_of.items()}


def onset_term(told: str | None) -> str | None:
    """Return the term of an onset that is told as a term's name or an age (``P1Y6M``)."""
    if told is None or told in ONSETS:
        return ONSETS.get(told or "")
    age = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?", told)
    if age is None:
        raise ValueError(f"an onset that is no name and no age: {told}")
    years, months, days = (int(part or 0) for part in age.groups())
    day = 365 * years + 30 * months + days
    return next(term for until, term in UNTIL_DAY if day < until)


def _leader(leader: Mapping[str, str], gene: str) -> str:
    while leader.get(gene, gene) != gene:
        gene = leader[gene]
    return gene


def _known(terms: Iterable[str], ontology: Ontology) -> tuple[str, ...]:
    current = (ontology.resolve(term).term for term in terms)
    return tuple(sorted({each.id for each in current if each and ontology.is_phenotype(each.id)}))


def _patient(record: Mapping[str, Any]) -> Published:
    (disease,) = record["diseases"]
    (pmid,) = record["refs"]
    return Published(
        id=record["id"],
        observed=tuple(record["hpo"]),
        excluded=tuple(record["hpo_excl"]),
        disease=disease["id"],
        pmid=pmid,
        gene=min((each["gene"] for each in record["variants"] if each["gene"]), default="")
        or record["cohort"],
        sex=SEXES.get(record["sex"], Sex.UNKNOWN),
        onset=onset_term(disease["onset"]),
    )
