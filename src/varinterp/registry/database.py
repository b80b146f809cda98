"""Connecting to the registry's database: a file of SQLite, or a server of PostgreSQL.

SQLite runs in WAL mode with full synchronisation, so that a committed analysis survives a power
cut and readers never wait; the file must be on a local disk, because WAL needs shared memory.
What is deleted there (keys) is overwritten with zeros.
"""

import logging
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from varinterp.errors import Fault, InputError, StageError
from varinterp.registry.refusals import BUSY_CODES, busy_seconds, database_name, error_code

WRITE = {"registry_begin": "IMMEDIATE"}
"""Execution options of a transaction that writes: it takes the lock before it reads."""

_LOGGER = "varinterp.registry"
_SQLITE = ("sqlite", "sqlite+pysqlite")
_POSTGRESQL = "postgresql+psycopg"
_PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = FULL",
    "recursive_triggers = ON",
    "secure_delete = ON",
)
_RETRY_SECONDS = 0.02


def connect(url: str) -> Engine:
    """Return an engine on a file or a server; raise InputError for any other URL."""
    parsed = _parsed(url)
    # a DEBUG log of SQLAlchemy prints rows even when it hides parameters
    logging.getLogger(f"sqlalchemy.engine.Engine.{_LOGGER}").setLevel(logging.WARNING)
    sqlite = parsed.drivername in _SQLITE
    if sqlite:
        _make_folder(Path(str(parsed.database)))
    engine = create_engine(
        parsed,
        poolclass=NullPool,  # no connection is held between transactions or carried into a fork
        connect_args=_arguments(sqlite),
        hide_parameters=True,
        logging_name=_LOGGER,
    )
    if sqlite:
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def reading(engine: Engine) -> Engine:
    """Return the engine for a transaction that reads: all of it sees one state."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ")


def writing(engine: Engine) -> Engine:
    """Return the engine for a transaction that writes."""
    return engine.execution_options(**WRITE)


def write_ahead(engine: Engine) -> None:
    """Put a file into WAL mode, for good; safe when several processes do it at once."""
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        mode = _set_wal(connection.cursor())
    finally:
        connection.close()
    if mode != "wal":
        raise StageError(
            f"{database_name(engine)} cannot keep a write-ahead log; "
            "put the registry on a local disk"
        )


def _arguments(sqlite: bool) -> dict[str, Any]:
    if sqlite:
        return {"timeout": busy_seconds()}
    milliseconds = round(busy_seconds() * 1000)
    # a server that is down is told apart from one that is slow
    return {
        "connect_timeout": max(2, round(busy_seconds())),
        "options": f"-c lock_timeout={milliseconds} -c TimeZone=UTC",
    }


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise InputError([_url_fault("no URL")]) from None
    if parsed.drivername in _SQLITE:
        if parsed.database in (None, "", ":memory:") or parsed.query:
            raise InputError([_url_fault("no file")])
    elif parsed.drivername != _POSTGRESQL:
        raise InputError([_url_fault("another database")])
    elif not parsed.database:
        raise InputError([_url_fault("no database of the server")])
    return parsed


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StageError(
            f"the folder of {path.name} cannot be made ({error.strerror}); "
            "name another one under `registry` in config/config.yaml"
        ) from error


def _url_fault(found: str) -> Fault:
    return Fault(
        rule="registry.url",
        file="config/config.yaml",
        column="registry",
        found=found,
        expected="sqlite:/// and the path of a file, or postgresql+psycopg:// and a database",
        advice="write `registry: sqlite:///results/registry.sqlite`",
    )


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver would begin late; `_begin` does it instead
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("registry_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


def _set_wal(cursor: Any) -> str:
    """Return the journal mode reached; SQLite does not wait for a writer here, so we do."""
    deadline = time.monotonic() + busy_seconds()
    while True:
        try:
            return str(cursor.execute("PRAGMA journal_mode = WAL").fetchone()[0])
        except sqlite3.OperationalError as error:
            if error_code(error) not in BUSY_CODES or time.monotonic() > deadline:
                raise
        time.sleep(_RETRY_SECONDS)
