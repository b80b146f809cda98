"""`changes.json`: what is written is read back exactly, in one order, and nothing else is read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core_builders import ROOT
from event_builders import (
    LP,
    OTHER,
    PATHOGENIC,
    UNCERTAIN,
    VUS,
    Claim,
    P,
    cause,
    event,
    events,
    signed,
)
from varinterp.documents.changes import (
    LIFTS,
    SCHEMA_VERSION,
    RunEvent,
    RunHeader,
    changes_schema,
    dump_changes,
    load_changes,
    read_changes_document,
    write_changes_document,
)
from varinterp.errors import ReleaseError
from varinterp.model.basis import Basis, Move
from varinterp.model.case import Tier
from varinterp.model.change import ChangeKind
from varinterp.model.event import EventKind
from varinterp.model.review import ReviewState

SCHEMA = ROOT / "docs/reference/schemas/changes.schema.json"
EXAMPLES = sorted((Path(__file__).parent / "data").glob("changes.v*.json"))
RUN = RunHeader(
    name="2026-11-22-1",
    on="2026-11-22",
    target=Basis.of({"clinvar": "2026-11", "rules": "core-v1"}, "1.0.0"),
    moves=(Move("clinvar", "2026-05", "2026-11"), Move("vkgl", None, "2026-10")),
    everything=False,
    examined=2,
    changed=1,
    unchanged=40,
    skipped=(("consent", 1),),
)
PAIR = (
    Claim(homozygous=False, partner=OTHER),
    Claim(OTHER, homozygous=False, partner=str(Claim().key.allele)),
)
HIDDEN = event(None, Claim(disease="OMIM:604370", criteria=P, tier=Tier.UNRELATED))
EVENTS = tuple(
    RunEvent(state, each)
    for state, each in [
        (
            ReviewState.OPEN,
            event(
                Claim(criteria=P, clinvar=PATHOGENIC, signed=signed()),
                Claim(criteria=VUS, clinvar=UNCERTAIN, signed=signed()),
                cause("clinvar", ChangeKind.CLASS_DOWN, ChangeKind.STARS_DOWN),
            ),
        ),
        (ReviewState.QUEUED, event(None, Claim(criteria=LP), cause("gene_disease"))),
        *((ReviewState.OPEN, each) for each in events(PAIR, (Claim(),))),
        (ReviewState.RECORDED, HIDDEN),
        (ReviewState.RECORDED, event(Claim(values={"gnomad": "1"}), Claim(values={"gnomad": "2"}))),
    ]
)
TEXT = dump_changes(RUN, EVENTS)


def test_the_round_trip_is_exact() -> None:
    read = load_changes(TEXT)

    assert read.run == RUN
    written = {each for each in EVENTS if each.event != HIDDEN}
    assert set(read.events) == written
    assert {each.event.digest for each in read.events} == {each.event.digest for each in written}


def test_a_secondary_finding_is_counted_and_not_written() -> None:
    assert load_changes(TEXT).counts == {
        EventKind.KNOWLEDGE: 4,
        EventKind.EVIDENCE_ONLY: 1,
        EventKind.WITHHELD: 1,
    }
    assert "604370" not in TEXT


def test_the_order_in_which_events_were_found_does_not_matter() -> None:
    assert dump_changes(RUN, reversed(EVENTS)) == TEXT


def test_a_run_that_found_nothing_is_a_document_too() -> None:
    assert load_changes(dump_changes(RUN, ())).events == ()


def test_the_document_is_written_whole_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "run" / "changes.json"
    write_changes_document(path, RUN, EVENTS)

    assert read_changes_document(path) == load_changes(TEXT)
    assert path.read_text("utf-8") == TEXT
    assert list(path.parent.iterdir()) == [path]


def altered(change: Callable[[dict[str, Any]], object]) -> str:
    document = json.loads(TEXT)
    change(document)
    return json.dumps(document)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda d: d.update(extra=1), id="a field of the document"),
        pytest.param(lambda d: d["run"].update(extra=1), id="a field of the run"),
        pytest.param(lambda d: d["events"][0]["event"].update(extra=1), id="a field of an event"),
        pytest.param(lambda d: d["events"][0].update(state="forgotten"), id="a word"),
        pytest.param(lambda d: d["events"][0]["event"].update(tier=9), id="a tier"),
        pytest.param(lambda d: d["events"][0]["event"].update(tier="1"), id="a number as text"),
        pytest.param(lambda d: d.pop("run"), id="a missing field"),
        pytest.param(lambda d: d["events"][0]["event"]["allele"].update(alt="N"), id="an allele"),
    ],
)
def test_anything_else_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(ReleaseError, match=r"changes\.json is no document of changes"):
        load_changes(altered(change))


@pytest.mark.parametrize("version", [0, SCHEMA_VERSION + 1, "1", None])
def test_an_unknown_version_is_refused(version: object) -> None:
    with pytest.raises(ReleaseError, match="schema_version"):
        load_changes(altered(lambda document: document.update(schema_version=version)))


def test_what_is_refused_is_never_quoted() -> None:
    with pytest.raises(ReleaseError) as refused:
        load_changes(altered(lambda d: d["events"][0]["event"].update(symbol=["HP:0009999"])))

    assert "HP:0009999" not in str(refused.value)


def test_every_past_version_has_an_example_and_a_lift() -> None:
    assert [int(path.name.split(".v")[1].split(".")[0]) for path in EXAMPLES] == list(
        range(1, SCHEMA_VERSION + 1)
    )
    assert sorted(LIFTS) == list(range(1, SCHEMA_VERSION))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_a_stored_document_of_every_version_is_read(path: Path) -> None:
    read = read_changes_document(path)

    assert read.run.name == "2026-11-22-1"
    assert {each.state for each in read.events} == {
        ReviewState.OPEN,
        ReviewState.QUEUED,
        ReviewState.RECORDED,
    }


def test_the_schema_in_the_reference_is_the_documents() -> None:
    assert SCHEMA.read_text("utf-8") == changes_schema()


def test_the_document_is_as_its_schema_says() -> None:
    jsonschema = pytest.importorskip("jsonschema")

    jsonschema.Draft202012Validator(json.loads(changes_schema())).validate(json.loads(TEXT))
