"""A dated release of gene-disease links: ``links.parquet``, and a laboratory's own TSV of them.

The link's date says when a gene became a disease gene, which is what a reanalysis asks about. A
release holds every link that somebody stated, those that were disputed or refuted too; only those
whose class is a reason to suspect the disease are read as links (`Validity.raises_hypotheses`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from varinterp.errors import ReleaseError
from varinterp.model.gene_disease import GeneDisease, Inheritance, Mechanism, Validity, best_of
from varinterp.sources.lines import numbered_lines, shown
from varinterp.sources.link_changes import Statement, changed_statements
from varinterp.sources.parquet import read_table, write_table

if TYPE_CHECKING:  # which imports pydantic, and case tables are read without
    from varinterp.sources.rules import Rules

LINKS = "links.parquet"

LINKS_SCHEMA = pa.schema(
    [
        pa.field("hgnc", pa.string(), nullable=False),
        pa.field("gene", pa.string(), nullable=False),
        pa.field("disease", pa.string(), nullable=False),
        pa.field("disease_name", pa.string(), nullable=False),
        pa.field("inheritance", pa.string(), nullable=False),
        pa.field("mechanism", pa.string(), nullable=False),
        pa.field("known_since", pa.date32()),
        pa.field("pmid", pa.string()),
        pa.field("constructed", pa.bool_(), nullable=False),
        pa.field("note", pa.string(), nullable=False),
        pa.field("validity", pa.string(), nullable=False),
        pa.field("sources", pa.list_(pa.string()), nullable=False),
        pa.field("conflicting", pa.bool_(), nullable=False),
    ]
)
COLUMNS = tuple(LINKS_SCHEMA.names[:10])
"""The columns of the TSV, which classes nothing: its links are *not stated*."""

FORMER_SCHEMA = pa.schema(
    [
        field.with_nullable(False) if field.name == "known_since" else field
        for field in list(LINKS_SCHEMA)[:10]
    ]
)
"""Releases are never changed: those of before the classes are read as links that nobody classed."""

SHAPES = {
    "hgnc": re.compile(r"HGNC:\d+"),
    "gene": re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*"),
    "disease": re.compile(r"(OMIM|ORPHA|MONDO|DECIPHER|PMID):\d+"),
    "disease_name": re.compile(r".*\S.*"),
    "inheritance": re.compile("|".join(Inheritance)),
    "mechanism": re.compile("|".join(Mechanism)),
    "known_since": re.compile(r"(\d{4}-\d{2}-\d{2})?"),
    "pmid": re.compile(r"(\d+(;\d+)*)?"),
    "constructed": re.compile("true|false"),
}
"""A disease that has no id yet is named by the paper that describes it (``PMID:…``)."""


def write_gene_disease(rows: Iterable[GeneDisease], folder: Path) -> int:
    """Write ``links.parquet``, sorted by gene, disease and mode; return its rows.

    Raise ReleaseError for a link that is there twice.
    """
    links = sorted(rows, key=_key)
    _refuse_duplicates(links, LINKS)
    columns = {name: [getattr(link, name) for link in links] for name in LINKS_SCHEMA.names}
    columns["known_since"] = [
        date.fromisoformat(link.known_since) if link.known_since else None for link in links
    ]
    return write_table(pa.table(columns, schema=LINKS_SCHEMA), folder / LINKS)


def read_gene_disease(folder: Path) -> dict[str, tuple[GeneDisease, ...]]:
    """Read the links of a release that raise hypotheses, by HGNC id.

    Raise ReleaseError naming the row and the word.
    """
    links = (link for link in read_stated_links(folder) if link.validity.raises_hypotheses)
    return {hgnc: tuple(of_gene) for hgnc, of_gene in groupby(links, key=lambda link: link.hgnc)}


def read_stated_links(folder: Path) -> tuple[GeneDisease, ...]:
    """Read every link of a release, disputed and refuted ones too, sorted by gene and disease."""
    return read_links_file(folder / LINKS)


def read_links_file(path: Path) -> tuple[GeneDisease, ...]:
    """Read every link of a ``links.parquet``, whatever its name, sorted by gene and disease."""
    rows = read_table(path, _schema_of(path)).to_pylist()
    links = sorted((_classed(path, number, row) for number, row in enumerate(rows, 1)), key=_key)
    _refuse_duplicates(links, path.name)
    return tuple(links)


def _schema_of(path: Path) -> pa.Schema:
    try:
        names = pq.read_schema(path).names  # type: ignore[no-untyped-call]
    except (OSError, pa.ArrowInvalid):
        return LINKS_SCHEMA  # reading the table says what is wrong with the file
    return FORMER_SCHEMA if names == FORMER_SCHEMA.names else LINKS_SCHEMA


def _classed(path: Path, number: int, row: dict[str, Any]) -> GeneDisease:
    place = f"{path.name}, row {number}"
    link = _link(place, _as_text({name: row[name] for name in COLUMNS}))
    if "validity" not in row:
        return link
    if row["validity"] not in set(Validity):
        raise ReleaseError(f"{place}: unknown word {shown(row['validity'])} in column validity")
    return replace(
        link,
        validity=Validity(row["validity"]),
        sources=tuple(row["sources"]),
        conflicting=row["conflicting"],
    )


def read_gene_disease_tsv(path: Path) -> tuple[GeneDisease, ...]:
    """Read links from a TSV with the columns of ``links.parquet``, in the file's order.

    Lines that start with ``#`` are comments. Raise ReleaseError naming the line and the word.
    """
    lines = ((number, line) for number, line in numbered_lines(path) if not line.startswith("#"))
    header = next(lines, (1, ""))
    if tuple(header[1].split("\t")) != COLUMNS:
        raise ReleaseError(
            f"{path.name}:{header[0]}: expected the columns {', '.join(COLUMNS)}, tab-separated"
        )
    links = tuple(_read_lines(path, lines))
    _refuse_duplicates(links, path.name)
    return links


def _read_lines(path: Path, lines: Iterable[tuple[int, str]]) -> Iterator[GeneDisease]:
    for number, line in lines:
        cells = line.split("\t")
        place = f"{path.name}:{number}"
        if len(cells) != len(COLUMNS):
            raise ReleaseError(f"{place}: {len(cells)} columns, expected {len(COLUMNS)}")
        yield _link(place, dict(zip(COLUMNS, cells, strict=True)))


def _as_text(row: dict[str, object]) -> dict[str, str]:
    """Bring a row of the Parquet file to the words of the TSV, so that one check serves both."""
    words = {name: "" if value is None else str(value) for name, value in row.items()}
    return words | {"constructed": words["constructed"].lower()}


def _link(place: str, row: dict[str, str]) -> GeneDisease:
    for column, shape in SHAPES.items():
        if not shape.fullmatch(row[column]):
            raise ReleaseError(f"{place}: unknown word {shown(row[column])} in column {column}")
    try:
        date.fromisoformat(row["known_since"] or "2000-01-01")
    except ValueError as error:
        raise ReleaseError(f"{place}: {row['known_since']} is not a date") from error
    return GeneDisease(
        hgnc=row["hgnc"],
        gene=row["gene"],
        disease=row["disease"],
        disease_name=row["disease_name"],
        inheritance=Inheritance(row["inheritance"]),
        mechanism=Mechanism(row["mechanism"]),
        known_since=row["known_since"] or None,
        pmid=row["pmid"] or None,
        constructed=row["constructed"] == "true",
        note=row["note"],
    )


def _key(link: GeneDisease) -> tuple[str, str, str]:
    return link.hgnc, link.disease, link.inheritance.value


def _refuse_duplicates(links: Iterable[GeneDisease], place: str) -> None:
    seen: set[tuple[str, str, str]] = set()
    for link in links:
        if _key(link) in seen:
            raise ReleaseError(f"{place}: {' '.join(_key(link))} is there twice")
        seen.add(_key(link))


def look_up_links(folder: Path, key: str) -> dict[str, Any] | None:
    """Return every link that a release states of a gene, by HGNC id; None when there is none.

    ``best`` is the best class of them, ``diseases`` every id, ``modes`` every mode.
    """
    links = [link for link in read_stated_links(folder) if link.hgnc == key]
    if not links:
        return None
    return {
        "best": best_of(link.validity for link in links).value,
        "diseases": sorted({link.disease for link in links}),
        "modes": sorted({link.inheritance.value for link in links}),
        "links": [_plain(link) for link in links],
    }


def changed_links(old: Path, new: Path, rules: "Rules") -> pl.DataFrame:
    """Compare two releases as `CHANGES_SCHEMA`, by gene; no rule has a say in it."""
    before, after = read_stated_links(old), read_stated_links(new)
    return changed_statements("gene_disease", map(_statement, before), map(_statement, after))


def _statement(link: GeneDisease) -> Statement:
    return Statement(
        key=link.hgnc,
        about=(link.disease,),
        inheritance=link.inheritance.value,
        validity=link.validity,
        mechanism=link.mechanism,
        rest=tuple((name, str(value)) for name, value in _plain(link).items()),
        text=_text(link),
    )


def _text(link: GeneDisease) -> str:
    lost = link.mechanism.value if link.mechanism is Mechanism.LOSS_OF_FUNCTION else ""
    since = f"since {link.known_since}" if link.known_since else ""
    mark = "conflicting" if link.conflicting else ""
    words = (link.inheritance.value, link.validity.value, mark, lost, since)
    return " ".join(filter(None, (link.disease, link.disease_name, *words)))


def _plain(link: GeneDisease) -> dict[str, Any]:
    plain = {each.name: getattr(link, each.name) for each in fields(link)}
    return plain | {"sources": list(link.sources)}
