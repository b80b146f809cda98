"""Who read a fact: rules that everybody read, absent reads, stretches, and several batches."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from read_batches import COVERAGE, LAST, batches_after, reads_of
from varinterp.cohort import reads_index
from varinterp.cohort.reads_index import ReadsIndex
from varinterp.model.reads import fact_hash

FACTS = sorted(
    {fact for each in range(1, LAST + 1) for facts in reads_of(each).values() for fact in facts}
)


def hashes(*facts: tuple[str, str]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return np.array([fact_hash(*fact) for fact in facts], np.uint64)


def truth(*facts: tuple[str, str]) -> list[int]:
    """The assessments that read one of some facts, from the reads themselves."""
    return [
        each
        for each in range(1, LAST + 1)
        if any(fact in read for read in reads_of(each).values() for fact in facts)
    ]


def caught_up(root: Path, *, step_by_step: bool) -> ReadsIndex:
    index = ReadsIndex.open(root)
    for last in range(1, LAST + 1) if step_by_step else [LAST]:
        index.catch_up(lambda mark, last=last: batches_after(mark, last))  # type: ignore[misc]
    return index


@pytest.mark.parametrize("step_by_step", [False, True])
def test_every_fact_is_found_by_its_readers(tmp_path: Path, step_by_step: bool) -> None:
    index = caught_up(tmp_path, step_by_step=step_by_step)
    for fact in FACTS:
        assert index.readers(hashes(fact)).tolist() == truth(fact)
    assert index.readers(hashes(("clinvar", "never read"))).size == 0
    assert index.mark == LAST
    assert index.damaged() == ()


@given(chosen=st.sets(st.sampled_from(FACTS), max_size=8))
def test_several_facts_are_the_union_of_their_readers(
    tmp_path_factory: pytest.TempPathFactory, chosen: set[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "several_facts"
    if not folder.exists():
        caught_up(folder, step_by_step=False)
    index = ReadsIndex.open(folder)
    assert index.readers(hashes(*chosen)).tolist() == truth(*chosen)


def test_a_shared_part_is_kept_once(tmp_path: Path) -> None:
    caught_up(tmp_path, step_by_step=False)
    (segment,) = ReadsIndex.open(tmp_path)._segments
    rules = np.uint64(fact_hash("rules", "population.ba1"))
    assert (segment["facts.keys"] == rules).sum() == 1


@pytest.mark.parametrize("step_by_step", [False, True])
def test_reads_of_positions_are_found_by_stretch(tmp_path: Path, step_by_step: bool) -> None:
    index = caught_up(tmp_path, step_by_step=step_by_step)
    spans = pl.DataFrame({"chromosome": ["1", "1", "2"], "start": [3, 30, 1], "end": [5, 99, 99]})
    assert index.at_spans(COVERAGE, spans).tolist() == [3, 4, 5, *range(30, LAST + 1)]
    assert index.at_spans("phylop", spans).size == 0


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    index = caught_up(tmp_path, step_by_step=False)
    before = (tmp_path / "manifest.json").read_bytes()
    index.catch_up(batches_after)
    assert (tmp_path / "manifest.json").read_bytes() == before


def test_the_index_of_another_registry_is_built_anew(tmp_path: Path) -> None:
    index = ReadsIndex.open(tmp_path)
    index.catch_up(batches_after, archive="one")
    index.catch_up(lambda mark: batches_after(mark, last=3), archive="another")
    assert index.mark == 3
    assert index.readers(hashes(("rules", "population.ba1"))).tolist() == [1, 2, 3]


def test_a_deleted_index_is_built_anew(tmp_path: Path) -> None:
    caught_up(tmp_path, step_by_step=False)
    for path in tmp_path.iterdir():
        path.unlink()
    assert caught_up(tmp_path, step_by_step=False).readers(hashes(FACTS[0])).tolist() == truth(
        FACTS[0]
    )


def test_a_reset_index_keeps_no_byte_and_is_filled_again(tmp_path: Path) -> None:
    index = caught_up(tmp_path, step_by_step=True)
    index.reset()
    assert not list(tmp_path.glob("*.blocks"))
    assert ReadsIndex.open(tmp_path).readers(hashes(FACTS[0])).size == 0
    index.catch_up(batches_after)
    assert index.readers(hashes(*FACTS)).tolist() == list(range(1, LAST + 1))


def test_segments_stay_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads_index, "HELD", 10)
    caught_up(tmp_path, step_by_step=True)
    assert len(ReadsIndex.open(tmp_path)._segments) <= 5
