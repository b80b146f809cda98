"""Gene2Phenotype's panels, in the three tables that it has published.

Until 2022 with ``DDD category``, then ``confidence category`` or ``confidence value`` and the
allelic requirement as HPO synonyms (``biallelic_autosomal``), since 2024 with a molecular
mechanism. Read in the DDG2P files of 2016-05 and 2024, in the header that G2P's own download code
writes, and in its terminology page. Thormann 2019 (PMID 31147538).

The oldest tables name genes by symbol only; a row whose symbol has no HGNC id is left out, counted.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
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
    pmids_in,
)
from varinterp.sources.quoted_table import Record, Row, read_records, rows_under, unknown_word

ALWAYS = ("gene symbol", "disease name", "disease mim", "allelic requirement", "panel")
CONFIDENCE = ("confidence", "confidence value", "confidence category", "DDD category")
MECHANISM = ("molecular mechanism", "mutation consequence")
PUBLICATIONS = ("publications", "pmids")
DATED = ("date of last review", "gene disease pair entry date")

CLASSES = {
    "definitive": Validity.DEFINITIVE,
    "strong": Validity.STRONG,
    "moderate": Validity.MODERATE,
    "limited": Validity.LIMITED,
    "disputed": Validity.DISPUTED,
    "refuted": Validity.REFUTED,
    "both RD and IF": Validity.DEFINITIVE,
    "confirmed": Validity.DEFINITIVE,
    "confirmed DD gene": Validity.DEFINITIVE,
    "both DD and IF": Validity.DEFINITIVE,
    "probable": Validity.STRONG,
    "probable DD gene": Validity.STRONG,
    "possible": Validity.LIMITED,
    "possible DD gene": Validity.LIMITED,
    "child IF": Validity.NOT_STATED,
}
"""G2P's own table of what its former words became. *IF* marks incidental findings: *both* is a
confirmed gene as well; *child IF* classes nothing."""

_DOMINANT = (Inheritance.AUTOSOMAL_DOMINANT,)
_RECESSIVE = (Inheritance.AUTOSOMAL_RECESSIVE,)
_X = (Inheritance.X_LINKED,)
MODES: dict[str, tuple[Inheritance, ...]] = {
    "biallelic_autosomal": _RECESSIVE,
    "biallelic_PAR": _RECESSIVE,
    "biallelic": _RECESSIVE,
    "monoallelic_autosomal": _DOMINANT,
    "monoallelic_PAR": _DOMINANT,
    "monoallelic": _DOMINANT,
    "monoallelic (autosome)": _DOMINANT,
    "monoallelic_X": _X,
    "monoallelic_X_hem": _X,
    "monoallelic_X_het": _X,
    "monoallelic_X_hemizygous": _X,
    "monoallelic_X_heterozygous": _X,
    "hemizygous": _X,
    "x-linked dominant": _X,
    "x-linked over-dominance": _X,
    "mitochondrial": (Inheritance.MITOCHONDRIAL,),
    "monoallelic_Y_hem": (),
    "monoallelic_Y_hemizygous": (),
    "digenic": (),
    "imprinted": (),
    "mosaic": (),
    "uncertain": (),
    "": (),
}

MECHANISMS = frozenset(
    {
        "loss of function", "gain of function", "dominant negative", "undetermined",
        "undetermined non-loss-of-function", "all missense/in frame", "activating", "uncertain",
        "cis-regulatory or promotor mutation", "5_prime or 3_prime UTR mutation",
        "increased gene dosage", "part of contiguous gene duplication", "absent gene product",
        "altered gene product structure", "increased gene product level",
        "decreased gene product level", "",
    }
)  # fmt: skip
"""Molecular mechanisms of today, and mutation consequences of the former tables."""

LOSS = frozenset({"loss of function"})
NO_DISEASE = frozenset({"", "No disease mim"})
NO_DATE = frozenset({"", "No date"})


def read_gene2phenotype(
    paths: tuple[Path, ...], source: str, symbols: Mapping[str, str]
) -> Curated:
    """Read one panel or several; `symbols` gives the HGNC id of a gene that has none in the file.

    A record that several panels hold counts once. Raise ReleaseError naming line and word.
    """
    set_aside: Counter[str] = Counter()
    rows: dict[Curation, None] = {}
    for path in paths:
        for line, row in _table(path):
            hgnc = _hgnc(path, line, row, symbols)
            if hgnc is None:
                set_aside["gene_without_hgnc"] += 1
                continue
            for curation in _curations(path, line, row, source, hgnc):
                set_aside["record_of_another_panel"] += curation in rows
                rows[curation] = None
    return Curated(tuple(rows), +set_aside)


def _table(path: Path) -> Iterator[tuple[int, Row]]:
    records = read_records(path, ",")
    header: Record = next(records, (1, []))
    for names in (CONFIDENCE, MECHANISM, PUBLICATIONS):
        if not set(names) & set(header[1]):
            raise ReleaseError(f"{path.name}:{header[0]}: no column {' or '.join(names)}")
    return rows_under(path, header, records, ALWAYS)


def _hgnc(path: Path, line: int, row: Row, symbols: Mapping[str, str]) -> str | None:
    stated = row.get("hgnc id", "")
    if not stated:
        return symbols.get(row["gene symbol"])
    return checked_id(HGNC, path, line, "hgnc id", f"HGNC:{stated.removeprefix('HGNC:')}")


def _curations(path: Path, line: int, row: Row, source: str, hgnc: str) -> Iterator[Curation]:
    confidence, classed = _said(row, CONFIDENCE)
    if classed not in CLASSES:
        raise unknown_word(path, line, confidence, classed)
    column, mechanism = _said(row, MECHANISM)
    for word in mechanism.split(";"):
        if word.strip() not in MECHANISMS:
            raise unknown_word(path, line, column, word)
    requirement = row["allelic requirement"]
    for mode in modes_of(MODES, path, line, "allelic requirement", requirement):
        yield Curation(
            source=source,
            hgnc=hgnc,
            gene=checked_id(SYMBOL, path, line, "gene symbol", row["gene symbol"]),
            disease=_disease(path, line, row),
            disease_name=row["disease name"],
            inheritance=mode,
            stated_inheritance=requirement,
            validity=CLASSES[classed],
            stated_validity=classed,
            mechanism=(
                Mechanism.LOSS_OF_FUNCTION if mechanism in LOSS else Mechanism.NOT_ESTABLISHED
            ),
            stated_mechanism=_mechanism(row, mechanism),
            curator="G2P",
            dated=_day(path, line, row),
            pmid=pmids_in(_said(row, PUBLICATIONS)[1]),
            record=row.get("g2p id", ""),
        )


def _said(row: Row, names: tuple[str, ...]) -> tuple[str, str]:
    """Return the first of the columns that this table has, and what it says."""
    return next((name, row[name]) for name in names if name in row)


def _mechanism(row: Row, mechanism: str) -> str:
    support = row.get("molecular mechanism support", "")
    return f"{mechanism} ({support})" if mechanism and support else mechanism


def _disease(path: Path, line: int, row: Row) -> str | None:
    """Return the disease's OMIM id, or its Mondo id where it has none."""
    stated = row["disease mim"]
    if stated not in NO_DISEASE:
        word = stated if ":" in stated else f"OMIM:{stated}"
        word = re.sub("^Orphanet:", "ORPHA:", word)
        return checked_id(DISEASE, path, line, "disease mim", word)
    mondo = row.get("disease MONDO", "")
    return checked_id(DISEASE, path, line, "disease MONDO", mondo) if mondo else None


def _day(path: Path, line: int, row: Row) -> date | None:
    column, stated = next(((name, row[name]) for name in DATED if name in row), ("", ""))
    return None if stated in NO_DATE else checked_day(path, line, column, stated)
