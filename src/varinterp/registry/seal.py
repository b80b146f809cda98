"""The digest of a row and of a batch, from which the hash chain is made."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

FIRST = "0" * 64
"""What stands for the link before the first."""

_FORM = "varinterp-registry-1"


def row_seal(table: str, columns: Sequence[str], values: Sequence[Any]) -> bytes:
    """Return the SHA-256 of a row: its columns by name, without those that are NULL.

    A column that is added later, NULL in the rows that were there, changes no seal. Bytes enter by
    their digest, moments in UTC.
    """
    told: list[Any] = [table]
    for column, value in zip(columns, values, strict=True):
        if value is not None:
            told.append(column)
            told.append(value if type(value) in (int, str) else _plain(value))
    return sha256(ascii(told).encode()).digest()


def batch_hash(head: Sequence[Any], previous: str, seals: Mapping[str, Iterable[bytes]]) -> str:
    """Return a link: the hash before it, the batch's own columns, its rows' seals by table."""
    link = sha256(ascii([_FORM, previous, *map(_plain, head)]).encode())
    for table in sorted(seals):
        rows = b"".join(seals[table])
        link.update(ascii([table, len(rows), sha256(rows).hexdigest()]).encode())
    return link.hexdigest()


def _plain(value: Any) -> int | str:
    """Return a value as every engine gives it back."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, bytes | memoryview | bytearray):
        return "bytes:" + sha256(value).hexdigest()
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return "moment:" + moment.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return "date:" + value.isoformat()
    if isinstance(value, float):
        return "float:" + repr(value)
    if isinstance(value, str):
        return str(value)  # an enumeration's text, not its name
    return int(value)
