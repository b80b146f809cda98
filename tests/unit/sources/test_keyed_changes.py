"""What differs between two packs: every row that came, went or says something else, no other."""

from hashlib import blake2b
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varinterp.annotate.key import keys
from varinterp.model.chromosome import Chromosome
from varinterp.sources.keyed_changes import changed_rows
from varinterp.sources.pack import Column, Pack, PackWriter
from varinterp.sources.row_digest import row_digests

SCHEMA = {
    "chromosome": pl.String, "position": pl.Int32, "ref": pl.String, "alt": pl.String,
    "ac": pl.Int32,
}  # fmt: skip
Site = tuple[str, int, str, str]


def table(rows: dict[Site, int | None]) -> pl.DataFrame:
    frame = pl.DataFrame([(*site, ac) for site, ac in rows.items()], SCHEMA, orient="row")
    return frame.with_columns(keys(frame), row_digests(frame, ["ac"])).sort("key", "ref", "alt")


def pack(folder: Path, frame: pl.DataFrame) -> Pack:
    with PackWriter(folder, (Column("ac", "int32"), Column("digest", "uint64"))) as writer:
        for chromosome in Chromosome:
            writer.write(chromosome, frame.filter(chromosome=chromosome.value))
    return Pack.open(folder)


releases = st.dictionaries(
    st.tuples(
        st.sampled_from(["1", "22", "X"]),
        st.integers(1, 12),
        st.sampled_from(["A", "AC", "G" * 12, "G" * 13]),
        st.sampled_from(["C", "T", "T" * 14]),
    ),
    st.none() | st.integers(0, 2),
    min_size=1,
    max_size=40,
)


def check(old: dict[Site, int | None], new: dict[Site, int | None], folder: Path) -> None:
    first, second = pack(folder / "old", table(old)), pack(folder / "new", table(new))
    found = changed_rows(first, second)

    def sites(of: Pack, rows: object) -> list[Site]:
        taken = of.take(rows, ["ac"])  # type: ignore[arg-type]
        return taken.select("chromosome", "position", "ref", "alt").rows()

    assert set(sites(second, found.added)) == new.keys() - old.keys()
    assert set(sites(first, found.removed)) == old.keys() - new.keys()
    changed = {site for site in old.keys() & new.keys() if old[site] != new[site]}
    assert set(sites(first, found.before)) == changed
    assert sites(first, found.before) == sites(second, found.after)
    assert len(found.after) == len(changed)


@settings(max_examples=60, deadline=None)
@given(old=releases, new=releases)
def test_the_changes_are_those_of_two_dictionaries(
    old: dict[Site, int | None],
    new: dict[Site, int | None],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    check(old, new, tmp_path_factory.mktemp("changes"))
    check(old, {**old, **new}, tmp_path_factory.mktemp("more"))


@settings(max_examples=40, deadline=None)
@given(old=releases, new=releases)
def test_alleles_that_share_a_hashed_key_are_told_apart(
    old: dict[Site, int | None],
    new: dict[Site, int | None],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("varinterp.annotate.key.encode_alleles", lambda ref, alt: 5)
        check(old, new, tmp_path_factory.mktemp("changes"))


def test_a_digest_is_of_values_alone() -> None:
    rows = pl.DataFrame(
        {
            "n": pl.Series([1, 2, None], dtype=pl.Int8),
            "f": [0.5, -0.0, float("nan")],
            "t": ["a", "", None],
            "l": [["a", "b"], [], None],
        }
    )
    names = ["n", "f", "t", "l"]
    other = rows.with_columns(
        pl.col("n").cast(pl.Int64), pl.Series("f", [0.5, 0.0, None], dtype=pl.Float64)
    )
    assert row_digests(rows, names).equals(row_digests(other, names[::-1]))
    assert row_digests(rows[[2, 0]], names).equals(row_digests(rows, names)[[2, 0]])


def mixed(number: int) -> int:
    number = (number + 0x9E3779B97F4A7C15) % 2**64
    number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    number = (number ^ number >> 27) * 0x94D049BB133111EB % 2**64
    return number ^ number >> 31


def test_a_digest_is_what_its_description_says() -> None:
    text = "NM_0001.2:c.5G>A"
    name = mixed(len(text))
    for start in (0, 8):
        name = mixed(name ^ int.from_bytes(text[start : start + 8].encode(), "little"))
    part = mixed(mixed(2) ^ int.from_bytes(b"p\x1f", "little"))
    cells = {"ac": 7, "gone": 0x6D697373696E6721, "name": name, "w": mixed(part) + 1}
    total = 0
    for column, number in cells.items():
        salt = int.from_bytes(blake2b(column.encode(), digest_size=8).digest(), "little")
        total += mixed(mixed(number % 2**64) ^ salt)
    gone = pl.Series([None], dtype=pl.Int8)
    rows = pl.DataFrame({"ac": [7], "gone": gone, "name": [text], "w": [["p"]]})
    assert row_digests(rows, list(cells)).to_list() == [total % 2**64]
    assert total % 2**64 == 11068957860543037247


@pytest.mark.parametrize(
    "cells",
    [
        ["ab", "a", "", None, "ab\0", "a" * 8, "a" * 9, "a" * 16],
        [["ab"], ["a", "b"], ["a", "b", ""], [""], [], None, ["", ""], [None]],
        [0, 1, -1, None, 2**40],
        [0.0, 1.0, 0.1, None, 1e-300],
        [True, False, None],
    ],
)
def test_different_values_have_different_digests(cells: list[object]) -> None:
    digests = row_digests(pl.DataFrame({"value": cells}), ["value"])
    assert digests.n_unique() == len(cells)


def test_the_same_value_in_two_columns_is_not_the_same_row() -> None:
    rows = pl.DataFrame({"a": [1, 2], "b": [2, 1]})
    assert row_digests(rows, ["a", "b"]).n_unique() == 2
