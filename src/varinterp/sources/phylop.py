"""phyloP of 100 vertebrates: UCSC's ``hg38.phyloP100way.wigFix.gz``, a value a base.

Read for this: UCSC's description of wiggle's fixedStep (a line ``fixedStep chrom=chr1 start=10918
step=1``, then a value a line; the first position is 1) and Pollard 2010 (PMID 19858363). Values
have three decimals. A span or a step other than 1 would be another file, and is refused.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.model.prediction import Predictor
from varinterp.sources.delimited import LINE, OTHER_CONTIG, refuse
from varinterp.sources.lines import shown
from varinterp.sources.score_layout import ScoreLayout
from varinterp.sources.text_blocks import TextBlock, text_blocks

LAYOUT = ScoreLayout(Predictor.PHYLOP, decimals=3, least=-30, most=30, settings={})
_STEP = re.compile(r"fixedStep chrom=(\S+) start=(\d+) step=1(?: span=1)?$")


def read_phylop(path: Path, set_aside: Counter[str]) -> Iterator[tuple[Chromosome, pl.DataFrame]]:
    """Yield a chromosome with the position, score and line of a stretch of neighbours."""
    chromosome: Chromosome | None = None
    position = 0
    for block in text_blocks(path):
        lines = _lines(block)
        begins = np.flatnonzero(lines["text"].str.starts_with("f").to_numpy())
        for start, end in zip(np.append(-1, begins), np.append(begins, lines.height), strict=True):
            if start >= 0:
                chromosome, position = _declared(lines.row(int(start), named=True), path)
            stretch = lines[int(start) + 1 : int(end)]
            if not stretch.height:
                continue
            if position == 0:
                raise ReleaseError(f"{path.name}:{stretch[LINE][0]}: a value before fixedStep")
            if chromosome is None:
                set_aside[OTHER_CONTIG] += stretch.height
            else:
                yield chromosome, _values(stretch, position, path)
            position += stretch.height


def _lines(block: TextBlock) -> pl.DataFrame:
    texts = pl.Series(block.data.decode().replace("\r\n", "\n").removesuffix("\n").split("\n"))
    lines = pl.int_range(block.line, block.line + len(texts), dtype=pl.Int64, eager=True)
    frame = pl.DataFrame({"text": texts, LINE: lines})
    return frame.filter(~pl.col("text").str.contains(r"^(#|track\b|browser\b)"))


def _declared(row: dict[str, object], path: Path) -> tuple[Chromosome | None, int]:
    found = _STEP.match(str(row["text"]).strip())
    if found is None:
        raise ReleaseError(
            f"{path.name}:{row[LINE]}: {shown(str(row['text']))}, expected fixedStep with step=1"
        )
    return Chromosome.parse(found[1]), int(found[2])


def _values(stretch: pl.DataFrame, position: int, path: Path) -> pl.DataFrame:
    score = stretch["text"].cast(pl.Float64, strict=False)
    refuse(stretch, "text", score.is_finite().fill_null(False), path, "a number")
    places = pl.int_range(position, position + stretch.height, dtype=pl.Int64, eager=True)
    return pl.DataFrame({"position": places, "score": score, LINE: stretch[LINE]})
