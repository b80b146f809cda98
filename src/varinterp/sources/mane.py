"""MANE's own files: the GFF3 by Ensembl's ids, and the summary that pairs them with RefSeq's.

Since 1.0 the GFF3 has the exons, the coding parts and a ``tag=MANE_Select``, its RefSeq accession
in ``Dbxref``, and no HGNC id; ``MANE.GRCh38.vX.summary.txt.gz`` has the ids, one row a pair. Read
in v1.5's summary and in rows of v1.4's GFF3. Morales 2022 (PMID 35388217).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from varinterp.errors import ReleaseError
from varinterp.model.change import ChangeKind
from varinterp.model.transcript import Mane
from varinterp.sources.curations import HGNC, checked_id
from varinterp.sources.link_changes import Change, changes_table
from varinterp.sources.material import CHANGES_SCHEMA, Built
from varinterp.sources.parquet import read_table, write_table
from varinterp.sources.quoted_table import read_rows, unknown_word
from varinterp.sources.row_changes import changed_rows
from varinterp.sources.rules import Rules
from varinterp.sources.transcript_text import read_transcript_gff3
from varinterp.sources.transcripts import (
    INCOMPLETE_FIELDS,
    TRANSCRIPTS_FILE,
    read_transcript_table,
    schema_of,
    write_transcripts,
)

GENES = "genes.parquet"
_GENE = "HGNC:"
GENES_SCHEMA = pa.schema(
    [pa.field(name, pa.string(), nullable=False) for name in ("hgnc", "gene", "ncbi_gene")]
)

SUMMARY_COLUMNS = (
    "#NCBI_GeneID", "Ensembl_Gene", "HGNC_ID", "symbol", "RefSeq_nuc", "RefSeq_prot",
    "Ensembl_nuc", "Ensembl_prot", "MANE_status",
)  # fmt: skip
STATUSES = {"MANE Select": Mane.SELECT, "MANE Plus Clinical": Mane.PLUS_CLINICAL}
PAIRED = ("refseq", "protein", "refseq_protein", "hgnc", "mane")
SUMMARY_SCHEMA = dict.fromkeys(("id", "gene", *PAIRED, "ncbi_gene"), pl.String)

LEFT_OUT = "not_coding_on_a_chromosome"
STRUCTURE = (
    "chromosome", "strand", "exon_starts", "exon_ends", "cds_start", "cds_end",
    *(field.name for field in INCOMPLETE_FIELDS),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gene:
    """A gene's ids: ``HGNC:25439``, its symbol, and NCBI's number."""

    hgnc: str
    symbol: str
    ncbi: str


def build_mane(gff3: Path, summary: Path | None, folder: Path) -> Built:
    """Write a release's transcripts and genes; raise ReleaseError when the two files disagree."""
    transcripts = read_transcript_gff3(gff3)
    pairs = read_mane_summary(summary) if summary else pl.DataFrame(schema=SUMMARY_SCHEMA)
    if summary is not None:
        transcripts = _named(transcripts, pairs, gff3, summary)
    genes = pairs.filter(pl.col("hgnc").is_not_null()).unique("hgnc").sort("hgnc")
    rows = {
        TRANSCRIPTS_FILE: write_transcripts(transcripts, folder / TRANSCRIPTS_FILE),
        GENES: write_table(
            genes.select("hgnc", "gene", "ncbi_gene").to_arrow().cast(GENES_SCHEMA), folder / GENES
        ),
    }
    counts = {"transcripts": len(transcripts), "genes": transcripts["gene"].n_unique()}
    counts |= {name.value: transcripts.filter(mane=name.value).height for name in Mane}
    absent = pairs.join(transcripts, on="id", how="anti").height
    return Built(rows, counts, +Counter({LEFT_OUT: absent}))


def read_mane_summary(path: Path) -> pl.DataFrame:
    """Read the summary, one row a transcript of Ensembl; raise ReleaseError naming the word."""
    rows = []
    for line, row in read_rows(path, "\t", SUMMARY_COLUMNS):
        if row["MANE_status"] not in STATUSES:
            raise unknown_word(path, line, "MANE_status", row["MANE_status"])
        hgnc = row["HGNC_ID"] and checked_id(HGNC, path, line, "HGNC_ID", row["HGNC_ID"])
        rows.append(
            {
                "id": row["Ensembl_nuc"],
                "gene": row["symbol"],
                "refseq": row["RefSeq_nuc"],
                "protein": row["Ensembl_prot"],
                "refseq_protein": row["RefSeq_prot"],
                "hgnc": hgnc or None,
                "mane": STATUSES[row["MANE_status"]].value,
                "ncbi_gene": row["#NCBI_GeneID"].removeprefix("GeneID:"),
            }
        )
    return pl.DataFrame(rows, schema=SUMMARY_SCHEMA)


def _named(
    transcripts: pl.DataFrame, pairs: pl.DataFrame, gff3: Path, summary: Path
) -> pl.DataFrame:
    """Give each transcript the summary's ids; what both files state has to be the same."""
    joined = transcripts.join(pairs, on="id", how="left", suffix="_of_summary")
    strangers = joined.filter(pl.col("gene_of_summary").is_null())
    differing = joined.filter(
        pl.any_horizontal(pl.col(name) != pl.col(f"{name}_of_summary") for name in PAIRED)
    )
    for found, what in ((strangers, "is not in"), (differing, "has other ids in")):
        if not found.is_empty():
            raise ReleaseError(
                f"{gff3.name}: {found['id'][0]} {what} {summary.name} ({found.height} such): take "
                "both files from one release of MANE"
            )
    return joined.with_columns(
        *(pl.coalesce(f"{name}_of_summary", name).alias(name) for name in ("gene", *PAIRED))
    ).select(schema_of(transcripts).names)


def read_genes(folder: Path) -> tuple[Gene, ...]:
    """Read the genes of a release, in order of HGNC id."""
    table = read_table(folder / GENES, GENES_SCHEMA)
    return tuple(Gene(*(row[name] for name in GENES_SCHEMA.names)) for row in table.to_pylist())


def look_up_transcript(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return what a release says of a transcript, by its id with version; None when nothing.

    Under a gene's HGNC id it is what it says of all of the gene's transcripts, by id.
    """
    known = _transcripts(folder)
    if not key.startswith(_GENE):
        return known.get(key)
    return {name: row for name, row in known.items() if row["hgnc"] == key} or None


def changed_transcripts(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    """Compare two releases as `CHANGES_SCHEMA`; no rule has a say in it.

    A transcript whose structure came, went or moved takes along every exon (`transcript.exon`):
    what skipping one does follows from all of them; where its protein may start instead; and its
    gene (`transcript.gene`), whose other transcripts are judged beside it.
    """
    before, after = _transcripts(old), _transcripts(new)
    changes = list(changed_rows(before, after, _text, _kinds))
    exons = (
        Change(f"{each.key}:{number}", each.kind, each.before, each.after)
        for each in changes
        if each.kind is not ChangeKind.RESTATED
        for number in range(1, 1 + _exons(before.get(each.key), after.get(each.key)))
    )
    moved = [each for each in changes if each.kind is not ChangeKind.RESTATED]
    tables = (
        changes_table("transcript", changes),
        changes_table("transcript.exon", exons),
        changes_table("transcript.gene", _of_genes(changes, before, after)),
        changes_table("transcript.start", moved),
    )
    return pl.concat(tables) if changes else pl.DataFrame(schema=pl.Schema(CHANGES_SCHEMA))


def _of_genes(
    changes: Iterable[Change], *rows: Mapping[str, Mapping[str, Any]]
) -> Iterator[Change]:
    """Yield each change under the genes that its transcript is or was of."""
    for each in changes:
        genes = {known[each.key]["hgnc"] for known in rows if each.key in known}
        yield from (replace(each, key=gene) for gene in sorted(filter(None, genes)))


def _transcripts(folder: Path) -> dict[str, Mapping[str, Any]]:
    """Return the rows by id; without columns of incomplete transcripts, all of them are whole."""
    table = read_transcript_table(folder / TRANSCRIPTS_FILE)
    whole = {field.name: None for field in INCOMPLETE_FIELDS}
    return {row["id"]: whole | row for row in table.iter_rows(named=True)}


def _kinds(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[ChangeKind]:
    if any(before[name] != after[name] for name in STRUCTURE):
        yield ChangeKind.TRANSCRIPT_MOVED


def _exons(*rows: Mapping[str, Any] | None) -> int:
    return max(chain((0,), (len(row["exon_starts"]) for row in rows if row)))


def _text(row: Mapping[str, Any]) -> str:
    ids = " ".join(filter(None, (row["gene"], row["hgnc"], row["refseq"], row["mane"])))
    span = f"{row['chromosome']}:{row['exon_starts'][0]}-{row['exon_ends'][-1]}"
    return (
        f"{ids}; {span}, {len(row['exon_starts'])} exons, CDS {row['cds_start']}-{row['cds_end']}"
    )
