"""What a database's error means, said without saying whose data: no message of a driver is shown.

A driver quotes values, a connection string or a user; only its code is taken from it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from varinterp.errors import InternalError, StageError, VarinterpError

BUSY_SECONDS = 60.0
"""How long a writer waits for the others; writing one analysis takes a fraction of a second."""

BUSY_CODES = frozenset(
    {
        "SQLITE_BUSY",
        "SQLITE_LOCKED",
        "SQLITE_BUSY_RECOVERY",
        "SQLITE_BUSY_SNAPSHOT",
        "55P03",  # lock_not_available
    }
)

_APPEND_ONLY = frozenset({"SQLITE_CONSTRAINT_TRIGGER", "23001"})
_NO_LOGIN = ("authentication failed", "no password", 'role "', "no pg_hba.conf entry")

_REFUSED_ROW = ("SQLITE_CONSTRAINT", "23")

_LOGIN = "refused the user or the password; look at the URL and at PGPASSFILE"
_NOWHERE = "does not exist on the server; have it created, or correct the URL"
_MEANINGS = {
    "28": _LOGIN,
    "3D": _NOWHERE,
    "42501": "does not let this user do that; see resources/registry/roles.sql",
    "53": "has no disk, memory or connections left on its server",
    "57": "was shut down by its server; run the step again",
}
"""By the beginning of an SQLSTATE (PostgreSQL's appendix A)."""


def busy_seconds() -> float:
    """Return how long a writer waits."""
    return BUSY_SECONDS


def database_name(engine: Engine) -> str:
    """Return the file's or the database's name, for messages."""
    return Path(engine.url.database or "").name


def error_code(error: BaseException) -> str:
    """Return SQLite's name of an error (SQLITE_FULL, …) or an SQLSTATE; neither holds a value."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    name = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return str(name or type(cause).__name__)


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Turn a driver's error into one of ours, which names the database and no value."""
    try:
        yield
    except Exception as error:
        if not _of_a_driver(error):
            raise
        raise _meaning(database_name(engine), error) from None


def _of_a_driver(error: Exception) -> bool:
    """Whether a database said it; PostgreSQL's driver is not imported for those who have a file."""
    if isinstance(error, DBAPIError | sqlite3.Error):
        return True
    return type(error).__module__.partition(".")[0] == "psycopg"


def _meaning(name: str, error: Exception) -> VarinterpError:
    code = error_code(error)
    if code in BUSY_CODES:
        return StageError(
            f"{name} stayed busy for {BUSY_SECONDS:.0f} s; "
            "run the step again, registering twice is harmless"
        )
    if isinstance(error, IntegrityError) or code in _APPEND_ONLY or code.startswith(_REFUSED_ROW):
        return InternalError(f"{name} refused a row: {code}")
    said = next((_MEANINGS[each] for each in _MEANINGS if code.startswith(each)), None)
    cause = error.orig if isinstance(error, DBAPIError) else error
    if said is None and code == "OperationalError":
        said = _no_connection(str(cause))
    if said is not None:
        return StageError(f"{name} {said} ({code})")
    return StageError(
        f"{name} could not be used ({code}); check the disk and that the file is a registry"
    )


def _no_connection(message: str) -> str:
    """Tell a refused login from a server that does not answer; the text is read, never shown."""
    if any(words in message for words in _NO_LOGIN):
        return _LOGIN
    if "does not exist" in message:
        return _NOWHERE
    return "does not answer; check that the server runs and that the URL names its host and port"
