"""The constructed population release: frequencies and where they can be trusted."""

import pyarrow as pa

from building.capture import covered
from building.frequencies import ConstructedFrequency, read_frequencies
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
from varinterp.sources.gnomad import COVERED, COVERED_SCHEMA, FREQUENCIES, FREQUENCIES_SCHEMA
from varinterp.sources.parquet import write_table

SOURCE = Source(
    "gnomad", "demo-constructed-1", TRANSCRIBED, "none", OWN_LICENCE,
    "Constructed for the demonstration: imitates gnomAD's format only and is not gnomAD data. "
    "Every frequency is invented.",
    constructed=True,
)  # fmt: skip


def write_frequencies(layout: Layout) -> None:
    """Build the release: one row an allele in order of key, one row a covered stretch."""
    folder = folder_of(layout, SOURCE)
    alleles = [_cells(row) for row in read_frequencies(layout)]
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
    counts = {
        name: write_table(pa.Table.from_pylist(rows, schema), folder / name)
        for name, rows, schema in (
            (FREQUENCIES, alleles, FREQUENCIES_SCHEMA),
            (COVERED, spans, COVERED_SCHEMA),
        )
    }
    seal(folder, SOURCE, counts)


def _cells(row: ConstructedFrequency) -> Row:
    return allele_cells(row.allele) | {
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
