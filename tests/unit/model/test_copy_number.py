import pytest
from hypothesis import given
from hypothesis import strategies as st

from varinterp.model.chromosome import Chromosome
from varinterp.model.copy_number import (
    Change,
    CopyNumber,
    reciprocal_overlap,
    shared_bases,
)

NUMBERS = st.builds(
    lambda chromosome, start, length, change, copies: CopyNumber(
        chromosome, start, start + length, change, copies
    ),
    st.sampled_from([Chromosome.C1, Chromosome.C22, Chromosome.X]),
    st.integers(1, 1_000_000),
    st.integers(0, 1_000_000),
    st.sampled_from(list(Change)),
    st.none() | st.integers(0, 9),
)


def test_the_id_of_the_contract() -> None:
    number = CopyNumber(Chromosome.C22, 20012478, 20521908, Change.LOSS, 1)
    assert str(number) == "22-20012478-20521908-DEL-1"
    assert number.id == "GRCh38:22-20012478-20521908-DEL-1"
    assert number.span == "22-20012478-20521908"
    assert number.place == "22-20012478-20521908-DEL"
    assert len(number) == 509431
    assert str(CopyNumber(Chromosome.X, 1, 1, Change.GAIN)) == "X-1-1-DUP"


@given(NUMBERS)
def test_an_id_is_read_back(number: CopyNumber) -> None:
    assert CopyNumber.parse(str(number)) == number
    assert CopyNumber.parse(number.id) == number


@pytest.mark.parametrize(
    "text",
    [
        "22-1-2", "22-1-2-INV", "22-1-2-DEL-", "22-1-2-DEL-x", "22-2-1-DEL", "22-0-1-DEL",
        "GRCh37:22-1-2-DEL", "MU273-1-2-DEL", "22-1-50818469-DEL", "22--1-2-DEL", "22-1-2-DEL-1-1",
        "22-²-3-DEL",
    ],
)  # fmt: skip
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - several causes, one type
        CopyNumber.parse(text)


def test_copies_are_never_fewer_than_none() -> None:
    with pytest.raises(ValueError, match="fewer than none"):
        CopyNumber(Chromosome.C1, 1, 2, Change.LOSS, -1)


def test_genome_order() -> None:
    texts = ["2-5-9-DEL", "2-5-9-DEL-0", "2-5-9-DUP", "2-5-10-DEL", "2-6-7-DEL", "10-1-2-DEL"]
    numbers = [CopyNumber.parse(text) for text in texts]
    assert sorted(reversed(numbers)) == numbers


@pytest.mark.parametrize(
    ("one", "other", "shared", "overlap"),
    [
        ((1, 10), (1, 10), 10, 1.0),
        ((1, 10), (10, 19), 1, 0.1),
        ((1, 10), (11, 20), 0, 0.0),
        ((1, 100), (41, 60), 20, 0.2),
        ((1, 10), (6, 25), 5, 0.25),
    ],
)
def test_overlap_is_of_the_longer_one(
    one: tuple[int, int], other: tuple[int, int], shared: int, overlap: float
) -> None:
    assert shared_bases(one, other) == shared_bases(other, one) == shared
    assert reciprocal_overlap(one, other) == reciprocal_overlap(other, one) == overlap
