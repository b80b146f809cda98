"""Translation, with the mitochondrial code and the exceptions that are let through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varinterp.annotate.genetic_code import (
    KNOWN_RECODED,
    Recoding,
    protein_of,
    reverse_complement,
    translate,
)

codons = st.lists(st.sampled_from(["GCT", "GAA", "TGG", "AAA", "CTG", "GGC"]), max_size=20)


@given(st.text(alphabet="ACGTN"))
def test_the_reverse_complement_of_a_reverse_complement_is_the_sequence(bases: str) -> None:
    assert reverse_complement(reverse_complement(bases)) == bases


@given(codons)
def test_a_protein_has_one_residue_a_codon_but_the_stop(middle: list[str]) -> None:
    protein = protein_of("ATG" + "".join(middle) + "TAA", 1, None)
    assert protein == "M" + translate("".join(middle), 1)


def test_the_mitochondrial_code_reads_four_codons_otherwise() -> None:
    changed = ("TGA", "ATA", "AGA", "AGG")
    assert [translate(codon, 1) for codon in changed] == ["*", "I", "R", "R"]
    assert [translate(codon, 2) for codon in changed] == ["W", "M", "*", "*"]


@pytest.mark.parametrize("end", ["T", "TA"])
def test_a_mitochondrial_stop_may_be_completed_by_the_tail(end: str) -> None:
    assert protein_of("ATAGCT" + end, 2, None) == "MA"
    with pytest.raises(ValueError, match="not a multiple of three"):
        protein_of("ATGGCT" + end, 1, None)


def test_a_mitochondrial_start_is_no_start_elsewhere() -> None:
    assert protein_of("ATTGCTTAA", 2, None) == "MA"
    with pytest.raises(ValueError, match="starts with ATT"):
        protein_of("ATTGCTTAA", 1, None)


def test_a_declared_start_differs_from_atg_in_one_base_only() -> None:
    assert protein_of("CTGGCTTAA", 1, Recoding.NON_AUG_START) == "MA"
    with pytest.raises(ValueError, match="starts with GCT"):
        protein_of("GCTGCTTAA", 1, Recoding.NON_AUG_START)


def test_n_in_a_coding_sequence_is_refused() -> None:
    with pytest.raises(ValueError, match="N in its coding sequence"):
        protein_of("ATGNCTTAA", 1, None)


def test_the_25_human_selenoproteins_are_known() -> None:
    kinds = list(KNOWN_RECODED.values())
    assert kinds.count(Recoding.SELENOCYSTEINE) == 25
