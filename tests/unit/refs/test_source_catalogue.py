"""The shipped catalogue is whole and sound, and what a catalogue may not hold is refused."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from demo_runs import ROOT
from fetching import LICENCE
from varinterp.cli.reference.sources import sources_document
from varinterp.errors import InputError, ReleaseError
from varinterp.model import facts
from varinterp.model.reads import Fact
from varinterp.pipeline.references.adapters import ADAPTERS
from varinterp.refs.catalogue import CommercialUse, Source, UpstreamFile, read_catalogue
from varinterp.refs.fetching.plan import planned
from varinterp.refs.fetching.upstream_format import FORMATS

SHIPPED = ROOT / "resources" / "sources.yaml"
CATALOGUE = read_catalogue(SHIPPED)
SOURCES = CATALOGUE.sources
PAGE = sources_document()
DAY = date(2026, 11, 15)
REDIRECTS = {"release-assets.githubusercontent.com", "objects.githubusercontent.com"}
"""Hosts that no address names: where github.com sends a download."""
UNVERSIONED = ("unversioned", "named by the day", "one release")
ROLES = re.compile(r"""material\.(?:one|every|optional)\(\s*"(\w+)"\s*\)""")


def _fetched(name: str) -> Iterator[tuple[str, UpstreamFile]]:
    yield from ((role, file) for role, file in SOURCES[name].files.items() if file.url)


FETCHED = [name for name in SOURCES if any(_fetched(name))]
each = pytest.mark.parametrize("name", SOURCES)
each_fetched = pytest.mark.parametrize("name", FETCHED)


# What is shipped


def test_every_source_of_the_reference_is_there() -> None:
    assert SOURCES.keys() >= {
        "alphamissense", "cadd", "clingen_dosage", "clingen_validity", "clinvar", "curation",
        "gencc", "gene2phenotype", "gene_disease", "gnomad", "gnomad_constraint", "gnomad_exomes",
        "gnomad_genomes", "hpo", "lab_variants", "listed_alleles",
        "local_frequency", "mane", "mitomap", "mondo_mappings", "orphanet_product6", "own_cases",
        "panelapp_au", "panelapp_uk", "phylop", "revel", "spliceai", "vep",
    }  # fmt: skip


@each
def test_a_source_says_what_it_is_on_what_terms_and_how_often(name: str) -> None:
    source = SOURCES[name]
    texts = (source.title, source.description, source.licence.name, source.citation, source.cadence)
    assert all(text.strip() and not text.endswith(".") for text in texts)
    assert len(source.description) <= 100
    if name in FETCHED:
        assert source.homepage.startswith("https://")
        assert source.licence.url.startswith("https://")
        assert source.licence.attribution
        assert re.search(r"PMID:\d{7,8}|doi:10\.", source.citation)


@each
def test_a_source_has_an_adapter_of_varinterp(name: str) -> None:
    assert (SOURCES[name].adapter or name) in ADAPTERS


@each
def test_an_adapter_asks_for_roles_that_the_catalogue_has(name: str) -> None:
    source = SOURCES[name]
    module = ROOT / "src/varinterp/pipeline/references" / f"{source.adapter or name}.py"
    asked = set(ROLES.findall(module.read_text("utf-8")))
    assert source.files or source.needs
    if source.adapter is None:
        assert asked <= source.files.keys()


@each
def test_a_source_answers_facts_of_its_own_or_that_the_criteria_read(name: str) -> None:
    """A part of what criteria read has a name below it, such as ``hpo.term``."""
    read = {
        fact.source
        for value in vars(facts).values()
        for fact in (value.values() if isinstance(value, dict) else [value])
        if isinstance(fact, Fact)
    }
    known = read | {fact.partition(".")[0] for fact in read} | {"constraint", "curation", "mondo"}
    for fact in SOURCES[name].facts:
        own = fact in (name, f"assertion.{name}")
        assert own or fact in known or fact.rpartition(".")[0] in known


def test_no_two_sources_but_variants_of_one_format_answer_the_same() -> None:
    answers = [(fact, source.adapter or name) for name, source in SOURCES.items()
               for fact in source.facts]  # fmt: skip
    assert len({fact for fact, _ in answers}) == len(set(answers))


def test_no_source_needs_itself_in_the_end() -> None:
    def above(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, f"{' → '.join((*path, name))}"
        for needed in (*SOURCES[name].needs, *SOURCES[name].uses):
            above(needed, (*path, name))

    for name in SOURCES:
        above(name, ())


@each
def test_a_gate_stands_before_every_source(name: str) -> None:
    """A laboratory's own table may be of any size; what is fetched has a size that is known."""
    admission = SOURCES[name].admission
    if name in FETCHED:
        assert admission.counts
        assert any(expected.min for expected in admission.counts.values())
    assert all(share <= 1 for share in admission.set_aside.values())
    assert all(sentinel.why and sentinel.key for sentinel in admission.sentinels)


def test_what_may_not_be_used_commercially_is_said_so() -> None:
    not_allowed = {
        name
        for name, source in SOURCES.items()
        if source.licence.commercial_use is CommercialUse.NOT_ALLOWED
    }
    assert not_allowed == {"cadd", "panelapp_uk", "revel", "spliceai"}


def test_what_is_behind_a_registration_has_no_address() -> None:
    assert not set(FETCHED) & {
        "copy_number_points", "curation", "lab_variants", "listed_alleles", "local_frequency",
        "own_cases",
    }  # fmt: skip
    assert [role for role, _ in _fetched("spliceai")] == ["symbols"]


# Addresses


def test_hosts_are_those_of_the_addresses_and_no_other() -> None:
    used = {
        urlsplit(url).hostname
        for name in SOURCES
        for _, file in _fetched(name)
        for url in (file.url, file.md5_url, file.older_url, file.older_md5_url)
        if url
    }
    assert set(CATALOGUE.hosts) == used | REDIRECTS
    assert len(CATALOGUE.hosts) == len(set(CATALOGUE.hosts))


@each_fetched
def test_an_address_is_https_and_of_a_known_format(name: str) -> None:
    for _, file in _fetched(name):
        assert file.url is not None
        assert file.url.startswith("https://")
        assert (file.md5_url or "https://").startswith("https://")
        assert "@" not in urlsplit(file.url).netloc
        assert ("{chromosome}" in file.url) == bool(file.chromosomes)


@each
def test_a_format_is_one_that_can_be_checked(name: str) -> None:
    assert {file.format for file in SOURCES[name].files.values()} <= FORMATS.keys()


@each_fetched
def test_the_files_of_a_release_have_names_of_their_own(name: str) -> None:
    items = planned(SOURCES[name], "4.1", DAY)
    places = [(item.role, item.name) for item in items]
    assert len(places) == len(set(places))


@each_fetched
def test_an_address_without_the_release_is_said_to_be_unversioned(name: str) -> None:
    source = SOURCES[name]
    fixed = [
        role
        for role, file in _fetched(name)
        if not file.optional and not re.search(r"\{(release|yyyy)", file.url or "")
    ]
    if fixed:
        assert any(word in source.cadence for word in UNVERSIONED), fixed


@pytest.mark.parametrize(
    ("name", "release", "address"),
    [
        ("clinvar", "2026-11-15", "/vcf_GRCh38/clinvar_20261115.vcf.gz"),
        ("gnomad", "4.1", "/release/4.1/vcf/joint/gnomad.joint.v4.1.sites.chrX.vcf.bgz"),
        ("hpo", "2026-09-01", "/releases/download/v2026-09-01/hp.obo"),
        ("mane", "1.5", "/release_1.5/MANE.GRCh38.v1.5.ensembl_genomic.gff.gz"),
    ],
)
def test_a_release_has_its_address(name: str, release: str, address: str) -> None:
    assert any(item.url.endswith(address) for item in planned(SOURCES[name], release, DAY))


def test_sums_go_with_their_files() -> None:
    (vcf,) = (item for item in planned(SOURCES["clinvar"], "2026-11-15", DAY) if item.role == "vcf")
    assert vcf.older is not None
    assert (vcf.sums, vcf.older.sums) == (f"{vcf.url}.md5", f"{vcf.older.url}.md5")
    assert vcf.older.url.endswith("/archive_2.0/2026/clinvar_20261115.vcf.gz")


# What a catalogue may not hold


def _minimal() -> dict[str, Any]:
    source = {
        "title": "A source",
        "description": "What it has",
        "homepage": "https://a.example.org",
        "licence": dict(LICENCE),
        "citation": "none",
        "cadence": "weekly",
        "stale_after_days": 30,
        "files": {"table": {"format": "tsv", "url": "https://a.example.org/{release}.tsv"}},
        "admission": {"counts": {"rows": {"min": 1}}, "sentinels": [
            {"key": "22-1-A-G", "expect": {"ac": 1}, "why": "known"}
        ]},
    }  # fmt: skip
    return {"schema_version": 1, "hosts": ["a.example.org"], "sources": {"one": source}}


def _written(document: object, tmp_path: Path) -> Path:
    path = tmp_path / "sources.yaml"
    path.write_text(yaml.safe_dump(document), "utf-8")
    return path


def test_the_smallest_catalogue_is_read(tmp_path: Path) -> None:
    assert read_catalogue(_written(_minimal(), tmp_path))["one"].title == "A source"


LEVELS: list[tuple[str | int, ...]] = [
    (),
    ("sources", "one"),
    ("sources", "one", "licence"),
    ("sources", "one", "files", "table"),
    ("sources", "one", "admission"),
    ("sources", "one", "admission", "counts", "rows"),
    ("sources", "one", "admission", "sentinels", 0),
]


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: ".".join(map(str, level)) or "top")
def test_an_unknown_key_is_refused(level: tuple[str | int, ...], tmp_path: Path) -> None:
    document: Any = _minimal()
    place = document
    for step in level:
        place = place[step]
    place["surprise"] = 1

    with pytest.raises(InputError, match="surprise"):
        read_catalogue(_written(document, tmp_path))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"homepage": None}, "homepage"),
        ({"stale_after_days": 0}, "stale_after_days"),
        ({"needs": ["two"]}, "built with two, which the catalogue lacks"),
        ({"uses": ["two"]}, "built with two, which the catalogue lacks"),
        ({"adapter": "../x"}, "adapter"),
        ({"licence": {**LICENCE, "commercial_use": "maybe"}}, "commercial_use"),
        ({"admission": {"counts": {"rows": {"min": -1}}}}, "min"),
        ({"admission": {"set_aside": {"any": 1.5}}}, "set_aside"),
        ({"files": {"a b": {"format": "tsv"}}}, "files"),
        ({"files": {"t": {"format": "tsv", "url": "https://b.example.org/x"}}}, "not on a host"),
        ({"files": {"t": {"format": "tsv", "url": "ftp://a.example.org/x"}}}, "not on a host"),
        ({"files": {"t": {"format": "tsv", "url": "https://a.example.org/{day}"}}}, "names day"),
        ({"files": {"t": {"format": "tsv", "max_bytes": 0}}}, "max_bytes"),
    ],
    ids=lambda value: "" if isinstance(value, str) else next(iter(value)),
)
def test_what_makes_no_sense_is_refused(
    change: dict[str, Any], message: str, tmp_path: Path
) -> None:
    document = _minimal()
    document["sources"]["one"].update(change)

    with pytest.raises(InputError, match=message):
        read_catalogue(_written(document, tmp_path))


def test_a_source_given_twice_is_refused(tmp_path: Path) -> None:
    path = _written(_minimal(), tmp_path)
    text = path.read_text("utf-8")
    path.write_text(text + "  one: {}\n", "utf-8")

    with pytest.raises(InputError, match="given twice"):
        read_catalogue(path)


def test_a_source_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ReleaseError, match="no source clinvat; it has alphamissense, cadd"):
        CATALOGUE["clinvat"]


# The page that is generated of it


@each
def test_the_page_tells_a_source_in_full(name: str) -> None:
    source: Source = SOURCES[name]
    section = PAGE.partition(f"\n## {name}\n")[2].partition("\n## ")[0]

    assert source.title in section
    assert source.licence.name in section
    for role, file in source.files.items():
        assert f"`{role}`" in section
        assert (file.url or f"--file {role}=PATH") in section
    for sentinel in source.admission.sentinels:
        assert f"`{sentinel.key}`" in section
    for reason in source.admission.set_aside:
        assert f"`{reason}`" in section


def test_every_row_of_the_page_has_its_tables_columns() -> None:
    blocks = re.findall(r"(?:^\|.*\n)+", PAGE, re.MULTILINE)
    for block in blocks:
        columns = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
        assert len(columns) == 1, block
