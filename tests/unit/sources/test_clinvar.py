"""Reading a ClinVar release: closed words and exact alleles."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from builders import write_assertions
from varinterp.errors import ReleaseError
from varinterp.model.facts import Significance
from varinterp.model.variant import Allele
from varinterp.sources.clinvar import (
    read_all_assertions,
    read_assertions,
    read_codons,
)


def keys(*alleles: str) -> pl.Series:
    return pl.Series("key", [Allele.parse(allele).key for allele in alleles], dtype=pl.UInt64)


def test_assertions_come_back_as_they_are(tmp_path: Path) -> None:
    words = ["pathogenic", "not_provided"]
    folder = write_assertions(
        tmp_path,
        [
            {"allele": "22-20061538-G-A", "significance": words, "stars": None, "name": "c.460G>A"},
            {"allele": "22-20061540-G-A"},
        ],
    )
    (row,) = read_assertions(folder, keys("22-20061538-G-A")).iter_rows(named=True)
    assert (row["significance"], row["stars"], row["name"]) == (words, None, "c.460G>A")


def test_every_word_of_the_model_is_known(tmp_path: Path) -> None:
    every = [word.value for word in Significance]
    folder = write_assertions(tmp_path, [{"allele": "1-5-A-C", "significance": every}])
    assert read_all_assertions(folder)["significance"][0].to_list() == every


@pytest.mark.parametrize("word", ["Pathogenic", "likely pathogenic", "pathogenic/likely", ""])
def test_unknown_word_stops_with_source_row_and_word(tmp_path: Path, word: str) -> None:
    rows: list[dict[str, Any]] = [
        {"allele": "1-5-A-C"},
        {"allele": "1-6-A-C", "significance": ["benign", word]},
    ]
    folder = write_assertions(tmp_path, rows)
    with pytest.raises(ReleaseError, match=rf"alleles\.parquet, row 2: .*'{word}'"):
        read_assertions(folder, keys("1-5-A-C"))


def test_assertion_without_a_word_is_refused(tmp_path: Path) -> None:
    folder = write_assertions(tmp_path, [{"allele": "1-5-A-C", "significance": []}])
    with pytest.raises(ReleaseError, match="row 1"):
        read_all_assertions(folder)


def test_release_without_codons_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="codons"):
        read_codons(tmp_path, pl.DataFrame({"transcript": ["x"], "codon": [1]}))


def test_damaged_codons_are_refused(tmp_path: Path) -> None:
    (tmp_path / "codons.parquet").write_bytes(b"PAR1 and nothing else")
    with pytest.raises(ReleaseError, match="codons"):
        read_codons(tmp_path, pl.DataFrame({"transcript": ["x"], "codon": [1]}))
