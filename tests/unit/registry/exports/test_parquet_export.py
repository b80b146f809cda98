"""The Parquet export: documented tables, nothing of cases that do not consent, the same bytes."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq
import pytest

from event_builders import LP, Claim, P, event
from export_builders import CASE, TODAY, granted, record, result, subject
from varinterp.model.case import Tier
from varinterp.model.consent import ConsentScope
from varinterp.model.event import EventKind
from varinterp.registry.exports import parquet
from varinterp.registry.exports.parquet import MANIFEST, parquet_export
from varinterp.registry.exports.record import Record, RecordedEvent, Subject
from varinterp.registry.exports.tables import TABLES

GRANTED = granted(ConsentScope.PRIMARY, ConsentScope.RESEARCH)
CONSENTED = granted(ConsentScope.PRIMARY, ConsentScope.RESEARCH, ConsentScope.SECONDARY_FINDINGS)


def _named(name: str, **rest: Any) -> Subject:
    document = result()
    return Subject(
        replace(record(**rest), case=name, findings=()),
        replace(document, case=replace(document.case, id=name)),
    )


def _read(folder: Path, table: str) -> pl.DataFrame:
    return pl.read_parquet(folder / f"{table}.parquet")


def test_every_table_is_written_with_its_schema(tmp_path: Path) -> None:
    parquet_export([subject()], TODAY, tmp_path)

    for table in TABLES:
        found = pq.read_schema(tmp_path / f"{table.name}.parquet")  # type: ignore[no-untyped-call]
        assert found.equals(table.schema, check_metadata=False)
        assert all(field.metadata for field in table.schema)


def test_a_consenting_case_is_there_whole(tmp_path: Path) -> None:
    parquet_export([subject()], TODAY, tmp_path)

    assert _read(tmp_path, "cases")["level"].to_list() == ["confirmed"]
    assert _read(tmp_path, "assessments").height == 2
    assert _read(tmp_path, "criteria").height == 6
    assert _read(tmp_path, "candidates")["zygosity"].to_list() == ["heterozygous"] * 2
    assert _read(tmp_path, "findings")["class"].to_list() == ["likely_pathogenic"] * 2
    assert _read(tmp_path, "phenotype")["term"].to_list() == ["HP:0003201", "HP:0001250"]
    assert _read(tmp_path, "releases").height == 2


def test_a_case_that_does_not_consent_has_its_name_and_its_words_alone(tmp_path: Path) -> None:
    silent = granted(ConsentScope.PRIMARY)
    erased = Subject(Record(case="C-ERASED", erased=True), None)
    cases_in_order = [subject(), erased, _named("C-SILENT", consents=silent)]
    found = parquet_export(cases_in_order, TODAY, tmp_path)

    cases = {row["case"]: row for row in _read(tmp_path, "cases").to_dicts()}
    assert {name: row["withheld"] for name, row in cases.items()} == {
        CASE: None,
        "C-ERASED": "erased",
        "C-SILENT": "consent.research.silent",
    }
    assert {
        value for key, value in cases["C-SILENT"].items() if key not in ("case", "withheld")
    } == {None}
    for table in TABLES:
        if table.personal:
            assert set(_read(tmp_path, table.name)["case"]) <= {CASE}, table.name
    assert set(_read(tmp_path, "consents")["case"]) == {CASE, "C-SILENT"}
    assert [each.case for each in found.withheld] == ["C-ERASED", "C-SILENT"]


def test_a_disease_that_is_none_of_the_patients_needs_a_consent_of_its_own(tmp_path: Path) -> None:
    secondary = result(Tier.SECONDARY)
    parquet_export([subject(secondary)], TODAY, tmp_path / "without")
    parquet_export([subject(secondary, consents=CONSENTED)], TODAY, tmp_path / "with")

    for table in ("assessments", "criteria", "candidates"):
        assert _read(tmp_path / "without", table).height == 0
        assert _read(tmp_path / "with", table).height > 0


def test_a_disease_off_the_list_of_secondary_findings_is_named_to_nobody(tmp_path: Path) -> None:
    parquet_export([subject(result(Tier.UNRELATED), consents=CONSENTED)], TODAY, tmp_path)

    for table in ("assessments", "criteria", "candidates", "reads"):
        assert _read(tmp_path, table).height == 0


def test_an_allele_of_several_hypotheses_stands_at_its_best_place(tmp_path: Path) -> None:
    document = result()
    (best, *_) = document.ranking
    worse = replace(best, rank=best.rank + 7, tier=Tier.NOT_RETAINED)
    parquet_export(
        [subject(replace(document, ranking=(*document.ranking, worse)))], TODAY, tmp_path
    )
    rows = {row["rank"]: row["tier"] for row in _read(tmp_path, "assessments").to_dicts()}

    assert rows[best.rank] == best.tier
    assert best.rank + 7 not in rows


def test_events_are_rows(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 1, 12, tzinfo=UTC)
    moved = event(Claim(criteria=LP), Claim(criteria=P))
    found = RecordedEvent(7, 3, moment, moved)
    parquet_export([subject(events=(found,))], TODAY, tmp_path)
    (row,) = _read(tmp_path, "events").to_dicts()

    assert (row["event"], row["run"], row["recorded_at"]) == (7, 3, moment)
    assert row["digest"] == found.event.digest
    assert row["class_before"] != row["class_after"]


def test_an_event_of_a_disease_that_is_none_of_the_patients_is_withheld(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 1, 12, tzinfo=UTC)
    moved = replace(event(Claim(criteria=LP), Claim(criteria=P)), kind=EventKind.WITHHELD)
    found = (RecordedEvent(7, 3, moment, moved),)
    for consents in (GRANTED, CONSENTED):
        parquet_export([subject(events=found, consents=consents)], TODAY, tmp_path)

        assert _read(tmp_path, "events").height == 0


def test_an_event_of_a_secondary_finding_is_told_while_the_consent_lasts(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 1, 12, tzinfo=UTC)
    moved = event(Claim(criteria=LP, tier=Tier.SECONDARY), Claim(criteria=P, tier=Tier.SECONDARY))
    found = (RecordedEvent(7, 3, moment, moved),)
    parquet_export([subject(events=found, consents=CONSENTED)], TODAY, tmp_path / "with")
    parquet_export([subject(events=found, consents=GRANTED)], TODAY, tmp_path / "without")

    assert _read(tmp_path / "with", "events").height == 1
    assert _read(tmp_path / "without", "events").height == 0


def test_the_manifest_names_versions_licences_and_digests(tmp_path: Path) -> None:
    files = parquet_export([subject()], TODAY, tmp_path).files
    manifest = json.loads((tmp_path / MANIFEST).read_text("utf-8"))

    assert set(manifest["files"]) | {MANIFEST} == set(files)
    assert {each["licence"] for each in manifest["releases"]} == {"HPO licence", "CC0"}
    assert manifest["files"]["assessments.parquet"]["rows"] == 2


def test_the_same_cases_have_the_same_bytes(tmp_path: Path) -> None:
    cases = [_named("C-A"), subject(), _named("C-B")]
    for name in ("one", "two"):
        parquet_export(iter(cases), TODAY, tmp_path / name)

    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_an_export_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    parquet_export([subject()], TODAY, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(ValueError, match="order"):
        parquet_export([_named("C-B"), _named("C-A")], TODAY, tmp_path)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_rows_beyond_a_group_are_all_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_ROWS", 4)
    parquet_export([_named("C-A"), _named("C-B")], TODAY, tmp_path)

    assert _read(tmp_path, "criteria").height == 12


@pytest.mark.parametrize("name", [table.name for table in TABLES])
def test_nobody_who_signed_or_prescribed_is_named(name: str, tmp_path: Path) -> None:
    parquet_export([subject()], TODAY, tmp_path)

    assert b"Reader" not in (tmp_path / f"{name}.parquet").read_bytes()
    assert "Reader" not in str(_read(tmp_path, name).to_dicts())
