"""Every one-fault pedigree, list of terms and configuration gets its manifest's verdict."""

import json
from pathlib import Path
from typing import Any

import pytest

from varinterp.errors import InputError
from varinterp.phenotype.ontology import Ontology, Term
from varinterp.pipeline.check import check_family
from varinterp.pipeline.config import read_settings
from varinterp.pseudonym import load_pseudonymiser
from varinterp.sources.hpo_terms import check_terms, file_terms
from varinterp.sources.ped import read_ped
from varinterp.sources.sample_sheet import read_sheet

HERE = Path(__file__).parent
FOLDER = HERE / "derived-ped"
VCF = HERE / "derived-corruptions" / "ok.vcf"
REFERENCE = HERE / "derived-corruptions" / "ref.fa"
MANIFEST: list[dict[str, Any]] = json.loads((FOLDER / "manifest.json").read_text())
ONTOLOGY = Ontology(
    [
        Term("HP:0000001", "All"),
        Term("HP:0000118", "Phenotypic abnormality", ("HP:0000001",)),
        Term("HP:0001250", "Seizure", ("HP:0000118",)),
        Term("HP:0001263", "Global developmental delay", ("HP:0000118",)),
    ],
    "2025-01-16",
)


def verdict(path: Path, folder: Path) -> str:
    try:
        if path.suffix == ".yaml":
            read_settings(path)
            return "accept"
        return ped_verdict(path, folder) if path.suffix == ".ped" else terms_verdict(path)
    except InputError:
        return "reject"


def terms_verdict(path: Path) -> str:
    checked = check_terms(file_terms(path), ONTOLOGY)
    return "accept" if checked.phenotype.observed and not checked.warnings else "warn"


def ped_verdict(path: Path, folder: Path) -> str:
    pedigree = read_ped(path)
    people = [row for row in pedigree.rows if row.family == "F1"]
    lines = ["family\tperson\tproband\tvcf\tped\thpo"]
    for index, row in enumerate(people):
        answers = "yes\t{}\t{}\tHP:0001250" if index == 0 else "no\t{}\t{}\t"
        lines.append(f"F1\t{row.person}\t" + answers.format(VCF, path))
    sheet = folder / "samples.tsv"
    sheet.write_text("\n".join(lines) + "\n")
    found = read_sheet(sheet)
    pseudonymise = load_pseudonymiser("demonstration")
    intake = check_family(found.families[0], REFERENCE, ONTOLOGY, pseudonymise)
    return "warn" if found.warnings else intake.verdict.value


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: str(entry["file"]))
def test_verdict_is_the_manifests(entry: dict[str, Any], tmp_path: Path) -> None:
    assert verdict(FOLDER / entry["file"], tmp_path) == entry["expect"], entry["why"]


def test_a_female_father_is_refused_at_the_childs_line() -> None:
    with pytest.raises(InputError) as caught:
        read_ped(FOLDER / "father_is_female.ped")
    assert [(fault.rule, fault.line) for fault in caught.value.faults] == [
        ("pedigree.father_female", 1)
    ]


def test_a_missing_father_leaves_a_duo(tmp_path: Path) -> None:
    assert verdict(FOLDER / "father_missing_half_trio.ped", tmp_path) == "accept"
