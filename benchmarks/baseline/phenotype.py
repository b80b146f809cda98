"""The same score, term pair by term pair, for 500 diseases; scaled to all of them by term pairs.

Nothing about a pair is remembered. `ancestors` walks the ontology anew each time; the sibling
module `phenotype_ancestors` asks the ontology, which remembers them.
"""

from collections.abc import Callable
from math import fsum, sqrt
from pathlib import Path

from benchmarks.patient import Clinic, read_clinic
from benchmarks.task import Done
from varinterp.phenotype.ontology import Ontology
from varinterp.phenotype.similarity import DECIMALS

Ancestors = Callable[[str], frozenset[str]]


def prepare(_folder: Path) -> Clinic:
    """Read HPO."""
    return read_clinic()


def work(clinic: Clinic) -> Done:
    """Score the sampled diseases."""
    return score_sample(clinic, lambda term: ancestors(term, clinic.ontology))


def ancestors(term: str, ontology: Ontology) -> frozenset[str]:
    """Return a term and everything above it, walked anew."""
    seen, ahead = set(), [term]
    while ahead:
        term = ahead.pop()
        if term not in seen:
            seen.add(term)
            ahead += ontology.term(term).parents
    return frozenset(seen)


def score_sample(clinic: Clinic, above: Ancestors) -> Done:
    """Score the sampled diseases pair by pair; scale by all diseases' term pairs."""
    answer = {
        disease: _score(clinic, clinic.diseases[disease], above) for disease in clinic.sampled
    }
    every = sum(map(len, clinic.diseases.values()))
    return Done(answer, every / sum(len(clinic.diseases[disease]) for disease in clinic.sampled))


def _score(clinic: Clinic, disease: frozenset[str], above: Ancestors) -> float:
    mine, theirs = clinic.patient.observed, sorted(disease)
    ideal = [sqrt(clinic.content.of(term)) for term in mine]
    whole = [sqrt(clinic.content.of(term)) for term in theirs]
    forward = [max(_pair(clinic, term, other, above) for other in theirs) for term in mine]
    backward = [max(_pair(clinic, term, other, above) for term in mine) for other in theirs]
    mean = (fsum(forward) / fsum(ideal) + fsum(backward) / fsum(whole)) / 2
    return round((max(forward) / max(ideal) + mean) / 2, DECIMALS)


def _pair(clinic: Clinic, term: str, other: str, above: Ancestors) -> float:
    ours, theirs = above(term), above(other)
    common = ours & theirs
    shared = max(clinic.content.of(each) for each in common)
    return sqrt(shared * (len(common) / len(ours | theirs)))
