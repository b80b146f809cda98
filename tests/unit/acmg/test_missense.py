"""PS1 and PM5: what ClinVar knows of other missense alleles at the codon."""

from dataclasses import replace

import pytest

from core_builders import (
    CODON,
    MISSENSE,
    RULES,
    Setting,
    comparator,
    consequence,
    missense,
)
from varinterp.acmg.assess import Decide
from varinterp.acmg.grantham import distance
from varinterp.acmg.missense import is_benign, pm5, ps1
from varinterp.errors import InternalError
from varinterp.model.clinvar import Comparator, Significance
from varinterp.model.evidence import Outcome, Strength
from varinterp.model.facts import COMPARATORS, Rule
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
def test_without_a_known_disease_a_comparator_says_nothing(decide: Decide, residue: str) -> None:
    verdict = replace(known(comparator(residue)), inheritance=None).ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "no_known_disease")


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


def specified(ours: str, *comparators: Comparator, **rules: str | float) -> Setting:
    """Ours is a change of glycine; the specification's rules are those of PM5."""
    own = {f"a_spec/pm5.{name}": Rule(value) for name, value in rules.items()}
    return Setting(
        consequence=missense("G", ours),
        comparators=comparators,
        rules={**RULES, **own},
        specification="a_spec",
    )


# Grantham's distances from glycine: S 56, A 60, E 98, V 109, R 125, W 184.
class TestGranthamInASpecification:
    @pytest.mark.parametrize(
        ("ours", "known_to_be", "counts"),
        [
            pytest.param("R", "V", True, id="ours is larger"),
            pytest.param("V", "R", False, id="ours is smaller"),
            pytest.param("R", "A", True, id="far larger"),
            pytest.param("S", "A", False, id="four smaller"),
            pytest.param("A", "S", True, id="four larger"),
        ],
    )
    def test_ours_must_be_at_least_as_large(
        self, ours: str, known_to_be: str, counts: bool
    ) -> None:
        verdict = specified(ours, comparator(known_to_be), grantham="required").ask(pm5)

        assert verdict.outcome is (MET if counts else NOT_MET)
        assert verdict.reason.key == ("comparator.pm5" if counts else "comparator.milder")

    def test_an_equal_one_counts(self) -> None:
        known_one = comparator("F", ref_aa="R")
        setting = specified("I", known_one, grantham="required")

        assert distance("R", "I") == distance("R", "F") == 97
        assert replace(setting, consequence=missense("R", "I")).ask(pm5).outcome is MET

    def test_one_of_two_is_enough_and_is_the_one_named(self) -> None:
        larger = comparator("W", allele="22-20061538-G-T")
        smaller = comparator("A", Significance.LIKELY_PATHOGENIC, allele="22-20061539-G-C")
        verdict = specified("V", larger, smaller, grantham="required").ask(pm5)

        assert (verdict.strength, verdict.reason["comparator"]) == (
            Strength.SUPPORTING,
            "22-20061539-G-C",
        )

    def test_it_says_how_large_ours_is(self) -> None:
        reason = specified("V", comparator("R"), grantham="required").ask(pm5).reason

        assert (reason["distance"], reason["codon"]) == (109, CODON)

    def test_without_a_distance_nothing_is_said(self) -> None:
        verdict = specified("U", comparator("R"), grantham="required").ask(pm5)

        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "comparator.no_distance")
        assert verdict.reason["codon"] == CODON

    def test_a_comparator_without_a_distance_does_not_count(self) -> None:
        verdict = specified("V", comparator("U"), grantham="required").ask(pm5)

        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "comparator.milder")

    def test_is_not_asked_for_elsewhere(self) -> None:
        assert specified("V", comparator("R")).ask(pm5).outcome is MET
        laboratory = specified("V", comparator("R"), grantham="required")
        assert replace(laboratory, specification="core").ask(pm5).outcome is MET

    def test_nothing_to_compare_is_said_as_ever(self) -> None:
        assert specified("V", grantham="required").ask(pm5).reason.key == "comparator.none"

    def test_another_word_is_our_fault_and_said_so(self) -> None:
        with pytest.raises(InternalError, match=r"pm5\.grantham"):
            specified("V", comparator("R"), grantham="perhaps").ask(pm5)


class TestSeveralInASpecification:
    def strength(self, *known_ones: tuple[str, Significance], limit: float = 2) -> Strength | None:
        alleles = (
            comparator(residue, said, allele=f"22-2006153{at}-G-C")
            for at, (residue, said) in enumerate(known_ones)
        )
        return specified("R", *alleles, strong_from=limit).ask(pm5).strength

    def test_two_different_pathogenic_changes_are_strong(self) -> None:
        assert self.strength(("V", P), ("A", P)) is Strength.STRONG
        assert self.strength(("V", P), ("A", P), ("E", P)) is Strength.STRONG

    def test_fewer_are_not(self) -> None:
        assert self.strength(("V", P)) is Strength.MODERATE
        assert self.strength(("V", P), ("A", P), limit=3) is Strength.MODERATE

    def test_the_same_change_twice_is_one(self) -> None:
        assert self.strength(("V", P), ("V", P)) is Strength.MODERATE

    def test_likely_pathogenic_ones_are_not_counted(self) -> None:
        assert self.strength(("V", P), ("A", LP)) is Strength.MODERATE
        assert self.strength(("V", LP), ("A", LP)) is Strength.SUPPORTING

    def test_it_says_how_many(self) -> None:
        both = comparator("V"), comparator("A", allele="22-20061538-G-T")
        reason = specified("R", *both, strong_from=2).ask(pm5).reason

        assert (reason.key, reason["changes"], reason["limit"]) == ("comparator.several", 2, 2)

    def test_the_general_rules_count_them_once(self) -> None:
        both = comparator("V"), comparator("A", allele="22-20061538-G-T")

        assert specified("R", *both).ask(pm5).strength is Strength.MODERATE


@pytest.mark.parametrize(
    ("said", "benign"),
    [
        ((Significance.BENIGN,), True),
        ((Significance.LIKELY_BENIGN,), True),
        ((Significance.BENIGN, Significance.LIKELY_BENIGN), True),
        ((Significance.BENIGN, Significance.UNCERTAIN), False),
        ((P,), False),
        ((), False),
    ],
)
def test_benign_is_what_is_called_so_and_nothing_else(
    said: tuple[Significance, ...], benign: bool
) -> None:
    assert is_benign(Comparator("22-1-A-C", "G", "V", said, 1)) is benign
