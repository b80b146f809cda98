"""Two VEP caches in vepyr's Parquet form, compared transcript by transcript.

A consequence depends on the transcript, its exons and its protein, and not on the variants that the
cache knows. Read in the folders that vepyr 0.10.0 writes: one folder an entity, one file a
chromosome. Every consequence on a changed transcript may differ: `consequence.transcript` is that
range, for all keys of `consequence` that end with ``@`` and the transcript.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.model.change import ChangeKind
from varinterp.sources.link_changes import changes_table
from varinterp.sources.row_changes import changed_rows
from varinterp.sources.rules import Rules

SOURCE = "consequence.transcript"
ENTITIES = {"transcript": "stable_id", "exon": "transcript_id", "translation_core": "transcript_id"}
"""The entities of a cache, and the column of each that names the transcript."""

_BOOKKEEPING = re.compile(r"source_.*|cache_version|serializer_type|transcript_uid|db_id")
"""Where a row comes from, which says nothing of the transcript."""

Row = Mapping[str, Any]


def changed_cache(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    """Compare two caches as `CHANGES_SCHEMA`; no rule has a say in it."""
    changes = changed_rows(_transcripts(old), _transcripts(new), _text, _kinds)
    return changes_table(SOURCE, changes)


def look_up_cache(folder: Path, key: str) -> Row | None:
    """Return what a cache holds of a transcript, by its id with version.

    ``entities`` names what there is of it, and each has a digest of what it states.
    """
    found = _transcripts(folder).get(key)
    return None if found is None else {"entities": sorted(found), **found}


def _kinds(before: Row, after: Row) -> Iterator[ChangeKind]:
    yield ChangeKind.TRANSCRIPT_MOVED


def _text(row: Row) -> str:
    return ", ".join(f"{entity} {digest}" for entity, digest in row.items())


def _transcripts(folder: Path) -> dict[str, Row]:
    """Return, by transcript, a digest of its rows in each entity."""
    tables = [_digests(_entity(folder, entity), entity) for entity in ENTITIES]
    rows: dict[str, dict[str, str]] = {}
    for entity, table in zip(ENTITIES, tables, strict=True):
        for transcript, digest in table.iter_rows():
            rows.setdefault(transcript, {})[entity] = digest
    return dict(rows)


def _entity(folder: Path, entity: str) -> pl.DataFrame:
    files = sorted((folder / entity).glob("*.parquet"))
    if not files:
        raise ReleaseError(f"{folder} has no {entity}: it is no VEP cache in vepyr's form")
    return pl.concat([pl.read_parquet(file) for file in files], how="vertical")


def _digests(rows: pl.DataFrame, entity: str) -> pl.DataFrame:
    """One row a transcript: the SHA-256 of everything that its rows state, in a fixed order."""
    stated = [name for name in sorted(rows.columns) if not _BOOKKEEPING.fullmatch(name)]
    text = pl.struct(stated).struct.json_encode()
    grouped = (
        rows.select(pl.col(ENTITIES[entity]).alias("id"), text.alias("text"))
        .sort("id", "text")
        .group_by("id", maintain_order=True)
        .agg(pl.col("text").str.join("\n"))
    )
    return grouped.select(
        "id",
        pl.col("text").map_elements(lambda text: sha256(text.encode()).hexdigest()[:16], pl.String),
    )
