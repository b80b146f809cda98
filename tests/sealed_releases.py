"""Releases that a test built, sealed as the program seals its own."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from varinterp.refs.release import Release, open_release, write_manifest

DATED = date(2026, 1, 1)


def sealed(
    folder: Path,
    rows: Mapping[str, int | None],
    *,
    constructed: bool = False,
    dated: date = DATED,
    note: str = "",
) -> Release:
    """Seal the folder ``root/source/release``, whose files have so many rows, and open it."""
    source, release = folder.parent.name, folder.name
    write_manifest(
        folder, source=source, release=release, dated=dated, url="https://example.org",
        licence="none", rows=rows, constructed=constructed, note=note,
    )  # fmt: skip
    return open_release(folder.parents[1], source, release)
