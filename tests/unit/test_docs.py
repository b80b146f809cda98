"""The documents say what the program does: fields, verbs, criteria, numbers, links, examples."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import pages
from demo_runs import DEMO, ROOT
from pages import DOCS, PAGES, blocks, rows, section, text
from program import CliRunner, app, verb_names
from upstream import listed_alleles
from varinterp import __version__
from varinterp.acmg.assess import DECISIONS
from varinterp.model.evidence import WITHDRAWN, Criterion
from varinterp.phenotype.ontology import Ontology
from varinterp.pipeline.config import Settings
from varinterp.refs.lock import read_lock
from varinterp.refs.store import Store
from varinterp.sources.gene_spec_rules import OWN
from varinterp.sources.hpo import read_ontology
from varinterp.sources.hpo_terms import check_terms
from varinterp.sources.rules import read_rules
from varinterp.sources.sample_sheet import SampleSheet, read_sheet
from varinterp.sources.sheet_rules import COLUMNS, REQUIRED

CONFIGURING = text(ROOT / "config" / "README.md")
CRITERIA = text(DOCS / "explanation" / "criteria.md")
RULES = read_rules(ROOT / "resources" / "rules" / "core-v1.yaml").values
VERBS = verb_names()
SHEETS = blocks(CONFIGURING, "tsv")
PARTS = ("**guideline.**", "**met**", "**not met**", "**not assessed**", "**limits")
OUTSIDE = (r"\.\./shared", r"/work/", r"\bsessions?\b", r"(?<!vepyr )issue #?\d", r"/issues/")


# The configuration and the sample sheet


def test_every_field_of_the_configuration_is_described_with_its_default() -> None:
    described = rows(section(CONFIGURING, "## The configuration"))

    assert {row[0].strip("`"): row[1] for row in described} == {
        name: _default(name) for name in Settings.model_fields
    }


def _default(name: str) -> str:
    field = Settings.model_fields[name]
    if field.is_required():
        return "required"
    values = field.default if isinstance(field.default, tuple) else (field.default,)
    return ", ".join(f"`{value}`" for value in values)


def test_every_column_of_the_sample_sheet_is_described() -> None:
    described = rows(section(CONFIGURING, "## The sample sheet"))

    assert [row[0].strip("`") for row in described] == list(COLUMNS)
    assert tuple(row[0].strip("`") for row in described if row[1] == "required") == REQUIRED


def test_the_example_sheet_has_every_column_and_is_read(tmp_path: Path) -> None:
    example = text(ROOT / "config" / "samples.example.tsv")
    header = next(line for line in example.splitlines() if not line.startswith("#"))

    assert header.split("\t") == list(COLUMNS)
    assert len(_read(example, tmp_path).families) == 1


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return read_ontology(DEMO / "refs" / "hpo" / "2025-01-16")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda text: text.splitlines()[1].split("\t")[0])
def test_a_sheet_of_the_page_is_read_without_a_warning(
    sheet: str, tmp_path: Path, ontology: Ontology
) -> None:
    found = _read(sheet, tmp_path)

    assert found.warnings == ()
    for family in found.families:
        checked = check_terms(family.terms, ontology)
        assert checked.phenotype.observed
        assert checked.warnings == ()


def _read(sheet: str, folder: Path) -> SampleSheet:
    """Read a sheet beside the small files of the page and empty VCFs."""
    for name, content in pages.named_blocks(CONFIGURING).items():
        (folder / name).write_text(content, "utf-8")
    (folder / "vcf").mkdir()
    for name in set(re.findall(r"vcf/\S+", sheet)):
        (folder / name).touch()
    path = folder / "samples.tsv"
    path.write_text(sheet, "utf-8")
    return read_sheet(path)


def test_there_is_a_sheet_for_every_kind_of_family() -> None:
    kinds = re.findall(r"^### (.*)$", CONFIGURING, re.MULTILINE)

    assert len(SHEETS) == len(kinds) == 9


def test_the_lock_of_the_page_is_one_and_names_what_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "refs.lock.yaml"
    (lock,) = blocks(section(CONFIGURING, "## The lock"), "yaml")
    path.write_text(lock, "utf-8")
    demo = read_lock(DEMO / "refs.lock.yaml").releases

    assert set(read_lock(path).releases) == set(demo) - {"disease_phenotypes"}


# The command line


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_and_examples(verb: str) -> None:
    shown = CliRunner().invoke(app, [*verb.split(), "--help"])

    assert shown.exit_code == 0
    assert f"varinterp {verb}" in shown.output.partition("Examples:")[2]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_reference_with_every_parameter_explained(verb: str) -> None:
    described = section(text(DOCS / "reference" / "cli.md"), f"## `varinterp {verb}`")

    assert all(row[-1] for row in rows(described))
    assert f"\nvarinterp {verb}" in described.partition("Examples:")[2]


@pytest.mark.parametrize("path", PAGES, ids=pages.name)
def test_a_command_that_a_page_names_is_a_verb(path: Path) -> None:
    for verb in re.findall(r"(?:`|bin/|^ {4,6})varinterp ([a-z]+)", text(path), re.MULTILINE):
        assert verb in {name.partition(" ")[0] for name in VERBS}


# The criteria


def test_every_criterion_that_is_built_has_its_section() -> None:
    titles = [
        title for title in pages.HEADING.findall(CRITERIA) if re.match(r"[BP][A-Z]+\d: ", title)
    ]

    assert sorted(title.partition(":")[0] for title in titles) == sorted(DECISIONS)
    for title in titles:
        said = section(CRITERIA, f"### {title}").casefold()
        assert [part for part in PARTS if part not in said] == [], title


def test_every_criterion_that_is_not_built_is_in_the_table() -> None:
    part = section(CRITERIA, "## Not built")
    listed = [code for row in rows(part) for code in row[0].split(", ")]

    assert sorted(listed) == sorted(set(Criterion) - set(DECISIONS) - WITHDRAWN)
    assert all(code in part for code in WITHDRAWN)


def test_every_rule_of_the_criteria_is_named_with_its_value() -> None:
    families = {key.partition(".")[0] for key in RULES} - {
        "gate",
        "rank",
        "copy_number",
        "inheritance",
        "phenotype",
    }
    keys = "|".join(sorted(families))
    named = re.findall(rf"`((?:{keys})\.[a-z0-9_.]+)`(?: \(([^)]+)\))?", CRITERIA)

    ours = {key for key in RULES if key.partition(".")[0] in families}
    assert {key for key, _ in named} - OWN.keys() == ours
    for key, value in named:
        if key in OWN:
            continue
        assert not value or _same(value, RULES[key].value), f"{key} is {RULES[key].value}"


def test_every_rule_of_copy_numbers_is_named_with_its_value() -> None:
    page = text(DOCS / "explanation" / "copy-numbers.md")
    named = re.findall(r"`(copy_number\.[A-Za-z0-9_.-]+)`\s+\(([^)]+)\)", page)

    assert {key for key, _ in named} == {key for key in RULES if key.startswith("copy_number.")}
    assert [key for key, value in named if not _same(value, RULES[key].value)] == []


def test_every_rule_of_inheritance_is_named_with_its_value() -> None:
    page = text(DOCS / "explanation" / "inheritance.md")
    named = re.findall(r"`((?:inheritance|de_novo|flag)\.[a-z_.]+)`\s+\(([^)]+)\)", page)

    assert {key for key, _ in named} >= {key for key in RULES if key.startswith("inheritance.")}
    assert [key for key, value in named if not _same(value, RULES[key].value)] == []


def test_every_rule_of_the_ranking_is_named_with_its_value_and_source() -> None:
    page = text(DOCS / "explanation" / "ranking.md")
    named = dict(re.findall(r"^\| `(rank\.[a-z0-9_.]+)` \(([^)]+)\) \|", page, re.MULTILINE))

    assert named.keys() == {key for key in RULES if key.startswith("rank.")}
    for key, value in named.items():
        held = RULES[key].value
        assert _same(value, ", ".join(held) if isinstance(held, tuple) else held), key


def test_every_rule_of_the_phenotype_is_named() -> None:
    page = text(DOCS / "explanation" / "phenotype.md")
    named = set(re.findall(r"`(phenotype\.[a-z_.…]+)`", page)) - {"phenotype.hpoa"}

    stated = {key for key in RULES if key.startswith("phenotype.")}
    weights = {key for key in stated if key.startswith("phenotype.logistic.")}
    assert named == (stated - weights) | {"phenotype.logistic.…"}


def _same(written: str, value: float | str | tuple[str, ...]) -> bool:
    return float(written) == value if isinstance(value, float | int) else written == value


# The how-to pages


def test_the_python_of_the_page_on_releases_runs_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _inputs(tmp_path)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for block in blocks(text(DOCS / "how-to" / "add-a-reference-release.md"), "python"):
        exec(compile(block, "add-a-reference-release.md", "exec"), names)  # noqa: S102

    assert names["outcome"].problems == ()
    assert [release.name for release in Store(Path("refs")).releases("listed_alleles")] == [
        "listed_alleles@2026-11-22"
    ]


def _inputs(folder: Path) -> None:
    """Put the files that the page names into a folder."""
    reference = DEMO / "reference" / "GRCh38.chr22.demo.fa.gz"
    for end in ("", ".fai", ".gzi"):
        (folder / f"GRCh38.fa.gz{end}").symlink_to(f"{reference}{end}")
    (folder / "sources.yaml").symlink_to(ROOT / "resources" / "sources.yaml")
    listed_alleles.write(folder)


# Every page


@pytest.mark.parametrize("path", PAGES, ids=pages.name)
def test_every_link_inside_the_repository_leads_somewhere(path: Path) -> None:
    for target, anchor in pages.targets(path):
        assert target.exists(), f"{target} is not there"
        assert not anchor or anchor in pages.anchors(target), f"{target}#{anchor} is not there"


@pytest.mark.parametrize("path", PAGES, ids=pages.name)
def test_no_page_speaks_of_what_is_not_in_the_repository(path: Path) -> None:
    assert [each for each in OUTSIDE if re.search(each, text(path), re.IGNORECASE)] == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path.is_dir():
            waiting += path.glob("*.md")
        elif path.suffix == ".md" and path not in seen:
            seen.add(path)
            waiting += [target for target, _ in pages.targets(path)]

    assert set(DOCS.rglob("*.md")) <= seen


def test_the_change_log_and_the_citation_are_of_this_version() -> None:
    first = re.search(r"^## (\S+)", text(ROOT / "CHANGELOG.md"), re.MULTILINE)

    assert first is not None
    assert first[1] == __version__
    assert yaml.safe_load(text(ROOT / "CITATION.cff"))["version"] == __version__
