"""PM3 and BP2: the other allele of the gene, how the two lie, and who else was seen with one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from core_builders import (
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
    calls,
    frequency,
    phased,
    trio,
)
from varinterp.acmg.de_novo import pm6, ps2
from varinterp.acmg.in_trans import bp2, pm3
from varinterp.model.assessment import AcmgClass
from varinterp.model.curation import Curations, InTrans, Origin, PartnerClass, Phase, Scope
from varinterp.model.evidence import Outcome, Strength
from varinterp.model.facts import Coverage, PhenotypeFit, Rule
from varinterp.model.family import Family
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import MISSING, Genotype

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
P, M, S, VS = Strength.SUPPORTING, Strength.MODERATE, Strength.STRONG, Strength.VERY_STRONG
AR, AD, XL = (
    Inheritance.AUTOSOMAL_RECESSIVE,
    Inheritance.AUTOSOMAL_DOMINANT,
    Inheritance.X_LINKED,
)
PATHOGENIC, LIKELY = AcmgClass.PATHOGENIC, AcmgClass.LIKELY_PATHOGENIC
VUS, LIKELY_BENIGN, BENIGN = AcmgClass.UNCERTAIN, AcmgClass.LIKELY_BENIGN, AcmgClass.BENIGN
OTHER, THIRD = "22-20043360-C-T", "22-20053440-C-T"
FULL = {**RULES, "segregation.penetrance": Rule("full")}


def other(
    held: AcmgClass | None = PATHOGENIC,
    name: str = OTHER,
    father: Genotype = REF,
    mother: Genotype = HET,
    proband: Genotype = HET,
    ac: int = 0,
) -> Other:
    """Another allele, from the mother unless it is said otherwise."""
    genotypes = calls(proband=proband, father=father, mother=mother)
    return Other(name, genotypes, held, frequency(ac))


def pair(
    *others: Other,
    father: Genotype = HET,
    mother: Genotype = REF,
    proband: Genotype = HET,
    family: Family | None = None,
) -> Setting:
    """A rare allele from the father, and others; a patient with two of the disease's terms."""
    return Setting(
        family=family or trio(),
        genotypes=calls(proband=proband, father=father, mother=mother),
        others=others,
        frequency=frequency(0),
        fit=PhenotypeFit(terms=5, exact=2),
    )


UNPHASED: dict[str, Any] = {"family": trio(father=None, mother=None)}


@pytest.mark.parametrize(
    ("held", "trans", "unknown"),
    [
        pytest.param(PATHOGENIC, M, P, id="table 1: pathogenic partner, 1 and 0.5"),
        pytest.param(LIKELY, M, None, id="table 1: likely pathogenic partner, 1 and 0.25"),
        pytest.param(VUS, None, None, id="table 1: uncertain partner, 0.25 and 0"),
        pytest.param(LIKELY_BENIGN, None, None, id="a likely benign partner"),
        pytest.param(BENIGN, None, None, id="a benign partner"),
    ],
)
def test_what_the_partner_is_held_for_makes_the_points(
    held: AcmgClass, trans: Strength | None, unknown: Strength | None
) -> None:
    both = pair(other(held))

    assert both.ask(pm3).strength is trans
    assert replace(both, family=trio(father=None, mother=None)).ask(pm3).strength is unknown


@pytest.mark.parametrize(
    ("setting", "phase", "points"),
    [
        pytest.param(pair(other()), "trans", 1, id="one from each parent"),
        pytest.param(
            pair(other(proband=phased(1)), proband=phased(0), **UNPHASED),
            "trans",
            1,
            id="in one phase set, on other sides",
        ),
        pytest.param(
            pair(other(), family=trio(father=None)),
            "trans",
            1,
            id="only the mother was tested, and carries one of the two",
        ),
        pytest.param(
            pair(other(), family=trio(unsequenced=("mother",))),
            "trans",
            1,
            id="only the father was tested, and carries one of the two",
        ),
        pytest.param(
            pair(other(mother=REF), family=trio(father=None)),
            "unknown",
            0.5,
            id="only the mother was tested, and carries neither",
        ),
        pytest.param(
            pair(other(), mother=HET, family=trio(father=None)),
            "unknown",
            0.5,
            id="only the mother was tested, and carries both",
        ),
        pytest.param(
            pair(other(mother=REF)), "unknown", 0.5, id="both were tested, one allele is new"
        ),
        pytest.param(
            pair(other(mother=MISSING)), "trans", 1, id="the mother has no call at the other"
        ),
    ],
)
def test_how_the_two_lie(setting: Setting, phase: str, points: float) -> None:
    verdict = setting.ask(pm3)

    assert (verdict.outcome, verdict.reason.key) == (MET, "in_trans.partner")
    assert verdict.reason.facts == (
        ("elsewhere", 0),
        ("held", PATHOGENIC),
        ("partner", OTHER),
        ("phase", phase),
        ("points", points),
    )


@pytest.mark.parametrize(
    ("setting", "outcome", "reason"),
    [
        pytest.param(pair(), NOT_MET, "in_trans.no_other_allele", id="no other allele"),
        pytest.param(
            replace(pair(), others=None),
            NOT_ASSESSED,
            "in_trans.not_gathered",
            id="nobody looked for others",
        ),
        pytest.param(
            pair(other(proband=phased(0)), proband=phased(0)),
            NOT_MET,
            "in_trans.in_cis_here",
            id="in cis",
        ),
        pytest.param(
            pair(other(proband=phased(0)), proband=phased(0), family=trio(father=None)),
            NOT_MET,
            "in_trans.in_cis_here",
            id="in cis by reads, whatever one parent carries",
        ),
        pytest.param(
            pair(other(held=None)),
            NOT_ASSESSED,
            "in_trans.partner_not_classified",
            id="nothing was concluded of the partner",
        ),
        pytest.param(
            pair(other(LIKELY_BENIGN)), NOT_MET, "in_trans.partner_benign", id="benign partner"
        ),
        pytest.param(
            pair(other(VUS), **UNPHASED),
            NOT_MET,
            "in_trans.phase_unknown",
            id="uncertain partner, phase unknown",
        ),
        pytest.param(
            pair(other(VUS)), NOT_MET, "in_trans.too_few_points", id="uncertain partner, once"
        ),
        pytest.param(
            pair(other(LIKELY), **UNPHASED),
            NOT_MET,
            "in_trans.too_few_points",
            id="likely pathogenic partner, phase unknown, once",
        ),
        pytest.param(
            pair(other(father=HOM)),
            NOT_MET,
            "in_trans.pair_contradicted",
            id="a healthy parent has two copies of the partner",
        ),
        pytest.param(
            pair(other(proband=HOM)),
            NOT_MET,
            "in_trans.no_other_allele",
            id="a homozygous neighbour is no partner",
        ),
        pytest.param(
            pair(other(proband=REF)),
            NOT_MET,
            "in_trans.no_other_allele",
            id="an allele that the patient does not carry is none",
        ),
        pytest.param(
            pair(Other(OTHER, None)),
            NOT_MET,
            "in_trans.no_other_allele",
            id="an allele without genotypes is none",
        ),
        pytest.param(
            pair(other(), proband=MISSING), NOT_ASSESSED, "in_trans.no_genotypes", id="no call"
        ),
        pytest.param(
            replace(pair(other()), genotypes=None),
            NOT_ASSESSED,
            "in_trans.no_genotypes",
            id="no genotypes",
        ),
        pytest.param(
            replace(pair(other()), family=None),
            NOT_ASSESSED,
            "in_trans.no_genotypes",
            id="no pedigree",
        ),
        pytest.param(
            pair(other(), proband=REF),
            NOT_MET,
            "inheritance.proband_without_allele",
            id="the patient does not carry it",
        ),
        pytest.param(
            pair(other(), proband=HEMI),
            NOT_ASSESSED,
            "in_trans.one_copy_called",
            id="one copy was called",
        ),
        pytest.param(
            replace(pair(other()), fit=None),
            NOT_ASSESSED,
            "in_trans.phenotype_unknown",
            id="the phenotype could not be compared",
        ),
        pytest.param(
            replace(pair(other()), fit=PhenotypeFit(5, 0)),
            NOT_MET,
            "in_trans.phenotype_not_consistent",
            id="the patient has another phenotype",
        ),
        pytest.param(
            replace(pair(other()), inheritance=None),
            NOT_ASSESSED,
            "no_known_disease",
            id="no disease",
        ),
        pytest.param(
            replace(pair(other()), inheritance=AD), NOT_MET, "in_trans.not_recessive", id="dominant"
        ),
        pytest.param(
            replace(pair(other()), inheritance=XL), NOT_MET, "in_trans.not_recessive", id="X-linked"
        ),
    ],
)
def test_when_the_patient_brings_no_points(setting: Setting, outcome: Outcome, reason: str) -> None:
    verdict = setting.ask(pm3)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)


def test_one_of_the_disease_s_terms_is_enough() -> None:
    assert replace(pair(other()), fit=PhenotypeFit(5, 1)).ask(pm3).strength is M


def test_a_healthy_sibling_with_both_contradicts_the_pair() -> None:
    both = calls(proband=HET, father=REF, mother=HET, sibling=HET)
    setting = replace(
        pair(Other(OTHER, both), family=trio(sibling=NO)),
        genotypes=calls(proband=HET, father=HET, mother=REF, sibling=HET),
    )
    verdict = setting.ask(pm3)

    assert (verdict.reason.key, verdict.reason["partner"]) == ("in_trans.pair_contradicted", OTHER)


@pytest.mark.parametrize(
    ("others", "partner", "points"),
    [
        pytest.param((other(VUS), other(name=THIRD)), THIRD, 1, id="the pathogenic one counts"),
        pytest.param((other(), other(VUS, name=THIRD)), OTHER, 1, id="whichever comes first"),
        pytest.param((other(), other(name=THIRD)), OTHER, 1, id="the patient counts once"),
    ],
)
def test_the_best_of_several_partners_counts(
    others: tuple[Other, ...], partner: str, points: float
) -> None:
    reason = pair(*others).ask(pm3).reason

    assert (reason["partner"], reason["points"]) == (partner, points)


@pytest.mark.parametrize(
    "others", [(other(BENIGN), other(None, name=THIRD)), (other(None), other(BENIGN, name=THIRD))]
)
def test_what_is_not_known_of_one_partner_is_told_before_what_is_known_of_another(
    others: tuple[Other, ...],
) -> None:
    assert pair(*others).ask(pm3).reason.key == "in_trans.partner_not_classified"


@pytest.mark.parametrize(
    ("setting", "strength", "reason"),
    [
        pytest.param(
            pair(proband=HOM, mother=HET), P, "in_trans.homozygous", id="table 1: 0.5 points"
        ),
        pytest.param(
            pair(proband=HOM, mother=HET, family=replace(trio(), consanguineous=True)),
            P,
            "in_trans.homozygous",
            id="half a point already allows for consanguinity",
        ),
        pytest.param(
            pair(proband=HOM, family=trio(father=None, mother=None)),
            P,
            "in_trans.homozygous",
            id="parents not sequenced",
        ),
        pytest.param(
            pair(proband=HOM, mother=REF),
            None,
            "in_trans.parent_without_allele",
            id="a parent without it: a deletion on the other copy is possible",
        ),
        pytest.param(
            pair(proband=HOM, father=HOM, mother=HET),
            None,
            "in_trans.family_contradicts",
            id="a healthy homozygous father",
        ),
        pytest.param(
            replace(pair(proband=HOM, mother=HET), fit=PhenotypeFit(5, 0)),
            None,
            "in_trans.phenotype_not_consistent",
            id="another phenotype",
        ),
    ],
)
def test_a_homozygote(setting: Setting, strength: Strength | None, reason: str) -> None:
    verdict = setting.ask(pm3)

    assert (verdict.strength, verdict.reason.key) == (strength, reason)


def test_a_homozygote_over_a_deletion_is_not_known() -> None:
    verdict = pair(proband=HOM, mother=REF).ask(pm3)

    assert (verdict.outcome, verdict.reason["role"]) == (NOT_ASSESSED, "mother")
    assert pair(proband=HOM, father=HOM, mother=HET).ask(pm3).outcome is NOT_MET


COMMON = 200  # of 1,600,000: 0.000125, above PM2's 0.00007


@pytest.mark.parametrize(
    ("setting", "outcome", "reason", "allele"),
    [
        pytest.param(
            replace(pair(other()), frequency=frequency(COMMON)),
            NOT_MET,
            "in_trans.not_rare",
            "22-20061538-G-A",
            id="the allele itself",
        ),
        pytest.param(pair(other(ac=COMMON)), NOT_MET, "in_trans.not_rare", OTHER, id="the partner"),
        pytest.param(
            replace(pair(other()), frequency=None),
            NOT_ASSESSED,
            "in_trans.rarity_unknown",
            "22-20061538-G-A",
            id="nobody looked where the allele lies",
        ),
        pytest.param(
            pair(replace(other(), frequency=None)),
            NOT_ASSESSED,
            "in_trans.rarity_unknown",
            OTHER,
            id="nobody looked where the partner lies",
        ),
        pytest.param(
            replace(
                pair(replace(other(), frequency=None)), frequency=None, coverage=Coverage(True)
            ),
            NOT_ASSESSED,
            "in_trans.rarity_unknown",
            OTHER,
            id="one looked where the allele lies, and not where the partner does",
        ),
        pytest.param(
            replace(pair(proband=HOM, mother=HET), frequency=frequency(COMMON)),
            NOT_MET,
            "in_trans.not_rare",
            "22-20061538-G-A",
            id="a homozygote",
        ),
    ],
)
def test_both_alleles_must_be_rare(
    setting: Setting, outcome: Outcome, reason: str, allele: str
) -> None:
    verdict = setting.ask(pm3)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)
    assert verdict.reason["allele"] == allele


def test_rules_may_ask_for_less_than_pm2() -> None:
    ruled = {**RULES, "in_trans.rare": Rule("not_bs1")}
    common = replace(pair(other(ac=COMMON)), frequency=frequency(COMMON), rules=ruled)
    frequent = replace(common, frequency=frequency(160_000, faf95=0.099))

    assert common.ask(pm3).strength is M
    assert frequent.ask(pm3).reason.key == "in_trans.not_rare"
    # beyond BS1, which is never met in a recessive disease without a maximum of its own
    assert replace(common, frequency=None).ask(pm3).strength is M


Seen = tuple[int, Phase, PartnerClass]
TRANS, UNKNOWN, TWICE, CIS = Phase.TRANS, Phase.UNKNOWN, Phase.HOMOZYGOUS, Phase.CIS
PP, PL, PU = PartnerClass.PATHOGENIC, PartnerClass.LIKELY_PATHOGENIC, PartnerClass.UNCERTAIN


def entered(*seen: Seen, scope: Scope | None = None) -> Curations:
    """Probands elsewhere: how many, phase, and the partner's class."""
    return Curations(
        in_trans=tuple(
            InTrans(
                scope or Scope(),
                Origin(f"t{at}", "A. Curator", "2026-01-15", "1"),
                count,
                phase,
                THIRD,
                held,
            )
            for at, (count, phase, held) in enumerate(seen)
        )
    )


@pytest.mark.parametrize(
    ("seen", "strength", "points"),
    [
        pytest.param([(1, TRANS, PP)], M, 1, id="table 1: in trans with a pathogenic allele"),
        pytest.param([(1, TRANS, PL)], M, 1, id="table 1: with a likely pathogenic one"),
        pytest.param([(1, UNKNOWN, PP)], P, 0.5, id="table 1: phase unknown, pathogenic"),
        pytest.param([(1, UNKNOWN, PL)], None, 0.25, id="table 1: phase unknown, likely"),
        pytest.param([(2, UNKNOWN, PL)], P, 0.5, id="two with a likely pathogenic one"),
        pytest.param([(1, TWICE, PU)], P, 0.5, id="table 1: a homozygote"),
        pytest.param([(2, TWICE, PU)], M, 1, id="two homozygotes"),
        pytest.param([(5, TWICE, PU)], M, 1, id="homozygotes count 1 at most"),
        pytest.param([(1, TRANS, PU)], None, 0.25, id="table 1: an uncertain partner"),
        pytest.param([(2, TRANS, PU)], P, 0.5, id="two uncertain partners"),
        pytest.param([(5, TRANS, PU)], P, 0.5, id="uncertain partners count 0.5 at most"),
        pytest.param([(5, TRANS, PU), (5, TWICE, PU)], M, 1.5, id="each has a maximum of its own"),
        pytest.param([(5, TWICE, PU), (1, TRANS, PP)], S, 2, id="table 2: two points are strong"),
        pytest.param([(5, TRANS, PU), (3, UNKNOWN, PP)], S, 2, id="and so they are by others"),
        pytest.param([(3, TRANS, PL)], S, 3, id="three points are strong"),
        pytest.param([(4, TRANS, PP)], VS, 4, id="table 2: four points are very strong"),
    ],
)
def test_points_are_added_up_over_probands(
    seen: list[Seen], strength: Strength | None, points: float
) -> None:
    verdict = replace(pair(), curated=entered(*seen)).ask(pm3)

    assert verdict.strength is strength
    assert verdict.reason["points"] == points
    assert verdict.reason["elsewhere"] == sum(count for count, *_ in seen)
    reason = "in_trans.elsewhere" if strength else "in_trans.too_few_points"
    assert verdict.reason.key == reason


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param((3, UNKNOWN, PU), id="table 1: uncertain, phase unknown, nothing"),
        pytest.param((3, CIS, PP), id="in cis is not in trans"),
    ],
)
def test_probands_that_bring_nothing_leave_the_patients_answer(seen: Seen) -> None:
    verdict = replace(pair(), curated=entered(seen)).ask(pm3)

    assert (verdict.outcome, verdict.reason.key) == (NOT_MET, "in_trans.no_other_allele")


def test_the_patient_curators_and_our_own_cases_are_added_up() -> None:
    setting = replace(
        pair(other()), curated=entered((1, TRANS, PP)), own_cases=entered((2, TWICE, PU))
    )
    verdict = setting.ask(pm3)

    assert (verdict.strength, verdict.reason["points"], verdict.reason["elsewhere"]) == (S, 3, 3)
    assert verdict.reason.key == "in_trans.partner"


def test_the_patients_half_point_shares_the_homozygotes_maximum() -> None:
    setting = replace(pair(proband=HOM, mother=HET), curated=entered((2, TWICE, PU)))

    assert setting.ask(pm3).reason["points"] == 1


def test_the_patients_uncertain_partner_shares_their_maximum() -> None:
    setting = replace(pair(other(VUS)), curated=entered((3, TRANS, PU)))

    assert setting.ask(pm3).reason["points"] == 0.5


def test_probands_count_for_what_they_were_entered_for() -> None:
    setting = replace(pair(), curated=entered((1, TRANS, PP), scope=Scope(disease="OMIM:1")))

    assert setting.ask(pm3).reason.key == "in_trans.no_other_allele"
    assert replace(setting, rules=FULL).ask(bp2).reason.key == "in_trans.no_pathogenic_partner"


IN_CIS = pair(other(proband=phased(0)), proband=phased(0))


@pytest.mark.parametrize(
    ("setting", "outcome", "reason"),
    [
        pytest.param(IN_CIS, MET, "in_trans.in_cis", id="in cis, recessive"),
        pytest.param(
            replace(IN_CIS, inheritance=AD), MET, "in_trans.in_cis", id="in cis, dominant"
        ),
        pytest.param(
            replace(IN_CIS, inheritance=XL), MET, "in_trans.in_cis", id="in cis, X-linked"
        ),
        pytest.param(
            pair(other(LIKELY, proband=phased(0)), proband=phased(0)),
            NOT_MET,
            "in_trans.no_pathogenic_partner",
            id="in cis with a likely pathogenic one",
        ),
        pytest.param(
            pair(other(None, proband=phased(0)), proband=phased(0)),
            NOT_ASSESSED,
            "in_trans.partner_not_classified",
            id="in cis with one that has no class",
        ),
        pytest.param(
            replace(pair(other()), inheritance=AD, rules=FULL),
            MET,
            "in_trans.dominant_in_trans",
            id="in trans, dominant, full penetrance",
        ),
        pytest.param(
            replace(pair(other()), inheritance=AD),
            NOT_ASSESSED,
            "in_trans.penetrance_not_full",
            id="in trans, dominant, penetrance not stated",
        ),
        pytest.param(
            replace(pair(other(), family=trio(father=None)), inheritance=AD, rules=FULL),
            NOT_MET,
            "in_trans.not_against",
            id="one parent alone is not enough against an allele",
        ),
        pytest.param(
            replace(pair(other(), **UNPHASED), inheritance=AD, rules=FULL),
            NOT_MET,
            "in_trans.not_against",
            id="dominant, phase unknown",
        ),
        pytest.param(
            replace(pair(other()), rules=FULL),
            NOT_MET,
            "in_trans.not_against",
            id="in trans, recessive: that is PM3's",
        ),
        pytest.param(
            replace(pair(other()), inheritance=XL, rules=FULL),
            NOT_MET,
            "in_trans.not_against",
            id="in trans, X-linked",
        ),
        pytest.param(pair(), NOT_MET, "in_trans.no_pathogenic_partner", id="no other allele"),
        pytest.param(
            replace(pair(), others=None),
            NOT_ASSESSED,
            "in_trans.not_gathered",
            id="others not gathered",
        ),
        pytest.param(
            replace(pair(), others=None, curated=Curations()),
            NOT_ASSESSED,
            "in_trans.not_gathered",
            id="others not gathered, whatever curators saw elsewhere",
        ),
        pytest.param(
            pair(other(), proband=MISSING),
            NOT_ASSESSED,
            "in_trans.no_genotypes",
            id="no call of the patient",
        ),
        pytest.param(
            pair(other(held=None)),
            NOT_ASSESSED,
            "in_trans.partner_not_classified",
            id="another allele that nobody classified",
        ),
        pytest.param(
            pair(other(), proband=HOM),
            NOT_MET,
            "in_trans.no_pathogenic_partner",
            id="a homozygous allele has no partner",
        ),
        pytest.param(
            replace(pair(), genotypes=None),
            NOT_ASSESSED,
            "in_trans.no_genotypes",
            id="no genotypes, nothing entered",
        ),
        pytest.param(
            replace(pair(), genotypes=None, curated=Curations()),
            NOT_ASSESSED,
            "in_trans.no_genotypes",
            id="no genotypes, and curators saw none",
        ),
        pytest.param(
            replace(pair(other()), inheritance=None),
            NOT_ASSESSED,
            "no_known_disease",
            id="no disease",
        ),
    ],
)
def test_bp2(setting: Setting, outcome: Outcome, reason: str) -> None:
    verdict = setting.ask(bp2)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)
    assert verdict.strength is (P if outcome is MET else None)
    named = dict(verdict.reason.facts).get("partner")
    beside = (
        *("in_cis", "dominant_in_trans", "penetrance_not_full", "not_against"),
        "partner_not_classified",
    )
    assert named == (OTHER if reason.endswith(beside) else None)


@pytest.mark.parametrize(
    ("seen", "inheritance", "rules", "reason"),
    [
        pytest.param((1, CIS, PP), AR, RULES, "in_trans.in_cis", id="in cis, recessive"),
        pytest.param((1, TRANS, PP), AD, FULL, "in_trans.dominant_in_trans", id="in trans"),
        pytest.param((1, TRANS, PP), AR, FULL, "in_trans.not_against", id="in trans, recessive"),
        pytest.param((1, UNKNOWN, PP), AD, FULL, "in_trans.not_against", id="phase unknown"),
        pytest.param((1, CIS, PL), AR, RULES, "in_trans.no_pathogenic_partner", id="likely"),
        pytest.param((1, TWICE, PP), AD, FULL, "in_trans.no_pathogenic_partner", id="homozygote"),
    ],
)
def test_bp2_by_what_was_entered(
    seen: Seen, inheritance: Inheritance, rules: Mapping[str, Rule], reason: str
) -> None:
    setting = replace(pair(), curated=entered(seen), inheritance=inheritance, rules=rules)
    found = setting.ask(bp2).reason

    assert found.key == reason
    assert dict(found.facts).get("partner") in (None, THIRD)


def test_rules_name_which_partners_speak_against_an_allele() -> None:
    ruled = {**RULES, "in_trans.bp2_partner": Rule(("pathogenic", "likely_pathogenic"))}
    setting = pair(other(LIKELY, proband=phased(0)), proband=phased(0))

    assert replace(setting, rules=ruled).ask(bp2).outcome is MET


def test_a_cis_partner_counts_whatever_else_is_there() -> None:
    setting = pair(
        other(proband=phased(1)), other(name=THIRD, proband=phased(0)), proband=phased(0)
    )

    assert replace(setting, inheritance=AD, rules=FULL).ask(bp2).reason["partner"] == THIRD


def test_an_affected_sibling_without_the_pair_contradicts_it() -> None:
    family = trio(sibling=YES)
    both = calls(proband=HET, father=REF, mother=HET, sibling=REF)
    setting = replace(
        pair(Other(OTHER, both), family=family),
        genotypes=calls(proband=HET, father=HET, mother=REF, sibling=HET),
    )

    assert setting.ask(pm3).reason.key == "in_trans.pair_contradicted"


def test_alleles_of_mitochondrial_dna_lie_on_no_pair_of_copies() -> None:
    partner = other(name="MT-3252-A-G", mother=HET)
    setting = replace(
        pair(partner, father=REF, mother=HET),
        allele=allele("MT-3243-A-G"),
        inheritance=Inheritance.MITOCHONDRIAL,
        transcript=None,
    )

    for criterion in (pm3, bp2):
        found = setting.ask(criterion)
        assert (found.outcome, found.reason.key) == (NOT_ASSESSED, "in_trans.mitochondrial")


def test_a_new_allele_of_mitochondrial_dna_is_counted_by_no_rule_of_two_parents() -> None:
    setting = replace(
        pair(father=REF, mother=REF),
        allele=allele("MT-3243-A-G"),
        inheritance=Inheritance.MITOCHONDRIAL,
        transcript=None,
    )

    for criterion in (ps2, pm6):
        assert setting.ask(criterion).reason.key == "de_novo.mitochondrial"
