"""Substitutions in splice motifs by whole columns, as `motif_places` says of each base."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from codon_builders import frame, substitutions, table
from small_genome import FORWARD, REVERSE, SmallGenome, write_genome
from varinterp.annotate.splice_motifs import SPLICE_MOTIFS_SCHEMA, splice_motif_alleles
from varinterp.model.splice_site import motif_places
from varinterp.model.transcript import Span, Transcript

PLACE = ("position", "transcript", "exon", "side", "offset")


def found_in(genome: SmallGenome, places: range, *transcripts: Transcript) -> pl.DataFrame:
    sites = frame(substitutions(genome, [*places]))
    return splice_motif_alleles(sites, table(*transcripts), genome.fasta)


def test_every_base_of_two_genes_is_placed_as_one_base_alone_is(tmp_path: Path) -> None:
    genome = write_genome(tmp_path)
    found = found_in(genome, range(900, 3600), FORWARD, REVERSE)

    expected = {
        (position, each.id, place.exon, place.side.value, place.offset)
        for each in (FORWARD, REVERSE)
        for position in range(900, 3600)
        for place in motif_places(each, position)
    }
    assert set(found.select(PLACE).iter_rows()) == expected
    assert found.height == 3 * len(expected)
    assert found.schema == SPLICE_MOTIFS_SCHEMA
    assert found.equals(found.sort("position", "alt", "transcript", "exon", "side"))


@pytest.mark.parametrize(
    ("transcript", "coding"),
    [(FORWARD, {1301, 1448, 1449, 1450}), (REVERSE, {3401, 3402, 3403, 3200})],
    ids=["forward", "reverse"],
)
def test_what_a_base_of_an_exon_would_do_to_the_protein_is_told(
    transcript: Transcript, coding: set[int], tmp_path: Path
) -> None:
    genome = write_genome(tmp_path)
    found = found_in(genome, range(900, 3600), transcript)
    exonic = found.filter(pl.col("offset") < 0)

    assert coding <= set(exonic["position"])
    assert exonic["changes_protein"].null_count() == 0
    assert set(exonic["changes_protein"]) == {True, False}
    assert not found.filter(pl.col("offset") > 0)["changes_protein"].any()


def test_another_residue_and_a_stop_are_changes_alike(tmp_path: Path) -> None:
    """The last codon but one of the first exon is TGG: no change of its last base is silent."""
    genome = write_genome(tmp_path)
    found = found_in(genome, range(1098, 1101), FORWARD)
    told = {
        (row["position"], row["alt"]): row["changes_protein"] for row in found.iter_rows(named=True)
    }
    codons = {at: genome.bases[at - 1] for at in range(1096, 1101)}

    assert len(told) == 9
    assert codons[1096] + codons[1097] + codons[1098] == "TGG"
    assert all(told[(1098, alt)] for alt in "ACT")


def test_outside_the_coding_sequence_no_protein_changes(tmp_path: Path) -> None:
    genome = write_genome(tmp_path)
    late = replace(FORWARD, cds=Span(1702, 1800))
    models = table(late, cds_start_phase=0)
    sites = frame(substitutions(genome, range(1298, 1303)))
    found = splice_motif_alleles(sites, models, genome.fasta)

    assert found.height
    assert not found["changes_protein"].any()
    assert found["changes_protein"].null_count() == 0


def test_of_a_transcript_that_cannot_be_read_nothing_is_told_of_the_protein(tmp_path: Path) -> None:
    genome = write_genome(tmp_path, middle="TGA")
    found = found_in(genome, range(1449, 1453), FORWARD)

    assert set(found.filter(pl.col("offset") < 0)["changes_protein"]) == {None}
    assert set(found.filter(pl.col("offset") > 0)["changes_protein"]) == {False}


@pytest.mark.parametrize(("place", "base"), [(1101, "A"), (1102, "C"), (1299, "C"), (1300, "C")])
def test_a_site_of_another_intron_than_gt_ag_is_left_out(
    place: int, base: str, tmp_path: Path
) -> None:
    """AT–AC and GC–AG introns have other motifs."""
    genome = write_genome(tmp_path)
    text = genome.fasta.read_text().replace("\n", "").removeprefix(">chr22")
    changed = text[: place - 1] + base + text[place:]
    lines = "\n".join(changed[at : at + 60] for at in range(0, len(changed), 60))
    genome.fasta.write_text(f">chr22\n{lines}\n")
    other = SmallGenome(genome.fasta, changed)
    found = found_in(other, range(1095, 1310), FORWARD)

    assert found.is_empty()
    assert found_in(other, range(1440, 1460), FORWARD).height


def test_what_is_no_substitution_of_one_base_is_left_out(tmp_path: Path) -> None:
    genome = write_genome(tmp_path)
    rows = frame([(1102, "TA", "T"), (1102, "T", "TA"), (1101, "GT", "CA")])

    assert splice_motif_alleles(rows, table(FORWARD), genome.fasta).is_empty()


def test_without_alleles_or_transcripts_there_are_none(tmp_path: Path) -> None:
    genome = write_genome(tmp_path)
    none = frame([]).cast(dict.fromkeys(("chromosome", "ref", "alt"), pl.String))

    assert splice_motif_alleles(none, table(FORWARD), genome.fasta).is_empty()
    elsewhere = frame(substitutions(genome, range(1101, 1103)), "21")
    assert splice_motif_alleles(elsewhere, table(FORWARD), genome.fasta).is_empty()
