"""PP1, BS4 and PP4: one score of the locus (Biesecker 2024)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from core_builders import (
    BRCA1,
    HEMI,
    HET,
    HOM,
    NO,
    REF,
    RULES,
    YES,
    Other,
    Setting,
    allele,
    call,
    calls,
    phased,
    trio,
)
from varinterp.acmg.segregation import bs4, pp1, pp4
from varinterp.model.assessment import AcmgClass
from varinterp.model.curation import Curations, Origin, Scope, Segregation
from varinterp.model.evidence import Criterion, Outcome, Strength
from varinterp.model.facts import PhenotypeFit, Rule
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.gene_disease import Inheritance, Validity
from varinterp.model.genotype import MISSING, Genotype

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
P, M, S = Strength.SUPPORTING, Strength.MODERATE, Strength.STRONG
AR, AD, XL, MT = (
    Inheritance.AUTOSOMAL_RECESSIVE,
    Inheritance.AUTOSOMAL_DOMINANT,
    Inheritance.X_LINKED,
    Inheritance.MITOCHONDRIAL,
)
FULL = {**RULES, "segregation.penetrance": Rule("full")}
OTHER, THIRD = "17-43094000-C-T", "17-43094010-C-T"
NOBODY = "segregation.nobody_informative"


def brood(*siblings: Affected, sex: Sex = Sex.FEMALE) -> Family:
    """A proband with parents whose status is unknown, and siblings s0, s1, …"""
    family = trio(father=Affected.UNKNOWN, mother=Affected.UNKNOWN, sex=sex)
    more = tuple(
        Person(f"s{at}", sex, status, "father", "mother") for at, status in enumerate(siblings)
    )
    return replace(family, members=(*family.members, *more))


def dominant(*siblings: tuple[Affected, Genotype], **rest: Any) -> Setting:
    """A dominant disease; the mother carries the allele."""
    genotypes = {f"s{at}": genotype for at, (_, genotype) in enumerate(siblings)}
    setting = Setting(
        allele=allele("17-43093844-G-A"),
        inheritance=AD,
        transcript=BRCA1,
        family=brood(*(status for status, _ in siblings)),
        genotypes=calls(proband=HET, father=REF, mother=HET, **genotypes),
        fit=PhenotypeFit(terms=5, exact=3),
        others=(),
    )
    return replace(setting, **rest)


def recessive(*siblings: tuple[Affected, Genotype], **rest: Any) -> Setting:
    """A recessive disease; the patient is homozygous."""
    setting = dominant(*siblings, inheritance=AR)
    genotypes = {f"s{at}": genotype for at, (_, genotype) in enumerate(siblings)}
    carriers = calls(proband=HOM, father=HET, mother=HET, **genotypes)
    return replace(setting, genotypes=carriers, **rest)


def x_linked(*siblings: tuple[Affected, Genotype], **rest: Any) -> Setting:
    """An X-linked disease of a boy; the mother carries the allele."""
    genotypes = {f"s{at}": genotype for at, (_, genotype) in enumerate(siblings)}
    setting = replace(
        dominant(),
        allele=allele("X-41000000-G-A"),
        inheritance=XL,
        family=brood(*(status for status, _ in siblings), sex=Sex.MALE),
        genotypes=calls(proband=HEMI, mother=HET, **genotypes),
    )
    return replace(setting, **rest)


ILL, WELL = (YES, HET), (NO, REF)
BOTH, ONE = (YES, HOM), (NO, HET)
BOY, MAN = (YES, HEMI), (NO, REF)


@pytest.mark.parametrize(
    ("setting", "strength", "points"),
    [
        pytest.param(dominant(ILL), P, 1, id="table 3, dominant: one affected, 1"),
        pytest.param(dominant(ILL, ILL), M, 2, id="two, 2"),
        pytest.param(dominant(ILL, ILL, ILL), M, 3, id="three, 3"),
        pytest.param(dominant(*[ILL] * 4), S, 4, id="four, 4"),
        pytest.param(dominant(*[ILL] * 9), S, 9, id="never more than strong"),
        pytest.param(dominant(ILL, WELL), P, 1, id="the unaffected only with full penetrance"),
        pytest.param(dominant(ILL, WELL, rules=FULL), M, 2, id="and then one each"),
        pytest.param(dominant(*[WELL] * 4, rules=FULL), S, 4, id="by the unaffected alone"),
        pytest.param(recessive(BOTH), M, 2, id="table 3, recessive: one affected, 2"),
        pytest.param(recessive(BOTH, BOTH), S, 4, id="two, 4"),
        pytest.param(recessive(BOTH, ONE), M, 2, id="the unaffected only with full penetrance"),
        pytest.param(recessive(BOTH, ONE, rules=FULL), M, 2.4, id="and then 0.4"),
        pytest.param(recessive(ONE, ONE, ONE, rules=FULL), P, 1.2, id="three unaffected, 1.2"),
        pytest.param(recessive(*[ONE] * 5, rules=FULL), M, 2, id="five, 2.0"),
        pytest.param(recessive(*[ONE] * 10, rules=FULL), S, 4, id="0.4 each above five"),
        pytest.param(x_linked(BOY), P, 1, id="table 3, X-linked: one affected male, 1"),
        pytest.param(x_linked(BOY, MAN), P, 1, id="the unaffected only with full penetrance"),
        pytest.param(x_linked(BOY, MAN, rules=FULL), M, 2, id="and then one each"),
    ],
)
def test_relatives_bring_points(setting: Setting, strength: Strength, points: float) -> None:
    verdict = setting.ask(pp1)

    assert (verdict.strength, verdict.reason.key) == (strength, "segregation.with_disease")
    assert verdict.reason["points"] == points
    assert setting.ask(bs4).outcome is NOT_MET
    assert setting.ask(bs4).reason.key == "segregation.not_contradicted"


def test_too_few_points_are_told() -> None:
    setting = recessive(ONE, ONE, rules=FULL)
    verdict = setting.ask(pp1)

    assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "segregation.too_few_points")
    assert verdict.reason.facts == (
        ("affected_with", 0),
        ("affected_without", 0),
        ("contradicting", 0),
        ("meioses", 0),
        ("points", 0.8),
        ("unaffected_with", 0),
        ("unaffected_without", 2),
    )
    assert setting.ask(bs4).reason.key == "segregation.not_contradicted"


@pytest.mark.parametrize(
    ("setting", "against"),
    [
        pytest.param(dominant(ILL, (YES, REF)), (1, 0), id="dominant: affected without it"),
        pytest.param(recessive(BOTH, (YES, HET)), (1, 0), id="recessive: affected, one copy"),
        pytest.param(x_linked(BOY, (YES, REF)), (1, 0), id="X-linked: affected without it"),
        pytest.param(
            dominant(ILL, (NO, HET), rules=FULL), (0, 1), id="unaffected with it, full penetrance"
        ),
    ],
)
def test_one_contradiction_is_strong_and_takes_the_ground_from_pp1(
    setting: Setting, against: tuple[int, int]
) -> None:
    benign, pathogenic = setting.ask(bs4), setting.ask(pp1)

    assert (benign.strength, benign.reason.key) == (S, "segregation.not_with_disease")
    assert (benign.reason["affected_without"], benign.reason["unaffected_with"]) == against
    assert (pathogenic.outcome, pathogenic.reason.key) == (NOT_MET, "segregation.contradicted")
    assert pathogenic.reason["affected_with"] == 1


def test_a_healthy_carrier_says_nothing_where_penetrance_is_not_full() -> None:
    setting = dominant(ILL, (NO, HET))

    assert setting.ask(pp1).strength is P
    assert setting.ask(bs4).reason.key == "segregation.not_contradicted"
    assert setting.ask(pp1).reason["unaffected_with"] == 1


def case_of_two(
    sibling: tuple[Genotype, Genotype] | None = (HET, HET),
    status: Affected = YES,
    held: AcmgClass | None = AcmgClass.UNCERTAIN,
    **rest: Any,
) -> Setting:
    """A recessive disease; the patient has one allele from each parent."""
    one, other = sibling or (MISSING, MISSING)
    setting = replace(
        dominant((status, HET), inheritance=AR),
        genotypes=calls(proband=HET, father=HET, mother=REF, s0=one),
        others=(Other(OTHER, calls(proband=HET, father=REF, mother=HET, s0=other), held),),
    )
    return replace(setting, **rest)


@pytest.mark.parametrize(
    ("setting", "key", "strength"),
    [
        pytest.param(case_of_two(), "segregation.with_disease", M, id="a sibling with both"),
        pytest.param(
            case_of_two(held=None), "segregation.with_disease", M, id="the other has no class"
        ),
        pytest.param(
            case_of_two(held=AcmgClass.LIKELY_BENIGN),
            "segregation.no_pair",
            None,
            id="the other is likely benign",
        ),
        pytest.param(case_of_two(others=()), "segregation.no_pair", None, id="no other allele"),
        pytest.param(case_of_two(others=None), "segregation.no_pair", None, id="not gathered"),
        pytest.param(
            case_of_two(family=replace(brood(YES), members=brood(YES).members[:1])),
            "segregation.no_pair",
            None,
            id="phase unknown",
        ),
        pytest.param(
            case_of_two((HET, REF)), "segregation.contradicted", None, id="a sibling with one"
        ),
        pytest.param(case_of_two(None), NOBODY, None, id="the sibling has no call"),
    ],
)
def test_a_compound_heterozygote(setting: Setting, key: str, strength: Strength | None) -> None:
    verdict = setting.ask(pp1)

    assert (verdict.reason.key, verdict.strength) == (key, strength)


@pytest.mark.parametrize(
    "setting",
    [
        pytest.param(case_of_two((HET, REF)), id="affected with one of them"),
        pytest.param(case_of_two((REF, REF)), id="affected with neither"),
        pytest.param(case_of_two((HET, HET), NO, rules=FULL), id="healthy with both"),
    ],
)
def test_a_pair_that_does_not_segregate_does_not_tell_which_of_the_two(setting: Setting) -> None:
    verdict = setting.ask(bs4)

    assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, "segregation.either_of_two")


def test_what_curators_saw_contradict_is_told_whatever_the_pair_leaves_open() -> None:
    setting = case_of_two((HET, REF), curated=entered((0, 1, 0)))

    assert setting.ask(bs4).strength is S


@pytest.mark.parametrize(
    ("first", "second"),
    [(AcmgClass.UNCERTAIN, AcmgClass.PATHOGENIC), (None, AcmgClass.UNCERTAIN)],
)
def test_of_several_partners_the_one_held_for_the_worst_is_the_pair(
    first: AcmgClass | None, second: AcmgClass
) -> None:
    setting = case_of_two((HET, REF))
    (with_one,) = setting.others or ()
    shared = calls(proband=HET, father=REF, mother=HET, s0=HET)
    others = (replace(with_one, held=first), Other(THIRD, shared, second))

    assert replace(setting, others=others).ask(pp1).strength is M
    assert replace(setting, others=others[::-1]).ask(pp1).strength is M


def in_cis(held: AcmgClass | None) -> Setting:
    """Two affected siblings, and another variant on the same copy."""
    setting = dominant(ILL, ILL)
    genotypes = calls(proband=phased(0), father=REF, mother=HET, s0=HET, s1=HET)
    return replace(setting, genotypes=genotypes, others=(Other(OTHER, genotypes, held),))


@pytest.mark.parametrize(
    ("held", "points"),
    [
        pytest.param(
            AcmgClass.UNCERTAIN, 1, id="points are the copy's: each variant has its share"
        ),
        pytest.param(None, 1, id="one without a class has a share too"),
        pytest.param(AcmgClass.LIKELY_BENIGN, 2, id="a likely benign one has none"),
        pytest.param(AcmgClass.BENIGN, 2, id="nor has a benign one"),
    ],
)
def test_variants_on_one_copy_share_its_points(held: AcmgClass | None, points: float) -> None:
    assert in_cis(held).ask(pp1).reason["points"] == points


def test_variants_on_the_other_copy_have_no_share() -> None:
    setting = in_cis(AcmgClass.UNCERTAIN)
    apart = calls(proband=phased(1), father=HET, mother=REF, s0=REF, s1=REF)

    assert replace(setting, others=(Other(OTHER, apart),)).ask(pp1).reason["points"] == 2


def test_the_unaffecteds_points_are_shared_too() -> None:
    setting = in_cis(AcmgClass.UNCERTAIN)
    healthy = replace(
        setting,
        family=brood(NO, NO),
        genotypes=calls(proband=phased(0), father=REF, mother=HET, s0=REF, s1=REF),
        rules=FULL,
    )

    assert healthy.ask(pp1).reason["points"] == 1


def test_a_pairs_points_are_shared_with_what_lies_in_cis() -> None:
    setting = case_of_two()
    beside = Other(THIRD, replace(setting.genotypes, calls=setting.genotypes.calls))  # type: ignore[union-attr,type-var]
    cis = replace(
        setting,
        genotypes=calls(proband=phased(0), father=HET, mother=REF, s0=HET),
        others=(
            *(setting.others or ()),
            replace(beside, genotypes=calls(proband=phased(0), father=HET, mother=REF, s0=HET)),
        ),
    )

    assert cis.ask(pp1).reason["points"] == 1


Seen = tuple[int, int, int]


def entered(*families: Seen, scope: Scope | None = None) -> Curations:
    """Other families: meioses, affected without it, unaffected with it."""
    return Curations(
        segregations=tuple(
            Segregation(scope or Scope(), Origin(f"f{at}", "A. Curator", "2026-01-15", "1"), *each)
            for at, each in enumerate(families)
        )
    )


@pytest.mark.parametrize(
    ("setting", "strength", "points", "meioses"),
    [
        pytest.param(dominant(curated=entered((1, 0, 0))), P, 1, 1, id="one meiosis"),
        pytest.param(dominant(curated=entered((2, 0, 0), (2, 0, 0))), S, 4, 4, id="two families"),
        pytest.param(dominant(ILL, curated=entered((1, 0, 0))), M, 2, 2 - 1, id="and our own"),
        pytest.param(
            dominant(curated=entered((1, 0, 0)), own_cases=entered((1, 0, 0))),
            M,
            2,
            2,
            id="curators and our own cases",
        ),
        pytest.param(recessive(curated=entered((2, 0, 0))), M, 2, 2, id="recessive: by meiosis"),
        pytest.param(
            dominant(curated=entered((1, 0, 3))), P, 1, 1, id="healthy carriers elsewhere"
        ),
        pytest.param(
            dominant(genotypes=None, curated=entered((2, 0, 0))), M, 2, 2, id="no family at hand"
        ),
        pytest.param(
            case_of_two(others=(), curated=entered((2, 0, 0))), M, 2, 2, id="no pair at hand"
        ),
    ],
)
def test_other_families_add_meioses(
    setting: Setting, strength: Strength, points: float, meioses: int
) -> None:
    verdict = setting.ask(pp1)

    assert (verdict.strength, verdict.reason["points"]) == (strength, points)
    assert verdict.reason["meioses"] == meioses


@pytest.mark.parametrize(
    ("seen", "rules", "contradicting"),
    [
        pytest.param((3, 1, 0), RULES, 1, id="an affected person without it"),
        pytest.param((0, 2, 0), RULES, 2, id="nothing but contradictions"),
        pytest.param((0, 0, 1), FULL, 1, id="a healthy carrier, full penetrance"),
    ],
)
def test_another_family_may_contradict(
    seen: Seen, rules: Mapping[str, Rule], contradicting: int
) -> None:
    setting = dominant(curated=entered(seen), rules=rules, genotypes=None)

    assert setting.ask(bs4).strength is S
    assert setting.ask(bs4).reason["contradicting"] == contradicting
    assert setting.ask(pp1).reason.key == "segregation.contradicted"


def asking(rule: str, number: float) -> dict[str, Rule]:
    return {**RULES, f"a/{rule}": Rule(number)}


@pytest.mark.parametrize(
    ("setting", "rule", "most"),
    [
        pytest.param(dominant((YES, REF)), "bs4.relatives", 1, id="one relative"),
        pytest.param(dominant((YES, REF), (YES, REF)), "bs4.relatives", 2, id="two relatives"),
        pytest.param(
            dominant((YES, REF), curated=entered((0, 2, 0))), "bs4.relatives", 3, id="elsewhere too"
        ),
        pytest.param(dominant((YES, REF), (YES, REF)), "bs4.families", 1, id="one family"),
        pytest.param(
            dominant((YES, REF), curated=entered((0, 2, 0), (5, 0, 0), (0, 1, 0))),
            "bs4.families",
            3,
            id="three families, and one that agrees",
        ),
        pytest.param(
            dominant(ILL, curated=entered((0, 2, 0))), "bs4.families", 1, id="not this one"
        ),
    ],
)
def test_a_specification_may_ask_for_more_who_contradict(
    setting: Setting, rule: str, most: int
) -> None:
    enough = replace(setting, specification="a", rules=asking(rule, most))
    more = replace(enough, rules=asking(rule, most + 1))

    assert enough.ask(bs4).strength is S
    assert (more.ask(bs4).outcome, more.ask(bs4).reason.key) == (
        NOT_MET,
        "segregation.too_few_against",
    )
    assert more.ask(pp1).reason.key == "segregation.contradicted"


def test_families_count_for_what_they_were_entered_for() -> None:
    curated = entered((3, 1, 0), scope=Scope(disease="OMIM:1"))

    assert dominant(curated=curated).ask(pp1).reason.key == NOBODY
    assert dominant(curated=curated).ask(bs4).reason.key == NOBODY


@pytest.mark.parametrize("decide", [pp1, bs4, pp4])
@pytest.mark.parametrize(
    ("rest", "outcome", "key"),
    [
        pytest.param({"inheritance": None}, NOT_ASSESSED, "no_known_disease", id="no disease"),
        pytest.param(
            {"inheritance": MT}, NOT_ASSESSED, "segregation.mitochondrial", id="mitochondrial"
        ),
        pytest.param(
            {"validity": Validity.MODERATE}, NOT_ASSESSED, "segregation.validity", id="moderate"
        ),
        pytest.param({"genotypes": None}, NOT_ASSESSED, "segregation.no_genotypes", id="no calls"),
        pytest.param({"family": None}, NOT_ASSESSED, "segregation.no_genotypes", id="no pedigree"),
        pytest.param(
            {"genotypes": calls(proband=MISSING)},
            NOT_ASSESSED,
            "segregation.no_genotypes",
            id="the patient has no call",
        ),
        pytest.param(
            {"genotypes": calls(proband=REF)},
            NOT_MET,
            "inheritance.proband_without_allele",
            id="the patient does not carry it",
        ),
        pytest.param({"inheritance": XL}, NOT_ASSESSED, "segregation.not_x_linked", id="not on X"),
        pytest.param(
            {"inheritance": XL, "allele": allele("X-100000-G-A")},
            NOT_ASSESSED,
            "segregation.not_x_linked",
            id="pseudoautosomal",
        ),
        pytest.param(
            {"inheritance": AR}, NOT_ASSESSED, "segregation.no_pair", id="one recessive allele"
        ),
    ],
)
def test_when_the_family_is_not_asked(
    decide: object, rest: dict[str, object], outcome: Outcome, key: str
) -> None:
    setting = dominant(
        ILL, specification="a", rules={**RULES, "a/segregation.diagnostic_yield": Rule(0.7)}
    )
    verdict = replace(setting, **rest).ask(decide)  # type: ignore[arg-type]

    assert (verdict.outcome, verdict.reason.key) == (outcome, key)


@pytest.mark.parametrize("validity", [Validity.DEFINITIVE, Validity.STRONG, Validity.NOT_STATED])
def test_how_well_the_disease_must_be_established(validity: Validity) -> None:
    assert dominant(ILL, validity=validity).ask(pp1).strength is P


def test_which_validity_was_too_little_is_told() -> None:
    reason = dominant(ILL, validity=Validity.LIMITED).ask(pp1).reason

    assert reason["validity"] is Validity.LIMITED


@pytest.mark.parametrize(
    "setting",
    [
        pytest.param(dominant(), id="no siblings"),
        pytest.param(dominant((YES, call(0, depth=3))), id="thin data"),
        pytest.param(dominant(WELL), id="an unaffected sibling, penetrance not stated"),
        pytest.param(dominant(others=None), id="other alleles not gathered"),
    ],
)
def test_nobody_who_tells_is_no_evidence(setting: Setting) -> None:
    for decide in (pp1, bs4):
        verdict = setting.ask(decide)
        assert (verdict.outcome, verdict.reason.key) == (NOT_ASSESSED, NOBODY)


def yielding(share: float, *siblings: tuple[Affected, Genotype], **rest: Any) -> Setting:
    """A specification states how often testing finds the cause in the gene."""
    rules = {**RULES, "a/segregation.diagnostic_yield": Rule(share)}
    return replace(dominant(*siblings), specification="a", rules=rules, **rest)


@pytest.mark.parametrize(
    ("share", "strength", "points"),
    [
        pytest.param(0.191, P, 1, id="table 2: 19.1 %, 1"),
        pytest.param(0.253, P, 1, id="rounded down"),
        pytest.param(0.254, P, 1.5, id="25.4 %, 1.5"),
        pytest.param(0.329, P, 1.5, id="just below 33 %"),
        pytest.param(0.33, M, 2, id="33 %, 2"),
        pytest.param(0.415, M, 2.5, id="41.5 %, 2.5"),
        pytest.param(0.506, M, 3, id="50.6 %, 3"),
        pytest.param(0.596, M, 3.5, id="59.6 %, 3.5"),
        pytest.param(0.679, M, 3.5, id="just below 68 %"),
        pytest.param(0.68, S, 4, id="68 %, 4"),
        pytest.param(0.754, S, 4.5, id="75.4 %, 4.5"),
        pytest.param(0.816, S, 5, id="81.6 %, 5"),
        pytest.param(0.999, S, 5, id="the locus counts 5 at most"),
    ],
)
def test_a_stated_yield_makes_the_points_of_pp4(
    share: float, strength: Strength, points: float
) -> None:
    verdict = yielding(share).ask(pp4)

    assert (verdict.strength, verdict.reason.key) == (strength, "segregation.yield")
    assert verdict.reason.facts == (("exact", 3), ("points", points), ("share", share))


@pytest.mark.parametrize(
    ("setting", "outcome", "key"),
    [
        pytest.param(dominant(), NOT_ASSESSED, "segregation.no_yield", id="nobody states one"),
        pytest.param(yielding(0.19), NOT_MET, "segregation.yield_too_low", id="below 19.1 %"),
        pytest.param(
            yielding(0.7, fit=None), NOT_ASSESSED, "segregation.phenotype_unknown", id="no fit"
        ),
        pytest.param(
            yielding(0.7, fit=PhenotypeFit(5, 2)), NOT_MET, "segregation.phenotype", id="two terms"
        ),
        pytest.param(
            yielding(0.7, (YES, REF)), NOT_MET, "segregation.contradicted", id="contradicted"
        ),
        pytest.param(
            yielding(0.7, genotypes=None, curated=entered((3, 0, 0))),
            NOT_ASSESSED,
            "segregation.no_genotypes",
            id="other families do not stand in for the patient",
        ),
    ],
)
def test_when_pp4_says_nothing(setting: Setting, outcome: Outcome, key: str) -> None:
    verdict = setting.ask(pp4)

    assert (verdict.outcome, verdict.reason.key) == (outcome, key)


def test_which_terms_were_too_few_is_told() -> None:
    reason = yielding(0.7, fit=PhenotypeFit(5, 2)).ask(pp4).reason

    assert reason.facts == (("exact", 2), ("needed", 3), ("terms", 5))
    assert yielding(0.1).ask(pp4).reason["share"] == 0.1


def test_a_yield_of_the_core_rules_is_none() -> None:
    ruled = {**RULES, "segregation.diagnostic_yield": Rule(0.9)}

    assert dominant(rules=ruled).ask(pp4).reason.key == "segregation.no_yield"


@pytest.mark.parametrize(("share", "strength"), [(0.9, P), (0.901, None)])
def test_where_the_phenotype_says_all_relatives_say_nothing_more(
    share: float, strength: Strength | None
) -> None:
    verdict = yielding(share, ILL).ask(pp1)

    assert verdict.strength is strength
    if strength is None:
        assert (verdict.outcome, verdict.reason.key) == (
            NOT_MET,
            "segregation.said_by_phenotype",
        )


@pytest.mark.parametrize(
    ("affected", "share", "expected"),
    [
        pytest.param(1, 0.2, (P, P), id="table 4: 2 points, supporting twice"),
        pytest.param(1, 0.7, (P, S), id="table 4: 5 points, PP4 strong and PP1"),
        pytest.param(4, 0.2, (S, P), id="table 4: 5 points, PP1 strong and PP4 supporting"),
        pytest.param(2, 0.4, (M, M), id="table 4: 4 points, moderate twice"),
        pytest.param(2, 0.7, (P, S), id="6 points are 5: the weaker gives way"),
        pytest.param(4, 0.7, (P, S), id="8 points are 5"),
    ],
)
def test_both_together_count_five_points_at_most(
    affected: int, share: float, expected: tuple[Strength, Strength]
) -> None:
    findings = yielding(share, *[ILL] * affected).assess().findings
    found = {finding.criterion: finding.strength for finding in findings}

    assert (found[Criterion.PP1], found[Criterion.PP4]) == expected
