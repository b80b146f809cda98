"""BA1, BS1 and PM2: the frequency that the disease allows, and when absence says anything."""

from dataclasses import replace

import pytest

from core_builders import MISSENSE, RULES, Setting, allele, frequency, missense
from varinterp.acmg.assess import Decide
from varinterp.acmg.population import ba1, bs1, pm2
from varinterp.model.evidence import Outcome, Strength
from varinterp.model.facts import FREQUENCY, Coverage, Frequency
from varinterp.model.gene_disease import Inheritance

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
AD, AR = Inheritance.AUTOSOMAL_DOMINANT, Inheritance.AUTOSOMAL_RECESSIVE
X, MT = Inheritance.X_LINKED, Inheritance.MITOCHONDRIAL
COMMON = frequency(98_420, 1_609_000, faf95=0.0911, group_max_af=0.095)
COVERED, UNCOVERED = Coverage(True), Coverage(False)


def at(
    seen: Frequency | None,
    mode: Inheritance | None = AR,
    coverage: Coverage | None = None,
    name: str = MISSENSE,
) -> Setting:
    return Setting(
        allele=allele(name),
        inheritance=mode,
        consequence=missense(),
        frequency=seen,
        coverage=coverage,
    )


@pytest.mark.parametrize(
    ("seen", "outcome", "reason"),
    [
        pytest.param(COMMON, MET, "population.ba1", id="above five percent"),
        pytest.param(
            frequency(80_001, faf95=0.05),
            NOT_MET,
            "population.below_ba1",
            id="just five percent",
        ),
        pytest.param(
            frequency(90_000, faf95=0.0499),
            NOT_MET,
            "population.below_ba1",
            id="above five percent as counted, below it at the lower bound",
        ),
        pytest.param(
            frequency(100, 2000),
            NOT_MET,
            "population.below_ba1",
            id="no bound given: five percent of all people",
        ),
        pytest.param(frequency(101, 2000), MET, "population.ba1", id="2000 alleles are enough"),
        pytest.param(
            frequency(1_000, 1999), NOT_ASSESSED, "population.too_few_alleles", id="1999 are not"
        ),
        pytest.param(
            frequency(10, group_max_af=0.06), MET, "population.ba1", id="common in one group only"
        ),
        pytest.param(
            replace(COMMON, usable=False),
            NOT_ASSESSED,
            "population.site_failed_filters",
            id="a site that failed its filters proves nothing",
        ),
        pytest.param(None, NOT_ASSESSED, "population.site_not_covered", id="no row, not covered"),
    ],
)
def test_ba1(seen: Frequency | None, outcome: Outcome, reason: str) -> None:
    verdict = at(seen).ask(ba1)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)
    assert verdict.strength is (Strength.STAND_ALONE if outcome is MET else None)


def test_ba1_says_which_frequency_it_compared() -> None:
    reason = at(COMMON).ask(ba1).reason

    assert dict(reason.facts) == {
        "ac": 98_420,
        "an": 1_609_000,
        "frequency": 0.0911,
        "group": "nfe",
        "limit": 0.05,
        "measure": "faf95",
    }


EXCEPTIONS = {
    "ACAD9 c.-44_-41dup": "3-128879647-C-CTAAG",
    "GJB2 c.109G>A": "13-20189473-C-T",
    "HFE c.187C>G": "6-26090951-C-G",
    "HFE c.845G>A": "6-26092913-G-A",
    "MEFV c.1105C>T": "16-3249586-G-A",
    "MEFV c.1223G>A": "16-3249468-C-T",
    "PIBF1 c.1214G>A": "13-72835359-G-A",
    "ACADS c.511C>T": "12-120737875-C-T",
    "BTD c.1330G>C": "3-15645186-G-C",
}


@pytest.mark.parametrize("name", EXCEPTIONS.values(), ids=EXCEPTIONS.keys())
def test_an_exception_of_ba1_is_called_benign_by_neither_ba1_nor_bs1(name: str) -> None:
    setting = at(COMMON, name=name)

    assert setting.ask(ba1).reason.key == "population.ba1_exception"
    assert setting.ask(ba1).outcome is NOT_MET
    assert setting.ask(bs1).reason.key == "population.ba1_exception"
    assert setting.ask(bs1).outcome is NOT_ASSESSED


def test_the_exceptions_are_the_nine_of_clingen_and_no_other() -> None:
    assert sorted(EXCEPTIONS.values()) == sorted(
        word for word in _words(RULES["population.ba1_exceptions"].value)
    )


def _words(value: object) -> tuple[str, ...]:
    assert isinstance(value, tuple)
    return value


@pytest.mark.parametrize("mode", [AD, X])
@pytest.mark.parametrize(
    ("faf95", "outcome", "reason"),
    [
        pytest.param(0.0101, MET, "population.bs1", id="above one percent"),
        pytest.param(0.01, NOT_MET, "population.below_bs1", id="exactly one percent"),
        pytest.param(0.0501, NOT_MET, "population.counted_as_ba1", id="BA1 takes its place"),
    ],
)
def test_bs1(mode: Inheritance, faf95: float, outcome: Outcome, reason: str) -> None:
    verdict = at(frequency(80_000, faf95=faf95), mode).ask(bs1)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)
    assert verdict.strength is (Strength.STRONG if outcome is MET else None)


def test_a_common_allele_of_a_recessive_disease_is_not_called_too_common() -> None:
    """CFTR p.Phe508del is above 1 % and pathogenic."""
    verdict = at(frequency(80_000, faf95=0.0145), AR).ask(bs1)

    assert verdict.outcome is NOT_ASSESSED
    assert verdict.reason.key == "population.no_disease_maximum"


@pytest.mark.parametrize("count", [0, 1, 1_000, 400_000])
def test_ba1_and_bs1_and_pm2_never_count_together(count: int) -> None:
    setting = at(frequency(count, group_max_af=count / 1_600_000), AR)

    assert sum(setting.ask(decide).strength is not None for decide in (ba1, bs1, pm2)) <= 1


def test_bs1_needs_a_disease_to_compare_with() -> None:
    verdict = at(COMMON, None).ask(bs1)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "no_known_disease")


@pytest.mark.parametrize("decide", [ba1, bs1, pm2])
@pytest.mark.parametrize("seen", [COMMON, frequency(0), None])
def test_a_nuclear_allele_of_a_mitochondrial_disease_has_no_limits(
    decide: Decide, seen: Frequency | None
) -> None:
    verdict = at(seen, MT, COVERED).ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "mitochondrial.nuclear_allele")


@pytest.mark.parametrize(
    ("mode", "seen", "coverage", "outcome", "reason"),
    [
        pytest.param(AD, None, COVERED, MET, "population.absent", id="AD: absent and covered"),
        pytest.param(AR, None, COVERED, MET, "population.absent", id="AR: absent and covered"),
        pytest.param(None, None, COVERED, MET, "population.absent", id="no disease: absent"),
        pytest.param(
            AD,
            None,
            UNCOVERED,
            NOT_ASSESSED,
            "population.site_not_covered",
            id="absent where nobody looked",
        ),
        pytest.param(
            AD,
            None,
            None,
            NOT_ASSESSED,
            "population.site_not_covered",
            id="absent and nothing known of the coverage",
        ),
        pytest.param(
            AD, frequency(0), None, MET, "population.absent", id="AD: looked for, no copy seen"
        ),
        pytest.param(
            AD,
            frequency(0, 1_200),
            None,
            NOT_ASSESSED,
            "population.too_few_alleles",
            id="no copy in too few people",
        ),
        pytest.param(AD, frequency(1), None, NOT_MET, "population.observed", id="AD: one copy"),
        pytest.param(X, frequency(1), None, NOT_MET, "population.observed", id="XL: one copy"),
        pytest.param(
            None, frequency(1), None, NOT_MET, "population.observed", id="no disease: one copy"
        ),
        pytest.param(AR, frequency(1), None, MET, "population.rare", id="AR: one copy"),
        pytest.param(
            AR, frequency(7, 100_000), None, MET, "population.rare", id="AR: exactly 0.00007"
        ),
        pytest.param(
            AR, frequency(8, 100_000), None, NOT_MET, "population.observed", id="AR: above 0.00007"
        ),
        pytest.param(
            AR,
            frequency(10, group_max_af=0.0001),
            None,
            NOT_MET,
            "population.observed",
            id="AR: above it in one group",
        ),
        pytest.param(
            AR,
            frequency(8, 100_000, faf95=0.00004, group_max_af=0.00008),
            None,
            NOT_MET,
            "population.observed",
            id="AR: a lower bound does not make it rare",
        ),
        pytest.param(
            AD,
            frequency(2, group_max_af=0.0),
            None,
            NOT_MET,
            "population.observed",
            id="AD: seen outside the groups that are compared",
        ),
        pytest.param(
            AR,
            frequency(0, usable=False),
            COVERED,
            NOT_ASSESSED,
            "population.site_failed_filters",
            id="a site that failed its filters is not an absence",
        ),
    ],
)
def test_pm2(
    mode: Inheritance | None,
    seen: Frequency | None,
    coverage: Coverage | None,
    outcome: Outcome,
    reason: str,
) -> None:
    verdict = at(seen, mode, coverage).ask(pm2)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)
    assert verdict.strength is (Strength.SUPPORTING if outcome is MET else None)


@pytest.mark.parametrize("decide", [ba1, bs1, pm2])
def test_without_a_population_resource_nothing_is_said(decide: Decide) -> None:
    setting = at(None, AD, COVERED)
    verdict = replace(setting, consulted=setting.consulted - {FREQUENCY.source}).ask(decide)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "population.no_resource")


@pytest.mark.parametrize("decide", [ba1, bs1])
@pytest.mark.parametrize("seen", [None, frequency(0)], ids=["no row", "no copy"])
def test_an_absent_allele_is_considered_and_not_common(
    decide: Decide, seen: Frequency | None
) -> None:
    assert at(seen, AD, COVERED).ask(decide).outcome is NOT_MET
