"""The constructed population release: frequencies and where they can be trusted."""

import pyarrow as pa

from building.capture import covered
from building.frequencies import ConstructedFrequency, read_frequencies
from building.layout import CHROMOSOME, Layout
from building.sealing import (
    ALLELE_FIELDS,
    OWN_LICENCE,
    TRANSCRIBED,
    Row,
    Source,
    allele_cells,
    folder_of,
    seal,
)
from varinterp.sources.parquet import write_table

FREQUENCIES, COVERED = "frequencies.parquet", "covered.parquet"
FREQUENCY_SCHEMA = pa.schema(
    [
        *ALLELE_FIELDS,
        pa.field("ac", pa.int32(), nullable=False),
        pa.field("an", pa.int32(), nullable=False),
        pa.field("af", pa.float64(), nullable=False),
        pa.field("faf95", pa.float64()),
        pa.field("faf95_group", pa.string()),
        pa.field("group_max_af", pa.float64()),
        pa.field("nhomalt", pa.int32()),
        pa.field("hemizygotes", pa.int32()),
        pa.field("filters", pa.string(), nullable=False),
        pa.field("constructed", pa.bool_(), nullable=False),
    ]
)
COVERED_SCHEMA = pa.schema(
    [
        pa.field("chromosome", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("note", pa.string(), nullable=False),
        pa.field("constructed", pa.bool_(), nullable=False),
    ]
)
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
            (FREQUENCIES, alleles, FREQUENCY_SCHEMA),
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
