"""Writing a release folder: its tables, then the manifest that seals it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from building.layout import CHROMOSOME, Layout
from varinterp.model.variant import Allele
from varinterp.refs.release import write_manifest

Row = dict[str, object]

OWN_LICENCE = "Apache-2.0 (written for this project)"
TRANSCRIBED = "2026-11-22"
"""The date of releases whose source states none, and of our own tables."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a release's manifest says of where it comes from."""

    source: str
    release: str
    dated: str
    url: str
    licence: str
    note: str
    constructed: bool = False


def folder_of(layout: Layout, source: Source) -> Path:
    """Create and return a release's folder."""
    folder = layout.refs / source.source / source.release
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def seal(folder: Path, source: Source, rows: Mapping[str, int | None]) -> None:
    """Write the manifest over finished files."""
    write_manifest(
        folder,
        source=source.source,
        release=source.release,
        dated=date.fromisoformat(source.dated),
        url=source.url,
        licence=source.licence,
        rows=dict(rows),
        constructed=source.constructed,
        note=source.note,
    )


def allele_cells(allele: Allele) -> Row:
    """Return an allele's cells under `sources.keyed.ALLELE_FIELDS`."""
    return {
        "key": allele.key,
        "chromosome": CHROMOSOME,
        "position": allele.position,
        "ref": allele.ref,
        "alt": allele.alt,
    }
