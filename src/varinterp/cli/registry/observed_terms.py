"""Terms that are typed or imported, checked against the HPO release of the lock."""

import re
from datetime import date
from pathlib import Path

import typer

from varinterp.cli.registry.consent_table import case_of
from varinterp.cli.registry.desk import Desk, now
from varinterp.cli.registry.table import Row, cell_day, read_rows, table_book
from varinterp.errors import InputError
from varinterp.model.observation import Observation, ObservationState
from varinterp.model.phenotype import Phenotype
from varinterp.phenotype.ontology import Ontology
from varinterp.refs.lock import open_releases, read_lock
from varinterp.sources.fault_book import FaultBook, shown
from varinterp.sources.hpo import read_ontology
from varinterp.sources.hpo_terms import check_terms, inline_terms

COLUMNS = ("family", "hpo", "on", "onset")
_ONSET = re.compile(r"HP:[0-9]{7}|P(?=[0-9])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+W)?(?:[0-9]+D)?")


def statements(desk: Desk, terms: str, on: date, onset: str | None) -> list[Observation]:
    """Return what is typed as observations; raise InputError for terms that HPO does not have."""
    if onset is not None and not _ONSET.fullmatch(onset):
        raise typer.BadParameter(f"{onset!r}: expected HP:0003577 or an age such as P3Y6M")
    if on > now().date():
        raise typer.BadParameter(f"{on}: expected a day that is not in the future")
    checked = check_terms(inline_terms(terms, "the terms", 1, "terms"), _ontology(desk))
    return _observations(checked.phenotype, on, onset)


def import_observations(desk: Desk, path: Path, author: str) -> int:
    """Record a table of observations; return how many are new. Raises InputError."""
    book = table_book(path)
    found: dict[str, list[Observation]] = {}
    terms = _ontology(desk)
    for row in read_rows(path, COLUMNS, COLUMNS[:3], book):
        case = case_of(desk, row, book)
        read = _row(row, path, terms, book)
        if case is not None:
            found.setdefault(case.case, []).extend(read)
    if book.rejects:
        raise InputError(book.faults())
    at = now()
    return sum(
        len(desk.dataset.observe(case, observations, author=author, at=at))
        for case, observations in found.items()
    )


def _row(row: Row, path: Path, terms: Ontology, book: FaultBook) -> list[Observation]:
    day = cell_day(row, "on", book)
    if day is not None and day > now().date():
        book.add("table.future", shown(row.cells["on"]), row.line, "on")
    onset = row.cells["onset"] or None
    if onset is not None and not _ONSET.fullmatch(onset):
        book.add("table.onset", "another text", row.line, "onset")
    if not row.cells["hpo"]:
        book.add("table.hpo", "nothing", row.line, "hpo")
    try:
        checked = check_terms(inline_terms(row.cells["hpo"], str(path), row.line, "hpo"), terms)
    except InputError as error:
        book.keep(error.faults)
        return []
    return [] if day is None else _observations(checked.phenotype, day, onset)


def _observations(phenotype: Phenotype, on: date, onset: str | None) -> list[Observation]:
    return [
        *(Observation(term, ObservationState.OBSERVED, on, onset) for term in phenotype.observed),
        *(Observation(term, ObservationState.EXCLUDED, on) for term in phenotype.excluded),
    ]


def _ontology(desk: Desk) -> Ontology:
    releases = open_releases(read_lock(desk.settings.lock), desk.settings.references)
    return read_ontology(releases["hpo"].folder)
