"""A PostgreSQL server of the tests' own: made in a folder of its own, thrown away at the end.

Whatever server the machine runs is left alone. PostgreSQL refuses to run as root, so that root
hands the work to an unprivileged user. The data is not synchronised to disk: nobody needs it.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

_USERS = ("postgres", "nobody")
_ENCODING = ("--encoding=UTF8", "--locale=C", "--auth=trust", "--username=postgres", "--no-sync")
_CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_SETTINGS = {
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    "listen_addresses": "127.0.0.1",
    "logging_collector": "off",
}
_PATIENCE = 60.0

WITH_PASSWORD = "laboratory"  # noqa: S105 (a name)
"""The one user that is asked for a password; it is there when a test makes it."""


@dataclass
class Cluster:
    """A running server; `database` makes one of its own for each test that asks."""

    port: int
    pid: int
    _numbers: Iterator[int]

    def url(self, database: str, user: str = "postgres") -> str:
        """The registry's URL of a database."""
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres", user: str = "postgres") -> psycopg.Connection:
        """A connection that commits each statement, as an outsider has it."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=user, dbname=database, autocommit=True
        )

    def database(self, template: str = "template0") -> str:
        """Create a database, a copy of another; return its name."""
        name = f"test_{next(self._numbers)}"
        with closing(self.connect()) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected."""
        with closing(self.connect()) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


@contextmanager
def running_cluster(durable: bool = False) -> Iterator[Cluster]:
    """Run a server for as long as the context lasts; skip, and say why, where there is none.

    A `durable` one synchronises what it writes, as a laboratory's does.
    """
    folder = _programs()
    if folder is None:
        pytest.skip("PostgreSQL is not on this machine: apt-get install postgresql-15")
    user = _unprivileged()
    if os.geteuid() == 0 and user is None:
        pytest.skip(f"PostgreSQL does not run as root, and there is no user {' or '.join(_USERS)}")
    home = Path(tempfile.mkdtemp(prefix="varinterp-postgres-"))
    try:
        if user is not None:
            shutil.chown(home, user)
        with _server(folder, home, user, {} if durable else _CARELESS) as cluster:
            yield cluster
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _server(folder: Path, home: Path, user: str | None, more: dict[str, str]) -> Iterator[Cluster]:
    data, port = home / "data", _free_port()
    as_user = [] if user is None else _as_user(user)
    subprocess.run(
        [*as_user, str(folder / "initdb"), *_ENCODING, "-D", str(data)],
        check=True, capture_output=True, cwd=home,
    )  # fmt: skip
    rules = data / "pg_hba.conf"
    rules.write_text(f"host all {WITH_PASSWORD} 127.0.0.1/32 scram-sha-256\n{rules.read_text()}")
    settings = {**_SETTINGS, **more, "port": str(port), "unix_socket_directories": str(home)}
    command = [*as_user, str(folder / "postgres"), "-D", str(data)]
    command += [f"--{name}={value}" for name, value in settings.items()]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=home)
    try:
        cluster = Cluster(port, server.pid, count(1))
        _wait(cluster, server, home / "log")
        yield cluster
    finally:
        server.terminate()
        try:
            server.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()


def _programs() -> Path | None:
    """The folder of the programs, newest version first; Debian keeps them off the PATH."""
    found = shutil.which("initdb")
    if found is not None and shutil.which("postgres") is not None:
        return Path(found).resolve().parent
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name, reverse=True
    )
    return next((each for each in folders if (each / "postgres").exists()), None)


def _unprivileged() -> str | None:
    """A user to run as, None when we are no root ourselves."""
    if os.geteuid() != 0:
        return None
    for name in _USERS:
        with suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    return None


def _as_user(user: str) -> list[str]:
    entry = pwd.getpwnam(user)
    return [
        "setpriv", f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups",
        "--pdeathsig=SIGKILL",
    ]  # fmt: skip


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(cluster: Cluster, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            cluster.connect().close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}") from None
            time.sleep(0.05)
        else:
            return


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A server for the whole run of the tests (one for each worker of xdist)."""
    with running_cluster() as running:
        yield running
