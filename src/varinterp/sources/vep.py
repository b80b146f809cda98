"""`CSQ` of a VCF that VEP or vepyr annotated, as a table: one row an allele and transcript.

A word that VEP 116 does not use (a consequence, a kind of feature, a MANE status) is a
ReleaseError. An allele that no transcript is near (`intergenic_variant`) has no row. Alleles and
positions are the record's own: a file that was annotated before it was normalised gives keys that
are not normalised.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from varinterp.csq_table import CSQ_COLUMNS, PREDICTORS
from varinterp.errors import Fault, InputError, ReleaseError, StageError
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Consequence, Mane, Term
from varinterp.sources.csq_allele import with_alleles
from varinterp.sources.csq_columns import MANE_WORDS, TERMS, blank, column_expressions
from varinterp.sources.csq_format import REQUIRED_FIELDS, read_format
from varinterp.sources.lines import shown

_OPTIONAL = ("ALLELE_NUM", "MANE", "Gene", *PREDICTORS.values())
_SLICE = 20_000
_FEATURES = ["Transcript", "RegulatoryFeature", "MotifFeature", ""]
_RANGE = r"^(\?|\d+)(-(\?|\d+))?(/\d+)?$"
_SYMBOLIC = r"[<*.\[\]]"


def read_csq(vcf: Path, versions: Mapping[str, str] | None = None) -> pl.DataFrame:
    """Read `CSQ` into `CSQ_COLUMNS`, in the file's order; a VCF as text, plain or gzipped.

    A transcript that VEP wrote without its version gets it from its HGVS names in the same file,
    else from `versions` (``ENST00000327374`` to ``ENST00000327374.9``), else stays without.
    Records on contigs other than primary chromosomes are left out. Raises InputError when the file
    has no usable CSQ, ReleaseError for a word or number that it should not hold.
    """
    fields, header = read_format(vcf)
    records = _records(vcf, header)
    _check_annotated(records, vcf)
    parts = [_rows(part, fields, vcf) for part in records.iter_slices(_SLICE)]
    rows = pl.concat(parts) if parts else pl.DataFrame(schema=CSQ_COLUMNS)
    return _versioned(rows, versions or {}, vcf)


def to_consequence(row: Mapping[str, Any]) -> Consequence:
    """Return a named row of `read_csq` as a value; an absent gene or HGNC id becomes empty."""
    return Consequence(
        transcript=row["transcript"],
        gene=row["gene"] or "",
        hgnc=row["hgnc"] or "",
        terms=tuple(Term(word) for word in row["terms"]),
        hgvs_c=row["hgvs_c"],
        hgvs_p=row["hgvs_p"],
        exon=row["exon"],
        intron=row["intron"],
        cds_position=row["cds_position"],
        protein_position=row["protein_position"],
        ref_aa=row["ref_aa"],
        alt_aa=row["alt_aa"],
        mane=Mane(row["mane"]) if row["mane"] is not None else None,
        refseq=row["refseq"],
        shifted_terms=tuple(Term(word) for word in row.get("shifted_terms") or ()),
        shifted_p=row.get("shifted_p"),
    )


def _records(vcf: Path, header: int) -> pl.DataFrame:
    names = ["chromosome", "position", "ref", "alt", "info"]
    try:
        frame = pl.read_csv(
            vcf,
            separator="\t",
            has_header=False,
            skip_lines=header,
            columns=[0, 1, 3, 4, 7],
            new_columns=names,
            infer_schema=False,
            quote_char=None,
        )
    except pl.exceptions.NoDataError:
        frame = pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise StageError(f"{vcf.name} cannot be read as a VCF") from error
    contigs = {name: Chromosome.parse(name) for name in frame["chromosome"].unique()}
    return (
        frame.with_row_index("line", offset=header + 1)
        .with_columns(
            pl.col("chromosome").replace_strict(contigs, return_dtype=pl.String),
            pl.col("line", "position").cast(pl.Int64),
            csq=pl.col("info").str.extract("(?:^|;)CSQ=([^;]+)", 1),
        )
        .filter(pl.col("chromosome").is_not_null())
        .drop("info")
    )


def _check_annotated(records: pl.DataFrame, vcf: Path) -> None:
    bare = records.filter(pl.col("csq").is_null() & ~pl.col("alt").str.contains(_SYMBOLIC))
    if not bare.is_empty():
        raise InputError(
            Fault(
                "vep.record",
                vcf.name,
                "a record without CSQ",
                "CSQ for every allele of bases",
                "run VEP on the whole file",
                line=line,
                column="INFO",
            )
            for line in bare["line"]
        )


def _rows(records: pl.DataFrame, fields: tuple[str, ...], vcf: Path) -> pl.DataFrame:
    entries = _entries(records, fields, vcf)
    _refuse(entries, "Feature_type", pl.col("Feature_type").is_in(_FEATURES), vcf)
    found = with_alleles(entries, vcf).filter(pl.col("Feature_type") == "Transcript")
    _check_words(found, vcf)
    return found.select(column_expressions(found.columns)).cast(pl.Schema(CSQ_COLUMNS))


def _entries(records: pl.DataFrame, fields: tuple[str, ...], vcf: Path) -> pl.DataFrame:
    """One row an entry of CSQ, with the fields that are read as text columns."""
    wanted = [name for name in (*REQUIRED_FIELDS, *_OPTIONAL) if name in fields]
    cells = (
        records.drop_nulls("csq")
        .with_columns(pl.col("csq").str.split(","))
        .explode("csq", empty_as_null=False)
        .with_row_index("entry")
        .with_columns(cell=pl.col("csq").str.split("|"))
    )
    _refuse(cells, "csq", pl.col("cell").list.len() == len(fields), vcf)
    return cells.with_columns(
        pl.col("cell").list.get(fields.index(name)).alias(name) for name in wanted
    ).drop("cell", "csq")


def _check_words(found: pl.DataFrame, vcf: Path) -> None:
    terms = found.select("line", pl.col("Consequence").str.split("&")).explode(
        "Consequence", empty_as_null=False
    )
    _refuse(terms, "Consequence", pl.col("Consequence").is_in(list(TERMS)), vcf)
    for name in ("EXON", "INTRON", "CDS_position", "Protein_position"):
        _refuse(found, name, blank(name) | pl.col(name).str.contains(_RANGE), vcf)
    if "MANE" in found.columns:
        _refuse(found, "MANE", blank("MANE") | pl.col("MANE").is_in(list(MANE_WORDS)), vcf)
    for name in PREDICTORS.values():
        if name in found.columns:
            score = pl.col(name).cast(pl.Float64, strict=False).is_finite()
            _refuse(found, name, blank(name) | score.fill_null(False), vcf)


def _refuse(frame: pl.DataFrame, column: str, good: pl.Expr, vcf: Path) -> None:
    bad = frame.filter(~good).select("line", column).head(1)
    for line, word in bad.iter_rows():
        raise ReleaseError(
            f"{vcf.name}:{line}: CSQ {column} holds {shown(word)}, unknown to VEP 116"
        )


def _versioned(rows: pl.DataFrame, versions: Mapping[str, str], vcf: Path) -> pl.DataFrame:
    """Complete the transcripts that VEP wrote without a version."""
    named = rows.select(
        pl.col("transcript").alias("base"),
        pl.col("hgvs_c").str.extract(r"^([^:]+\.\d+):", 1).alias("full"),
    ).drop_nulls()
    own = named.filter(pl.col("full").str.replace(r"\.\d+$", "") == pl.col("base")).unique()
    twice = own.filter(pl.col("base").is_duplicated())["base"].unique().sort()
    if len(twice):
        raise ReleaseError(f"{vcf.name}: CSQ names two versions of {', '.join(twice)}")
    known = dict(versions) | dict(own.iter_rows())
    return rows.with_columns(pl.col("transcript").replace(known))
