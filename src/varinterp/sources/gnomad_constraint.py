"""gnomAD's constraint metrics: how much rarer than expected a transcript's variation is.

Read for this: gnomAD 2.1.1's own table (one row a gene: ``pLI``, ``oe_lof_upper``, ``mis_z``);
the header and a row of gnomAD 4.1's (one row a transcript, Ensembl and RefSeq: ``lof.pLI``,
``lof.oe_ci.upper``, ``mis.z_score``, ``mane_select``, ``constraint_flags`` as a JSON list), and
gnomAD's descriptions of the columns of 4.1.1. Only rows of Ensembl transcripts are kept: the
RefSeq rows repeat them.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from varinterp.errors import ReleaseError
from varinterp.model.change import ChangeKind
from varinterp.model.facts import Constraint
from varinterp.sources.frame_changes import as_changes, differing
from varinterp.sources.lines import numbered_lines, shown
from varinterp.sources.parquet import read_frame

CONSTRAINT = "constraint.parquet"
SOURCE = "constraint"
"""The name of the source of facts; its keys are Ensembl transcripts without a version."""
CONSTRAINT_SCHEMA = pa.schema(
    [
        pa.field("transcript", pa.string(), nullable=False),
        pa.field("gene", pa.string(), nullable=False),
        pa.field("gene_id", pa.string()),
        pa.field("mane_select", pa.bool_()),
        pa.field("canonical", pa.bool_()),
        pa.field("loeuf", pa.float64()),
        pa.field("oe_lof", pa.float64()),
        pa.field("pli", pa.float64()),
        pa.field("mis_z", pa.float64()),
        pa.field("oe_mis_upper", pa.float64()),
        pa.field("syn_z", pa.float64()),
        pa.field("flags", pa.string(), nullable=False),
    ]
)
"""Sorted by transcript (``ENST00000327374``). `loeuf` is the upper 90 % bound of observed to
expected loss of function; `flags` are words of `FLAGS` joined by ``;``: metrics to be doubted."""
FLAGS = frozenset(
    {
        "no_variants", "no_exp_lof", "outlier_lof", "no_exp_mis", "outlier_mis", "no_exp_syn",
        "outlier_syn", "lof_too_many", "mis_too_many", "syn_outlier",
    }
)  # fmt: skip
NOT_ENSEMBL, NO_GENE = "not_ensembl", "no_gene"
_MISSING = frozenset({"", "NA", "NaN", "nan"})
_FOUR = {
    "loeuf": "lof.oe_ci.upper", "oe_lof": "lof.oe", "pli": "lof.pLI", "mis_z": "mis.z_score",
    "oe_mis_upper": "mis.oe_ci.upper", "syn_z": "syn.z_score",
}  # fmt: skip
_TWO = {
    "loeuf": "oe_lof_upper", "oe_lof": "oe_lof", "pli": "pLI", "mis_z": "mis_z",
    "oe_mis_upper": "oe_mis_upper", "syn_z": "syn_z",
}  # fmt: skip
_TRUTHS = {"true": True, "false": False}


def read_constraint(path: Path, set_aside: Counter[str]) -> pl.DataFrame:
    """Return the rows of a table of constraint metrics, version 2.1.1 or 4 by its header."""
    lines = numbered_lines(path)
    first = next(lines, None)
    if first is None:
        raise ReleaseError(f"{path.name} is empty")
    header = first[1].lstrip("#").split("\t")
    table = _Table(path, {name: place for place, name in enumerate(header)})
    rows = [row for number, line in lines if (row := table.row(number, line, set_aside))]
    frame = pl.DataFrame(rows, schema=pl.Schema(CONSTRAINT_SCHEMA)).sort("transcript")
    twice = frame.filter(pl.col("transcript").is_duplicated())
    if twice.height:
        raise ReleaseError(f"{path.name}: {twice['transcript'][0]} is there twice")
    return frame


class _Table:
    """The columns of a file, by name."""

    def __init__(self, path: Path, places: Mapping[str, int]) -> None:
        self.path = path
        self.places = places
        four = "lof.oe_ci.upper" in places
        self.measures = _FOUR if four else _TWO
        self.flags = "constraint_flags" if four else "constraint_flag"
        needed = {"gene", "transcript", self.flags, *self.measures.values()}
        absent = sorted(needed - places.keys())
        if absent:
            raise ReleaseError(f"{path.name}:1: no column {', '.join(absent)}")

    def row(self, number: int, line: str, set_aside: Counter[str]) -> dict[str, Any] | None:
        """Return a row, or None when it is set aside."""
        cells = line.split("\t")
        if len(cells) != len(self.places):
            raise ReleaseError(
                f"{self.path.name}:{number}: {len(cells)} columns, expected {len(self.places)}"
            )
        named = {name: cells[place].strip('"') for name, place in self.places.items()}
        transcript = named["transcript"].partition(".")[0]
        reason = _aside(transcript, named["gene"])
        if reason is not None:
            set_aside[reason] += 1
            return None
        return {
            "transcript": transcript,
            "gene": named["gene"],
            "gene_id": _text(named.get("gene_id")),
            "mane_select": self._truth(number, named.get("mane_select")),
            "canonical": self._truth(number, named.get("canonical")),
            "flags": self._flags(number, named[self.flags]),
            **{ours: self._number(number, named[theirs]) for ours, theirs in self.measures.items()},
        }

    def _number(self, line: int, cell: str) -> float | None:
        if cell in _MISSING:
            return None
        try:
            return float(cell)
        except ValueError:
            raise ReleaseError(f"{self.path.name}:{line}: {shown(cell)} is no number") from None

    def _truth(self, line: int, cell: str | None) -> bool | None:
        if cell is None or cell in _MISSING:
            return None
        if cell not in _TRUTHS:
            raise ReleaseError(f"{self.path.name}:{line}: {shown(cell)} is not true or false")
        return _TRUTHS[cell]

    def _flags(self, line: int, cell: str) -> str:
        """Read ``["outlier_lof"]`` (version 4), or ``lof_too_many|syn_outlier``."""
        try:
            listed = cell.replace('""', '"')
            words = json.loads(listed) if cell.startswith("[") else cell.split("|")
        except ValueError:
            words = [cell]
        kept = sorted(set(words) - _MISSING)
        strange = sorted(set(kept) - FLAGS)
        if strange:
            raise ReleaseError(f"{self.path.name}:{line}: unknown flag {shown(strange[0])}")
        return ";".join(kept)


def _aside(transcript: str, gene: str) -> str | None:
    if not transcript.startswith("ENST"):
        return NOT_ENSEMBL
    return NO_GENE if gene in _MISSING else None


def _text(cell: str | None) -> str | None:
    return None if cell is None or cell in _MISSING else cell


def lookup_constraint(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return a transcript's metrics, with or without the version in `key`; None without any."""
    transcript = key.partition(".")[0]
    rows = _read(folder).filter(transcript=transcript).rows(named=True)
    return rows[0] if rows else None


def read_figures(
    folder: Path, transcripts: Iterable[str], *, constructed: bool
) -> dict[str, Constraint]:
    """Return the figures of some transcripts, named without versions.

    A figure that gnomAD flags as one to be doubted is None: it says nothing.
    """
    rows = _read(folder).filter(pl.col("transcript").is_in(sorted(set(transcripts))))
    return {row["transcript"]: _figures(row, constructed) for row in rows.iter_rows(named=True)}


def _figures(row: Mapping[str, Any], constructed: bool) -> Constraint:
    flags = set(row["flags"].split(";"))
    null = not flags.isdisjoint(_ALL_IN_DOUBT | _NULL_IN_DOUBT)
    missense = not flags.isdisjoint(_ALL_IN_DOUBT | _MISSENSE_IN_DOUBT)
    return Constraint(
        loeuf=None if null else row["loeuf"],
        pli=None if null else row["pli"],
        missense_z=None if missense else row["mis_z"],
        constructed=constructed,
    )


_ALL_IN_DOUBT = frozenset({"no_variants", "no_exp_syn", "outlier_syn", "syn_outlier"})
_NULL_IN_DOUBT = frozenset({"no_exp_lof", "outlier_lof", "lof_too_many"})
_MISSENSE_IN_DOUBT = frozenset({"no_exp_mis", "outlier_mis", "mis_too_many"})


def constraint_changes(old: Path, new: Path) -> pl.DataFrame:
    """Return the transcripts whose metrics differ between two releases, as `CHANGES_SCHEMA`."""
    before, after = (_read(folder).with_columns(_said()) for folder in (old, new))
    rows = differing(before, after, ["transcript"])
    return as_changes(rows, SOURCE, pl.col("transcript"), ChangeKind.RESTATED)


def _said() -> pl.Expr:
    cells = [pl.col(name).cast(pl.String).fill_null("none") for name in ("loeuf", "pli", "mis_z")]
    return pl.format("LOEUF {}, pLI {}, missense Z {}", *cells).alias("said")


def _read(folder: Path) -> pl.DataFrame:
    return read_frame(folder / CONSTRAINT, CONSTRAINT_SCHEMA)
