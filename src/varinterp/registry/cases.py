"""Finding cases and their keys, inside the caller's transaction."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from varinterp.errors import Fault, InputError
from varinterp.model.canonical import digest
from varinterp.model.case import Case
from varinterp.registry.batch import Batch
from varinterp.registry.payload import CaseKey, new_secret
from varinterp.registry.tables import CASE, CASE_KEY

_CHUNK = 500
"""Values of one IN: SQLite allows 999 in the oldest versions at large."""


def chunks(values: Sequence[object]) -> Iterable[Sequence[object]]:
    """Cut values into pieces that one statement can name."""
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))


def case_id(connection: sa.Connection, pseudonym: str) -> int:
    """Return a case's row id; raise InputError when no case of that pseudonym is registered."""
    named = sa.select(CASE.c.id).where(CASE.c.pseudonym == pseudonym)
    found: int | None = connection.scalar(named)
    if found is None:
        raise InputError([_unknown_case()])
    return found


def live_key(connection: sa.Connection, pseudonym: str) -> CaseKey:
    """Return the key of a case; raise InputError when the case is unknown or was erased."""
    found = case_id(connection, pseudonym)
    key = keys(connection, [found]).get(found)
    if key is None:
        raise InputError([_erased(pseudonym)])
    return key


def keys(connection: sa.Connection, cases: Iterable[int]) -> dict[int, CaseKey]:
    """Return the keys of cases by row id, without those that were erased."""
    found = {}
    for some in chunks(sorted(set(cases))):
        rows = connection.execute(sa.select(CASE_KEY).where(CASE_KEY.c.case_id.in_(some)))
        found.update({row.case_id: CaseKey(row.case_id, bytes(row.secret)) for row in rows})
    return found


def every_key(connection: sa.Connection) -> dict[int, CaseKey]:
    """Return the key of every case that was not erased."""
    rows = connection.execute(sa.select(CASE_KEY))
    return {row.case_id: CaseKey(row.case_id, bytes(row.secret)) for row in rows}


def known_case(connection: sa.Connection, case: Case) -> int | None:
    """Find a case by its pseudonym or by what it is; raise InputError where these disagree."""
    wanted = _identity(case)
    same_thing = sa.and_(
        CASE.c.family == wanted[1],
        CASE.c.proband == wanted[2],
        CASE.c.indication_digest == wanted[3],
    )
    found = connection.execute(
        sa.select(CASE).where(sa.or_(CASE.c.pseudonym == case.id, same_thing))
    ).all()
    for row in found:
        if (row.pseudonym, row.family, row.proband, row.indication_digest) != wanted:
            raise InputError([_other_case(case, row.pseudonym)])
    return found[0].id if found else None


def new_case(batch: Batch, case: Case) -> CaseKey:
    """Write a case that is not there yet, with a key of its own."""
    names = ("pseudonym", "family", "proband", "indication_digest")
    key = CaseKey(batch.add(CASE, dict(zip(names, _identity(case), strict=True))), new_secret())
    batch.add_index(CASE_KEY, [(key.case_id, key.secret)])
    return key


def _identity(case: Case) -> tuple[str, str, str, str]:
    """The indication's text stays in the case document; its digest tells two cases apart."""
    return (case.id, case.family.id, case.family.proband_id, digest(case.indication))


def _other_case(case: Case, registered: str) -> Fault:
    return Fault(
        rule="registry.case_differs",
        file=f"case {case.id}",
        found="another family, proband, indication or pseudonym",
        expected=f"those that case {registered} was registered with",
        advice="a new indication is a new case; correct the sample sheet otherwise",
    )


def _erased(pseudonym: str) -> Fault:
    return Fault(
        rule="registry.erased",
        file=f"case {pseudonym}",
        found="a case whose key was destroyed",
        expected="a case that was not withdrawn",
        advice="nothing of it can be read or added; the family would be a new case",
    )


def _unknown_case() -> Fault:
    return Fault(
        rule="registry.unknown_case",
        file="registry",
        found="a name that no registered case has",
        expected="the pseudonym of a registered case",
        advice="take it from the name of the family's results folder",
    )
