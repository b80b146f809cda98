"""A dated release of gene-disease links: ``links.parquet``, and the TSV that it is built from.

The link's date says when a gene became a disease gene, which is what a reanalysis asks about.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

import pyarrow as pa

from varinterp.errors import ReleaseError
from varinterp.model.gene_disease import GeneDisease, Inheritance, Mechanism
from varinterp.sources.lines import numbered_lines, shown
from varinterp.sources.parquet import read_table, write_table

LINKS = "links.parquet"

LINKS_SCHEMA = pa.schema(
    [
        pa.field("hgnc", pa.string(), nullable=False),
        pa.field("gene", pa.string(), nullable=False),
        pa.field("disease", pa.string(), nullable=False),
        pa.field("disease_name", pa.string(), nullable=False),
        pa.field("inheritance", pa.string(), nullable=False),
        pa.field("mechanism", pa.string(), nullable=False),
        pa.field("known_since", pa.date32(), nullable=False),
        pa.field("pmid", pa.string()),
        pa.field("constructed", pa.bool_(), nullable=False),
        pa.field("note", pa.string(), nullable=False),
    ]
)
COLUMNS = tuple(LINKS_SCHEMA.names)

SHAPES = {
    "hgnc": re.compile(r"HGNC:\d+"),
    "gene": re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*"),
    "disease": re.compile(r"(OMIM|ORPHA|MONDO|DECIPHER|PMID):\d+"),
    "disease_name": re.compile(r".*\S.*"),
    "inheritance": re.compile("|".join(Inheritance)),
    "mechanism": re.compile("|".join(Mechanism)),
    "known_since": re.compile(r"\d{4}-\d{2}-\d{2}"),
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
    columns = {name: [getattr(link, name) for link in links] for name in COLUMNS}
    columns["known_since"] = [date.fromisoformat(link.known_since) for link in links]
    return write_table(pa.table(columns, schema=LINKS_SCHEMA), folder / LINKS)


def read_gene_disease(folder: Path) -> dict[str, tuple[GeneDisease, ...]]:
    """Read a release as links by HGNC id; raise ReleaseError naming the row and the word."""
    path = folder / LINKS
    rows = read_table(path, LINKS_SCHEMA).to_pylist()
    links = [
        _link(f"{path.name}, row {number}", _as_text(row)) for number, row in enumerate(rows, 1)
    ]
    _refuse_duplicates(links, path.name)
    grouped = groupby(sorted(links, key=_key), key=lambda link: link.hgnc)
    return {hgnc: tuple(of_gene) for hgnc, of_gene in grouped}


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
        date.fromisoformat(row["known_since"])
    except ValueError as error:
        raise ReleaseError(f"{place}: {row['known_since']} is not a date") from error
    return GeneDisease(
        hgnc=row["hgnc"],
        gene=row["gene"],
        disease=row["disease"],
        disease_name=row["disease_name"],
        inheritance=Inheritance(row["inheritance"]),
        mechanism=Mechanism(row["mechanism"]),
        known_since=row["known_since"],
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
