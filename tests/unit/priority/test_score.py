"""What a hypothesis' log-odds are the sum of: every part with its reason, and no part twice."""

from dataclasses import replace
from math import isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_builders import RULES, WEIGHTS, finding, link
from ranked import AD, AR, DISEASE, MATCH, NULL, SILENT, Place, phenotype
from varinterp.model.case import Contribution, Part, RankedHypothesis
from varinterp.model.evidence import GRADED, Criterion, Finding, Strength
from varinterp.model.facts import Rule
from varinterp.model.fit import Fit, does_not_fit, unknown
from varinterp.model.gene_disease import Validity
from varinterp.model.panel import Panel
from varinterp.priority.weights import Weights, logistic, logit

POINT = log(350) / 8
FAMILY = (finding(Criterion.PP1, Strength.MODERATE),)


def parts(found: RankedHypothesis, part: Part) -> list[Contribution]:
    return [each for each in found.contributions if each.part is part]


def part(found: RankedHypothesis, wanted: Part) -> Contribution:
    (only,) = parts(found, wanted)
    return only


def test_the_parts_sum_to_the_log_odds() -> None:
    found = Place((NULL,)).ranked()

    assert isclose(found.log_odds, logit(0.1) + 2.0 + 9 * POINT + log(0.8), abs_tol=0.0005)
    assert [each.part for each in found.contributions] == [
        *(Part.PRIOR, Part.PHENOTYPE, Part.VARIANT, Part.GENOTYPE, Part.VALIDITY),
    ]


def test_a_point_is_worth_the_eighth_root_of_350() -> None:
    assert part(Place((NULL,)).ranked(), Part.VARIANT).log_odds == round(9 * POINT, 4)
    assert part(Place((SILENT,)).ranked(), Part.VARIANT).log_odds == round(-2 * POINT, 4)


@pytest.mark.parametrize("criterion", [Criterion.PP4, Criterion.PP1, Criterion.BS4])
def test_phenotype_and_family_are_no_evidence_on_the_allele(criterion: Criterion) -> None:
    more = Place(((*NULL, finding(criterion, Strength.STRONG)),)).ranked()

    assert part(more, Part.VARIANT) == part(Place((NULL,)).ranked(), Part.VARIANT)
    assert more.variant_score == Place((NULL,)).ranked().variant_score


def test_how_an_allele_runs_in_the_family_counts_once_and_among_the_genotypes() -> None:
    first, family = parts(Place(((*NULL, *FAMILY),)).ranked(), Part.GENOTYPE)

    assert (first.log_odds, first.reason.key) == (0.0, "score.genotype_fits")
    assert family.log_odds == round(2 * POINT, 4)
    assert family.reason["sum_of_points"] == 2


def test_both_alleles_of_a_pair_must_be_pathogenic() -> None:
    one = part(Place((NULL,)).ranked(), Part.VARIANT).log_odds
    pair = part(Place((NULL, NULL)).ranked(), Part.VARIANT)
    weak = part(Place((NULL, ())).ranked(), Part.VARIANT)

    chance = logistic(logit(0.1) + 9 * POINT)
    assert pair.log_odds == round(logit(chance * chance) - logit(0.1), 4) < one
    assert weak.log_odds < 0 < pair.log_odds
    assert weak.log_odds == round(logit(chance * 0.1) - logit(0.1), 4)
    assert (pair.reason["one"], pair.reason["other"]) == (9, 9)


def test_a_certain_partner_takes_nothing_from_an_allele() -> None:
    certain = tuple(
        finding(each, Strength.VERY_STRONG)
        for each in (Criterion.PVS1, Criterion.PS3, Criterion.PM3)
    )
    pair = part(Place((certain, NULL)).ranked(), Part.VARIANT).log_odds
    alone = part(Place((NULL,)).ranked(), Part.VARIANT).log_odds

    assert isclose(pair, alone, abs_tol=0.01)


@pytest.mark.parametrize(
    ("fit", "key", "log_odds"),
    [
        (unknown("inheritance.phase_unknown"), "score.genotype_phase_unknown", log(0.5)),
        (unknown("inheritance.member_without_call"), "score.genotype_unknown", 0.0),
        (does_not_fit("inheritance.in_cis"), "score.genotype_contradicts", log(0.05)),
    ],
)
def test_genotypes_weigh_by_what_they_say(fit: Fit, key: str, log_odds: float) -> None:
    place = replace(Place((NULL, NULL)), fit=fit)
    found = part(place.ranked(), Part.GENOTYPE)

    assert (found.reason.key, found.log_odds) == (key, round(log_odds, 4))


def test_a_phenotype_that_was_not_compared_counts_neither_way() -> None:
    found = part(Place((NULL,)).ranked(None), Part.PHENOTYPE)

    assert (found.log_odds, found.reason.key) == (0.0, "score.phenotype_not_assessed")


def test_excluded_terms_are_not_counted_among_the_patients() -> None:
    found = Place((NULL,)).ranked(phenotype(1.0, "exact", "absent", "excluded"))

    assert part(found, Part.PHENOTYPE).reason["terms"] == found.reason["terms"] == 2


def test_a_better_founded_link_is_worth_more() -> None:
    weights = [
        part(
            replace(Place((NULL,)), disease=replace(DISEASE, validity=validity)).ranked(),
            Part.VALIDITY,
        ).log_odds
        for validity in (Validity.DEFINITIVE, Validity.MODERATE, Validity.LIMITED)
    ]
    none = part(Place((NULL,), disease=None).ranked(None), Part.VALIDITY)

    assert weights == sorted(weights, reverse=True)
    assert weights[0] == 0.0 > weights[1]
    assert (none.reason.key, none.log_odds) == ("score.validity_none", round(log(0.05), 4))


def test_every_class_that_raises_a_hypothesis_has_its_rule() -> None:
    assert set(WEIGHTS.validity) == {each for each in Validity if each.raises_hypotheses}
    assert all(0 < share <= 1 for share in WEIGHTS.validity.values())


def test_the_phenotypes_weight_is_a_rule() -> None:
    half = Weights.read({**RULES, "rank.phenotype_weight": Rule(0.5)})

    assert part(Place((NULL,)).ranked(weights=half), Part.PHENOTYPE).log_odds == 1.0


@pytest.mark.parametrize("key", ["rank.prior", "rank.left_out", "rank.validity.limited"])
def test_a_missing_rule_is_never_guessed(key: str) -> None:
    with pytest.raises(KeyError):
        Weights.read({name: rule for name, rule in RULES.items() if name != key})


met = st.lists(
    st.tuples(st.sampled_from(Criterion), st.sampled_from(GRADED)),
    max_size=6,
    unique_by=lambda each: each[0],
)


@given(met, st.floats(-20, 20), st.sampled_from([AD, AR]))
def test_log_odds_are_what_the_parts_sum_to_and_a_probability_comes_of_it(
    strengths: list[tuple[Criterion, Strength]], log_lr: float, mode: object
) -> None:
    findings: tuple[Finding, ...] = tuple(finding(*each) for each in strengths)
    place = replace(Place((findings,)), disease=link(mode))  # type: ignore[arg-type]
    found = place.ranked(phenotype(log_lr, "exact"))

    assert isclose(found.log_odds, sum(each.log_odds for each in found.contributions))
    assert 0 <= found.score <= 1
    assert 0 <= found.variant_score <= 1


@given(st.floats(-30, 30))
def test_a_probability_and_its_log_odds_are_one(log_odds: float) -> None:
    assert isclose(logit(logistic(log_odds)), log_odds, rel_tol=1e-3, abs_tol=1e-6)


def test_no_panel_is_no_part() -> None:
    nothing: tuple[Panel, ...] = ()

    assert parts(Place((NULL,)).ranked(MATCH, panels=nothing), Part.PANEL) == []
