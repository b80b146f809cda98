"""Reading a frequency release: the rows asked for, its words, and where it looked."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import write_frequencies
from varinterp.errors import ReleaseError
from varinterp.model.chromosome import GRCH38_LENGTHS, Chromosome
from varinterp.model.variant import Allele
from varinterp.sources.gnomad import (
    VALUES,
    covered,
    group_codes,
    lookup_frequencies,
    lookup_groups,
)


def sites(*places: tuple[str, int, str]) -> pl.DataFrame:
    schema = {"chromosome": pl.String, "position": pl.Int32, "ref": pl.String}
    return pl.DataFrame(list(places), schema=schema, orient="row")


def alleles(*names: str) -> pl.DataFrame:
    parsed = [Allele.parse(name) for name in names]
    rows = [(allele.key, allele.ref, allele.alt) for allele in parsed]
    schema = {"key": pl.UInt64, "ref": pl.String, "alt": pl.String}
    return pl.DataFrame(rows, schema, orient="row").sort("key")


def test_nothing_asked_and_nothing_there_give_no_rows(tmp_path: Path) -> None:
    folder = write_frequencies(tmp_path, [{"allele": "1-5-A-C"}])
    assert lookup_frequencies(folder, alleles()).height == 0
    empty = write_frequencies(tmp_path / "empty", [])
    assert lookup_frequencies(empty, alleles("1-5-A-G")).rows() == [(None,) * len(VALUES)]
    assert lookup_groups(empty, alleles("1-5-A-G"))["groups"].to_list() == [None]


def test_a_lookup_answers_row_for_row_and_null_where_nothing_is(tmp_path: Path) -> None:
    long = "2-7-G-" + "T" * 20
    rows: list[dict[str, Any]] = [
        {"allele": "1-5-A-C", "ac": 7, "faf95": 0.25, "faf95_group": "afr"},
        {"allele": long, "filters": "AC0;AS_VQSR"},
    ]
    folder = write_frequencies(tmp_path, rows)
    found = lookup_frequencies(folder, alleles("1-5-A-C", "1-5-A-G", long, "2-8-G-" + "C" * 20))
    assert found.columns == list(VALUES)
    assert found["ac"].to_list() == [7, None, 1, None]
    assert found["faf95_group"].to_list() == ["afr", None, None, None]
    assert found["filters"].to_list() == ["PASS", None, "AC0;AS_VQSR", None]
    assert found["constructed"].to_list() == [False, None, False, None]


def test_groups_are_listed_by_code_and_uncounted_ones_left_out(tmp_path: Path) -> None:
    rows = [
        {"allele": "1-5-A-C", "ac_nfe": 3, "an_nfe": 50, "faf95_nfe": 0.5, "an_afr": None,
         "ac_afr": None},
    ]  # fmt: skip
    folder = write_frequencies(tmp_path, rows, groups=("nfe", "afr", "sas"))
    assert group_codes(folder) == ("afr", "nfe", "sas")
    assert lookup_groups(folder, alleles("1-5-A-C", "1-6-A-C"))["groups"].to_list() == [
        [
            {"group": "nfe", "ac": 3, "an": 50, "faf95": 0.5},
            {"group": "sas", "ac": 0, "an": 30_000, "faf95": None},
        ],
        None,
    ]


def test_a_release_without_groups_has_empty_lists(tmp_path: Path) -> None:
    folder = write_frequencies(tmp_path, [{"allele": "1-5-A-C"}], groups=())
    assert lookup_groups(folder, alleles("1-5-A-C", "1-6-A-C"))["groups"].to_list() == [[], None]


def test_a_release_without_groups_names_none_as_text(tmp_path: Path) -> None:
    rows = [{"allele": "1-5-A-C", "faf95_group": None}]
    folder = write_frequencies(tmp_path, rows, groups=())
    named = lookup_frequencies(folder, alleles("1-5-A-C", "1-6-A-C"))["faf95_group"]
    assert named.dtype == pl.String
    assert named.to_list() == [None, None]


@pytest.mark.parametrize("words", ["AC0;NEW_WORD", "", "PASS;AC0", "NEW_WORD"])
def test_an_unknown_filter_is_not_stored(tmp_path: Path, words: str) -> None:
    rows = [{"allele": "1-5-A-C"}, {"allele": "1-6-A-C", "filters": words}]
    with pytest.raises(ReleaseError, match="unknown filter"):
        write_frequencies(tmp_path, rows)


def test_an_unknown_group_is_not_stored(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="faf95_group: unknown word 'xyz'"):
        write_frequencies(tmp_path, [{"allele": "1-5-A-C", "faf95_group": "xyz"}])


def test_a_release_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="restore or rebuild"):
        lookup_frequencies(tmp_path, alleles("1-5-A-C"))


def test_whole_allele_must_be_covered(tmp_path: Path) -> None:
    folder = write_frequencies(tmp_path, [], [("1", 10, 20), ("1", 21, 25), ("2", 5, 5)])
    found = covered(
        folder,
        sites(("1", 10, "A"), ("1", 9, "A"), ("1", 20, "AC"), ("1", 25, "AC"), ("2", 5, "A"),
              ("2", 12, "A"), ("3", 10, "A")),
    )  # fmt: skip
    assert found["covered"].to_list() == [True, False, True, False, True, False, False]


def test_constructed_coverage_is_said(tmp_path: Path) -> None:
    made_up = write_frequencies(tmp_path / "a", [], [("1", 10, 20)], constructed=True)
    real = write_frequencies(tmp_path / "b", [], [("1", 10, 20)])
    places = sites(("1", 10, "A"), ("1", 30, "A"))
    assert covered(made_up, places)["constructed"].to_list() == [True, True]
    assert covered(real, places)["constructed"].to_list() == [False, False]


def test_nothing_covered_is_nothing_known(tmp_path: Path) -> None:
    folder = write_frequencies(tmp_path, [])
    assert covered(folder, sites(("1", 10, "A")))["covered"].to_list() == [False]
    assert covered(folder, sites()).height == 0


@pytest.mark.parametrize("span", [("chr1", 1, 5), ("1", 0, 5), ("1", 6, 5)])
def test_stretch_that_is_none_is_refused(tmp_path: Path, span: tuple[str, int, int]) -> None:
    folder = write_frequencies(tmp_path, [], [span])
    with pytest.raises(ReleaseError, match="row 1"):
        covered(folder, sites(("1", 10, "A")))


NAMES = st.sampled_from(["1", "2", "MT"])
SPANS = st.lists(st.tuples(NAMES, st.integers(1, 60), st.integers(0, 12)), max_size=12)
REFS = st.text("A", min_size=1, max_size=5)
PLACES = st.lists(st.tuples(NAMES, st.integers(1, 80), REFS), max_size=15)


@given(SPANS, PLACES)
def test_coverage_equals_looking_at_every_base(
    tmp_path_factory: pytest.TempPathFactory,
    spans: list[tuple[str, int, int]],
    places: list[tuple[str, int, str]],
) -> None:
    folder = tmp_path_factory.mktemp("covered")
    write_frequencies(folder, [], [(name, start, start + more) for name, start, more in spans])
    bases = {(name, base) for name, start, more in spans for base in range(start, start + more + 1)}
    expected = [
        all((name, base) in bases for base in range(start, start + len(ref)))
        for name, start, ref in places
    ]
    assert covered(folder, sites(*places))["covered"].to_list() == expected


def test_last_base_of_a_chromosome_does_not_touch_the_next(tmp_path: Path) -> None:
    last = GRCH38_LENGTHS[Chromosome.C1]
    folder = write_frequencies(tmp_path, [], [("1", last, last), ("2", 1, 1)])
    assert covered(folder, sites(("1", last, "AC"), ("2", 1, "A")))["covered"].to_list() == [
        False, True,
    ]  # fmt: skip
