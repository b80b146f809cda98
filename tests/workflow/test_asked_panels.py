"""A family with panels and an onset, from the sheet to case.json, its Phenopacket and `explain`."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from demo_runs import DEMO, ROOT, Stages, demo_config, families, write_sheet
from program import CliRunner, app
from varinterp.errors import InputError
from varinterp.model.case import CaseResult, Part, Tier
from varinterp.model.panel import PanelLevel, PanelUse
from varinterp.pipeline.job import Job
from varinterp.pipeline.stages import report
from varinterp.sources.phenopacket import read_phenopacket

FAMILY = "DEMO-T1"
PANELS = """panel\tversion\ttitle\thgnc\tgene\tlevel
crises\t1.2\tMetabolic crises\tHGNC:25439\tTANGO2\tgreen
goitre\t3\tGoitre\tHGNC:2847\tDGCR8\tgreen
goitre\t3\tGoitre\tHGNC:25439\tTANGO2\tred
"""


@dataclass(frozen=True)
class Asked:
    folder: Path
    config: dict[str, Any]

    @property
    def file(self) -> Path:
        return self.folder / "config.yaml"


def asked(folder: Path, panel: str, use: str, onset: str = "") -> Asked:
    """Write a configuration whose one family asks for panels."""
    rows = families(FAMILY)
    for row in rows:
        proband = row["proband"] == "yes"
        row |= {
            "panel": panel if proband else "",
            "panel_use": use if proband else "",
            "onset": onset if proband else "",
        }
    shutil.copytree(DEMO / "refs", folder / "refs")
    lock = yaml.safe_load((DEMO / "refs.lock.yaml").read_text())
    lock["releases"]["panels"] = "2026-11-01"
    (folder / "lock.yaml").write_text(yaml.safe_dump(lock))
    (folder / "panels.tsv").write_text(PANELS)
    config = demo_config(folder) | {
        "samples": str(write_sheet(folder / "samples.tsv", rows)),
        "references": str(folder / "refs"),
        "lock": str(folder / "lock.yaml"),
        "catalogue": str(ROOT / "resources" / "sources.yaml"),
    }
    found = Asked(folder, config)
    found.file.write_text(yaml.safe_dump(config))
    build = ["refs", "build", "panels", "--dated", "2026-11-01"]
    build += ["--file", f"list={folder / 'panels.tsv'}", "-c", str(found.file)]
    done = CliRunner().invoke(app, build)
    assert done.exit_code == 0, done.output
    return found


@pytest.fixture(scope="module")
def boosted(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    folder = tmp_path_factory.mktemp("boosted")
    return asked(folder, "crises;HP:0003201", "boost", "Infantile onset")


@pytest.fixture(scope="module")
def result(boosted: Asked) -> CaseResult:
    return Stages(boosted.config).case(FAMILY)


def test_panels_and_onset_come_from_the_sheet_into_the_case(result: CaseResult) -> None:
    assert result.case.phenotype.onset == "HP:0003593"
    assert result.term_names["HP:0003593"] == "Infantile onset"
    own, derived = result.panels
    assert (own.title, own.version, own.size, own.asked.use) == (
        "Metabolic crises", "1.2", 1, PanelUse.BOOST,
    )  # fmt: skip
    assert own.level("HGNC:25439") is derived.level("HGNC:25439") is PanelLevel.GREEN
    assert derived.version == "2025-01-16"
    first = result.ranking[0]
    assert (first.keys[0].gene, first.tier) == ("HGNC:25439", Tier.PROPOSED)
    (panel,) = [each for each in first.contributions if each.part is Part.PANEL]
    assert panel.log_odds == 1
    assert panel.reason["panel"] == "Metabolic crises"
    assert result.ranked_by["rank.panel"].value == 1


def test_a_filter_sets_a_gene_aside_with_its_reason_and_loses_nothing(tmp_path: Path) -> None:
    found = Stages(asked(tmp_path, "goitre", "filter").config).case(FAMILY)
    assert found.ranking
    assert Tier.PROPOSED not in {place.tier for place in found.ranking}
    place = next(each for each in found.ranking if each.keys[0].gene == "HGNC:25439")
    assert (place.tier, place.reason.key) == (Tier.NOT_RETAINED, "tier.outside_panel_level")
    assert place.reason["panel_level"] == "red"


def test_a_panel_that_nobody_holds_is_refused_at_the_gate(tmp_path: Path) -> None:
    wrong = asked(tmp_path, "crisis;panelapp_uk:402", "")
    told = json.loads(CliRunner().invoke(app, ["check", "-c", str(wrong.file), "--json"]).output)
    faults = [each for each in told["faults"] if each["rule"] == "intake.panel"]
    assert told["verdict"] == "reject"
    assert [each["found"].partition(",")[0] for each in faults] == ["crisis", "panelapp_uk:402"]
    assert {(each["line"], each["column"]) for each in faults} == {(2, "panel")}
    with pytest.raises(InputError):
        Stages(wrong.config).case(FAMILY)


def test_the_phenopacket_of_a_run_is_read_back(
    boosted: Asked, result: CaseResult, tmp_path: Path
) -> None:
    run = Stages(boosted.config).run
    family = run.pseudonym(FAMILY)
    folder = run.folder(family)
    inputs = {"case": folder / "case.json", "copy_numbers": folder / "copy_number.json"}
    pages = [tmp_path / "report.en.html", tmp_path / "report.fr.html"]
    outputs = {"pages": pages, "packet": tmp_path / "p.json"}
    report.run(Job(boosted.config, family, inputs, outputs))
    assert all("Metabolic crises" in page.read_text() for page in pages)
    found = read_phenopacket(tmp_path / "p.json")
    assert found.onset is not None
    assert found.onset.text == result.case.phenotype.onset
    assert {term.text for term in found.terms if not term.excluded} == set(
        result.case.phenotype.observed
    )
    text = (tmp_path / "p.json").read_text()
    assert "DEMO-T1" not in text
    assert "OMIM:616878" in text


def told(boosted: Asked, gene: str, *more: str) -> str:
    done = CliRunner().invoke(
        app, ["explain", FAMILY, "--gene", gene, "-c", str(boosted.file), *more]
    )
    assert done.exit_code == 0, f"{done.output}\n{done.exception}"
    return done.output


def test_a_gene_is_explained_by_symbol_or_id(boosted: Asked, result: CaseResult) -> None:
    document = json.loads(told(boosted, "TANGO2", "--json"))
    assert document == json.loads(told(boosted, "HGNC:25439", "--json"))
    assert document["answer"]["proposed"] is True
    assert document["files"] is True
    other = told(boosted, "DGCR8")
    assert "HGNC:2847" in other
    assert other != told(boosted, "DGCR8", "--language", "fr")


def test_a_gate_that_an_allele_of_the_gene_failed_is_named_with_its_answer(boosted: Asked) -> None:
    assert "\n    no  Rare: Filtering allele frequency" in told(boosted, "TANGO2")
    french = told(boosted, "TANGO2", "--language", "fr")
    assert "\n   non  Rare\N{NO-BREAK SPACE}: Fréquence allélique filtrante" in french


def test_a_gene_that_nobody_knows_and_a_gene_with_an_allele_are_refused(boosted: Asked) -> None:
    asked_for = ["explain", FAMILY, "-c", str(boosted.file)]
    unknown = CliRunner().invoke(app, [*asked_for, "--gene", "NOSUCH"])
    assert isinstance(unknown.exception, InputError)
    assert CliRunner().invoke(app, [*asked_for, "22-1-A-T", "--gene", "TANGO2"]).exit_code == 2
    assert CliRunner().invoke(app, asked_for).exit_code == 2
