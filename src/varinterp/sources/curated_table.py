"""The file of a list of curated entries: tab-separated text, or the same fields as YAML.

The table has a header line, columns in any order, and lines that start with ``#`` or are empty are
not read. The YAML has one key, ``entries``, with a mapping an entry.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from varinterp.errors import Fault, InputError, ReleaseError
from varinterp.sources.curated_checks import problems
from varinterp.sources.curated_kinds import COLUMNS, ENTRY, MODELS, REQUIRED, Entry
from varinterp.sources.fault_book import shown
from varinterp.sources.lines import numbered_lines
from varinterp.strict_yaml import load_yaml

PAGE = "see docs/how-to/curate.md"
_ENTRIES = "entries"
_EXPECTED = {
    "id": "letters, digits, points, hyphens and underscores, at most 64",
    "kind": " or ".join(MODELS),
    "allele": "GRCh38:chromosome-position-ref-alt",
    "partner": "GRCh38:chromosome-position-ref-alt",
    "hgnc": "an HGNC id, such as HGNC:25439, or nothing",
    "disease": "a disease's id, such as OMIM:616878, or nothing",
    "date": "a date, such as 2026-11-22",
    "pmid": "PubMed ids, joined by ;",
}


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """An entry, with the line (1-based) on which it starts."""

    line: int
    entry: Entry


def read_table(path: Path) -> tuple[tuple[ListedEntry, ...], tuple[Fault, ...]]:
    """Read the entries of a list that are sound, in its order, and the faults of the others.

    Raises InputError where the file as a whole is no list.
    """
    read = _of_yaml if path.suffix in (".yaml", ".yml") else _of_text
    found: list[ListedEntry] = []
    faults: list[Fault] = []
    for line, cells in read(path):
        entry = entry_of(cells, path.name, line, faults)
        if entry is not None:
            found.append(ListedEntry(line, entry))
    return tuple(found), tuple(faults)


def entry_of(
    cells: Mapping[str, Any], file: str, line: int | None, faults: list[Fault]
) -> Entry | None:
    """Return an entry, or None when its cells do not make one; the faults are added."""
    given = {name: value for name, value in cells.items() if value not in ("", None)}
    try:
        entry = ENTRY.validate_python(given)
    except ValidationError as error:
        faults += [_fault(dict(each), file, line) for each in error.errors()]
        return None
    wrong = [
        Fault("curation.entry", file, each.found, each.expected, each.advice, line, each.column)
        for each in problems(entry)
    ]
    faults += wrong
    return None if wrong else entry


def _fault(problem: dict[str, Any], file: str, line: int | None) -> Fault:
    """Say what pydantic found in the words of the list."""
    place = problem["loc"]
    column = str(place[1]) if len(place) > 1 else "kind"
    value = problem["input"]
    if problem["type"] == "missing" or problem["type"] == "union_tag_not_found":
        return Fault(
            "curation.cell", file, "nothing", _EXPECTED.get(column, "a value"),
            f"fill the cell; {PAGE}", line, column,
        )  # fmt: skip
    if problem["type"] == "extra_forbidden":
        return Fault(
            "curation.cell", file, shown(str(value)), f"nothing: {place[0]} has no {column}",
            f"move it, or change the kind; {PAGE}", line, column,
        )  # fmt: skip
    text = value.get("kind", "") if isinstance(value, dict) else value
    message = str(problem["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    return Fault(
        "curation.cell", file, shown(str(text)), _EXPECTED.get(column, message),
        f"correct the cell; {PAGE}", line, column,
    )  # fmt: skip


def _of_text(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    names: list[str] = []
    for line, text in _lines(path):
        if not text.strip() or text.startswith("#"):
            continue
        cells = [cell.strip() for cell in text.removeprefix("\ufeff").split("\t")]
        if not names:
            names = _header(path, line, cells)
        elif any(cells[len(names) :]):
            raise InputError(
                [_whole(path, line, f"{len(cells)} cells", f"{len(names)}, as the header")]
            )
        else:
            yield line, dict(zip(names, cells, strict=False))
    if not names:
        raise InputError([_whole(path, 1, "no header", ", ".join(REQUIRED))])


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        yield from numbered_lines(path)
    except ReleaseError as error:
        raise InputError([_whole(path, 1, str(error), "UTF-8 text")]) from error


def _header(path: Path, line: int, cells: Sequence[str]) -> list[str]:
    faults = []
    for name in sorted(set(cells) - set(COLUMNS)):
        near = get_close_matches(name.casefold(), COLUMNS, n=1)
        found = f"{shown(name)}{f', perhaps {near[0]}' if near else ''}"
        faults.append(_whole(path, line, found, "columns of the list"))
    for name in REQUIRED:
        if name not in cells:
            faults.append(_whole(path, line, f"no column {name}", ", ".join(REQUIRED)))
    for name in sorted({name for name in cells if cells.count(name) > 1}):
        faults.append(_whole(path, line, f"{shown(name)} twice", "each column once"))
    if faults:
        raise InputError(faults)
    return list(cells)


def _of_yaml(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    document = load_yaml(path)
    entries = document.get(_ENTRIES) if isinstance(document, dict) else None
    if (
        not isinstance(document, dict)
        or not isinstance(entries, list)
        or set(document) != {_ENTRIES}
    ):
        raise InputError([_whole(path, 1, "another document", "one key `entries`, with a list")])
    lines = _entry_lines(path)
    for line, cells in zip(lines, entries, strict=True):
        if not isinstance(cells, dict):
            raise InputError([_whole(path, line, "no mapping", "a mapping an entry")])
        yield line, {str(name): value for name, value in cells.items()}


def _entry_lines(path: Path) -> list[int]:
    """Return the line on which each entry of a sound YAML list starts."""
    root: Any = yaml.compose(path.read_text("utf-8-sig"), Loader=yaml.SafeLoader)
    ((_, entries),) = root.value
    return [node.start_mark.line + 1 for node in entries.value]


def _whole(path: Path, line: int, found: str, expected: str) -> Fault:
    return Fault("curation.list", path.name, found, expected, f"mend the file; {PAGE}", line)
