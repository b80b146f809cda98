"""Section 5 of Riggs 2020's tables: where a copy number comes from, and who else has it."""

from dataclasses import replace

import pytest

from copy_number_builders import (
    DISEASE,
    GAIN,
    LOSS,
    SUFFICIENT,
    CopySetting,
    causes,
    region,
    relative,
    said,
    touched,
    trio,
)
from varinterp.model.copy_number import CopyNumber
from varinterp.model.copy_number_facts import Carrier, Hit
from varinterp.model.facts import PhenotypeFit
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.gene_disease import Inheritance, Mechanism, Validity

YES, NO, UNKNOWN = Carrier.YES, Carrier.NO, Carrier.UNKNOWN
TBX1 = touched()
FIT, NO_FIT = PhenotypeFit(3, 2), PhenotypeFit(3, 0)


def household(
    father: Carrier = NO,
    mother: Carrier = NO,
    number: CopyNumber = LOSS,
    family: Family | None = None,
    fit: PhenotypeFit | None = FIT,
    others: dict[str, Carrier] | None = None,
    **more: object,
) -> CopySetting:
    """A family's calls at a loss of one gene with a dominant disease."""
    values: dict[str, object] = {"genes": (TBX1,), "links": {"TBX1": (causes(),)}} | more
    return CopySetting(
        copy_number=number,
        family=family or trio(),
        calls={"P": YES, "FA": father, "MO": mother} | (others or {}),
        fits={} if fit is None else {DISEASE: fit},
        **values,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(("confirmed", "points"), [(True, 0.15), (False, 0.10)])
def test_new_in_the_patient_counts_by_parentage(confirmed: bool, points: float) -> None:
    line = household(parentage_confirmed=confirmed).line("5A")
    kind = "confirmed" if confirmed else "assumed"
    assert said(line) == ("met", points, f"new_{kind}")
    assert (line.reason["exact"], line.reason["terms"]) == (2, 3)


@pytest.mark.parametrize(
    ("fit", "outcome", "reason"),
    [
        (None, "not_assessed", "new_phenotype_unknown"),
        (NO_FIT, "not_met", "new_not_consistent"),
        (PhenotypeFit(3, 1), "met", "new_assumed"),
    ],
)
def test_new_counts_with_a_consistent_phenotype(
    fit: PhenotypeFit | None, outcome: str, reason: str
) -> None:
    found = said(household(fit=fit).line("5A"))
    assert (found[0], found[2]) == (outcome, reason)


@pytest.mark.parametrize(("father", "mother"), [(NO, UNKNOWN), (UNKNOWN, NO), (UNKNOWN, UNKNOWN)])
def test_a_parent_without_a_call_is_no_evidence_of_a_new_copy_number(
    father: Carrier, mother: Carrier
) -> None:
    setting = household(father, mother)
    for code in ("5A", "5B", "5C"):
        assert said(setting.line(code)) == ("not_assessed", 0.0, "parents_unknown")
    assert said(setting.line("5F")) == ("met", 0.0, "inheritance_unavailable")


@pytest.mark.parametrize(("father", "mother"), [(YES, NO), (UNKNOWN, YES), (YES, YES)])
def test_one_carrying_parent_makes_it_inherited(father: Carrier, mother: Carrier) -> None:
    setting = household(father, mother)
    assert said(setting.line("5A")) == ("not_met", 0.0, "inherited")
    assert said(setting.line("5F")) == ("not_met", 0.0, "inheritance_available")


@pytest.mark.parametrize("code", ["5A", "5B", "5C", "5D", "5E"])
def test_without_calls_nothing_is_said(code: str) -> None:
    assert said(CopySetting(genes=(TBX1,)).line(code)) == ("not_assessed", 0.0, "parents_unknown")


@pytest.mark.parametrize("call", [NO, UNKNOWN])
def test_a_patient_not_called_with_it_is_not_judged(call: Carrier) -> None:
    setting = household(others={"P": call})
    assert said(setting.line("5A")) == ("not_assessed", 0.0, "parents_unknown")


def test_a_family_without_parents_in_the_pedigree_is_uninformative() -> None:
    alone = Family("F", "P", (Person("P", Sex.MALE, Affected.YES),), False)
    assert said(household(family=alone).line("5A")) == ("not_assessed", 0.0, "parents_unknown")


ON_X = CopyNumber.parse("X-31000000-32000000-DEL-0")
ON_Y = CopyNumber.parse("Y-12000000-13000000-DEL-0")
IN_PAR = CopyNumber.parse("X-600000-700000-DEL-1")
HALF_PAR = CopyNumber.parse("X-2700000-2900000-DEL-0")


@pytest.mark.parametrize(
    ("number", "sex", "father", "mother", "answer"),
    [
        (ON_X, Sex.MALE, UNKNOWN, NO, "not_met"),
        (ON_X, Sex.MALE, NO, UNKNOWN, "met"),
        (ON_X, Sex.MALE, YES, NO, "not_met"),
        (ON_X, Sex.FEMALE, UNKNOWN, NO, "met"),
        (ON_X, Sex.FEMALE, NO, NO, "not_met"),
        (ON_Y, Sex.MALE, NO, UNKNOWN, "not_met"),
        (ON_Y, Sex.MALE, UNKNOWN, NO, "met"),
        (IN_PAR, Sex.MALE, UNKNOWN, NO, "met"),
        (HALF_PAR, Sex.MALE, UNKNOWN, NO, "not_met"),
    ],
)
def test_a_sex_chromosome_comes_from_who_gives_it(
    number: CopyNumber, sex: Sex, father: Carrier, mother: Carrier, answer: str
) -> None:
    setting = household(father, mother, number, family=trio(sex=sex))
    assert said(setting.line("5F"))[0] == answer


def test_inherited_from_an_unaffected_parent_speaks_a_little_against() -> None:
    setting = household(YES, NO)
    assert said(setting.line("5C")) == ("met", -0.15, "inherited_unaffected")
    assert said(setting.line("5B")) == ("not_assessed", 0.0, "specific_inherited_is_judged")


@pytest.mark.parametrize("code", ["5B", "5C"])
@pytest.mark.parametrize(
    ("setting", "outcome", "reason"),
    [
        (household(NO, NO), "not_met", "new_in_patient"),
        (
            household(YES, NO, family=trio(father=Affected.YES)),
            "not_met",
            "parent_not_unaffected",
        ),
        (
            household(YES, NO, family=trio(father=Affected.UNKNOWN)),
            "not_met",
            "parent_not_unaffected",
        ),
        (
            household(YES, YES, family=trio(mother=Affected.YES)),
            "not_met",
            "parent_not_unaffected",
        ),
        (household(YES, NO, family=trio(mother=Affected.YES)), "not_met", "family_history"),
        (household(YES, NO, family=trio(relative("S"))), "not_met", "family_history"),
    ],
)
def test_an_unaffected_parent_counts_in_a_family_without_history(
    setting: CopySetting, outcome: str, reason: str, code: str
) -> None:
    assert said(setting.line(code)) == (outcome, 0.0, reason)


@pytest.mark.parametrize("affected", [Affected.NO, Affected.UNKNOWN])
def test_unaffected_siblings_are_no_family_history(affected: Affected) -> None:
    assert household(YES, NO, family=trio(relative("S", affected))).line("5C").met


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        (household(NO, YES, ON_X), "sex_chromosome"),
        (household(YES, NO, dosage=False), "no_dosage"),
        (household(YES, NO, loss_of=(TBX1,)), "penetrance_unknown"),
        (household(YES, NO, gain_of=(TBX1,)), "penetrance_unknown"),
        (household(YES, NO, regions=(region(loss=SUFFICIENT),)), "penetrance_unknown"),
        (household(YES, NO, regions=(region(gain=SUFFICIENT),)), "penetrance_unknown"),
        (
            household(YES, NO, links={"TBX1": (causes(Inheritance.AUTOSOMAL_RECESSIVE),)}),
            "recessive_carrier",
        ),
    ],
)
def test_where_carriers_may_be_well_an_unaffected_parent_says_nothing(
    setting: CopySetting, reason: str
) -> None:
    line = setting.line("5C")
    assert said(line) == ("not_assessed", 0.0, reason)
    if reason == "recessive_carrier":
        assert line.reason["genes"] == "TBX1"


@pytest.mark.parametrize(
    ("relatives", "points"),
    [(2, None), (3, 0.15), (4, 0.15), (5, 0.30), (6, 0.30), (7, 0.45), (9, 0.45)],
)
def test_segregation_counts_affected_relatives_who_carry(
    relatives: int, points: float | None
) -> None:
    names = [f"R{number}" for number in range(relatives)]
    family = trio(*map(relative, names), relative("WELL", Affected.NO))
    line = household(
        UNKNOWN, UNKNOWN, family=family, others={**dict.fromkeys(names, YES), "WELL": YES}
    ).line("5D")
    expected = ("met", points, "segregates") if points else ("not_met", 0.0, "few_segregations")
    assert said(line) == expected
    assert line.reason["count"] == relatives


@pytest.mark.parametrize(
    ("call", "segregates", "against"),
    [
        (NO, ("not_met", 0.0, "few_segregations"), ("met", -0.45, "does_not_segregate")),
        (YES, ("not_met", 0.0, "few_segregations"), ("not_met", 0.0, "all_affected_carry")),
        (
            UNKNOWN,
            ("not_assessed", 0.0, "no_affected_relative"),
            ("not_assessed", 0.0, "no_affected_relative"),
        ),
    ],
)
def test_an_affected_relative_without_it_speaks_against(
    call: Carrier, segregates: tuple[str, float, str], against: tuple[str, float, str]
) -> None:
    setting = household(NO, NO, family=trio(relative("S")), others={"S": call})
    assert said(setting.line("5D")) == segregates
    assert said(setting.line("5E")) == against
    if call is NO:
        assert setting.line("5E").reason["count"] == 1


@pytest.mark.parametrize(
    ("fit", "consistent", "specific"),
    [
        (
            None,
            ("not_assessed", 0.0, "phenotype_unknown"),
            ("not_assessed", 0.0, "phenotype_unknown"),
        ),
        (
            NO_FIT,
            ("not_met", 0.0, "phenotype_not_consistent"),
            ("not_met", 0.0, "phenotype_not_consistent"),
        ),
        (FIT, ("met", 0.10, "consistent"), ("not_assessed", 0.0, "specific_is_judged")),
    ],
)
def test_a_consistent_phenotype_counts_where_inheritance_is_unavailable(
    fit: PhenotypeFit | None,
    consistent: tuple[str, float, str],
    specific: tuple[str, float, str],
) -> None:
    setting = household(UNKNOWN, UNKNOWN, fit=fit)
    assert said(setting.line("5G")) == consistent
    assert said(setting.line("5H")) == specific
    if consistent[0] == "met":
        for code in ("5G", "5H"):
            assert (setting.line(code).reason["exact"], setting.line(code).reason["terms"]) == (
                2, 3,
            )  # fmt: skip


@pytest.mark.parametrize("code", ["5G", "5H"])
def test_a_known_inheritance_leaves_the_phenotype_to_the_other_lines(code: str) -> None:
    for setting in (household(), household(YES)):
        assert said(setting.line(code)) == ("not_met", 0.0, "inheritance_available")


def consistent(**more: object) -> bool:
    """Whether 5G is met in a family without calls of the parents."""
    return household(UNKNOWN, UNKNOWN, **more).line("5G").met  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("inheritance", "copies", "speaks"),
    [
        (Inheritance.AUTOSOMAL_DOMINANT, 1, True),
        (Inheritance.X_LINKED, 1, True),
        (Inheritance.AUTOSOMAL_RECESSIVE, 1, False),
        (Inheritance.AUTOSOMAL_RECESSIVE, 0, True),
        (Inheritance.MITOCHONDRIAL, 1, False),
    ],
)
def test_one_lost_copy_speaks_for_diseases_of_one_copy(
    inheritance: Inheritance, copies: int, speaks: bool
) -> None:
    number = CopyNumber.parse(f"22-18900001-19900000-DEL-{copies}")
    assert consistent(number=number, links={"TBX1": (causes(inheritance),)}) is speaks


def test_a_loss_speaks_for_diseases_by_loss_of_function_alone() -> None:
    assert not consistent(links={"TBX1": (causes(mechanism=Mechanism.NOT_ESTABLISHED),)})


def test_a_refuted_link_is_no_disease() -> None:
    assert not consistent(links={"TBX1": (replace(causes(), validity=Validity.REFUTED),)})


@pytest.mark.parametrize(
    ("hit", "speaks"),
    [
        (Hit.WHOLE, True),
        (Hit.FIVE_PRIME_CODING, True),
        (Hit.LAST_EXON, True),
        (Hit.WITHIN, True),
        (Hit.INTRONIC, False),
        (Hit.FIVE_PRIME_UTR, False),
        (Hit.THREE_PRIME_UTR, False),
    ],
)
def test_a_gene_whose_coding_sequence_is_kept_explains_no_phenotype(hit: Hit, speaks: bool) -> None:
    assert consistent(genes=(touched(hit=hit),)) is speaks


@pytest.mark.parametrize(("established", "speaks"), [(True, True), (False, False)])
def test_a_gain_speaks_for_diseases_of_triplosensitive_genes(
    established: bool, speaks: bool
) -> None:
    found = consistent(
        number=GAIN,
        gain_of=(TBX1,) if established else (),
        links={"TBX1": (causes(mechanism=Mechanism.NOT_ESTABLISHED),)},
    )
    assert found is speaks


def test_the_best_of_several_diseases_counts() -> None:
    setting = household(UNKNOWN, UNKNOWN, links={"TBX1": (causes(), causes(disease="OMIM:1"))})
    setting.fits = {DISEASE: NO_FIT, "OMIM:1": PhenotypeFit(3, 1)}
    assert setting.line("5G").reason["exact"] == 1
