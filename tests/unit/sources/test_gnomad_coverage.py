"""Tables of every position become the stretches that were looked at well enough."""

import gzip
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varinterp.errors import ReleaseError
from varinterp.sources import text_blocks
from varinterp.sources.gnomad_coverage import read_covered
from varinterp.sources.gnomad_settings import CoverageLimits

LIMITS = CoverageLimits(depth=20, share=0.8, alleles=1000)
DEPTH = "locus\tmean\tmedian_approx\ttotal_DP\tover_1\tover_20\tover_100\n"
NUMBERS = "locus\tAN\toutside_broad_capture_region\n"


def table(path: Path, text: str) -> Path:
    path.write_bytes(gzip.compress(text.encode()))
    return path


def test_a_table_of_depth_is_read_at_its_column(tmp_path: Path) -> None:
    rows = [("chr1", 10, 0.8), ("chr1", 11, 0.95), ("chr1", 12, 0.79), ("chr1", 13, 1),
            ("chr2", 14, 0.9), ("chrUn_KI270742v1", 1, 1), ("chrM", 5, 0.85)]  # fmt: skip
    text = DEPTH + "".join(f"{c}:{p}\t30\t30\t9\t1\t{share}\t0\n" for c, p, share in rows)
    found = read_covered(table(tmp_path / "depth.tsv.bgz", text), LIMITS)
    assert found.rows() == [("1", 10, 11), ("1", 13, 13), ("2", 14, 14), ("MT", 5, 5)]


@settings(max_examples=40, deadline=None)
@given(
    numbers=st.dictionaries(
        st.tuples(st.integers(1, 3), st.integers(1, 40)), st.integers(990, 1010), max_size=60
    ),
    size=st.integers(20, 200),
)
def test_stretches_are_the_runs_of_positions_however_the_file_is_cut(
    numbers: dict[tuple[int, int], int],
    size: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("numbers") / "numbers.tsv"
    lines = [f"chr{c}:{p}\t{an}\tfalse\n" for (c, p), an in sorted(numbers.items())]
    path.write_text(NUMBERS + "".join(lines))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_blocks, "BLOCK", size)
        found = read_covered(path, LIMITS)
    inside = {(int(name), at) for name, start, end in found.rows() for at in range(start, end + 1)}
    assert inside == {place for place, an in numbers.items() if an >= 1000}
    touching = found.filter(
        (pl.col("chromosome") == pl.col("chromosome").shift(1))
        & (pl.col("start") <= pl.col("end").shift(1) + 1)
    )
    assert touching.is_empty()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("chrom\tpos\tmean\n1\t5\t3\n", r"t\.tsv:1: neither"),
        (NUMBERS + "chr1:5\tmany\tx\n", r"t\.tsv:2: 'chr1:5 many' is no position"),
        (NUMBERS + "chr1-5\t9\tx\n", r"t\.tsv:2: "),
        (NUMBERS + "chr1:5\t9\tx\nchr1:5\t9\tx\n", r"t\.tsv:3: positions are not in order"),
        (NUMBERS + "chr1:5\t9\tx\nchr1:4\t9\tx\n", r"t\.tsv:3: positions are not in order"),
        (NUMBERS + "chr1:5\t9\tx\ty\tz\n", r"t\.tsv, from line 2"),
        (NUMBERS + "chrM:99999\t9999\tx\n", "outside MT"),
    ],
)
def test_a_table_that_is_none_is_said(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "t.tsv"
    path.write_text(text)
    with pytest.raises(ReleaseError, match=said):
        read_covered(path, LIMITS)
