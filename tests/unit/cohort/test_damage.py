"""A file that is not what was written is refused by name, with what to do."""

from pathlib import Path

import numpy as np
import pytest

from read_batches import batches_after
from store_rows import keys, rows
from varinterp.cohort.reads_index import ReadsIndex
from varinterp.cohort.store import CohortStore
from varinterp.errors import StageError

RARE, OTHER = "1-1000-A-G", "2-500-C-T"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = CohortStore.open(tmp_path)
    store.add("C-A", 1, rows([RARE, OTHER]))
    store.compact()
    return tmp_path


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 0xFF
    path.write_bytes(bytes(data))


def one(folder: Path, pattern: str) -> Path:
    (found,) = folder.rglob(pattern)
    return found


@pytest.mark.parametrize("left", [0, 3, 100, -1])
def test_a_truncated_part_is_refused_by_name(folder: Path, left: int) -> None:
    path = one(folder, "*.parquet")
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(StageError, match=r"C-A\.000001\.0001\.\w+\.parquet is damaged .*: run"):
        CohortStore.open(folder).rows("C-A")
    (fault,) = CohortStore.open(folder).verify()
    assert path.name in fault


def test_every_flipped_byte_of_a_part_is_found(folder: Path) -> None:
    path = one(folder, "*.parquet")
    whole = path.read_bytes()
    for at in range(0, len(whole), 13):
        flip(path, at)
        assert any(path.name in fault for fault in CohortStore.open(folder).verify()), at
        path.write_bytes(whole)
    assert CohortStore.open(folder).verify() == ()


def test_storing_a_damaged_case_again_mends_it(folder: Path) -> None:
    flip(one(folder, "*.parquet"), 50)
    store = CohortStore.open(folder)
    store.add("C-A", 1, rows([RARE, OTHER]))
    assert store.verify() == ()
    assert store.rows("C-A").height == 2


@pytest.mark.parametrize("with_index", [True, False])
def test_a_damaged_part_keeps_nobody_from_being_forgotten(folder: Path, with_index: bool) -> None:
    CohortStore.open(folder).add("C-B", 1, rows([OTHER]))
    flip(one(folder, "C-B*.parquet"), 50)
    if not with_index:
        for each in (folder / "index").iterdir():
            each.unlink()
    CohortStore.open(folder).forget(["C-B"])
    assert CohortStore.open(folder).cases() == {"C-A": 1}
    assert CohortStore.open(folder).verify() == ()
    assert not list(folder.rglob("C-B*"))


def test_a_part_that_is_gone_is_named(folder: Path) -> None:
    one(folder, "*.parquet").unlink()
    (fault,) = CohortStore.open(folder).verify()
    assert "C-A.000001.0001." in fault
    assert "is missing: run the workflow" in fault
    with pytest.raises(StageError, match="is gone"):
        CohortStore.open(folder).rows("C-A")


def test_every_flipped_byte_of_an_index_is_found_or_means_nothing(folder: Path) -> None:
    path = one(folder, "*.blocks")
    whole = path.read_bytes()
    for at in range(0, len(whole), 3):
        flip(path, at)
        found = CohortStore.open(folder).verify()
        padding = whole[at] == 0 and not found
        assert found or padding, at
        path.write_bytes(whole)


@pytest.mark.parametrize("left", [0, 20, -1])
def test_a_truncated_index_is_refused_and_can_be_deleted(folder: Path, left: int) -> None:
    path = one(folder, "*.blocks")
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(StageError, match="delete its folder"):
        CohortStore.open(folder).cases()
    for each in (folder / "index").iterdir():
        each.unlink()
    store = CohortStore.open(folder)
    assert store.carriers(keys(RARE).to_numpy()).height == 1
    store.compact()
    assert store.verify() == ()
    assert store.carriers(keys(RARE).to_numpy()).height == 1


def test_a_damaged_manifest_is_refused(folder: Path) -> None:
    path = one(folder, "manifest.json")
    flip(path, 30)
    with pytest.raises(StageError, match=r"manifest\.json is damaged: delete the folder"):
        CohortStore.open(folder).cases()


def test_an_index_without_one_of_its_segments_is_refused(folder: Path) -> None:
    one(folder, "*.blocks").unlink()
    with pytest.raises(StageError, match="lacks a segment"):
        CohortStore.open(folder).cases()


def test_a_damaged_index_of_reads_is_found(tmp_path: Path) -> None:
    ReadsIndex.open(tmp_path).catch_up(batches_after)
    path = one(tmp_path, "*.blocks")
    flip(path, 70)
    (fault,) = ReadsIndex.open(tmp_path).damaged()
    assert path.name in fault
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(StageError, match="delete its folder"):
        ReadsIndex.open(tmp_path).readers(np.zeros(1, np.uint64))
