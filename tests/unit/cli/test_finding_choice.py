"""Which conclusion on an allele a person means who drafts a finding."""

from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import pytest

from varinterp.cli.registry.finding_choice import conclusion
from varinterp.errors import InputError
from varinterp.model.assessment import Assessment
from varinterp.model.case import CaseResult, Tier
from whole_analysis import analysis

ANALYSIS = analysis()
FIRST = ANALYSIS.ranking[0]
MINE, OTHER = FIRST.keys[0].disease, "OMIM:604370"
ALLELE = FIRST.keys[0].allele


@dataclass(frozen=True)
class Registered:
    """A registry with one case: an allele in two diseases, of these tiers."""

    mine: Tier
    other: Tier

    @property
    def told(self) -> tuple[Assessment, Assessment]:
        (known,) = [each for each in ANALYSIS.assessments if each.key == FIRST.keys[0]]
        return known, replace(known, key=replace(known.key, disease=OTHER))

    def current_of(self, case: str, alleles: object) -> tuple[Any, ...]:
        return tuple(SimpleNamespace(assessment=each) for each in self.told)

    def result(self, case: str) -> CaseResult:
        places = zip(self.told, (self.mine, self.other), strict=True)
        ranking = tuple(replace(FIRST, keys=(each.key,), tier=tier) for each, tier in places)
        return replace(ANALYSIS, ranking=ranking)


def chosen(mine: Tier, other: Tier, disease: str | None = None) -> str:
    desk: Any = SimpleNamespace(registry=Registered(mine, other))
    return conclusion(desk, "case", ALLELE, disease).assessment.key.disease


def test_a_disease_that_is_none_of_the_patients_is_no_choice() -> None:
    assert chosen(Tier.PROPOSED, Tier.UNRELATED) == MINE


def test_it_is_meant_where_it_is_named() -> None:
    assert chosen(Tier.PROPOSED, Tier.UNRELATED, OTHER) == OTHER


def test_two_diseases_of_the_patients_are_a_choice_to_make() -> None:
    with pytest.raises(InputError, match=f"{OTHER}, {MINE}"):
        chosen(Tier.PROPOSED, Tier.NOT_RETAINED)


def test_what_is_none_of_the_patients_alone_is_not_named() -> None:
    with pytest.raises(InputError) as refused:
        chosen(Tier.UNRELATED, Tier.UNRELATED)

    assert "OMIM" not in str(refused.value)
