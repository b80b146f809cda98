"""One text and one digest for one value, whatever its order, spelling or type of container."""

import json
from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varinterp.model.canonical import canonical, digest, to_json
from varinterp.model.evidence import Criterion, Finding, not_assessed
from whole_analysis import analysis

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3)
    ),
    max_leaves=10,
)


class Word(StrEnum):
    YES = "yes"


class Number(Enum):
    HALF = 0.5


@dataclass(frozen=True)
class Value:
    b: Any
    a: Any = None


@given(plain)
def test_the_text_is_json_that_says_the_same(value: Any) -> None:
    assert json.loads(canonical(value)) == to_json(value)
    assert canonical(json.loads(canonical(value))) == canonical(value)


@given(st.dictionaries(st.text("abcdef", max_size=2), st.integers(), max_size=6))
def test_the_order_of_a_mapping_does_not_matter(value: dict[str, int]) -> None:
    turned = dict(reversed(list(value.items())))

    assert canonical(turned) == canonical(value)
    assert digest(turned) == digest(value)


@given(st.integers(-(2**53), 2**53))
def test_a_whole_number_is_one_value(number: int) -> None:
    assert canonical(float(number)) == canonical(number)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (0, -0.0),
        ((1, 2), [1, 2]),
        ({1, 2, 10}, frozenset({10, 2, 1})),
        (Word.YES, "yes"),
        (Number.HALF, 0.5),
        (Value(b=1, a=2), {"a": 2, "b": 1}),
        ({Word.YES: 1}, {"yes": 1}),
    ],
)
def test_two_spellings_of_one_value(one: Any, other: Any) -> None:
    assert digest(one) == digest(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, "1"),
        (1, True),
        (0, False),
        (None, "null"),
        (None, 0),
        ((), None),
        ("", None),
        ([1, 2], [2, 1]),
        ({"a": None}, {}),
    ],
)
def test_two_values(one: Any, other: Any) -> None:
    assert digest(one) != digest(other)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_not_finite_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not finite"):
        digest(Value(b=(number,)))


@pytest.mark.parametrize("value", [object(), Value, b"bytes", 1j])
def test_a_value_without_a_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no canonical form"):
        digest(value)


def test_the_text_is_short_and_keeps_utf8() -> None:
    assert canonical({"b": (1.50, None), "a": "é"}) == '{"a":"é","b":[1.5,null]}'


def test_a_digest_is_128_bits_and_stays_what_it_was() -> None:
    assert digest({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad808"


@dataclass(frozen=True)
class Empty:
    pass


class Rank(IntEnum):
    FIRST = 1


class Text(str):
    pass


frozen = st.recursive(
    plain
    | st.sampled_from([Word.YES, Number.HALF, Rank.FIRST, Empty(), Text("ö\n\x7f\u2028")])
    | st.floats(allow_nan=False, allow_infinity=False).map(lambda number: -abs(number)),
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.builds(Value, inner, inner)
        | st.frozensets(st.text("ab", max_size=2) | st.integers(), max_size=3)
        | st.dictionaries(st.integers() | st.text("1a"), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(frozen)
def test_the_text_is_what_json_writes_of_the_plain_form(value: Any) -> None:
    assert canonical(value) == _by_json(value)


def test_a_whole_assessment_is_what_json_writes_of_it_every_time() -> None:
    whole = analysis()
    for _ in range(2):  # the second time from texts that are remembered
        for value in (*whole.assessments, *whole.candidates, *whole.facts.values(), whole.case):
            assert canonical(value) == _by_json(value)


@given(st.sampled_from([1, 1.0, True, "1"]), st.booleans())
def test_findings_that_are_equal_to_python_keep_their_own_texts(fact: Any, built: bool) -> None:
    one = Finding(Criterion.PS1, not_assessed("a_reason", fact=fact), (), built)
    bare = Finding(Criterion.PS1, not_assessed("a_reason"), (), built)

    assert canonical((one, bare)) == _by_json((one, bare))


def _by_json(value: Any) -> str:
    return json.dumps(to_json(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
