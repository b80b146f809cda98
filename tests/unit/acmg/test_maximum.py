"""How common an allele that causes the disease can be, and what follows for BS1 and PM2."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_builders import RULES, Setting, frequency, missense
from founder_listings import listed
from varinterp.acmg.maximum import MODEL, Basis, credible, disease_maximum, limit_of_bs1
from varinterp.acmg.population import ba1, bs1, pm2
from varinterp.acmg.question import Question
from varinterp.errors import InternalError
from varinterp.model.evidence import Outcome, Strength
from varinterp.model.facts import Coverage, Frequency, Rule
from varinterp.model.gene_disease import Inheritance
from varinterp.model.population import GroupFrequency, LocalFrequency
from varinterp.model.reads import Reader

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
AD, AR = Inheritance.AUTOSOMAL_DOMINANT, Inheritance.AUTOSOMAL_RECESSIVE
X = Inheritance.X_LINKED
SPEC = "constructed-1"
HCM = {
    "population.prevalence": 0.002,
    "population.allelic_heterogeneity": 0.02,
    "population.genetic_heterogeneity": 1.0,
    "population.penetrance": 0.5,
}
"""Whiffin 2017's own example, hypertrophic cardiomyopathy: a maximum of 4e-5."""


def specified(
    seen: Frequency | None, mode: Inheritance | None = AD, **stated: float | str
) -> Setting:
    """A hypothesis that a specification holds for; its rules with ``__`` for the full stop."""
    return under({name.replace("__", "."): value for name, value in stated.items()}, seen, mode)


def under(
    stated: Mapping[str, float | str], seen: Frequency | None, mode: Inheritance | None = AD
) -> Setting:
    own = {f"{SPEC}/{name}": Rule(value) for name, value in stated.items()}
    return Setting(
        inheritance=mode,
        consequence=missense(),
        frequency=seen,
        coverage=Coverage(True) if seen is None else None,
        specification=SPEC,
        rules={**RULES, **own},
    )


def question(setting: Setting) -> Question:
    return Question(setting.key, None, Reader(setting.evidence))


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        pytest.param(AD, 0.5 * 0.002 * 0.02 / 0.5, id="one allele: 4e-5, as Whiffin 2017 has it"),
        pytest.param(X, 0.002 * 0.02 / 0.5, id="X: twice that, as a man has one copy"),
        pytest.param(AR, 0.002**0.5 * 0.02 / 0.5**0.5, id="two alleles: the square root"),
    ],
)
def test_the_maximum_credible_frequency(mode: Inheritance, expected: float) -> None:
    shares = {name.partition(".")[2]: value for name, value in HCM.items()}

    assert credible(mode, **shares) == pytest.approx(expected, rel=1e-12)


def test_recessive_disease_takes_the_root_of_one_gene_s_share_and_not_of_one_allele_s() -> None:
    found = credible(
        AR,
        prevalence=0.0001,
        allelic_heterogeneity=0.25,
        genetic_heterogeneity=0.25,
        penetrance=1.0,
    )

    assert found == pytest.approx(0.01 * 0.25 * 0.5)


def test_one_gene_s_share_counts_whole_in_a_dominant_disease() -> None:
    found = credible(
        AD, prevalence=0.01, allelic_heterogeneity=0.1, genetic_heterogeneity=0.25, penetrance=1.0
    )

    assert found == pytest.approx(0.000125)


@pytest.mark.parametrize("name", MODEL)
@pytest.mark.parametrize("share", [0.0, -0.1, 1.0001])
def test_a_share_that_is_none_is_our_own_fault(name: str, share: float) -> None:
    shares = dict.fromkeys(MODEL, 0.5) | {name: share}

    with pytest.raises(InternalError, match="above 0 and at most 1"):
        credible(AD, **shares)


@pytest.mark.parametrize("mode", [AD, AR, X])
def test_a_share_of_one_is_a_share(mode: Inheritance) -> None:
    assert credible(mode, **dict.fromkeys(MODEL, 1.0)) == (0.5 if mode is AD else 1.0)


@given(st.lists(st.floats(1e-9, 1), min_size=4, max_size=4))
def test_x_is_never_stricter_than_a_dominant_disease_nor_a_recessive_one_than_x(
    shares: list[float],
) -> None:
    dominant, x, recessive = (
        credible(mode, **dict(zip(MODEL, shares, strict=True))) for mode in (AD, X, AR)
    )

    assert dominant <= x
    if shares[0] * shares[2] <= shares[3]:
        assert x <= recessive * (1 + 1e-9)


def test_where_a_limit_comes_from() -> None:
    nothing, fixed = under({}, None), under({"population.bs1": 0.003, **HCM}, None)
    model, voided = under(HCM, None), under({"population.bs1": "none"}, None)

    general = limit_of_bs1(question(nothing))
    assert general is not None
    assert (general.value, general.basis, general.model) == (0.01, Basis.GENERAL, ())
    assert disease_maximum(question(nothing)) is None
    stated = limit_of_bs1(question(fixed))
    assert stated is not None
    assert (stated.value, stated.basis, stated.model) == (0.003, Basis.SPECIFIED, ())
    reckoned = limit_of_bs1(question(model))
    assert reckoned is not None
    assert reckoned.value == pytest.approx(4e-5)
    assert reckoned.basis is Basis.CREDIBLE
    assert dict(reckoned.model) == {name.partition(".")[2]: value for name, value in HCM.items()}
    assert limit_of_bs1(question(voided)) is None


@pytest.mark.parametrize("missing", HCM)
def test_a_model_that_lacks_a_number_gives_no_maximum(missing: str) -> None:
    rest = {name: value for name, value in HCM.items() if name != missing}

    assert disease_maximum(question(under(rest, None))) is None


def test_the_general_rules_hold_no_model() -> None:
    setting = replace(under({}, None), rules={**RULES, **{k: Rule(v) for k, v in HCM.items()}})

    assert disease_maximum(question(setting)) is None
    assert disease_maximum(question(replace(setting, specification="core"))) is None


def test_without_a_mode_of_inheritance_there_is_no_maximum() -> None:
    assert disease_maximum(question(under(HCM, None, None))) is None


@pytest.mark.parametrize("mode", [AD, AR, X])
@pytest.mark.parametrize(
    ("faf95", "outcome", "reason"),
    [
        pytest.param(0.0031, MET, "population.bs1_specified", id="above"),
        pytest.param(0.003, NOT_MET, "population.below_specified", id="just the limit"),
        pytest.param(0.0501, NOT_MET, "population.counted_as_ba1", id="BA1 takes its place"),
    ],
)
def test_a_specification_s_limit_holds_for_every_mode(
    mode: Inheritance, faf95: float, outcome: Outcome, reason: str
) -> None:
    verdict = specified(frequency(80_000, faf95=faf95), mode, population__bs1=0.003).ask(bs1)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)
    assert verdict.strength is (Strength.STRONG if outcome is MET else None)
    if outcome is MET:
        assert dict(verdict.reason.facts) == {
            "ac": 80_000,
            "an": 1_600_000,
            "frequency": faf95,
            "limit": 0.003,
            "measure": "faf95",
            "group": "nfe",
            "specification": SPEC,
        }


@pytest.mark.parametrize(
    ("mode", "faf95", "outcome", "reason", "limit"),
    [
        pytest.param(AD, 4.1e-5, MET, "population.bs1_credible", 4e-5, id="AD: above"),
        pytest.param(AD, 3.9e-5, NOT_MET, "population.below_credible", 4e-5, id="AD: below"),
        pytest.param(X, 7.9e-5, NOT_MET, "population.below_credible", 8e-5, id="X: below"),
        pytest.param(X, 8.1e-5, MET, "population.bs1_credible", 8e-5, id="X: above"),
        pytest.param(AR, 0.0012, NOT_MET, "population.below_credible", 0.0012649, id="AR: below"),
        pytest.param(AR, 0.0013, MET, "population.bs1_credible", 0.0012649, id="AR: above"),
    ],
)
def test_a_disease_model_gives_bs1_its_limit(
    mode: Inheritance, faf95: float, outcome: Outcome, reason: str, limit: float
) -> None:
    verdict = under(HCM, frequency(8_000, faf95=faf95), mode).ask(bs1)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)
    assert verdict.strength is (Strength.STRONG if outcome is MET else None)
    facts = dict(verdict.reason.facts)
    assert facts["limit"] == pytest.approx(limit, rel=1e-4)
    assert {f"population.{name}": facts[name] for name in MODEL} == HCM
    assert (facts["frequency"], facts["ac"]) == (faf95, 8_000)


@pytest.mark.parametrize(
    ("faf95", "strength", "reason"),
    [
        pytest.param(0.0007, None, "population.below_specified", id="just the lower limit"),
        pytest.param(0.00071, Strength.SUPPORTING, "population.bs1_supporting", id="above it"),
        pytest.param(0.003, Strength.SUPPORTING, "population.bs1_supporting", id="just the upper"),
        pytest.param(0.0031, Strength.STRONG, "population.bs1_specified", id="above both"),
    ],
)
def test_bs1_at_supporting_strength(faf95: float, strength: Strength | None, reason: str) -> None:
    """Hearing loss (Oza 2018): 0.3 % strong, 0.07 % supporting, for recessive disease."""
    stated = {"population.bs1": 0.003, "population.bs1_supporting": 0.0007}
    verdict = under(stated, frequency(8_000, faf95=faf95), AR).ask(bs1)

    assert (verdict.strength, verdict.reason.key) == (strength, reason)
    limit = 0.003 if strength is Strength.STRONG else 0.0007
    assert (verdict.reason["limit"], verdict.reason["specification"]) == (limit, SPEC)


def test_a_lower_limit_beside_the_general_one() -> None:
    stated = {"population.bs1_supporting": 0.002}
    below, between, above = (
        under(stated, frequency(9, faf95=faf95)).ask(bs1) for faf95 in (0.002, 0.0021, 0.011)
    )

    assert (below.reason.key, below.reason["limit"]) == ("population.below_specified", 0.002)
    assert (between.strength, between.reason["limit"]) == (Strength.SUPPORTING, 0.002)
    assert (above.strength, above.reason.key) == (Strength.STRONG, "population.bs1")
    recessive = under(stated, frequency(9, faf95=0.011), AR).ask(bs1)
    assert (recessive.outcome, recessive.reason.key) == (
        NOT_ASSESSED,
        "population.no_disease_maximum",
    )


def test_a_lower_limit_above_the_upper_one_never_counts() -> None:
    stated = {"population.bs1": 0.001, "population.bs1_supporting": 0.002}
    verdict = under(stated, frequency(9, faf95=0.0015)).ask(bs1)

    assert (verdict.strength, verdict.reason["limit"]) == (Strength.STRONG, 0.001)


def test_a_lower_limit_beside_a_model() -> None:
    stated = {**HCM, "population.bs1_supporting": 2e-5}
    low, middle, high = (
        under(stated, frequency(9, faf95=faf95)).ask(bs1) for faf95 in (2e-5, 3e-5, 5e-5)
    )

    assert low.reason.key == "population.below_specified"
    assert middle.reason.key == "population.bs1_supporting"
    assert high.reason.key == "population.bs1_credible"


def test_ba1_takes_a_specification_s_limit() -> None:
    stated = {"population.ba1": 0.005}
    at_it, above = (under(stated, frequency(9, faf95=faf)) for faf in (0.005, 0.0051))

    assert at_it.ask(ba1).reason.key == "population.below_ba1"
    assert at_it.ask(ba1).reason["limit"] == 0.005
    assert above.ask(ba1).strength is Strength.STAND_ALONE
    assert above.ask(bs1).reason.key == "population.below_bs1"


@pytest.mark.parametrize(("rule", "decide"), [("population.ba1", ba1), ("population.bs1", bs1)])
def test_a_limit_that_a_specification_voids_is_not_asked(rule: str, decide: object) -> None:
    verdict = under({rule: "none"}, frequency(9, faf95=0.2)).ask(decide)  # type: ignore[arg-type]

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "specification.not_applicable")
    assert verdict.reason["specification"] == SPEC


def test_a_listing_and_an_exception_go_before_a_specification_s_limit() -> None:
    setting = specified(frequency(9, faf95=0.004), AR, population__bs1=0.003)
    founder = replace(setting, listed=listed("BS1"))

    assert founder.ask(bs1).reason.key == "population.listed"
    assert (founder.ask(bs1).outcome, founder.ask(bs1).reason["limit"]) == (NOT_MET, 0.003)


def test_counts_of_the_laboratory_meet_a_lower_limit_only_when_told_to() -> None:
    setting = specified(frequency(1), AD, population__bs1=0.001)
    own = replace(setting, local=LocalFrequency(10, 4_000, None, None, None))
    counted = replace(own, rules={**own.rules, "population.local_use": Rule("counted")})

    assert own.ask(bs1).outcome is NOT_MET
    assert counted.ask(bs1).reason["measure"] == "local"


@pytest.mark.parametrize(
    ("stated", "mode", "seen", "rare", "limit"),
    [
        pytest.param({"population.pm2_max": 2e-5}, AD, frequency(32), True, 2e-5, id="just it"),
        pytest.param({"population.pm2_max": 2e-5}, AD, frequency(33), False, 2e-5, id="above it"),
        pytest.param({"population.pm2_max": 0.0}, AR, frequency(1), False, 0.0, id="absent only"),
        pytest.param({}, AD, frequency(1), False, 0.0, id="AD, nothing stated"),
        pytest.param({}, AR, frequency(112), True, 7e-5, id="AR, nothing stated: 0.00007"),
        pytest.param(
            {"population.pm2_max": 1e-5, "population.bs1_supporting": 4.3e-6},
            AD,
            frequency(12, faf95=4.3e-6),
            True,
            1e-5,
            id="PTEN: rare as counted, and not above the lower limit at its bound",
        ),
    ],
)
def test_pm2_takes_a_specification_s_limit(
    stated: Mapping[str, float], mode: Inheritance, seen: Frequency, rare: bool, limit: float
) -> None:
    verdict = under(stated, seen, mode).ask(pm2)

    assert verdict.reason.key == ("population.rare" if rare else "population.observed")
    assert verdict.strength is (Strength.SUPPORTING if rare else None)
    assert verdict.reason["limit"] == pytest.approx(limit)


@pytest.mark.parametrize(
    ("stated", "mode", "faf95", "by"),
    [
        pytest.param({"population.pm2_max": 0.01, **HCM}, AD, 5e-5, "BS1", id="a model's maximum"),
        pytest.param({"population.bs1": 3e-5}, AR, 3.1e-5, "BS1", id="a recessive disease's"),
        pytest.param({"population.bs1_supporting": 3e-5}, AR, 3.1e-5, "BS1", id="a lower limit"),
        pytest.param(
            {"population.pm2_max": 0.01, "population.ba1": 0.001}, None, 0.0011, "BA1", id="BA1's"
        ),
    ],
)
def test_what_the_disease_does_not_allow_is_not_rare(
    stated: Mapping[str, float], mode: Inheritance | None, faf95: float, by: str
) -> None:
    seen = frequency(round(faf95 * 1_600_000), faf95=faf95)
    verdict = under(stated, seen, mode).ask(pm2)

    assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "population.too_common_for_disease")
    assert verdict.reason["by"] == by


@given(
    st.sampled_from([AD, AR, X]),
    st.integers(0, 400_000),
    st.fixed_dictionaries(
        {},
        optional={
            "population.ba1": st.floats(1e-4, 0.2),
            "population.bs1": st.floats(1e-6, 0.1),
            "population.bs1_supporting": st.floats(1e-6, 0.1),
            "population.pm2_max": st.floats(0, 0.01),
            "population.prevalence": st.floats(1e-6, 1),
        },
    ),
)
def test_whatever_is_stated_an_allele_is_never_both_common_and_rare(
    mode: Inheritance, ac: int, stated: dict[str, float]
) -> None:
    model = {name: 0.5 for name in HCM} if "population.prevalence" in stated else {}
    seen = replace(frequency(ac), groups=(GroupFrequency("nfe", ac, 1_600_000),))
    setting = under({**model, **stated}, seen, mode)

    assert sum(setting.ask(decide).strength is not None for decide in (ba1, bs1, pm2)) <= 1
