"""Curated entries and the laboratory's own cases become releases, and facts of a case."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from core_builders import HET, SINGLETON, calls, candidate
from sealed_releases import sealed
from upstream import curation as curated_files
from upstream import own_cases as case_files
from upstream.curation import MISSENSE, NONSENSE, SPLICE, row, text
from upstream.own_cases import case
from varinterp.errors import ReleaseError
from varinterp.model.curation import (
    CURATION,
    OWN_CASES,
    Curations,
    Origin,
    Probands,
    Scope,
    own_entry,
)
from varinterp.model.variant import Allele
from varinterp.pipeline.curation import curation_facts, without_own
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.pipeline.references.curation import ADAPTER as CURATED
from varinterp.pipeline.references.own_cases import ADAPTER as OWN
from varinterp.refs.lock import Releases
from varinterp.sources.curated_release import read_curated, read_history
from varinterp.sources.material import CHANGES_SCHEMA, Built, Material
from varinterp.sources.rules import read_rules

RESOURCES = Path(__file__).parents[3] / "resources"
REFERENCE = RESOURCES / "demo" / "reference" / "GRCh38.chr22.demo.fa.gz"
IN_FORCE = read_rules(RESOURCES / "rules" / "core-v1.yaml")
Files = dict[str, tuple[Path, ...]]


def build(
    adapter: Adapter, files: Files, folder: Path, before: Path | None = None, **settings: Any
) -> Built:
    scratch = folder.with_name(f"{folder.name}-scratch")
    for each in (folder, scratch):
        each.mkdir(parents=True)
    material = Material("people", "2026-06", date(2026, 6, 1), files, settings)
    return adapter.build(material, Context(REFERENCE, Releases({}), scratch, before), folder)


def of(folder: Path, role: str, *rows: dict[str, str]) -> Files:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{role}.tsv"
    path.write_text(text(rows), encoding="utf-8")
    return {role: (path,)}


def test_a_list_becomes_a_release_that_answers_by_allele(tmp_path: Path) -> None:
    built = build(CURATED, curated_files.write(tmp_path, later=True), tmp_path / "release")

    assert built.rows == {"curated.parquet": 3, "history.parquet": 7}
    assert built.counts == {"entries": 5, "listed": 7}
    assert built.set_aside == {"retracted": 1, "retractions": 1}
    found = CURATED.lookup(tmp_path / "release", MISSENSE)
    assert found is not None
    assert found["assays"][0]["name"] == "Golgi transport"
    assert found["case_control"] == []
    assert CURATED.lookup(tmp_path / "release", "22-20061539-G-C") is None


def test_the_entries_of_an_allele_are_in_order_of_date_and_id(tmp_path: Path) -> None:
    rows = [
        row("probands", id=name, date=day)
        for name, day in (("b", "2026-01-01"), ("c", "2025-01-01"), ("a", "2026-01-01"))
    ]
    build(CURATED, of(tmp_path, "list", *rows), tmp_path / "release")

    keys = pl.Series([Allele.parse(MISSENSE).key], dtype=pl.UInt64)
    found = read_curated(tmp_path / "release", keys)[MISSENSE]
    assert [each.origin.id for each in found.probands] == ["c", "a", "b"]


def test_the_same_list_gives_the_same_bytes(tmp_path: Path) -> None:
    files = curated_files.write(tmp_path)
    for name in ("one", "two"):
        build(CURATED, files, tmp_path / name)
    for file in ("curated.parquet", "history.parquet"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_a_release_holds_what_the_one_before_held(tmp_path: Path) -> None:
    build(CURATED, curated_files.write(tmp_path / "a"), tmp_path / "first")
    first = tmp_path / "first"
    later = curated_files.write(tmp_path / "b", later=True)
    build(CURATED, later, tmp_path / "second", before=first)

    assert read_history(first).items() <= read_history(tmp_path / "second").items()
    shorter = of(tmp_path / "c", "list", *curated_files.NOW[1:])
    with pytest.raises(ReleaseError, match="assay-1: gone since the last release"):
        build(CURATED, shorter, tmp_path / "third", before=first)
    other = of(tmp_path / "d", "list", row(note="changed"), *curated_files.NOW[1:])
    with pytest.raises(ReleaseError, match=r"list\.tsv:3 \[id\]: found assay-1: changed"):
        build(CURATED, other, tmp_path / "fourth", before=first)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (row(allele="GRCh38:22-20061538-C-A"), r"\[allele\]: found GRCh38:.* not on the reference"),
        (row(allele="GRCh38:22-20036801-GT-GG"), "is not normalised; write 22-20036802-T-G"),
        (
            row("in_trans", partner="GRCh38:22-20036800-TGT-TG"),
            r"\[partner\]: found .* is not normalised; write 22-20036801-GT-G",
        ),
        (row(date="2026-06-02"), "2026-06-01 or before"),
    ],
)
def test_an_entry_that_no_patient_could_match_is_refused(
    tmp_path: Path, cells: dict[str, str], told: str
) -> None:
    with pytest.raises(ReleaseError, match=told):
        build(CURATED, of(tmp_path, "list", cells), tmp_path / "release")


def test_a_list_of_which_nothing_stands_is_no_release(tmp_path: Path) -> None:
    rows = (row(), row("retraction", retracts="assay-1"))
    with pytest.raises(ReleaseError, match="no entry that stands"):
        build(CURATED, of(tmp_path, "list", *rows), tmp_path / "release")


@pytest.mark.parametrize(
    ("adapter", "upstream", "expected"),
    [
        (CURATED, curated_files, {MISSENSE: "restated", NONSENSE: "restated"}),
        (OWN, case_files, {MISSENSE: "restated", SPLICE: "removed", NONSENSE: "added"}),
    ],
    ids=["curated", "own"],
)
def test_a_later_state_differs_by_allele(
    tmp_path: Path, adapter: Adapter, upstream: Any, expected: dict[str, str]
) -> None:
    for name in ("now", "later"):
        build(adapter, upstream.write(tmp_path / name, name == "later"), tmp_path / f"r-{name}")

    changes = adapter.changes(tmp_path / "r-now", tmp_path / "r-later", IN_FORCE)
    assert changes.to_arrow().cast(CHANGES_SCHEMA).schema == CHANGES_SCHEMA
    assert dict(changes.select("key", "kind").iter_rows()) == expected
    fact = CURATION if adapter is CURATED else OWN_CASES
    assert set(changes["source"]) == {fact.source}
    assert adapter.changes(tmp_path / "r-now", tmp_path / "r-now", IN_FORCE).is_empty()


def test_our_own_cases_become_a_release(tmp_path: Path) -> None:
    built = build(OWN, case_files.write(tmp_path), tmp_path / "release")

    assert built.counts == {"entries": 3, "alleles": 2}
    assert not built.set_aside
    found = OWN.lookup(tmp_path / "release", MISSENSE)
    assert found is not None
    assert len(found["probands"]) == 2


def test_alleles_of_too_few_families_are_left_out(tmp_path: Path) -> None:
    built = build(OWN, case_files.write(tmp_path), tmp_path / "release", smallest=2)

    assert built.set_aside == {"too_few_families": 1}
    assert OWN.lookup(tmp_path / "release", SPLICE) is None
    with pytest.raises(ReleaseError, match="no allele of 3 families"):
        build(OWN, case_files.write(tmp_path), tmp_path / "none", smallest=3)


@pytest.mark.parametrize("smallest", [0, "2", True])
def test_a_smallest_number_that_is_none_is_refused(tmp_path: Path, smallest: object) -> None:
    with pytest.raises(ReleaseError, match=r"build\.smallest is a whole number"):
        build(OWN, case_files.write(tmp_path), tmp_path / "release", smallest=smallest)


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(row("probands"), id="a curator's entry"),
        pytest.param(case("assay", "F-A", MISSENSE), id="a kind that no case shows"),
    ],
)
def test_what_no_export_wrote_is_no_case_of_ours(tmp_path: Path, cells: dict[str, str]) -> None:
    with pytest.raises(ReleaseError, match=r"cases\.tsv:3: .*varinterp curate"):
        build(OWN, of(tmp_path, "cases", cells), tmp_path / "release")


def test_a_later_release_of_our_cases_may_hold_fewer(tmp_path: Path) -> None:
    build(OWN, case_files.write(tmp_path / "a"), tmp_path / "first")
    later = case_files.write(tmp_path / "b", later=True)

    assert build(OWN, later, tmp_path / "second", before=tmp_path / "first").counts["entries"] == 3


def test_the_list_that_the_configuration_page_shows_is_one(tmp_path: Path) -> None:
    page = (RESOURCES.parent / "config" / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```text\n(id\t.*?)```", page, re.S)
    path = tmp_path / "curated.tsv"
    path.write_text(shown, encoding="utf-8")

    built = build(CURATED, {"list": (path,)}, tmp_path / "release")
    assert built.counts == {"entries": 2, "listed": 2}


# Facts of a case


def releases(folder: Path, *, constructed: bool = False) -> Releases:
    found = {}
    for name, adapter, upstream in (
        ("curation", CURATED, curated_files),
        ("own_cases", OWN, case_files),
    ):
        place = folder / "refs" / name / "1"
        built = build(adapter, upstream.write(folder / name), place)
        found[name] = sealed(place, built.rows, constructed=constructed)
    return Releases(found)


CARRIED = (candidate(MISSENSE, calls(proband=HET)), candidate("22-20061539-G-C", calls()))


def test_facts_are_there_for_the_alleles_that_somebody_entered(tmp_path: Path) -> None:
    facts, consulted = curation_facts(CARRIED, releases(tmp_path))

    assert consulted == {CURATION.source, OWN_CASES.source}
    assert facts.keys() == {(CURATION.source, MISSENSE), (OWN_CASES.source, MISSENSE)}
    assert len(facts[(CURATION.source, MISSENSE)].assays) == 1
    assert len(facts[(OWN_CASES.source, MISSENSE)].probands) == 2


def test_a_source_that_the_lock_lacks_was_not_consulted(tmp_path: Path) -> None:
    both = releases(tmp_path)
    one = Releases({"own_cases": both["own_cases"]})

    assert curation_facts(CARRIED, one)[1] == {OWN_CASES.source}
    assert curation_facts(CARRIED, Releases({})) == ({}, frozenset())


def people(*families: str, constructed: bool = False) -> Curations:
    probands = tuple(
        Probands(Scope(), Origin(own_entry(family, MISSENSE), "registry", "2026-01-01", None), 1)
        for family in families
    )
    return Curations(probands=probands, constructed=constructed)


def test_a_constructed_release_makes_every_entry_constructed(tmp_path: Path) -> None:
    facts, _ = curation_facts(CARRIED, releases(tmp_path, constructed=True))

    assert all(value.constructed for value in facts.values())


def test_a_family_never_counts_for_itself() -> None:
    own, entered = (OWN_CASES.source, MISSENSE), (CURATION.source, MISSENSE)
    facts = {own: people("F-1", "F-2"), entered: people("F-1")}

    left = without_own(facts, "F-1", CARRIED)
    assert len(left[own].probands) == 1
    assert left[entered] == people("F-1")
    assert facts[own] == people("F-1", "F-2")
    assert len(without_own(facts, "F-3", CARRIED)[own].probands) == 2
    assert without_own({own: people("F-1")}, "F-1", CARRIED) == {}


def test_a_stored_analysis_cannot_tell_which_other_families_count() -> None:
    facts = {(OWN_CASES.source, MISSENSE): people("F-1", "F-2", "F-3")}

    (left,) = without_own(facts, "F-2", CARRIED).values()
    assert [each.origin.id for each in left.probands] == ["own-1", "own-2"]


def test_several_entries_of_one_family_are_all_left_out() -> None:
    name = own_entry(SINGLETON.id, MISSENSE)
    two = tuple(
        Probands(Scope(), Origin(each, "registry", "2026-01-01", None), 1)
        for each in (name, f"{name}.2")
    )
    facts = {(OWN_CASES.source, MISSENSE): Curations(probands=two)}

    assert without_own(facts, SINGLETON.id, CARRIED) == {}


def test_the_id_of_a_familys_entry_says_nothing_of_it() -> None:
    name = own_entry("F-AAAAAAAAAAAA", MISSENSE)

    assert name == own_entry("F-AAAAAAAAAAAA", MISSENSE)
    assert "AAAA" not in name
    assert len({name, own_entry("F-AAAAAAAAAAAA", SPLICE), own_entry("F-B", MISSENSE)}) == 3
