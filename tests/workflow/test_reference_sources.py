"""Every source of the catalogue: fetched from a local upstream, built, compared, locked, and used.

The upstream files are small, in the real formats, and of the demonstration's region.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from demo_runs import Stages, families, snakemake, write_config, write_sheet
from program import CliRunner, app
from upstream import listed_alleles
from upstream.everything import Dated, in_order, lay, write_catalogue
from upstream.server import Upstream, upstream
from varinterp.refs.catalogue import Catalogue, read_catalogue
from varinterp.refs.store import Store

pytestmark = pytest.mark.xdist_group("references")

DATES: Mapping[str, tuple[str, str]] = {
    "clinvar": ("2026-01-04", "2026-02-01"),
    "clingen_dosage": ("2025-07-01", "2026-02-02"),
    "clingen_validity": ("2025-07-01", "2026-02-09"),
    "hpo": ("2025-01-16", "2025-05-06"),
    "mondo_mappings": ("2026-05-05", "2026-08-04"),
    "orphanet_product6": ("2025-06-24", "2025-12-09"),
}
"""Days that the files state themselves."""
OTHERS = ("2026-01-05", "2026-07-06")
CATALOGUE = read_catalogue(Path(__file__).parents[2] / "resources" / "sources.yaml")
SOURCES = in_order(CATALOGUE)


@dataclass(frozen=True)
class Laboratory:
    """A laboratory with a folder of its own and an upstream that it can reach."""

    folder: Path
    server: Upstream
    catalogue: Catalogue

    @property
    def configfile(self) -> Path:
        return self.folder / "config.yaml"

    @property
    def store(self) -> Store:
        return Store(self.folder / "refs")

    def call(self, *arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(app, ["refs", *arguments, "-c", str(self.configfile)])
        assert done.exit_code == code, f"{arguments}: {done.output} {done.exception}"
        return done.output

    def bring(self, name: str, dated: Dated, *, later: bool) -> str:
        """Fetch and build a release from what upstream has of it; return what build printed."""
        release, day = dated
        source = self.catalogue[name]
        work = self.folder / "upstream" / name / release
        laid = lay(self.server, work, name, source, dated, later)
        named = ("--dated", day.isoformat(), "--release", release)
        if laid.on_server:
            mirrors = [
                argument
                for pair in self.server.mirrors(self.catalogue.hosts).items()
                for argument in ("--mirror", "=".join(pair))
            ]
            self.call("fetch", name, *named, *mirrors)
        given = [f"{role}={path}" for role, paths in laid.given.items() for path in paths]
        files = [argument for text in given for argument in ("--file", text)]
        return self.call("build", name, *named, *files)


def dated(name: str, later: bool) -> Dated:
    day = DATES.get(name, OTHERS)[later]
    return day, date.fromisoformat(day)


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    """A laboratory that built two releases of every source."""
    folder = tmp_path_factory.mktemp("laboratory")
    catalogue = write_catalogue(folder / "sources.yaml")
    write_config(
        folder,
        samples=str(write_sheet(folder / "samples.tsv", families("DEMO-T1"))),
        references=str(folder / "refs"),
        lock=str(folder / "refs.lock.yaml"),
        catalogue=str(folder / "sources.yaml"),
    )
    with upstream(folder / "www") as server:
        found = Laboratory(folder, server, catalogue)
        for name in SOURCES:
            found.bring(name, dated(name, False), later=False)
        for name in SOURCES:
            found.bring(name, dated(name, True), later=True)
        yield found


@pytest.mark.parametrize("name", SOURCES)
def test_both_releases_of_a_source_were_admitted_and_are_sound(
    laboratory: Laboratory, name: str
) -> None:
    first, second = dated(name, False)[0], dated(name, True)[0]

    assert [release.manifest.release for release in laboratory.store.releases(name)] == [
        first,
        second,
    ]
    current = laboratory.store.current(name)
    assert current is not None
    assert current.manifest.release == second
    assert current.manifest.origin is not None
    for file in current.manifest.origin.upstream:
        assert file.url is None or file.url.startswith("http")
    laboratory.call("verify", f"{name}@{first}", f"{name}@{second}")


@pytest.mark.parametrize("name", SOURCES)
def test_the_two_releases_of_a_source_differ_in_what_was_changed(
    laboratory: Laboratory, name: str
) -> None:
    first, second = dated(name, False)[0], dated(name, True)[0]

    said = json.loads(laboratory.call("diff", f"{name}@{first}", f"{name}@{second}", "--json"))
    itself = json.loads(laboratory.call("diff", f"{name}@{first}", f"{name}@{first}", "--json"))

    assert said["changed_keys"] > 0, name
    assert itself["changed_keys"] == 0


def test_fetching_again_asks_only_whether_anything_is_new(laboratory: Laboratory) -> None:
    name = "mane"
    before = len(laboratory.server.asked)
    laboratory.bring(name, dated(name, True), later=True)

    again = laboratory.server.asked[before:]
    assert again
    assert all("if-none-match" in asked.headers or "if-modified-since" in asked.headers
               for asked in again)  # fmt: skip


def test_a_build_again_is_the_release_that_is_there(laboratory: Laboratory) -> None:
    assert "was admitted before" in laboratory.bring("mane", dated("mane", True), later=True)


def test_nothing_but_the_catalogue_is_in_a_request(laboratory: Laboratory) -> None:
    for asked in laboratory.server.asked:
        assert asked.body == b""
        assert set(asked.headers) <= {
            "host", "user-agent", "accept", "accept-encoding", "connection", "range", "if-range",
            "if-none-match", "if-modified-since",
        }  # fmt: skip


def test_small_files_do_not_pass_the_gate_of_the_real_catalogue(
    laboratory: Laboratory, tmp_path: Path
) -> None:
    document: dict[str, Any] = yaml.safe_load(laboratory.configfile.read_text())
    shutil.copy(laboratory.configfile, tmp_path / "config.yaml")
    document["catalogue"] = str(Path(__file__).parents[2] / "resources" / "sources.yaml")
    document["references"] = str(tmp_path / "refs")
    (tmp_path / "config.yaml").write_text(yaml.safe_dump(document))
    (gencc,) = laboratory.folder.glob("refs/.fetched/gencc/2026-01-05/*/*")

    done = CliRunner().invoke(
        app,
        ["refs", "build", "gencc", "--dated", "2026-01-05", "--file", f"submissions={gencc}",
         "-c", str(tmp_path / "config.yaml")],
    )  # fmt: skip

    assert done.exit_code == 1
    assert "was refused; nothing that was there has changed" in done.output
    assert "expected at least" in done.output
    assert Store(tmp_path / "refs").current("gencc") is None


def test_a_family_is_analysed_with_what_was_built(laboratory: Laboratory) -> None:
    laboratory.call("lock")

    lock = yaml.safe_load((laboratory.folder / "refs.lock.yaml").read_text())
    assert {"clinvar", "gnomad", "hpo", "mane", "vep", "gene_disease"} <= set(lock["releases"])
    result = Stages(yaml.safe_load(laboratory.configfile.read_text())).case("DEMO-T1")
    used = {release.source: release.release for release in result.releases}
    assert used["clinvar"] == dated("clinvar", True)[0]
    assert any(
        result.candidate(place.keys[0]).consequence.gene == "TANGO2" for place in result.ranking
    )


def test_the_workflow_fetches_and_builds_the_updates_in_order(
    laboratory: Laboratory, tmp_path: Path
) -> None:
    """MANE, then ClinVar that is built with it, and a file of the laboratory's own."""
    mirrors = laboratory.server.mirrors(laboratory.catalogue.hosts)
    own = listed_alleles.write(tmp_path / "own")["list"]
    updates: dict[str, Any] = {
        name: {"release": dated(name, True)[0], "dated": dated(name, True)[1], "mirrors": mirrors}
        for name in ("mane", "clinvar")
    }
    updates["listed_alleles"] = {
        "release": "own", "dated": date(2026, 7, 6), "files": {"list": [str(own[0])]}
    }  # fmt: skip
    config = write_config(
        tmp_path,
        references=str(tmp_path / "refs"),
        catalogue=str(laboratory.folder / "sources.yaml"),
        updates=updates,
    )

    done = snakemake(tmp_path, config, "references")

    assert done.returncode == 0, done.stderr
    store = Store(tmp_path / "refs")
    clinvar = store.current("clinvar")
    assert clinvar is not None
    assert clinvar.manifest.origin is not None
    assert clinvar.manifest.origin.needs == {"mane": dated("mane", True)[0]}
    assert store.current("listed_alleles") is not None
    again = snakemake(tmp_path, config, "references", "--dry-run")
    assert "Nothing to be done" in again.stdout + again.stderr


def test_a_refused_update_stops_with_its_reasons_and_leaves_the_others(
    laboratory: Laboratory, tmp_path: Path
) -> None:
    lists = listed_alleles.write(tmp_path / "own")["list"]
    bad = tmp_path / "bad.tsv"
    bad.write_text("no such columns\n")
    day = date(2026, 7, 6)
    config = write_config(
        tmp_path,
        references=str(tmp_path / "refs"),
        catalogue=str(laboratory.folder / "sources.yaml"),
        updates={
            "listed_alleles": {"release": "a", "dated": day, "files": {"list": [str(lists[0])]}},
            "local_frequency": {"release": "a", "dated": day, "files": {"table": [str(bad)]}},
        },
    )

    done = snakemake(tmp_path, config, "references", "--keep-going")

    assert done.returncode == 1
    (log,) = (tmp_path / "logs" / "references").glob("local_frequency@a.build.log")
    assert "local_frequency@a was refused" in log.read_text()
    store = Store(tmp_path / "refs")
    assert store.current("listed_alleles") is not None
    assert store.current("local_frequency") is None
