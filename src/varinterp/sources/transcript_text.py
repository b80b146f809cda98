"""Transcripts from text: a plain TSV, or a GFF3 in the style of MANE's.

The TSV has a header and the columns of the table, with one column `exons` (``start-end``, comma
between, genome order) in place of the two lists; lines that start with ``#`` are comments.
The GFF3 has `mRNA` (or `transcript`), `exon` and `CDS` rows with the attributes transcript_id,
gene_name, hgnc_id, gene_id, protein_id, refseq_id, refseq_protein_id and a `tag`: MANE's words, and
``cds_start_NF`` and ``cds_end_NF`` of a coding sequence that is not known whole.
"""

import io
from pathlib import Path

import polars as pl

from varinterp.errors import Fault, InputError
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Mane
from varinterp.sources.lines import numbered_lines
from varinterp.sources.transcript_check import table_faults
from varinterp.sources.transcripts import schema_of

TSV_COLUMNS = (
    "id", "refseq", "protein", "refseq_protein", "gene", "hgnc", "ensembl_gene", "chromosome",
    "strand", "exons", "cds_start", "cds_end", "mane",
)  # fmt: skip

_EXONS = r"^[1-9][0-9]*-[1-9][0-9]*(,[1-9][0-9]*-[1-9][0-9]*)*$"
_GFF_COLUMNS = (
    "contig",
    "source",
    "type",
    "start",
    "end",
    "score",
    "strand",
    "phase",
    "attributes",
)
_ATTRIBUTES = {
    "id": "transcript_id",
    "refseq": "refseq_id",
    "protein": "protein_id",
    "refseq_protein": "refseq_protein_id",
    "gene": "gene_name",
    "hgnc": "hgnc_id",
    "ensembl_gene": "gene_id",
}


def read_transcript_tsv(path: Path) -> pl.DataFrame:
    """Read transcripts from a TSV into the table's columns; raise InputError with every fault."""
    text = _lines(path, comment="#")
    if text.is_empty() or text["text"][0].split("\t") != list(TSV_COLUMNS):
        raise InputError([_header_fault(path, text)])
    cells = text.slice(1).with_columns(cell=pl.col("text").str.split("\t"))
    uneven = cells.filter(pl.col("cell").list.len() != len(TSV_COLUMNS))
    faults = [_shape_fault(path, line) for line in uneven["line"]]
    cells = cells.filter(pl.col("cell").list.len() == len(TSV_COLUMNS))
    wide = cells.select(
        "line",
        *(_cell(index).alias(name) for index, name in enumerate(TSV_COLUMNS)),
    ).with_columns(pl.col("strand").cast(pl.Int8, strict=False), *_integers("cds_start", "cds_end"))
    return _sound(_with_exons(wide), path, faults)


def read_transcript_gff3(path: Path) -> pl.DataFrame:
    """Read coding transcripts from a MANE-style GFF3; raise InputError with every fault.

    A transcript without CDS is left out (it has no protein consequence), and one that does not lie
    on a primary chromosome.
    """
    rows = _gff_rows(path)
    parts = rows.filter(pl.col("type").is_in(["exon", "CDS"])).with_columns(
        parent=_attribute("Parent")
    )
    exons = (
        parts.filter(pl.col("type") == "exon")
        .sort("start")
        .group_by("parent")
        .agg(exon_starts=pl.col("start"), exon_ends=pl.col("end"))
    )
    forward = pl.col("strand").first() == "+"
    coding = (
        parts.filter(pl.col("type") == "CDS")
        .sort("start")
        .group_by("parent")
        .agg(
            cds_start=pl.col("start").min(),
            cds_end=pl.col("end").max(),
            skipped=pl.when(forward)
            .then(pl.col("phase").first())
            .otherwise(pl.col("phase").last()),
        )
    )
    transcripts = rows.filter(pl.col("type").is_in(["mRNA", "transcript"])).select(
        "line",
        _attribute("ID").alias("parent"),
        "chromosome",
        *(_attribute(name).alias(column) for column, name in _ATTRIBUTES.items()),
        strand=pl.col("strand").replace_strict(
            {"+": 1, "-": -1}, default=None, return_dtype=pl.Int8
        ),
        mane=_mane(),
        tags=_attribute("tag").fill_null("").str.split(","),
    )
    joined = transcripts.join(coding, on="parent").join(exons, on="parent", how="left")
    return _sound(joined.with_columns(_start_phase(), _end_known()), path)


def _start_phase() -> pl.Expr:
    """The bases that the first codon lacks; GFF3 counts those that are skipped to the next one."""
    lacking = -pl.col("skipped").cast(pl.Int8, strict=False).fill_null(0) % 3
    unknown = pl.col("tags").list.contains("cds_start_NF")
    return pl.when(unknown).then(lacking).cast(pl.Int8).alias("cds_start_phase")


def _end_known() -> pl.Expr:
    unknown = pl.col("tags").list.contains("cds_end_NF")
    return pl.when(unknown).then(False).alias("cds_end_known")


def _lines(path: Path, comment: str) -> pl.DataFrame:
    """The file's lines that are neither empty nor comments, with their numbers."""
    kept = [(n, text) for n, text in numbered_lines(path) if text and not text.startswith(comment)]
    return pl.DataFrame(kept, schema={"line": pl.Int64, "text": pl.String}, orient="row")


def _cell(index: int) -> pl.Expr:
    text = pl.col("cell").list.get(index)
    return pl.when(text != "").then(text)


def _integers(*columns: str) -> list[pl.Expr]:
    return [pl.col(column).cast(pl.Int32, strict=False) for column in columns]


def _with_exons(wide: pl.DataFrame) -> pl.DataFrame:
    """Replace `exons` by its two lists; a malformed text gives none, which the check reports."""
    sound = pl.when(pl.col("exons").str.contains(_EXONS)).then(pl.col("exons"))
    pairs = sound.str.split(",")
    return wide.with_columns(
        exon_starts=pairs.list.eval(pl.element().str.extract("^([0-9]+)", 1).cast(pl.Int32)),
        exon_ends=pairs.list.eval(pl.element().str.extract("([0-9]+)$", 1).cast(pl.Int32)),
    )


def _gff_rows(path: Path) -> pl.DataFrame:
    lines = _lines(path, comment="#")
    uneven = lines.filter(pl.col("text").str.count_matches("\t") != len(_GFF_COLUMNS) - 1)
    if not uneven.is_empty():
        raise InputError([_shape_fault(path, line) for line in uneven["line"]])
    fields = pl.read_csv(
        io.StringIO("\n".join(lines["text"])),
        separator="\t",
        has_header=False,
        new_columns=list(_GFF_COLUMNS),
        infer_schema=False,
        quote_char=None,
    )
    names = {contig: Chromosome.parse(contig) for contig in fields["contig"].unique()}
    chromosome = pl.col("contig").replace_strict(names, return_dtype=pl.String)
    return fields.with_columns(
        lines["line"], *_integers("start", "end"), chromosome=chromosome
    ).filter(pl.col("chromosome").is_not_null())


def _attribute(name: str) -> pl.Expr:
    return pl.col("attributes").str.extract(rf"(?:^|;){name}=([^;]+)", 1)


def _mane() -> pl.Expr:
    tags = _attribute("tag").fill_null("").str.split(",")
    return (
        pl.when(tags.list.contains("MANE_Select"))
        .then(pl.lit(Mane.SELECT.value))
        .when(tags.list.contains("MANE_Plus_Clinical"))
        .then(pl.lit(Mane.PLUS_CLINICAL.value))
    )


def _sound(frame: pl.DataFrame, path: Path, faults: list[Fault] | None = None) -> pl.DataFrame:
    found = [*(faults or []), *table_faults(frame, path.name, pl.col("line"))]
    if found:
        raise InputError(sorted(found, key=lambda fault: fault.line or 0))
    return frame.sort("line").select(schema_of(frame).names)


def _header_fault(path: Path, text: pl.DataFrame) -> Fault:
    return Fault(
        "transcripts.header",
        path.name,
        "other columns" if len(text) else "no header",
        f"the columns {' '.join(TSV_COLUMNS)}, tab between",
        "give the columns in this order",
        line=text["line"][0] if len(text) else None,
    )


def _shape_fault(path: Path, line: int) -> Fault:
    return Fault(
        "transcripts.columns",
        path.name,
        "another number of cells",
        "as many cells as columns, tab between",
        "correct the row",
        line=line,
    )
