"""ClinGen's dosage sensitivity of genes and of recurrent regions, on GRCh38: ``dosage.parquet``.

``ClinGen_gene_curation_list_GRCh38.tsv`` and ``…region…``: lines of ``#`` with title, date and
build, the last of them the column names; scores 0 to 3, 30 (recessive) and 40 (unlikely). Columns
read in users' and ClinGen's own description of the files of 2026. Riggs 2012 (PMID 22097934).
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from varinterp.errors import ReleaseError
from varinterp.model.change import ChangeKind
from varinterp.sources.curations import checked_day
from varinterp.sources.lines import numbered_lines
from varinterp.sources.link_changes import changes_table
from varinterp.sources.material import Built
from varinterp.sources.parquet import read_table, write_table
from varinterp.sources.quoted_table import Record, Row, rows_under, unknown_word
from varinterp.sources.row_changes import changed_rows
from varinterp.sources.rules import Rules

DOSAGE = "dosage.parquet"
DOSAGE_SCHEMA = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("place", pa.string()),
        pa.field("haploinsufficiency", pa.int8()),
        pa.field("triplosensitivity", pa.int8()),
        pa.field("haploinsufficiency_disease", pa.string()),
        pa.field("triplosensitivity_disease", pa.string()),
        pa.field("haploinsufficiency_pmid", pa.string(), nullable=False),
        pa.field("triplosensitivity_pmid", pa.string(), nullable=False),
        pa.field("dated", pa.date32()),
    ]
)
"""`key` is ``NCBIGene:91522`` or ``ISCA-37404``; a score is null where nobody has evaluated it."""

GENE_COLUMNS = ("Gene Symbol", "Gene ID")
REGION_COLUMNS = ("ISCA ID", "ISCA Region Name")
SHARED_COLUMNS = (
    "Genomic Location", "Haploinsufficiency Score", "Triplosensitivity Score",
    "Date Last Evaluated", "Haploinsufficiency Disease ID", "Triplosensitivity Disease ID",
)  # fmt: skip

RECESSIVE, UNLIKELY, SUFFICIENT = 30, 40, 3
SCORES: Mapping[str, int | None] = {
    "0": 0, "1": 1, "2": 2, "3": 3, "30": RECESSIVE, "40": UNLIKELY,
    "Not yet evaluated": None, "-1": None, "": None,
}  # fmt: skip
_SCALE = {UNLIKELY: 0, 0: 1, 1: 2, 2: 3, 3: 4}
"""From unlikely to sufficient evidence; *recessive* answers another question."""

_PLACE = re.compile(r"chr(\d+|X|Y|M):\d+-\d+")
_ID = {"NCBIGene": re.compile(r"NCBIGene:\d+"), "ISCA": re.compile(r"ISCA-\d+")}
_DATE_LINE = re.compile(r"#(\d{2}) ([A-Z][a-z]{2}),(\d{4})")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BUILD = "GRCh38"


def build_dosage(genes: Path, regions: Path | None, folder: Path) -> Built:
    """Write ``dosage.parquet``; raise ReleaseError for an unknown score or another build."""
    stated: list[date] = []
    found = list(_gene_rows(genes, stated))
    among_genes = len(found)
    if regions is not None:
        found += _region_rows(regions, stated)
    found.sort(key=lambda row: str(row["key"]))
    _refuse_twice(found)
    table = pa.Table.from_pylist(found, DOSAGE_SCHEMA)
    counts = {
        "genes": among_genes,
        "regions": len(found) - among_genes,
        "haploinsufficient": sum(row["haploinsufficiency"] == SUFFICIENT for row in found),
    }
    return Built(
        {DOSAGE: write_table(table, folder / DOSAGE)}, counts, {}, max(stated, default=None)
    )


def read_dosage(folder: Path) -> dict[str, Mapping[str, Any]]:
    """Read a release by key."""
    return {row["key"]: row for row in read_table(folder / DOSAGE, DOSAGE_SCHEMA).to_pylist()}


def look_up_dosage(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return what a release says of ``NCBIGene:91522`` or ``ISCA-37404``; None when nothing."""
    row = read_dosage(folder).get(key)
    return None if row is None else dict(row) | {"dated": str(row["dated"] or "") or None}


def changed_dosage(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    """Compare two releases as `CHANGES_SCHEMA`; no rule has a say in it."""
    return changes_table(
        "clingen_dosage", changed_rows(read_dosage(old), read_dosage(new), _text, _kinds)
    )


def _gene_rows(path: Path, stated: list[date]) -> Iterator[dict[str, Any]]:
    for line, row in _table(path, GENE_COLUMNS, stated):
        yield _row(path, line, row, f"NCBIGene:{row['Gene ID']}", row["Gene Symbol"])


def _region_rows(path: Path, stated: list[date]) -> Iterator[dict[str, Any]]:
    for line, row in _table(path, REGION_COLUMNS, stated):
        yield _row(path, line, row, row["ISCA ID"], row["ISCA Region Name"])


def _table(path: Path, first: tuple[str, ...], stated: list[date]) -> Iterator[tuple[int, Row]]:
    """Yield the rows under the line of column names, which is the last line of comment."""
    records: Iterator[Record] = (
        (number, line.split("\t")) for number, line in numbered_lines(path) if line
    )
    build = False
    for line, cells in records:
        dated = _DATE_LINE.fullmatch(cells[0])
        if dated and dated[2] in _MONTHS:
            stated.append(date(int(dated[3]), 1 + _MONTHS.index(dated[2]), int(dated[1])))
        build = build or _BUILD in cells[0]
        if cells[0] == f"#{first[0]}":
            if not build:
                raise ReleaseError(f"{path.name}:{line}: its comments do not name {_BUILD}")
            names = [cells[0].removeprefix("#"), *cells[1:]]
            yield from rows_under(path, (line, names), records, (*first, *SHARED_COLUMNS))
            return
    raise ReleaseError(f"{path.name}:1: no line of column names that starts with #{first[0]}")


def _row(path: Path, line: int, row: Row, key: str, name: str) -> dict[str, Any]:
    if not any(shape.fullmatch(key) for shape in _ID.values()):
        raise unknown_word(path, line, "Gene ID or ISCA ID", key)
    place = row["Genomic Location"]
    dated = row["Date Last Evaluated"]
    found: dict[str, Any] = {
        "key": key,
        "name": name,
        "place": place.removeprefix("chr") if _PLACE.fullmatch(place) else None,
        "dated": checked_day(path, line, "Date Last Evaluated", dated) if dated else None,
    }
    for what in ("Haploinsufficiency", "Triplosensitivity"):
        score = row[f"{what} Score"]
        if score not in SCORES:
            raise unknown_word(path, line, f"{what} Score", score)
        papers = (row.get(f"{what} PMID{number}", "") for number in range(1, 7))
        found[what.lower()] = SCORES[score]
        found[f"{what.lower()}_disease"] = row[f"{what} Disease ID"] or None
        found[f"{what.lower()}_pmid"] = ";".join(filter(None, papers))
    return found


def _refuse_twice(rows: list[dict[str, Any]]) -> None:
    for one, next_one in pairwise(rows):
        if one["key"] == next_one["key"]:
            raise ReleaseError(f"{one['key']} is there twice")


def _kinds(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[ChangeKind]:
    moved = set()
    for what in ("haploinsufficiency", "triplosensitivity"):
        was, now = _SCALE.get(before[what]), _SCALE.get(after[what])
        if was is not None and now is not None and was != now:
            moved.add(ChangeKind.DOSAGE_UP if now > was else ChangeKind.DOSAGE_DOWN)
    yield from sorted(moved)


def _text(row: Mapping[str, Any]) -> str:
    scores = (
        f"{letters} {'not evaluated' if row[what] is None else row[what]}"
        for letters, what in (("HI", "haploinsufficiency"), ("TS", "triplosensitivity"))
    )
    return f"{row['name']} {', '.join(scores)} ({row['dated'] or 'no date'})"
