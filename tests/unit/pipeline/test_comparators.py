"""What is gathered of ClinVar's missense alleles for the candidates: codons around, and counts."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from core_builders import CODON, REF, RULES, TANGO2, calls, candidate, consequence, missense
from sealed_releases import sealed
from varinterp.annotate.codons import MISSENSE_SCHEMA
from varinterp.model.case import Candidate
from varinterp.model.chromosome import Chromosome
from varinterp.model.clinvar import Comparators, KnownMissense
from varinterp.model.facts import Rule
from varinterp.model.transcript import Consequence, Term
from varinterp.model.variant import Allele
from varinterp.pipeline.comparators import comparator_facts
from varinterp.refs.lock import Releases
from varinterp.sources.clinvar import ALLELES_SCHEMA
from varinterp.sources.clinvar_release import AlleleWriter
from varinterp.sources.rules import Rules

KNOWN = {
    "22-100-A-C": (CODON, "pathogenic", 2),
    "22-110-A-C": (CODON + 8, "likely_pathogenic", 0),
    "22-120-A-C": (CODON + 9, "benign", 1),
    "22-130-A-C": (CODON - 8, "likely_benign", None),
    "22-140-A-C": (CODON - 9, "pathogenic", None),
    "22-150-A-C": (CODON + 200, "uncertain_significance", 1),
    "22-160-A-C": (CODON + 201, "conflicting", 1),
}
"""Codon in TANGO2, word and stars."""


def rules(**changed: float) -> Rules:
    values = {**RULES, **{name.replace("__", "/"): Rule(value) for name, value in changed.items()}}
    return Rules("core", "1", "2026-01-01", values)


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    schema = dict(pl.Schema(ALLELES_SCHEMA)) | {"conditions": pl.String}
    alleles, named = [], []
    for text, (codon, word, stars) in KNOWN.items():
        allele = Allele.parse(text)
        cells = {
            "key": allele.key, "chromosome": "22", "position": allele.position,
            "ref": allele.ref, "alt": allele.alt, "citation": "", "conditions": "",
            "significance": [word], "stars": stars,
        }  # fmt: skip
        alleles.append(dict.fromkeys(schema) | cells)
        named.append(["22", allele.position, allele.ref, allele.alt, TANGO2.id, codon, "G", "R"])
    frame = pl.DataFrame(alleles, schema=schema, orient="row").sort("key", "ref", "alt")
    folder = tmp_path / "clinvar" / "1"
    folder.mkdir(parents=True)
    with AlleleWriter(folder) as out:
        missense_rows = pl.DataFrame(named, schema=MISSENSE_SCHEMA, orient="row")
        out.write(Chromosome.C22, frame, missense_rows)
    return Releases({"clinvar": sealed(folder, out.rows, constructed=True)})


def carried(effect: Consequence) -> Candidate:
    return candidate("22-20061538-G-A", calls(proband=REF), consequence=effect)


def codons(found: dict[tuple[str, str], object]) -> set[int]:
    return {int(key.rpartition(":")[2]) for source, key in found if source == "clinvar.codon"}


def test_a_missense_candidate_sees_eight_codons_on_each_side(releases: Releases) -> None:
    found = comparator_facts([carried(missense())], rules(), releases)

    assert codons(found) == {CODON - 8, CODON, CODON + 8}
    here = found[("clinvar.codon", f"{TANGO2.id}:{CODON}")]
    assert isinstance(here, Comparators)
    assert [(each.allele, each.stars) for each in here.alleles] == [("22-100-A-C", 2)]


def test_a_specifications_wider_window_is_gathered_too(releases: Releases) -> None:
    wide = rules(**{"A-SPEC__hotspot.window": 9.0})

    assert codons(comparator_facts([carried(missense())], wide, releases)) == {
        CODON + step for step in (-9, -8, 0, 8, 9)
    }


def test_a_specifications_narrower_one_takes_nothing_away(releases: Releases) -> None:
    narrow = rules(**{"A-SPEC__hotspot.window": 1.0})

    assert len(codons(comparator_facts([carried(missense())], narrow, releases))) == 3


def test_a_transcripts_missense_alleles_are_counted_by_their_stars(releases: Releases) -> None:
    found = comparator_facts([carried(missense())], rules(), releases)

    assert found[("clinvar.missense", TANGO2.id)] == KnownMissense(
        pathogenic=(1, 0, 1, 0, 0), benign=(0, 1, 0, 0, 0), unrated=1
    )


@pytest.mark.parametrize(
    "effect",
    [
        consequence(Term.SYNONYMOUS, protein_position=CODON),
        replace(missense(), protein_position=None),
        replace(missense(), transcript="ENST00000000001.1"),
    ],
    ids=["synonymous", "without a place", "another transcript"],
)
def test_nothing_is_gathered_of_other_alleles(effect: Consequence, releases: Releases) -> None:
    assert comparator_facts([carried(effect)], rules(), releases) == {}


def test_no_candidates_are_no_facts(releases: Releases) -> None:
    assert comparator_facts([], rules(), releases) == {}
