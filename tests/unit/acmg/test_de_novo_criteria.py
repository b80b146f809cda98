"""PS2 and PM6: new in the patient, as far as the parents' reads and the phenotype can say."""

from dataclasses import replace

import pytest

from core_builders import (
    BRCA1,
    DISEASES,
    HET,
    HOM,
    NO,
    REF,
    RULES,
    SINGLETON,
    Other,
    Setting,
    allele,
    call,
    calls,
    phased,
    trio,
)
from varinterp.acmg.de_novo import pm6, ps2
from varinterp.model.assessment import AcmgClass
from varinterp.model.curation import Curations, DeNovo, Origin, Scope, Specificity
from varinterp.model.evidence import Outcome, Strength
from varinterp.model.facts import FamilyGenotypes, PhenotypeFit, Rule
from varinterp.model.family import Affected, Family, Sex
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import MISSING, Genotype

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
P, M, S, VS = Strength.SUPPORTING, Strength.MODERATE, Strength.STRONG, Strength.VERY_STRONG
AR, AD = Inheritance.AUTOSOMAL_RECESSIVE, Inheritance.AUTOSOMAL_DOMINANT
HIGH, FITS = Specificity.HIGHLY_SPECIFIC, Specificity.CONSISTENT
BROAD, OTHER = Specificity.HETEROGENEOUS, Specificity.NOT_CONSISTENT
DISEASE = DISEASES[BRCA1.hgnc]


def new(
    father: Genotype = REF,
    mother: Genotype = REF,
    proband: Genotype = HET,
    family: Family | None = None,
    confirmed: bool = True,
) -> Setting:
    """A dominant disease, a patient with two of its terms, and a trio."""
    return Setting(
        allele=allele("17-43093844-G-A"),
        inheritance=Inheritance.AUTOSOMAL_DOMINANT,
        transcript=BRCA1,
        family=trio() if family is None else family,
        parentage_confirmed=confirmed,
        genotypes=calls(proband=proband, father=father, mother=mother),
        fit=PhenotypeFit(terms=5, exact=2),
    )


@pytest.mark.parametrize(
    ("confirmed", "strength_ps2", "strength_pm6"),
    [
        pytest.param(True, Strength.MODERATE, None, id="parentage confirmed: one point, PS2"),
        pytest.param(False, None, Strength.SUPPORTING, id="parentage assumed: half, PM6"),
    ],
)
def test_a_new_allele_in_a_consistent_phenotype_counts_once(
    confirmed: bool, strength_ps2: Strength | None, strength_pm6: Strength | None
) -> None:
    setting = new(confirmed=confirmed)

    assert setting.ask(ps2).strength is strength_ps2
    assert setting.ask(pm6).strength is strength_pm6


THIN = call(0, depth=9)
FEW_READS, ONE_READ = call(0, alt_depth=2), call(0, alt_depth=1)
DOUBTED = replace(REF, quality=19)


@pytest.mark.parametrize(
    ("setting", "outcome", "reason"),
    [
        pytest.param(new(mother=HET), NOT_MET, "de_novo.inherited", id="the mother carries it"),
        pytest.param(new(father=HET), NOT_MET, "de_novo.inherited", id="the father carries it"),
        pytest.param(
            new(father=HET, mother=MISSING),
            NOT_MET,
            "de_novo.inherited",
            id="one parent carries it, the other has no call",
        ),
        pytest.param(
            new(mother=FEW_READS),
            NOT_MET,
            "de_novo.refuted",
            id="two of the mother's reads carry it",
        ),
        pytest.param(new(mother=ONE_READ), MET, "de_novo.new", id="one read is within error"),
        pytest.param(
            new(mother=MISSING),
            NOT_ASSESSED,
            "de_novo.parent_not_sequenced",
            id="a missing call is not a reference call",
        ),
        pytest.param(
            new(family=trio(unsequenced=("father",))),
            NOT_ASSESSED,
            "de_novo.parent_not_sequenced",
            id="the father was not sequenced",
        ),
        pytest.param(
            new(family=trio(father=None)),
            NOT_ASSESSED,
            "de_novo.parent_not_sequenced",
            id="the father is not in the pedigree",
        ),
        pytest.param(
            new(family=SINGLETON),
            NOT_ASSESSED,
            "de_novo.parent_not_sequenced",
            id="no parents",
        ),
        pytest.param(new(father=THIN), NOT_ASSESSED, "de_novo.thin_data", id="nine reads"),
        pytest.param(
            new(father=replace(REF, likelihoods=(0, 28, 300))),
            NOT_ASSESSED,
            "de_novo.likelihoods_in_doubt",
            id="the father's likelihoods leave one copy open",
        ),
        pytest.param(
            new(father=replace(REF, likelihoods=(0, 29, 300))), MET, "de_novo.new", id="29 phred"
        ),
        pytest.param(
            new(proband=replace(call(1, depth=30, alt_depth=4), likelihoods=(60, 0, 600))),
            NOT_ASSESSED,
            "de_novo.likelihoods_in_doubt",
            id="the patient's likelihoods and reads leave an error open",
        ),
        pytest.param(new(father=call(0, depth=10)), MET, "de_novo.new", id="ten reads"),
        pytest.param(new(father=DOUBTED), NOT_ASSESSED, "de_novo.thin_data", id="GQ 19"),
        pytest.param(
            new(father=replace(REF, quality=None)), MET, "de_novo.new", id="no GQ, enough reads"
        ),
        pytest.param(
            new(father=replace(REF, depth=None)), NOT_ASSESSED, "de_novo.thin_data", id="no depth"
        ),
        pytest.param(
            new(proband=call(1, depth=9)),
            NOT_ASSESSED,
            "de_novo.thin_data",
            id="nine reads in the patient",
        ),
        pytest.param(
            new(proband=REF),
            NOT_MET,
            "inheritance.proband_without_allele",
            id="the patient does not carry it",
        ),
        pytest.param(
            new(proband=MISSING),
            NOT_ASSESSED,
            "de_novo.no_genotypes",
            id="the patient has no call",
        ),
    ],
)
def test_only_two_believed_reference_calls_make_an_allele_new(
    setting: Setting, outcome: Outcome, reason: str
) -> None:
    verdict = setting.ask(ps2)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)
    assert replace(setting, parentage_confirmed=False).ask(pm6).outcome is outcome


@pytest.mark.parametrize(
    ("name", "sex", "key"),
    [
        pytest.param("17-43093844-G-A", Sex.FEMALE, "de_novo.two_copies", id="autosomal"),
        pytest.param("17-43093844-G-A", Sex.MALE, "de_novo.two_copies", id="autosomal, a boy"),
        pytest.param("X-31119228-C-T", Sex.FEMALE, "de_novo.two_copies", id="X, a girl"),
        pytest.param("X-31119228-C-T", Sex.MALE, "de_novo.new", id="X, a boy called diploid"),
        pytest.param("X-640000-C-T", Sex.MALE, "de_novo.two_copies", id="PAR, a boy"),
        pytest.param("MT-3243-A-G", Sex.FEMALE, "de_novo.mitochondrial", id="all copies of mtDNA"),
    ],
)
def test_two_new_copies_are_no_new_mutation(name: str, sex: Sex, key: str) -> None:
    setting = replace(new(proband=HOM, family=trio(sex=sex)), allele=allele(name))
    verdict = setting.ask(ps2)

    assert verdict.reason.key == key
    assert verdict.outcome is (MET if key == "de_novo.new" else NOT_ASSESSED)


def test_two_copies_of_which_a_parent_has_one_are_inherited() -> None:
    assert new(proband=HOM, father=HET).ask(ps2).reason.key == "de_novo.inherited"


def test_refuting_reads_are_shown() -> None:
    reason = new(mother=FEW_READS).ask(ps2).reason

    assert (reason["role"], reason["alt_reads"], reason["depth"]) == ("mother", 2, 40)


@pytest.mark.parametrize(
    ("setting", "outcome", "reason"),
    [
        pytest.param(
            replace(new(), fit=PhenotypeFit(terms=5, exact=0)),
            NOT_MET,
            "de_novo.phenotype_not_consistent",
            id="none of the patient's terms is the disease's",
        ),
        pytest.param(
            replace(new(), fit=None),
            NOT_ASSESSED,
            "de_novo.phenotype_unknown",
            id="the phenotype could not be compared",
        ),
        pytest.param(
            replace(new(), inheritance=None), NOT_ASSESSED, "no_known_disease", id="no disease"
        ),
        pytest.param(
            replace(new(), family=None), NOT_ASSESSED, "de_novo.no_genotypes", id="no pedigree"
        ),
        pytest.param(
            replace(new(), genotypes=None),
            NOT_ASSESSED,
            "de_novo.no_genotypes",
            id="no genotypes",
        ),
    ],
)
def test_a_new_allele_needs_a_disease_that_the_patient_may_have(
    setting: Setting, outcome: Outcome, reason: str
) -> None:
    verdict = setting.ask(ps2)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)


def test_a_parent_who_is_not_in_the_call_set_is_not_a_reference_parent() -> None:
    setting = replace(new(), genotypes=FamilyGenotypes((("proband", HET),)))

    assert setting.ask(ps2).outcome is NOT_ASSESSED


def test_an_affected_carrier_parent_is_inheritance_not_novelty() -> None:
    setting = new(mother=HET, family=trio(mother=Affected.YES))

    assert setting.ask(ps2).reason["role"] == "mother"


Seen = tuple[int, bool, Specificity]


def entered(*seen: Seen, scope: Scope | None = None) -> Curations:
    """Probands elsewhere: how many, parentage confirmed, phenotype."""
    return Curations(
        de_novo=tuple(
            DeNovo(scope or Scope(), Origin(f"d{at}", "A. Curator", "2026-01-15", "1"), *each)
            for at, each in enumerate(seen)
        )
    )


def elsewhere(*seen: Seen, own: tuple[Seen, ...] = (), scope: Scope | None = None) -> Setting:
    """A patient who inherited the allele, and probands elsewhere."""
    return replace(
        new(mother=HET), curated=entered(*seen, scope=scope), own_cases=entered(*own, scope=scope)
    )


@pytest.mark.parametrize(
    ("seen", "by_ps2", "by_pm6", "points"),
    [
        pytest.param([(1, True, HIGH)], S, None, 2, id="table 1: highly specific, confirmed"),
        pytest.param([(1, False, HIGH)], None, M, 1, id="table 1: highly specific, unconfirmed"),
        pytest.param([(1, True, FITS)], M, None, 1, id="table 1: consistent, confirmed"),
        pytest.param([(1, False, FITS)], None, P, 0.5, id="table 1: consistent, unconfirmed"),
        pytest.param([(1, True, BROAD)], P, None, 0.5, id="table 1: heterogeneous, confirmed"),
        pytest.param(
            [(1, False, BROAD)], None, None, 0.25, id="table 1: heterogeneous, unconfirmed"
        ),
        pytest.param([(2, False, BROAD)], None, P, 0.5, id="two heterogeneous, unconfirmed"),
        pytest.param([(3, True, BROAD)], M, None, 1, id="heterogeneous ones count 1 at most"),
        pytest.param(
            [(3, True, BROAD), (1, True, FITS)], S, None, 2, id="the maximum is theirs alone"
        ),
        pytest.param([(2, True, BROAD)], M, None, 1, id="the maximum itself"),
        pytest.param([(3, True, FITS)], S, None, 3, id="three points are strong"),
        pytest.param([(4, True, FITS)], VS, None, 4, id="table 2: four points are very strong"),
        pytest.param([(2, True, HIGH)], VS, None, 4, id="two highly specific ones"),
        pytest.param(
            [(1, True, FITS), (1, False, FITS)], M, None, 1.5, id="PS2 carries the whole sum"
        ),
        pytest.param(
            [(1, False, HIGH), (2, True, OTHER)],
            None,
            M,
            1,
            id="a confirmed one of another phenotype makes it no PS2",
        ),
    ],
)
def test_points_are_added_up_over_probands(
    seen: list[Seen], by_ps2: Strength | None, by_pm6: Strength | None, points: float
) -> None:
    setting = elsewhere(*seen)
    found = [setting.ask(ps2), setting.ask(pm6)]

    assert [each.strength for each in found] == [by_ps2, by_pm6]
    total = sum(count for count, *_ in seen)
    (counted,) = [each for each in found if not each.reason.key.startswith("de_novo.parentage")]
    if by_ps2 or by_pm6:
        assert counted.reason.key == "de_novo.elsewhere"
    else:
        assert (counted.outcome, counted.reason.key) == (NOT_MET, "de_novo.too_few_points")
    assert (counted.reason["points"], counted.reason["elsewhere"]) == (points, total)


def test_curators_and_our_own_cases_are_added_up() -> None:
    verdict = elsewhere((1, True, FITS), own=((1, True, FITS),)).ask(ps2)

    assert (verdict.strength, verdict.reason["elsewhere"]) == (S, 2)


def test_one_of_the_two_names_the_other_as_the_one_that_counts() -> None:
    confirmed, assumed = elsewhere((1, True, FITS)), elsewhere((1, False, FITS))

    assert confirmed.ask(pm6).reason.key == "de_novo.parentage_confirmed"
    assert assumed.ask(ps2).reason.key == "de_novo.parentage_assumed"
    assert (confirmed.ask(pm6).outcome, assumed.ask(ps2).outcome) == (NOT_MET, NOT_MET)


@pytest.mark.parametrize(
    ("confirmed", "seen", "strength", "points"),
    [
        pytest.param(True, [(1, True, FITS)], S, 2, id="the patient and one elsewhere"),
        pytest.param(False, [(1, True, FITS)], M, 1.5, id="the patient's half point counts too"),
        pytest.param(True, [(1, False, FITS)], M, 1.5, id="the patient alone was confirmed"),
        pytest.param(True, [(3, True, FITS)], VS, 4, id="four in all"),
    ],
)
def test_the_patient_is_one_of_the_probands(
    confirmed: bool, seen: list[Seen], strength: Strength, points: float
) -> None:
    verdict = replace(new(confirmed=confirmed), curated=entered(*seen)).ask(ps2)

    assert (verdict.strength, verdict.reason.key) == (strength, "de_novo.new")
    assert verdict.reason["points"] == points
    assert verdict.reason["elsewhere"] == sum(count for count, *_ in seen)


def test_what_is_told_of_the_patient() -> None:
    reason = new(proband=call(1, depth=30, alt_depth=10)).ask(ps2).reason

    assert reason.facts == (
        ("alt_fraction", 0.33),
        ("elsewhere", 0),
        ("exact", 2),
        ("points", 1),
        ("terms", 5),
    )


def test_a_share_of_reads_that_is_not_known_is_not_told() -> None:
    reason = new(proband=replace(HET, ref_depth=None, alt_depth=None)).ask(ps2).reason

    assert reason["alt_fraction"] is None


@pytest.mark.parametrize("row", [HIGH, BROAD])
def test_the_patients_row_is_the_rules(row: Specificity) -> None:
    ruled = {**RULES, "de_novo.phenotype": Rule(row.value)}

    assert replace(new(), rules=ruled).ask(ps2).strength is {HIGH: S, BROAD: P}[row]


@pytest.mark.parametrize(
    ("scope", "counts"),
    [
        pytest.param(Scope(BRCA1.hgnc, DISEASE, AD), True, id="this gene, disease and mode"),
        pytest.param(Scope("HGNC:1"), False, id="another gene"),
        pytest.param(Scope(disease="OMIM:1"), False, id="another disease"),
        pytest.param(Scope(inheritance=AR), False, id="another mode"),
    ],
)
def test_probands_count_for_what_they_were_entered_for(scope: Scope, counts: bool) -> None:
    verdict = elsewhere((1, True, FITS), scope=scope).ask(ps2)

    assert verdict.reason.key == ("de_novo.elsewhere" if counts else "de_novo.inherited")


def test_probands_elsewhere_say_nothing_where_no_disease_is_known() -> None:
    setting = replace(elsewhere((1, True, FITS)), inheritance=None)

    assert setting.ask(ps2).reason.key == "de_novo.inherited"


def test_probands_of_another_phenotype_leave_the_patients_answer_as_it_is() -> None:
    setting = elsewhere((2, True, OTHER))

    assert setting.ask(ps2).reason.key == "de_novo.inherited"


SIBS = trio(sibling=NO)


@pytest.mark.parametrize(
    ("confirmed", "sibling", "outcome", "reason"),
    [
        pytest.param(
            False,
            HET,
            NOT_ASSESSED,
            "de_novo.sibling_needs_parentage",
            id="mosaic germ cells of a parent: parentage must be confirmed",
        ),
        pytest.param(False, REF, MET, "de_novo.new", id="the sibling does not carry it"),
        pytest.param(True, HET, MET, "de_novo.new", id="parentage is confirmed"),
    ],
)
def test_a_sibling_with_the_new_allele_asks_for_confirmed_parentage(
    confirmed: bool, sibling: Genotype, outcome: Outcome, reason: str
) -> None:
    setting = replace(
        new(family=SIBS, confirmed=confirmed),
        genotypes=calls(proband=HET, father=REF, mother=REF, sibling=sibling),
    )
    verdict = setting.ask(ps2 if confirmed else pm6)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)


def test_a_parent_is_no_sibling() -> None:
    setting = replace(new(family=trio(father=None, mother=None)), parentage_confirmed=False)

    assert setting.ask(pm6).reason.key == "de_novo.parent_not_sequenced"


SECOND = "17-43094000-C-T"


def second(held: AcmgClass | None, haplotype: int = 1) -> tuple[Other, ...]:
    """Another allele in the patient's phase set; the one in question is on side 0."""
    return (Other(SECOND, calls(proband=phased(haplotype), father=REF, mother=REF), held),)


@pytest.mark.parametrize(
    ("others", "strength"),
    [
        pytest.param(None, P, id="no other allele is known of: one level lower"),
        pytest.param((), P, id="no second allele: one level lower"),
        pytest.param(second(AcmgClass.PATHOGENIC), M, id="a second pathogenic allele"),
        pytest.param(second(AcmgClass.LIKELY_PATHOGENIC), M, id="a likely pathogenic one"),
        pytest.param(second(AcmgClass.UNCERTAIN), P, id="an uncertain one"),
        pytest.param(second(None), P, id="one without a class"),
        pytest.param(second(AcmgClass.PATHOGENIC, haplotype=0), P, id="one in cis"),
    ],
)
def test_a_recessive_disease_asks_for_a_second_allele(
    others: tuple[Other, ...] | None, strength: Strength
) -> None:
    setting = replace(new(proband=phased(0)), inheritance=AR, others=others)

    assert setting.ask(ps2).strength is strength


def test_probands_elsewhere_count_half_in_a_recessive_disease() -> None:
    setting = replace(elsewhere((1, True, HIGH)), inheritance=AR)

    assert (setting.ask(ps2).strength, setting.ask(ps2).reason["points"]) == (M, 1)


def test_a_dominant_disease_asks_for_no_second_allele() -> None:
    setting = replace(new(), others=())

    assert setting.ask(ps2).strength is M
