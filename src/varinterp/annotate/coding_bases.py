"""The coding bases of many transcripts of a chromosome, codon by codon in one array."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import pysam

from varinterp.annotate.genetic_code import KNOWN_RECODED, Recoding, code_letters
from varinterp.annotate.reference_contigs import contig_of
from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome

Indices = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint8]

UNKNOWN = 4
"""The code of a base that is not known: N, or what an incomplete codon lacks."""
_TGA = 14
_STOP, _SELENOCYSTEINE, _ANY = (ord(letter) for letter in "*UX")
_CODES = np.full(256, UNKNOWN, dtype=np.uint8)
_CODES[np.frombuffer(b"TCAGtcag", dtype=np.uint8)] = [0, 1, 2, 3, 0, 1, 2, 3]
_GAP = 32_768
_WINDOW = 4_194_304


@dataclass(frozen=True, slots=True)
class CodingBases:
    """Codons of the transcripts of a chromosome, and the coding parts of exons behind them.

    `codons` has three base codes a row (T, C, A, G are 0 to 3), on the transcript's strand, and
    `residues` the row's amino acid as a letter, ``X`` where a base is unknown; `letters` are the
    amino acids of the 64 codons. `exons` has a row a coding part: start, end, strand, id, `base`
    (the place, in the codons laid flat, of the part's first base in transcript order), `codon` (the
    row of the transcript's first codon) and `initiated` (whether that is the initiation codon).
    `unreadable` are the ids of the transcripts that are left out.
    """

    codons: Codes
    residues: Codes
    letters: Codes
    exons: pl.DataFrame
    unreadable: tuple[str, ...]


def base_codes(bases: pl.Series) -> Codes:
    """Return the code of each base of a column of single letters."""
    return _CODES[np.frombuffer("".join(bases).encode("ascii"), dtype=np.uint8)]


def read_coding_bases(
    transcripts: pl.DataFrame, reference: pysam.FastaFile, recoded: Mapping[str, Recoding]
) -> CodingBases:
    """Read the coding bases of transcripts of one chromosome, rows of a release's table.

    A transcript is unreadable when its length is no whole number of codons (unless its end is not
    known, or is a mitochondrial stop that the tail completes), or when a stop comes before its last
    codon: its codons cannot be counted. Raises ReleaseError when the reference ends before it.
    """
    chromosome = Chromosome(transcripts["chromosome"][0])
    table = 2 if chromosome is Chromosome.MT else 1
    parts = _coding_parts(transcripts)
    models = _models(parts, recoded)
    exons = parts.join(models.select("model", "codon", "codons", "initiated"), on="model")
    exons = exons.with_columns(base=3 * pl.col("codon") + pl.col("phase") + pl.col("before"))
    bases = np.full(3 * int(models["codons"].sum()), UNKNOWN, dtype=np.uint8)
    for window in _windows(exons.sort("start")):
        _fill(bases, window, reference, chromosome)
    codons = bases.reshape(-1, 3)
    letters = np.frombuffer(code_letters(table).encode("ascii"), dtype=np.uint8)
    residues = _translate(codons, letters)
    readable = pl.Series(_whole(models, codons, table) & _open(models, codons, residues))
    kept = exons.join(models.filter(readable).select("model"), on="model", how="semi")
    unreadable = tuple(models.filter(~readable)["id"].unique().sort())
    return CodingBases(codons, residues, letters, kept, unreadable)


def _coding_parts(transcripts: pl.DataFrame) -> pl.DataFrame:
    """One row a coding part of an exon, in transcript order; `before` counts the bases ahead."""
    whole = transcripts.with_columns(
        phase=_column(transcripts, "cds_start_phase", pl.Int8).fill_null(0).cast(pl.Int64),
        initiated=_column(transcripts, "cds_start_phase", pl.Int8).is_null(),
        ended=_column(transcripts, "cds_end_known", pl.Boolean).fill_null(True),
    )
    start = pl.max_horizontal("exon_starts", "cds_start").cast(pl.Int64)
    end = pl.min_horizontal("exon_ends", "cds_end").cast(pl.Int64)
    length = pl.col("end") - pl.col("start") + 1
    return (
        whole.with_row_index("model")
        .explode("exon_starts", "exon_ends", empty_as_null=False)
        .with_columns(start=start, end=end)
        .filter(pl.col("start") <= pl.col("end"))
        .sort("model", pl.col("start") * pl.col("strand"))
        .with_columns(length=length)
        .with_columns(before=pl.col("length").cum_sum().over("model") - pl.col("length"))
    )


def _column(frame: pl.DataFrame, name: str, kind: type[pl.DataType]) -> pl.Expr:
    return pl.col(name) if name in frame.columns else pl.lit(None, dtype=kind)


def _models(parts: pl.DataFrame, recoded: Mapping[str, Recoding]) -> pl.DataFrame:
    """One row a transcript: how many codons, where they start, and what is peculiar to it."""
    known = {**KNOWN_RECODED, **recoded}
    seleno = [name for name, kind in known.items() if kind is Recoding.SELENOCYSTEINE]
    constant = ("id", "gene", "phase", "initiated", "ended")
    rows = parts.group_by("model", maintain_order=True).agg(
        *(pl.col(name).first() for name in constant), bases=pl.col("length").sum()
    )
    filled = pl.col("phase") + pl.col("bases")
    return rows.with_columns(
        codons=(filled + 2) // 3,
        rest=filled % 3,
        seleno=pl.col("id").is_in(seleno) | pl.col("gene").is_in(seleno),
    ).with_columns(codon=pl.col("codons").cum_sum() - pl.col("codons"))


def _windows(exons: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Part coding exons, in genome order, into stretches that are read from the FASTA at once."""
    far = pl.col("start") - pl.col("end").cum_max().shift(1) > _GAP
    grouped = exons.with_columns(
        window=pl.col("start") // _WINDOW, island=far.fill_null(False).cum_sum()
    )
    yield from grouped.partition_by("window", "island", maintain_order=True)


def _fill(
    bases: Codes, window: pl.DataFrame, reference: pysam.FastaFile, chromosome: Chromosome
) -> None:
    """Copy the bases of a window's exons to their places, on each transcript's strand."""
    low, high = int(window["start"].min()), int(window["end"].max())  # type: ignore[arg-type]
    text = reference.fetch(contig_of(reference, chromosome), low - 1, high)
    if len(text) != high - low + 1:
        raise ReleaseError(f"the reference ends before {chromosome}:{high}")
    read = _CODES[np.frombuffer(text.encode("ascii"), dtype=np.uint8)]
    for start, end, strand, place in window.select("start", "end", "strand", "base").iter_rows():
        part = read[start - low : end - low + 1]
        bases[place : place + len(part)] = part if strand > 0 else complement(part[::-1])


def complement(codes: Codes) -> Codes:
    """Return the complementary bases: T with A, C with G; what is unknown stays so."""
    return np.where(codes < UNKNOWN, codes ^ 2, codes).astype(np.uint8)


def codon_numbers(codons: Codes) -> Indices:
    """Return the number of each codon, 0 to 63, in the order of `CodingBases.letters`."""
    numbers: Indices = codons.astype(np.int64) @ np.array([16, 4, 1])
    return numbers


def _translate(codons: Codes, letters: Codes) -> Codes:
    known = (codons < UNKNOWN).all(axis=1)
    numbers = np.where(known, codon_numbers(codons), 0)
    return np.where(known, letters[numbers], _ANY).astype(np.uint8)


def _whole(models: pl.DataFrame, codons: Codes, table: int) -> npt.NDArray[np.bool_]:
    """Whether each transcript's coding sequence ends where a codon does, or is known not to."""
    rest, last = models["rest"].to_numpy(), models["codon"].to_numpy() + models["codons"].to_numpy()
    ends = codons[last - 1]
    whole: npt.NDArray[np.bool_] = (rest == 0) | ~models["ended"].to_numpy()
    if table == 2:
        whole |= (ends[:, 0] == 0) & ((rest == 1) | (ends[:, 1] == 2))
    return whole


def _open(models: pl.DataFrame, codons: Codes, residues: Codes) -> npt.NDArray[np.bool_]:
    """Whether each transcript has no stop before its last codon; UGA read as Sec becomes ``U``."""
    first = models["codon"].to_numpy()
    last = first + models["codons"].to_numpy() - 1
    stops = np.flatnonzero(residues == _STOP)
    owner = np.searchsorted(first, stops, side="right") - 1
    inside = stops != last[owner]
    read = inside & models["seleno"].to_numpy()[owner] & (codon_numbers(codons[stops]) == _TGA)
    residues[stops[read]] = _SELENOCYSTEINE
    closed = np.zeros(models.height, dtype=bool)
    closed[owner[inside & ~read]] = True
    return ~closed
