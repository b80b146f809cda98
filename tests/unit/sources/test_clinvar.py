"""Reading a ClinVar release: closed words, exact alleles, missense comparators alone."""

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
    write_codons,
)

TRANSCRIPT = "ENST00000327374.9"


def keys(*alleles: str) -> pl.Series:
    return pl.Series("key", [Allele.parse(allele).key for allele in alleles], dtype=pl.UInt64)


def consequence(allele: str, terms: list[str], **fields: Any) -> dict[str, Any]:
    chromosome, position, ref, alt = allele.split("-")
    return {
        "chromosome": chromosome, "position": int(position), "ref": ref, "alt": alt,
        "transcript": TRANSCRIPT, "terms": terms, "protein_position": 154,
        "ref_aa": "G", "alt_aa": "R",
    } | fields  # fmt: skip


def codons(folder: Path, *rows: dict[str, Any]) -> pl.DataFrame:
    write_codons(folder, read_all_assertions(folder), pl.DataFrame(list(rows)))
    wanted = pl.DataFrame({"transcript": [TRANSCRIPT], "codon": [154]})
    return read_codons(folder, wanted)


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


def test_only_missense_alleles_are_comparators(tmp_path: Path) -> None:
    alleles = [f"22-{20061538 + index}-G-A" for index in range(6)]
    folder = write_assertions(tmp_path, [{"allele": allele} for allele in alleles])
    found = codons(
        folder,
        consequence(alleles[0], ["missense_variant", "splice_region_variant"]),
        consequence(alleles[1], ["stop_gained"], alt_aa="*"),
        consequence(alleles[2], ["frameshift_variant"], alt_aa="X"),
        consequence(alleles[3], ["synonymous_variant"], alt_aa="G"),
        consequence(alleles[4], ["missense_variant"], ref_aa="GK", alt_aa="RN"),
        consequence(alleles[5], ["missense_variant"], protein_position=155),
    )
    assert found["position"].to_list() == [20061538]
    (row,) = found.iter_rows(named=True)
    assert (row["ref_aa"], row["alt_aa"], row["significance"]) == ("G", "R", ["pathogenic"])


def test_comparators_come_in_a_fixed_order_and_once(tmp_path: Path) -> None:
    alleles = ["22-20061539-G-T", "22-20061538-G-C", "22-20061538-G-A"]
    folder = write_assertions(tmp_path, [{"allele": allele} for allele in alleles])
    rows = [consequence(allele, ["missense_variant"]) for allele in [*alleles, alleles[0]]]
    found = codons(folder, *rows)
    assert found.select("position", "alt").rows() == [
        (20061538, "A"), (20061538, "C"), (20061539, "T"),
    ]  # fmt: skip
    before = (folder / "codons.parquet").read_bytes()
    codons(folder, *reversed(rows))
    assert (folder / "codons.parquet").read_bytes() == before


def test_allele_that_clinvar_does_not_have_is_no_comparator(tmp_path: Path) -> None:
    folder = write_assertions(tmp_path, [{"allele": "22-20061538-G-A"}])
    assert codons(folder, consequence("22-20061538-G-C", ["missense_variant"])).height == 0


def test_release_without_codons_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="codons"):
        read_codons(tmp_path, pl.DataFrame({"transcript": ["x"], "codon": [1]}))
