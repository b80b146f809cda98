"""`joint` of the candidates: neighbours are found among all of the proband's alleles."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from builders import call, carried, variants_table
from core_builders import SINGLETON, trio
from small_genome import FORWARD, REVERSE, SmallGenome, write_genome
from varinterp.model.family import Family
from varinterp.model.transcript import Joint, JointPhase, Span, Term
from varinterp.pipeline.haplotypes import JOINT, to_joint, with_joint

STOP, BESIDE = "22-1061-G-A", "22-1060-T-C"
HOM: Mapping[str, Any] = {"copies": 2}


@pytest.fixture(scope="module")
def genome(tmp_path_factory: pytest.TempPathFactory) -> SmallGenome:
    return write_genome(tmp_path_factory.mktemp("genome"))


def rows_of(*alleles: str, transcript: str = FORWARD.id) -> pl.DataFrame:
    """Candidates on a transcript, as the consequence stage has them."""
    cells = [
        dict(zip(("chromosome", "position", "ref", "alt"), a.split("-"), strict=True))
        for a in alleles
    ]
    return pl.DataFrame(cells).with_columns(
        pl.col("position").cast(pl.Int32),
        transcript=pl.lit(transcript),
        cds_position=pl.lit(1, dtype=pl.Int32),
    )


def joints(
    genome: SmallGenome,
    folder: Path,
    candidates: pl.DataFrame,
    variants: pl.DataFrame,
    family: Family = SINGLETON,
    **changes: Any,
) -> list[Joint | None]:
    path = folder / "variants.parquet"
    variants.write_parquet(path)
    transcripts = {one.id: replace(one, **changes) for one in (FORWARD, REVERSE)}
    found = with_joint(candidates, pl.scan_parquet(path), family, transcripts, genome.fasta)
    assert found.drop("joint").equals(candidates)
    cells = found.to_arrow().column("joint").cast(JOINT).to_pylist()
    return [to_joint(cell) for cell in cells]


def test_a_neighbour_that_is_no_candidate_itself_is_seen(
    genome: SmallGenome, tmp_path: Path
) -> None:
    variants = variants_table(
        {"allele": name, "genotypes": [carried("proband", **HOM)]} for name in (BESIDE, STOP)
    )
    (found,) = joints(genome, tmp_path, rows_of(STOP), variants)
    assert found is not None
    assert (found.phase, found.partners) == (JointPhase.CIS, (BESIDE,))
    assert (found.terms, found.hgvs_p) == ((Term.MISSENSE,), "ENSP00000000001.1:p.Trp4Gln")


def test_an_allele_that_only_a_parent_carries_is_no_neighbour(
    genome: SmallGenome, tmp_path: Path
) -> None:
    variants = variants_table(
        [
            {"allele": STOP, "genotypes": [carried("proband"), carried("mother")]},
            {"allele": BESIDE, "genotypes": [call("proband"), carried("mother")]},
        ]
    )
    assert joints(genome, tmp_path, rows_of(STOP), variants, trio(father=None)) == [None]


def test_unphased_neighbours_are_flagged(genome: SmallGenome, tmp_path: Path) -> None:
    variants = variants_table(
        {"allele": name, "genotypes": [carried("proband")]} for name in (BESIDE, STOP)
    )
    found = joints(genome, tmp_path, rows_of(BESIDE, STOP), variants)
    assert found == [
        Joint(JointPhase.UNKNOWN, (STOP,)),
        Joint(JointPhase.UNKNOWN, (BESIDE,)),
    ]


def test_a_codon_that_an_intron_splits_is_one_codon(genome: SmallGenome, tmp_path: Path) -> None:
    """Codon 17 of the forward transcript: AA at the end of exon 1, A at the start of exon 2."""
    last, first = "22-1100-A-C", "22-1301-A-C"
    phase: Mapping[str, Any] = {"haplotype": 1, "phase_set": "1000"}
    variants = variants_table(
        {"allele": name, "genotypes": [carried("proband", **phase)]} for name in (last, first)
    )
    (found,) = joints(genome, tmp_path, rows_of(last), variants)
    assert found is not None
    assert (found.hgvs_p, found.partners) == ("ENSP00000000001.1:p.Lys17Thr", (first,))


def test_a_reverse_transcript_is_read_on_its_own_strand(
    genome: SmallGenome, tmp_path: Path
) -> None:
    one, other = "22-3447-C-T", "22-3446-G-A"
    variants = variants_table(
        {"allele": name, "genotypes": [carried("proband", **HOM)]} for name in (other, one)
    )
    (found,) = joints(genome, tmp_path, rows_of(one, transcript=REVERSE.id), variants)
    assert found is not None
    assert found.hgvs_p == "ENSP00000000002.4:p.Ala2Ile"


def test_a_transcript_that_cannot_be_read_names_its_neighbours_alone(
    genome: SmallGenome, tmp_path: Path
) -> None:
    variants = variants_table(
        {"allele": name, "genotypes": [carried("proband", **HOM)]} for name in (BESIDE, STOP)
    )
    found = joints(genome, tmp_path, rows_of(STOP), variants, cds=Span(1051, 1799))
    assert found == [Joint(JointPhase.CIS, (BESIDE,))]


def test_transcripts_that_are_not_known_have_no_joint(genome: SmallGenome, tmp_path: Path) -> None:
    variants = variants_table(
        {"allele": name, "genotypes": [carried("proband", **HOM)]} for name in (BESIDE, STOP)
    )
    candidates = rows_of(STOP, transcript="ENST00000000009.1")
    assert joints(genome, tmp_path, candidates, variants) == [None]
