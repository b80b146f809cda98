"""REVEL's file of all missense alleles, ``revel_with_transcript_ids``, as CSV or in its zip.

Read for this: its head (``chr,hg19_pos,grch38_pos,ref,alt,aaref,aaalt,REVEL,Ensembl_transcriptid``,
``1,35142,35142,G,A,T,M,0.027,ENST00000417324``) and Ioannidis 2016 (PMID 27666373). The rows are
in the order of GRCh37; an allele that could not be lifted has ``.`` for its place. Transcripts are
joined by ``;`` and have no version. Scores have three decimals.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from varinterp.model.prediction import Predictor
from varinterp.sources.delimited import number, placed, read_delimited, refuse
from varinterp.sources.score_layout import ScoreLayout

LAYOUT = ScoreLayout(Predictor.REVEL, decimals=3, least=0, most=1, settings={})
NOT_LIFTED = "not_lifted"
NO_TRANSCRIPT = "no_transcript"
_COLUMNS = ("chr", "grch38_pos", "ref", "alt", "REVEL", "Ensembl_transcriptid")


def read_revel(path: Path, set_aside: Counter[str]) -> Iterator[pl.DataFrame]:
    """Yield chromosome, position, ref, alt, score, owner (``;``-joined transcripts) and line."""
    for block in read_delimited(path, _COLUMNS, ","):
        lifted = block.filter((pl.col("grch38_pos") != ".").fill_null(True))
        set_aside[NOT_LIFTED] += block.height - lifted.height
        owner = pl.col("Ensembl_transcriptid")
        named = lifted.filter((owner != ".").fill_null(False))
        set_aside[NO_TRANSCRIPT] += lifted.height - named.height
        refuse(named, "Ensembl_transcriptid", owner.str.contains(r"^ENST\d+(;ENST\d+)*$"), path,
               "Ensembl transcripts")  # fmt: skip
        yield placed(named, "chr").select(
            "chromosome",
            number(named, "grch38_pos", path, pl.Int32).alias("position"),
            "ref",
            "alt",
            number(named, "REVEL", path, pl.Float64).alias("score"),
            owner.alias("owner"),
            "line",
        )
