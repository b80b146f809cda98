"""`varinterp refs` at the terminal, on a copy of the demonstration's releases."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from demo_runs import DEMO, write_config
from program import CliRunner, app
from registry_builders import assessment, label, register, result
from varinterp.refs.lock import read_lock
from varinterp.registry.store import Registry


@pytest.fixture
def configfile(tmp_path: Path) -> Path:
    """A configuration with releases and a lock of its own."""
    shutil.copytree(DEMO / "refs", tmp_path / "refs")
    shutil.copy(DEMO / "refs.lock.yaml", tmp_path / "refs.lock.yaml")
    return write_config(
        tmp_path,
        references=str(tmp_path / "refs"),
        lock=str(tmp_path / "refs.lock.yaml"),
    )


def call(configfile: Path, *arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["refs", *arguments, "--configfile", str(configfile)])
    assert done.exit_code == code, done.output or done.exception
    return done.output


def test_the_list_marks_the_current_release_and_says_who_may_use_a_source(
    configfile: Path,
) -> None:
    entries = {entry["source"]: entry for entry in json.loads(call(configfile, "list", "--json"))}

    assert entries["clinvar"]["releases"] == ["2015-02-03", "2017-04-04"]
    assert entries["clinvar"]["current"] == "2017-04-04"
    assert entries["revel"]["commercial_use"] == "not_allowed"
    assert entries["disease_phenotypes"]["title"] == "not in the catalogue"
    assert "2017-04-04*" in call(configfile, "list")


def test_a_changed_byte_is_found(configfile: Path) -> None:
    assert "0 damaged" in call(configfile, "verify")
    path = configfile.parent / "refs" / "clinvar" / "2017-04-04" / "alleles.parquet"
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)

    said = call(configfile, "verify", code=1)

    assert "clinvar@2017-04-04: alleles.parquet was changed since it was built" in said
    assert "1 damaged" in said


def test_two_dated_releases_are_compared_by_kind(configfile: Path) -> None:
    out = configfile.parent / "changes.tsv"

    said = json.loads(
        call(configfile, "diff", "clinvar@2015-02-03", "clinvar", "--out", str(out), "--json")
    )

    assert said["new"] == "clinvar@2017-04-04"
    kinds = {(found["facts"], found["kind"]): found["changes"] for found in said["kinds"]}
    assert (kinds["clinvar", "added"], kinds["clinvar", "removed"]) == (6, 1)
    lines = out.read_text().splitlines()
    assert lines[0].split("\t")[:3] == ["source", "key", "kind"]
    assert len(lines) - 1 == sum(kinds.values())


def test_a_lock_takes_what_is_current_or_moves_one_source(configfile: Path) -> None:
    lock = configfile.parent / "refs.lock.yaml"

    call(configfile, "lock", "clinvar=2015-02-03")
    moved = read_lock(lock)
    call(configfile, "lock")
    whole = read_lock(lock)

    assert moved.releases == read_lock(DEMO / "refs.lock.yaml").releases | {"clinvar": "2015-02-03"}
    assert set(moved.content) == set(moved.releases)
    assert whole.releases["clinvar"] == "2017-04-04"


def test_a_lock_of_a_release_that_is_not_there_changes_nothing(configfile: Path) -> None:
    lock = configfile.parent / "refs.lock.yaml"
    before = lock.read_bytes()

    done = CliRunner().invoke(
        app, ["refs", "lock", "clinvar=1999-01-01", "--configfile", str(configfile)]
    )

    assert "no release clinvar@1999-01-01" in str(done.exception)
    assert lock.read_bytes() == before


def test_a_recall_lists_what_was_concluded_and_is_seen_by_status_and_lock(
    configfile: Path,
) -> None:
    registry = Registry.open(yaml.safe_load(configfile.read_text())["registry"])
    used = (label("clinvar", "2017-04-04"), label("gnomad"), label("mane"))
    register(registry, result([assessment()], releases=used), datetime(2026, 7, 4, tzinfo=UTC))

    said = call(configfile, "recall", "clinvar@2017-04-04", "--reason", "half of it is missing")

    assert "1 conclusion(s) of 1 case(s) read it" in said
    assert "current is now clinvar@2015-02-03" in said
    assert "THE LOCKED RELEASE IS RECALLED" in " ".join(call(configfile, "status", code=1).split())
    refused = CliRunner().invoke(
        app, ["refs", "lock", "clinvar=2017-04-04", "--configfile", str(configfile)]
    )
    assert "was recalled on" in str(refused.exception)
    call(configfile, "lock")
    assert read_lock(configfile.parent / "refs.lock.yaml").releases["clinvar"] == "2015-02-03"


def test_what_a_conclusion_used_is_never_collected(configfile: Path) -> None:
    registry = Registry.open(yaml.safe_load(configfile.read_text())["registry"])
    used = (label("clinvar", "2015-02-03"), label("gnomad"), label("mane"))
    register(registry, result([assessment()], releases=used), datetime(2026, 7, 4, tzinfo=UTC))

    listed = call(configfile, "gc", "--keep", "1")
    removed = call(configfile, "gc", "--keep", "1", "--remove")

    assert listed.split() == ["gene_disease@2015-02-03:", "unused", "gene_disease@2017-04-04:",
                              "unused"]  # fmt: skip
    assert removed.count("removed") == 2
    folder = configfile.parent / "refs"
    assert (folder / "clinvar" / "2015-02-03").is_dir()
    assert not (folder / "gene_disease" / "2015-02-03").exists()
    assert call(configfile, "gc", "--keep", "1") == ""
