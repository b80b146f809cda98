"""A family through the whole gate: what is stored, what is refused, and what is never said."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from varinterp.errors import InputError
from varinterp.model.family import Role
from varinterp.phenotype.ontology import Ontology, Term
from varinterp.pipeline.check import check_family
from varinterp.pipeline.identity import Outcome
from varinterp.pipeline.intake import CheckKind, Intake, Verdict
from varinterp.pseudonym import load_pseudonymiser
from varinterp.sources import vcf_worker
from varinterp.sources.sample_sheet import read_sheet
from varinterp.sources.vcf_worker import Request, check_apart

ONTOLOGY = Ontology(
    [
        Term("HP:0000001", "All"),
        Term("HP:0000118", "Phenotypic abnormality", ("HP:0000001",)),
        Term("HP:0001250", "Seizure", ("HP:0000118",)),
        Term("HP:0000091", "old fit", obsolete=True, replaced_by=("HP:0001250",)),
    ],
    "test",
)
HEADER = (
    "##fileformat=VCFv4.2",
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">',
    "##contig=<ID=chr1,length=20000>",
    "##contig=<ID=chrX,length=9000>",
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tCANARYKID\tCANARYDAD\tCANARYMUM",
)
SHEET = (
    "family\tperson\tsample\tfather\tmother\tsex\taffected\tvcf\thpo\tindication",
    "CANARYFAM\tkid\tCANARYKID\tdad\tmum\tmale\tyes\tlab.vcf\tHP:0001250\tEpilepsy",
    "CANARYFAM\tdad\tCANARYDAD\t\t\tmale\tno\tlab.vcf\t\t",
    "CANARYFAM\tmum\tCANARYMUM\t\t\tfemale\tno\tlab.vcf\t\t",
)
PSEUDONYMISE = load_pseudonymiser("demonstration")
Check = Callable[..., Intake]


def records(seed: int = 3) -> list[str]:
    """300 autosomal sites and 300 of X of a true trio; the child is a boy. The reference is A."""
    draw = random.Random(seed)  # noqa: S311
    lines = []
    for index in range(600):
        father = [draw.random() < 0.5, draw.random() < 0.5]
        mother = [draw.random() < 0.5, draw.random() < 0.5]
        if index < 300:
            child = (draw.choice(father), draw.choice(mother))
            place = f"chr1\t{100 + index * 10}"
        else:
            father = [father[0], father[0]]
            child = (transmitted := draw.choice(mother), transmitted)
            place = f"chrX\t{100 + index * 10}"
        calls = "\t".join(f"{int(min(pair))}/{int(max(pair))}" for pair in (child, father, mother))
        lines.append(f"{place}\t.\tA\tC\t60\tPASS\t.\tGT\t{calls}")
    return lines


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Check the one family of a sheet with its VCF."""
    (tmp_path / "ref.fa").write_text(">chr1\n" + "A" * 20000 + "\n>chrX\n" + "A" * 9000 + "\n")
    (tmp_path / "ref.fa.fai").write_text(
        "chr1\t20000\t6\t20000\t20001\nchrX\t9000\t20013\t9000\t9001\n"
    )

    def run(
        sheet: tuple[str, ...] = SHEET,
        lines: list[str] | None = None,
        header: tuple[str, ...] = HEADER,
    ) -> Intake:
        body = records() if lines is None else lines
        (tmp_path / "lab.vcf").write_text("\n".join((*header, *body)) + "\n")
        (tmp_path / "samples.tsv").write_text("\n".join(sheet) + "\n")
        family = read_sheet(tmp_path / "samples.tsv").families[0]
        return check_family(family, tmp_path / "ref.fa", ONTOLOGY, PSEUDONYMISE)

    return run


def outcomes(intake: Intake, kind: CheckKind) -> list[Outcome]:
    return [check.outcome for check in intake.checks if check.kind is kind]


def test_a_sound_trio_is_accepted_and_stored_under_pseudonyms(check: Check) -> None:
    intake = check()
    assert intake.verdict is Verdict.ACCEPT
    assert outcomes(intake, CheckKind.SEX) == [Outcome.PASSED] * 3
    assert outcomes(intake, CheckKind.MENDEL) == [Outcome.PASSED]
    assert outcomes(intake, CheckKind.SAME_PERSON) == [Outcome.PASSED] * 3
    assert intake.vcfs[0].records == 600
    assert intake.vcfs[0].alleles == {"snv": 600}
    assert intake.patient().observed == ("HP:0001250",)
    assert "CANARY" not in intake.to_text()
    assert "lab.vcf" not in intake.to_text()


def test_the_stored_document_gives_the_pedigree_and_the_columns_back(check: Check) -> None:
    intake = Intake.model_validate_json(check().to_text())
    family = intake.pedigree()
    kid, dad, mum = family.members
    assert family.proband is kid
    assert (family.role(dad), family.role(mum)) == (Role.FATHER, Role.MOTHER)
    assert intake.columns(0) == {kid.id: 0, dad.id: 1, mum.id: 2}
    assert family.id == PSEUDONYMISE.family("CANARYFAM")


def test_the_same_family_gives_the_same_bytes(check: Check) -> None:
    assert check().to_text() == check().to_text()


def test_exchanged_samples_are_refused_with_every_reason(check: Check) -> None:
    header = (
        *HEADER[:-1],
        HEADER[-1].replace("CANARYKID\tCANARYDAD\tCANARYMUM", "CANARYMUM\tCANARYDAD\tCANARYKID"),
    )
    with pytest.raises(InputError) as caught:
        check(header=header)
    assert [(fault.rule, fault.line) for fault in caught.value.faults] == [
        ("intake.sex", 2),
        ("intake.sex", 4),
        ("intake.mendel", 2),
    ]


def test_a_sample_that_the_vcf_lacks_is_named_by_the_sheets_line(check: Check) -> None:
    sheet = tuple(line.replace("CANARYDAD", "CANARYGHOST") for line in SHEET)
    with pytest.raises(InputError) as caught:
        check(sheet)
    (fault,) = caught.value.faults
    assert (fault.rule, fault.line, fault.column) == ("intake.sample_absent", 3, "sample")
    assert "GHOST" not in str(fault)


def test_faults_of_vcf_and_terms_come_together(check: Check) -> None:
    sheet = tuple(line.replace("HP:0001250", "HP:9999999") for line in SHEET)
    with pytest.raises(InputError) as caught:
        check(sheet, [*records(), "chrX\t8000\t.\tG\tC\t60\tPASS\t.\tGT\t0/0\t0/0\t0/0"])
    assert [fault.rule for fault in caught.value.faults] == ["hpo.unknown", "vcf.ref_mismatch"]


def test_warnings_are_kept_by_place_alone(check: Check) -> None:
    sheet = tuple(line.replace("HP:0001250", "HP:0000091") for line in SHEET)
    extra = "chrX\t8000\t.\tA\tC\tinf\tPASS\t.\tGT\t0/0\t0/0\t0/0"
    intake = check(sheet, [*records(), extra])
    assert intake.verdict is Verdict.WARN
    assert [(each.rule, each.source, each.line) for each in intake.warnings] == [
        ("hpo.replaced", "sheet", 2),
        ("vcf.qual_odd", "vcf 0", 606),
    ]


def test_a_patient_without_terms_is_warned_of(check: Check) -> None:
    intake = check(tuple(line.replace("HP:0001250", "") for line in SHEET))
    assert [each.rule for each in intake.warnings] == ["intake.no_terms"]


def test_people_in_few_sites_are_not_assessed(check: Check) -> None:
    intake = check(lines=records()[:20])
    assert intake.verdict is Verdict.ACCEPT
    assert {each.outcome for each in intake.checks} == {Outcome.NOT_ASSESSED}


def test_no_message_of_a_refusal_names_anybody(check: Check) -> None:
    broken = [line.replace("0/1", "0/7", 1) for line in records()]
    with pytest.raises(InputError) as caught:
        check(lines=broken)
    words = json.dumps(
        [[fault.found, fault.expected, fault.advice] for fault in caught.value.faults]
    )
    assert "CANARY" not in words


@pytest.mark.parametrize("limits", [{"memory_bytes": 400 << 20}, {"cpu_seconds": 0}])
def test_a_reader_that_dies_is_a_fault_of_the_file(tmp_path: Path, limits: dict[str, int]) -> None:
    path = tmp_path / "lab.vcf"
    path.write_text("\n".join((*HEADER, *records())) + "\n")
    answer = check_apart(Request(path, None, (), **limits))
    assert answer.summary is None
    assert [fault.rule for fault in answer.faults] == ["vcf.crash"]


def test_the_subprocess_answers_as_the_function_does(tmp_path: Path) -> None:
    path = tmp_path / "lab.vcf"
    path.write_text("\n".join((*HEADER, *records())) + "\n")
    request = Request(path, None, ("CANARYKID", "GHOST"))
    assert check_apart(request) == vcf_worker.answer(request)
    assert check_apart(request).absent == ("GHOST",)


CNV = (
    "##fileformat=VCFv4.2",
    '##ALT=<ID=DEL,Description="x">',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">',
    "##contig=<ID=chr22,length={length}>",
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tCANARYKID",
    "chr22\t1000\t.\tN\t<DEL>\t.\tPASS\tSVTYPE=DEL;END=9000\tGT\t0/1",
)


def with_copies(folder: Path, length: int) -> tuple[str, ...]:
    """The sheet with a copy-number VCF of the child's, whose contig has this length."""
    (folder / "cnv.vcf").write_text("\n".join(CNV).format(length=length) + "\n")
    header, kid, *others = SHEET
    return (
        f"{header}\tcnv_vcf",
        f"{kid}\tcnv.vcf",
        *(f"{other}\t" for other in others),
    )


def test_a_copy_number_vcf_passes_the_gate(check: Check, tmp_path: Path) -> None:
    assert check(with_copies(tmp_path, 50818468)).verdict is Verdict.ACCEPT


def test_a_copy_number_vcf_of_another_build_refuses_the_family(
    check: Check, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as caught:
        check(with_copies(tmp_path, 51304566))
    (fault,) = caught.value.faults
    assert (fault.rule, fault.line) == ("vcf.build_grch37", 4)
    assert fault.file.endswith("cnv.vcf")
