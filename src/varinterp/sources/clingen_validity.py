"""ClinGen's gene-disease validity curations, as its website's CSV gives them.

Lines of title, date and address, then the column names between two rows of ``+++``. Read in the
downloads of 2025-07-01 and 2026-02-09. Framework: Strande 2017 (PMID 28552198).
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from varinterp.errors import ReleaseError
from varinterp.model.gene_disease import Inheritance, Mechanism, Validity
from varinterp.sources.curations import (
    DISEASE,
    HGNC,
    SYMBOL,
    Curated,
    Curation,
    checked_day,
    checked_id,
    modes_of,
)
from varinterp.sources.lines import shown
from varinterp.sources.quoted_table import Record, Row, read_records, rows_under, unknown_word

COLUMNS = (
    "GENE SYMBOL", "GENE ID (HGNC)", "DISEASE LABEL", "DISEASE ID (MONDO)", "MOI",
    "CLASSIFICATION", "ONLINE REPORT", "CLASSIFICATION DATE", "GCEP",
)  # fmt: skip

MODES: dict[str, tuple[Inheritance, ...]] = {
    "AD": (Inheritance.AUTOSOMAL_DOMINANT,),
    "AR": (Inheritance.AUTOSOMAL_RECESSIVE,),
    "XL": (Inheritance.X_LINKED,),
    "MT": (Inheritance.MITOCHONDRIAL,),
    "SD": (Inheritance.AUTOSOMAL_DOMINANT, Inheritance.AUTOSOMAL_RECESSIVE),
    "UD": (),
}
"""Semidominant: one allele is enough, two are more severe. UD is undetermined."""

CLASSES = {
    "Definitive": Validity.DEFINITIVE,
    "Strong": Validity.STRONG,
    "Moderate": Validity.MODERATE,
    "Limited": Validity.LIMITED,
    "No Known Disease Relationship": Validity.NO_KNOWN_RELATIONSHIP,
    "Animal Model Only": Validity.ANIMAL_MODEL_ONLY,
    "Disputed": Validity.DISPUTED,
    "Refuted": Validity.REFUTED,
}

CURATOR = "ClinGen"
_CREATED = re.compile(r"FILE CREATED: (.+)")
_RULE = re.compile(r"\++")


def read_clingen_validity(path: Path, source: str) -> Curated:
    """Read the CSV; raise ReleaseError naming the line and the word."""
    stated: date | None = None
    records = read_records(path, ",")
    for line, cells in records:
        created = _CREATED.fullmatch(cells[0]) if cells else None
        if created:
            stated = checked_day(path, line, "FILE CREATED", created[1])
        if cells[:1] == [COLUMNS[0]]:
            return Curated(tuple(_rows(path, (line, cells), records, source)), stated=stated)
    raise ReleaseError(f"{path.name}:1: no row of column names; expected {shown(COLUMNS[0])}")


def _rows(path: Path, header: Record, records: Iterator[Record], source: str) -> Iterator[Curation]:
    for line, row in rows_under(path, header, records, COLUMNS):
        if not all(_RULE.fullmatch(cell) for cell in row.values()):
            yield from _curations(path, line, row, source)


def _curations(path: Path, line: int, row: Row, source: str) -> Iterator[Curation]:
    stated = row["CLASSIFICATION"]
    if stated not in CLASSES:
        raise unknown_word(path, line, "CLASSIFICATION", stated)
    for mode in modes_of(MODES, path, line, "MOI", row["MOI"]):
        yield Curation(
            source=source,
            hgnc=checked_id(HGNC, path, line, "GENE ID (HGNC)", row["GENE ID (HGNC)"]),
            gene=checked_id(SYMBOL, path, line, "GENE SYMBOL", row["GENE SYMBOL"]),
            disease=checked_id(
                DISEASE, path, line, "DISEASE ID (MONDO)", row["DISEASE ID (MONDO)"]
            ),
            disease_name=row["DISEASE LABEL"],
            inheritance=mode,
            stated_inheritance=row["MOI"],
            validity=CLASSES[stated],
            stated_validity=stated,
            mechanism=Mechanism.NOT_ESTABLISHED,
            stated_mechanism="",
            curator=CURATOR,
            dated=checked_day(path, line, "CLASSIFICATION DATE", row["CLASSIFICATION DATE"]),
            pmid="",
            record=f"{row['GCEP']}; {row['ONLINE REPORT']}",
        )
