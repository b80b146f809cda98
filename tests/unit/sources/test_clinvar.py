"""Reading a ClinVar release: closed words."""

from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest

from varinterp.errors import ReleaseError
from varinterp.model.clinvar import Significance
from varinterp.sources.clinvar import CODONS, CODONS_SCHEMA, read_codons
from varinterp.sources.parquet import write_table


def written(folder: Path, *significance: list[str]) -> Path:
    rows = [
        {
            "transcript": "ENST1.1", "codon": at, "ref_aa": "A", "alt_aa": "V", "key": at,
            "chromosome": "1", "position": at, "ref": "A", "alt": "C", "significance": words,
            "stars": None,
        }
        for at, words in enumerate(significance, start=1)
    ]  # fmt: skip
    write_table(pa.Table.from_pylist(rows, CODONS_SCHEMA), folder / CODONS)
    return folder


def read(folder: Path) -> pl.DataFrame:
    return read_codons(folder, pl.DataFrame({"transcript": ["ENST1.1"], "codon": [1]}))


def test_every_word_of_the_model_is_known(tmp_path: Path) -> None:
    every = [word.value for word in Significance]
    assert read(written(tmp_path, every))["significance"].to_list() == [every]


@pytest.mark.parametrize("word", ["Pathogenic", "likely pathogenic", "pathogenic/likely", ""])
def test_unknown_word_stops_with_source_row_and_word(tmp_path: Path, word: str) -> None:
    folder = written(tmp_path, ["pathogenic"], ["benign", word])
    with pytest.raises(ReleaseError, match=rf"codons\.parquet, row 2: .*'{word}'"):
        read(folder)


def test_a_row_without_a_word_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="row 1"):
        read(written(tmp_path, []))


def test_release_without_codons_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="codons"):
        read_codons(tmp_path, pl.DataFrame({"transcript": ["x"], "codon": [1]}))


def test_damaged_codons_are_refused(tmp_path: Path) -> None:
    (tmp_path / "codons.parquet").write_bytes(b"PAR1 and nothing else")
    with pytest.raises(ReleaseError, match="codons"):
        read_codons(tmp_path, pl.DataFrame({"transcript": ["x"], "codon": [1]}))
