"""The demo's families, analysed with the knowledge of 2015, brought to that of 2017."""

import json
from pathlib import Path

import polars as pl
import pytest

from demo_archive import NOW, THEN, Demo
from demo_runs import DEMO, demo_config
from varinterp.documents.case import read_case
from varinterp.documents.changes import read_changes_document
from varinterp.model.assessment import AcmgClass
from varinterp.model.case import CaseResult
from varinterp.model.event import EventDirection
from varinterp.pipeline.job import Job
from varinterp.pipeline.reanalysis.conclude import content
from varinterp.pipeline.reanalysis.run import Outcome
from varinterp.pipeline.reanalysis.target import read_target
from varinterp.pipeline.stages import (
    annotate,
    classify,
    consequence,
    prioritise,
)
from varinterp.refs.lock import read_lock

pytestmark = pytest.mark.xdist_group("reanalysis-demo")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return Demo(tmp_path_factory.mktemp("then"))


@pytest.fixture(scope="module")
def brought(demo: Demo) -> Outcome:
    return demo.reanalyse()


@pytest.fixture(scope="module")
def fresh(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> dict[str, CaseResult]:
    """The same families with the knowledge of 2017, from their normalised alleles on."""
    config = demo_config(tmp_path_factory.mktemp("now"), NOW)
    results = []
    for pseudonym, family in demo.stages.run.families.items():
        given, work = demo.stages.run.folder(pseudonym), Path(config["results"]) / pseudonym
        names = ("variants.parquet", "candidates.parquet", "classified.json", "case.json")
        files = {name.partition(".")[0]: str(work / name) for name in names} | {
            "alleles": str(given / "alleles.arrow"),
            "copy_numbers": str(given / "copy_number.json"),
            "counts": str(given / "normalised.counts.json"),
            "intake": str(given / "intake.json"),
            "lock": str(DEMO / NOW),
            "reference": config["reference"],
            "rules": config["rules"],
            "vcfs": [str(path) for path in family.vcfs],
        }
        for stage in (annotate, consequence, classify, prioritise):
            stage.run(Job(config, pseudonym, files, files))
        results.append(read_case(work / "case.json"))
    return {result.case.id: result for result in results}


def test_every_family_stands_where_a_fresh_run_would_put_it(
    demo: Demo, brought: Outcome, fresh: dict[str, CaseResult]
) -> None:
    assert fresh.keys() == demo.before.keys()
    assert len(fresh) == 11
    for case, expected in fresh.items():
        found = demo.archive.registry.result(case)
        assert content(found) == content(expected)
        assert found.facts == expected.facts
    target = read_target(demo.archive.settings, DEMO / NOW)
    assert {state.basis for state in demo.archive.registry.states()} == {target.basis}


def test_the_plan_is_written_before_and_names_what_moved(brought: Outcome) -> None:
    plan = json.loads((brought.folder / "plan.json").read_text())
    locks = [read_lock(DEMO / name).releases for name in (THEN, NOW)]
    moved = sorted(source for source in locks[0] if locks[0][source] != locks[1][source])
    assert {"clinvar", "gene_disease"} <= set(moved)
    assert [each["source"] for each in plan["sources"]] == moved
    assert plan["cases"] == 11
    delta = pl.read_parquet(brought.folder / "delta.parquet")
    assert set(delta["origin"]) == set(moved)


def test_the_tango2_families_come_up_with_the_sources_that_brought_them(
    demo: Demo, brought: Outcome
) -> None:
    changes = read_changes_document(brought.folder / "changes.json")
    up = [
        each.event
        for each in changes.events
        if each.event.kind.surfaces and each.event.direction is EventDirection.UP
    ]
    assert {event.symbol for event in up} == {"TANGO2"}
    best = up[0]
    assert best.after is not None
    assert best.after.acmg_class in (AcmgClass.PATHOGENIC, AcmgClass.LIKELY_PATHOGENIC)
    assert set(best.responsible) <= {"clinvar", "gene_disease"}
    brought_by = {cause.release_after for cause in best.causes if cause.origin != "gnomad"}
    assert brought_by == {"2017-04-04"}


def test_a_changed_case_has_its_document_and_reports(demo: Demo, brought: Outcome) -> None:
    changed = [
        case
        for case in demo.before
        if content(demo.archive.registry.result(case)) != content(demo.before[case])
    ]
    folders = sorted(path.name for path in (brought.folder / "cases").iterdir())
    assert folders == sorted(changed)
    for case in changed:
        folder = brought.folder / "cases" / case
        stored = demo.archive.registry.result(case)
        assert read_case(folder / "case.json") == stored
        assert {path.name for path in folder.iterdir()} == {
            "case.json", "report.en.html", "report.fr.html"
        }  # fmt: skip


def test_a_second_run_says_nothing_new(demo: Demo, brought: Outcome) -> None:
    again = demo.reanalyse()
    assert again.plan.nothing
    assert again.name != brought.name
    assert again.counts["events"] == 0
    assert read_changes_document(again.folder / "changes.json").events == ()
