"""AlphaMissense's genomic file, ``AlphaMissense_hg38.tsv.gz``: one row an allele and transcript.

Read for this: the file's own head (three lines of comment, then ``#CHROM POS REF ALT genome
uniprot_id transcript_id protein_variant am_pathogenicity am_class``, ``chr1 69094 G T hg38 Q8NH21
ENST00000335137.4 V2L 0.2937 likely_benign``) and Cheng 2023 (PMID 37733863), whose supplement
has 71 million alleles of canonical transcripts. Scores have up to four decimals.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from varinterp.model.prediction import Predictor
from varinterp.sources.delimited import number, placed, read_delimited, refuse
from varinterp.sources.score_layout import ScoreLayout

LAYOUT = ScoreLayout(Predictor.ALPHAMISSENSE, decimals=4, least=0, most=1, settings={})
CLASSES = ("likely_benign", "ambiguous", "likely_pathogenic")
"""AlphaMissense's own words for its scores; checked, and not kept: the rules have cut-offs."""
_COLUMNS = (
    "CHROM", "POS", "REF", "ALT", "genome", "transcript_id", "am_pathogenicity", "am_class",
)  # fmt: skip


def read_alphamissense(path: Path, set_aside: Counter[str]) -> Iterator[pl.DataFrame]:
    """Yield chromosome, position, ref, alt, score, owner (transcript without version) and line.

    Raises ReleaseError for a row of another genome or with an unknown class.
    """
    for block in read_delimited(path, _COLUMNS):
        refuse(block, "genome", (block["genome"] == "hg38").fill_null(False), path, "hg38")
        known = block["am_class"].is_in(CLASSES).fill_null(False)
        refuse(block, "am_class", known, path, f"one of {', '.join(CLASSES)}")
        refuse(block, "transcript_id", pl.col("transcript_id").is_not_null(), path, "a transcript")
        frame = placed(block, "CHROM").select(
            "chromosome",
            number(block, "POS", path, pl.Int32).alias("position"),
            pl.col("REF").alias("ref"),
            pl.col("ALT").alias("alt"),
            number(block, "am_pathogenicity", path, pl.Float64).alias("score"),
            pl.col("transcript_id").str.replace(r"\.\d+$", "").alias("owner"),
            "line",
        )
        yield frame
