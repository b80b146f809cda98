"""Who is in a case, and what the registered analysis said of them before anybody added a word."""

import sqlalchemy as sa

from varinterp.errors import InputError
from varinterp.model.case import Case
from varinterp.registry.batch import Batch
from varinterp.registry.dataset.faults import fault
from varinterp.registry.dataset_tables import MEMBER
from varinterp.registry.payload import CaseKey


def members(connection: sa.Connection, case_id: int) -> dict[str, bool]:
    """Return the people of a case's last recorded pedigree: whether each was sequenced."""
    last = sa.select(sa.func.max(MEMBER.c.analysis)).where(MEMBER.c.case_id == case_id)
    rows = connection.execute(
        sa.select(MEMBER.c.person, MEMBER.c.sequenced).where(
            MEMBER.c.case_id == case_id, MEMBER.c.analysis == last.scalar_subquery()
        )
    )
    return {row.person: row.sequenced for row in rows}


def sequenced_by_case(connection: sa.Connection) -> dict[int, list[str]]:
    """Return the sequenced people of every case's last recorded pedigree."""
    last = (
        sa.select(MEMBER.c.case_id, sa.func.max(MEMBER.c.analysis).label("analysis"))
        .group_by(MEMBER.c.case_id)
        .subquery()
    )
    rows = connection.execute(
        sa.select(MEMBER.c.case_id, MEMBER.c.person)
        .join(
            last,
            sa.and_(last.c.case_id == MEMBER.c.case_id, last.c.analysis == MEMBER.c.analysis),
        )
        .where(MEMBER.c.sequenced)
        .order_by(MEMBER.c.case_id, MEMBER.c.person)
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row.person)
    return found


def index_members(batch: Batch, key: CaseKey, case: Case) -> None:
    """Record the people of an analysis, unless that is done."""
    known = batch.connection.scalar(
        sa.select(sa.func.count())
        .select_from(MEMBER)
        .where(MEMBER.c.case_id == key.case_id, MEMBER.c.analysis == case.analysis)
    )
    if not known:
        family = case.family
        batch.add_index(
            MEMBER,
            [
                (key.case_id, case.analysis, person.id, family.role(person).value, person.sequenced)
                for person in family
            ],
        )


def require_member(connection: sa.Connection, key: CaseKey, person: str) -> None:
    """Raise InputError when somebody is not in the case."""
    if person not in members(connection, key.case_id):
        raise InputError(
            [fault("dataset.person", "somebody who is not in the case", "a member of the family")]
        )
