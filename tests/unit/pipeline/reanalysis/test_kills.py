"""A reanalysis that is killed leaves old or new cases, and the next one goes on: none lost or told
twice.

`VARINTERP_KILLS` asks for that many kills at random moments (50 take some minutes); the suite kills
at named points alone.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from reanalysis_releases import ROOT
from reanalysis_world import CHOICES, World, filled, later, members
from varinterp.fault_points import KILL_AT
from varinterp.pipeline.reanalysis.archive import Archive, open_archive
from varinterp.pipeline.reanalysis.conclude import content
from varinterp.pipeline.reanalysis.run import Options, run

BEFORE = dict.fromkeys(CHOICES, 0)
AFTER = BEFORE | {"clinvar": 2, "gene_disease": 2}
CASES = 5
POINTS = ("reanalyse.exported", "reanalyse.moved", "reanalyse.triaged")
MORE_POINTS = (
    "reanalyse.opened",
    "reanalyse.moved#2",
    "reanalyse.written",
    "reads.catch_up.segment_written",
    "reanalyse.planned",
    "reanalyse.recomputed#2",
    "reanalyse.told",
    "reanalyse.exported#2",
    "reanalyse.moved#3",
    "reanalyse.closed",
)
KILLS = int(os.environ.get("VARINTERP_KILLS", "0"))


@dataclass
class Prepared:
    """An archive on the old releases, and what a run that nobody kills makes of it."""

    world: World
    folder: Path

    @cached_property
    def before(self) -> dict[str, object]:
        return said(open_archive(self.world.settings(self.folder)))

    @cached_property
    def expected(self) -> tuple[dict[str, object], Counter[str]]:
        archive = self.copy(self.folder.with_name("whole"))
        run(archive, self.world.target(AFTER), Options(later(100), batch=2, exports=False))
        return said(archive), told(archive)

    def copy(self, folder: Path) -> Archive:
        shutil.copytree(self.folder, folder)
        return open_archive(self.world.settings(folder))

    def child(self, folder: Path, kill_at: str = "") -> "subprocess.Popen[str]":
        command = [sys.executable, str(ROOT / "tests" / "reanalysis_child.py")]
        command += [str(self.world.folder), str(folder), json.dumps(AFTER), "100"]
        command += ["exports"] if kill_at == "reanalyse.exported" else []
        return subprocess.Popen(
            command,
            env={**os.environ, KILL_AT: kill_at} if kill_at else dict(os.environ),
            stdout=subprocess.PIPE,
            text=True,
        )

    def check(self, folder: Path) -> None:
        """Look at what a kill left, then go on, and compare with what was expected."""
        archive = open_archive(self.world.settings(folder))
        after, events = self.expected
        for case, found in said(archive).items():
            assert found in (self.before[case], after[case])
        run(archive, self.world.target(AFTER), Options(later(200), batch=2, exports=False))
        assert said(archive) == after
        assert told(archive) == events
        assert archive.registry.verify().broken is None
        again = run(archive, self.world.target(AFTER), Options(later(300), batch=2, exports=False))
        assert again.plan.nothing
        assert told(archive) == events


def said(archive: Archive) -> dict[str, object]:
    """What every case says, without numbers and releases."""
    states = archive.registry.states()
    return {state.case: content(archive.registry.result(state.case)) for state in states}


def told(archive: Archive) -> Counter[str]:
    """How often each event was recorded, with what became of it."""
    return Counter(f"{each.event.digest} {each.review.state}" for each in archive.dataset.events())


@pytest.fixture(scope="module")
def prepared(world: World, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("kills") / "archive"
    folder.mkdir()
    filled(world, folder, members(world, CASES), BEFORE)
    return Prepared(world, folder)


@pytest.mark.parametrize("point", POINTS if not KILLS else (*POINTS, *MORE_POINTS))
def test_a_run_killed_at_a_point_is_finished_by_the_next(
    prepared: Prepared, point: str, tmp_path: Path
) -> None:
    prepared.copy(tmp_path / "archive")
    killed = prepared.child(tmp_path / "archive", point)
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    prepared.check(tmp_path / "archive")


@pytest.mark.skipif(not KILLS, reason="VARINTERP_KILLS names no number of kills at random moments")
def test_kills_at_random_moments_lose_and_double_nothing(
    prepared: Prepared, tmp_path: Path
) -> None:
    draw = random.Random(50)  # noqa: S311 - moments, not secrets
    whole = _seconds(prepared, tmp_path / "timed")
    killed = 0
    for number in range(KILLS):
        folder = tmp_path / str(number)
        prepared.copy(folder)
        child = prepared.child(folder)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(draw.uniform(0, whole))
        child.kill()
        child.communicate()
        killed += child.returncode == -signal.SIGKILL
        prepared.check(folder)
        shutil.rmtree(folder)
    assert killed >= KILLS * 0.8


def _seconds(prepared: Prepared, folder: Path) -> float:
    """How long a run takes in its child, from its start."""
    prepared.copy(folder)
    child = prepared.child(folder)
    assert child.stdout is not None
    child.stdout.readline()
    start = time.monotonic()
    child.communicate()
    assert child.returncode == 0
    return time.monotonic() - start
