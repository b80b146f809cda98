"""PS1 and PM5: what ClinVar knows of other missense alleles at the codon."""

from dataclasses import replace

import pytest

from core_builders import CODON, MISSENSE, Setting, comparator, consequence, missense
from varinterp.acmg.assess import Decide
from varinterp.acmg.missense import pm5, ps1
from varinterp.model.evidence import Outcome, Strength
from varinterp.model.facts import COMPARATORS, Comparator, Significance
from varinterp.model.transcript import Term

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
P, LP = Significance.PATHOGENIC, Significance.LIKELY_PATHOGENIC
SAME, OTHER = "R", "V"  # ours is p.Gly154Arg


def known(*comparators: Comparator) -> Setting:
    return Setting(consequence=missense("G", SAME), comparators=comparators)


@pytest.mark.parametrize(
    ("said", "ps1_strength", "pm5_strength"),
    [
        pytest.param((P,), Strength.STRONG, Strength.MODERATE, id="pathogenic"),
        pytest.param((LP,), Strength.MODERATE, Strength.SUPPORTING, id="likely pathogenic"),
        pytest.param(
            (P, LP), Strength.MODERATE, Strength.SUPPORTING, id="both: the weaker of the two"
        ),
        pytest.param((Significance.UNCERTAIN,), None, None, id="uncertain"),
        pytest.param((Significance.CONFLICTING,), None, None, id="conflicting"),
        pytest.param((P, Significance.BENIGN), None, None, id="pathogenic and benign"),
        pytest.param((Significance.BENIGN,), None, None, id="benign"),
        pytest.param((Significance.RISK_FACTOR,), None, None, id="a risk factor"),
    ],
)
def test_the_strength_follows_the_comparators_class(
    said: tuple[Significance, ...], ps1_strength: Strength | None, pm5_strength: Strength | None
) -> None:
    assert known(comparator(SAME, *said)).ask(ps1).strength is ps1_strength
    assert known(comparator(OTHER, *said)).ask(pm5).strength is pm5_strength


@pytest.mark.parametrize(("decide", "residue"), [(ps1, SAME), (pm5, OTHER)], ids=["PS1", "PM5"])
class TestAComparatorCounts:
    def test_only_with_a_star(self, decide: Decide, residue: str) -> None:
        assert known(comparator(residue, stars=1)).ask(decide).outcome is MET
        assert known(comparator(residue, stars=0)).ask(decide).outcome is NOT_MET

    def test_perhaps_when_its_stars_are_not_known(self, decide: Decide, residue: str) -> None:
        verdict = known(comparator(residue, stars=None)).ask(decide)

        assert verdict.outcome is NOT_ASSESSED
        assert verdict.reason.key == "comparator.review_status_unknown"

    def test_beside_one_whose_stars_are_not_known(self, decide: Decide, residue: str) -> None:
        reviewed = comparator(residue, stars=2, allele="22-20061539-G-T")
        verdict = known(comparator(residue, stars=None), reviewed).ask(decide)

        assert verdict.reason["comparator"] == "22-20061539-G-T"

    def test_never_when_it_is_the_allele_itself(self, decide: Decide, residue: str) -> None:
        assert known(comparator(residue, allele=MISSENSE)).ask(decide).outcome is NOT_MET

    def test_the_stronger_of_two(self, decide: Decide, residue: str) -> None:
        likely = comparator(residue, LP, allele="22-20061538-G-C")
        certain = comparator(residue, P, allele="22-20061539-G-T")
        verdict = known(likely, certain).ask(decide)

        assert verdict.reason["significance"] == P
        assert verdict == known(certain, likely).ask(decide)

    def test_with_what_it_is(self, decide: Decide, residue: str) -> None:
        reason = known(comparator(residue)).ask(decide).reason

        assert reason["change"] == f"G>{residue}"
        assert reason["stars"] == 2


@pytest.mark.parametrize("alt_aa", ["*", "G"], ids=["nonsense", "synonymous"])
def test_a_comparator_that_is_no_missense_never_counts(alt_aa: str) -> None:
    assert known(comparator(alt_aa)).ask(pm5).outcome is NOT_MET


def test_ps1_takes_the_place_of_pm5() -> None:
    both = known(comparator(SAME), comparator(OTHER, allele="22-20061539-G-T"))

    assert both.ask(ps1).outcome is MET
    assert both.ask(pm5).reason.key == "comparator.counted_as_ps1"


def test_another_residue_is_not_the_same_change() -> None:
    assert known(comparator(OTHER)).ask(ps1).outcome is NOT_MET


@pytest.mark.parametrize("decide", [ps1, pm5])
def test_a_codon_that_clinvar_does_not_know_is_considered(decide: Decide) -> None:
    verdict = Setting(consequence=missense()).ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "comparator.none")
    assert verdict.reason["codon"] == CODON


@pytest.mark.parametrize("decide", [ps1, pm5])
def test_without_clinvar_nothing_is_said(decide: Decide) -> None:
    setting = Setting(consequence=missense())
    verdict = replace(setting, consulted=setting.consulted - {COMPARATORS.source}).ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "comparator.no_resource")


@pytest.mark.parametrize("decide", [ps1, pm5])
@pytest.mark.parametrize(
    ("setting", "outcome", "reason"),
    [
        (Setting(), NOT_ASSESSED, "no_consequence"),
        (
            Setting(consequence=consequence(Term.STOP_GAINED, protein_position=CODON, alt_aa="*")),
            NOT_MET,
            "comparator.not_missense",
        ),
        (
            Setting(consequence=missense("GV", "RA"), comparators=(comparator(OTHER),)),
            NOT_MET,
            "comparator.not_missense",
        ),
    ],
    ids=["no consequence", "nonsense", "two residues at once"],
)
def test_only_one_residue_for_another_is_compared(
    decide: Decide, setting: Setting, outcome: Outcome, reason: str
) -> None:
    verdict = setting.ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)
