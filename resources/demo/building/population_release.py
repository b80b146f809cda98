"""The constructed population release: frequencies and where they can be trusted."""

import polars as pl
import pyarrow as pa

from building.capture import covered
from building.frequencies import GROUP_ALLELES, ConstructedFrequency, read_frequencies
from building.layout import CHROMOSOME, Layout
from building.sealing import (
    OWN_LICENCE,
    TRANSCRIBED,
    Row,
    Source,
    allele_cells,
    folder_of,
    seal,
)
from varinterp.model.chromosome import Chromosome
from varinterp.sources.gnomad import (
    COVERED,
    COVERED_SCHEMA,
    FREQUENCIES_SCHEMA,
    FrequencyWriter,
    group_column,
)
from varinterp.sources.parquet import write_table

RELEASES = {1: "demo-constructed-1", 2: "demo-constructed-2"}
"""The second release knows one allele more, for the update of the demonstration's second act."""


GROUPS = tuple(sorted(GROUP_ALLELES))
SCHEMA = pl.Schema(FREQUENCIES_SCHEMA) | {
    group_column(measure, group): dtype
    for group in GROUPS
    for measure, dtype in (("ac", pl.Int32), ("an", pl.Int32), ("faf95", pl.Float64))
}


def write_frequencies(layout: Layout) -> None:
    """Build both releases."""
    for number, name in RELEASES.items():
        _write_release(layout, number, _source(name))


def _source(release: str) -> Source:
    return Source(
        "gnomad", release, TRANSCRIBED, "none", OWN_LICENCE,
        "Constructed for the demonstration: imitates gnomAD's format only and is not gnomAD data. "
        "Every frequency is invented.",
        constructed=True,
    )  # fmt: skip


def _write_release(layout: Layout, number: int, source: Source) -> None:
    """Write a release: one row an allele in order of key, one row a covered stretch."""
    folder = folder_of(layout, source)
    rows = read_frequencies(layout, number)
    alleles = pl.DataFrame([_cells(row) for row in rows], schema=SCHEMA)
    spans: list[Row] = [
        {
            "chromosome": CHROMOSOME,
            "start": start,
            "end": end,
            "note": "constructed: a coding exon and its margin",
            "constructed": True,
        }
        for start, end in covered(layout)
    ]
    table = pa.Table.from_pylist(spans, COVERED_SCHEMA)
    with FrequencyWriter(folder, GROUPS, GROUPS) as writer:
        writer.write(Chromosome(CHROMOSOME), alleles)
    seal(folder, source, {**writer.files(), COVERED: write_table(table, folder / COVERED)})


def _cells(row: ConstructedFrequency) -> Row:
    cells: Row = allele_cells(row.allele) | {
        "ac": row.ac,
        "an": row.an,
        "af": row.af,
        "faf95": row.faf95,
        "faf95_group": row.group,
        "group_max_af": row.group_max_af,
        "nhomalt": row.nhomalt,
        "hemizygotes": 0,
        "filters": row.filters,
        "constructed": True,
    }
    # The constructed table states the counts of one group a row; nothing is known of the others.
    return cells | {
        group_column("ac", row.group): row.group_ac,
        group_column("an", row.group): GROUP_ALLELES[row.group],
        group_column("faf95", row.group): row.faf95,
    }
