"""Opt-in: rank every OMIM disease for published patients, from their HPO terms alone.

Set VARINTERP_SHARED_DATA to a folder that holds ``hpo/2025-01-16/{hp.obo,phenotype.hpoa}.gz`` and
``phenopackets/cases.jsonl.gz``. What the figures mean is in ``docs/validation/phenotype.md``.
"""

import gzip
import json
import os
import random
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median

import pytest

from varinterp.phenotype.annotations import DiseaseAnnotations
from varinterp.phenotype.ontology import Ontology
from varinterp.phenotype.similarity import InformationContent, PatientProfile, information_content
from varinterp.sources.hpo import (
    ANNOTATIONS,
    ANNOTATIONS_SCHEMA,
    read_annotations,
    read_ontology,
    write_hpo_release,
)
from varinterp.sources.parquet import read_table

pytestmark = pytest.mark.validation

RELEASE = "2025-01-16"
SEED = 7
SAMPLE = 300


@dataclass(frozen=True, slots=True)
class Case:
    """A published patient: what was seen, what was not, the disease, and where it was told."""

    id: str
    observed: tuple[str, ...]
    excluded: tuple[str, ...]
    disease: str
    pmids: frozenset[str]
    created: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The release, ready for ranking, and the publications that it cites."""

    ontology: Ontology
    annotations: DiseaseAnnotations
    ic: InformationContent
    candidates: dict[str, frozenset[str]]
    cited: frozenset[str]
    cited_for: dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Ranks of the right disease; `macro` counts each disease once."""

    cases: int
    diseases: int
    top1: float
    top10: float
    macro_top1: float
    macro_top10: float
    median_rank: float


@pytest.fixture(scope="module")
def shared() -> Path:
    folder = os.environ.get("VARINTERP_SHARED_DATA")
    if not folder or not (Path(folder) / "phenopackets" / "cases.jsonl.gz").is_file():
        pytest.skip("VARINTERP_SHARED_DATA does not name a folder with the published cases")
    return Path(folder)


@pytest.fixture(scope="module")
def knowledge(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    source, folder = shared / "hpo" / RELEASE, tmp_path_factory.mktemp("hpo")
    write_hpo_release(source / "hp.obo.gz", source / "phenotype.hpoa.gz", folder)
    ontology, annotations = read_ontology(folder), read_annotations(folder)
    cited_for: dict[str, set[str]] = defaultdict(set)
    rows = read_table(folder / ANNOTATIONS, ANNOTATIONS_SCHEMA)
    for disease, reference in zip(
        rows["disease"].to_pylist(), rows["reference"].to_pylist(), strict=True
    ):
        cited_for[disease].update(re.findall(r"PMID:(\d+)", reference))
    return Knowledge(
        ontology=ontology,
        annotations=annotations,
        ic=information_content(annotations.phenotypes, ontology),
        candidates={
            name: terms for name, terms in annotations.phenotypes.items() if name[:5] == "OMIM:"
        },
        cited=frozenset().union(*cited_for.values()),
        cited_for=cited_for,
    )


@pytest.fixture(scope="module")
def cases(shared: Path, knowledge: Knowledge) -> list[Case]:
    """Cases whose disease the release describes and who have a term that it knows."""
    with gzip.open(shared / "phenopackets" / "cases.jsonl.gz", "rt", encoding="utf-8") as lines:
        read = [_case(json.loads(line)) for line in lines]
    return [
        case
        for case in read
        if case.disease in knowledge.candidates
        and PatientProfile(case, knowledge.ontology, knowledge.ic).terms
    ]


def _case(record: dict[str, object]) -> Case:
    def texts(name: str) -> tuple[str, ...]:
        value = record[name]
        assert isinstance(value, list)
        return tuple(value)

    diseases = record["diseases"]
    assert isinstance(diseases, list)
    return Case(
        id=str(record["id"]),
        observed=texts("hpo"),
        excluded=texts("hpo_excl"),
        disease=diseases[0]["id"],
        pmids=frozenset(ref.removeprefix("PMID:") for ref in texts("refs")),
        created=str(record["created"]),
    )


def _sample(cases: Iterable[Case]) -> list[Case]:
    ordered = sorted(cases, key=lambda case: (case.disease, case.id))
    chosen = random.Random(SEED).sample(ordered, min(SAMPLE, len(ordered)))  # noqa: S311
    return sorted(chosen, key=lambda case: (case.disease, case.id))


def _rank(case: Case, knowledge: Knowledge) -> int:
    """Return the place of the right disease, counted after every disease that scores the same."""
    profile = PatientProfile(case, knowledge.ontology, knowledge.ic)
    right = profile.score(knowledge.candidates[case.disease])
    assert right is not None
    scores = (profile.score(terms) for terms in knowledge.candidates.values())
    return sum(score is not None and score >= right for score in scores)


def _figures(name: str, cases: list[Case], knowledge: Knowledge) -> Figures:
    ranks = [_rank(case, knowledge) for case in cases]
    by_disease: dict[str, list[int]] = defaultdict(list)
    for case, rank in zip(cases, ranks, strict=True):
        by_disease[case.disease].append(rank)

    def within(top: int, places: Iterable[int]) -> float:
        return fmean(place <= top for place in places)

    figures = Figures(
        cases=len(ranks),
        diseases=len(by_disease),
        top1=within(1, ranks),
        top10=within(10, ranks),
        macro_top1=fmean(within(1, places) for places in by_disease.values()),
        macro_top10=fmean(within(10, places) for places in by_disease.values()),
        median_rank=median(ranks),
    )
    print(f"\n{name}: {figures} of {len(knowledge.candidates)} candidates")
    return figures


def _percent(figures: Figures) -> tuple[float, ...]:
    """The figures as the validation page states them: when they move, the page must too."""
    shares = (figures.top1, figures.top10, figures.macro_top1, figures.macro_top10)
    return tuple(round(100 * share, 1) for share in shares)


def test_patients_whose_publication_the_release_does_not_cite(
    cases: list[Case], knowledge: Knowledge
) -> None:
    unseen = [case for case in cases if case.created > RELEASE and not case.pmids & knowledge.cited]
    figures = _figures("publication not cited", _sample(unseen), knowledge)
    assert (figures.cases, figures.diseases) == (SAMPLE, 73)
    assert _percent(figures) == (14.3, 43.0, 21.6, 62.6)


def test_patients_published_after_everything_that_the_release_cites(
    cases: list[Case], knowledge: Knowledge
) -> None:
    newest = max(map(int, knowledge.cited))
    later = [case for case in cases if min(map(int, case.pmids)) > newest]
    figures = _figures("published later", _sample(later), knowledge)
    assert (figures.cases, figures.diseases) == (26, 14)
    assert _percent(figures) == (7.7, 30.8, 7.1, 39.3)


def test_patients_that_the_annotations_were_made_from_are_easier(
    cases: list[Case], knowledge: Knowledge
) -> None:
    known = [case for case in cases if case.pmids & knowledge.cited_for[case.disease]]
    figures = _figures("publication cited for the disease (leaky)", _sample(known), knowledge)
    assert (figures.cases, figures.diseases) == (SAMPLE, 120)
    assert _percent(figures) == (52.7, 87.3, 67.4, 90.8)
