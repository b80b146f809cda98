"""Building a predictor's release from its rows: packs for alleles, tracks for every base.

Rows that come in the order of the genome are written as they come; others are first laid down by
chromosome, so that memory is bounded by a block, or by the rows of a chromosome.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import polars as pl

from varinterp.annotate.key import keys
from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.sources.delimited import OTHER_CONTIG
from varinterp.sources.material import Built
from varinterp.sources.score_layout import LAYOUT, ScoreLayout, write_layout
from varinterp.sources.score_pack import OWNERS, ScorePackWriter
from varinterp.sources.score_track import Ints, TrackWriter, Values, missing, reference
from varinterp.sources.scores import BASES

NOT_ACGT = "not_acgt"
NOT_NORMALISED = "not_normalised"
TWO_SCORES = "two_scores"
_STRETCH = 1 << 24
"""Rows that come in no order are laid down by stretches of as many bases."""
Blocks = Iterable[pl.DataFrame]


def build_packs(
    folder: Path,
    layout: ScoreLayout,
    streams: Mapping[str, tuple[Path, Blocks]],
    set_aside: Counter[str],
    *,
    scratch: Path | None = None,
    renamed: Mapping[str, str] | None = None,
) -> dict[str, int]:
    """Write the packs of a release, one part a stream (upstream file and its blocks).

    With `scratch` the rows of a stream may be in any order; `renamed` gives owners the names of
    today. Returns the files and their rows.
    """
    with ScorePackWriter(folder, layout, renamed) as writer:
        for part, (path, blocks) in streams.items():
            kept = (
                rows.with_columns(keys(rows)) for rows in _kept(blocks, layout, path, set_aside)
            )
            pieces = _by_position(kept) if scratch is None else _sorted(kept, scratch / part)
            for chromosome, piece in pieces:
                try:
                    writer.write(part, chromosome, piece)
                except ReleaseError as error:
                    raise ReleaseError(f"{path.name}: {error}") from error
    set_aside[TWO_SCORES] += writer.ambiguous
    return writer.files()


def build_substitutions(
    folder: Path, layout: ScoreLayout, path: Path, blocks: Blocks, set_aside: Counter[str]
) -> dict[str, int]:
    """Write the tracks of a score that every substitution has: four values a position."""
    with TrackWriter(folder, layout.dtype, len(BASES)) as writer:
        for chromosome, piece in _by_position(_kept(blocks, layout, path, set_aside)):
            positions, values = _four(piece, layout, chromosome, path)
            try:
                writer.write(chromosome, positions, values)
            except ReleaseError as error:
                raise ReleaseError(f"{path.name}: {error}") from error
    return dict(writer.files())


def build_positions(
    folder: Path,
    layout: ScoreLayout,
    path: Path,
    stretches: Iterable[tuple[Chromosome, pl.DataFrame]],
) -> dict[str, int]:
    """Write the tracks of a score of positions: one value each."""
    with TrackWriter(folder, layout.dtype, 1) as writer:
        for chromosome, stretch in stretches:
            if stretch["position"][-1] > chromosome.length:
                raise ReleaseError(f"{path.name}: a value after the end of {chromosome}")
            values = layout.stored(stretch, "score", path).to_numpy()[:, None]
            try:
                writer.write(chromosome, stretch["position"].to_numpy(), values)
            except ReleaseError as error:
                raise ReleaseError(f"{path.name}: {error}") from error
    return dict(writer.files())


def sealed(
    folder: Path, layout: ScoreLayout, files: Mapping[str, int], set_aside: Counter[str]
) -> Built:
    """Write `scores.json` and return what was built: ``scores`` counts alleles or positions."""
    write_layout(folder, layout)
    counts = {"scores": sum(rows for name, rows in files.items() if name != OWNERS)}
    if OWNERS in files:
        counts["owners"] = files[OWNERS]
    left = {reason: count for reason, count in sorted(set_aside.items()) if count}
    return Built({**files, LAYOUT: None}, counts, left)


def _kept(
    blocks: Blocks, layout: ScoreLayout, path: Path, set_aside: Counter[str]
) -> Iterator[pl.DataFrame]:
    """Yield the rows that can have a key of their own, with the stored score."""
    for block in blocks:
        placed = block.filter(pl.col("chromosome").is_not_null())
        bases = placed.filter(pl.all_horizontal(pl.col("ref", "alt").str.contains("^[ACGT]+$")))
        normal = bases.filter(normalised())
        set_aside[OTHER_CONTIG] += block.height - placed.height
        set_aside[NOT_ACGT] += placed.height - bases.height
        set_aside[NOT_NORMALISED] += bases.height - normal.height
        _check_places(normal, path)
        if normal.height:
            yield normal.with_columns(layout.stored(normal, "score", path).alias("score"))


def normalised() -> pl.Expr:
    """Left-aligned and as short as can be: bcftools would leave it as it is.

    The last bases differ, and one of the two is a single base or the first bases differ too.
    """
    ref, alt = pl.col("ref"), pl.col("alt")
    single = (ref.str.len_bytes() == 1) | (alt.str.len_bytes() == 1)
    return (ref.str.slice(-1) != alt.str.slice(-1)) & (
        single | (ref.str.slice(0, 1) != alt.str.slice(0, 1))
    )


def _check_places(rows: pl.DataFrame, path: Path) -> None:
    lengths = {chromosome.value: chromosome.length for chromosome in Chromosome}
    end = pl.col("position") + pl.col("ref").str.len_bytes().cast(pl.Int64) - 1
    size = pl.col("chromosome").replace_strict(lengths, return_dtype=pl.Int64)
    good = (pl.col("position") >= 1) & (end <= size)
    for line, position in rows.filter(~good.fill_null(False)).select("line", "position").rows()[:1]:
        raise ReleaseError(f"{path.name}:{line}: {position} is not a position of its chromosome")


def _by_position(blocks: Blocks) -> Iterator[tuple[Chromosome, pl.DataFrame]]:
    """Yield rows of one chromosome, never some rows of a position without the others."""
    held: pl.DataFrame | None = None
    for block in blocks:
        rows = block if held is None else pl.concat([held, block])
        last = rows.row(-1, named=True)
        open_ = (pl.col("chromosome") == last["chromosome"]) & (
            pl.col("position") == last["position"]
        )
        whole, held = rows.filter(~open_), rows.filter(open_)
        yield from _chromosomes(whole)
    if held is not None:
        yield from _chromosomes(held)


def _chromosomes(rows: pl.DataFrame) -> Iterator[tuple[Chromosome, pl.DataFrame]]:
    for piece in rows.partition_by("chromosome", maintain_order=True):
        yield Chromosome(piece["chromosome"][0]), piece


def _sorted(blocks: Blocks, scratch: Path) -> Iterator[tuple[Chromosome, pl.DataFrame]]:
    """Lay rows down by stretches of a chromosome, then yield each stretch whole, in order."""
    for number, block in enumerate(blocks):
        for chromosome, piece in _chromosomes(block):
            stretch = (pl.col("position") // _STRETCH).alias("stretch")
            for rows in piece.with_columns(stretch).partition_by("stretch"):
                folder = scratch / f"{chromosome.code:02d}-{rows['stretch'][0]:04d}"
                folder.mkdir(parents=True, exist_ok=True)
                kept = rows.drop("chromosome", "stretch", "line")
                kept.write_parquet(folder / f"{number:08d}.parquet")
    for folder in sorted(scratch.glob("*-*")):
        files = [pl.read_parquet(file) for file in sorted(folder.iterdir())]
        yield Chromosome.from_code(int(folder.name.partition("-")[0])), pl.concat(files)


def _four(
    piece: pl.DataFrame, layout: ScoreLayout, chromosome: Chromosome, path: Path
) -> tuple[Ints, Values]:
    """Turn substitutions into positions and a value for each base that could stand there."""
    whole = piece["position"].cast(pl.Int64).to_numpy()
    if (whole[1:] < whole[:-1]).any():
        raise ReleaseError(f"{path.name}: chromosome {chromosome} is not in order of position")
    positions, row = np.unique(whole, return_inverse=True)
    places = {base: place for place, base in enumerate(BASES)}
    ref, alt = (
        piece[name].replace_strict(places, return_dtype=pl.Int64).to_numpy()
        for name in ("ref", "alt")
    )
    values = np.full((positions.size, len(BASES)), missing(layout.dtype), dtype=np.int32)
    values[row, ref] = reference(layout.dtype)
    values[row, alt] = piece["score"].to_numpy()
    marks = values == reference(layout.dtype)
    scored = (values > reference(layout.dtype)).sum()
    if not marks[row, ref].all() or (marks.sum(axis=1) != 1).any() or scored != piece.height:
        raise ReleaseError(
            f"{path.name}: chromosome {chromosome} has two reference bases, or two scores of one "
            f"allele, from {positions[0]} to {positions[-1]}"
        )
    return positions, values
