"""Erasing a case: its key is destroyed, its indexes are purged, and the act is recorded."""

import sqlalchemy as sa

from varinterp.registry.batch import Batch
from varinterp.registry.cases import case_id, live_key
from varinterp.registry.outbox import retract_all
from varinterp.registry.tables import CASE_KEY, ERASURE, METADATA


def erase(batch: Batch, pseudonym: str, author: str) -> None:
    """Erase a case, for good; one that was erased is left alone.

    What is left: its pseudonyms and family, when it was analysed and on which releases, the tier
    and direction of its events, how large its payloads are, and ciphertext that nobody can read.
    """
    erased = case_id(batch.connection, pseudonym)
    known = sa.select(ERASURE.c.id).where(ERASURE.c.case_id == erased)
    if batch.connection.scalar(known) is not None:
        return
    retract_all(batch, live_key(batch.connection, pseudonym))
    batch.add(ERASURE, {"case_id": erased, "author": author})
    # the key first: an index may be purged once it is gone
    batch.connection.execute(sa.delete(CASE_KEY).where(CASE_KEY.c.case_id == erased))
    for table in purgeable():
        batch.connection.execute(sa.delete(table).where(table.c.case_id == erased))


def purgeable() -> tuple[sa.Table, ...]:
    """Return the indexes that go with a case's key, by name."""
    tables = METADATA.tables
    return tuple(tables[name] for name in sorted(tables) if tables[name].info.get("index"))


def sweep(engine: sa.Engine) -> None:
    """Take deleted keys out of the write-ahead log, or out of the table's dead rows."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            connection.exec_driver_sql("VACUUM case_key")
