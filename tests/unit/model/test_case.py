"""Finding one's way in an analysis."""

from dataclasses import replace

import pytest

from core_builders import (
    HET,
    MISSENSE,
    RULES,
    SINGLETON,
    Setting,
    allele,
    calls,
    candidate,
    case,
    frequency,
    missense,
)
from varinterp.model.case import CaseResult, Tier

ONE = Setting(consequence=missense())
RESULT = CaseResult(
    case=case(SINGLETON),
    candidates=tuple(
        candidate(MISSENSE, calls(proband=HET), gene) for gene in ("HGNC:25439", "HGNC:7")
    ),
    assessments=(ONE.assess(),),
    ranking=(),
    phenotypes={},
    term_names={},
    facts={},
    releases=(),
    versions={},
    counts=(),
)


def test_an_allele_of_two_genes_is_a_candidate_in_each() -> None:
    assert RESULT.candidate(ONE.key).consequence.hgnc == "HGNC:25439"
    assert RESULT.candidate(replace(ONE.key, gene="HGNC:7")).consequence.hgnc == "HGNC:7"


def test_an_assessment_is_found_by_its_key() -> None:
    assert RESULT.assessment(ONE.key).key == ONE.key


@pytest.mark.parametrize("find", [RESULT.candidate, RESULT.assessment])
def test_what_was_not_analysed_is_not_found(find: object) -> None:
    assert callable(find)
    with pytest.raises(KeyError):
        find(replace(ONE.key, allele=allele("22-1-A-C")))


def test_tiers_are_read_from_the_proposed_on() -> None:
    assert [tier.rank for tier in Tier] == list(range(7))
    assert Tier.PROPOSED.rank < Tier.POSSIBLE.rank < Tier.KNOWN_ALLELE.rank
    assert Tier.PROPOSED.section == Tier.POSSIBLE.section < Tier.KNOWN_ALLELE.section
    assert Tier.NOT_RETAINED.rank < Tier.SECONDARY.rank < Tier.UNRELATED.rank


def test_the_highest_frequency_that_was_counted() -> None:
    bounded = frequency(100, faf95=0.00003, group_max_af=0.0001)

    assert bounded.highest_observed == 0.0001
    assert frequency(16).highest_observed == 0.00001


def test_every_rule_has_a_value() -> None:
    assert all(rule.value not in ("", ()) for rule in RULES.values())
