"""What the page says of an allele that does not stand alone, or that has two places."""

from dataclasses import replace

import pytest

from page import Page, facts
from report_builders import analysed, calls, case, genotype
from report_cases import frameshift, missense
from varinterp.documents.case import dump_case, load_case
from varinterp.model.case import CaseResult
from varinterp.model.transcript import Joint, JointPhase, Term
from varinterp.report.catalogue import Language
from varinterp.report.html import render
from varinterp.report.view import build_view

PARTNER = "22-20061539-G-A"
TOGETHER = Joint(
    JointPhase.CIS,
    (PARTNER,),
    (Term.MISSENSE,),
    "ENSP00000332721.4:p.Gly154Lys",
    154,
    "G",
    "K",
)


def beside(joint: Joint) -> CaseResult:
    found = missense(calls(genotype(2), genotype(1), genotype(1)))
    return analysed(case(), [replace(found, joint=joint)])


def text(result: CaseResult, language: Language = Language.ENGLISH) -> str:
    return Page(render(build_view(result), language)).text


TWO_PLACES = analysed(
    case(),
    [
        replace(
            found,
            consequence=replace(
                found.consequence,
                shifted_terms=(Term.SPLICE_DONOR,),
                shifted_p="ENSP00000332721.4:p.Cys2AlafsTer35",
            ),
        )
        for found in [frameshift(calls(genotype(2), genotype(1), genotype(1)))]
    ],
)


@pytest.mark.parametrize("result", [beside(TOGETHER), TWO_PLACES])
def test_both_languages_carry_the_same_facts_of_haplotypes(result: CaseResult) -> None:
    english, french = (facts(Page(render(build_view(result), language))) for language in Language)
    assert english == french


def test_what_the_alleles_do_together_is_shown_beside_what_the_allele_does() -> None:
    shown = text(beside(TOGETHER))
    assert "p.(Gly154Arg)" in shown
    assert "p.(Gly154Lys)" in shown
    assert f"On the same haplotype: {PARTNER}." in shown
    assert f"Changed by a phased neighbour: with {PARTNER} on the same haplotype" in shown


def test_neighbours_of_unknown_phase_are_named_and_not_combined() -> None:
    shown = text(beside(Joint(JointPhase.UNKNOWN, (PARTNER,))))
    assert f"In the same codon or reading frame, phase unknown: {PARTNER}. Not combined." in shown
    assert "p.(Gly154Lys)" not in shown


def test_an_effect_that_could_not_be_worked_out_is_said_to_be_so() -> None:
    shown = text(beside(Joint(JointPhase.CIS, (PARTNER,))))
    assert "What the alleles do together could not be worked out." in shown


def test_the_effects_at_both_places_are_shown() -> None:
    shown = text(TWO_PLACES)
    assert "Effect at its other place" in shown
    assert "splice donor" in shown
    assert "its effect is not the same at both" in shown


def test_french_says_it_too() -> None:
    shown = text(beside(TOGETHER), Language.FRENCH)
    assert "Avec les variants voisins" in shown
    assert "Sur le même haplotype" in shown


def test_an_allele_that_stands_alone_says_nothing_of_neighbours() -> None:
    shown = text(analysed(case(), [missense(calls(genotype(2), genotype(1), genotype(1)))]))
    assert "Together with its neighbours" not in shown
    assert "Effect at its other place" not in shown


def test_what_was_worked_out_is_kept_in_the_document() -> None:
    for result in (beside(TOGETHER), TWO_PLACES):
        again = load_case(dump_case(result))
        assert again.candidates == result.candidates
        assert again.facts == result.facts
