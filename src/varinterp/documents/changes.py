"""`changes.json`: what one run of the reanalysis found, the immutable export of its events.

The document carries `schema_version`; an older one is lifted step by step when it is read.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from varinterp.documents.reading import Lifts, parse, pretty, refused_as, schema_of
from varinterp.files import write_text
from varinterp.model.basis import Basis, Move
from varinterp.model.canonical import to_json
from varinterp.model.event import Event, EventKind
from varinterp.model.review import ReviewState

SCHEMA_VERSION = 1

LIFTS: Lifts = MappingProxyType({})
"""One function per past version, from that version to the next."""


@dataclass(frozen=True, slots=True)
class RunHeader:
    """The run: its name, its day (ISO), where it brought the cases, and what became of them.

    `examined` cases had something computed again, `changed` of them another conclusion,
    `unchanged` rest on nothing that moved; `skipped` counts the others by reason. `everything`
    says that every stored allele was examined anew.
    """

    name: str
    on: str
    target: Basis
    moves: tuple[Move, ...]
    everything: bool
    examined: int
    changed: int
    unchanged: int
    skipped: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class RunEvent:
    """An event, and what the run did with it: opened, queued over the budget, or recorded."""

    state: ReviewState
    event: Event


@dataclass(frozen=True, slots=True)
class Changes:
    """The whole of one run: its events but the withheld ones, and how many there are by kind."""

    run: RunHeader
    counts: Mapping[EventKind, int] = field(default_factory=dict)
    events: tuple[RunEvent, ...] = ()


class ChangesDocument(BaseModel):
    """The document as it is on disk."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: Annotated[int, Field(ge=1)]
    run: RunHeader
    counts: dict[EventKind, int]
    events: tuple[RunEvent, ...]


def dump_changes(run: RunHeader, events: Iterable[RunEvent]) -> str:
    """Return the document's text; events are put in order of tier, case, gene and allele.

    Withheld events would name secondary findings: they are counted and not written.
    """
    found = sorted(events, key=_order)
    counts = Counter(each.event.kind for each in found)
    document = {
        "schema_version": SCHEMA_VERSION,
        "run": to_json(run),
        "counts": to_json(counts),
        "events": [to_json(each) for each in found if not _withheld(each)],
    }
    return pretty(document)


def _withheld(each: RunEvent) -> bool:
    return each.event.kind is EventKind.WITHHELD


def write_changes_document(path: Path, run: RunHeader, events: Iterable[RunEvent]) -> None:
    """Write `changes.json` atomically."""
    write_text(path, dump_changes(run, events))


def load_changes(text: str | bytes, name: str = "changes.json") -> Changes:
    """Read a document of this or any past version; raise ReleaseError when it is not one.

    The error says where the document is wrong, never what it holds there.
    """
    with refused_as(f"{name} is no document of changes"):
        raw = parse(text, name, SCHEMA_VERSION, LIFTS)
        document = ChangesDocument.model_validate_json(json.dumps(raw), strict=True)
    return Changes(document.run, document.counts, document.events)


def read_changes_document(path: Path) -> Changes:
    """Read `changes.json`."""
    return load_changes(path.read_bytes(), path.name)


def changes_schema() -> str:
    """Return the document's JSON Schema, as the reference holds it."""
    return schema_of(ChangesDocument)


def _order(each: RunEvent) -> tuple[object, ...]:
    event = each.event
    return (event.tier, event.case, event.gene, event.allele, event.digest)
