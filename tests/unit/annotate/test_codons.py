"""Missense substitutions by whole columns: as vepyr names them, and where vepyr reads wrongly."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from codon_builders import Site, frame, substitutions, table
from small_genome import FORWARD, REVERSE, SmallGenome, write_genome
from varinterp.annotate.codons import MISSENSE_SCHEMA, missense_codons
from varinterp.annotate.consequence import annotate_vcf
from varinterp.annotate.genetic_code import Recoding
from varinterp.annotate.vep_cache import build_vep_cache
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Span, Transcript
from varinterp.sources.vep import read_csq


def named(found: pl.DataFrame, codon: int) -> list[tuple[str, str]]:
    rows = found.filter(pl.col("codon") == codon).select("ref_aa", "alt_aa").unique().sort("alt_aa")
    return list(rows.iter_rows())


def by_vepyr(
    genome: SmallGenome, transcripts: list[Transcript], sites: list[Site], folder: Path
) -> pl.DataFrame:
    build_vep_cache(transcripts, genome.fasta, [genome.known], folder / "cache")
    out = folder / "out.vcf"
    annotate_vcf(genome.vcf(folder / "in.vcf", sites), folder / "cache", genome.fasta, out)
    rows = read_csq(out).filter(pl.col("terms").list.contains("missense_variant"))
    codon = pl.col("protein_position").alias("codon")
    return (
        rows.with_columns(codon)
        .select(MISSENSE_SCHEMA.names())
        .cast(MISSENSE_SCHEMA)
        .sort("position", "alt", "transcript")
    )


def test_every_substitution_of_overlapping_transcripts_is_missense_where_vepyr_says_so(
    tmp_path: Path,
) -> None:
    genome = write_genome(tmp_path)
    overlapping = replace(FORWARD, id="ENST00000000003.1")
    transcripts = [FORWARD, REVERSE, overlapping]
    sites = substitutions(genome, [*range(1001, 1901), *range(3001, 3501)])
    found = missense_codons(frame(sites), table(*transcripts), genome.fasta)
    assert found.height > 1000
    assert set(found["transcript"]) == {one.id for one in transcripts}
    assert found.equals(by_vepyr(genome, transcripts, sites, tmp_path))


def test_a_change_of_the_initiation_codon_is_no_missense(tmp_path: Path) -> None:
    genome = write_genome(tmp_path, start="CTG")
    sites = substitutions(genome, range(1051, 1057))
    found = missense_codons(frame(sites), table(FORWARD), genome.fasta)
    assert set(found["codon"]) == {2}


def test_the_first_codon_of_an_incomplete_coding_sequence_is_like_any_other(
    tmp_path: Path,
) -> None:
    genome = write_genome(tmp_path)
    late = replace(FORWARD, cds=Span(1054, 1800))
    sites = substitutions(genome, range(1054, 1060))
    found = missense_codons(frame(sites), table(late, cds_start_phase=0), genome.fasta)
    assert set(found["codon"]) == {1, 2}
    assert named(found, 1)[0] == ("A", "D")


def test_the_phase_says_how_much_of_the_first_codon_is_missing(tmp_path: Path) -> None:
    genome = write_genome(tmp_path)
    late = replace(FORWARD, cds=Span(1055, 1800))
    sites = substitutions(genome, range(1055, 1061))
    models = table(late, cds_start_phase=1)
    found = missense_codons(frame(sites), models, genome.fasta)
    assert set(found["codon"]) == {2, 3}
    assert set(found.filter(pl.col("position") == 1058)["ref_aa"]) == {"E"}


def test_selenocysteine_is_read_at_uga_in_a_selenoprotein_and_a_stop_elsewhere(
    tmp_path: Path,
) -> None:
    genome = write_genome(tmp_path, middle="TGA")
    sites = substitutions(genome, range(1078, 1081))
    seleno = table(replace(FORWARD, gene="SELENON"))
    found = missense_codons(frame(sites), seleno, genome.fasta)
    assert named(found, 10) == [("U", aa) for aa in "CGLRSW"]
    declared = {FORWARD.id: Recoding.SELENOCYSTEINE}
    again = missense_codons(frame(sites), table(FORWARD), genome.fasta, recoded=declared)
    assert named(again, 10) == named(found, 10)
    aside: Counter[str] = Counter()
    assert missense_codons(frame(sites), table(FORWARD), genome.fasta, set_aside=aside).is_empty()
    assert aside == {"transcript_unreadable": 1}


@pytest.mark.parametrize(
    ("codon", "expected"),
    [("TGA", [("W", aa) for aa in "CGLRS"]), ("ATA", [("M", aa) for aa in "IKLTV"])],
)
def test_mitochondrial_codons_are_read_with_their_own_code(
    codon: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    genome = write_genome(tmp_path, contig="chrM", middle=codon)
    mitochondrial = table(replace(FORWARD, chromosome=Chromosome.MT))
    sites = substitutions(genome, range(1078, 1081))
    found = missense_codons(frame(sites, "MT"), mitochondrial, genome.fasta)
    assert named(found, 10) == expected


def test_aga_is_a_mitochondrial_stop(tmp_path: Path) -> None:
    genome = write_genome(tmp_path, contig="chrM", middle="AGC", stop="AGA")
    mitochondrial = table(replace(FORWARD, chromosome=Chromosome.MT))
    sites = [(1080, "C", "A"), (1080, "C", "G"), (1799, "G", "C")]
    assert missense_codons(frame(sites, "MT"), mitochondrial, genome.fasta).is_empty()


def test_a_mitochondrial_stop_that_the_tail_completes_does_not_make_a_transcript_unreadable(
    tmp_path: Path,
) -> None:
    genome = write_genome(tmp_path, contig="chrM")
    short = replace(FORWARD, chromosome=Chromosome.MT, cds=Span(1051, 1799))
    sites = substitutions(genome, range(1054, 1057))
    assert missense_codons(frame(sites, "MT"), table(short), genome.fasta).height > 0


def test_transcripts_that_cannot_be_read_and_foreign_references_are_counted(
    tmp_path: Path,
) -> None:
    genome = write_genome(tmp_path)
    odd = replace(FORWARD, cds=Span(1051, 1799))
    aside: Counter[str] = Counter()
    wrong = "A" if genome.bases[3446] != "A" else "C"
    sites = [(1054, "G", "A"), (3447, wrong, "T"), (1060, "TGG", "T"), (999, "A", "C")]
    found = missense_codons(frame(sites), table(odd, REVERSE), genome.fasta, set_aside=aside)
    assert found.is_empty()
    assert found.schema == MISSENSE_SCHEMA
    assert aside == {"transcript_unreadable": 1, "ref_mismatch": 1}


def test_an_incomplete_end_leaves_the_codons_before_it(tmp_path: Path) -> None:
    genome = write_genome(tmp_path)
    odd = table(replace(FORWARD, cds=Span(1051, 1799)), cds_end_known=False)
    found = missense_codons(frame([(1054, "G", "A")]), odd, genome.fasta)
    assert found.select("codon", "ref_aa", "alt_aa").rows() == [(2, "A", "T")]
