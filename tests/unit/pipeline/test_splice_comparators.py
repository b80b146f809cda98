"""What is gathered of ClinVar and SpliceAI at the candidates' splice sites."""

import gzip
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from core_builders import REF, TANGO2, calls, candidate, consequence
from reanalysis_releases import FASTA, cells
from sealed_releases import sealed
from small_genome import FORWARD
from upstream import spliceai as spliceai_files
from varinterp.annotate.codons import MISSENSE_SCHEMA
from varinterp.annotate.splice_motifs import SPLICE_MOTIFS_SCHEMA
from varinterp.model.case import Candidate
from varinterp.model.chromosome import Chromosome
from varinterp.model.clinvar import Significance, SpliceComparator, SpliceComparators
from varinterp.model.prediction import Predictor, Score, ScoreOrigin, SpliceEffect
from varinterp.model.transcript import Term
from varinterp.model.variant import Allele
from varinterp.pipeline.predictors import gene_scores
from varinterp.pipeline.references import spliceai
from varinterp.pipeline.references.adapter import Context
from varinterp.pipeline.splice_comparators import splice_facts
from varinterp.refs.lock import Releases
from varinterp.refs.release import Release
from varinterp.sources.clinvar import ALLELES_SCHEMA
from varinterp.sources.clinvar_release import AlleleWriter
from varinterp.sources.material import Material

DONOR = f"{TANGO2.id}:7-donor"
OURS = "22-20061688-G-A"
KNOWN = {
    "22-20061686-A-G": ("pathogenic", 2, 3, False),
    "22-20061686-A-C": ("likely_pathogenic", None, 3, False),
    "22-20061683-G-T": ("pathogenic", 1, -1, True),
    "22-20061687-A-G": ("benign", 1, 4, False),
}
"""Word, stars, offset and whether the protein changes, at the donor of exon 7."""
TRANSCRIPTS = {TANGO2.id: TANGO2}


def clinvar(root: Path, *, sites: bool = True) -> Release:
    schema = dict(pl.Schema(ALLELES_SCHEMA)) | {"conditions": pl.String}
    alleles, placed = [], []
    for text, (word, stars, offset, changes) in KNOWN.items():
        allele = Allele.parse(text)
        alleles.append(
            dict.fromkeys(schema)
            | cells(allele)
            | {"citation": "", "conditions": "", "significance": [word], "stars": stars}
        )
        placed.append(["22", allele.position, allele.ref, allele.alt, TANGO2.id, 7, "donor",
                       offset, changes])  # fmt: skip
    folder = root / "clinvar" / "1"
    folder.mkdir(parents=True)
    with AlleleWriter(folder) as out:
        out.write(
            Chromosome.C22,
            pl.DataFrame(alleles, schema=schema, orient="row").sort("key", "ref", "alt"),
            pl.DataFrame(schema=MISSENSE_SCHEMA),
            pl.DataFrame(placed, schema=SPLICE_MOTIFS_SCHEMA, orient="row") if sites else None,
        )
    return sealed(root / "clinvar" / "1", out.rows, constructed=True)


def scored(root: Path) -> Release:
    """SpliceAI's scores of the pathogenic comparators, one of them in two genes."""
    lines = (
        "22\t20061686\t.\tA\tG\t.\t.\tSpliceAI=G|TANGO2|0.00|0.10|0.00|0.70|1|2|3|4,"
        "G|DGCR8|0.00|0.20|0.00|0.00|1|2|3|4\n",
        "22\t20061687\t.\tA\tG\t.\t.\tSpliceAI=G|TANGO2|0.00|0.00|0.00|0.50|1|2|3|4\n",
    )
    path = root / "spliceai.vcf.gz"
    path.write_bytes(gzip.compress((spliceai_files.HEAD + "".join(lines)).encode()))
    folder, scratch = root / "spliceai" / "1", root / "scratch"
    folder.mkdir(parents=True)
    scratch.mkdir()
    material = Material("spliceai", "1", date(2026, 1, 1), {"snv": (path,)}, {"scores": "raw"})
    built = spliceai.build(material, Context(FASTA, Releases({}), scratch), folder)
    return sealed(root / "spliceai" / "1", built.rows, constructed=True)


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    return Releases({"clinvar": clinvar(tmp_path), "spliceai": scored(tmp_path)})


def carried(text: str = OURS, **rest: Any) -> Candidate:
    effect = consequence(Term.SPLICE_DONOR_5TH, Term.INTRON, intron=7)
    return candidate(text, calls(proband=REF), consequence=replace(effect, **rest))


def keys(facts: Iterable[tuple[str, str]], source: str) -> set[str]:
    return {key for found, key in facts if found == source}


def test_the_comparators_of_the_candidates_site_are_gathered(releases: Releases) -> None:
    facts, consulted = splice_facts([carried()], TRANSCRIPTS, releases)

    assert consulted == {"clinvar.splice"}
    assert keys(facts, "clinvar.splice") == {DONOR}
    assert facts[("clinvar.splice", DONOR)] == SpliceComparators(
        tuple(
            SpliceComparator(name, offset, (Significance(word),), stars, changes)
            for name, (word, stars, offset, changes) in sorted(KNOWN.items())
        )
    )


def test_the_pathogenic_ones_come_with_their_scores_in_the_candidates_gene(
    releases: Releases,
) -> None:
    facts, _ = splice_facts([carried()], TRANSCRIPTS, releases)
    loss = Score(0.7, ScoreOrigin.RELEASE, SpliceEffect.DONOR_LOSS, constructed=True)

    assert keys(facts, "spliceai") == {"22-20061686-A-G@TANGO2"}
    assert facts[("spliceai", "22-20061686-A-G@TANGO2")] == loss
    other, _ = splice_facts([carried(gene="DGCR8")], TRANSCRIPTS, releases)
    assert keys(other, "spliceai") == {"22-20061686-A-G@DGCR8"}
    assert other[("spliceai", "22-20061686-A-G@DGCR8")].effect is SpliceEffect.ACCEPTOR_LOSS


def test_without_a_release_of_spliceai_nobody_else_is_scored(releases: Releases) -> None:
    facts, consulted = splice_facts(
        [carried()], TRANSCRIPTS, Releases({"clinvar": releases["clinvar"]})
    )

    assert (keys(facts, "clinvar.splice"), keys(facts, "spliceai")) == ({DONOR}, set())
    assert consulted == {"clinvar.splice"}


def test_a_release_of_clinvar_without_sites_was_not_consulted(tmp_path: Path) -> None:
    older = Releases({"clinvar": clinvar(tmp_path, sites=False)})

    assert splice_facts([carried()], TRANSCRIPTS, older) == ({}, frozenset())


@pytest.mark.parametrize(
    "other",
    [
        carried("22-20061690-G-A"),
        carried("22-20061688-GA-G"),
        carried("22-20061688-G-GA"),
        carried(transcript=FORWARD.id),
        carried("22-20063330-G-A"),
    ],
    ids=["beyond the motif", "deletion", "insertion", "another transcript", "another site"],
)
def test_other_candidates_gather_nothing(other: Candidate, releases: Releases) -> None:
    assert splice_facts([other], TRANSCRIPTS, releases)[0] == {}


def test_no_candidates_are_no_facts(releases: Releases) -> None:
    assert splice_facts([], TRANSCRIPTS, releases) == ({}, frozenset({"clinvar.splice"}))


def test_scores_are_those_that_were_asked_for(releases: Releases) -> None:
    one, other = Allele.parse("22-20061686-A-G"), Allele.parse("22-20061687-A-G")
    wanted = {(one, "DGCR8"), (other, "TANGO2"), (other, "COMT")}
    found = gene_scores(Predictor.SPLICEAI, wanted, releases)

    assert {place: score.value for place, score in found.items()} == {
        (one, "DGCR8"): 0.2, (other, "TANGO2"): 0.5,
    }  # fmt: skip
    assert gene_scores(Predictor.SPLICEAI, set(), releases) == {}
