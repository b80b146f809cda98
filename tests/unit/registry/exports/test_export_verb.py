"""The verbs `export` and `outbox`: what is written, left out, refused and delivered."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer

from act_builders import DAY, MORNING, later
from core_builders import ROOT
from export_builders import CASE, EVERYBODY, MISSENSE, SECOND, key, result
from program import CliRunner
from registry_builders import register, url
from varinterp.cli.registry import export, outbox
from varinterp.errors import InputError, StageError
from varinterp.model.assessment import AcmgClass
from varinterp.model.consent import ConsentDecision, ConsentScope
from varinterp.registry.cases import live_key
from varinterp.registry.dataset import Dataset
from varinterp.registry.dataset.finding_rows import FindingDraft
from varinterp.registry.outbox import tell
from varinterp.registry.outbox_tables import MessageKind
from varinterp.registry.store import Registry
from varinterp.sources.curated_list import read_list

Run = Callable[..., Any]
ABSENT = (ROOT / "resources/registry/sdm-mr-v1.yaml").read_text("utf-8")


@pytest.fixture
def laboratory(tmp_path: Path) -> Registry:
    """A registry with one signed, consenting case, and its configuration."""
    found = Registry.open(url(tmp_path / "registry.sqlite"))
    register(found, result(), MORNING)
    dataset = Dataset(found)
    said = [
        ConsentDecision(scope, True, DAY, person)
        for scope in (ConsentScope.PRIMARY, ConsentScope.RESEARCH)
        for person in EVERYBODY
    ]
    dataset.consent(CASE, said, author="A. Martin", at=later())
    version = next(each for each in found.current(CASE) if each.assessment.key == key())
    draft = FindingDraft(key(), AcmgClass.LIKELY_PATHOGENIC, "CR-1", 1, DAY)
    number = dataset.draft(CASE, draft, version.id, author="A. Martin", at=later())
    for reader in ("A. Martin", "S. Tremblay"):
        dataset.sign(CASE, number, reader=reader, on=DAY, at=later(2))
    demo = ROOT / "resources/demo"
    (tmp_path / "config.yaml").write_text(
        f"samples: {demo}/samples.tsv\n"
        f"reference: {demo}/reference/GRCh38.chr22.demo.fa.gz\n"
        f"references: {demo}/refs\n"
        f"lock: {demo}/refs.lock.yaml\n"
        f"registry: {url(tmp_path / 'registry.sqlite')}\n"
        "pseudonym_key: demonstration\n"
    )
    (tmp_path / "sdm-mr.yaml").write_text(
        ABSENT.replace("\nappreciation: null", "\nappreciation: absent")
    )
    return found


@pytest.fixture
def run(laboratory: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(ROOT)
    app = typer.Typer()
    app.command(name="export")(export.command)
    app.command(name="outbox")(outbox.command)

    def invoke(*words: str) -> Any:
        config = ("--configfile", str(tmp_path / "config.yaml"), "--json")
        done = CliRunner().invoke(app, [*words, *config])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    return invoke


@pytest.mark.parametrize(
    ("form", "files"),
    [
        ("phenopacket", ["phenopacket.json"]),
        ("sdm-g", ["sdm-g.json", "sdm-g.tsv"]),
        ("sdm-mr", ["sdm-mr.xml"]),
    ],
)
def test_each_form_is_written_for_each_case(
    form: str, files: list[str], run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    settings = ("--settings", str(tmp_path / "sdm-mr.yaml")) if form == "sdm-mr" else ()
    said = run("export", "--format", form, "--out", str(out), "--on", "2026-11-22", *settings)

    assert said == {"files": [str(out / f"{CASE}.{name}") for name in files], "withheld": []}
    assert sorted(path.name for path in out.iterdir()) == [f"{CASE}.{name}" for name in files]


def test_the_tables_and_the_submission_are_written(run: Run, tmp_path: Path) -> None:
    tables = run("export", "--format", "parquet", "--out", str(tmp_path / "tables"))
    rows = run("export", "--format", "clinvar", "--out", str(tmp_path / "clinvar.tsv"))

    assert len(tables["files"]) == 12
    assert rows["files"] == [str(tmp_path / "clinvar.tsv")]
    assert len((tmp_path / "clinvar.tsv").read_text("utf-8").splitlines()) == 2


def test_our_own_cases_are_written_as_a_list_that_is_read_back(
    run: Run, laboratory: Registry, tmp_path: Path
) -> None:
    dataset, out = Dataset(laboratory), tmp_path / "cases.tsv"
    version = next(each for each in laboratory.current(CASE) if each.assessment.key == key(SECOND))
    draft = FindingDraft(key(SECOND), AcmgClass.PATHOGENIC, "CR-1", 1, DAY)
    number = dataset.draft(CASE, draft, version.id, author="A. Martin", at=later(3))
    for reader in ("A. Martin", "S. Tremblay"):
        dataset.sign(CASE, number, reader=reader, on=DAY, at=later(4))

    said = run("export", "--format", "own-cases", "--out", str(out))
    assert said == {"files": [str(out)], "withheld": []}
    listed = read_list(out, date(2027, 1, 1))
    assert {each.entry.kind for each in listed} == {"in_trans"}
    assert {str(each.entry.place) for each in listed} == {MISSENSE, SECOND}
    assert "A. Martin" not in out.read_text("utf-8")

    gone = ConsentDecision(ConsentScope.RESEARCH, False, DAY, "mother")
    dataset.consent(CASE, [gone], author="A. Martin", at=later(5))
    said = run("export", "--format", "own-cases", "--out", str(out))
    assert said["withheld"] == [{"case": CASE, "reason": "consent.research.refused"}]
    assert read_list(out, date(2027, 1, 1)) == ()


def test_a_case_that_lacks_what_the_form_requires_is_left_out_with_the_reason(
    run: Run, tmp_path: Path
) -> None:
    said = run("export", "--format", "sdm-mr", "--out", str(tmp_path / "out"))

    assert said["files"] == []
    assert said["withheld"] == [{"case": CASE, "reason": "sdm_mr.appreciation MED-071"}]


def test_a_case_that_is_named_and_may_not_be_exported_is_refused(
    run: Run, laboratory: Registry, tmp_path: Path
) -> None:
    withdrawn = ConsentDecision(ConsentScope.RESEARCH, False, DAY, "mother")
    Dataset(laboratory).consent(CASE, [withdrawn], author="A. Martin", at=later(3))
    out = str(tmp_path / "out")

    with pytest.raises(InputError, match=r"export\.consent"):
        run("export", "--format", "phenopacket", "--out", out, "--case", CASE)
    left_out = run("export", "--format", "phenopacket", "--out", out)["withheld"]
    assert left_out == [{"case": CASE, "reason": "consent.research.refused"}]
    assert not (tmp_path / "out").exists()


def test_without_a_release_of_mondo_nothing_is_mapped_and_it_says_so(
    run: Run, tmp_path: Path
) -> None:
    run("export", "--format", "sdm-g", "--out", str(tmp_path / "out"))
    record = json.loads((tmp_path / "out" / f"{CASE}.sdm-g.json").read_text("utf-8"))

    (finding,) = record["findings"]
    assert finding["disease_orpha"]["values"][0]["value"] == "OMIM:616878: not mapped"


@pytest.mark.parametrize("line", ["SCV000123456", "varinterp-1\tSCV000123456", ""])
def test_a_wrong_accession_is_told_with_its_line(line: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "accessions.tsv"
    path.write_text(f"varinterp-{'a' * 32}\tSCV000123456\n{line}\n", "utf-8")
    with pytest.raises(InputError) as caught:
        run(
            "export", "--format", "clinvar", "--out", str(tmp_path / "clinvar.tsv"),
            "--accessions", str(path),
        )  # fmt: skip

    assert [(each.rule, each.line) for each in caught.value.faults] == [("clinvar.accession", 2)]


# Messages


@pytest.fixture
def message(laboratory: Registry) -> str:
    with laboratory.batch("act", "A. Martin", later(4)) as batch:
        return tell(batch, live_key(batch.connection, CASE), MessageKind.REPORT, '{"a":1}')


def test_messages_are_listed_and_delivered_once(run: Run, message: str, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    waiting = len(run("outbox"))
    first = run("outbox", "--folder", str(drop))
    again = run("outbox", "--folder", str(drop))

    assert (first[0]["delivered"], again[0]["delivered"]) == (waiting, 0)
    assert [each["taken by"] for each in run("outbox") if each["message"] == message] == ["folder"]
    assert len(list(drop.rglob("*.json"))) == waiting


def test_a_delivery_that_failed_is_an_error(run: Run, message: str, tmp_path: Path) -> None:
    with pytest.raises(StageError, match="1 case"):
        run("outbox", "--url", "http://127.0.0.1:9/")


def test_a_token_that_others_may_read_is_refused(run: Run, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("open sesame")
    token.chmod(0o644)
    with pytest.raises(InputError, match=r"outbox\.token"):
        run("outbox", "--url", "http://127.0.0.1:9/", "--token-file", str(token))
