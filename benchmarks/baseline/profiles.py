"""PhenoDigm's score alone in plain Python, each pair of terms scored once a patient.

Twenty patients against every disease, scaled to all patients by their terms. It is what varinterp
did before its diseases were columns.
"""

from collections import Counter
from collections.abc import Mapping
from math import fsum, log, sqrt
from pathlib import Path

from benchmarks.clinic import ANSWERED, DECIMALS, Clinic, read_clinic
from benchmarks.task import Done

Content = Mapping[str, float]
"""The information content of each term; a term of no disease as one of one."""


def prepare(_folder: Path) -> tuple[Clinic, Content]:
    """Read HPO; its ancestors are known from here on."""
    clinic = read_clinic()
    diseases = clinic.annotations.phenotypes
    held = Counter(each for terms in diseases.values() for each in clinic.ontology.closure(terms))
    content = {
        term.id: log(len(diseases) / (held[term.id] or 1))
        for term in clinic.ontology
        if not term.obsolete
    }
    return clinic, content


def work(prepared: tuple[Clinic, Content]) -> Done:
    """Score the first patients."""
    clinic, content = prepared
    told = [_telling(clinic, patient.observed) for patient in clinic.patients]
    first = told[:ANSWERED]
    answer = [_scores(clinic, content, terms) for terms in first]
    return Done(answer, sum(map(len, told)) / sum(map(len, first)))


def _telling(clinic: Clinic, terms: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what another term implies, as the ranking does."""
    implied = {
        above for each in terms for above in clinic.ontology.ancestors(each) if above != each
    }
    return tuple(each for each in terms if each not in implied)


def _scores(clinic: Clinic, content: Content, mine: tuple[str, ...]) -> list[float]:
    pairs: dict[str, list[float]] = {}
    ideal = [sqrt(content[term]) for term in mine]
    scores = {}
    for disease, terms in clinic.annotations.phenotypes.items():
        for term in terms - pairs.keys():
            pairs[term] = [_pair(clinic, content, each, term) for each in mine]
        near = [pairs[term] for term in sorted(terms)]
        forward = [max(column) for column in zip(*near, strict=True)]
        whole = fsum(sqrt(content[term]) for term in terms)
        shown = fsum(max(row) for row in near) / whole if whole else 0.0
        mean = (fsum(forward) / fsum(ideal) + shown) / 2
        scores[disease] = round((max(forward) / max(ideal) + mean) / 2, DECIMALS)
    return [scores[disease] for disease in clinic.sampled]


def _pair(clinic: Clinic, content: Content, one: str, other: str) -> float:
    ours, theirs = clinic.ontology.ancestors(one), clinic.ontology.ancestors(other)
    common = ours & theirs
    jaccard = len(common) / (len(ours) + len(theirs) - len(common))
    return sqrt(max(map(content.__getitem__, common)) * jaccard)
