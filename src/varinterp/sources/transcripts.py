"""The transcript table of a release, ``transcripts.parquet``: one row a transcript version.

Exon lists are in genome order, 1-based inclusive; `cds_start` and `cds_end` are the first and the
last coding base on the genome, stop codon included. Where a gene has no HGNC id, `hgnc` is null
here and empty in a `Transcript`. A table in which a coding sequence is not known whole has two
columns more (`INCOMPLETE_FIELDS`); MANE's are all whole. Text forms of the same facts are read by
`transcript_text`; what makes a table unusable is written once, in `transcript_check`.
"""

from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Mane, Span, Transcript
from varinterp.sources.parquet import read_frame, write_table
from varinterp.sources.transcript_check import table_faults

TRANSCRIPTS_FILE = "transcripts.parquet"
TRANSCRIPTS_SCHEMA = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("refseq", pa.string()),
        pa.field("protein", pa.string()),
        pa.field("refseq_protein", pa.string()),
        pa.field("gene", pa.string(), nullable=False),
        pa.field("hgnc", pa.string()),
        pa.field("ensembl_gene", pa.string()),
        pa.field("chromosome", pa.string(), nullable=False),
        pa.field("strand", pa.int8(), nullable=False),
        pa.field("exon_starts", pa.list_(pa.int32()), nullable=False),
        pa.field("exon_ends", pa.list_(pa.int32()), nullable=False),
        pa.field("cds_start", pa.int32(), nullable=False),
        pa.field("cds_end", pa.int32(), nullable=False),
        pa.field("mane", pa.string()),
    ]
)
INCOMPLETE_FIELDS = (
    pa.field("cds_start_phase", pa.int8()),
    pa.field("cds_end_known", pa.bool_()),
)
"""Bases that the first codon lacks, null where the coding start is known; whether its end is."""
_EXTENDED_SCHEMA = pa.schema([*TRANSCRIPTS_SCHEMA, *INCOMPLETE_FIELDS])
_EXTRA = [field.name for field in INCOMPLETE_FIELDS]

_CODES = {chromosome.value: chromosome.code for chromosome in Chromosome}


def read_transcripts(path: Path) -> dict[str, Transcript]:
    """Read a release's table as values by id; raise ReleaseError when it is not sound."""
    return to_transcripts(read_transcript_table(path))


def read_transcript_table(path: Path) -> pl.DataFrame:
    """Read a release's table with all its columns; raise ReleaseError when it is not sound."""
    frame = _read(path)
    faults = table_faults(frame, path.name, pl.int_range(1, pl.len() + 1))
    if faults:
        raise ReleaseError("\n".join(str(fault) for fault in faults))
    return frame


def write_transcripts(frame: pl.DataFrame, path: Path) -> int:
    """Write a sound table atomically, in genome order, and return its rows.

    The same transcripts give the same bytes whatever their order.
    """
    schema = schema_of(frame)
    ordered = frame.select(schema.names).sort(
        pl.col("chromosome").replace_strict(_CODES, return_dtype=pl.Int8),
        pl.col("exon_starts").list.first(),
        "id",
    )
    return write_table(ordered.to_arrow().cast(schema), path)


def schema_of(frame: pl.DataFrame) -> pa.Schema:
    """Return a table's schema: `INCOMPLETE_FIELDS` only where a coding sequence is not whole."""
    if _EXTRA[0] not in frame.columns:
        return TRANSCRIPTS_SCHEMA
    known = pl.col("cds_start_phase").is_null() & pl.col("cds_end_known").fill_null(True)
    return TRANSCRIPTS_SCHEMA if frame.select(known.all()).item() else _EXTENDED_SCHEMA


def _read(path: Path) -> pl.DataFrame:
    try:
        names = pq.read_schema(path).names  # type: ignore[no-untyped-call]
    except (OSError, pa.ArrowInvalid) as error:
        raise ReleaseError(f"{path}: cannot be read ({error}); restore the release") from error
    return read_frame(path, _EXTENDED_SCHEMA if _EXTRA[0] in names else TRANSCRIPTS_SCHEMA)


def to_transcripts(frame: pl.DataFrame) -> dict[str, Transcript]:
    """Return the rows of a sound table as values by id, in the table's order."""
    return {row["id"]: _transcript(row) for row in frame.iter_rows(named=True)}


def _transcript(row: dict[str, Any]) -> Transcript:
    pairs = zip(row["exon_starts"], row["exon_ends"], strict=True)
    exons = [Span(start, end) for start, end in pairs]
    return Transcript(
        id=row["id"],
        refseq=row["refseq"],
        protein=row["protein"],
        gene=row["gene"],
        hgnc=row["hgnc"] or "",
        chromosome=Chromosome(row["chromosome"]),
        strand=row["strand"],
        exons=tuple(exons if row["strand"] == 1 else reversed(exons)),
        cds=Span(row["cds_start"], row["cds_end"]),
        mane=Mane(row["mane"]) if row["mane"] is not None else None,
        cds_start_phase=row.get("cds_start_phase"),
        cds_end_known=row.get("cds_end_known") is not False,
    )
