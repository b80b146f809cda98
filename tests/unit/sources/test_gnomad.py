"""Reading a frequency release: the rows asked for, its words, and where it looked."""

from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import write_frequencies
from varinterp.errors import ReleaseError
from varinterp.model.chromosome import GRCH38_LENGTHS, Chromosome
from varinterp.model.variant import Allele
from varinterp.sources.gnomad import FREQUENCIES, covered, read_frequencies


def keys(*alleles: str) -> pl.Series:
    return pl.Series("key", [Allele.parse(allele).key for allele in alleles], dtype=pl.UInt64)


def sites(*places: tuple[str, int, str]) -> pl.DataFrame:
    schema = {"chromosome": pl.String, "position": pl.Int32, "ref": pl.String}
    return pl.DataFrame(list(places), schema=schema, orient="row")


def test_only_the_rows_asked_for_come_back_in_key_order(tmp_path: Path) -> None:
    every = [f"1-{position}-A-C" for position in range(1, 60, 2)] + ["X-5-A-C", "2-7-G-T"]
    folder = write_frequencies(tmp_path, [{"allele": allele, "ac": 2} for allele in every])
    found = read_frequencies(folder, keys("X-5-A-C", "1-31-A-C", "1-32-A-C", "2-7-G-T"))
    assert found.select("chromosome", "position").rows() == [("1", 31), ("2", 7), ("X", 5)]
    assert found["ac"].to_list() == [2, 2, 2]


def test_nothing_asked_and_nothing_there_give_no_rows(tmp_path: Path) -> None:
    folder = write_frequencies(tmp_path, [{"allele": "1-5-A-C"}])
    assert read_frequencies(folder, keys()).height == 0
    assert read_frequencies(folder, keys("1-5-A-G")).height == 0
    empty = write_frequencies(tmp_path / "empty", [])
    assert read_frequencies(empty, keys("1-5-A-G")).height == 0


def test_unknown_filter_stops_with_source_row_and_word(tmp_path: Path) -> None:
    rows = [{"allele": "1-5-A-C"}, {"allele": "1-6-A-C", "filters": "AC0;NEW_WORD"}]
    folder = write_frequencies(tmp_path, rows)
    with pytest.raises(ReleaseError, match=r"frequencies\.parquet, row 2.*'NEW_WORD'"):
        read_frequencies(folder, keys("1-5-A-C"))


def test_unsorted_release_is_refused(tmp_path: Path) -> None:
    folder = write_frequencies(tmp_path, [{"allele": "1-5-A-C"}, {"allele": "1-6-A-C"}])
    path = folder / FREQUENCIES
    frame = pl.read_parquet(path).reverse()
    write_like(path, frame)
    with pytest.raises(ReleaseError, match="not sorted"):
        read_frequencies(folder, keys("1-5-A-C"))


def test_allele_twice_is_refused(tmp_path: Path) -> None:
    folder = write_frequencies(tmp_path, [{"allele": "1-5-A-C"}, {"allele": "1-5-A-C", "ac": 9}])
    with pytest.raises(ReleaseError, match="twice"):
        read_frequencies(folder, keys("1-5-A-C"))


def test_other_columns_and_no_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="cannot be read"):
        read_frequencies(tmp_path, keys("1-5-A-C"))
    pl.DataFrame({"key": [1]}).write_parquet(tmp_path / FREQUENCIES)
    with pytest.raises(ReleaseError, match="rebuild"):
        read_frequencies(tmp_path, keys("1-5-A-C"))


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


def write_like(path: Path, frame: pl.DataFrame) -> None:
    """Write rows with the schema that the file has."""
    schema = pq.read_schema(path)  # type: ignore[no-untyped-call]
    pq.write_table(frame.to_arrow().cast(schema), path)  # type: ignore[no-untyped-call]
