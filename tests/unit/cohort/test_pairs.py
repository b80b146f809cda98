"""Looking many keys up at once gives what looking up each alone would."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varinterp.cohort.pairs import STEP, Pairs, distinct, in_order, merged

NUMBERS = st.integers(0, 400) | st.sampled_from([2**64 - 1, 2**63])


@given(held=st.lists(NUMBERS, max_size=400), wanted=st.sets(NUMBERS, max_size=300))
def test_a_probe_finds_every_row_of_every_key(held: list[int], wanted: set[int]) -> None:
    keys = np.sort(np.array(held, np.uint64))
    asked = np.array(sorted(wanted), np.uint64)
    truth = [
        (place, row)
        for place, key in enumerate(asked.tolist())
        for row in np.flatnonzero(keys == np.uint64(key)).tolist()
    ]
    for fences in (None, keys[::STEP]):
        found = Pairs(keys, np.arange(keys.size), fences).probe(asked)
        assert list(zip(*(part.tolist() for part in found), strict=True)) == truth


@pytest.mark.parametrize("size", [0, 1, STEP - 1, STEP, STEP + 1, 5 * STEP, 5 * STEP + 3])
def test_fences_find_what_a_plain_search_finds(size: int) -> None:
    keys = np.arange(size, dtype=np.uint64) * np.uint64(3) + np.uint64(10)
    asked = np.arange(3 * size + 200, dtype=np.uint64)
    plain, fenced = Pairs(keys, keys).probe(asked), Pairs(keys, keys, keys[::STEP]).probe(asked)
    assert all((one == other).all() for one, other in zip(plain, fenced, strict=True))


@given(
    inputs=st.lists(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3)), max_size=40)),
    size=st.integers(1, 50),
)
def test_a_merge_is_the_set_of_pairs_in_order(
    inputs: list[list[tuple[int, int]]], size: int
) -> None:
    tables = [
        in_order(np.array([k for k, _ in one], np.uint64), np.array([v for _, v in one], np.int64))
        for one in inputs
    ]
    found = [
        pair
        for chunk in merged(tables, size)
        for pair in zip(chunk.keys.tolist(), chunk.values.tolist(), strict=True)
    ]
    assert found == sorted({pair for one in inputs for pair in one})


@given(values=st.lists(st.integers(-5, 5)))
def test_distinct_values_ascend(values: list[int]) -> None:
    assert distinct(np.array(values, np.int64)).tolist() == sorted(set(values))
