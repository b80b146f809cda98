"""ClinVar's names of variations, from ``variant_summary.txt.gz``.

Read for this: the column names of files of 2019 to 2026; a variation has a row for each assembly
(GRCh37, GRCh38, NCBI36), and one of assembly ``na`` when it has no place.
"""

from collections import Counter
from pathlib import Path

import polars as pl

from varinterp.sources.tab_blocks import tab_blocks

NO_PLACE = "no_grch38_place"
_NEEDED = ("AlleleID", "Name", "Assembly", "VariationID")
_ASSEMBLIES = {"GRCh38": True, "GRCh37": False, "NCBI36": False, "na": False}


def read_names(path: Path) -> tuple[pl.DataFrame, Counter[str]]:
    """Return ``variation`` and ``title`` of those with a place in GRCh38, and what was left out."""
    parts = [pl.DataFrame(schema={"variation": pl.UInt32, "title": pl.String})]
    left_out: Counter[str] = Counter()
    for block in tab_blocks(path, _NEEDED):
        here = block.mapped("Assembly", _ASSEMBLIES.__getitem__, pl.Boolean)
        number = block.number("VariationID", block.frame["VariationID"], pl.UInt32)
        left_out[NO_PLACE] += int((block.frame["Assembly"] == "na").sum())
        rows = pl.DataFrame({"variation": number, "title": block.frame["Name"]}).filter(here)
        parts.append(rows)
    named = pl.concat(parts).group_by("variation").agg(pl.col("title").min())
    return named, +left_out
