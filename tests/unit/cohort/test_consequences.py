"""What was worked out once is not asked again, and never for another release."""

from pathlib import Path

import polars as pl
import pytest

from store_rows import consequences
from varinterp import __version__
from varinterp.cohort.consequences import COLUMNS, Consequences, memo_key
from varinterp.csq_table import CSQ_COLUMNS
from varinterp.errors import StageError
from varinterp.pipeline.placements import SHIFTED_FIELDS

ONE, TWO, THREE = "1-10-A-G", "X-7-C-CTTTTTTTTTTTT", "2-5-A-G"


def alleles(*names: str) -> pl.DataFrame:
    return consequences({name: ["T"] for name in names}).drop("transcript", "terms")


def transcripts(found: pl.DataFrame) -> list[str | None]:
    return found["transcript"].to_list()


def test_columns_are_those_of_csq_and_of_the_other_place() -> None:
    assert list(COLUMNS) == [*CSQ_COLUMNS, *(field.name for field in SHIFTED_FIELDS)]
    assert {name: COLUMNS[name] for name in CSQ_COLUMNS} == CSQ_COLUMNS


def test_known_alleles_come_back_whole_and_the_others_are_missing(tmp_path: Path) -> None:
    memo = Consequences.open(tmp_path)
    memo.keep("116", consequences({ONE: ["T1", "T2"], TWO: ["T3"]}))
    known, missing = memo.of("116", alleles(TWO, THREE, ONE))
    assert transcripts(known) == ["T1", "T2", "T3"]
    assert known.schema == pl.Schema(COLUMNS)
    assert missing.equals(alleles(THREE))


def test_an_allele_without_transcripts_is_remembered_as_asked(tmp_path: Path) -> None:
    memo = Consequences.open(tmp_path)
    memo.keep("116", alleles(ONE))
    known, missing = memo.of("116", alleles(ONE))
    assert transcripts(known) == [None]
    assert missing.is_empty()


def test_another_release_knows_nothing(tmp_path: Path) -> None:
    memo = Consequences.open(tmp_path)
    memo.keep("116", consequences({ONE: ["T1"]}))
    known, missing = memo.of("117", alleles(ONE))
    assert known.is_empty()
    assert known.schema == pl.Schema(COLUMNS)
    assert missing.equals(alleles(ONE))


def test_another_software_has_another_name() -> None:
    assert memo_key("116").startswith("116+vepyr-")
    assert memo_key("116").endswith(__version__)


def test_an_allele_that_two_writers_kept_is_there_once(tmp_path: Path) -> None:
    memo = Consequences.open(tmp_path)
    memo.keep("116", consequences({ONE: ["T1", "T2"], TWO: ["T3"]}))
    memo.keep("116", consequences({ONE: ["T1", "T2"], THREE: ["T4"]}))
    for compacted in (False, True):
        if compacted:
            memo.compact()
        known, missing = memo.of("116", alleles(ONE, TWO, THREE))
        assert sorted(transcripts(known), key=str) == ["T1", "T2", "T3", "T4"]
        assert missing.is_empty()
    assert len(list((tmp_path / "116").glob("*.parquet"))) == 1


def test_a_damaged_memo_says_that_it_may_be_deleted(tmp_path: Path) -> None:
    memo = Consequences.open(tmp_path)
    memo.keep("116", consequences({ONE: ["T1"]}))
    (path,) = (tmp_path / "116").glob("*.parquet")
    path.write_bytes(path.read_bytes()[:-4])
    with pytest.raises(StageError, match="delete it"):
        memo.of("116", alleles(ONE))
