"""BA1, BS1 and PM2 of mitochondrial DNA: McCormick 2020 (PMID 32906214)."""

from dataclasses import replace

import pytest

from core_builders import RULES, Setting, allele, frequency
from founder_listings import listed
from varinterp.acmg import mitochondrial
from varinterp.acmg.assess import Decide
from varinterp.acmg.mitochondrial import instead
from varinterp.acmg.population import ba1, bs1, pm2
from varinterp.acmg.question import Question
from varinterp.model.evidence import Outcome, Strength, not_met
from varinterp.model.facts import FREQUENCY, Coverage, Frequency, Rule
from varinterp.model.gene_disease import Inheritance
from varinterp.model.population import LocalFrequency
from varinterp.model.reads import Reader

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
AR, MT = Inheritance.AUTOSOMAL_RECESSIVE, Inheritance.MITOCHONDRIAL
PEOPLE = 56_434
MELAS = "MT-3243-A-G"


def homoplasmic(people: int, of: int = 100_000) -> Frequency:
    """A row as gnomAD's mitochondrial release is read: no pairs, no groups, no bound."""
    return replace(frequency(people, of), nhomalt=None, hemizygotes=None)


def at(
    seen: Frequency | None,
    mode: Inheritance | None = MT,
    coverage: bool | None = None,
    **facts: object,
) -> Setting:
    covered = None if coverage is None else Coverage(coverage)
    setting = Setting(
        allele=allele(MELAS), inheritance=mode, frequency=seen, coverage=covered, transcript=None
    )
    return replace(setting, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", [MT, None, AR])
@pytest.mark.parametrize(
    ("people", "outcome", "reason"),
    [
        pytest.param(1_000, NOT_MET, "mitochondrial.below", id="just one percent"),
        pytest.param(1_001, MET, "mitochondrial.ba1", id="above it"),
        pytest.param(0, NOT_MET, "mitochondrial.below", id="nobody"),
    ],
)
def test_ba1_above_one_percent(
    mode: Inheritance | None, people: int, outcome: Outcome, reason: str
) -> None:
    verdict = at(homoplasmic(people), mode).ask(ba1)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)
    assert verdict.strength is (Strength.STAND_ALONE if outcome is MET else None)
    assert (verdict.reason["limit"], verdict.reason["ac"]) == (0.01, people)


@pytest.mark.parametrize("mode", [MT, AR])
@pytest.mark.parametrize(
    ("people", "outcome", "reason", "limit"),
    [
        pytest.param(500, NOT_MET, "mitochondrial.below", 0.005, id="just half a percent"),
        pytest.param(501, MET, "mitochondrial.bs1", 0.005, id="above it"),
        pytest.param(1_001, NOT_MET, "population.counted_as_ba1", None, id="BA1 takes its place"),
    ],
)
def test_bs1_above_half_a_percent(
    mode: Inheritance, people: int, outcome: Outcome, reason: str, limit: float | None
) -> None:
    verdict = at(homoplasmic(people), mode).ask(bs1)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)
    assert verdict.strength is (Strength.STRONG if outcome is MET else None)
    assert dict(verdict.reason.facts) == {
        "ac": people,
        "an": 100_000,
        "frequency": people / 100_000,
        "limit": limit,
        "measure": "af",
        "group": None,
    }


def test_asked_directly_bs1_leaves_to_ba1_what_ba1_counts() -> None:
    verdict = mitochondrial.bs1(_question(at(homoplasmic(1_001))))

    assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "population.counted_as_ba1")


def _question(setting: Setting) -> Question:
    return Question(setting.key, None, Reader(setting.evidence))


def test_bs1_needs_a_disease() -> None:
    verdict = at(homoplasmic(501), None).ask(bs1)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "no_known_disease")


@pytest.mark.parametrize("mode", [MT, None, AR])
@pytest.mark.parametrize(
    ("seen", "outcome", "reason"),
    [
        pytest.param(homoplasmic(1), MET, "mitochondrial.rare", id="1 in 100,000"),
        pytest.param(homoplasmic(2), NOT_MET, "mitochondrial.observed", id="just 1 in 50,000"),
        pytest.param(homoplasmic(1, PEOPLE), MET, "mitochondrial.rare", id="one in gnomAD 3.1"),
        pytest.param(homoplasmic(2, PEOPLE), NOT_MET, "mitochondrial.observed", id="two in it"),
        pytest.param(homoplasmic(0), MET, "mitochondrial.rare", id="in part of the copies alone"),
        pytest.param(
            homoplasmic(0, 1_999), NOT_ASSESSED, "population.too_few_alleles", id="too few people"
        ),
        pytest.param(
            replace(homoplasmic(0), usable=False),
            NOT_ASSESSED,
            "population.site_failed_filters",
            id="a site prone to artefacts",
        ),
    ],
)
def test_pm2_below_one_in_fifty_thousand(
    mode: Inheritance | None, seen: Frequency, outcome: Outcome, reason: str
) -> None:
    verdict = at(seen, mode).ask(pm2)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)
    assert verdict.strength is (Strength.SUPPORTING if outcome is MET else None)
    if reason.startswith("mitochondrial"):
        assert dict(verdict.reason.facts) == {
            "ac": seen.ac,
            "an": seen.an,
            "frequency": seen.af,
            "limit": 0.00002,
            "measure": "af",
            "group": None,
        }


@pytest.mark.parametrize(
    ("coverage", "rare", "common"),
    [
        pytest.param(True, MET, NOT_MET, id="looked for"),
        pytest.param(False, NOT_ASSESSED, NOT_ASSESSED, id="not looked for"),
    ],
)
def test_an_absent_allele(coverage: bool, rare: Outcome, common: Outcome) -> None:
    setting = at(None, MT, coverage)

    assert setting.ask(pm2).outcome is rare
    assert [setting.ask(decide).outcome for decide in (ba1, bs1)] == [common, common]
    # Asked directly: an answer of nothing would leave the allele to the nuclear rules.
    direct = [mitochondrial.ba1, mitochondrial.bs1, mitochondrial.pm2]
    assert [setting.ask(decide).outcome for decide in direct] == [common, common, rare]


@pytest.mark.parametrize("decide", [ba1, bs1, pm2])
def test_without_a_population_resource_nothing_is_said(decide: Decide) -> None:
    setting = at(None, MT, True)
    verdict = replace(setting, consulted=setting.consulted - {FREQUENCY.source}).ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "population.no_resource")


@pytest.mark.parametrize(
    ("decide", "code", "people", "reason"),
    [
        pytest.param(ba1, "BA1", 1_001, "population.listed", id="BA1"),
        pytest.param(bs1, "BS1", 501, "population.listed", id="BS1"),
        pytest.param(pm2, "PM2", 1, "population.listed_not_rare", id="PM2"),
    ],
)
def test_a_list_of_founder_alleles_goes_before(
    decide: Decide, code: str, people: int, reason: str
) -> None:
    mine = at(homoplasmic(people), AR, listed=listed(code)).ask(decide)
    other = at(homoplasmic(people), AR, listed=listed("none")).ask(decide)

    assert (mine.outcome, mine.reason.key) == (NOT_MET, reason)
    assert mine.reason["list"] == "Constructed founder list"
    if decide is not pm2:
        compared = ("ac", "an", "frequency", "limit")
        assert [mine.reason[fact] for fact in compared] == [other.reason[fact] for fact in compared]
    assert other.outcome is MET


def test_what_is_common_in_the_laboratory_is_not_rare() -> None:
    own = LocalFrequency(60, 4_000, None, None, None)
    verdict = at(homoplasmic(0), MT, local=own).ask(pm2)

    assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "population.locally_common")


@pytest.mark.parametrize("decide", [ba1, bs1])
def test_the_laboratory_s_own_counts_are_no_evidence_of_homoplasmy(decide: Decide) -> None:
    own = LocalFrequency(600, 4_000, None, None, None)
    counted = {**RULES, "population.local_use": Rule("counted")}
    verdict = at(homoplasmic(0), MT, local=own, rules=counted).ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "mitochondrial.below")


@pytest.mark.parametrize(
    ("rule", "decide", "people"),
    [
        pytest.param("mitochondrial.ba1", ba1, 301, id="BA1"),
        pytest.param("mitochondrial.bs1", bs1, 301, id="BS1"),
        pytest.param("mitochondrial.pm2_below", pm2, 299, id="PM2"),
    ],
)
def test_a_specification_states_limits_of_its_own(rule: str, decide: Decide, people: int) -> None:
    setting = at(homoplasmic(people))
    rules = {**RULES, f"constructed-1/{rule}": Rule(0.003)}
    specified = replace(setting, specification="constructed-1", rules=rules)

    assert setting.ask(decide).outcome is NOT_MET
    assert specified.ask(decide).outcome is MET


def test_the_chromosome_decides_which_rules_hold() -> None:
    def decided(_: Question) -> object:
        return not_met("test")

    def asked(name: str, mode: Inheritance | None) -> str | None:
        setting = replace(at(None, mode), allele=allele(name))
        question = Question(setting.key, None, Reader(setting.evidence))
        verdict = instead(question, decided)  # type: ignore[arg-type]
        return None if verdict is None else verdict.reason.key

    assert [asked(MELAS, mode) for mode in (MT, AR, None)] == ["test"] * 3
    assert asked("22-20061538-G-A", MT) == "mitochondrial.nuclear_allele"
    assert asked("22-20061538-G-A", AR) is None
    assert asked("22-20061538-G-A", None) is None
