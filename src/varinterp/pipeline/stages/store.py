"""Keep the family's alleles that a moved fact could make candidates, for reanalysis."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow.parquet as pq

from varinterp.cohort.consequences import COLUMNS, Consequences, memo_key
from varinterp.cohort.parts import PART_SCHEMA
from varinterp.cohort.selection import carried, context, wanted
from varinterp.cohort.store import CohortStore
from varinterp.files import write_text
from varinterp.model.family import Family, Role
from varinterp.pipeline.consequence import from_laboratory
from varinterp.pipeline.job import Job
from varinterp.sources.transcripts import TRANSCRIPTS_FILE, read_transcript_table

_CALL = "genotypes.list.element."
_READ = ["chromosome", "position", "ref", f"{_CALL}person", f"{_CALL}copies", f"{_CALL}alt_depth",
         "gate_frequency", "gate_known_frequency", "clinvar_significance", "gate_listed",
         "candidate"]  # fmt: skip


def run(job: Job) -> None:
    """Write the receipt; the part itself and the memo are in the folder of the cohort."""
    registered = json.loads(job.input("registered").read_text())
    intake, releases = job.intake(), job.releases()
    rows = stored_rows(
        job.input("variants"),
        job.general_rules().number("gate.stored_max"),
        coding_spans(releases["mane"].file(TRANSCRIPTS_FILE)),
        trio(intake.pedigree()),
    )
    csq = None
    if all(vcf.csq_fields for vcf in intake.vcfs):
        vcfs = [Path(str(path)) for path in job.inputs["vcfs"]]
        csq = from_laboratory(vcfs, rows.filter("stored"))
    else:
        memo = Consequences.open(job.settings.cohort / "consequences")
        said = pl.read_parquet(job.input("candidates")).select(_remembered())
        memo.keep(memo_key(releases["vep"].manifest.release), said)
    part = CohortStore.open(job.settings.cohort).add(
        registered["case"], registered["analysis"], rows, csq
    )
    stored = int(rows["stored"].sum())
    receipt = {"part": str(part), "stored": stored, "context": rows.height - stored}
    write_text(job.output("receipt"), json.dumps(receipt, indent=2) + "\n")


def stored_rows(
    variants: Path, limit: float, spans: pl.DataFrame, family: Sequence[str]
) -> pl.DataFrame:
    """Return what is stored of ``variants.parquet``, with ``stored``: false for context.

    `spans` are as `cohort.selection.SPANS`; `family` is proband, father and mother, where all three
    were sequenced. Read a row group at a time.
    """
    with pq.ParquetFile(variants, memory_map=True) as table:  # type: ignore[no-untyped-call]
        kept, has, places = [], [], []
        for rows in _groups(table, _READ):
            kept.append(wanted(rows, limit, family))
            has.append(carried(rows).to_numpy())
            places.append(rows.select("chromosome", "position", "ref"))
        if not places:
            return pl.DataFrame(pl.from_arrow(PART_SCHEMA.empty_table()))
        stored = np.concatenate(kept)
        chosen = stored | (context(pl.concat(places), stored, spans) & np.concatenate(has))
        own = [name for name in PART_SCHEMA.names if name != "stored"]
        found, start = [], 0
        for rows in _groups(table, own):
            here = slice(start, start := start + rows.height)
            marked = rows.with_columns(pl.Series("stored", stored[here]))
            found.append(marked.filter(pl.Series(chosen[here])))
    return pl.concat(found).select(PART_SCHEMA.names)


def coding_spans(transcripts: Path) -> pl.DataFrame:
    """Return the coding parts of a release's transcripts, as `cohort.selection.SPANS`."""
    table = read_transcript_table(transcripts)
    exons = table.select(
        pl.col("id").alias("transcript"),
        "chromosome",
        pl.col("exon_starts").alias("start"),
        pl.col("exon_ends").alias("end"),
        "cds_start",
        "cds_end",
    ).explode("start", "end", empty_as_null=False)
    coding = exons.select(
        "transcript",
        "chromosome",
        pl.max_horizontal("start", "cds_start").cast(pl.Int64),
        pl.min_horizontal("end", "cds_end").cast(pl.Int64),
    )
    return coding.filter(pl.col("start") <= pl.col("end"))


def trio(family: Family) -> tuple[str, ...]:
    """Return proband, father and mother; nobody unless all three were sequenced."""
    parents = [family.parent(family.proband, role) for role in (Role.FATHER, Role.MOTHER)]
    sequenced = [parent.id for parent in parents if parent is not None and parent.sequenced]
    return (family.proband_id, *sequenced) if len(sequenced) == 2 else ()


def _groups(table: pq.ParquetFile, columns: list[str]) -> Iterator[pl.DataFrame]:
    for number in range(table.num_row_groups):
        group = table.read_row_group(number, columns=columns, use_threads=False)  # type: ignore[no-untyped-call]
        yield pl.DataFrame(pl.from_arrow(group))


def _remembered() -> list[pl.Expr]:
    """Return what a memo keeps of ``candidates.parquet``; scores there are the releases'."""
    same = ["transcript", "refseq", "gene", "hgnc", "terms", "hgvs_c", "hgvs_p", "exon", "intron",
            "cds_position", "protein_position", "ref_aa", "alt_aa", "mane", "shifted_terms",
            "shifted_p", "chromosome", "position", "ref", "alt"]  # fmt: skip
    return [
        (pl.col(name) if name in same else pl.lit(None)).cast(kind).alias(name)
        for name, kind in COLUMNS.items()
    ]
