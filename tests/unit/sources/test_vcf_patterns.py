"""The fast lanes never let through what the exact judge refuses."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from varinterp.sources.vcf_definitions import RESERVED_FORMAT, RESERVED_INFO, Definition
from varinterp.sources.vcf_duplicates import left_align
from varinterp.sources.vcf_fields import suspect_pattern
from varinterp.sources.vcf_genotypes import cell_fault, cell_pattern
from varinterp.sources.vcf_values import info_fault

INFO = RESERVED_INFO | {
    "SCORE": Definition("1", "Float"),
    "PAIR": Definition("2", "Integer"),
    "EACH": Definition("R", "Float"),
    "WORDS": Definition("A", "String"),
}
FORMAT = RESERVED_FORMAT | {"AB": Definition("1", "Float"), "FREE": Definition(".", "String")}
PIECES = ["0", "7", "12", "-3", "0.5", "1e-5", ".5", "5.", "1e", "e5", "1-2", "--1", "1.2.3",
          "2147483648", "-.", ".-", "..", "0-", "nan", "inf", ".", "", ",", "x", "+", "1e5.5",
          "é"]  # fmt: skip
values = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(",".join)
fields = st.tuples(st.sampled_from(sorted(INFO)), values | st.none()).map(
    lambda pair: pair[0] if pair[1] is None else f"{pair[0]}={pair[1]}"
)
infos = st.lists(fields, min_size=1, max_size=4).map(";".join)
KEYS = ["GT", "AD", "DP", "GQ", "PL", "AB", "FREE"]
calls = st.sampled_from(["0/1", "1|0", "1", ".", "./.", "./1", "0/3", "0/1/1", "", "a", "2|2"])
cells = st.tuples(calls, st.lists(values, max_size=7)).map(
    lambda pair: ":".join([pair[0], *pair[1]])
)


def matches(text: str, pattern: str) -> bool:
    return bool(pl.Series([text]).str.contains(pattern).item())


@given(infos, st.integers(0, 6))
def test_every_wrong_info_is_suspected(info: str, alts: int) -> None:
    if info_fault(info, INFO, alts) is not None:
        assert matches(info, suspect_pattern(INFO, alts))


@given(
    st.lists(st.sampled_from(["0.5", "1e-05", "12", "-1.25", "3.2e+10"]), min_size=1, max_size=1)
)
def test_plain_floats_are_not_suspected(items: list[str]) -> None:
    assert not matches(f"SCORE={items[0]};DP=7", suspect_pattern(INFO, 1))


@given(cells, st.integers(0, 9), st.integers(1, len(KEYS)))
def test_a_matching_cell_is_right(cell: str, alts: int, count: int) -> None:
    pattern = cell_pattern(KEYS[:count], FORMAT, alts)
    assert pattern is not None
    if matches(cell, pattern):
        assert cell_fault(cell, KEYS[:count], FORMAT, alts) is None


def test_an_ordinary_cell_takes_the_fast_lane() -> None:
    pattern = cell_pattern(KEYS[:5], FORMAT, 1)
    assert pattern is not None
    assert matches("0/1:10,12:22:99:400,0,380", pattern)


bases = st.text("AC", min_size=1, max_size=4)


@given(st.text("AC", max_size=30), bases, bases, st.text("AC", max_size=5))
def test_left_alignment_changes_the_spelling_and_not_the_sequence(
    upstream: str, ref: str, alt: str, after: str
) -> None:
    if ref == alt:
        return
    start = len(upstream) + 1
    position, short_ref, short_alt = left_align(start, ref, alt, upstream)
    genome = upstream + ref + after
    assert genome[position - 1 :].startswith(short_ref)
    rebuilt = genome[: position - 1] + short_alt + genome[position - 1 + len(short_ref) :]
    assert rebuilt == upstream + alt + after
    assert left_align(position, short_ref, short_alt, upstream[: position - 1]) == (
        position, short_ref, short_alt,
    )  # fmt: skip
