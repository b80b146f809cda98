"""Consents in bulk: checked whole, then recorded case by case."""

from pathlib import Path

from varinterp.cli.registry.desk import Desk, now
from varinterp.cli.registry.table import Row, cell_day, read_rows, table_book
from varinterp.errors import InputError
from varinterp.model.consent import ConsentDecision, ConsentScope
from varinterp.registry.dataset.consent_rows import DOCUMENT
from varinterp.registry.dataset.facade import RegisteredCase
from varinterp.sources.fault_book import FaultBook, shown

COLUMNS = ("family", "person", "scope", "answer", "from", "document")
_ANSWERS = {"yes": True, "no": False}


def import_consents(desk: Desk, path: Path, author: str) -> int:
    """Record a table of consents; return how many are new. Raises InputError with every fault."""
    book = table_book(path)
    found: dict[str, list[ConsentDecision]] = {}
    for row in read_rows(path, COLUMNS, COLUMNS[:5], book):
        case = case_of(desk, row, book)
        decision = None if case is None else _decision(desk, case, row, book)
        if case is not None and decision is not None:
            found.setdefault(case.case, []).append(decision)
    if book.rejects:
        raise InputError(book.faults())
    at = now()
    return sum(
        len(desk.dataset.consent(case, decisions, author=author, at=at))
        for case, decisions in found.items()
    )


def case_of(desk: Desk, row: Row, book: FaultBook) -> RegisteredCase | None:
    """Return the case of a row; None after recording why there is none."""
    try:
        case = desk.case(row.cells["family"])
    except InputError:
        book.add("table.family", "another name", row.line, "family")
        return None
    if case.erased:
        book.add("table.erased", "an erased case", row.line, "family")
        return None
    return case


def _decision(
    desk: Desk, case: RegisteredCase, row: Row, book: FaultBook
) -> ConsentDecision | None:
    person = person_of(desk, case, row, book)
    day = cell_day(row, "from", book)
    cells = row.cells
    if cells["scope"] not in set(ConsentScope):
        book.add("table.scope", shown(cells["scope"]), row.line, "scope")
    if cells["answer"] not in _ANSWERS:
        book.add("table.answer", shown(cells["answer"]), row.line, "answer")
    if cells["document"] and not DOCUMENT.fullmatch(cells["document"]):
        book.add("table.document", "another text", row.line, "document")
    if book.rejects or person is None or day is None:
        return None
    scope, granted = ConsentScope(cells["scope"]), _ANSWERS[cells["answer"]]
    if scope is ConsentScope.PRIMARY and not granted and person == case.proband:
        book.add("table.erasure", "one", row.line, "answer")
        return None
    return ConsentDecision(scope, granted, day, person, cells["document"])


def person_of(desk: Desk, case: RegisteredCase, row: Row, book: FaultBook) -> str | None:
    """Return the person of a row; None after recording that there is none in the case."""
    try:
        person = desk.person(case, row.cells["family"], row.cells["person"])
    except InputError:
        person = None
    family = desk.registry.case(case.case).family
    if person is None or person not in {member.id for member in family}:
        book.add("table.person", "somebody else", row.line, "person")
        return None
    return person
