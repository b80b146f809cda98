"""Transcripts that are not read by the ordinary rules: what vepyr says of them, corrected."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from codon_builders import frame, substitutions, table
from small_genome import FORWARD, REVERSE, SmallGenome, write_genome
from varinterp.annotate.codons import MISSENSE_SCHEMA, missense_codons
from varinterp.annotate.consequence import annotate_vcf
from varinterp.annotate.recoded import read_by_own_rules
from varinterp.annotate.vep_cache import build_vep_cache
from varinterp.errors import StageError
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Span, Transcript
from varinterp.sources.vep import read_csq

Site = tuple[int, str, str]


def both(
    genome: SmallGenome, transcripts: list[Transcript], sites: Sequence[Site], folder: Path
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What vepyr says, and what is made of it."""
    chromosome = transcripts[0].chromosome
    contig = "chrM" if chromosome is Chromosome.MT else "chr22"
    known = (chromosome.value, *genome.known[1:])
    build_vep_cache(transcripts, genome.fasta, [known], folder / "cache")
    vcf, out = genome.vcf(folder / "in.vcf", list(sites), contig=contig), folder / "out.vcf"
    annotate_vcf(vcf, folder / "cache", genome.fasta, out)
    rows = read_csq(out)
    return rows, read_by_own_rules(rows, folder / "cache")


def said(rows: pl.DataFrame, transcript: str = FORWARD.id) -> list[tuple[str, str | None]]:
    found = rows.filter(transcript=transcript).select(
        pl.col("terms").list.first(), pl.col("hgvs_p").str.split(":").list.last()
    )
    return list(found.iter_rows())


def mitochondrial(genome_codon: str, folder: Path, stop: str = "TAA") -> SmallGenome:
    return write_genome(folder, contig="chrM", middle=genome_codon, stop=stop)


MT_FORWARD, MT_REVERSE = (replace(one, chromosome=Chromosome.MT) for one in (FORWARD, REVERSE))


def test_ordinary_transcripts_are_left_as_vepyr_has_them(tmp_path: Path) -> None:
    genome = write_genome(tmp_path)
    sites = [*substitutions(genome, range(1049, 1105)), (1062, "GA", "G"), (1797, "AT", "A")]
    before, after = both(genome, [FORWARD, REVERSE], sites, tmp_path)
    assert after.equals(before)


@pytest.mark.parametrize(
    ("codon", "site", "vepyr", "corrected"),
    [
        ("TGA", (1080, "A", "C"), "stop_lost", ("missense_variant", "p.Trp10Cys")),
        ("TGA", (1080, "A", "G"), "stop_lost", ("synonymous_variant", "p.Trp10=")),
        ("TGG", (1080, "G", "A"), "stop_gained", ("synonymous_variant", "p.Trp10=")),
        ("CGA", (1078, "C", "A"), "synonymous_variant", ("stop_gained", "p.Arg10Ter")),
        ("ATA", (1080, "A", "G"), "missense_variant", ("synonymous_variant", "p.Met10=")),
        ("ATA", (1078, "A", "G"), "missense_variant", ("missense_variant", "p.Met10Val")),
    ],
)
def test_mitochondrial_codons_get_the_mitochondrial_code(
    codon: str, site: Site, vepyr: str, corrected: tuple[str, str], tmp_path: Path
) -> None:
    """Pinned on both sides, so that a vepyr that reads the code itself is noticed."""
    before, after = both(mitochondrial(codon, tmp_path), [MT_FORWARD], [site], tmp_path)
    assert said(before)[0][0] == vepyr
    assert said(after) == [corrected]


def test_every_mitochondrial_substitution_is_missense_where_the_code_says_so(
    tmp_path: Path,
) -> None:
    genome = mitochondrial("TGA", tmp_path, stop="AGA")
    sites = substitutions(genome, [*range(1001, 1901), *range(3001, 3501)])
    _, after = both(genome, [MT_FORWARD, MT_REVERSE], sites, tmp_path)
    missense = after.filter(pl.col("terms").list.contains("missense_variant"))
    ours = missense.with_columns(codon=pl.col("protein_position")).select(MISSENSE_SCHEMA.names())
    theirs = missense_codons(frame(sites, "MT"), table(MT_FORWARD, MT_REVERSE), genome.fasta)
    assert ours.cast(MISSENSE_SCHEMA).sort("position", "alt", "transcript").equals(theirs)


def test_the_loss_of_a_stop_that_the_tail_completes_is_a_lost_stop(tmp_path: Path) -> None:
    genome = mitochondrial("GAA", tmp_path)
    short = replace(MT_FORWARD, cds=Span(1051, 1799))
    _, after = both(genome, [short], [(1798, "T", "C"), (1799, "A", "G")], tmp_path)
    assert said(after) == [
        ("stop_lost", "p.Ter100GlnextTer?"),
        ("stop_lost", "p.Ter100TrpextTer?"),
    ]


def test_selenocysteine_is_neither_a_stop_nor_lost_in_silence(tmp_path: Path) -> None:
    genome = write_genome(tmp_path, middle="TGA")
    sites = [(1078, "T", "C"), (1079, "G", "A"), (1080, "A", "G")]
    before, after = both(genome, [replace(FORWARD, gene="SELENON")], sites, tmp_path)
    assert [term for term, _ in said(before)] == ["stop_lost", "stop_retained_variant", "stop_lost"]
    assert said(after) == [
        ("missense_variant", "p.Sec10Arg"),
        ("stop_gained", "p.Sec10Ter"),
        ("missense_variant", "p.Sec10Trp"),
    ]


def test_any_change_of_a_start_other_than_atg_is_its_loss(tmp_path: Path) -> None:
    genome = write_genome(tmp_path, start="CTG")
    sites = substitutions(genome, range(1051, 1054))
    before, after = both(genome, [replace(FORWARD, gene="WT1")], sites, tmp_path)
    assert ("synonymous_variant", "p.Leu1=") in said(before)
    assert said(after) == [
        ("start_retained_variant", "p.Met1="),
        *[("start_lost", "p.Met1?")] * 8,
    ]


@pytest.mark.parametrize(("first", "phase", "codon"), [(1054, 0, 2), (1055, 1, 2), (1056, 2, 2)])
def test_an_unknown_start_is_no_start_to_lose(
    first: int, phase: int, codon: int, tmp_path: Path
) -> None:
    genome = write_genome(tmp_path)
    late = replace(FORWARD, cds=Span(first, 1800), cds_start_phase=phase)
    whole = 1057
    _, after = both(
        genome, [late], [(first, genome.bases[first - 1], "A"), (whole, "G", "A")], tmp_path
    )
    terms = [term for term, _ in said(after)]
    assert "start_lost" not in terms
    assert said(after)[1] == ("missense_variant", f"p.Glu{codon}Lys")


def test_an_unknown_end_is_no_stop_to_lose(tmp_path: Path) -> None:
    genome = write_genome(tmp_path)
    cut = replace(FORWARD, cds=Span(1051, 1796), cds_end_known=False)
    sites = [(1054, "G", "A"), (1796, genome.bases[1795], "C")]
    _, after = both(genome, [cut], sites, tmp_path)
    assert said(after)[0] == ("missense_variant", "p.Ala2Thr")
    assert said(after)[1][0] != "stop_lost"


def test_what_cannot_be_worked_out_is_not_guessed(tmp_path: Path) -> None:
    genome = mitochondrial("GAA", tmp_path)
    over_the_start = (1048, genome.bases[1047:1053], genome.bases[1047])
    _, after = both(genome, [MT_FORWARD], [over_the_start], tmp_path)
    [(term, name)] = said(after)
    assert (term, name) == ("coding_sequence_variant", None)


def test_a_cache_whose_protein_is_not_what_its_codons_spell_is_not_trusted(tmp_path: Path) -> None:
    genome = write_genome(tmp_path, middle="TGA")
    site = (1054, "G", "A")
    before, after = both(genome, [replace(FORWARD, gene="SELENON")], [site], tmp_path)
    assert said(after) == [("missense_variant", "p.Ala2Thr")]
    path = tmp_path / "cache" / "transcript" / "chr22.parquet"
    held = pl.read_parquet(path)
    other = pl.col("peptide_seq").str.replace("MAE", "MAD")
    held.with_columns(other).write_parquet(path)
    assert said(read_by_own_rules(before, tmp_path / "cache")) == [
        ("coding_sequence_variant", None)
    ]


def test_a_cache_without_transcripts_of_a_chromosome_is_refused(tmp_path: Path) -> None:
    genome = write_genome(tmp_path)
    before, _ = both(genome, [FORWARD], [(1054, "G", "A")], tmp_path)
    elsewhere = before.with_columns(chromosome=pl.lit("3"))
    with pytest.raises(StageError, match="no transcript of chromosome 3"):
        read_by_own_rules(elsewhere, tmp_path / "cache")
