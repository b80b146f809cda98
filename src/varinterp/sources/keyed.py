"""Reading the few rows of a release that a case asks for, from Parquet sorted by allele key.

A row group is opened only when its range of keys holds a wanted one, and its values are decoded
only when a key matches. A message about a release never tells which of its rows a patient matched.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from varinterp.errors import ReleaseError
from varinterp.model.change import of_whole
from varinterp.model.variant import Allele
from varinterp.sources.material import CHANGES_SCHEMA
from varinterp.sources.parquet import opened_table

_Value = TypeVar("_Value")
UInt = NDArray[np.uint64]

ALLELE_FIELDS = (
    pa.field("key", pa.uint64(), nullable=False),
    pa.field("chromosome", pa.string(), nullable=False),
    pa.field("position", pa.int32(), nullable=False),
    pa.field("ref", pa.string(), nullable=False),
    pa.field("alt", pa.string(), nullable=False),
)
"""The first columns of every source of alleles: chromosomes without ``chr``, 1-based positions."""


def read_keyed(path: Path, schema: pa.Schema, keys: pl.Series) -> pl.DataFrame:
    """Return the rows whose key is one of `keys`, in the file's order.

    A key of a long allele is a hash: join what comes back on REF and ALT too. Raises ReleaseError
    when the file is missing, has other columns, or is not sorted by key.
    """
    wanted = keys.unique().sort().to_numpy()
    with opened_table(path, schema) as file:
        tables = list(_matching(file, wanted, path)) if len(wanted) else []
    frame = (
        pl.DataFrame(pa.concat_tables(tables)) if tables else pl.DataFrame(schema=pl.Schema(schema))
    )
    if frame.select("key", "ref", "alt").is_duplicated().any():
        raise ReleaseError(f"{path} holds an allele twice; rebuild the release")
    return frame


def allele_cells(allele: Allele) -> dict[str, Any]:
    """Return an allele's cells of `ALLELE_FIELDS`."""
    return {
        "key": allele.key,
        "chromosome": allele.chromosome.value,
        "position": allele.position,
        "ref": allele.ref,
        "alt": allele.alt,
    }


def allele_text(row: Mapping[str, Any]) -> str:
    """Return the text of the allele that a row of `ALLELE_FIELDS` holds, as reads name it."""
    return f"{row['chromosome']}-{row['position']}-{row['ref']}-{row['alt']}"


def changed_values(
    source: str,
    before: Mapping[str, _Value],
    after: Mapping[str, _Value],
    text: Callable[[_Value], str],
) -> pl.DataFrame:
    """Compare what two releases say of alleles, by the allele's text, as `CHANGES_SCHEMA`."""
    changes = [
        (
            source,
            name,
            of_whole(was, now).value,
            None if was is None else text(was),
            None if now is None else text(now),
            Allele.parse(name).key,
        )
        for name in before.keys() | after.keys()
        if (was := before.get(name)) != (now := after.get(name))
    ]
    schema = pl.Schema(CHANGES_SCHEMA)
    return pl.DataFrame(changes, schema, orient="row").sort("source", "allele_key", "key", "kind")


def _matching(file: Any, wanted: UInt, path: Path) -> list[pa.Table]:
    found = []
    last = np.uint64(0)
    for group in range(file.num_row_groups):
        keys = _keys(file, group, wanted)
        if keys is not None and keys.size:
            if keys[0] < last or (keys[1:] < keys[:-1]).any():
                raise ReleaseError(f"{path} is not sorted by key; rebuild the release")
            last = keys[-1]
            places = np.searchsorted(wanted, keys)
            hits = np.flatnonzero(wanted[np.minimum(places, wanted.size - 1)] == keys)
            if hits.size:
                table = file.read_row_group(group)
                found.append(table.take(pl.Series(hits).to_arrow()))
    return found


def _keys(file: Any, group: int, wanted: UInt) -> UInt | None:
    """Return a row group's keys, or None when its range holds no wanted one."""
    statistics = file.metadata.row_group(group).column(0).statistics
    if statistics is not None and statistics.has_min_max:
        first = np.searchsorted(wanted, np.uint64(statistics.min), side="left")
        after = np.searchsorted(wanted, np.uint64(statistics.max), side="right")
        if first == after:
            return None
    keys: UInt = pl.Series(file.read_row_group(group, columns=["key"])["key"]).to_numpy()
    return keys
