"""The prior class: everything but the criteria on partners and family."""

from dataclasses import replace

import pytest

from core_builders import (
    HET,
    REF,
    RULES,
    YES,
    Other,
    Setting,
    calls,
    consequence,
    frequency,
    trio,
)
from varinterp.acmg.prior import LEFT_OUT, prior
from varinterp.model.assessment import AcmgClass, PriorClass
from varinterp.model.curation import Curations, InTrans, Origin, PartnerClass, Phase, Scope
from varinterp.model.evidence import Criterion
from varinterp.model.facts import PhenotypeFit, Rule
from varinterp.model.gene_disease import Inheritance
from varinterp.model.transcript import Term

OTHER = "22-20043360-C-T"


def of(setting: Setting) -> PriorClass:
    name = None if setting.transcript is None else setting.transcript.id
    return prior(setting.key, name, setting.evidence)


def lifted() -> Setting:
    """A rare allele with a pathogenic partner, seen elsewhere, that runs in the family."""
    elsewhere = InTrans(
        Scope(), Origin("t1", "A. Curator", "2026-01-15", "1"), 4, Phase.TRANS, OTHER,
        PartnerClass.PATHOGENIC,
    )  # fmt: skip
    return Setting(
        consequence=consequence(Term.MISSENSE),
        family=trio(sibling=YES),
        genotypes=calls(proband=HET, father=HET, mother=REF, sibling=HET),
        others=(Other(OTHER, calls(proband=HET, father=REF, mother=HET, sibling=HET)),),
        frequency=frequency(0),
        fit=PhenotypeFit(5, 3),
        curated=Curations(in_trans=(elsewhere,)),
        specification="a",
        rules={**RULES, "a/segregation.diagnostic_yield": Rule(0.4)},
    )


def test_criteria_on_partners_and_family_are_left_out() -> None:
    whole = lifted().assess()
    met = {finding.criterion for finding in whole.findings if finding.met}

    assert met & LEFT_OUT == {Criterion.PM3, Criterion.PP1, Criterion.PP4}
    assert met - LEFT_OUT == {Criterion.PM2}
    assert (whole.points, whole.machine.points) == (13, AcmgClass.PATHOGENIC)
    assert of(lifted()) == PriorClass(1, AcmgClass.UNCERTAIN)


def test_criteria_against_are_left_out_too() -> None:
    setting = replace(
        lifted(),
        inheritance=Inheritance.AUTOSOMAL_DOMINANT,
        genotypes=calls(proband=HET, father=HET, mother=REF, sibling=REF),
        curated=None,
    )
    met = {finding.criterion for finding in setting.assess().findings if finding.met}

    assert Criterion.BS4 in met
    assert of(setting) == PriorClass(1, AcmgClass.UNCERTAIN)
    assert {"PM3", "BP2", "PP1", "BS4", "PP4"} == LEFT_OUT


@pytest.mark.parametrize(("limit", "expected"), [(1.0, AcmgClass.LIKELY_PATHOGENIC)])
def test_the_scale_in_force_makes_the_class(limit: float, expected: AcmgClass) -> None:
    ruled = {
        **RULES,
        "scheme.points.likely_pathogenic": Rule(limit),
        "scheme.points.uncertain_high": Rule(0.6),
        "scheme.points.uncertain_mid": Rule(0.5),
    }

    assert of(replace(lifted(), rules=ruled)) == PriorClass(1, expected)
