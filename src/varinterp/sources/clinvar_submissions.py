"""ClinVar's submissions, one row each, from ``submission_summary.txt.gz``: narrow columns.

Read for this: the file's own preamble and column names (README of tab_delimited/ and files of 2019
to 2026): comment lines, then ``#VariationID``, ``ClinicalSignificance``, ``DateLastEvaluated``
(``Jan 05, 2020`` or ``-``), …, ``ContributesToAggregateClassification`` (yes or no, since 2024).
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from varinterp.model.clinvar import Significance
from varinterp.sources.clinvar_rule import sole_word
from varinterp.sources.clinvar_words import FLAGGED_SUBMISSION, significance, stars
from varinterp.sources.lines import shown
from varinterp.sources.tab_blocks import TabBlock, tab_blocks

NEEDED = (
    "VariationID", "ClinicalSignificance", "DateLastEvaluated", "ReportedPhenotypeInfo",
    "ReviewStatus", "Submitter", "SCV",
)  # fmt: skip
CONTRIBUTES = "ContributesToAggregateClassification"
NO_TERM = "none"
TERM = pl.Enum([*(word.value for word in Significance), NO_TERM])
SUBMISSIONS: Mapping[str, Any] = MappingProxyType(
    {
        "variation": pl.UInt32,
        "scv": pl.UInt32,
        "version": pl.UInt16,
        "submitter": pl.Categorical(),
        "term": TERM,
        "stars": pl.Int8,
        "flagged": pl.Boolean,
        "contributes": pl.Boolean,
        "date": pl.Date,
        "condition": pl.Categorical(),
    }
)
"""`term` is ``none`` for a submission without a germline class; `condition` as ClinVar writes it
(``C0085390:Li-Fraumeni syndrome``); `contributes` null when the file does not say."""

_DATE = "%b %d, %Y"


def read_submissions(path: Path) -> pl.DataFrame:
    """Return every submission, in the file's order; ReleaseError for an unknown word."""
    parts = [_narrow(block) for block in tab_blocks(path, NEEDED, [CONTRIBUTES])]
    return pl.concat([pl.DataFrame(schema=dict(SUBMISSIONS)), *parts])


def _narrow(block: TabBlock) -> pl.DataFrame:
    frame = block.frame
    return pl.DataFrame(
        [
            block.number("VariationID", frame["VariationID"], pl.UInt32).alias("variation"),
            *_accession(block),
            frame["Submitter"].str.strip_chars().cast(pl.Categorical).alias("submitter"),
            block.mapped("ClinicalSignificance", _term, TERM).alias("term"),
            block.mapped("ReviewStatus", stars, pl.Int8).alias("stars"),
            (frame["ReviewStatus"] == FLAGGED_SUBMISSION).alias("flagged"),
            _contributes(block).alias("contributes"),
            _dates(block).alias("date"),
            frame["ReportedPhenotypeInfo"].cast(pl.Categorical).alias("condition"),
        ]
    )


def _accession(block: TabBlock) -> Iterator[pl.Series]:
    column = block.frame["SCV"]
    parts = column.str.extract_groups(r"^SCV(?<scv>\d+)\.(?<version>\d+)$").struct
    if parts.field("scv").null_count():
        row = int(parts.field("scv").is_null().arg_true()[0])
        block.refuse(row, f"SCV {shown(column[row])} is no accession with its version")
    yield block.number("SCV", parts.field("scv"), pl.UInt32).alias("scv")
    yield block.number("SCV", parts.field("version"), pl.UInt16).alias("version")


def _contributes(block: TabBlock) -> pl.Series:
    if CONTRIBUTES not in block.frame.columns:
        return pl.repeat(None, block.frame.height, dtype=pl.Boolean(), eager=True)
    return block.mapped(CONTRIBUTES, _ANSWERS.__getitem__, pl.Boolean)


_ANSWERS: Mapping[str, bool | None] = {"yes": True, "no": False, "-": None}


def _dates(block: TabBlock) -> pl.Series:
    column = block.frame["DateLastEvaluated"]
    dates = column.str.to_date(_DATE, strict=False)
    bad = dates.is_null() & (column != "-")
    if bad.any():
        row = int(bad.arg_true()[0])
        block.refuse(row, f"DateLastEvaluated {shown(column[row])} is no date")
    return dates


def _term(text: str) -> str:
    """Return the one word of a submission, `sole_word` where it has more."""
    words = significance(text)
    return sole_word(words).value if words else NO_TERM
