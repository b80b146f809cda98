"""One-field mutants of an SDM-MR document's first diagnosis: dropped, wrong, foreign, doubled."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

N = {"c": "urn:hl7-org:v3"}
FIELDS = ("MED-072", "MED-1284", "PAT-013", "MED-071", "PAT-062", "PAT-064", "MED-1286", "MED-552")
REPEATABLE = ("MED-1284", "MED-1286", "MED-552")
"""0..* in the volet: an entry may be absent or given twice."""

_ENTRY = (
    "//c:section[c:templateId/@root='1.2.250.1.213.1.1.2.129']//c:entryRelationship"
    "[c:observation/c:code/@code='{}']"
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed document, and whether the volet allows it."""

    field: str
    change: str
    root: Any
    legal: bool

    def __str__(self) -> str:
        return f"{self.field} {self.change}"


def _drop(entry: Any) -> None:
    entry.getparent().remove(entry)


def _bad_value(entry: Any) -> None:
    entry.find(".//c:value", N).set("code", "ZZZ999")


def _bad_system(entry: Any) -> None:
    entry.find(".//c:value", N).set("codeSystem", "9.9.9")


def _duplicate(entry: Any) -> None:
    entry.addnext(deepcopy(entry))


CHANGES: dict[str, Callable[[Any], None]] = {
    "dropped": _drop,
    "of a code that is none": _bad_value,
    "of another terminology": _bad_system,
    "given twice": _duplicate,
}


def mutants(root: Any) -> Iterator[Mutant]:
    """All 32 mutants of a document whose first diagnosis has every field."""
    for field in FIELDS:
        for name, change in CHANGES.items():
            copy = deepcopy(root)
            change(copy.xpath(_ENTRY.format(field), namespaces=N)[0])
            legal = field in REPEATABLE and name in ("dropped", "given twice")
            yield Mutant(field, name, copy, legal)
