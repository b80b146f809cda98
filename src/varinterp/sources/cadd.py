"""CADD's files: ``whole_genome_SNVs.tsv.gz`` and its file of insertions and deletions.

Read for this: their heads (``## CADD GRCh38-v1.7 (c) University of Washington, …``, then ``#Chrom
Pos Ref Alt RawScore PHRED``, ``1 10001 T A 0.767991 7.993``) and Rentzsch 2021 (PMID 33618777).
Chromosomes have no ``chr``; the nine billion substitutions are in order of place, three to a base.
The phred-scaled score is kept, as the calibrated cut-offs are on it; it has up to three decimals.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from varinterp.errors import ReleaseError
from varinterp.model.prediction import Predictor
from varinterp.sources.delimited import number, placed, read_delimited
from varinterp.sources.lines import shown
from varinterp.sources.score_layout import ScoreLayout
from varinterp.sources.text_blocks import text_blocks

LAYOUT = ScoreLayout(Predictor.CADD, decimals=3, least=0, most=100, settings={})
_COLUMNS = ("Chrom", "Pos", "Ref", "Alt", "PHRED")
_BANNER = re.compile(r"## CADD (\S+?)-(v[0-9.]+)")
_BUILD = "GRCh38"


def check_build(path: Path) -> str:
    """Return CADD's version, ``v1.7``, from the first line; ReleaseError for another genome."""
    for block in text_blocks(path):
        first = block.data.split(b"\n", 1)[0].decode(errors="replace")
        banner = _BANNER.match(first)
        if banner is None or banner[1] != _BUILD:
            raise ReleaseError(f"{path.name}:1: {shown(first)}, expected ## CADD {_BUILD}-v…")
        return banner[2]
    raise ReleaseError(f"{path.name} is empty")


def read_cadd(path: Path, set_aside: Counter[str]) -> Iterator[pl.DataFrame]:
    """Yield chromosome, position, ref, alt, score (phred-scaled) and line."""
    for block in read_delimited(path, _COLUMNS):
        yield placed(block, "Chrom").select(
            "chromosome",
            number(block, "Pos", path, pl.Int32).alias("position"),
            pl.col("Ref").alias("ref"),
            pl.col("Alt").alias("alt"),
            number(block, "PHRED", path, pl.Float64).alias("score"),
            "line",
        )
