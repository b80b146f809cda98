"""What goes to ClinVar is signed, consented, real, and says nothing of who carries it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core_builders import concluded, finding
from export_builders import (
    CASE,
    MISSENSE,
    SECOND,
    TODAY,
    TWO,
    erased,
    key,
    result,
    signed,
    subject,
)
from varinterp.errors import InputError
from varinterp.model.assessment import NO_KNOWN_DISEASE, AcmgClass
from varinterp.model.evidence import Criterion, Strength
from varinterp.registry.exports.clinvar_submission import (
    COLUMNS,
    check_submission,
    clinvar_submission,
)
from varinterp.registry.exports.record import Record, SignedFinding, Subject


def _rows(*subjects: Subject, **options: Any) -> list[dict[str, str]]:
    text = clinvar_submission(subjects, TODAY, **options).text
    header, *lines = (line.split("\t") for line in text.splitlines())
    return [dict(zip(header, line, strict=True)) for line in lines]


def _other_case(about: Subject, name: str = "C-OTHER", **rest: Any) -> Subject:
    """The same acts on another patient."""
    findings = tuple(
        replace(each, key=replace(each.key, case=name)) for each in about.record.findings
    )
    document = about.document
    assessments = tuple(
        replace(each, key=replace(each.key, case=name)) for each in document.assessments
    )
    return Subject(
        replace(about.record, case=name, findings=findings, **rest),
        replace(
            document,
            case=replace(document.case, id=name),
            assessments=assessments,
            ranking=(),
        ),
    )


def test_a_signed_class_is_a_row() -> None:
    first, second = _rows(subject())

    assert {name: first[name] for name in COLUMNS[:10]} == {
        "ASSEMBLY": "GRCh38",
        "CHROM": "22",
        "POS": "20061538",
        "REF": "G",
        "ALT": "A",
        "CONDITION": "OMIM:616878",
        "MOI": "Autosomal recessive inheritance",
        "CLIN_SIG": "Likely pathogenic",
        "CLIN_EVAL": "2026-07-04",
        "CLIN_COMMENT": "TANGO2: ACMG/AMP criteria PM3 strong, PM2 supporting, PP3 supporting",
    }
    assert second["POS"] == "20064000"


def test_what_nobody_signed_is_no_row() -> None:
    assert _rows(subject(findings=())) == []


def test_a_class_that_people_changed_does_not_claim_the_programs_criteria() -> None:
    (row,) = _rows(subject(findings=(signed(value=AcmgClass.UNCERTAIN),)))

    assert row["CLIN_SIG"] == "Uncertain significance"
    assert row["CLIN_COMMENT"] == "TANGO2: class signed by two readers"


def test_two_patients_with_one_hypothesis_are_one_row_under_one_key() -> None:
    later = replace(signed(), key=replace(key(), case="C-OTHER"), signed_on=date(2026, 9, 1))
    other = _other_case(subject(findings=(signed(),)))
    other = replace(other, record=replace(other.record, findings=(later,)))
    rows = _rows(subject(), other)

    assert [row["POS"] for row in rows] == ["20061538", "20064000"]
    assert rows[0]["CLIN_EVAL"] == "2026-09-01"
    assert [row["KEY"] for row in rows] == [row["KEY"] for row in _rows(subject())]


def test_nothing_tells_who_carries_it() -> None:
    text = clinvar_submission([subject()], TODAY).text

    assert all(word not in text for word in (CASE, "proband", "HP:", "Reader", "CR-1"))


def test_an_accession_makes_it_an_update() -> None:
    known = {_rows(subject())[0]["KEY"]: "SCV000123456"}

    assert [row["ACCESSION"] for row in _rows(subject(), accessions=known)] == ["SCV000123456", ""]


def test_cases_without_consent_are_named_and_left_out() -> None:
    silent = _other_case(subject(), consents=())
    found = clinvar_submission([silent, subject(), erased()], TODAY)

    assert [(each.case, each.reason) for each in found.withheld] == [
        ("C-OTHER", "consent.research.silent"),
        (CASE, "erased"),
    ]
    assert len(found.keys) == 2


def test_two_classes_of_one_hypothesis_are_refused() -> None:
    one = subject(findings=(signed(),))
    other = _other_case(subject(findings=(signed(value=AcmgClass.UNCERTAIN),)))
    with pytest.raises(InputError, match=r"clinvar\.two_classes"):
        clinvar_submission([one, other], TODAY)


def test_constructed_evidence_never_goes_to_clinvar() -> None:
    invented = replace(finding(Criterion.PM3, Strength.STRONG), constructed=True)
    document = replace(result(), assessments=(concluded(key(), invented),))
    with pytest.raises(InputError, match=r"clinvar\.constructed"):
        clinvar_submission([subject(document)], TODAY)


def test_a_gene_without_a_known_disease_has_no_condition() -> None:
    about = key(MISSENSE, NO_KNOWN_DISEASE, mode=None)
    found = SignedFinding(about, AcmgClass.UNCERTAIN, date(2026, 7, 4), TWO)
    (row,) = _rows(subject(findings=(found,)))

    assert (row["CONDITION"], row["MOI"]) == ("not provided", "")


def test_the_order_of_cases_is_of_no_matter() -> None:
    one = subject(findings=(signed(SECOND),))
    other = _other_case(subject(findings=(signed(),)))

    assert (
        clinvar_submission([one, other], TODAY).text == clinvar_submission([other, one], TODAY).text
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Likely pathogenic", "likely_pathogenic"),
        ("GRCh38", "hg19"),
        ("OMIM:616878", "616878"),
        ("2026-07-04", "yesterday"),
        ("\tG\t", "\tg\t"),
        ("ASSEMBLY", "BUILD"),
        ("Autosomal recessive inheritance", "AR"),
    ],
)
def test_a_table_that_clinvar_would_refuse_is_told(before: str, after: str) -> None:
    text = clinvar_submission([subject()], TODAY).text
    assert check_submission(text) == ()

    assert {fault.rule for fault in check_submission(text.replace(before, after, 1))} == {
        "clinvar.table"
    }


def test_a_key_twice_is_told() -> None:
    lines = clinvar_submission([subject()], TODAY).text.splitlines()

    (fault,) = check_submission("\n".join([*lines, lines[-1]]))
    assert (fault.column, fault.line) == ("KEY", 4)


def test_an_erased_case_has_nothing_to_look_at() -> None:
    with pytest.raises(KeyError):
        Subject(Record(case=CASE, erased=True), None).document  # noqa: B018
