"""Writing a file so that it is there whole or not at all.

Temporary file in the same folder → write → flush and fsync → verify → rename → fsync the folder.
An interrupted writer leaves the old file, or none; `verify` re-opens what was written, because
some writers report no error on a full disk.
"""

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from varinterp.errors import InternalError

Verify = Callable[[Path], None]
"""Re-opens a finished temporary file and raises when it is not whole."""


@contextmanager
def atomic_write(path: Path, verify: Verify | None = None) -> Iterator[Path]:
    """Yield a temporary path to write to; it becomes `path` when the block ends without error.

    The temporary name keeps the suffix of `path`, for writers that choose a format by it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".partial-", suffix=path.name, dir=path.parent)
    # mkstemp's mode is 0600; a result has the mode that its writer's umask gives any new file.
    os.fchmod(handle, 0o666 & ~_umask())
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        sync(temporary)
        if verify is not None:
            verify(temporary)
        os.replace(temporary, path)
        sync(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def held(lock: Path, busy: Exception | None = None) -> Iterator[None]:
    """Hold a lock file; the system lets it go when this process ends, however it ends.

    While another process holds it: raise `busy`, or wait when none is given.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _lock(descriptor, busy)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, busy: Exception | None) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (fcntl.LOCK_NB if busy else 0))
    except BlockingIOError:
        raise busy or InternalError("a lock that was waited for was not given") from None


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8, atomically, and check what reached the disk."""
    data = text.encode()

    def verify(written: Path) -> None:
        if written.read_bytes() != data:
            raise OSError(f"{path.name} was not written whole: is the disk full?")

    with atomic_write(path, verify) as temporary:
        temporary.write_bytes(data)


def sha256_of(path: Path) -> str:
    """Return the hexadecimal SHA-256 of a file's bytes."""
    digest = sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
