"""Repeats of the genome: UCSC's tables ``simpleRepeat`` and ``rmsk`` of hg38, as stretches.

Read for this: the schema of ``simpleRepeat`` (bin, chrom, chromStart, chromEnd, name, period and
eleven more columns: Tandem Repeats Finder, Benson 1999, PMID 9862982) in UCSC's source, and of
``rmsk`` (bin, swScore, …, genoName, genoStart, genoEnd, …, repClass, …: RepeatMasker) in the table
browser's description of hg38, with the classes that it lists. Starts are 0-based, dumps have no
header. Of RepeatMasker only repeats within the sequence itself are kept; what was copied from
elsewhere in the genome (LINE, SINE, LTR, DNA and so on) says nothing of a length that varies.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa

from varinterp.errors import ReleaseError
from varinterp.model.change import ChangeKind
from varinterp.model.chromosome import Chromosome
from varinterp.model.facts import REPEAT
from varinterp.sources.frame_changes import as_changes
from varinterp.sources.lines import numbered_lines, shown
from varinterp.sources.material import CHANGES_SCHEMA
from varinterp.sources.parquet import read_frame, write_table

REPEATS_FILE = "repeats.parquet"
REPEATS_SCHEMA = pa.schema(
    [
        pa.field("chromosome", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
    ]
)
"""Stretches, 1-based inclusive, that do not overlap, in genome order; `kind` as in `Repeat`."""
TANDEM = "tandem"
KEPT = {"Simple_repeat": "simple", "Low_complexity": "low_complexity", "Satellite": "satellite"}
COPIED = frozenset(
    {
        "SINE", "LINE", "LTR", "DNA", "Retroposon", "RC", "RNA", "tRNA", "rRNA", "snRNA", "scRNA",
        "srpRNA", "Unknown", "Other",
    }
)  # fmt: skip
OTHER_CONTIG, COPIED_ELEMENT = "other_contig", "copied_element"
_SIMPLE, _MASKER = 17, 17
Row = tuple[str, int, int, str]


def read_simple(path: Path, set_aside: Counter[str]) -> Iterator[Row]:
    """Yield the stretches of ``simpleRepeat``: (chromosome, 1-based start, end, kind)."""
    for line, text in numbered_lines(path):
        cells = _cells(text, _SIMPLE, path, line)
        chromosome = Chromosome.parse(cells[1])
        if chromosome is None:
            set_aside[OTHER_CONTIG] += 1
        else:
            yield (chromosome.value, *_bounds(cells[2], cells[3], chromosome, path, line), TANDEM)


def read_masker(path: Path, set_aside: Counter[str]) -> Iterator[Row]:
    """Yield the stretches of ``rmsk`` that repeat within themselves."""
    for line, text in numbered_lines(path):
        cells = _cells(text, _MASKER, path, line)
        word = cells[11].removesuffix("?")
        if word not in KEPT and word not in COPIED:
            raise ReleaseError(f"{path.name}:{line}: unknown repClass {shown(cells[11])}")
        chromosome = Chromosome.parse(cells[5])
        if chromosome is None:
            set_aside[OTHER_CONTIG] += 1
        elif word in COPIED:
            set_aside[COPIED_ELEMENT] += 1
        else:
            bounds = _bounds(cells[6], cells[7], chromosome, path, line)
            yield (chromosome.value, *bounds, KEPT[word])


def write_repeats(rows: Iterable[Row], folder: Path) -> int:
    """Write a release's stretches, cut where they overlap, and return how many there are."""
    schema = {"chromosome": pl.String, "start": pl.Int32, "end": pl.Int32, "kind": pl.String}
    frame = pl.DataFrame(rows, schema, orient="row")
    parts = [_apart(frame.filter(chromosome=each.value), each.value) for each in Chromosome]
    table = pl.concat([pl.DataFrame(schema=schema), *parts])
    return write_table(table.to_arrow().cast(REPEATS_SCHEMA), folder / REPEATS_FILE)


def read_repeats(folder: Path, positions: pl.DataFrame) -> pl.DataFrame:
    """Return ``kind`` for each position (``chromosome``, ``position``), null outside repeats.

    Rows come by chromosome and position, each once.
    """
    asked = positions.select(
        pl.col("chromosome").cast(pl.String), pl.col("position").cast(pl.Int32)
    ).unique().sort("position")  # fmt: skip
    stretches = _read(folder).sort("start")
    found = asked.join_asof(
        stretches,
        left_on="position",
        right_on="start",
        by="chromosome",
        strategy="backward",
        check_sortedness=False,
    )
    inside = pl.col("position") <= pl.col("end")
    return found.select(
        "chromosome", "position", pl.when(inside).then(pl.col("kind")).alias("kind")
    ).sort("chromosome", "position")


def changed_repeats(old: Path, new: Path) -> pl.DataFrame:
    """Return the stretches whose answer differs between two releases, as `CHANGES_SCHEMA`."""
    before, after = _read(old), _read(new)
    differing = pl.concat(
        [
            before.join(after, on=before.columns, how="anti", nulls_equal=True),
            after.join(before, on=before.columns, how="anti", nulls_equal=True),
        ]
    )
    parts = []
    for (chromosome,), hit in sorted(differing.group_by("chromosome")):
        cuts = _cuts(hit)
        was = _kind_at(before.filter(chromosome=chromosome), cuts)
        now = _kind_at(after.filter(chromosome=chromosome), cuts)
        spans = cuts.with_columns(was.alias("before"), now.alias("after"))
        parts.append(
            spans.filter(pl.col("before").ne_missing(pl.col("after"))).with_columns(
                pl.lit(chromosome).alias("chromosome")
            )
        )
    if not parts:
        return pl.DataFrame(schema=pl.Schema(CHANGES_SCHEMA))
    key = pl.concat_str("chromosome", "start", "end", separator="-")
    return as_changes(pl.concat(parts), REPEAT.source, key, ChangeKind.RESTATED)


def _apart(rows: pl.DataFrame, chromosome: str) -> pl.DataFrame:
    """Cut the stretches of a chromosome where they overlap, and join kinds and neighbours."""
    if rows.is_empty():
        return rows
    cuts = _cuts(rows)
    kinds = pl.Series("kind", [""] * cuts.height, dtype=pl.String)
    for kind in sorted(set(rows["kind"])):
        inside = _covered(rows.filter(kind=kind), cuts)
        joined = pl.concat_str(kinds, pl.lit(";" + kind))
        kinds = pl.select(pl.when(inside).then(joined).otherwise(kinds).alias("kind")).to_series()
    named = cuts.with_columns(kinds.str.strip_prefix(";")).filter(pl.col("kind") != "")
    new = (pl.col("start") != pl.col("end").shift(1) + 1) | (
        pl.col("kind") != pl.col("kind").shift(1)
    )
    return (
        named.with_columns(new.fill_null(True).cum_sum().alias("run"))
        .group_by("run", maintain_order=True)
        .agg(pl.col("start").min(), pl.col("end").max(), pl.col("kind").first())
        .select(pl.lit(chromosome).alias("chromosome"), "start", "end", "kind")
    )


def _cuts(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the stretches between all bounds of some rows, in order."""
    bounds = pl.concat([rows["start"], rows["end"] + 1]).unique().sort()
    return pl.DataFrame({"start": bounds[:-1], "end": bounds[1:] - 1})


def _covered(rows: pl.DataFrame, cuts: pl.DataFrame) -> pl.Series:
    """Tell which cuts lie in one of some rows: more rows began by then than had ended."""
    begun = rows["start"].sort().search_sorted(cuts["start"], side="right")
    ended = rows["end"].sort().search_sorted(cuts["start"], side="left")
    return begun > ended


def _kind_at(stretches: pl.DataFrame, cuts: pl.DataFrame) -> pl.Series:
    found = cuts.select(pl.col("start").alias("at")).join_asof(
        stretches.sort("start"), left_on="at", right_on="start", strategy="backward"
    )
    return found.select(pl.when(pl.col("at") <= pl.col("end")).then(pl.col("kind"))).to_series()


def _read(folder: Path) -> pl.DataFrame:
    return read_frame(folder / REPEATS_FILE, REPEATS_SCHEMA)


def _cells(text: str, expected: int, path: Path, line: int) -> list[str]:
    cells = text.split("\t")
    if len(cells) != expected:
        raise ReleaseError(f"{path.name}:{line}: {len(cells)} columns, expected {expected}")
    return cells


def _bounds(start: str, end: str, chromosome: Chromosome, path: Path, line: int) -> tuple[int, int]:
    """Return a 0-based half-open stretch as 1-based inclusive."""
    if not (start.isdecimal() and end.isdecimal()):
        raise ReleaseError(f"{path.name}:{line}: {shown(start)} to {shown(end)} is no stretch")
    if not 0 <= int(start) < int(end) <= chromosome.length:
        raise ReleaseError(
            f"{path.name}:{line}: {start} to {end} is no stretch of chromosome {chromosome}"
        )
    return int(start) + 1, int(end)
