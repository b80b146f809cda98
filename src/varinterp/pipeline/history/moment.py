"""A moment as people write it: a day, which stands for its end, or an instant with its zone."""

from datetime import UTC, date, datetime, time


def moment_of(text: str) -> datetime:
    """Return the moment of ``2026-07-04`` (its end, UTC) or ``2026-07-04T09:30:00+02:00``.

    Raises ValueError for another text, and for an instant without a zone.
    """
    try:
        return datetime.combine(date.fromisoformat(text), time.max, UTC)
    except ValueError:
        pass
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text[:40]!r} is no day such as 2026-07-04") from None
    if instant.utcoffset() is None:
        raise ValueError(f"{text[:40]!r} has no time zone: add Z, or +02:00")
    return instant.astimezone(UTC)
