"""What curators state of a gene, a disease and a mode, whoever they are: ``curations.parquet``.

ClinGen, GenCC, Gene2Phenotype, PanelApp and Orphanet each say it in words of their own. Their
readers bring it to this one table, with the word that was said beside ours, so that one look-up,
one comparison and one derived release serve them all.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from varinterp.errors import ReleaseError
from varinterp.model.gene_disease import Inheritance, Mechanism, Validity, best_of
from varinterp.sources.link_changes import Statement, changed_statements
from varinterp.sources.material import Built
from varinterp.sources.parquet import read_table, write_table
from varinterp.sources.quoted_table import unknown_word
from varinterp.sources.rules import Rules

CURATIONS = "curations.parquet"

CURATIONS_SCHEMA = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("hgnc", pa.string(), nullable=False),
        pa.field("gene", pa.string(), nullable=False),
        pa.field("disease", pa.string()),
        pa.field("disease_name", pa.string(), nullable=False),
        pa.field("inheritance", pa.string()),
        pa.field("stated_inheritance", pa.string(), nullable=False),
        pa.field("validity", pa.string(), nullable=False),
        pa.field("stated_validity", pa.string(), nullable=False),
        pa.field("mechanism", pa.string(), nullable=False),
        pa.field("stated_mechanism", pa.string(), nullable=False),
        pa.field("curator", pa.string(), nullable=False),
        pa.field("dated", pa.date32()),
        pa.field("pmid", pa.string(), nullable=False),
        pa.field("record", pa.string(), nullable=False),
    ]
)

HGNC = re.compile(r"HGNC:[1-9]\d*")
SYMBOL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/@-]*")
DISEASE = re.compile(r"(OMIM|ORPHA|MONDO):\d+")
_PMID = re.compile(r"(?<![\w./-])\d{4,9}(?![\w/-]|\.\d)")


@dataclass(frozen=True, slots=True)
class Curation:
    """One statement about a gene, a disease and a mode of inheritance.

    `disease` is None where the source names no id, `inheritance` None where the stated word is no
    mode of ours (somatic, digenic, unknown, …). `mechanism` is loss of function only where the
    source says so. `dated` is the day of the statement, None when the source gives none; `record`
    is the source's own id of it, or of its edition, and is no part of what is compared.
    """

    source: str
    hgnc: str
    gene: str
    disease: str | None
    disease_name: str
    inheritance: Inheritance | None
    stated_inheritance: str
    validity: Validity
    stated_validity: str
    mechanism: Mechanism
    stated_mechanism: str
    curator: str
    dated: date | None
    pmid: str
    record: str


@dataclass(frozen=True, slots=True)
class Curated:
    """The statements of an upstream file, what was left out by reason, and the file's own date."""

    rows: tuple[Curation, ...]
    set_aside: Mapping[str, int] = field(default_factory=dict)
    stated: date | None = None


def write_curated(curated: Curated, folder: Path) -> Built:
    """Write what was read as a release's ``curations.parquet``."""
    rows = curated.rows
    counts = {
        "curations": len(rows),
        "genes": len({row.hgnc for row in rows}),
        "asserted": sum(row.validity.asserts for row in rows),
    }
    written = write_curations(rows, folder)
    return Built({CURATIONS: written}, counts, dict(curated.set_aside), curated.stated)


def write_curations(rows: Iterable[Curation], folder: Path) -> int:
    """Write ``curations.parquet``, sorted by gene and disease; return its rows."""
    ordered = sorted(rows, key=_order)
    columns = {name: [getattr(row, name) for row in ordered] for name in CURATIONS_SCHEMA.names}
    return write_table(pa.table(columns, schema=CURATIONS_SCHEMA), folder / CURATIONS)


def read_curations(folder: Path) -> tuple[Curation, ...]:
    """Read the curations of a release in the file's order; raise ReleaseError for another file."""
    rows = read_table(folder / CURATIONS, CURATIONS_SCHEMA).to_pylist()
    try:
        return tuple(_curation(row) for row in rows)
    except ValueError as error:
        raise ReleaseError(f"{CURATIONS}: {error}; rebuild the release") from error


def checked_id(shape: re.Pattern[str], path: Path, line: int, column: str, word: str) -> str:
    """Return an identifier; raise ReleaseError when it has not the shape of one."""
    if not shape.fullmatch(word):
        raise unknown_word(path, line, column, word)
    return word


def checked_day(path: Path, line: int, column: str, word: str) -> date:
    """Return the day of ``2024-03-14``, with or without a time of day after it."""
    try:
        return date.fromisoformat(re.split("[T ]", word, maxsplit=1)[0])
    except ValueError as error:
        raise unknown_word(path, line, column, word) from error


def modes_of(
    words: Mapping[str, Sequence[Inheritance]], path: Path, line: int, column: str, word: str
) -> Sequence[Inheritance | None]:
    """Return our modes for a stated word; None alone for a word that is no mode of ours.

    Raise ReleaseError for a word that the vocabulary lacks.
    """
    if word not in words:
        raise unknown_word(path, line, column, word)
    return words[word] or (None,)


def pmids_in(text: str) -> str:
    """Return the PubMed ids in a text, each once and in its order, joined by ``;``.

    Parts of a DOI, of a PMC number or of an address are none.
    """
    return ";".join(dict.fromkeys(_PMID.findall(text)))


def look_up_curations(folder: Path, key: str) -> dict[str, Any] | None:
    """Return what a release says of a gene, by HGNC id; None when it says nothing.

    ``best`` is the best class that is stated, ``diseases`` every id, ``modes`` every mode of ours.
    """
    rows = [row for row in read_curations(folder) if row.hgnc == key]
    if not rows:
        return None
    return {
        "best": best_of(row.validity for row in rows).value,
        "diseases": sorted({row.disease for row in rows if row.disease}),
        "modes": sorted({row.inheritance.value for row in rows if row.inheritance}),
        "curations": [_plain(row) for row in rows],
    }


def changed_curations(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    """Compare two releases as `CHANGES_SCHEMA`, by gene; no rule has a say in it."""
    before, after = read_curations(old), read_curations(new)
    source = (after or before)[0].source if after or before else ""
    return changed_statements(source, map(_statement, before), map(_statement, after))


def _statement(row: Curation) -> Statement:
    return Statement(
        key=row.hgnc,
        about=(row.disease or row.disease_name, row.curator),
        inheritance=row.inheritance.value if row.inheritance else row.stated_inheritance,
        validity=row.validity,
        mechanism=row.mechanism,
        rest=tuple(_plain(row).items()),
        text=_text(row),
    )


def _text(row: Curation) -> str:
    mode = row.inheritance.value if row.inheritance else row.stated_inheritance
    lost = row.mechanism.value if row.mechanism is Mechanism.LOSS_OF_FUNCTION else ""
    said_by = f"({', '.join(filter(None, (row.curator, str(row.dated or ''))))})"
    parts = (row.disease or row.disease_name, mode, row.validity.value, lost, said_by)
    return " ".join(filter(None, parts))


def _plain(row: Curation) -> dict[str, Any]:
    """Return what is looked up and compared: not the source's id, nor its word where we have one.

    Vocabularies are renamed as a whole now and then, and a new word for a class is no news.
    """
    plain = {each.name: getattr(row, each.name) for each in fields(row)}
    del plain["record"], plain["source"], plain["stated_validity"]
    if row.inheritance is not None:
        del plain["stated_inheritance"]
    return plain | {"dated": row.dated.isoformat() if row.dated else None}


def _curation(row: dict[str, Any]) -> Curation:
    return Curation(
        **row
        | {
            "inheritance": Inheritance(row["inheritance"]) if row["inheritance"] else None,
            "validity": Validity(row["validity"]),
            "mechanism": Mechanism(row["mechanism"]),
        }
    )


def _order(row: Curation) -> tuple[str, ...]:
    return tuple(
        "" if value is None else str(value)
        for value in (row.hgnc, row.disease, *(getattr(row, name) for name in _REST))
    )


_REST = tuple(name for name in CURATIONS_SCHEMA.names if name not in ("source", "hgnc", "disease"))
