"""The verbs that look at the past and bring cases to the present, on the demo's own archive."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from demo_runs import DEMO, ROOT, Stages, demo_config, environment, families, write_sheet
from program import CliRunner, app
from varinterp import __version__
from varinterp.cohort.store import CohortStore
from varinterp.documents.case import read_case
from varinterp.files import sha256_of
from varinterp.model.consent import ConsentDecision, ConsentScope
from varinterp.pipeline.job import Job
from varinterp.pipeline.run import load_run
from varinterp.pipeline.stages import store
from varinterp.registry.dataset import Dataset
from varinterp.registry.store import Registry
from varinterp.sources.rules import read_rules

pytestmark = pytest.mark.xdist_group("demo")

SCHEDULES = ROOT / "docs" / "how-to" / "schedules"
MISSENSE = "22-20061538-G-A"  # TANGO2 c.460G>A
THEN = datetime(2015, 3, 2, 9, 0, tzinfo=UTC)
FAMILIES = ("DEMO-T1", "DEMO-X1")


@dataclass(frozen=True)
class Laboratory:
    """A configuration that names what is known now, in `folder` beside one of then."""

    folder: Path
    config: dict[str, Any]
    outcome: dict[str, Any]

    def family(self, name: str) -> Path:
        """The folder of a family's results."""
        run = load_run(self.config)
        return run.folder(run.pseudonym(name))


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Laboratory:
    """Two families registered as of 2015, with what was known then, and moved to 2017 now."""
    folder = tmp_path_factory.mktemp("archive")
    config = demo_config(folder, "refs.2015.lock.yaml") | {
        "samples": str(write_sheet(folder / "samples.tsv", families(*FAMILIES))),
        "catalogue": str(ROOT / "resources" / "sources.yaml"),
        "cohort": str(folder / "cohort"),
        "reanalysis": str(folder / "reanalysis"),
    }
    for family in FAMILIES:
        _register(config, family)
    moved = config | {"lock": str(DEMO / "refs.2017.lock.yaml")}
    (folder / "config.yaml").write_text(yaml.safe_dump(moved))
    (folder / "then.yaml").write_text(yaml.safe_dump(config))
    told = verb("reanalyse", "run", "-c", str(folder / "config.yaml"), "--json")
    return Laboratory(folder, moved, json.loads(told))


def _register(config: dict[str, Any], family: str) -> None:
    """Register and store a family as of the past, with consent to reanalysis."""
    result = Stages(config).case(family)
    opened = load_run(config)
    pseudonym = opened.pseudonym(family)
    folder = opened.folder(pseudonym)
    registry = Registry.open(config["registry"])
    rules = read_rules(Path(config["rules"])).values
    receipt = registry.register(result, sha256_of(folder / "case.json"), THEN, rules=rules)
    said = {"case": receipt.case, "analysis": receipt.analysis}
    (folder / "registered.json").write_text(json.dumps(said))
    names = ("variants.parquet", "candidates.parquet", "intake.json", "registered.json")
    files: dict[str, Any] = {name.partition(".")[0]: str(folder / name) for name in names}
    files |= {
        "lock": str(folder / "refs.lock.yaml"),
        "rules": config["rules"],
        "receipt": str(folder / "stored.json"),
        "vcfs": [str(path) for path in opened.families[pseudonym].vcfs],
    }
    store.run(Job(config, pseudonym, files, files))
    proband = result.case.family.proband_id
    yes = ConsentDecision(ConsentScope.REANALYSIS, True, THEN.date(), proband)
    Dataset(registry).consent(receipt.case, [yes], author="test", at=THEN)


def verb(*words: str, code: int = 0) -> str:
    answer = CliRunner().invoke(app, list(words))
    assert answer.exit_code == code, answer.output
    return answer.stdout


def config_of(laboratory: Laboratory) -> tuple[str, str]:
    return "-c", str(laboratory.folder / "config.yaml")


def test_the_run_says_what_it_did_and_a_second_one_has_nothing_to_do(
    laboratory: Laboratory,
) -> None:
    outcome = laboratory.outcome
    assert outcome["counts"]["changed"] == len(FAMILIES)
    assert {source["source"] for source in outcome["plan"]["sources"]} >= {
        "clinvar",
        "gene_disease",
    }
    plan = json.loads(verb("reanalyse", "plan", *config_of(laboratory), "--json"))
    assert plan["moving"] == 0


def test_as_of_then_the_allele_had_no_disease_and_is_told_as_it_was_stored(
    laboratory: Laboratory,
) -> None:
    told = json.loads(
        verb(
            "explain", "DEMO-T1", MISSENSE, "--as-of", "2015-12-31", *config_of(laboratory),
            "--json",
        )
    )  # fmt: skip
    (concluded,) = told["conclusions"]
    stored = concluded["replay"]["stored"]
    assert stored["key"]["disease"] == "none"
    assert stored["external"] is None
    assert concluded["replay"]["likeness"] == "same"
    assert concluded["replay"]["now"] == stored
    folder = laboratory.family("DEMO-T1")
    (as_written,) = (
        assessment
        for assessment in json.loads((folder / "case.json").read_text())["assessments"]
        if assessment["key"] == stored["key"]
    )
    assert stored == as_written


def test_as_of_now_the_disease_is_known_and_the_replay_agrees(laboratory: Laboratory) -> None:
    today = datetime.now(UTC).date().isoformat()
    told = json.loads(
        verb("explain", "DEMO-T1", MISSENSE, "--as-of", today, *config_of(laboratory), "--json")
    )
    replays = [concluded["replay"] for concluded in told["conclusions"]]
    assert {replay["stored"]["key"]["disease"] for replay in replays} == {"OMIM:616878"}
    assert {replay["likeness"] for replay in replays} == {"same"}
    assert all(replay["stored"]["external"] is not None for replay in replays)


def test_the_criteria_are_those_of_the_reanalysis_not_of_the_first_files(
    laboratory: Laboratory,
) -> None:
    told = json.loads(
        verb("explain", "DEMO-T1", MISSENSE, "--criteria", *config_of(laboratory), "--json")
    )
    assert [each["key"]["disease"] for each in told] == ["OMIM:616878"]


def test_before_it_was_registered_nothing_was_concluded(laboratory: Laboratory) -> None:
    told = verb("explain", "DEMO-T1", MISSENSE, "--as-of", "2014-06-01", *config_of(laboratory))
    assert "not registered yet on 2014-06-01" in told


@pytest.mark.parametrize(("known", "then", "now"), [("then", True, False), ("now", False, True)])
def test_one_side_alone_is_shown_when_it_is_asked_for(
    laboratory: Laboratory, known: str, then: bool, now: bool
) -> None:
    told = verb(
        "explain", "DEMO-T1", MISSENSE, "--as-of", "2015-12-31", "--known", known,
        *config_of(laboratory),
    )  # fmt: skip
    assert ("as concluded then (recorded 2 March 2015" in told) is then
    assert ("as concluded now from what was known then" in told) is now


def test_both_languages_tell_the_past(laboratory: Laboratory) -> None:
    told = verb(
        "explain", "DEMO-T1", MISSENSE, "--as-of", "2015-12-31", "--language", "fr",
        *config_of(laboratory),
    )  # fmt: skip
    assert "comme conclu alors (enregistré le 2 mars 2015" in told
    assert "la même conclusion, critère par critère" in told


def test_an_allele_that_failed_the_gates_then_is_explained_with_the_numbers_of_then(
    laboratory: Laboratory,
) -> None:
    """The store keeps neighbours whatever their frequency, with everybody's genotypes."""
    case = read_case(laboratory.family("DEMO-T1") / "case.json").case.id
    rows = CohortStore.open(Path(laboratory.config["cohort"])).rows(case)
    assert not rows["stored"].all()
    for row in rows.filter(~pl.col("stored")).iter_rows(named=True):
        told = verb("explain", case, _name(row), "--as-of", "2015-12-31", *config_of(laboratory))
        assert re.search(r"\n    no  Rare: .*; rare up to 0.01", told)
        assert "no  Candidate:" in told
        assert "nothing was concluded on it" in told


def test_an_allele_that_the_store_never_kept_is_said_to_be_so(laboratory: Laboratory) -> None:
    folder = laboratory.family("DEMO-X1")
    case = read_case(folder / "case.json").case.id
    stored = CohortStore.open(Path(laboratory.config["cohort"])).rows(case)
    row = pl.read_parquet(folder / "variants.parquet").join(stored, on="key", how="anti")
    told = verb(
        "explain", "DEMO-X1", _name(row.row(0, named=True)), "--as-of", "2015-12-31",
        *config_of(laboratory),
    )  # fmt: skip
    assert "The store holds no" in told
    assert "nothing was concluded on it" in told


def _name(row: dict[str, Any]) -> str:
    return f"{row['chromosome']}-{row['position']}-{row['ref']}-{row['alt']}"


def test_the_registry_answers_for_a_family_whose_files_are_gone(
    laboratory: Laboratory, tmp_path: Path
) -> None:
    elsewhere = laboratory.config | {"results": str(tmp_path / "empty")}
    (tmp_path / "config.yaml").write_text(yaml.safe_dump(elsewhere))
    told = verb("explain", "DEMO-T1", MISSENSE, "-c", str(tmp_path / "config.yaml"))
    assert "OMIM:616878" in told
    case = read_case(laboratory.family("DEMO-T1") / "case.json").case.id
    by_case = verb("explain", case, MISSENSE, "-c", str(tmp_path / "config.yaml"))
    assert by_case.splitlines()[1:] == told.splitlines()[1:]


def test_an_unknown_case_is_the_users_error(laboratory: Laboratory) -> None:
    verb("explain", "C-AAAAAAAAAAAA", MISSENSE, *config_of(laboratory), code=1)
    verb("explain", "DEMO-T1", MISSENSE, "--known", "then", *config_of(laboratory), code=2)
    verb("explain", "DEMO-T1", MISSENSE, "--as-of", "yesterday", *config_of(laboratory), code=2)


def test_diff_says_what_changed_from_which_standing_to_which_and_because_of_what(
    laboratory: Laboratory,
) -> None:
    today = datetime.now(UTC).date().isoformat()
    found = json.loads(verb("diff", "2015-12-31", today, *config_of(laboratory), "--json"))
    rows = [row for row in found["rows"] if _allele(row) == MISSENSE]
    assert rows
    for row in rows:
        assert row["symbol"] == "TANGO2"
        assert row["before"]["key"]["disease"] == "none"
        assert row["after"]["key"]["disease"] == "OMIM:616878"
        spans = {each["source"]: (each["before"], each["after"]) for each in row["responsible"]}
        assert spans
        assert (
            spans.items()
            <= {
                "clinvar": ("2015-02-03", "2017-04-04"),
                "gene_disease": ("2015-02-03", "2017-04-04"),
            }.items()
        )
    case = read_case(laboratory.family("DEMO-T1") / "case.json").case.id
    assert [row["direction"] for row in rows if row["case"] == case] == ["up"]
    assert found["cases"] == len(FAMILIES)
    assert found["counts"]["direction.up"] >= 1


def _allele(row: dict[str, Any]) -> str:
    allele = row["allele"]
    return f"{allele['chromosome']}-{allele['position']}-{allele['ref']}-{allele['alt']}"


def test_diff_of_a_gene_or_a_case_is_a_part_of_the_archives(laboratory: Laboratory) -> None:
    today = datetime.now(UTC).date().isoformat()

    def rows(*more: str) -> list[str]:
        tsv = verb("diff", "2015-12-31", today, *config_of(laboratory), "--tsv", *more)
        return tsv.splitlines()[1:]

    everything = rows()
    assert set(rows("--gene", "TANGO2")) == {row for row in everything if "\tTANGO2\t" in row}
    assert set(rows("--gene", "HGNC:25439")) == set(rows("--gene", "TANGO2"))
    cases = {row.partition("\t")[0] for row in everything}
    assert sum(len(rows("--case", case)) for case in cases) == len(everything)
    assert rows("--case", "DEMO-T1")


def test_nothing_changed_on_days_between_which_nothing_was_recorded(
    laboratory: Laboratory,
) -> None:
    found = json.loads(verb("diff", "2016-01-01", "2016-12-31", *config_of(laboratory), "--json"))
    assert found["rows"] == []
    before = json.loads(verb("diff", "2014-01-01", "2015-12-31", *config_of(laboratory), "--json"))
    assert (before["rows"], before["new"]) == ([], len(FAMILIES))


def test_lookback_tells_what_this_version_made_signed_first(laboratory: Laboratory) -> None:
    told = json.loads(verb("lookback", "--software", __version__, *config_of(laboratory), "--json"))
    rows = told["conclusions"]
    assert {row["current"] for row in rows} == {True, False}
    assert [row["current"] for row in rows] == sorted(
        (row["current"] for row in rows), reverse=True
    )
    verb("lookback", "--software", "99.9", *config_of(laboratory), code=1)
    verb("lookback", *config_of(laboratory), code=2)


def test_lookback_tells_what_a_release_and_the_rules_are_behind(
    laboratory: Laboratory,
) -> None:
    def rows(*what: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(
            verb("lookback", *what, *config_of(laboratory), "--json")
        )["conclusions"]
        return found

    old, new = (rows("--release", f"clinvar@{day}") for day in ("2015-02-03", "2017-04-04"))
    assert old
    assert not any(row["current"] for row in old)
    assert new
    assert all(row["current"] for row in new)
    name = read_rules(Path(laboratory.config["rules"]))
    assert len(rows("--rules", f"{name.name}-v{name.version}")) >= len(old) + len(new)
    verb("lookback", "--release", "clinvar@1999-01-01", *config_of(laboratory), code=1)


def test_status_tells_runs_bases_and_open_events(laboratory: Laboratory) -> None:
    told = json.loads(verb("reanalyse", "status", "--check", *config_of(laboratory), "--json"))
    assert [run["name"] for run in told["runs"]] == [laboratory.outcome["run"]]
    (standing,) = told["standings"]
    assert (standing["cases"], standing["behind"]) == (len(FAMILIES), [])
    assert told["health"] | {"unindexed": 0} == {
        "stored": len(FAMILIES), "unstored": 0, "unindexed": 0, "checked": True, "faults": [],
    }  # fmt: skip
    assert sum(told["open_events"].values()) > 0


def test_status_names_what_lies_between_the_cases_and_another_lock(
    laboratory: Laboratory,
) -> None:
    then = str(laboratory.folder / "then.yaml")
    told = json.loads(verb("reanalyse", "status", "-c", then, "--json"))
    (standing,) = told["standings"]
    assert {move["source"] for move in standing["behind"]} >= {"clinvar", "gene_disease"}
    assert "clinvar: 2017-04-04 was admitted" in verb("reanalyse", "status", "-c", then)


def test_a_damaged_registry_is_said_and_ends_with_one(
    laboratory: Laboratory, tmp_path: Path
) -> None:
    source = laboratory.config["registry"].removeprefix("sqlite:///")
    damaged = tmp_path / "registry.sqlite"
    with sqlite3.connect(source) as old, sqlite3.connect(damaged) as new:
        old.backup(new)
    with sqlite3.connect(damaged) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in names.fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE batch SET author = 'somebody else'")
    connection.close()
    config = laboratory.config | {"registry": f"sqlite:///{damaged}"}
    (tmp_path / "config.yaml").write_text(yaml.safe_dump(config))
    told = verb("reanalyse", "status", "--check", "-c", str(tmp_path / "config.yaml"), code=1)
    assert "DAMAGED" in told


def test_a_scheduler_runs_the_workflows_target_and_it_leaves_a_dated_record(
    laboratory: Laboratory, tmp_path: Path
) -> None:
    before = json.loads(verb("reanalyse", "status", *config_of(laboratory), "--json"))["runs"]
    answer = subprocess.run(
        [
            sys.executable, "-m", "snakemake", "reanalyse", "--nolock",
            "--snakefile", str(ROOT / "Snakefile"),
            "--configfile", str(laboratory.folder / "config.yaml"),
            "--directory", str(tmp_path), "--cores", "2",
        ],
        capture_output=True, text=True, cwd=ROOT, env=environment(), check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    after = json.loads(verb("reanalyse", "status", *config_of(laboratory), "--json"))
    assert len(after["runs"]) == len(before) + 1
    assert after["quiet_since"] is not None
    said = answer.stdout + answer.stderr
    assert re.search(r"reanalyse: run \d{4}-\d\d-\d\d\.\d+: .*events 0", said)
    assert not re.search(r"\bC-[A-Z2-7]{12}", said)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_the_systemd_units_are_valid_and_the_timer_elapses_once_a_week(tmp_path: Path) -> None:
    for unit in SCHEDULES.glob("varinterp-reanalyse.*"):
        text = unit.read_text().replace("/srv/varinterp/.venv/bin/snakemake", sys.executable)
        (tmp_path / unit.name).write_text(text)
    units = sorted(str(path) for path in tmp_path.iterdir())
    assert [Path(unit).suffix for unit in units] == [".service", ".timer"]
    answer = systemd("verify", *units)
    assert (answer.returncode, answer.stderr) == (0, "")
    (calendar,) = re.findall(r"OnCalendar=(.*)", Path(units[1]).read_text())
    times = systemd("calendar", "--iterations=3", calendar).stdout
    days = [
        date.fromisoformat(day)
        for day in re.findall(r"(?:elapse|Iter\. #\d): \w{3} (\d{4}-\d\d-\d\d) 03:15:00 UTC", times)
    ]
    assert len(days) == 3
    assert {later - day for day, later in pairwise(days)} == {timedelta(days=7)}


def systemd(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *words],
        capture_output=True, text=True, check=False, env={**environment(), "TZ": "UTC"},
    )  # fmt: skip


def entries(name: str) -> Sequence[list[str]]:
    """The lines of a crontab that start something: five fields of time, and the command."""
    lines = (SCHEDULES / name).read_text().splitlines()
    return [
        line.split(maxsplit=5)
        for line in lines
        if line and not line.startswith("#") and not re.match(r"[A-Z_]+=", line)
    ]


@pytest.mark.parametrize("name", ["varinterp.cron", "varinterp.scrontab"])
def test_crontabs_have_five_fields_of_time_and_a_command_that_the_shell_can_read(
    name: str,
) -> None:
    found = entries(name)
    assert any("snakemake reanalyse" in fields[5] for fields in found)
    for *times, command in found:
        assert all(re.fullmatch(r"\*|\d{1,2}", field) for field in times)
        assert "%" not in command, "cron takes it for the end of the line"
        assert subprocess.run(["bash", "-n", "-c", command], check=False).returncode == 0


def test_cron_never_starts_a_run_beside_another() -> None:
    (command,) = (f[5] for f in entries("varinterp.cron") if "snakemake" in f[5])
    assert "flock -n" in command


def test_the_batch_script_is_a_script_and_names_one_job_at_a_time() -> None:
    script = SCHEDULES / "reanalyse.sbatch"
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
    text = script.read_text()
    assert "#SBATCH --dependency=singleton" in text
    assert "snakemake reanalyse" in text


@pytest.mark.parametrize("path", sorted(SCHEDULES.glob("*[!r]")), ids=lambda path: path.name)
def test_no_schedule_waits_for_the_analyses_of_families(path: Path) -> None:
    assert "snakemake reanalyse --nolock --cores" in path.read_text()


def test_every_schedule_is_in_the_how_to() -> None:
    page = (ROOT / "docs" / "how-to" / "reanalyse.md").read_text()
    for path in SCHEDULES.iterdir():
        assert f"schedules/{path.name}" in page
