"""The sample sheet: families as meant, and every fault of it at once."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from varinterp.errors import Fault, InputError
from varinterp.model.family import Affected, Sex
from varinterp.sources.sample_sheet import SampleSheet, read_sheet

TRIO = (
    {"person": "KID", "father": "DAD", "mother": "MUM", "sex": "male", "affected": "yes"},
    {"person": "DAD", "sex": "male", "affected": "no"},
    {"person": "MUM", "sex": "female", "affected": "no"},
)
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a sheet with the columns that its rows use; family F and a VCF unless given."""
    (tmp_path / "a.vcf.gz").touch()

    def run(*rows: Mapping[str, str], lines: tuple[str, ...] = ()) -> Path:
        filled = [{"family": "F", "vcf": "a.vcf.gz", **row} for row in rows]
        columns = list(dict.fromkeys(name for row in filled for name in row))
        body = ["\t".join(row.get(name, "") for name in columns) for row in filled]
        path = tmp_path / "samples.tsv"
        path.write_text("\n".join(["\t".join(columns), *body, *lines]) + "\n")
        return path

    return run


def faults(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        read_sheet(path)
    return caught.value.faults


def places(path: Path) -> list[tuple[str, int | None, str | None]]:
    return [(fault.rule, fault.line, fault.column) for fault in faults(path)]


def only(sheet: SampleSheet) -> tuple[str, ...]:
    return tuple(fault.rule for fault in sheet.warnings)


def test_a_trio_is_read_as_it_is_meant(write: Write, tmp_path: Path) -> None:
    sheet = read_sheet(write({**TRIO[0], "hpo": "HP:0001250; !HP:0001251"}, *TRIO[1:]))
    (family,) = sheet.families
    assert sheet.warnings == ()
    assert (family.name, family.proband) == ("F", "KID")
    assert family.vcfs == ((tmp_path / "a.vcf.gz").resolve(),)
    kid = family.member("KID")
    assert (kid.sample, kid.father, kid.sex, kid.affected) == (
        "KID", "DAD", Sex.MALE, Affected.YES,
    )  # fmt: skip
    assert [(term.text, term.excluded, term.line) for term in family.terms] == [
        ("HP:0001250", False, 2),
        ("HP:0001251", True, 2),
    ]


def test_families_may_share_a_vcf_and_members_may_not_share_one(
    write: Write, tmp_path: Path
) -> None:
    (tmp_path / "b.vcf.gz").touch()
    rows = [{**row, "vcf": f"{'ab'[index > 0]}.vcf.gz"} for index, row in enumerate(TRIO)]
    other = {"family": "G", "person": "SOLO", "affected": "yes"}
    first, second = read_sheet(write(*rows, other)).families
    assert [path.name for path in first.vcfs] == ["a.vcf.gz", "b.vcf.gz"]
    assert second.vcfs == first.vcfs[:1]


def test_a_parent_without_sequence_has_a_dot(write: Write) -> None:
    rows = [TRIO[0], {**TRIO[1], "vcf": "."}, TRIO[2]]
    (family,) = read_sheet(write(*rows)).families
    assert family.member("DAD").vcf is None


def test_a_ped_file_gives_the_pedigree_and_the_people_who_have_no_row(
    write: Write, tmp_path: Path
) -> None:
    (tmp_path / "f.ped").write_text(
        "F KID DAD MUM 1 2\nF DAD 0 0 1 1\nF MUM 0 0 2 1\nG X 0 0 1 1\n"
    )
    (family,) = read_sheet(write({"person": "KID", "ped": "f.ped"})).families
    assert [member.person for member in family.members] == ["KID", "DAD", "MUM"]
    assert [member.vcf is None for member in family.members] == [False, True, True]
    assert family.member("KID").mother == "MUM"


def test_the_only_affected_person_with_a_vcf_is_the_proband(write: Write) -> None:
    rows = [TRIO[0], {**TRIO[1], "affected": "yes", "vcf": "."}, TRIO[2]]
    assert read_sheet(write(*rows)).families[0].proband == "KID"


@pytest.mark.parametrize(
    ("second", "rule"),
    [({"affected": "yes"}, "sheet.two_probands"), ({"proband": "yes"}, "sheet.two_probands")],
)
def test_one_proband_a_family(write: Write, second: dict[str, str], rule: str) -> None:
    rows = [{**TRIO[0], "proband": second.get("proband", "")}, {**TRIO[1], **second}, TRIO[2]]
    assert [place[0] for place in places(write(*rows))] == [rule]


def test_nobody_affected_needs_a_named_proband(write: Write) -> None:
    assert places(write(TRIO[1])) == [("sheet.no_proband", 2, "proband")]
    sheet = read_sheet(write({**TRIO[1], "proband": "yes"}))
    assert only(sheet) == ("sheet.proband_unaffected",)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("sex", "boy"),
        ("affected", "1"),
        ("proband", "maybe"),
        ("consanguineous", "2"),
        ("secondary_findings", "oui"),
        ("person", "../x"),
        ("person", "-o"),
        ("sample", "A B"),
        ("family", "F;rm"),
        ("father", "DAD*"),
        ("vcf", ""),
        ("indication", "x" * 201),
    ],
)
def test_a_bad_cell_is_named_by_its_column(write: Write, column: str, value: str) -> None:
    assert places(write({**TRIO[0], "father": "", "mother": "", column: value})) == [
        (f"sheet.{column}", 2, column)
    ]


def test_a_malformed_name_is_not_repeated(write: Write) -> None:
    (fault,) = faults(write({**TRIO[1], "proband": "yes", "person": "Jean Dupont"}))
    assert "Dupont" not in str(fault)


def test_all_faults_of_a_sheet_come_at_once(write: Write) -> None:
    bad = [
        {"family": f"F{index}", "person": "KID", "sex": "boy", "affected": "yes", "hpo": ""}
        for index in range(30)
    ]
    bad[3] = {**bad[3], "sex": "male", "vcf": "gone.vcf"}
    bad[4] = {**bad[4], "sex": "male", "hpo": "Seizure"}
    found = faults(write(*bad))
    assert len(found) == 30
    assert {fault.line for fault in found} == set(range(2, 32))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"father": "UNCLE"}, "pedigree.parent_unknown"),
        ({"father": "KID"}, "pedigree.own_parent"),
        ({"father": "MUM"}, "pedigree.father_female"),
        ({"father": "STRANGER"}, "pedigree.parent_elsewhere"),
    ],
)
def test_impossible_parents(write: Write, change: dict[str, str], rule: str) -> None:
    stranger = {"family": "G", "person": "STRANGER", "sex": "male", "affected": "yes"}
    found = places(write({**TRIO[0], "mother": "", **change}, *TRIO[1:], stranger))
    assert found == [(rule, 2, "father")]


def test_a_loop_is_found(write: Write) -> None:
    grandad = {"person": "GRANDAD", "sex": "male", "affected": "no", "father": "DAD"}
    rows = [TRIO[0], {**TRIO[1], "father": "GRANDAD"}, grandad, TRIO[2]]
    assert [place[:2] for place in places(write(*rows))] == [
        ("pedigree.loop", 3),
        ("pedigree.loop", 4),
    ]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ({"vcf": "https://example.org/a.vcf.gz"}, "sheet.url"),
        ({"vcf": "s3://bucket/a.vcf.gz"}, "sheet.url"),
        ({"vcf": "gone.vcf.gz"}, "sheet.path"),
        ({"vcf": "."}, "sheet.proband_unsequenced"),
        ({"hpo": "terms.txt"}, "sheet.path"),
        ({"hpo": "HP:1;HP:0001250"}, "hpo.spelling"),
        ({"hpo": "HP:0001250", "phenopacket": "a.vcf.gz"}, "sheet.two_phenotypes"),
    ],
)
def test_files_and_terms_of_a_row(write: Write, row: dict[str, str], rule: str) -> None:
    line = {"person": "KID", "affected": "yes", "proband": "yes", **row}
    assert rule in [place[0] for place in places(write(line))]


def test_an_unknown_column_is_answered_with_the_nearest(write: Write) -> None:
    (fault,) = faults(write({**TRIO[1], "affected": "yes", "afected": "no"}))
    assert fault.rule == "sheet.column_unknown"
    assert "perhaps affected" in fault.found


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"family;person;vcf\nF;KID;a.vcf.gz\n", "sheet.separator"),
        ("family\tperson\tvcf\n".encode("utf-16"), "text.utf16"),
        (b"PK\x03\x04spreadsheet", "text.spreadsheet"),
        (b"family\tperson\tvcf\nF\t\xe9\ta.vcf.gz\n", "text.not_utf8"),
        (b"family\tperson\tvcf\nF\t1E+05\ta.vcf.gz\n", "sheet.excel"),
        (b"family\tperson\tvcf\nF\t#NAME?\ta.vcf.gz\n", "sheet.excel"),
        (b'family\tperson\tvcf\nF\t"KID"\ta.vcf.gz\n', "sheet.quotes"),
        (b"family\tperson\n", "sheet.column_missing"),
        (b"family\tperson\tvcf\n", "sheet.empty"),
        (b"", "sheet.empty"),
        (b"family\tperson\tvcf\nF\tKID\ta.vcf.gz\textra\n", "sheet.cells"),
    ],
)
def test_what_spreadsheets_do(tmp_path: Path, data: bytes, rule: str) -> None:
    (tmp_path / "a.vcf.gz").touch()
    path = tmp_path / "samples.tsv"
    path.write_bytes(data)
    assert rule in [place[0] for place in places(path)]


def test_windows_lines_marks_and_spaces_are_tolerated(tmp_path: Path) -> None:
    (tmp_path / "a.vcf.gz").touch()
    path = tmp_path / "samples.tsv"
    path.write_bytes(
        b"\xef\xbb\xbffamily\tperson\tvcf\taffected\tproband\r\n"
        b"F\tKID \ta.vcf.gz\tyes\tyes\r\n\r\n# a comment\r\n"
    )
    sheet = read_sheet(path)
    assert only(sheet) == ("sheet.spaces",)
    assert sheet.families[0].proband == "KID"


def test_a_family_answers_once(write: Write) -> None:
    rows = [{**TRIO[0], "consanguineous": "yes", "indication": "Ataxia"},
            {**TRIO[1], "consanguineous": "no"}, {**TRIO[2], "indication": "Epilepsy"}]  # fmt: skip
    assert sorted(places(write(*rows))) == [
        ("sheet.family_differs", 2, "consanguineous"),
        ("sheet.family_differs", 4, "indication"),
    ]


def test_two_spellings_of_one_family_are_refused(write: Write) -> None:
    row = {"person": "KID", "affected": "yes"}
    found = places(write({**row, "family": "Fam"}, {**row, "family": "FAM"}))
    assert [place[0] for place in found] == ["sheet.case", "sheet.case"]


def test_one_sample_is_one_person(write: Write) -> None:
    rows = [{**TRIO[0], "sample": "S1"}, {**TRIO[1], "sample": "S1"}, TRIO[2]]
    assert places(write(*rows)) == [("sheet.sample_twice", 3, "sample")]


def test_consent_is_each_persons_own_and_absent_unless_given(write: Write) -> None:
    rows = [{**TRIO[0], "secondary_findings": "yes"}, *TRIO[1:]]
    (family,) = read_sheet(write(*rows)).families
    assert [member.secondary_findings for member in family.members] == [True, False, False]


def test_terms_of_a_relative_are_not_used_and_it_is_said(write: Write) -> None:
    rows = [TRIO[0], {**TRIO[1], "hpo": "HP:0001250"}, TRIO[2]]
    sheet = read_sheet(write(*rows))
    assert only(sheet) == ("sheet.relative_terms",)
    assert sheet.families[0].terms == ()


def test_a_phenopacket_of_the_other_sex_is_refused(write: Write, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text(
        '{"id":"p","subject":{"id":"x","sex":"FEMALE"},"phenotypicFeatures":'
        '[{"type":{"id":"HP:0001250"}}],"metaData":{}}'
    )
    found = places(write({**TRIO[0], "phenopacket": "p.json"}, *TRIO[1:]))
    assert found == [("sheet.phenopacket_sex", 2, "phenopacket")]


def test_faults_of_a_ped_file_keep_its_own_lines(write: Write, tmp_path: Path) -> None:
    (tmp_path / "f.ped").write_text("F KID DAD 0 9 2\nF DAD 0 0 1 1\n")
    found = faults(write({"person": "KID", "ped": "f.ped", "proband": "yes"}))
    assert [(fault.rule, Path(fault.file).name, fault.line) for fault in found] == [
        ("ped.sex", "f.ped", 1)
    ]


def test_copy_number_vcfs_are_named_by_person_and_are_files_of_the_family(
    write: Write, tmp_path: Path
) -> None:
    (tmp_path / "cnv.vcf").touch()
    rows = [{**row, "cnv_vcf": "cnv.vcf" if row["person"] != "MUM" else ""} for row in TRIO]
    (family,) = read_sheet(write(*rows)).families
    path = (tmp_path / "cnv.vcf").resolve()
    assert family.cnv_vcfs == (path,)
    assert family.member("KID").cnv_vcf == path
    assert family.member("MUM").cnv_vcf is None
    assert path in family.files


def test_a_sheet_without_the_column_has_no_copy_number_vcfs(write: Write) -> None:
    (family,) = read_sheet(write(*TRIO)).families
    assert family.cnv_vcfs == ()


def test_a_copy_number_vcf_that_is_not_there_is_a_fault(write: Write) -> None:
    rows = ({**TRIO[0], "cnv_vcf": "none.vcf"}, *TRIO[1:])
    assert places(write(*rows)) == [("sheet.path", 2, "cnv_vcf")]
