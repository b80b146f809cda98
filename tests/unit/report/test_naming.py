"""HGVS names from alleles and from what the annotation carries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varinterp.model.chromosome import Chromosome
from varinterp.model.variant import Allele
from varinterp.report.naming import genomic_name, protein_name, without_accession


@pytest.mark.parametrize(
    ("allele", "name"),
    [
        ("22-20061538-G-A", "NC_000022.11:g.20061538G>A"),
        ("X-100-C-T", "NC_000023.11:g.100C>T"),
        ("MT-3243-A-G", "NC_012920.1:m.3243A>G"),
        ("1-1000-AC-TG", "NC_000001.11:g.1000_1001delinsTG"),
        ("1-1000-A-TG", "NC_000001.11:g.1000delinsTG"),
        ("1-1000-CAT-CGG", "NC_000001.11:g.1001_1002delinsGG"),
        ("1-1000-AG-CT", "NC_000001.11:g.1000_1001inv"),
        ("1-1000-GAT-GCT", "NC_000001.11:g.1001A>C"),
    ],
)
def test_substitutions_and_changed_blocks_have_a_genomic_name(allele: str, name: str) -> None:
    assert genomic_name(Allele.parse(allele)) == name


@pytest.mark.parametrize("allele", ["22-20036801-GT-G", "22-20036801-G-GT", "1-1000-CAA-CA"])
def test_a_pure_insertion_or_deletion_is_not_named_without_the_sequence(allele: str) -> None:
    assert genomic_name(Allele.parse(allele)) is None


@given(st.sampled_from(list(Chromosome)), st.permutations("ACGT"), st.integers(1, 16000))
def test_a_substitution_keeps_its_position_and_bases(
    chromosome: Chromosome, bases: list[str], position: int
) -> None:
    name = genomic_name(Allele(chromosome, position, bases[0], bases[1]))
    assert name is not None
    assert name.startswith(f"{chromosome.accession}:")
    assert name.endswith(f".{position}{bases[0]}>{bases[1]}")
    assert Chromosome.parse(chromosome.accession) is chromosome


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("ENSP00000332721.4:p.Gly154Arg", "p.(Gly154Arg)"),
        ("ENSP00000332721.4:p.Leu12%3D", "p.(Leu12=)"),
        ("ENSP00000332721.4:p.(Gly154Arg)", "p.(Gly154Arg)"),
        ("ENSP00000332721.4:p.?", "p.?"),
        (None, None),
    ],
)
def test_a_predicted_protein_change_is_in_parentheses(
    given_name: str | None, name: str | None
) -> None:
    assert protein_name(given_name) == name


def test_an_accession_is_taken_off_and_nothing_else() -> None:
    assert without_accession("ENST00000327374.9:c.605+1G>A") == "c.605+1G>A"
    assert without_accession(None) is None
