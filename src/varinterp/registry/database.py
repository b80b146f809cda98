"""Connecting to the registry's database, and saying what went wrong without saying whose data.

SQLite runs in WAL mode with full synchronisation, so that a committed analysis survives a power
cut and readers never wait; the file must be on a local disk, because WAL needs shared memory.
"""

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError

from varinterp.errors import Fault, InputError, InternalError, StageError

BUSY_SECONDS = 60.0
"""How long a writer waits for the others; writing one analysis takes a fraction of a second."""

WRITE = {"registry_begin": "IMMEDIATE"}
"""Execution options of a transaction that writes: it takes the lock before it reads."""

_LOGGER = "varinterp.registry"
_PRAGMAS = ("foreign_keys = ON", "synchronous = FULL", "recursive_triggers = ON")
_RETRY_SECONDS = 0.02
_BUSY = frozenset({"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_BUSY_RECOVERY", "SQLITE_BUSY_SNAPSHOT"})


def connect(url: str) -> Engine:
    """Return an engine on ``sqlite:///<path>``; raise InputError for any other URL."""
    _make_folder(_database_path(url))
    # a DEBUG log of SQLAlchemy prints rows even when it hides parameters
    logging.getLogger(f"sqlalchemy.engine.Engine.{_LOGGER}").setLevel(logging.WARNING)
    engine = create_engine(
        url,
        poolclass=NullPool,  # no connection is held between transactions or carried into a fork
        connect_args={"timeout": BUSY_SECONDS},
        hide_parameters=True,
        logging_name=_LOGGER,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def write_ahead(engine: Engine) -> None:
    """Put the database into WAL mode, for good; safe when several processes do it at once."""
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


def database_name(engine: Engine) -> str:
    """Return the file's name, for messages."""
    return Path(engine.url.database or "").name


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Turn a driver's error into one of ours, which names the file and no value."""
    name = database_name(engine)
    try:
        yield
    except IntegrityError as error:
        raise InternalError(f"{name} refused a row: {_code(error)}") from error
    except (DBAPIError, sqlite3.Error) as error:
        code = _code(error)
        if code in _BUSY:
            raise StageError(
                f"{name} stayed busy for {BUSY_SECONDS:.0f} s; "
                "run the step again, registering twice is harmless"
            ) from error
        raise StageError(
            f"{name} could not be used ({code}); check the disk and that the file is a registry"
        ) from error


def _database_path(url: str) -> Path:
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.drivername not in ("sqlite", "sqlite+pysqlite"):
        raise InputError([_url_fault("another database, or no URL")])
    if parsed.database in (None, "", ":memory:") or parsed.query:
        raise InputError([_url_fault("no file")])
    return Path(str(parsed.database))


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
        expected="sqlite:/// and the path of a file",
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
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return str(cursor.execute("PRAGMA journal_mode = WAL").fetchone()[0])
        except sqlite3.OperationalError as error:
            if _code(error) not in _BUSY or time.monotonic() > deadline:
                raise
        time.sleep(_RETRY_SECONDS)


def _code(error: DBAPIError | sqlite3.Error) -> str:
    """Return SQLite's name of an error (SQLITE_FULL, …), which holds no value."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(cause, "sqlite_errorname", type(cause).__name__))
