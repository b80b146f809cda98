"""GenCC's submissions: everybody's gene-disease validity in one vocabulary.

A quoted TSV (or CSV) of 30 columns that starts with ``uuid``, since 2026 of 31 that starts with
``sgc_id`` and ``version_number``; notes hold line breaks. Read in the headers and rows that GenCC's
own export code and users of it write, and in its list of modes. DiStefano 2022 (PMID 35507016).
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

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
    pmids_in,
)
from varinterp.sources.lines import numbered_lines
from varinterp.sources.quoted_table import Row, read_rows, unknown_word

COLUMNS = (
    "gene_curie", "gene_symbol", "disease_curie", "disease_title", "classification_curie",
    "classification_title", "moi_curie", "moi_title", "submitter_title", "submitted_as_date",
    "submitted_as_pmids",
)  # fmt: skip
RECORD = ("sgc_id", "uuid")

CLASSES = {
    "GENCC:100001": Validity.DEFINITIVE,
    "GENCC:100002": Validity.STRONG,
    "GENCC:100003": Validity.MODERATE,
    "GENCC:100009": Validity.SUPPORTIVE,
    "GENCC:100004": Validity.LIMITED,
    "GENCC:100005": Validity.DISPUTED,
    "GENCC:100006": Validity.REFUTED,
    "GENCC:100007": Validity.ANIMAL_MODEL_ONLY,
    "GENCC:100008": Validity.NO_KNOWN_RELATIONSHIP,
}

MODES: dict[str, tuple[Inheritance, ...]] = {
    "HP:0000006": (Inheritance.AUTOSOMAL_DOMINANT,),
    "HP:0000007": (Inheritance.AUTOSOMAL_RECESSIVE,),
    "HP:0032113": (Inheritance.AUTOSOMAL_DOMINANT, Inheritance.AUTOSOMAL_RECESSIVE),
    "HP:0001417": (Inheritance.X_LINKED,),
    "HP:0001419": (Inheritance.X_LINKED,),
    "HP:0001423": (Inheritance.X_LINKED,),
    "HP:0001427": (Inheritance.MITOCHONDRIAL,),
    "HP:0034340": (Inheritance.AUTOSOMAL_DOMINANT,),
    "HP:0034341": (Inheritance.AUTOSOMAL_RECESSIVE,),
    "HP:0000005": (),  # mode of inheritance: unknown
    "HP:0001425": (),  # heterogeneous
    "HP:0001426": (),  # multifactorial
    "HP:0001428": (),  # somatic mutation
    "HP:0001442": (),  # somatic mosaicism
    "HP:0001444": (),  # autosomal dominant somatic cell mutation
    "HP:0001450": (),  # Y-linked
    "HP:0001466": (),  # contiguous gene syndrome
    "HP:0001470": (),  # sex-limited autosomal dominant
    "HP:0001475": (),  # male-limited autosomal dominant
    "HP:0003743": (),  # genetic anticipation
    "HP:0003744": (),  # genetic anticipation with paternal bias
    "HP:0003745": (),  # sporadic
    "HP:0010982": (),  # polygenic
    "HP:0010983": (),  # oligogenic
    "HP:0010984": (),  # digenic
    "HP:0010985": (),  # gonosomal
    "HP:0012274": (),  # autosomal dominant with paternal imprinting
    "HP:0012275": (),  # autosomal dominant with maternal imprinting
    "HP:0031362": (),  # sex-limited autosomal recessive
    "HP:0032382": (),  # uniparental disomy
    "HP:0032383": (),  # uniparental heterodisomy
    "HP:0032384": (),  # uniparental isodisomy
}
"""HPO's terms. Genes of the pseudoautosomal regions run as autosomal ones do; where the parent of
origin decides, a dominant reading would mislead, and such rows keep their word and have no mode."""


def read_gencc(path: Path, source: str) -> Curated:
    """Read the submissions; raise ReleaseError naming the line and the word."""
    set_aside: Counter[str] = Counter()
    rows: list[Curation] = []
    for line, row in read_rows(path, _delimiter(path), COLUMNS):
        if not row["disease_curie"] or not row["gene_curie"]:
            set_aside["no_gene_or_disease"] += 1
            continue
        rows += _curations(path, line, row, source)
    return Curated(tuple(rows), set_aside)


def _delimiter(path: Path) -> str:
    """Return what stands between the column names: GenCC offers the table with tabs and commas."""
    _, header = next(numbered_lines(path), (1, ""))
    return "\t" if "\t" in header else ","


def _curations(path: Path, line: int, row: Row, source: str) -> Iterator[Curation]:
    stated = row["classification_curie"]
    if stated not in CLASSES:
        raise unknown_word(
            path, line, "classification_curie", stated or row["classification_title"]
        )
    disease = row["disease_curie"].replace("Orphanet:", "ORPHA:")
    for mode in modes_of(MODES, path, line, "moi_curie", row["moi_curie"] or "HP:0000005"):
        yield Curation(
            source=source,
            hgnc=checked_id(HGNC, path, line, "gene_curie", row["gene_curie"]),
            gene=checked_id(SYMBOL, path, line, "gene_symbol", row["gene_symbol"]),
            disease=checked_id(DISEASE, path, line, "disease_curie", disease),
            disease_name=row["disease_title"],
            inheritance=mode,
            stated_inheritance=row["moi_title"],
            validity=CLASSES[stated],
            stated_validity=row["classification_title"],
            mechanism=Mechanism.NOT_ESTABLISHED,
            stated_mechanism="",
            curator=row["submitter_title"],
            dated=_day(path, line, row, "submitted_as_date"),
            pmid=pmids_in(row["submitted_as_pmids"]),
            record=next((row[name] for name in RECORD if row.get(name)), ""),
        )


def _day(path: Path, line: int, row: Row, column: str) -> date | None:
    return checked_day(path, line, column, row[column]) if row[column] else None
