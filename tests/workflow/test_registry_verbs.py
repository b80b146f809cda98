"""`varinterp registry` at the terminal: what people type, and what they are told."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from act_builders import family_result
from core_builders import HET, REF, calls, candidate
from demo_runs import write_config
from program import CliRunner, app
from registry_builders import ALLELES, register
from varinterp.cli.refs.printing import show
from varinterp.cohort.store import CohortStore
from varinterp.errors import InputError
from varinterp.model.case import CaseResult
from varinterp.model.family import Family, Person
from varinterp.pseudonym import DEMONSTRATION, load_pseudonymiser
from varinterp.registry.dataset import Dataset
from varinterp.registry.store import Registry

FAMILY, CHILD, MOTHER, FATHER = "FAM-1", "FAM-1-P", "FAM-1-M", "FAM-1-F"
NAMES = load_pseudonymiser(DEMONSTRATION)
CASE = NAMES.case(FAMILY, CHILD, "rhabdomyolysis")


def person(name: str) -> str:
    return NAMES.person(FAMILY, name)


def registered() -> CaseResult:
    """The analysis of a trio, under the pseudonyms that the sheet's names have."""
    plain = family_result(CASE)
    people = (
        Person(person(CHILD), father=person(FATHER), mother=person(MOTHER)),
        Person(person(FATHER)),
        Person(person(MOTHER)),
    )
    family = Family(NAMES.family(FAMILY), person(CHILD), people)
    carried = {person(CHILD): HET, person(FATHER): REF, person(MOTHER): HET}
    return replace(
        plain,
        case=replace(plain.case, family=family),
        candidates=(candidate(ALLELES[0], calls(**carried)),),
    )


@pytest.fixture
def configfile(tmp_path: Path) -> Path:
    path = write_config(tmp_path)
    register(Registry.open(yaml.safe_load(path.read_text())["registry"]), registered())
    return path


def call(configfile: Path, *arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["registry", *arguments, "--configfile", str(configfile)])
    assert done.exit_code == code, done.output or done.exception
    return done.output


def answer(configfile: Path, *arguments: str) -> Any:
    return json.loads(call(configfile, *arguments, "--json"))


def refused(configfile: Path, *arguments: str) -> list[str]:
    """The rules of the faults that a call ends with; none quotes what tells of a patient."""
    done = CliRunner().invoke(app, ["registry", *arguments, "--configfile", str(configfile)])
    assert isinstance(done.exception, InputError), done.output or done.exception
    assert CHILD not in str(done.exception)
    return [each.rule for each in done.exception.faults]


def dataset(configfile: Path) -> Dataset:
    return Dataset(Registry.open(yaml.safe_load(configfile.read_text())["registry"]))


def test_a_consent_is_typed_by_the_names_of_the_sheet_and_shown(configfile: Path) -> None:
    call(
        configfile, "consent", FAMILY, "proband", "reanalysis", "yes",
        "--from", "2026-01-01", "--document", "CE-2026-118", "--author", "Roy",
    )  # fmt: skip
    call(configfile, "consent", FAMILY, MOTHER, "recontact", "yes", "--author", "Roy")

    told = answer(configfile, "consent", NAMES.family(FAMILY))

    assert told["case"] == CASE
    assert [(each["person"], each["scope"], each["author"]) for each in told["consents"]] == [
        (person(CHILD), "reanalysis", "Roy"),
        (person(MOTHER), "recontact", "Roy"),
    ]
    assert told["today"]["reanalysis"]["allowed"]
    assert not told["today"]["research"]["allowed"]
    assert "reanalysis: allowed today" in call(configfile, "consent", CASE)


def test_a_relatives_withdrawal_suspends_and_a_probands_erases_when_it_is_meant(
    configfile: Path,
) -> None:
    assert "suspended until" in call(configfile, "consent", FAMILY, "mother", "primary", "no")
    assert refused(configfile, "consent", FAMILY, "proband", "primary", "no") == [
        "registry.erasure"
    ]
    assert not dataset(configfile).cases()[0].erased

    erased = call(configfile, "consent", FAMILY, "proband", "primary", "no", "--erase")
    again = call(configfile, "consent", FAMILY, "proband", "primary", "no", "--erase")

    assert f"{CASE}: erased" in erased
    assert f"{CASE}: erased" in again
    assert dataset(configfile).cases()[0].erased
    assert "sound" in call(configfile, "verify")
    assert refused(configfile, "observe", FAMILY) == ["registry.erased"]
    assert [each["what"] for each in answer(configfile, "history", FAMILY)] == ["consent"]
    assert CohortStore.open(configfile.parent / "cohort").cases() == {}


def test_observations_are_checked_dated_corrected_and_shown(configfile: Path) -> None:
    said = call(configfile, "observe", FAMILY, "HP:0001250;!HP:0001251", "--on", "2026-03-01")
    assert "2 of 2 recorded" in said
    assert "0 of 2 recorded" in call(
        configfile, "observe", FAMILY, "HP:0001250;!HP:0001251", "--on", "2026-03-01"
    )
    shown = {each["term"]: each for each in answer(configfile, "observe", FAMILY)}
    assert (shown["HP:0001251"]["state"], shown["HP:0001252"]["from"]) == ("excluded", "intake")

    number = str(shown["HP:0001250"]["number"])
    assert "corrected" in call(configfile, "observe", FAMILY, "--correct", number, "--withdraw")

    assert "HP:0001250" not in {each["term"] for each in answer(configfile, "observe", FAMILY)}
    assert refused(configfile, "observe", FAMILY, "HP:9999999;epilepsy") == [
        "hpo.unknown", "hpo.spelling",
    ]  # fmt: skip
    assert "expected a date" in call(
        configfile, "observe", FAMILY, "HP:0001250", "--on", "1 March", code=2
    )


def test_a_table_is_imported_whole_or_not_at_all(configfile: Path) -> None:
    table = configfile.parent / "observations.tsv"
    table.write_text(
        "family\thpo\ton\tonset\n"
        f"{FAMILY}\tHP:0001250\t2026-03-01\tP3Y6M\n"
        f"{NAMES.family(FAMILY)}\t!HP:0001251\t2026-03-02\t\n"
    )
    assert "2 observation(s) recorded" in call(configfile, "observe", "--table", str(table))
    assert "0 observation(s) recorded" in call(configfile, "observe", "--table", str(table))

    table.write_text(
        "family\thpo\ton\tonset\n"
        f"{FAMILY}\tHP:0001263\t2026-03-01\t\n"
        "FAM-9\tHP:0001263\t2026-03-01\t\n"
        f"{FAMILY}\tHP:0001263\t01/03/2026\tlate\n"
        f"{FAMILY}\tHP:0001263\n"
        f"{FAMILY}\tHP:12\t2026-03-01\t\n"
    )
    done = CliRunner().invoke(
        app, ["registry", "observe", "--table", str(table), "--configfile", str(configfile)]
    )
    assert isinstance(done.exception, InputError)
    assert [(each.line, each.rule) for each in done.exception.faults] == [
        (3, "table.family"), (4, "table.date"), (4, "table.onset"), (5, "table.cells"),
        (6, "hpo.spelling"),
    ]  # fmt: skip
    assert len(dataset(configfile).observations(CASE)) == 3


def test_consents_are_imported_and_an_erasure_never_in_bulk(configfile: Path) -> None:
    table = configfile.parent / "consents.tsv"
    header = "family\tperson\tscope\tanswer\tfrom\tdocument\n"
    table.write_text(
        header
        + f"{FAMILY}\tproband\treanalysis\tyes\t2026-01-01\tCE-1\n"
        + f"{FAMILY}\t{MOTHER}\trecontact\tno\t2026-01-01\t\n"
    )
    assert "2 consent(s) recorded" in call(configfile, "consent", "--table", str(table))
    assert "0 consent(s) recorded" in call(configfile, "consent", "--table", str(table))

    table.write_text(
        header
        + f"{FAMILY}\tproband\tprimary\tno\t2026-01-01\t\n"
        + f"{FAMILY}\tFAM-1-X\teverything\tmaybe\ttoday\t\n"
    )
    assert refused(configfile, "consent", "--table", str(table)) == [
        "table.erasure", "table.person", "table.date", "table.scope", "table.answer",
    ]  # fmt: skip
    assert not dataset(configfile).cases()[0].erased


def test_a_finding_is_drafted_signed_by_two_and_retracted(configfile: Path) -> None:
    allele = ALLELES[0]
    drafted = call(
        configfile, "draft", FAMILY, allele, "--class", "pathogenic", "--report", "CR-5512", "1"
    )
    assert "finding 1 drafted; the program says uncertain significance" in drafted
    assert "is draft, 1 of 2" in call(configfile, "sign", FAMILY, allele, "--reader", "A. Martin")
    assert "is draft, 1 of 2" in call(configfile, "sign", FAMILY, allele, "--reader", "a. martin")
    assert "is signed, 2 of 2 signatures: A. Martin, S. Tremblay" in call(
        configfile, "sign", FAMILY, "--finding", "1", "--reader", "S. Tremblay"
    )
    assert refused(configfile, "sign", FAMILY, allele, "--reader", "L. Nguyen") == [
        "dataset.finding_state"
    ]
    assert refused(configfile, "sign", FAMILY, ALLELES[1]) == ["registry.finding"]
    assert refused(
        configfile, "draft", FAMILY, ALLELES[1], "--class", "benign", "--report", "CR-5512", "1"
    ) == ["registry.conclusion"]

    said = call(configfile, "retract", FAMILY, allele, "--reason", "swap", "--author", "Roy")

    assert "finding 1 is retracted" in said
    found = answer(configfile, "status")
    assert (found["findings retracted"], found["findings signed"]) == (1, 0)


def test_undiagnosed_is_typed_by_two_people(configfile: Path) -> None:
    words = (
        "diagnosis", FAMILY, "undetermined", "--undiagnosed", "--investigated", "2026-03-01",
        "--from", "2026-03-02",
    )  # fmt: skip
    assert "proposed by A. Martin" in call(configfile, *words, "--reader", "A. Martin")
    assert "proposed by A. Martin" in call(configfile, *words, "--reader", "A. Martin")
    assert answer(configfile, "status")["diagnoses that wait for a second signature"] == 1
    assert "in force" in call(configfile, *words, "--reader", "S. Tremblay")

    (found,) = answer(configfile, "diagnosis", FAMILY)["statuses"]
    assert found["diseases"] == ["ORPHA:616874"]
    assert found["signed_by"] == ["A. Martin", "S. Tremblay"]
    assert refused(
        configfile, "diagnosis", FAMILY, "undetermined", "--undiagnosed", "--reader", "A. Martin"
    ) == ["dataset.statement"]
    assert refused(configfile, *words, "--reader", "varinterp") == ["dataset.program"]


def test_a_prescription_is_told_part_by_part(configfile: Path) -> None:
    call(configfile, "prescribe", FAMILY, "--id", "SPICE-1", "--on", "2026-03-02")
    call(configfile, "prescribe", FAMILY, "--before", "RCP-881", "2026-02-20", "accepted")

    told = answer(configfile, "prescribe", FAMILY, "--report", "CR-1", "2", "2026-07-01")

    assert told["prescription"]["id"] == "SPICE-1"
    assert told["prescription"]["meeting_before"] == "RCP-881 2026-02-20 accepted"
    assert told["prescription"]["report"] == "CR-1 v2 2026-07-01"
    assert "expected one of" in call(
        configfile, "prescribe", FAMILY, "--after", "RCP-1", "2026-02-20", "accepted", code=2
    )


def test_samples_and_recontacts(configfile: Path) -> None:
    call(
        configfile, "sample", FAMILY, "proband", "--technique", "pangenomic",
        "--coverage", "41.2", "20", "0.98",
    )  # fmt: skip
    (sample,) = answer(configfile, "sample", FAMILY)
    assert (sample["person"], sample["technique"]) == (person(CHILD), "pangenomic")
    call(configfile, "consent", FAMILY, "mother", "recontact", "yes")

    said = call(
        configfile, "recontact", FAMILY, "--carriers", ALLELES[0], "--owner", "Dr Roy",
        "--due", "2020-01-01", "--reason", "reclassified",
    )  # fmt: skip

    assert f"{person(CHILD)}: not on it" in said
    (entry,) = answer(configfile, "recontact")
    assert (entry["person"], entry["state"]) == (person(MOTHER), "overdue")
    call(configfile, "recontact", FAMILY, "--close", str(entry["number"]), "--note", "called")
    assert answer(configfile, "recontact", FAMILY)[0]["state"] == "done"


def test_the_history_tells_every_act_and_what_was_known_then(configfile: Path) -> None:
    call(configfile, "consent", FAMILY, "proband", "reanalysis", "yes", "--author", "Roy")
    call(configfile, "observe", FAMILY, "HP:0001250", "--author", "Roy")

    what = [each["what"] for each in answer(configfile, "history", FAMILY)]

    assert sorted(what) == ["consent", "observation", "observation"]
    before = answer(configfile, "history", FAMILY, "--as-of", "2026-07-05T00:00:00+00:00")
    assert before == []
    assert "expected a moment" in call(
        configfile, "history", FAMILY, "--as-of", "2026-07-05", code=2
    )


def test_an_altered_registry_is_told_and_the_exit_code_says_so(configfile: Path) -> None:
    call(configfile, "consent", FAMILY, "proband", "reanalysis", "no")
    assert answer(configfile, "verify")["broken"] is None
    connection = sqlite3.connect(configfile.parent / "registry.sqlite")
    connection.execute("DROP TRIGGER consent_no_update")
    connection.execute("UPDATE consent SET granted = 1")
    connection.commit()
    connection.close()

    assert "BROKEN: " in call(configfile, "verify", code=1)


def test_a_name_that_nobody_has_is_not_repeated(configfile: Path) -> None:
    assert refused(configfile, "consent", "FAM-1-P-UNKNOWN") == ["registry.case"]
    assert refused(configfile, "consent", FAMILY, "FAM-1-X", "research", "yes") == [
        "dataset.person"
    ]
    assert "the registry is at schema" in call(configfile, "upgrade")


def test_an_answer_that_a_later_day_overrides_is_told_so(configfile: Path) -> None:
    asked = ("consent", FAMILY, "proband", "reanalysis")
    call(configfile, *asked, "yes", "--from", "2026-07-02")
    said = call(configfile, *asked, "no", "--from", "2026-07-01")
    assert "NOT in force today" in said
    assert "--from 2026-07-02" in said
    assert "NOT" not in call(configfile, *asked, "no", "--from", "2026-07-02")


def test_a_withdrawal_of_a_later_day_says_that_nothing_was_erased(configfile: Path) -> None:
    day = ("--from", "2999-01-01")
    said = call(configfile, "consent", FAMILY, "proband", "primary", "no", "--erase", *day)
    assert "NOT in force before 2999-01-01" in said
    assert "NOT erased" in said


def test_a_consent_of_an_erased_case_is_refused(configfile: Path) -> None:
    call(configfile, "consent", FAMILY, "proband", "primary", "no", "--erase")
    done = CliRunner().invoke(
        app, ["registry", "consent", FAMILY, "proband", "reanalysis", "yes", "-c", str(configfile)]
    )
    assert isinstance(done.exception, InputError)


def test_a_relative_s_withdrawal_from_a_table_suspends_the_case(
    configfile: Path, tmp_path: Path
) -> None:
    table = tmp_path / "consents.tsv"
    table.write_text(
        f"family\tperson\tscope\tanswer\tfrom\n{FAMILY}\tmother\tprimary\tno\t2026-07-01\n"
    )
    assert f"{CASE}: suspended" in call(configfile, "consent", "--table", str(table))


def test_what_was_seen_tomorrow_is_refused(configfile: Path) -> None:
    words = ["registry", "observe", FAMILY, "HP:0001250", "--on", "2999-01-01"]
    done = CliRunner().invoke(app, [*words, "-c", str(configfile)])
    assert done.exit_code == 2
    assert "not in the future" in done.output


def test_no_allele_or_pseudonym_is_broken_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    long = "22-20061538-G-" + "ACGT" * 40
    show(("number", "allele", "said"), [(1, long, "several words " * 20)])
    assert long in capsys.readouterr().out
