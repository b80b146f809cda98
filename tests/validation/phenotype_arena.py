"""Every published patient against every OMIM disease that a release of HPO describes.

Two settings. *Temporal*: the release cites the patient's publication nowhere for the disease.
*One patient out*: it does, and the disease's annotations are those that are left without the
patient (`one_patient_out`); the same patients with the annotations as they are show how much is
copied. What the package measures goes to a file of the run's temporary folder.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from one_patient_out import Rows, diseases_without
from phenotype_baselines import Diseases, Graph, Lirical, Phenodigm
from published_cases import Published, in_terms_of, published
from ranking_figures import rank_of

from varinterp.model.family import Sex
from varinterp.phenotype.annotations import Disease, DiseaseAnnotations
from varinterp.phenotype.corpus import Corpus
from varinterp.phenotype.features import FEATURES, features
from varinterp.phenotype.fusion import FUSED, z_scores
from varinterp.phenotype.ontology import Ontology
from varinterp.sources.hpo import read_annotations, read_ontology

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

COURSE = ("onset", "sex")
MEASURES = (*FEATURES, *COURSE)
"""What is kept: the package's measures, and what onset and sex weigh in ln units."""
IN_FUSION = np.array([name in FUSED for name in MEASURES])
NO_TERMS = np.array([], dtype=int)
BASELINES = ("phenodigm", "LIRICAL", "LIRICAL with excluded terms")


class Setting(StrEnum):
    """What keeps the patient's own publication out of the annotations."""

    TEMPORAL = "temporal"
    WITHOUT = "one patient out"


@dataclass(frozen=True)
class Release:
    """A release of HPO, and the rows behind its annotations."""

    ontology: Ontology
    annotations: DiseaseAnnotations
    rows: Rows

    @classmethod
    def read(cls, folder: Path) -> "Release":
        """Read a release that `write_hpo_release` wrote."""
        return cls(read_ontology(folder), read_annotations(folder), Rows(folder))

    @property
    def candidates(self) -> list[Disease]:
        """OMIM's diseases with at least one term, in order of id."""
        described = (each for each in self.annotations.diseases.values() if each.terms)
        return sorted(
            (each for each in described if each.id.startswith("OMIM:")), key=lambda each: each.id
        )


@dataclass(frozen=True)
class Patients:
    """The patients that can be ranked, by setting, and who cannot."""

    temporal: tuple[Published, ...]
    without: tuple[Published, ...]
    undescribed: int
    termless: int

    @classmethod
    def of(cls, release: Release) -> "Patients":
        """Part the published patients; a disease that the release does not describe has no rank."""
        known = {each.id for each in release.candidates}
        described = [each for each in published() if each.disease in known]
        usable = in_terms_of(release.ontology, described)
        return cls(
            temporal=tuple(each for each in usable if not release.rows.cites(each)),
            without=tuple(each for each in usable if release.rows.cites(each)),
            undescribed=len(published()) - len(described),
            termless=len(described) - len(usable),
        )

    @property
    def all(self) -> tuple[Published, ...]:
        """Temporal first."""
        return self.temporal + self.without


@dataclass(frozen=True)
class Arena:
    """What every patient's diseases measured.

    `entering` has, by patient, candidate and MEASURES, what a trained score reads: z-scores for the
    measures of the default, ln units for the others; `right` is the column of the patient's own
    disease, `as_published` its measures before the patient was taken out. `ranks` and
    `published_ranks` are those of the baselines, with and without the patient in the annotations.
    """

    patients: Patients
    candidates: tuple[str, ...]
    entering: NDArray[np.float32]
    right: Integers
    as_published: NDArray[np.float32]
    most: Floats
    ranks: dict[str, Integers]
    published_ranks: dict[str, Integers]
    emptied: frozenset[str]
    uncited: NDArray[np.bool_]

    def of(self, setting: Setting) -> Integers:
        """Return the numbers of a setting's patients."""
        first = len(self.patients.temporal)
        if setting is Setting.TEMPORAL:
            return np.arange(first)
        return np.arange(first, len(self.patients.all))


class _Bench:
    """The package's corpus and both baselines, on the same candidates."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.candidates = release.candidates
        self.column = {each.id: number for number, each in enumerate(self.candidates)}
        self.corpus = Corpus.build(release.ontology, release.annotations)
        row = {disease: number for number, disease in enumerate(self.corpus.diseases)}
        self.rows = np.array([row[each.id] for each in self.candidates])
        self.graph = Graph(release.ontology)
        self.diseases = Diseases.of(self.candidates, self.graph)
        self.phenodigm = Phenodigm(self.graph, release.annotations.diseases.values())
        self.lirical = Lirical(self.graph, self.diseases)

    def baselines(self, patient: Published, diseases: Diseases) -> list[Floats]:
        """Return the scores of BASELINES."""
        observed = self.graph.numbers(patient.observed)
        excluded = self.graph.numbers(patient.excluded)
        return [
            self.phenodigm.scores(observed, diseases),
            self.lirical.scores(observed, NO_TERMS, diseases),
            self.lirical.scores(observed, excluded, diseases),
        ]


def measure(release: Release, folder: Path, every: int = 1) -> Arena:
    """Measure every patient, or every nth for a first look."""
    found = Patients.of(release)
    patients = Patients(
        found.temporal[::every], found.without[::every], found.undescribed, found.termless
    )
    left = diseases_without(patients.without, release.rows, release.ontology, folder / "without")
    left = {patient: disease for patient, disease in left.items() if disease.terms}
    bench, everyone = _Bench(release), patients.all
    shape = (len(everyone), len(bench.candidates), len(MEASURES))
    entering = np.memmap(folder / "entering.f32", np.float32, "w+", shape=shape)
    as_published = np.empty((len(everyone), len(MEASURES)), np.float32)
    most = np.empty(len(everyone))
    ranks = np.empty((2, len(BASELINES), len(everyone)), int)
    for number, patient in enumerate(everyone):
        without = left.get(patient.id) if number >= len(patients.temporal) else None
        gone = without is None and number >= len(patients.temporal)
        right = bench.column[patient.disease]
        measured, published, most[number] = _entering(bench, patient, without, gone)
        entering[number], as_published[number] = measured, published
        ranks[:, :, number] = _baseline_ranks(bench, patient, right, without, gone)
    return Arena(
        patients=patients,
        candidates=tuple(each.id for each in bench.candidates),
        entering=entering,
        right=np.array([bench.column[each.disease] for each in everyone]),
        as_published=as_published,
        most=most,
        ranks=dict(zip(BASELINES, ranks[0], strict=True)),
        published_ranks=dict(zip(BASELINES, ranks[1], strict=True)),
        emptied=frozenset(each.id for each in patients.without) - left.keys(),
        uncited=np.array([not release.rows.cites_anywhere(each) for each in patients.temporal]),
    )


def _entering(
    bench: _Bench, patient: Published, without: Disease | None, gone: bool
) -> tuple[Floats, Floats, float]:
    """Return every candidate's measures, and those of the right one as the release has it.

    With them what no ln likelihood ratio of the patient's terms passes.
    """
    corpus = bench.corpus
    if without is not None:  # as a disease of its own: what is average stays that of the release
        corpus = corpus.with_disease(replace(without, id=f"{without.id} without"))
    found, most = entering(corpus, patient)
    right = bench.column[patient.disease]
    measured = found[bench.rows]
    published = measured[right].copy()
    if gone:
        measured[right] = found.min(axis=0)
    elif without is not None:
        measured[right] = found[corpus.rows[f"{without.id} without"]]
    return measured, published, most


def entering(corpus: Corpus, patient: Published) -> tuple[Floats, float]:
    """Return every disease's MEASURES, and what no ln likelihood ratio of the terms passes."""
    found = features(corpus, patient)
    read = np.where(IN_FUSION[: len(FEATURES)], z_scores(found), found.values)
    onset = corpus.course_log_lr(patient.onset, Sex.UNKNOWN)
    sex = corpus.course_log_lr(None, patient.sex)
    return np.column_stack([read, onset, sex]), found.most


def _baseline_ranks(
    bench: _Bench, patient: Published, right: int, without: Disease | None, gone: bool
) -> Integers:
    """Return the right disease's rank by each baseline: as it is left, and as published."""
    scores = bench.baselines(patient, bench.diseases)
    published = [rank_of(each, right) for each in scores]
    if gone:
        return np.array([[len(bench.candidates)] * len(scores), published])
    if without is None:
        return np.array([published, published])
    alone = bench.baselines(patient, Diseases.of([without], bench.graph))
    for score, own in zip(scores, alone, strict=True):
        score[right] = own[0]
    return np.array([[rank_of(each, right) for each in scores], published])
