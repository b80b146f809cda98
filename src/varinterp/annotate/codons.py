"""Missense substitutions of a whole release: transcript, codon and amino acids, by whole columns.

PS1 and PM5 need every substitution of a ClinVar release named on MANE's transcripts, and an
annotator that also writes HGVS takes an hour for that. What counts as missense is VEP's rule: the
codon translates into another amino acid, neither is a stop, and it is not the initiation codon.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import polars as pl
import pysam

from varinterp.annotate.coding_bases import (
    UNKNOWN,
    Codes,
    CodingBases,
    Indices,
    base_codes,
    codon_numbers,
    complement,
    read_coding_bases,
)
from varinterp.annotate.genetic_code import Recoding
from varinterp.model.chromosome import Chromosome

MISSENSE_SCHEMA = pl.Schema(
    {
        "chromosome": pl.String,
        "position": pl.Int32,
        "ref": pl.String,
        "alt": pl.String,
        "transcript": pl.String,
        "codon": pl.Int32,
        "ref_aa": pl.String,
        "alt_aa": pl.String,
    }
)
"""Transcripts with versions; codons 1-based; amino acids in one letter, ``U`` selenocysteine."""


def missense_codons(
    alleles: pl.DataFrame,
    transcripts: pl.DataFrame,
    fasta: Path,
    *,
    recoded: Mapping[str, Recoding] | None = None,
    set_aside: Counter[str] | None = None,
) -> pl.DataFrame:
    """Return a row of `MISSENSE_SCHEMA` for each allele and transcript where it is missense.

    `alleles` has chromosome, position, ref and alt; what is no substitution of one base, or lies in
    no coding exon, gives no row. `transcripts` is the table of a release and `fasta` is indexed,
    its contigs named ``22`` or ``chr22``; `recoded` is that of `build_vep_cache`. Rows come by
    chromosome, position, ALT and transcript.

    Counted in `set_aside` and left out: transcripts whose codons cannot be counted, because a stop
    comes before the end or the length is no whole number of codons (``transcript_unreadable``), and
    pairs of allele and transcript whose REF is not the reference's base (``ref_mismatch``).
    Raises ReleaseError when the reference lacks a chromosome of the alleles.
    """
    counts: Counter[str] = Counter()
    parts = [pl.DataFrame(schema=MISSENSE_SCHEMA)]
    for named in _by_chromosome(alleles, transcripts, fasta, recoded or {}, counts):
        stops = (pl.col("ref_aa") == "*") | (pl.col("alt_aa") == "*")
        parts.append(named.filter(~stops & (pl.col("ref_aa") != pl.col("alt_aa"))))
    if set_aside is not None:
        set_aside.update(+counts)
    return pl.concat(parts)


def coding_changes(alleles: pl.DataFrame, transcripts: pl.DataFrame, fasta: Path) -> pl.DataFrame:
    """Return a row of `MISSENSE_SCHEMA` for each coding substitution, silent ones and stops too.

    Those of an initiation codon are left out, and what `missense_codons` leaves out.
    """
    found = _by_chromosome(alleles, transcripts, fasta, {}, Counter())
    return pl.concat([pl.DataFrame(schema=MISSENSE_SCHEMA), *found])


def nonsense_codons(
    alleles: pl.DataFrame, transcripts: pl.DataFrame, fasta: Path
) -> tuple[pl.DataFrame, frozenset[str]]:
    """Return a row of `MISSENSE_SCHEMA` for each substitution that makes a stop, as above.

    Beside it the transcripts whose codons cannot be counted: of these nothing is said.
    """
    parts = [pl.DataFrame(schema=MISSENSE_SCHEMA)]
    unreadable: set[str] = set()
    found = _by_chromosome(alleles, transcripts, fasta, {}, Counter(), unreadable)
    for named in found:
        parts.append(named.filter((pl.col("alt_aa") == "*") & (pl.col("ref_aa") != "*")))
    return pl.concat(parts), frozenset(unreadable)


def _by_chromosome(
    alleles: pl.DataFrame,
    transcripts: pl.DataFrame,
    fasta: Path,
    recoded: Mapping[str, Recoding],
    counts: Counter[str],
    unreadable: set[str] | None = None,
) -> Iterator[pl.DataFrame]:
    """Name the substitutions of a chromosome at a time, initiation codons left out."""
    snvs = substitutions(alleles)
    with pysam.FastaFile(str(fasta)) as reference:
        for chromosome in Chromosome:
            here = snvs.filter(pl.col("chromosome") == chromosome.value)
            models = _hit(transcripts.filter(pl.col("chromosome") == chromosome.value), here)
            if models.height:
                coding = read_coding_bases(models, reference, recoded)
                counts["transcript_unreadable"] += len(coding.unreadable)
                if unreadable is not None:
                    unreadable.update(coding.unreadable)
                yield _substituted(here, coding, counts)


def substitutions(alleles: pl.DataFrame) -> pl.DataFrame:
    """Return the substitutions of one base among some alleles, each once, by position."""
    base = "^[ACGT]$"
    rows = alleles.filter(pl.col("ref").str.contains(base) & pl.col("alt").str.contains(base))
    named = rows.select("chromosome", pl.col("position").cast(pl.Int32), "ref", "alt")
    return named.filter(pl.col("ref") != pl.col("alt")).unique().sort("position", "alt", "ref")


def _hit(transcripts: pl.DataFrame, snvs: pl.DataFrame) -> pl.DataFrame:
    """Keep the transcripts that have a substitution between their coding bounds."""
    places = snvs["position"].to_numpy()
    before = np.searchsorted(places, transcripts["cds_start"].to_numpy(), side="left")
    within = np.searchsorted(places, transcripts["cds_end"].to_numpy(), side="right")
    return transcripts.filter(pl.Series(before < within, dtype=pl.Boolean))


def _substituted(snvs: pl.DataFrame, coding: CodingBases, counts: Counter[str]) -> pl.DataFrame:
    """Name the substitutions of a chromosome, in order of position."""
    exon, row = _pairs(coding.exons, snvs["position"].to_numpy())
    parts = {name: coding.exons[name].to_numpy()[exon] for name in _EXON_COLUMNS}
    position = snvs["position"].to_numpy()[row]
    forward = parts["strand"] > 0
    into = np.where(forward, position - parts["start"], parts["end"] - position)
    place = parts["base"] + into
    ref = _on_strand(base_codes(snvs["ref"])[row], forward)
    alt = _on_strand(base_codes(snvs["alt"])[row], forward)
    codon, at = np.divmod(place, 3)
    known = coding.codons.reshape(-1)[place]
    counts["ref_mismatch"] += int(np.count_nonzero((known != ref) & (known != UNKNOWN)))
    readable = (known == ref) & (coding.codons[codon] < UNKNOWN).all(axis=1)
    ref_aa = coding.residues[codon]
    alt_aa = coding.letters[np.where(readable, _changed(coding, codon, at, ref, alt), 0)]
    started = parts["initiated"] & (codon == parts["codon"])
    kept = readable & ~started
    return (
        _rows(snvs[row[kept]], coding.exons["id"].gather(exon[kept]))
        .with_columns(
            codon=(codon - parts["codon"] + 1)[kept].astype(np.int32),
            ref_aa=_letters(ref_aa[kept]),
            alt_aa=_letters(alt_aa[kept]),
        )
        .sort("position", "alt", "transcript")
    )


_EXON_COLUMNS = ("start", "end", "strand", "base", "codon", "initiated")


def _pairs(exons: pl.DataFrame, positions: Indices) -> tuple[Indices, Indices]:
    """Return every pair of a coding part and a substitution in it, as two arrays of row numbers."""
    first = np.searchsorted(positions, exons["start"].to_numpy(), side="left")
    after = np.searchsorted(positions, exons["end"].to_numpy(), side="right")
    sizes = after - first
    exon = np.repeat(np.arange(exons.height), sizes)
    shift = np.repeat(first - (np.cumsum(sizes) - sizes), sizes)
    return exon, np.arange(len(exon)) + shift


def _on_strand(codes: Codes, forward: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Codes:
    return np.where(forward, codes, complement(codes)).astype(np.uint8)


def _changed(coding: CodingBases, codon: Indices, at: Indices, ref: Codes, alt: Codes) -> Indices:
    """Return the number of each codon after its substitution."""
    weight = np.array([16, 4, 1])[at]
    step = alt.astype(np.int64) - ref.astype(np.int64)
    numbers: Indices = codon_numbers(coding.codons[codon]) + step * weight
    return numbers


def _rows(snvs: pl.DataFrame, transcripts: pl.Series) -> pl.DataFrame:
    return snvs.with_columns(transcripts.alias("transcript"))


def _letters(codes: Codes) -> pl.Series:
    """Return codes of letters as a column of one-letter strings."""
    words = {code: chr(code) for code in range(ord("*"), ord("Z") + 1)}
    return pl.Series(codes).replace_strict(words, return_dtype=pl.String)
