"""Runs of the reanalysis: that they began and ended, and what they were to do."""

import json
from collections.abc import Mapping

import sqlalchemy as sa

from varinterp.errors import InternalError
from varinterp.model.archive import NewRun, RunRecord
from varinterp.model.canonical import canonical
from varinterp.registry.bases import bases, intern_basis
from varinterp.registry.batch import Batch
from varinterp.registry.tables import BATCH, RUN, RUN_END


def open_run(batch: Batch, run: NewRun) -> int:
    """Record that a run begins; return its row id, which a run of the same name has already.

    Raises InternalError when a run of that name had another target.
    """
    target_id = intern_basis(batch, run.target, run.labels, run.rules)
    known = batch.connection.execute(sa.select(RUN).where(RUN.c.name == run.name)).first()
    if known is not None:
        if known.target_id != target_id:
            raise InternalError("a run of that name had another target")
        return int(known.id)
    return batch.add(
        RUN,
        {
            "name": run.name,
            "target_id": target_id,
            "author": run.author,
            "everything": run.everything,
            "plan": canonical(run.plan),
        },
    )


def close_run(batch: Batch, run_id: int, counts: Mapping[str, int]) -> None:
    """Record that a run ended; a run that is closed is left as it is."""
    ended = sa.select(RUN_END.c.id).where(RUN_END.c.run_id == run_id)
    if batch.connection.scalar(ended) is None:
        batch.add(RUN_END, {"run_id": run_id, "counts": canonical(counts)})


def runs(connection: sa.Connection) -> tuple[RunRecord, ...]:
    """Return every run in the order of their beginning."""
    end_batch = BATCH.alias("end_batch")
    rows = connection.execute(
        sa.select(RUN, BATCH.c.recorded_at, RUN_END.c.counts, end_batch.c.recorded_at.label("end"))
        .join(BATCH, BATCH.c.id == RUN.c.batch_id)
        .outerjoin(RUN_END, RUN_END.c.run_id == RUN.c.id)
        .outerjoin(end_batch, end_batch.c.id == RUN_END.c.batch_id)
        .order_by(RUN.c.id)
    )
    known = bases(connection)
    return tuple(
        RunRecord(
            id=row.id,
            name=row.name,
            target=known[row.target_id],
            author=row.author,
            everything=row.everything,
            plan=json.loads(row.plan),
            started_at=row.recorded_at,
            finished_at=row.end,
            counts=json.loads(row.counts or "{}"),
        )
        for row in rows
    )
