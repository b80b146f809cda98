"""What the builder of a small VEP cache accepts, refuses and writes."""

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from small_genome import FORWARD, REVERSE, SmallGenome, write_genome
from varinterp.annotate.genetic_code import Recoding
from varinterp.annotate.vep_cache import build_vep_cache
from varinterp.errors import ReleaseError, StageError
from varinterp.files import sha256_of
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Span


@pytest.fixture(scope="module")
def genome(tmp_path_factory: pytest.TempPathFactory) -> SmallGenome:
    return write_genome(tmp_path_factory.mktemp("genome"))


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256_of(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def table(cache: Path, entity: str) -> list[dict[str, object]]:
    path = cache / entity / "chr22.parquet"
    return list(pq.read_table(path).to_pylist())  # type: ignore[no-untyped-call]


def row(cache: Path, entity: str, identifier: str) -> dict[str, object]:
    rows = table(cache, entity)
    key = "transcript_id" if entity == "translation_core" else "stable_id"
    return next(found for found in rows if found[key] == identifier)


def test_the_same_transcripts_in_another_order_give_the_same_bytes(
    genome: SmallGenome, tmp_path: Path
) -> None:
    for name, transcripts in (("a", [FORWARD, REVERSE]), ("b", [REVERSE, FORWARD])):
        build_vep_cache(transcripts, genome.fasta, [genome.known], tmp_path / name)
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


def test_contigs_with_and_without_chr_give_the_same_cache(
    genome: SmallGenome, tmp_path: Path
) -> None:
    bare = write_genome(tmp_path, contig="22", zipped=True)
    build_vep_cache([FORWARD], genome.fasta, [genome.known], tmp_path / "a")
    build_vep_cache([FORWARD], bare.fasta, [bare.known], tmp_path / "b")
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


def test_both_strands_translate_to_the_protein_their_codons_spell(
    genome: SmallGenome, tmp_path: Path
) -> None:
    build_vep_cache([FORWARD, REVERSE], genome.fasta, [genome.known], tmp_path / "cache")
    forward = row(tmp_path / "cache", "translation_core", FORWARD.id)
    reverse = row(tmp_path / "cache", "translation_core", REVERSE.id)
    assert forward["translation_seq"] == "M" + ("AEWKLG" * 17)[:98]
    assert forward["cds_len"] == 300
    assert reverse["translation_seq"] == "M" + "AEWKLG" * 8


def test_exons_carry_the_phase_that_their_first_base_has_in_its_codon(
    genome: SmallGenome, tmp_path: Path
) -> None:
    build_vep_cache([FORWARD, REVERSE], genome.fasta, [genome.known], tmp_path / "cache")
    exons = table(tmp_path / "cache", "exon")
    phases = {(e["transcript_id"], e["exon_number"]): (e["phase"], e["end_phase"]) for e in exons}
    assert phases == {
        (FORWARD.id, 1): (-1, 2),
        (FORWARD.id, 2): (2, 2),
        (FORWARD.id, 3): (2, -1),
        (REVERSE.id, 1): (-1, 2),
        (REVERSE.id, 2): (2, -1),
    }


def test_every_transcript_that_does_not_translate_is_named(
    genome: SmallGenome, tmp_path: Path
) -> None:
    late = replace(FORWARD, cds=Span(1054, 1800))
    short = replace(REVERSE, cds=Span(3104, 3450))
    with pytest.raises(ReleaseError) as refused:
        build_vep_cache([late, short], genome.fasta, [genome.known], tmp_path / "cache")
    assert str(refused.value).splitlines() == [
        f"{FORWARD.id} (FWD1): its coding sequence starts with GCT",
        f"{REVERSE.id} (REV1): its coding sequence does not end in a stop codon",
    ]
    assert not (tmp_path / "cache").exists()


def test_transcripts_that_do_not_translate_can_be_left_out_by_name(
    genome: SmallGenome, tmp_path: Path
) -> None:
    late, left_out = replace(FORWARD, cds=Span(1054, 1800)), dict[str, str]()
    out = tmp_path / "cache"
    build_vep_cache([late, REVERSE], genome.fasta, [genome.known], out, left_out=left_out)
    assert left_out == {f"{FORWARD.id} (FWD1)": "its coding sequence starts with GCT"}
    assert [found["stable_id"] for found in table(out, "transcript")] == [REVERSE.id]


def test_an_unknown_start_or_end_is_written_as_ensembl_flags_it(
    genome: SmallGenome, tmp_path: Path
) -> None:
    late = replace(FORWARD, cds=Span(1055, 1800), cds_start_phase=1)
    cut = replace(REVERSE, cds=Span(3104, 3450), cds_end_known=False)
    build_vep_cache([late, cut], genome.fasta, [genome.known], tmp_path / "cache")
    forward = row(tmp_path / "cache", "transcript", FORWARD.id)
    assert (forward["cds_start_nf"], forward["cds_end_nf"]) == (True, False)
    assert str(forward["translateable_seq"]).startswith("NCTGAA")
    assert str(forward["peptide_seq"]).startswith("XEW")
    reverse = row(tmp_path / "cache", "transcript", REVERSE.id)
    assert (reverse["cds_start_nf"], reverse["cds_end_nf"]) == (False, True)


def test_a_coding_sequence_of_incomplete_codons_is_refused(
    genome: SmallGenome, tmp_path: Path
) -> None:
    odd = replace(FORWARD, cds=Span(1051, 1799))
    with pytest.raises(ReleaseError, match="299 bases, not a multiple of three"):
        build_vep_cache([odd], genome.fasta, [genome.known], tmp_path / "cache")


def test_a_start_other_than_atg_is_kept_only_when_it_is_declared(tmp_path: Path) -> None:
    genome = write_genome(tmp_path, start="CTG")
    with pytest.raises(ReleaseError, match="starts with CTG"):
        build_vep_cache([FORWARD], genome.fasta, [genome.known], tmp_path / "refused")
    for number, transcript in enumerate([FORWARD, replace(FORWARD, gene="WT1")]):
        declared = {FORWARD.id: Recoding.NON_AUG_START} if number == 0 else {}
        out = tmp_path / f"kept{number}"
        build_vep_cache([transcript], genome.fasta, [genome.known], out, recoded=declared)
        protein = row(out, "translation_core", FORWARD.id)["translation_seq"]
        assert str(protein).startswith("MAEW")


def test_a_tga_inside_is_a_stop_unless_the_gene_makes_a_selenoprotein(tmp_path: Path) -> None:
    genome = write_genome(tmp_path, middle="TGA")
    with pytest.raises(ReleaseError, match="a stop at codon 10"):
        build_vep_cache([FORWARD], genome.fasta, [genome.known], tmp_path / "refused")
    selenoprotein = replace(FORWARD, gene="SELENON")
    build_vep_cache([selenoprotein], genome.fasta, [genome.known], tmp_path / "kept")
    protein = row(tmp_path / "kept", "translation_core", FORWARD.id)["translation_seq"]
    assert str(protein)[9] == "U"


def test_another_stop_inside_a_selenoprotein_is_still_refused(tmp_path: Path) -> None:
    genome = write_genome(tmp_path, middle="TAG")
    selenoprotein = replace(FORWARD, gene="SELENON")
    with pytest.raises(ReleaseError, match="a stop at codon 10"):
        build_vep_cache([selenoprotein], genome.fasta, [genome.known], tmp_path / "refused")


def test_a_chromosome_without_a_known_variant_is_refused(
    genome: SmallGenome, tmp_path: Path
) -> None:
    with pytest.raises(ReleaseError, match="no known variant on chromosome 22"):
        build_vep_cache([FORWARD], genome.fasta, [], tmp_path / "cache")


def test_known_variants_that_are_not_the_references_are_all_named(
    genome: SmallGenome, tmp_path: Path
) -> None:
    wrong = "A" if genome.bases[599] != "A" else "C"
    known = [("22", 600, wrong, "T", "rs600"), ("22", 700, genome.bases[699], "TT", "rs700")]
    with pytest.raises(ReleaseError) as refused:
        build_vep_cache([FORWARD], genome.fasta, known, tmp_path / "cache")
    assert "rs600 at 22:600: its REF is not the reference's base" in str(refused.value)
    assert "rs700 at 22:700: not a single-base substitution" in str(refused.value)


def test_a_chromosome_that_the_fasta_lacks_is_refused(genome: SmallGenome, tmp_path: Path) -> None:
    elsewhere = replace(FORWARD, chromosome=Chromosome.C21)
    with pytest.raises(ReleaseError, match="the reference has no chromosome 21"):
        build_vep_cache([elsewhere], genome.fasta, [genome.known], tmp_path / "cache")


def test_a_cache_is_never_built_over_another(genome: SmallGenome, tmp_path: Path) -> None:
    build_vep_cache([FORWARD], genome.fasta, [genome.known], tmp_path / "cache")
    with pytest.raises(StageError, match="is not empty"):
        build_vep_cache([REVERSE], genome.fasta, [genome.known], tmp_path / "cache")
