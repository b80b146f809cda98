"""Where cases stand, and what moved in them."""

from collections import defaultdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from varinterp.model.archive import CaseState
from varinterp.model.consent import SHEET, ConsentScope
from varinterp.model.event import Event
from varinterp.registry.bases import bases
from varinterp.registry.cases import keys
from varinterp.registry.dataset_tables import CONSENT, OBSERVATION
from varinterp.registry.tables import ANALYSIS, BATCH, CASE, CASE_KEY, CASE_STATE, EVENT

_EVENT = TypeAdapter(Event)


def states(connection: sa.Connection, up_to: int) -> tuple[CaseState, ...]:
    """Return where every case stands, erased ones too, in order of pseudonym."""
    observed = _last_observations(connection, up_to)
    answered = _answers(connection, up_to)
    newest = (
        sa.select(sa.func.max(CASE_STATE.c.id).label("id"))
        .where(CASE_STATE.c.batch_id <= up_to)
        .group_by(CASE_STATE.c.case_id)
        .subquery()
    )
    rows = connection.execute(
        sa.select(
            CASE_STATE,
            CASE.c.pseudonym,
            ANALYSIS.c.number,
            BATCH.c.recorded_at,
            CASE_KEY.c.case_id.label("keyed"),
        )
        .join(newest, newest.c.id == CASE_STATE.c.id)
        .join(CASE, CASE.c.id == CASE_STATE.c.case_id)
        .join(ANALYSIS, ANALYSIS.c.id == CASE_STATE.c.analysis_id)
        .join(BATCH, BATCH.c.id == CASE_STATE.c.batch_id)
        .outerjoin(CASE_KEY, CASE_KEY.c.case_id == CASE.c.id)
    )
    known = bases(connection)
    found = [
        CaseState(
            case=row.pseudonym,
            basis=known[row.basis_id],
            analysis=row.number,
            erased=row.keyed is None,
            # an analysis of the workflow knows the sheet's terms, and none of the clinic's
            observed_after=observed.get(row.case_id, 0) > (row.batch_id if row.run_id else 0),
            answered_after=any(each.batch_id > row.batch_id for each in said),
            answer_from=min(
                (each.valid_from for each in said if each.valid_from > row.recorded_at.date()),
                default=None,
            ),
            recorded_at=row.recorded_at,
        )
        for row in rows
        for said in [answered.get(row.case_id, ())]
    ]
    return tuple(sorted(found, key=lambda state: state.case))


def last_full(connection: sa.Connection) -> dict[str, int]:
    """Return the number of every case's last analysis of the workflow, by pseudonym."""
    rows = connection.execute(
        sa.select(CASE.c.pseudonym, sa.func.max(ANALYSIS.c.number).label("number"))
        .join(CASE, CASE.c.id == ANALYSIS.c.case_id)
        .where(ANALYSIS.c.run_id.is_(None))
        .group_by(CASE.c.pseudonym)
    )
    return {row.pseudonym: row.number for row in rows}


def _last_observations(connection: sa.Connection, up_to: int) -> dict[int, int]:
    """Return the last batch in which a clinician told of a case's phenotype, by case."""
    rows = connection.execute(
        sa.select(OBSERVATION.c.case_id, sa.func.max(OBSERVATION.c.batch_id).label("batch"))
        .where(OBSERVATION.c.batch_id <= up_to, OBSERVATION.c.origin == "clinic")
        .group_by(OBSERVATION.c.case_id)
    )
    return {row.case_id: row.batch for row in rows}


def _answers(connection: sa.Connection, up_to: int) -> dict[int, list[sa.Row[Any]]]:
    """Return when a proband spoke of secondary findings, and from when on that holds, by case.

    What a sheet says is recorded after the analysis that heard it already.
    """
    spoken = (
        (CONSENT.c.scope == ConsentScope.SECONDARY_FINDINGS.value)
        & (CONSENT.c.batch_id <= up_to)
        & (sa.func.coalesce(CONSENT.c.document, "") != SHEET)
    )
    rows = connection.execute(
        sa.select(CASE.c.id, CONSENT.c.batch_id, CONSENT.c.valid_from)
        .join(CONSENT, CONSENT.c.person == CASE.c.proband)
        .where(spoken)
    )
    found: dict[int, list[sa.Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.id].append(row)
    return found


def events(
    connection: sa.Connection, up_to: int, run: int | None, case: str | None
) -> tuple[tuple[int, int, datetime, Event], ...]:
    """Return events of cases that were not erased, in the order of recording."""
    chosen = (
        sa.select(EVENT, BATCH.c.recorded_at)
        .join(BATCH, BATCH.c.id == EVENT.c.batch_id)
        .where(EVENT.c.batch_id <= up_to)
        .order_by(EVENT.c.id)
    )
    if run is not None:
        chosen = chosen.where(EVENT.c.run_id == run)
    if case is not None:
        chosen = chosen.join(CASE, CASE.c.id == EVENT.c.case_id).where(CASE.c.pseudonym == case)
    rows = connection.execute(chosen).all()
    cases = {row.case_id for row in rows}
    secrets = keys(connection, cases)
    return tuple(
        (row.id, row.run_id, row.recorded_at, _EVENT.validate_json(text))
        for row in rows
        if row.case_id in secrets
        for text in [secrets[row.case_id].unlock(EVENT.name, row.id, bytes(row.payload))]
    )
