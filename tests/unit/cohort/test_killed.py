"""Killed at any named point, a process leaves the state before or after, and the next goes on."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from killed import NEW_ALLELE, main
from read_batches import LAST, batches_after
from store_rows import KID, consequences, keys, pairs, rows
from varinterp.cohort.consequences import Consequences
from varinterp.cohort.reads_index import ReadsIndex
from varinterp.cohort.store import CohortStore
from varinterp.fault_points import KILL_AT
from varinterp.model.reads import fact_hash

HERE = Path(__file__).parent
RARE, OTHER = "1-1000-A-G", "2-500-C-T"
EVERY = keys(RARE, OTHER, NEW_ALLELE).to_numpy()
State = tuple[dict[str, int], set[tuple[int, str]], dict[str, list[list[str]]]]


def command(folder: Path, step: str) -> list[str]:
    return [sys.executable, str(HERE / "killed.py"), str(folder), step]


def killed(folder: Path, step: str, at: str) -> None:
    environment = os.environ | {KILL_AT: at}
    done = subprocess.run(command(folder, step), env=environment, check=False)
    assert done.returncode == -signal.SIGKILL, f"{at} was never reached"


def state(folder: Path) -> State:
    """Return what a reader sees: cases, carriers, and who has genotypes in each case's rows."""
    store = CohortStore.open(folder)
    people = {
        case: [
            [call["person"] for call in calls] for calls in store.rows(case)["genotypes"].to_list()
        ]
        for case in store.cases()
    }
    return store.cases(), pairs(store.carriers(EVERY)), people


def begun(folder: Path) -> None:
    """A store with a compacted and a loose part of each kind."""
    store = CohortStore.open(folder)
    store.add("C-A", 1, rows([RARE, OTHER]))
    store.add("C-B", 1, rows([RARE]))
    store.compact()
    store.add("C-C", 1, rows([OTHER]))
    store.add("C-A", 2, rows([OTHER], copies={(OTHER, KID): 1}))


POINTS = {
    "add": ["cohort.add.marked", "cohort.add.written"],
    "compact": [
        "cohort.compact.segments_written", "cohort.compact.before_rename",
        "cohort.compact.after_rename", "cohort.compact.cleared", "cohort.compact.markers_removed",
    ],
    "forget": [
        "cohort.erase.begun", "cohort.erase.files_removed", "cohort.erase.before_rename",
    ],
    "forget_person": [
        "cohort.add.marked", "cohort.add.written", "cohort.forget_person.added",
        "cohort.erase.begun", "cohort.erase.files_removed", "cohort.erase.before_rename",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("step", "at"), [(step, at) for step in POINTS for at in POINTS[step]])
def test_a_kill_leaves_old_or_new_and_a_rerun_converges(tmp_path: Path, step: str, at: str) -> None:
    once, twice = tmp_path / "undisturbed", tmp_path / "killed"
    begun(once)
    begun(twice)
    old = state(once)
    main(once, step)
    new = state(once)
    killed(twice, step, at)
    assert state(twice) in (old, new)
    main(twice, step)
    assert state(twice) == new
    CohortStore.open(twice).compact()
    assert state(twice) == new
    assert CohortStore.open(twice).verify() == ()


def test_after_a_killed_erasure_any_compaction_finishes_it(tmp_path: Path) -> None:
    begun(tmp_path)
    killed(tmp_path, "forget", "cohort.erase.begun")
    assert "C-A" not in state(tmp_path)[0]
    CohortStore.open(tmp_path).compact()
    assert not [path for path in tmp_path.rglob("*") if "C-A" in path.name]
    assert not [path for path in tmp_path.rglob("*.blocks") if b"C-A." in path.read_bytes()]


@pytest.mark.parametrize(
    "at",
    [
        "reads.catch_up.gathered", "reads.catch_up.segment_written", "reads.catch_up.after_rename",
    ],
)  # fmt: skip
def test_an_index_of_reads_goes_on_where_it_was_killed(tmp_path: Path, at: str) -> None:
    index = ReadsIndex.open(tmp_path)
    index.catch_up(lambda mark: batches_after(mark, last=20))
    killed(tmp_path, "catch_up", at)
    found = ReadsIndex.open(tmp_path)
    assert found.mark in (20, LAST)
    asked = np.array([fact_hash("rules", "population.ba1")], np.uint64)
    assert found.readers(asked).tolist() == list(range(1, found.mark + 1))
    main(tmp_path, "catch_up")
    again = ReadsIndex.open(tmp_path)
    assert again.readers(asked).tolist() == list(range(1, LAST + 1))
    assert again.damaged() == ()
    assert len(list(tmp_path.glob("*.blocks"))) <= 2  # the generation, and the one before


@pytest.mark.parametrize("at", ["consequences.keep.written", "consequences.compact.written"])
def test_a_memo_is_whole_after_a_kill(tmp_path: Path, at: str) -> None:
    memo = Consequences.open(tmp_path)
    memo.keep("116", consequences({RARE: ["T1"]}))
    step = "keep" if "keep" in at else "memo_compact"
    if step == "memo_compact":
        memo.keep("116", consequences({NEW_ALLELE: ["T2"]}))
    killed(tmp_path, step, at)
    main(tmp_path, step)
    asked = consequences({RARE: ["T1"], NEW_ALLELE: ["T2"]})
    known, missing = memo.of("116", asked.drop("transcript", "terms"))
    assert known["transcript"].to_list() == ["T1", "T2"]
    assert missing.is_empty()


@pytest.mark.parametrize("seed", range(3))
def test_kills_at_random_times_lose_and_double_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    once, often = tmp_path / "undisturbed", tmp_path / "killed"
    begun(once)
    begun(often)
    for step in ("add", chance.choice(["compact", "forget", "forget_person"])):
        main(once, step)
        child = subprocess.Popen(command(often, step))
        time.sleep(0.3 + chance.random() * 0.6)
        child.kill()
        child.wait()
        main(often, step)
    assert state(often) == state(once)
    assert CohortStore.open(often).verify() == ()
