"""What the table of a family's alleles says of a row and of everybody's genotypes."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from builders import Record, write_fasta, write_vcf
from varinterp.annotate import columns, lanes, text_blocks, variants
from varinterp.annotate.normalise import FamilyVcf, normalise
from varinterp.annotate.variants import open_variants, read_variants
from varinterp.errors import StageError
from varinterp.family_table import VARIANTS_SCHEMA
from varinterp.model.variant import Allele

BASES = "ACGTTGCAAC" * 30
PEOPLE = {"kid": 0, "dad": 1}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_fasta(tmp_path / "ref.fa", {"chr1": BASES, "chrX": BASES})
    return tmp_path


def table(folder: Path, *records: Record, people: tuple[str, ...] = ("kid", "dad")) -> pl.DataFrame:
    vcf = write_vcf(folder / "given.vcf.gz", ["A", "B"], records)
    out = folder / "alleles.arrow"
    counts = normalise([FamilyVcf(vcf, PEOPLE)], folder / "ref.fa", out, people=people)
    found = read_variants(out)
    assert found.height == counts.out
    return found


def genotypes(frame: pl.DataFrame, row: int = 0) -> dict[str, dict[str, Any]]:
    return {call["person"]: call for call in frame["genotypes"][row].to_list()}


def test_row_holds_the_allele_its_key_and_everybody(folder: Path) -> None:
    record = Record("chr1", 12, "C", "T", ["0/1:9,8:17:99", "0/0:20,1:21:60"], filter="LowQual")
    frame = table(folder, record)
    (row,) = frame.iter_rows(named=True)
    allele = Allele.parse("1-12-C-T")
    assert (row["key"], row["chromosome"], row["position"]) == (allele.key, "1", 12)
    assert (row["filter"], row["quality"], row["original"]) == ("LowQual", 50.0, None)
    assert genotypes(frame)["kid"] == {
        "person": "kid", "copies": 1, "ploidy": 2, "haplotype": None, "phase_set": None,
        "ref_depth": 9, "alt_depth": 8, "depth": 17, "genotype_quality": 99,
        "pl_0": None, "pl_1": None, "pl_2": None,
    }  # fmt: skip
    assert genotypes(frame)["dad"]["copies"] == 0


def test_people_come_in_the_order_asked_for(folder: Path) -> None:
    record = Record("chr1", 12, "C", "T", ["0/1:9,8:17:99", "0/0:20,1:21:60"])
    frame = table(folder, record, people=("dad", "kid"))
    assert list(genotypes(frame)) == ["dad", "kid"]
    assert genotypes(frame)["kid"]["copies"] == 1


def test_unfiltered_is_a_dot(folder: Path) -> None:
    frame = table(folder, Record("chr1", 12, "C", "T", ["0/1", "./."], "GT", filter="."))
    assert frame["filter"].to_list() == ["."]


def test_missing_and_half_calls_have_no_copies(folder: Path) -> None:
    frame = table(folder, Record("chr1", 12, "C", "T", ["./1:3,4:7:20", "./."], "GT:AD:DP:GQ"))
    kid, dad = genotypes(frame).values()
    assert (kid["copies"], kid["ploidy"], kid["alt_depth"]) == (None, None, 4)
    assert (dad["copies"], dad["ploidy"], dad["depth"]) == (None, None, None)


def test_haploid_call_has_one_copy_of_one(folder: Path) -> None:
    frame = table(folder, Record("chrX", 12, "C", "T", ["1:0,9:9:99", "0:9,0:9:99"]))
    assert [(call["copies"], call["ploidy"]) for call in genotypes(frame).values()] == [
        (1, 1),
        (0, 1),
    ]


def test_two_alternatives_are_one_copy_each_on_opposite_sides(folder: Path) -> None:
    frame = table(folder, Record("chr1", 12, "C", "G,T", ["1/2:0,9,8:17:99", "0/2:9,0,8:17:99"]))
    first, second = genotypes(frame, 0), genotypes(frame, 1)
    assert (first["kid"]["copies"], second["kid"]["copies"]) == (1, 1)
    assert (first["kid"]["haplotype"], second["kid"]["haplotype"]) == (0, 1)
    assert first["kid"]["phase_set"] == second["kid"]["phase_set"] == "site-12"
    assert (first["dad"]["copies"], first["dad"]["ploidy"]) == (0, 2)
    assert second["dad"]["phase_set"] is None
    assert frame["original"].to_list() == [None, None]


def test_allele_that_moved_says_how_it_was_written(folder: Path) -> None:
    call = ["1/2:0,9,8:17:99", "0/0:9,0,0:17:99"]
    frame = table(
        folder,
        Record("chr1", 15, "TG", "T,TGG", call),
        Record("chr1", 26, "GCA", "GC", ["0/1:9,8:17:99", "0/0:9,0:9:99"]),
    )
    found = dict(
        zip(frame.select(pl.format("{}-{}-{}", "position", "ref", "alt")).to_series(),
            frame["original"], strict=True)
    )  # fmt: skip
    assert found == {"15-TG-T": None, "15-T-TG": "1-15-TG-TGG", "27-CA-C": "1-26-GCA-GC"}


def test_side_is_known_only_within_a_phase_set(folder: Path) -> None:
    fields = "GT:PS"
    frame = table(
        folder,
        Record("chr1", 12, "C", "T", ["0|1:12", "1|0:."], fields),
        Record("chr1", 13, "G", "T", ["1|0:12", "0/1:12"], fields),
        Record("chr1", 17, "C", "T", ["1|1:12", "0|0:12"], fields),
    )
    kid = [genotypes(frame, row)["kid"] for row in range(3)]
    dad = [genotypes(frame, row)["dad"] for row in range(3)]
    assert [(call["haplotype"], call["phase_set"]) for call in kid] == [
        (1, "12"), (0, "12"), (None, "12"),
    ]  # fmt: skip
    assert [call["haplotype"] for call in dad] == [None, None, None]
    assert [call["phase_set"] for call in dad[:2]] == [None, None]


def test_rows_are_sorted_by_key_whatever_the_block_size(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = ["0/1:9,8:17:99", "0/0:20,1:21:60"]
    records = [
        Record(chrom, position, BASES[position - 1], alt, call)
        for chrom in ("chr1", "chrX")
        for position in range(10, 200)
        for alt in "ACGT"
        if alt != BASES[position - 1]
    ]
    whole = table(folder, *records)
    written = (folder / "alleles.arrow").read_bytes()
    assert whole["key"].is_sorted()
    assert whole["key"].n_unique() == len(records)
    monkeypatch.setattr(text_blocks, "BLOCK", 1000)
    assert table(folder, *records).equals(whole)
    assert (folder / "alleles.arrow").read_bytes() == written
    monkeypatch.setattr(lanes, "_FLUSH", 100)
    monkeypatch.setattr(columns, "_IN_MEMORY", 150)
    monkeypatch.setattr(columns, "BLOCK", 1000)
    monkeypatch.setattr(variants, "GROUP", 70)
    assert table(folder, *records).equals(whole)


def test_empty_family_gives_an_empty_table_of_the_same_columns(folder: Path) -> None:
    frame = table(folder)
    assert frame.height == 0
    with open_variants(folder / "alleles.arrow") as reader:
        assert reader.schema.equals(VARIANTS_SCHEMA)


@pytest.mark.parametrize("damage", ["cut", "other"])
def test_table_of_another_version_or_cut_short_is_refused(folder: Path, damage: str) -> None:
    path = folder / "alleles.arrow"
    table(folder, Record("chr1", 12, "C", "T", ["0/1", "0/0"], "GT"))
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-20])
    else:
        pl.DataFrame({"key": [1]}).write_ipc(path)
    with pytest.raises(StageError, match="normalise"):
        read_variants(path)
