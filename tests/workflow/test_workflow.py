"""The workflow as a laboratory runs it: finished once, killed, broken, repeated."""

import json
import os
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from demo_runs import (
    DEMO,
    ROOT,
    command,
    demo_config,
    environment,
    families,
    snakemake,
    write_config,
    write_sheet,
)
from varinterp.documents.case import read_case
from varinterp.pipeline.run import load_run
from varinterp.pipeline.stage import failures
from varinterp.registry.store import Registry

pytestmark = pytest.mark.xdist_group("workflow")

TWO = ("DEMO-V1", "DEMO-X1")


def laboratory(folder: Path, *names: str) -> Path:
    """A laboratory with some of the demo's families; returns its configuration file."""
    folder.mkdir(parents=True, exist_ok=True)
    sheet = write_sheet(folder / "samples.tsv", families(*names))
    return write_config(folder, samples=str(sheet))


def digests(results: Path) -> dict[str, str]:
    """Every result file but the registry's, by name."""
    return {
        str(path.relative_to(results)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(results.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of two families that finished."""
    folder = tmp_path_factory.mktemp("finished")
    done = snakemake(folder, laboratory(folder, *TWO))
    assert done.returncode == 0, done.stderr
    return folder


def test_every_family_gets_its_files_and_its_rows(finished: Path) -> None:
    run = load_run(demo_config(finished))
    registry = Registry.open(demo_config(finished)["registry"])
    for name in TWO:
        folder = run.folder(run.pseudonym(name))
        assert {path.name for path in folder.iterdir()} == {
            "refs.lock.yaml", "intake.json", "alleles.arrow", "normalised.counts.json",
            "variants.parquet", "candidates.parquet",
            "classified.json", "case.json", "case.phenopacket.json", "copy_number.json",
            "report.en.html", "report.fr.html", "stored.json", "registered.json",
        }  # fmt: skip
        result = read_case(folder / "case.json")
        stored = {recorded.digest for recorded in registry.current(result.case.id)}
        assert stored == {assessment.digest for assessment in result.assessments}


def test_run_again_reruns_nothing(finished: Path) -> None:
    before = digests(finished / "results")
    again = snakemake(finished, finished / "config.yaml", "--summary")
    assert again.returncode == 0, again.stderr
    repeated = snakemake(finished, finished / "config.yaml")
    assert "Nothing to be done" in repeated.stderr
    assert digests(finished / "results") == before


def test_a_family_added_to_the_sheet_reruns_nobody_else(finished: Path) -> None:
    sheet = finished / "samples.tsv"
    before = sheet.read_text()
    try:
        write_sheet(sheet, [*families("DEMO-C1"), *families(*TWO)])
        planned = snakemake(finished, finished / "config.yaml", "--dry-run")
    finally:
        sheet.write_text(before)
    assert planned.returncode == 0, planned.stderr
    lines = (line.split() for line in (planned.stdout + planned.stderr).splitlines())
    jobs = {words[0]: words[1] for words in lines if len(words) == 2}
    assert jobs["check"] == jobs["register"] == "1"


def test_another_run_elsewhere_gives_the_same_bytes(finished: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        command(tmp_path, laboratory(tmp_path, *TWO), "--cores", "1"),
        cwd=ROOT,
        env={**environment(), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert digests(tmp_path / "results") == digests(finished / "results")


def test_killed_and_run_again_gives_the_same_bytes(finished: Path, tmp_path: Path) -> None:
    config = laboratory(tmp_path, *TWO)
    for seconds in (6, 12):
        process = subprocess.Popen(
            command(tmp_path, config),
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    # A killed Snakemake leaves its lock on the folder, as it should.
    assert snakemake(tmp_path, config, "--unlock").returncode == 0
    done = snakemake(tmp_path, config, "--rerun-incomplete")
    assert done.returncode == 0, done.stderr
    assert digests(tmp_path / "results") == digests(finished / "results")


def test_one_family_fails_and_the_other_finishes(tmp_path: Path) -> None:
    rows = families(*TWO)
    broken = tmp_path / "broken.vcf"
    broken.write_text("##fileformat=VCFv4.2\nthis is no VCF\n")
    (row,) = (row for row in rows if row["family"] == "DEMO-X1")
    row["vcf"] = str(broken)
    config = write_config(tmp_path, samples=str(write_sheet(tmp_path / "samples.tsv", rows)))
    done = snakemake(tmp_path, config, "--keep-going")
    assert done.returncode == 1
    run = load_run({**demo_config(tmp_path), "samples": str(tmp_path / "samples.tsv")})
    good, bad = (run.pseudonym(name) for name in TWO)
    assert (run.folder(good) / "registered.json").is_file()
    assert {path.name for path in run.folder(bad).iterdir()} == {"refs.lock.yaml"}
    stage, lines = failures(tmp_path / "logs")[bad]
    assert stage == "check"
    assert lines[0].startswith("vcf 1:2: found")


def test_a_wrong_sheet_stops_before_anything_is_written(tmp_path: Path) -> None:
    rows = families(*TWO)
    rows[0]["sex"] = "woman"
    rows[1]["vcf"] = "nowhere.vcf.gz"
    config = write_config(tmp_path, samples=str(write_sheet(tmp_path / "samples.tsv", rows)))
    done = snakemake(tmp_path, config)
    assert done.returncode != 0
    assert "samples.tsv:2 [sex]" in done.stderr
    assert "samples.tsv:3 [vcf]" in done.stderr
    assert not (tmp_path / "results").exists()


def test_names_of_the_laboratory_stay_out_of_logs_and_results(tmp_path: Path) -> None:
    """Planted names are found in no artefact but the sheet and the report's own header."""
    rows = families("DEMO-V1")
    for row in rows:
        row["family"], row["person"] = "CANARY-FAMILY", "CANARY-PERSON"
    config = write_config(tmp_path, samples=str(write_sheet(tmp_path / "samples.tsv", rows)))
    done = snakemake(tmp_path, config)
    assert done.returncode == 0, done.stderr
    sample = rows[0]["sample"]
    leaks = [
        path
        for path in tmp_path.rglob("*")
        if path.is_file()
        and path.name != "samples.tsv"
        and any(word.encode() in path.read_bytes() for word in ("CANARY", sample))
    ]
    assert {path.name for path in leaks} <= {"report.en.html", "report.fr.html"}
    assert "CANARY" not in done.stderr + done.stdout


def test_a_new_version_of_the_software_reruns_every_stage(finished: Path, tmp_path: Path) -> None:
    """Snakemake does not see that a package's code changed: each rule carries the version."""
    (tmp_path / "sitecustomize.py").write_text(
        "import varinterp\nvarinterp.__version__ = '9.9.9'\n"
    )
    planned = subprocess.run(
        command(finished, finished / "config.yaml", "--dry-run"),
        cwd=ROOT,
        env={**environment(), "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert planned.returncode == 0, planned.stderr
    told = planned.stdout + planned.stderr
    lines = (line.split() for line in told.splitlines())
    jobs = {words[0]: words[1] for words in lines if len(words) == 2}
    for rule in ("check", "normalise", "annotate", "consequence", "classify", "prioritise"):
        assert jobs.get(rule) == "2", told
    assert "lock" not in jobs


def varinterp(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program as its user does."""
    return subprocess.run(
        [sys.executable, "-c", "from varinterp.cli.main import main; main()", *arguments],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def test_explain_says_why_two_alleles_in_cis_are_not_proposed(finished: Path) -> None:
    told = varinterp(
        "explain", "DEMO-X1", "chr22-20061538-G-A", "-c", str(finished / "config.yaml")
    )
    assert told.returncode == 0, told.stderr
    assert "same copy" in told.stdout


def test_explain_gives_the_numbers_of_a_common_allele(finished: Path) -> None:
    run = load_run(demo_config(finished))
    variants = pl.read_parquet(run.folder(run.pseudonym("DEMO-X1")) / "variants.parquet")
    common = variants.filter(pl.col("gate_carried") & ~pl.col("gate_rare")).row(0, named=True)
    allele = "-".join(str(common[part]) for part in ("chromosome", "position", "ref", "alt"))
    told = varinterp("explain", "DEMO-X1", allele, "-c", str(finished / "config.yaml"), "--json")
    trail = json.loads(told.stdout)
    steps = {step["name"]: step for step in trail["steps"]}
    assert steps["rare"]["passed"] is False
    assert dict(steps["rare"]["reason"]["facts"])["frequency"] == common["gate_frequency"]
    assert steps["candidate"]["passed"] is False


def test_report_again_gives_the_page_that_the_workflow_wrote(
    finished: Path, tmp_path: Path
) -> None:
    run = load_run(demo_config(finished))
    folder = run.folder(run.pseudonym("DEMO-V1"))
    page = tmp_path / "again.html"
    done = varinterp(
        "report", str(folder / "case.json"), "-o", str(page), "-l", "fr", "--label", "DEMO-V1"
    )
    assert done.returncode == 0, done.stderr
    assert page.read_bytes() == (folder / "report.fr.html").read_bytes()


def test_check_lists_every_fault_and_leaves_with_1(tmp_path: Path) -> None:
    rows = families(*TWO)
    rows[0]["hpo"] = "HP_0001250;Seizure"
    rows[1]["sex"] = "woman"
    config = write_config(tmp_path, samples=str(write_sheet(tmp_path / "samples.tsv", rows)))
    told = varinterp("check", "-c", str(config), "--json")
    assert told.returncode == 1
    answer = json.loads(told.stdout)
    assert answer["verdict"] == "reject"
    assert {fault["line"] for fault in answer["faults"]} == {2, 3}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--version",), 0),
        (("explain", "DEMO-X1", "not-an-allele"), 2),
        (("check", "--no-such-option"), 2),
        (("check", "--configfile", "nowhere.yaml"), 1),
        (("explain", "NOBODY", "22-20061538-G-A"), 1),
    ],
    ids=["version", "allele", "option", "config", "family"],
)
def test_exit_codes(arguments: tuple[str, ...], code: int) -> None:
    assert varinterp(*arguments).returncode == code


def test_dry_run_works_on_a_bare_clone(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    done = subprocess.run(
        ["snakemake", "-n", "--quiet"],
        cwd=clone,
        env={**environment(), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not (clone / "results").exists()


def test_demo_inputs_are_never_written_to() -> None:
    assert not [path for path in DEMO.rglob(".partial-*")]
