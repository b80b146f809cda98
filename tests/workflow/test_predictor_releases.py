"""A family run with releases of predictors and of a laboratory's own source in its lock."""

import shutil
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from demo_runs import DEMO, ROOT, Stages, demo_config
from sealed_releases import sealed
from upstream import alphamissense, laboratory, revel, spliceai
from varinterp.model.assessment import Assessment
from varinterp.model.case import CaseResult
from varinterp.model.evidence import Criterion, Finding, Outcome, Strength
from varinterp.model.prediction import Predictor, ScoreOrigin
from varinterp.pipeline.references.adapter import Context
from varinterp.refs.lock import Releases
from varinterp.sources.material import Material

MISSENSE = "22-20061538-G-A"
FASTA = DEMO / "reference/GRCh38.chr22.demo.fa.gz"
SOURCES: dict[str, tuple[Any, str, dict[str, Any]]] = {
    "revel": (revel, "revel", {}),
    "alphamissense": (alphamissense, "alphamissense", {}),
    "spliceai": (spliceai, "spliceai", {"scores": "masked"}),
    "vkgl": (laboratory, "laboratory", dict(laboratory.CONSENSUS)),
}
Run = Callable[..., CaseResult]


def release(root: Path, source: str, work: Path) -> None:
    """Build a source's release beside the demo's."""
    module, adapter, settings = SOURCES[source]
    files = module.write(work / "upstream" / source)
    folder, scratch = root / source / "test", work / "scratch" / source
    folder.mkdir(parents=True)
    scratch.mkdir(parents=True)
    material = Material(source, "test", date(2026, 1, 1), files, settings)
    built = import_module(f"varinterp.pipeline.references.{adapter}").ADAPTER.build(
        material, Context(FASTA, Releases({}), scratch), folder
    )
    sealed(folder, built.rows, constructed=True)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the family of TANGO2's missense allele with some of the releases."""
    work = tmp_path_factory.mktemp("predictors")
    references = work / "refs"
    shutil.copytree(DEMO / "refs", references)
    for source in SOURCES:
        release(references, source, work)

    def case(name: str, *sources: str, **rules: object) -> CaseResult:
        folder = work / name
        folder.mkdir()
        lock = yaml.safe_load((DEMO / "refs.lock.yaml").read_text())
        lock["releases"] |= dict.fromkeys(sources, "test")
        (folder / "lock.yaml").write_text(yaml.safe_dump(lock))
        core = yaml.safe_load((ROOT / "resources/rules/core-v1.yaml").read_text())
        for key, value in rules.items():
            core["rules"][key.replace("__", ".")]["value"] = value
        (folder / "rules.yaml").write_text(yaml.safe_dump(core, sort_keys=False))
        config = {
            **demo_config(folder),
            "references": str(references),
            "lock": str(folder / "lock.yaml"),
            "rules": str(folder / "rules.yaml"),
        }
        return Stages(config).case("DEMO-T1")

    return case


def assessed(result: CaseResult) -> Assessment:
    return next(each for each in result.assessments if str(each.key.allele) == MISSENSE)


def finding(result: CaseResult, criterion: Criterion) -> Finding:
    return next(each for each in assessed(result).findings if each.criterion is criterion)


def test_the_scores_of_the_locks_releases_reach_the_criteria(run: Run) -> None:
    result = run("all", *SOURCES)
    damaging = finding(result, Criterion.PP3)
    (candidate, *_) = (each for each in result.candidates if str(each.allele) == MISSENSE)

    assert damaging.strength is Strength.SUPPORTING
    assert dict(damaging.verdict.reason.facts)["score"] == 0.772
    assert {read.source for read in damaging.reads} & set(Predictor) == {"revel", "spliceai"}
    assert damaging.constructed
    assert candidate.predictions is not None
    assert candidate.predictions.revel is not None
    assert candidate.predictions.revel.origin is ScoreOrigin.RELEASE
    assert candidate.predictions.alphamissense is not None
    assert ("assertion.vkgl", MISSENSE) in result.facts


def test_without_their_releases_nothing_is_benign_and_nothing_else_changes(run: Run) -> None:
    without, informed = run("none"), run("splicing", "spliceai")

    for result in (without, informed):
        for criterion in (Criterion.PP3, Criterion.BP4, Criterion.BP7):
            assert finding(result, criterion).strength is None
    assert finding(without, Criterion.BP4).verdict.outcome is Outcome.NOT_ASSESSED
    assert without.candidates[0].predictions is None
    others = [
        [f.verdict for f in assessed(each).findings if f.criterion.value not in ("PP3", "BP4")]
        for each in (without, informed)
    ]
    assert others[0] == others[1]


def test_a_laboratory_chooses_another_predictor_in_its_rules(run: Run) -> None:
    result = run("chosen", *SOURCES, predictor__missense="alphamissense")
    damaging = finding(result, Criterion.PP3)

    assert damaging.strength is None
    assert dict(damaging.verdict.reason.facts) == {"tool": "alphamissense", "score": 0.7919}
