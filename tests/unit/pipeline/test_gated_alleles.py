"""A family's alleles of a gene that became no candidate, with the gates that they did not pass."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from builders import call, carried, variants_table, write_assertions, write_frequencies
from core_builders import BRCA1, TANGO2
from varinterp.annotate.gate import GateLimits, gate
from varinterp.annotate.join import annotate
from varinterp.model.family import Family, Person
from varinterp.pipeline.gated import BESIDE_EXONS, gated_of
from varinterp.sources.clinvar_lookup import lookup_assertions
from varinterp.sources.gnomad import covered, lookup_frequencies

LIMITS = GateLimits(rare_max=0.01, known_max=0.15, min_depth=10, max_alt_reads=1, min_quality=20)
ALONE = Family("family", "kid", (Person("kid"), Person("mum")))
EXON = TANGO2.exons[6]
COMMON = f"22-{EXON.start + 5}-G-A"
OF_MOTHER = f"22-{EXON.start + 9}-G-A"
RARE = f"22-{EXON.start + 13}-G-A"
NEAR = f"22-{EXON.start - BESIDE_EXONS}-G-A"
DEEP = f"22-{EXON.start - BESIDE_EXONS - 1}-G-A"
KNOWN_DEEP = f"22-{EXON.start - 500}-G-A"
OUTSIDE = f"22-{TANGO2.exons[0].start - 500}-G-A"
ALLELES = (OUTSIDE, KNOWN_DEEP, DEEP, NEAR, COMMON, OF_MOTHER, RARE)


@pytest.fixture
def variants(tmp_path: Path) -> Path:
    """`variants.parquet` of a child and a mother, through the gates."""
    kid, mum = [carried("kid"), call("mum")], [call("kid"), carried("mum")]
    rows: list[Mapping[str, Any]] = [
        {"allele": name, "genotypes": mum if name == OF_MOTHER else kid}
        for name in sorted(ALLELES, key=lambda name: int(name.split("-")[1]))
    ]
    table = variants_table(rows)
    often = [{"allele": name, "ac": 45_000, "af": 0.3} for name in ALLELES if name != RARE]
    gnomad = write_frequencies(tmp_path / "gnomad", often)
    said = [{"allele": name, "significance": ["benign"]} for name in (KNOWN_DEEP, OUTSIDE)]
    clinvar = write_assertions(tmp_path / "clinvar", said)
    annotated = annotate(
        table,
        lookup_frequencies(gnomad, table),
        covered(gnomad, table),
        lookup_assertions(clinvar, table),
    )
    path = tmp_path / "variants.parquet"
    gate(annotated, LIMITS, ALONE, pl.repeat(False, table.height, eager=True)).write_parquet(path)
    return path


def test_alleles_in_or_near_an_exon_are_told_and_those_of_clinvar_between(variants: Path) -> None:
    found = gated_of(variants, [TANGO2])[TANGO2.hgnc]

    assert [str(each.allele) for each in found] == [KNOWN_DEEP, NEAR, COMMON, OF_MOTHER]


def test_each_says_which_gates_it_failed_and_on_which_numbers(variants: Path) -> None:
    found = {str(each.allele): each for each in gated_of(variants, [TANGO2])[TANGO2.hgnc]}
    failed = dict(found[COMMON].failed)

    assert found[COMMON].carried
    assert {"rare", "known", "listed"} <= failed.keys()
    assert "carried" not in failed
    assert (failed["rare"]["frequency"], failed["rare"]["limit"]) == (0.3, 0.01)
    assert not found[OF_MOTHER].carried
    assert "carried" in dict(found[OF_MOTHER].failed)


def test_a_gene_without_such_an_allele_is_there_with_none(variants: Path) -> None:
    found = gated_of(variants, [BRCA1, TANGO2])

    assert found[BRCA1.hgnc] == ()
    assert len(found[TANGO2.hgnc]) == 4
