"""PP2 and BP1: which kinds of alleles cause the disease in this gene."""

from dataclasses import replace

import pytest

from core_builders import MISSENSE, RULES, Setting, allele, comparator, consequence, missense
from varinterp.acmg.assess import Decide
from varinterp.acmg.constraint import bp1, pp2
from varinterp.errors import InternalError
from varinterp.model.clinvar import Comparator, KnownMissense, Significance
from varinterp.model.evidence import Outcome, Strength
from varinterp.model.facts import (
    CONSTRAINT,
    KNOWN_MISSENSE,
    Constraint,
    Rule,
)
from varinterp.model.transcript import Consequence, Term

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
P, B = Significance.PATHOGENIC, Significance.BENIGN


def known(pathogenic: int = 0, benign: int = 0, unrated: int = 0) -> KnownMissense:
    """All of them with one star."""
    return KnownMissense((0, pathogenic, 0, 0, 0), (0, benign, 0, 0, 0), unrated)


def gene(z: float | None = 4.0, counts: KnownMissense | None = None, *here: Comparator) -> Setting:
    return Setting(
        consequence=missense(),
        constraint=Constraint(loeuf=0.2, pli=1.0, missense_z=z),
        known_missense=known(10) if counts is None else counts,
        comparators=here or None,
    )


class TestPp2:
    @pytest.mark.parametrize(
        ("z", "outcome", "reason"),
        [
            (3.09, MET, "constraint.pp2"),
            (3.08, NOT_MET, "constraint.tolerant"),
            (-5.0, NOT_MET, "constraint.tolerant"),
            (11.0, MET, "constraint.pp2"),
            (None, NOT_ASSESSED, "constraint.no_figure"),
        ],
    )
    def test_the_population_bears_little_missense(
        self, z: float | None, outcome: Outcome, reason: str
    ) -> None:
        verdict = gene(z).ask(pp2)

        assert (verdict.outcome, verdict.reason.key) == (outcome, reason)
        assert verdict.strength is (Strength.SUPPORTING if outcome is MET else None)

    def test_it_says_what_it_rests_on(self) -> None:
        assert dict(gene(4.5, known(10, 2)).ask(pp2).reason.facts) == {
            "z": 4.5,
            "pathogenic": 10,
            "benign": 2,
        }
        assert dict(gene(1.0).ask(pp2).reason.facts) == {"z": 1.0, "limit": 3.09}

    @pytest.mark.parametrize(
        ("pathogenic", "outcome"), [(0, NOT_MET), (3, NOT_MET), (4, MET), (50, MET)]
    )
    def test_missense_is_known_as_a_way_to_the_disease(
        self, pathogenic: int, outcome: Outcome
    ) -> None:
        verdict = gene(4.0, known(pathogenic)).ask(pp2)

        assert verdict.outcome is outcome
        if outcome is NOT_MET:
            assert verdict.reason.key == "constraint.few_missense"
            assert dict(verdict.reason.facts) == {"pathogenic": pathogenic, "limit": 4}

    # Above 0.808 of those that are classified.
    @pytest.mark.parametrize(
        ("pathogenic", "benign", "outcome"),
        [
            (808, 192, NOT_MET),
            (809, 191, MET),
            (4, 1, NOT_MET),
            (9, 2, MET),
            (5, 1, MET),
            (10, 10, NOT_MET),
        ],
    )
    def test_benign_missense_is_rare(self, pathogenic: int, benign: int, outcome: Outcome) -> None:
        verdict = gene(4.0, known(pathogenic, benign)).ask(pp2)

        assert verdict.outcome is outcome
        if outcome is NOT_MET:
            assert verdict.reason.key == "constraint.benign_missense"
            assert dict(verdict.reason.facts) == {
                "pathogenic": pathogenic,
                "benign": benign,
                "limit": 0.808,
            }

    def test_alleles_without_a_star_are_of_no_account(self) -> None:
        starless = KnownMissense((50, 0, 0, 0, 0), (0, 0, 0, 0, 0))
        assert gene(4.0, starless).ask(pp2).reason["pathogenic"] == 0
        every = KnownMissense((50, 1, 1, 1, 1), (50, 0, 0, 0, 0))
        verdict = gene(4.0, every).ask(pp2)
        assert (verdict.outcome, verdict.reason["pathogenic"], verdict.reason["benign"]) == (
            MET,
            4,
            0,
        )

    def test_the_rule_on_stars_is_the_comparators(self) -> None:
        two = replace(
            gene(4.0, KnownMissense((9, 9, 4, 0, 0), (0, 9, 0, 0, 0))),
            rules={**RULES, "comparator.min_stars": Rule(2)},
        )
        assert two.ask(pp2).reason["pathogenic"] == 4
        assert two.ask(pp2).reason["benign"] == 0

    @pytest.mark.parametrize(
        ("counts", "outcome", "reason"),
        [
            (known(3, 0, 1), NOT_ASSESSED, "constraint.review_status_unknown"),
            (known(0, 0, 4), NOT_ASSESSED, "constraint.review_status_unknown"),
            (known(2, 0, 1), NOT_MET, "constraint.few_missense"),
            (known(4, 0, 9), MET, "constraint.pp2"),
        ],
    )
    def test_an_unknown_review_status_leaves_it_open(
        self, counts: KnownMissense, outcome: Outcome, reason: str
    ) -> None:
        verdict = gene(4.0, counts).ask(pp2)

        assert (verdict.outcome, verdict.reason.key) == (outcome, reason)

    @pytest.mark.parametrize(
        ("said", "stars", "pathogenic", "benign"),
        [
            ((P,), 1, 9, 2),
            ((P,), 0, 10, 2),
            ((B,), 1, 10, 1),
            ((B,), 0, 10, 2),
            ((Significance.UNCERTAIN,), 1, 10, 2),
        ],
    )
    def test_the_allele_itself_is_not_counted(
        self, said: tuple[Significance, ...], stars: int, pathogenic: int, benign: int
    ) -> None:
        ours = comparator("R", *said, allele=MISSENSE, stars=stars)
        reason = gene(4.0, known(10, 2), ours).ask(pp2).reason

        assert (reason["pathogenic"], reason["benign"]) == (pathogenic, benign)

    def test_the_allele_itself_of_unknown_review_leaves_nothing_open(self) -> None:
        ours = comparator("R", allele=MISSENSE, stars=None)
        verdict = gene(4.0, known(3, 0, 1), ours).ask(pp2)

        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "constraint.few_missense")

    def test_its_neighbours_are(self) -> None:
        other = comparator("V", allele="22-20061539-G-C", stars=1)

        assert gene(4.0, known(10, 2), other).ask(pp2).reason["pathogenic"] == 10

    def test_a_transcript_that_clinvar_does_not_know_is_considered(self) -> None:
        verdict = replace(gene(), known_missense=None).ask(pp2)

        assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "constraint.few_missense")

    def test_without_clinvar_nothing_is_said(self) -> None:
        setting = replace(gene(), known_missense=None)
        consulted = setting.consulted - {KNOWN_MISSENSE.source}
        verdict = replace(setting, consulted=consulted).ask(pp2)

        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "comparator.no_resource")

    def test_without_a_release_of_constraint_nothing_is_said(self) -> None:
        verdict = replace(gene(), constraint=None).ask(pp2)

        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "constraint.no_resource")

    def test_a_transcript_that_the_release_does_not_have(self) -> None:
        setting = gene()
        consulted = setting.consulted | {CONSTRAINT.source}
        verdict = replace(setting, constraint=None, consulted=consulted).ask(pp2)

        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "constraint.no_figure")

    def test_without_a_known_disease_nothing_is_said(self) -> None:
        verdict = replace(gene(), inheritance=None).ask(pp2)

        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "no_known_disease")

    def test_a_specification_has_its_own_cut_offs(self) -> None:
        own = {"constraint.missense_z": 2.0, "missense.min_pathogenic": 1}
        rules = {**RULES, **{f"a_spec/{name}": Rule(each) for name, each in own.items()}}
        setting = replace(gene(2.0, known(1)), rules=rules, specification="a_spec")

        assert setting.ask(pp2).outcome is MET
        assert replace(setting, specification="core").ask(pp2).outcome is NOT_MET


def told(word: str) -> Setting:
    rules = {**RULES, "a_spec/missense.only_truncating": Rule(word)}
    return Setting(consequence=missense(), rules=rules, specification="a_spec")


class TestBp1:
    def test_a_specification_says_that_only_truncation_causes_the_disease(self) -> None:
        verdict = told("yes").ask(bp1)

        assert (verdict.strength, verdict.reason.key) == (
            Strength.SUPPORTING,
            "constraint.only_truncating",
        )
        assert verdict.reason["specification"] == "a_spec"

    @pytest.mark.parametrize(
        "setting",
        [
            Setting(consequence=missense()),
            replace(told("yes"), specification="core"),
            told("none"),
            gene(-3.0, known(0, 100)),
        ],
        ids=["general rules", "another's", "voided", "only benign missense known"],
    )
    def test_without_one_nothing_is_said(self, setting: Setting) -> None:
        verdict = setting.ask(bp1)

        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "constraint.not_specified")

    def test_another_word_is_our_fault_and_said_so(self) -> None:
        with pytest.raises(InternalError, match=r"missense\.only_truncating"):
            told("mostly").ask(bp1)


@pytest.mark.parametrize("decide", [pp2, bp1])
@pytest.mark.parametrize(
    ("effect", "outcome", "reason"),
    [
        (None, NOT_ASSESSED, "no_consequence"),
        (consequence(Term.STOP_GAINED), NOT_MET, "comparator.not_missense"),
        (consequence(Term.INFRAME_DELETION), NOT_MET, "comparator.not_missense"),
        (missense("GV", "RA"), NOT_MET, "comparator.not_missense"),
    ],
    ids=["no consequence", "nonsense", "in frame", "two residues at once"],
)
def test_what_is_no_missense(
    decide: Decide, effect: Consequence | None, outcome: Outcome, reason: str
) -> None:
    verdict = replace(told("yes"), consequence=effect).ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)


@pytest.mark.parametrize("decide", [pp2, bp1])
def test_mitochondrial_dna_is_not_asked_about(decide: Decide) -> None:
    verdict = replace(told("yes"), allele=allele("MT-3243-A-G")).ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "constraint.mitochondrial")
