"""PM1: the residues that a specification names, and what ClinVar knows around a residue."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from core_builders import (
    CODON,
    MISSENSE,
    RULES,
    TANGO2,
    Setting,
    allele,
    comparator,
    consequence,
    missense,
)
from varinterp.acmg.hotspot import pm1
from varinterp.acmg.question import Question
from varinterp.model.clinvar import Comparator, Significance
from varinterp.model.evidence import Outcome, Strength
from varinterp.model.facts import COMPARATORS, Rule, codon_key
from varinterp.model.reads import Reader
from varinterp.model.transcript import Term

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
STRONG, MODERATE, SUPPORTING = Strength.STRONG, Strength.MODERATE, Strength.SUPPORTING
P, LP = Significance.PATHOGENIC, Significance.LIKELY_PATHOGENIC
B, LB = Significance.BENIGN, Significance.LIKELY_BENIGN
VUS = Significance.UNCERTAIN


def known(
    residue: str, *said: Significance, stars: int | None = 1, name: str = "22-1-A-C"
) -> Comparator:
    return Comparator(name, "G", residue, said or (P,), stars)


def around(codons: Mapping[int, Sequence[Comparator]]) -> Setting:
    """What ClinVar knows, by distance from the residue."""
    return Setting(
        consequence=missense(),
        codons={CODON + step: tuple(each) for step, each in codons.items()},
    )


FOUR = {1: [known("A")], -1: [known("S")], 5: [known("V")], -8: [known("E", LP)]}


def named(residue: int = CODON, **stretches: tuple[str, ...]) -> Setting:
    own = {f"a_spec/hotspot.{name}": Rule(value) for name, value in stretches.items()}
    return Setting(
        consequence=missense(codon=residue),
        rules={**RULES, **own},
        specification="a_spec",
        codons={CODON + step: tuple(each) for step, each in FOUR.items()},
    )


class TestNamedByASpecification:
    @pytest.mark.parametrize("strength", [STRONG, MODERATE, SUPPORTING])
    def test_at_the_strength_that_it_gives(self, strength: Strength) -> None:
        verdict = named(CODON, **{strength.value: ("10", "150-160")}).ask(pm1)

        assert (verdict.strength, verdict.reason.key) == (strength, "hotspot.named")
        assert (verdict.reason["residue"], verdict.reason["place"]) == (CODON, "150-160")

    @pytest.mark.parametrize(
        ("residue", "strength"), [(244, None), (245, MODERATE), (248, MODERATE), (249, None)]
    )
    def test_from_the_first_to_the_last_residue(
        self, residue: int, strength: Strength | None
    ) -> None:
        assert named(residue, moderate=("245-248",)).ask(pm1).strength is strength

    def test_the_strongest_of_several_holds(self) -> None:
        setting = named(strong=("154",), moderate=("150-160",), supporting=("1-200",))

        assert setting.ask(pm1).strength is STRONG
        weaker = named(strong=("155",), moderate=("1-9",), supporting=("1-200",))
        assert weaker.ask(pm1).strength is SUPPORTING

    def test_outside_of_them_nothing_is_counted(self) -> None:
        verdict = named(moderate=("245-248",)).ask(pm1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "hotspot.not_named")
        assert verdict.reason["residue"] == CODON

    def test_one_that_names_none_leaves_it_to_the_count(self) -> None:
        assert named().ask(pm1).reason.key == "hotspot.dense"

    def test_the_general_rules_name_none(self) -> None:
        setting = replace(named(strong=("154",)), specification="core")

        assert setting.ask(pm1).reason.key == "hotspot.dense"


class TestCounted:
    def test_four_pathogenic_changes_and_nothing_else_are_moderate(self) -> None:
        verdict = around(FOUR).ask(pm1)

        assert (verdict.strength, verdict.reason.key) == (MODERATE, "hotspot.dense")
        assert dict(verdict.reason.facts) == {"pathogenic": 4, "uncertain": 0, "window": 8}

    @pytest.mark.parametrize("step", [1, -1, 5, -8])
    def test_three_are_not_enough(self, step: int) -> None:
        verdict = around({at: each for at, each in FOUR.items() if at != step}).ask(pm1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "hotspot.sparse")
        assert dict(verdict.reason.facts) == {"pathogenic": 3, "limit": 4, "window": 8}

    @pytest.mark.parametrize("step", [9, -9])
    def test_nothing_beyond_eight_codons_counts(self, step: int) -> None:
        three = {at: each for at, each in FOUR.items() if at != -8}

        assert around({**three, step: [known("A")]}).ask(pm1).outcome is NOT_MET
        assert around({**FOUR, step: [known("A", B)]}).ask(pm1).outcome is MET

    @pytest.mark.parametrize("step", [8, -8])
    def test_the_eighth_codon_counts(self, step: int) -> None:
        three = {at: each for at, each in FOUR.items() if at != -8}

        assert around({**three, step: [known("A")]}).ask(pm1).outcome is MET

    @pytest.mark.parametrize("step", [0, 1, -1, 8, -8])
    @pytest.mark.parametrize("said", [(B,), (LB,), (B, LB)])
    def test_a_benign_one_is_one_too_many(self, step: int, said: tuple[Significance, ...]) -> None:
        here = [*FOUR.get(step, []), known("K", *said)]
        verdict = around({**FOUR, step: here}).ask(pm1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "hotspot.benign")
        assert (verdict.reason["codon"], verdict.reason["window"]) == (CODON + step, 8)

    @pytest.mark.parametrize(("stars", "outcome"), [(0, MET), (1, NOT_MET), (None, NOT_MET)])
    def test_a_benign_one_without_a_star_is_of_no_account(
        self, stars: int | None, outcome: Outcome
    ) -> None:
        assert around({**FOUR, 2: [known("K", B, stars=stars)]}).ask(pm1).outcome is outcome

    @pytest.mark.parametrize(("stars", "outcome"), [(0, NOT_MET), (1, MET), (4, MET)])
    def test_a_pathogenic_one_needs_a_star(self, stars: int, outcome: Outcome) -> None:
        assert around({**FOUR, 1: [known("A", stars=stars)]}).ask(pm1).outcome is outcome

    def test_one_of_unknown_review_leaves_it_open(self) -> None:
        verdict = around({**FOUR, 1: [known("A", stars=None)]}).ask(pm1)

        assert (verdict.outcome, verdict.reason.key) == (
            NOT_ASSESSED,
            "hotspot.review_status_unknown",
        )
        assert verdict.reason["window"] == 8

    def test_one_of_unknown_review_that_changes_nothing_leaves_nothing_open(self) -> None:
        three = {at: each for at, each in FOUR.items() if at not in (1, -1)}
        few = around({**three, 1: [known("A", stars=None)]})

        assert few.ask(pm1).reason.key == "hotspot.sparse"
        assert few.ask(pm1).reason["pathogenic"] == 2
        assert around({**FOUR, 2: [known("A", stars=None)]}).ask(pm1).outcome is MET

    def test_the_same_change_twice_is_one(self) -> None:
        three = {at: each for at, each in FOUR.items() if at != -8}
        twice = around({**three, 1: [known("A"), known("A", name="22-2-A-C")]})

        assert twice.ask(pm1).reason["pathogenic"] == 3

    def test_the_same_residue_at_another_codon_is_another_change(self) -> None:
        assert around({step: [known("A")] for step in (1, 2, 3, 4)}).ask(pm1).outcome is MET

    def test_pathogenic_changes_of_the_residue_are_left_to_ps1_and_pm5(self) -> None:
        three = {at: each for at, each in FOUR.items() if at != -8}
        here = [known("A"), known("V", stars=None)]

        assert around({**three, 0: here}).ask(pm1).reason["pathogenic"] == 3

    @pytest.mark.parametrize("residue", ["*", "G"], ids=["nonsense", "synonymous"])
    def test_what_is_no_missense_counts_on_no_side(self, residue: str) -> None:
        three = {at: each for at, each in FOUR.items() if at != -8}

        assert around({**three, 8: [known(residue)]}).ask(pm1).outcome is NOT_MET
        assert around({**FOUR, 8: [known(residue, B)]}).ask(pm1).outcome is MET

    def test_the_allele_itself_counts_on_no_side(self) -> None:
        benign = around({**FOUR, 0: [known("R", B, name=MISSENSE)]})
        assert benign.ask(pm1).outcome is MET
        uncertain = around({**FOUR, 0: [known("R", VUS, name=MISSENSE)]})
        assert uncertain.ask(pm1).reason["uncertain"] == 0

    def test_uncertain_ones_that_are_as_many_leave_it_supporting(self) -> None:
        uncertain = [known(residue, VUS) for residue in "AVKLW"]

        assert around({**FOUR, 2: uncertain[:3]}).ask(pm1).strength is MODERATE
        assert around({**FOUR, 2: uncertain[:4]}).ask(pm1).strength is SUPPORTING
        assert around({**FOUR, 2: uncertain}).ask(pm1).strength is SUPPORTING
        assert around({**FOUR, 2: uncertain}).ask(pm1).reason["uncertain"] == 5

    @pytest.mark.parametrize(
        ("said", "counted"),
        [
            ((VUS,), 1),
            ((Significance.CONFLICTING,), 1),
            ((Significance.VUS_HIGH,), 1),
            ((Significance.VUS_MID,), 1),
            ((Significance.VUS_LOW,), 1),
            ((VUS, P), 1),
            ((VUS, LB), 1),
            ((Significance.RISK_FACTOR,), 0),
            ((Significance.NOT_PROVIDED,), 0),
        ],
    )
    def test_what_is_uncertain(self, said: tuple[Significance, ...], counted: int) -> None:
        assert around({**FOUR, 0: [known("K", *said)]}).ask(pm1).reason["uncertain"] == counted

    @pytest.mark.parametrize(("stars", "counted"), [(0, 0), (1, 1), (None, 1)])
    def test_an_uncertain_one_without_a_star_is_of_no_account(
        self, stars: int | None, counted: int
    ) -> None:
        setting = around({**FOUR, 2: [known("K", VUS, stars=stars)]})

        assert setting.ask(pm1).reason["uncertain"] == counted

    def test_a_change_that_is_also_pathogenic_is_not_uncertain(self) -> None:
        here = [known("A"), known("A", VUS, name="22-2-A-C")]

        assert around({**FOUR, 1: here}).ask(pm1).reason["uncertain"] == 0

    def test_a_specification_counts_its_own_way(self) -> None:
        own = {"window": 1, "min_pathogenic": 2, "max_benign": 1}
        rules = {**RULES, **{f"a_spec/hotspot.{name}": Rule(each) for name, each in own.items()}}
        setting = replace(around(FOUR), rules=rules, specification="a_spec")

        assert setting.ask(pm1).reason["pathogenic"] == 2
        assert setting.ask(pm1).reason["window"] == 1
        one = {CODON + step: tuple(each) for step, each in FOUR.items()}
        one |= {CODON: (known("K", B),)}
        assert replace(setting, codons=one).ask(pm1).outcome is MET
        two = {**one, CODON: (known("K", B), known("A", B))}
        assert replace(setting, codons=two).ask(pm1).outcome is NOT_MET

    def test_nothing_before_the_first_residue_is_asked(self) -> None:
        setting = Setting(consequence=missense(codon=3))
        question = Question(setting.key, TANGO2.id, Reader(setting.evidence))
        pm1(question)
        read = {each.key for each in question.read.reads if each.source == COMPARATORS.source}

        codons = {codon_key(TANGO2.id, at) for at in range(1, 12)}
        assert read - {"*"} == codons


class TestNotCounted:
    def test_without_a_known_disease(self) -> None:
        verdict = replace(around(FOUR), inheritance=None).ask(pm1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "no_known_disease")

    def test_without_clinvar(self) -> None:
        setting = Setting(consequence=missense())
        consulted = setting.consulted - {COMPARATORS.source}
        verdict = replace(setting, consulted=consulted).ask(pm1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "comparator.no_resource")

    def test_where_clinvar_knows_nothing(self) -> None:
        verdict = Setting(consequence=missense()).ask(pm1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "hotspot.sparse")

    def test_in_mitochondrial_dna(self) -> None:
        verdict = replace(around(FOUR), allele=allele("MT-3243-A-G")).ask(pm1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "hotspot.mitochondrial")

    @pytest.mark.parametrize(
        ("setting", "outcome", "reason"),
        [
            (Setting(), NOT_ASSESSED, "no_consequence"),
            (
                Setting(consequence=consequence(Term.STOP_GAINED, protein_position=CODON)),
                NOT_MET,
                "comparator.not_missense",
            ),
            (
                Setting(consequence=consequence(Term.INFRAME_DELETION, protein_position=CODON)),
                NOT_ASSESSED,
                "hotspot.in_frame",
            ),
            (
                Setting(consequence=consequence(Term.INFRAME_INSERTION, protein_position=CODON)),
                NOT_ASSESSED,
                "hotspot.in_frame",
            ),
            (
                Setting(consequence=missense("GV", "RA"), comparators=(comparator("V"),)),
                NOT_MET,
                "comparator.not_missense",
            ),
        ],
        ids=["no consequence", "nonsense", "deletion", "insertion", "two residues at once"],
    )
    def test_what_is_no_missense(self, setting: Setting, outcome: Outcome, reason: str) -> None:
        verdict = setting.ask(pm1)

        assert (verdict.outcome, verdict.reason.key) == (outcome, reason)
