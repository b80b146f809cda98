"""A laboratory's list of founder and regional alleles, as people write it.

The list is the laboratory's own, so the format is ours: tab-separated UTF-8 text with a header
line, columns in any order, lines that start with ``#`` and empty ones not read. `config/README.md`
has the columns. A row holds for one gene, disease and mode of inheritance; an allele may have
several.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from varinterp.errors import ReleaseError
from varinterp.model.gene_disease import Inheritance
from varinterp.model.population import (
    Listing,
    RateMeasure,
)
from varinterp.model.variant import Allele
from varinterp.sources.gene_disease import SHAPES
from varinterp.sources.lines import numbered_lines, shown

OVERRIDES = ("BA1", "BS1", "PM2")
"""The criteria that a listing can take the ground from."""
EXPIRED = "expired"
"""Why a row is set aside: it was to be looked at again before the day of the release."""

REQUIRED = (
    "list", "allele", "gene", "disease", "inheritance", "region", "measure", "rate", "overrides",
    "pmid", "curator", "date", "reason",
)  # fmt: skip
OPTIONAL = ("expires", "constructed")
_LONGEST = 300
_SHOWN_FAULTS = 20
_RATE = re.compile(r"0\.\d+|1|[1-9]\d*/[1-9]\d*")
_PMID = re.compile(r"\d+(;\d+)*")


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row of the file, with its line (1-based)."""

    line: int
    allele: Allele
    listing: Listing


def read_listed_rows(path: Path, dated: date) -> tuple[tuple[ListedRow, ...], Counter[str]]:
    """Read a list as it stands on a day; raise ReleaseError with its faults, by line.

    Rows whose `expires` is before that day are set aside, and counted.
    """
    faults: list[str] = []
    rows = [row for line, cells in _cells(path) if (row := _row(line, cells, faults))]
    faults += _repeated(rows)
    if faults:
        places = "\n".join(f"{path.name}:{fault}" for fault in faults[:_SHOWN_FAULTS])
        raise ReleaseError(f"{len(faults)} faults in a list of alleles\n{places}")
    kept = tuple(row for row in rows if not _expired(row.listing, dated))
    return kept, Counter({EXPIRED: len(rows) - len(kept)}) if len(kept) < len(rows) else Counter()


def _cells(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield (line, cells by column); raise ReleaseError for columns that are not the list's."""
    names: list[str] = []
    for line, text in numbered_lines(path):
        if not text.strip() or text.startswith("#"):
            continue
        cells = [cell.strip() for cell in text.removeprefix("\ufeff").split("\t")]
        if names and len(cells) != len(names):
            raise ReleaseError(f"{path.name}:{line}: {len(cells)} columns, expected {len(names)}")
        if names:
            yield line, dict(zip(names, cells, strict=True))
        else:
            names = _names(path, line, cells)
    if not names:
        raise ReleaseError(f"{path.name}:1: no header; expected {', '.join(REQUIRED)}")


def _names(path: Path, line: int, cells: list[str]) -> list[str]:
    missing = [name for name in REQUIRED if name not in cells]
    unknown = [name for name in cells if name not in (*REQUIRED, *OPTIONAL)]
    if missing or unknown or len(set(cells)) != len(cells):
        raise ReleaseError(
            f"{path.name}:{line}: a header has each of {', '.join(REQUIRED)} once, and may have "
            f"{', '.join(OPTIONAL)}; missing: {', '.join(missing) or 'none'}; "
            f"unknown: {', '.join(map(shown, unknown)) or 'none'}"
        )
    return cells


def _row(line: int, cells: Mapping[str, str], faults: list[str]) -> ListedRow | None:
    """Return a row, or None when a cell is not what its column takes; the fault is noted."""
    constructed = cells.get("constructed", "")
    expected = {
        name: text
        for name, (test, text) in _TAKES.items()
        if not test(cells.get(name, ""))
        and not (name == "pmid" and constructed and not cells[name])
    }
    for name, text in expected.items():
        faults.append(f"{line}: {name} is {shown(cells[name])}; expected {text}")
    if expected:
        return None
    listing = Listing(
        source_list=cells["list"],
        hgnc=cells["gene"],
        disease=cells["disease"],
        inheritance=Inheritance(cells["inheritance"]),
        region=cells["region"],
        measure=RateMeasure(cells["measure"]),
        rate=cells["rate"],
        overrides=tuple(sorted(set(cells["overrides"].split(";")))),
        pmid=cells["pmid"] or None,
        curator=cells["curator"],
        date=cells["date"],
        reason=cells["reason"],
        expires=cells.get("expires") or None,
        constructed=bool(constructed),
    )
    return ListedRow(line, Allele.parse(cells["allele"]), listing)


def _repeated(rows: list[ListedRow]) -> Iterator[str]:
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        each = row.listing
        place = (
            row.allele,
            each.source_list,
            each.hgnc,
            each.disease,
            each.inheritance,
            each.region,
        )
        if place in seen:
            yield f"{row.line}: the same allele, disease and region as line {seen[place]}"
        seen.setdefault(place, row.line)


def _expired(listing: Listing, dated: date) -> bool:
    return listing.expires is not None and date.fromisoformat(listing.expires) < dated


def _is_allele(text: str) -> bool:
    try:
        Allele.parse(text)
    except ValueError:
        return False
    return True


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_rate(text: str) -> bool:
    if not _RATE.fullmatch(text):
        return False
    part, _, whole = text.partition("/")
    return 0 < float(part) / float(whole or 1) <= 1


def _is_text(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and text.isprintable()


def _some_of(words: tuple[str, ...]) -> Callable[[str], bool]:
    return lambda text: set(text.split(";")) <= set(words)


_TEXT = (_is_text, f"a text of at most {_LONGEST} characters")
_TAKES: Mapping[str, tuple[Callable[[str], object], str]] = MappingProxyType(
    {
        "list": _TEXT,
        "allele": (_is_allele, "GRCh38:chromosome-position-ref-alt"),
        "gene": (SHAPES["hgnc"].fullmatch, "an HGNC id, such as HGNC:25439"),
        "disease": (SHAPES["disease"].fullmatch, "a disease's id, such as OMIM:616878"),
        "inheritance": (set(Inheritance).__contains__, " or ".join(Inheritance)),
        "region": _TEXT,
        "measure": (set(RateMeasure).__contains__, " or ".join(RateMeasure)),
        "rate": (_is_rate, "a number up to 1, as 0.023 or as 1/22"),
        "overrides": (_some_of(OVERRIDES), f"some of {';'.join(OVERRIDES)}"),
        "pmid": (_PMID.fullmatch, "PubMed ids, joined by ;"),
        "curator": _TEXT,
        "date": (_is_date, "a date, such as 2026-11-22"),
        "reason": _TEXT,
        "expires": (lambda text: not text or _is_date(text), "a date, or nothing"),
        "constructed": (_some_of(("", "yes")), "yes, or nothing"),
    }
)
"""What the cells of each column take, as a test and in words."""
