"""Every one-fault VCF gets the verdict that its manifest demands, at a line of the file."""

import json
from pathlib import Path
from typing import Any

import pytest

from varinterp.errors import Fault, InputError
from varinterp.phenotype.ontology import Ontology, Term
from varinterp.pipeline.check import check_family
from varinterp.pseudonym import load_pseudonymiser
from varinterp.sources.sample_sheet import read_sheet
from varinterp.sources.vcf import check_vcf

FOLDER = Path(__file__).parent / "derived-corruptions"
REFERENCE = FOLDER / "ref.fa"
MANIFEST: list[dict[str, Any]] = json.loads((FOLDER / "manifest.json").read_text())
NEEDS_PEDIGREE = {"sample_order_swapped.vcf"}
ONTOLOGY = Ontology(
    [
        Term("HP:0000001", "All"),
        Term("HP:0000118", "Phenotypic abnormality", ("HP:0000001",)),
        Term("HP:0001250", "Seizure", ("HP:0000118",)),
    ],
    "2025-01-16",
)
SHEET = """family\tperson\tfather\tmother\tsex\taffected\tproband\tvcf\thpo
FAM\tPROBAND\tFATHER\tMOTHER\tmale\tyes\tyes\t{vcf}\tHP:0001250
FAM\tFATHER\t\t\tmale\tno\tno\t{vcf}\t
FAM\tMOTHER\t\t\tfemale\tno\tno\t{vcf}\t
"""


def verdict_of_file(path: Path) -> tuple[str, tuple[Fault, ...]]:
    try:
        summary = check_vcf(path, REFERENCE)
    except InputError as error:
        return "reject", error.faults
    return ("warn" if summary.warnings else "accept"), summary.warnings


def verdict_of_family(vcf: Path, folder: Path) -> tuple[str, tuple[Fault, ...]]:
    sheet = folder / "samples.tsv"
    sheet.write_text(SHEET.format(vcf=vcf))
    family = read_sheet(sheet).families[0]
    try:
        intake = check_family(family, REFERENCE, ONTOLOGY, load_pseudonymiser("demonstration"))
    except InputError as error:
        return "reject", error.faults
    return intake.verdict.value, ()


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: str(entry["file"]))
def test_verdict_is_the_manifests(entry: dict[str, Any], tmp_path: Path) -> None:
    path = FOLDER / entry["file"]
    if entry["file"] in NEEDS_PEDIGREE:
        verdict, faults = verdict_of_family(path, tmp_path)
    else:
        verdict, faults = verdict_of_file(path)
    assert verdict == entry["expect"], entry["why"]
    assert all(fault.line is not None and fault.file for fault in faults)


@pytest.mark.parametrize(
    ("file", "rule"),
    [
        ("ref_mismatch.vcf", "vcf.ref_mismatch"),
        ("ref_N.vcf", "vcf.ref_mismatch"),
        ("ref_iupac.vcf", "vcf.ref_mismatch"),
    ],
)
def test_another_ref_is_refused_at_its_line(file: str, rule: str) -> None:
    verdict, faults = verdict_of_file(FOLDER / file)
    assert verdict == "reject"
    assert [(fault.rule, fault.line, fault.column) for fault in faults] == [(rule, 23, "REF")]


def test_lower_case_bases_are_bases() -> None:
    assert verdict_of_file(FOLDER / "ref_lower.vcf")[0] == "accept"


def test_the_control_family_is_accepted_as_a_whole(tmp_path: Path) -> None:
    assert verdict_of_family(FOLDER / "ok.vcf", tmp_path)[0] == "accept"


def test_swapped_columns_are_found_through_mtdna(tmp_path: Path) -> None:
    _, faults = verdict_of_family(FOLDER / "sample_order_swapped.vcf", tmp_path)
    assert [(fault.rule, fault.line) for fault in faults] == [("intake.mitochondrial", 2)]


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: str(entry["file"]))
def test_no_message_names_a_sample(entry: dict[str, Any]) -> None:
    _, faults = verdict_of_file(FOLDER / entry["file"])
    words = " ".join(f"{fault.found} {fault.expected} {fault.advice}" for fault in faults)
    names = ("PROBAND", "proband", "FATHER", "MOTHER", "1850575123456", "PROВAND")
    assert not [name for name in names if name in words]
