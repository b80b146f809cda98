"""Terms at both ends of a repeat: beside each other where they differ, on either strand."""

from functools import partial
from pathlib import Path

import polars as pl
import pytest

from small_genome import FORWARD, REVERSE, SmallGenome, write_genome
from varinterp.annotate.vep_cache import build_vep_cache
from varinterp.pipeline.consequence import from_vepyr
from varinterp.pipeline.placements import at_both_places

Site = tuple[int, str, str]


@pytest.fixture(scope="module")
def genome(tmp_path_factory: pytest.TempPathFactory) -> SmallGenome:
    return write_genome(tmp_path_factory.mktemp("genome"))


@pytest.fixture(scope="module")
def cache(genome: SmallGenome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vep") / "cache"
    build_vep_cache([FORWARD, REVERSE], genome.fasta, [genome.known], folder)
    return folder


def annotated(genome: SmallGenome, cache: Path, folder: Path, sites: list[Site]) -> pl.DataFrame:
    rows = [("22", *site) for site in sites]
    alleles = pl.DataFrame(rows, schema=["chromosome", "position", "ref", "alt"], orient="row")
    run = partial(from_vepyr, cache=cache, reference=genome.fasta, beside=folder)
    return at_both_places(alleles, run, cache, genome.fasta)


def on(rows: pl.DataFrame, transcript: str, position: int) -> dict[str, object]:
    (row,) = rows.filter(transcript=transcript, position=position).to_dicts()
    return dict(row)


def test_an_indel_that_moves_into_the_intron_has_the_terms_of_both_places(
    genome: SmallGenome, cache: Path, tmp_path: Path
) -> None:
    row = on(annotated(genome, cache, tmp_path, [(1447, "TG", "T")]), FORWARD.id, 1447)
    assert row["terms"] == ["frameshift_variant", "splice_region_variant"]
    assert row["shifted_terms"] == ["splice_donor_variant"]
    assert row["hgvs_c"] == "ENST00000000001.2:c.200+1del"


def test_an_indel_that_moves_out_of_the_start_codon_has_its_protein_name_there(
    genome: SmallGenome, cache: Path, tmp_path: Path
) -> None:
    row = on(annotated(genome, cache, tmp_path, [(1052, "TG", "T")]), FORWARD.id, 1052)
    assert "start_lost" in row["terms"]  # type: ignore[operator]
    assert row["shifted_terms"] == ["frameshift_variant"]
    assert str(row["shifted_p"]).startswith("ENSP00000000001.1:p.Ala2LeufsTer")


def test_places_with_the_same_terms_say_nothing_more(
    genome: SmallGenome, cache: Path, tmp_path: Path
) -> None:
    rows = annotated(genome, cache, tmp_path, [(1061, "G", "A"), (1062, "GA", "G")])
    assert rows["shifted_terms"].null_count() == rows.height
    assert rows["shifted_p"].null_count() == rows.height


def test_on_a_reverse_transcript_the_alleles_own_place_is_the_three_prime_one(
    genome: SmallGenome, cache: Path, tmp_path: Path
) -> None:
    """CTT AC at the acceptor of the reverse transcript's second exon, on the genome's strand."""
    sites = [(at, genome.bases[at - 1 : at + 1], genome.bases[at - 1]) for at in range(3196, 3204)]
    rows = annotated(genome, cache, tmp_path, [s for s in sites if s[1][0] != s[1][1]])
    assert (
        rows.filter(transcript=REVERSE.id)["shifted_terms"].null_count()
        == rows.filter(transcript=REVERSE.id).height
    )


def test_every_allele_keeps_its_rows_once(genome: SmallGenome, cache: Path, tmp_path: Path) -> None:
    sites = [(1061, "G", "A"), (1447, "TG", "T"), (3447, "C", "T")]
    rows = annotated(genome, cache, tmp_path, sites)
    assert rows.select("position", "transcript").is_unique().all()
    assert set(rows["position"]) == {1061, 1447, 3447}
