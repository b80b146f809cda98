"""Opt-in: how often the phenotype alone ranks a published patient's disease first.

Set VARINTERP_SHARED_DATA to a folder that holds ``hpo/2025-01-16/{hp.obo,phenotype.hpoa}.gz`` and
``phenopackets/cases.jsonl.gz``; tables, plot and the record of the trained weights go to the folder
that VARINTERP_VALIDATION_OUT names. What the figures mean is in
``docs/validation/prioritisation.md``; print them with ``pytest -s``.
"""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from phenotype_arena import Arena, Release, Setting, measure
from phenotype_report import Report
from phenotype_scores import DEFAULT, EXCLUDED, TRAINED, Scores
from ranking_figures import rank_of, within
from shared_genome import needs_shared_data, shared

from core_builders import ROOT
from varinterp.model.family import Sex
from varinterp.phenotype.corpus import Corpus
from varinterp.phenotype.features import features
from varinterp.phenotype.method import Method
from varinterp.sources.hpo import write_hpo_release
from varinterp.sources.rules import read_rules

pytestmark = [pytest.mark.validation, needs_shared_data, pytest.mark.xdist_group("phenotype")]

RELEASE = "2025-01-16"
DATE = "2026-11-23"
RECORD = ROOT / "resources" / "phenotype" / "logistic-v1.yaml"
POINTS = {(Setting.TEMPORAL, DEFAULT): 3, (Setting.WITHOUT, DEFAULT): 6,
          (Setting.TEMPORAL, TRAINED): 5, (Setting.WITHOUT, TRAINED): 10}  # fmt: skip


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    source, folder = shared("hpo", RELEASE), tmp_path_factory.mktemp("hpo")
    write_hpo_release(source / "hp.obo.gz", source / "phenotype.hpoa.gz", folder)
    return Release.read(folder)


@pytest.fixture(scope="module")
def arena(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Arena:
    return measure(release, tmp_path_factory.mktemp("arena"))


@pytest.fixture(scope="module")
def method() -> Method:
    return Method.read(read_rules(ROOT / "resources" / "rules" / "core-v1.yaml").values)


@pytest.fixture(scope="module")
def report(arena: Arena, method: Method) -> Report:
    made = Report(arena, Scores(arena, method))
    print(f"\n{made.markdown()}\n\n{made.record(RELEASE, DATE)}")
    if named := os.environ.get("VARINTERP_VALIDATION_OUT"):
        folder = Path(named)
        (folder / "prioritisation-phenotype.md").write_text(made.markdown() + "\n")
        (folder / "logistic-v1.yaml").write_text(made.record(RELEASE, DATE))
        made.plot(folder / "prioritisation-phenotype.svg")
    return made


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    record: dict[str, Any] = yaml.safe_load(RECORD.read_text(encoding="utf-8"))
    return record


def test_every_published_patient_is_ranked_or_said_not_to_be(arena: Arena) -> None:
    patients = arena.patients
    assert len(patients.all) + patients.undescribed + patients.termless == 7032
    print(f"undescribed {patients.undescribed}, termless {patients.termless}, "
          f"diseases of which nothing was left {len(arena.emptied)}")  # fmt: skip


def test_the_method_in_force_ranks_as_the_default_was_measured(
    release: Release, arena: Arena, method: Method, report: Report
) -> None:
    corpus = Corpus.build(release.ontology, release.annotations)
    columns = [corpus.rows[disease] for disease in arena.candidates]
    for patient in range(0, len(arena.patients.temporal), 100):
        found = features(corpus, arena.patients.temporal[patient])
        weights = method.log_lr(corpus, found, None, Sex.UNKNOWN)[columns]
        rank = rank_of(weights, int(arena.right[patient]))
        measured = int(report.ranks[DEFAULT][patient])
        assert rank == measured or min(rank, measured) > 100  # far below, doubt makes ties


@pytest.mark.parametrize(("setting", "scored"), POINTS)
def test_the_right_disease_is_first_more_often_than_with_phenodigm(
    report: Report, arena: Arena, setting: Setting, scored: str
) -> None:
    chosen = arena.of(setting)
    apart = within(report.ranks[scored][chosen], 1) - within(report.ranks["phenodigm"][chosen], 1)
    gain = report.clusters(chosen).micro(apart)
    assert gain.value >= POINTS[setting, scored]
    assert gain.low > 0


def test_the_shipped_weights_are_those_of_this_run(report: Report, shipped: dict[str, Any]) -> None:
    found = yaml.safe_load(report.record(RELEASE, DATE))
    for name, weight in shipped["weights"].items():
        assert found["weights"][name] == pytest.approx(weight, abs=0.02)
    for method, constants in shipped["calibration"].items():
        assert found["calibration"][method] == pytest.approx(constants, rel=0.05)


def test_the_page_states_what_the_run_found(report: Report, arena: Arena) -> None:
    page = (ROOT / "docs" / "validation" / "prioritisation.md").read_text(encoding="utf-8")
    for setting in Setting:
        chosen = arena.of(setting)
        clusters = report.clusters(chosen)
        for method in ("phenodigm", "LIRICAL", DEFAULT, TRAINED, TRAINED + EXCLUDED):
            ranks = report.ranks[method][chosen]
            assert str(clusters.micro(within(ranks, 1))) in page
            assert str(clusters.macro(within(ranks, 1))) in page


def test_a_chance_is_as_good_as_it_says(report: Report, arena: Arena) -> None:
    """Of candidates that are given a chance of a half or so, about half are right."""
    for method in (DEFAULT, TRAINED):
        everyone = np.arange(len(arena.right))
        for many, sure, right in report.scores.reliability(method, everyone)[-5:]:
            assert many > 100
            assert abs(sure - right) < 0.15
