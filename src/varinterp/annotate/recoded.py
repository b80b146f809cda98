"""Consequences on transcripts that are not read by the ordinary rules, worked out anew.

vepyr 0.10.0 reads every transcript with the standard code, whatever its cache says: on the
mitochondrial genome TGA is a stop to it and ATA isoleucine; a selenocysteine's UGA is a stop whose
change is *stop lost* or *stop retained*; a start other than ATG may change without *start lost*.
On these transcripts, and where the coding sequence is not known whole, terms, p. name and amino
acids are those of `haplotype.change`; what that cannot tell becomes ``coding_sequence_variant``,
and so does everything on a transcript whose protein in the cache is another than its codons spell.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from varinterp.annotate.haplotype import Coding, change, coding_of, edit_of, protein_of_reference
from varinterp.annotate.protein_change import ProteinChange
from varinterp.annotate.vep_cache import shard
from varinterp.errors import StageError
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Span, Term, Transcript
from varinterp.model.variant import Allele

PROTEIN_TERMS = frozenset(
    {
        Term.STOP_GAINED,
        Term.FRAMESHIFT,
        Term.STOP_LOST,
        Term.START_LOST,
        Term.INFRAME_INSERTION,
        Term.INFRAME_DELETION,
        Term.MISSENSE,
        Term.PROTEIN_ALTERING,
        Term.INCOMPLETE_TERMINAL_CODON,
        Term.START_RETAINED,
        Term.STOP_RETAINED,
        Term.SYNONYMOUS,
    }
)
"""Terms that speak of the protein, and depend on how the codons are read."""

_COLUMNS = [
    "stable_id", "strand", "exons", "cds_start", "cds_end", "translateable_seq",
    "three_prime_utr_seq", "peptide_seq", "translation_stable_id", "cds_start_nf", "cds_end_nf",
]  # fmt: skip
_ROW = "recoded_row"


def read_by_own_rules(rows: pl.DataFrame, cache: Path) -> pl.DataFrame:
    """Return a table of `CSQ` with its recoded transcripts' rows corrected, in its order.

    `cache` is the VEP cache that the table was made with: it says how a transcript is read.
    """
    numbered = rows.with_row_index(_ROW)
    parts = [numbered]
    for chromosome in sorted(rows["chromosome"].unique()):
        here = numbered.filter(chromosome=chromosome)
        codings = _recoded(cache, Chromosome(chromosome), here["transcript"])
        touched = here.filter(pl.col("transcript").is_in(list(codings)))
        if touched.height:
            named = [_corrected(row, codings[row["transcript"]]) for row in touched.to_dicts()]
            parts.append(pl.DataFrame(named, schema=numbered.schema))
    if len(parts) == 1:
        return rows
    whole = pl.concat(parts).unique(_ROW, keep="last", maintain_order=True)
    return whole.sort(_ROW).drop(_ROW)


def _corrected(row: dict[str, Any], coding: Coding | None) -> dict[str, Any]:
    terms = [Term(word) for word in row["terms"]]
    if PROTEIN_TERMS.isdisjoint(terms):
        return row
    made = _change(row, coding) if coding else None
    kept = [term for term in terms if term not in PROTEIN_TERMS | {Term.CODING_SEQUENCE}]
    new = made.terms if made else (Term.CODING_SEQUENCE,)
    ordered = sorted({*kept, *new}, key=lambda term: term.rank)
    return row | {"terms": [term.value for term in ordered]} | _names(made, coding)


def _change(row: Mapping[str, Any], coding: Coding) -> ProteinChange | None:
    chromosome = coding.transcript.chromosome
    allele = Allele(chromosome, row["position"], row["ref"], row["alt"])
    edit = edit_of(coding.transcript, allele)
    return None if edit is None else change(coding, [edit])


def _names(made: ProteinChange | None, coding: Coding | None) -> dict[str, Any]:
    if made is None or coding is None:
        return {"hgvs_p": None, "ref_aa": None, "alt_aa": None}
    protein = coding.transcript.protein
    return {
        "hgvs_p": f"{protein}:{made.name}" if protein and made.name else None,
        "protein_position": made.codon,
        "ref_aa": made.ref_aa or None,
        "alt_aa": made.alt_aa or None,
    }


def _recoded(cache: Path, chromosome: Chromosome, names: pl.Series) -> dict[str, Coding | None]:
    """Return the named transcripts of a cache that are not read by the ordinary rules.

    None stands for one whose protein in the cache is not what its sequence there gives.
    """
    wanted = {name.partition(".")[0]: name for name in names.unique().drop_nulls()}
    path = shard(cache, "transcript", chromosome)
    bare = pl.col("stable_id").str.replace(r"\.\d+$", "")
    asked = bare.is_in(list(wanted)) & pl.col("cds_start").is_not_null() & _unusual(chromosome)
    try:
        held = pl.scan_parquet(path).filter(asked).select(_COLUMNS).collect()
    except (OSError, pl.exceptions.PolarsError) as error:
        raise StageError(f"{path} cannot be read: build the VEP cache again") from error
    return dict(_codings(held, chromosome, wanted))


def _unusual(chromosome: Chromosome) -> pl.Expr:
    if chromosome is Chromosome.MT:
        return pl.lit(True)
    start = pl.col("translateable_seq").str.slice(0, 3)
    return (
        pl.col("peptide_seq").str.contains("U", literal=True)
        | (pl.col("peptide_seq").str.starts_with("M") & (start != "ATG"))
        | pl.col("cds_start_nf")
        | pl.col("cds_end_nf")
    ).fill_null(False)


def _codings(
    held: pl.DataFrame, chromosome: Chromosome, wanted: Mapping[str, str]
) -> Iterator[tuple[str, Coding | None]]:
    for row in held.iter_rows(named=True):
        name = wanted[row["stable_id"].partition(".")[0]]
        coding = _coding(row, name, chromosome)
        yield name, coding if _agrees(coding, row["peptide_seq"]) else None


def _agrees(coding: Coding, peptide: str | None) -> bool:
    ours = protein_of_reference(coding).removesuffix("*")
    return peptide is None or ours == peptide.removesuffix("*")


def _coding(row: Mapping[str, Any], name: str, chromosome: Chromosome) -> Coding:
    spans = sorted((Span(e["start"], e["end"]) for e in row["exons"]), key=lambda span: span.start)
    cds, strand = row["translateable_seq"], row["strand"]
    whole = Transcript(
        id=name,
        refseq=None,
        protein=row["translation_stable_id"],
        gene="",
        hgnc="",
        chromosome=chromosome,
        strand=strand,
        exons=tuple(spans if strand > 0 else reversed(spans)),
        cds=Span(row["cds_start"], row["cds_end"]),
        mane=None,
        cds_end_known=not row["cds_end_nf"],
    )
    if row["cds_start_nf"]:
        lacking = len(cds) - whole.cds_length
        whole = replace(whole, cds_start_phase=lacking if 0 <= lacking < 3 else 0)
    return coding_of(whole, cds, row["three_prime_utr_seq"] or "", row["peptide_seq"] or "")
