"""Which analyses of a case are known already, and which are refused.

A run of the reanalysis moves a case to other releases, and the family's own lock with it. A
workflow that still runs from the lock of before, after an upgrade for instance, would put old
knowledge on top of new: an analysis on releases that a run left is refused, whatever the rules and
the software, unless its input is new. Input is new when family, phenotype, parentage, consent to
secondary findings or indication are others than in every analysis registered so far. It is taken on
its old releases, and the next run brings the case forward again.
"""

from dataclasses import replace

import sqlalchemy as sa

from varinterp.errors import Fault, InputError
from varinterp.model.basis import Basis
from varinterp.model.case import Case
from varinterp.model.facts import RULE
from varinterp.registry.analyses import read_picture
from varinterp.registry.bases import bases
from varinterp.registry.payload import CaseKey
from varinterp.registry.tables import ANALYSIS, CASE_STATE


def registered(
    connection: sa.Connection, case_id: int, case: Case, document_digest: str
) -> int | None:
    """Return the analysis that a document is; raise InputError when its number is not free."""
    rows = connection.execute(
        sa.select(ANALYSIS.c.id, ANALYSIS.c.number, ANALYSIS.c.document_digest)
        .where(ANALYSIS.c.case_id == case_id)
        .order_by(ANALYSIS.c.number)
    ).all()
    for row in rows:
        if row.document_digest == document_digest:
            return int(row.id)
    for row in rows:
        if row.number == case.analysis:
            raise InputError([_other_content(case, row.document_digest)])
    if rows and rows[-1].number > case.analysis:
        raise InputError([_out_of_order(case, rows[-1].number)])
    return None


def refuse_old_knowledge(connection: sa.Connection, key: CaseKey, case: Case, basis: Basis) -> None:
    """Refuse an analysis on releases that a run has left, unless its input is new."""
    rows = connection.execute(
        sa.select(CASE_STATE.c.basis_id, CASE_STATE.c.run_id)
        .where(CASE_STATE.c.case_id == key.case_id)
        .order_by(CASE_STATE.c.id)
    )
    known, mine = bases(connection), _references(basis)
    states = [(_references(known[row.basis_id]), row.run_id) for row in rows]
    stood = [number for number, (references, _) in enumerate(states) if references == mine]
    left = bool(stood) and any(run is not None for _, run in states[stood[-1] + 1 :])
    if left and _input_of(case) in _inputs(connection, key):
        raise InputError([_old_knowledge(case)])


def _references(basis: Basis) -> dict[str, str]:
    """Return the releases of a basis without the rules, which a lock does not name."""
    return {source: name for source, name in basis.releases if source != RULE.source}


def _inputs(connection: sa.Connection, key: CaseKey) -> list[Case]:
    """Return what each analysis of a case started from."""
    rows = connection.execute(sa.select(ANALYSIS).where(ANALYSIS.c.case_id == key.case_id))
    return [_input_of(read_picture(key, row).picture.case) for row in rows]


def _input_of(case: Case) -> Case:
    return replace(case, analysis=0)


def _old_knowledge(case: Case) -> Fault:
    return Fault(
        rule="registry.old_knowledge",
        file=f"case {case.id}",
        found="an analysis on releases that the reanalysis has moved the case away from",
        expected="the releases that the case stands on now, or an input that is new",
        advice="bring the family's lock forward and run the workflow again",
    )


def _other_content(case: Case, registered: str | None) -> Fault:
    known = "" if registered is None else f" ({registered[:12]}…)"
    return Fault(
        rule="registry.analysis_differs",
        file=f"case {case.id}",
        found=f"another content of analysis {case.analysis}",
        expected=f"the document that was registered{known}",
        advice="run the step that numbers it again: nothing is overwritten",
    )


def _out_of_order(case: Case, last: int) -> Fault:
    return Fault(
        rule="registry.analysis_order",
        file=f"case {case.id}",
        found=f"analysis {case.analysis}",
        expected=f"a number above {last}, the last that is registered",
        advice="register the analyses of a case in order",
    )
