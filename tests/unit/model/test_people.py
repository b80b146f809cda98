"""People, their pedigree, their genotypes and their terms."""

import pytest

from core_builders import HEMI, HET, HOM, NO, REF, YES, calls, trio
from varinterp.model.family import Family, Person, Role, Sex
from varinterp.model.genotype import MISSING, Genotype, Zygosity
from varinterp.model.phenotype import Phenotype


@pytest.mark.parametrize(
    ("copies", "ploidy", "zygosity", "carries"),
    [
        (0, 2, Zygosity.REFERENCE, False),
        (1, 2, Zygosity.HETEROZYGOUS, True),
        (2, 2, Zygosity.HOMOZYGOUS, True),
        (0, 1, Zygosity.REFERENCE, False),
        (1, 1, Zygosity.HEMIZYGOUS, True),
        (None, None, Zygosity.MISSING, False),
        (None, 2, Zygosity.MISSING, False),
        (1, None, Zygosity.MISSING, False),
    ],
)
def test_zygosity(
    copies: int | None, ploidy: int | None, zygosity: Zygosity, carries: bool
) -> None:
    genotype = Genotype(copies, ploidy)

    assert genotype.zygosity is zygosity
    assert genotype.zygosity.carries is carries


@pytest.mark.parametrize(
    ("ref", "alt", "fraction"),
    [(20, 20, 0.5), (40, 0, 0.0), (0, 0, None), (None, 3, None), (3, None, None)],
)
def test_the_fraction_of_reads_is_unknown_without_reads(
    ref: int | None, alt: int | None, fraction: float | None
) -> None:
    assert Genotype(1, 2, ref_depth=ref, alt_depth=alt).alt_fraction == fraction


def test_somebody_who_is_not_in_the_call_set_has_a_missing_call_not_a_reference_one() -> None:
    genotypes = calls(proband=HET, father=REF)

    assert genotypes.of("proband") is HET
    assert genotypes.of("mother") is MISSING


@pytest.mark.parametrize("genotype", [HET, HOM, HEMI])
def test_the_builders_reads_agree_with_their_calls(genotype: Genotype) -> None:
    assert genotype.alt_fraction == pytest.approx((genotype.copies or 0) / (genotype.ploidy or 2))


def test_roles_are_told_from_the_pedigree() -> None:
    family = Family(
        "family",
        "proband",
        (
            Person("proband", Sex.MALE, YES, "father", "mother"),
            Person("father", Sex.MALE, NO, "grandfather", None),
            Person("mother", Sex.FEMALE, NO),
            Person("sister", Sex.FEMALE, NO, "father", "mother"),
            Person("half", Sex.MALE, NO, None, "mother"),
            Person("grandfather", Sex.MALE, NO),
        ),
    )

    assert [family.role(person) for person in family] == [
        Role.PROBAND, Role.FATHER, Role.MOTHER, Role.SIBLING, Role.SIBLING, Role.RELATIVE,
    ]  # fmt: skip
    assert family.parent(family.person("father"), Role.FATHER) == family.person("grandfather")
    assert family.parent(family.person("father"), Role.MOTHER) is None


def test_two_people_without_parents_are_not_siblings() -> None:
    family = Family("family", "proband", (Person("proband"), Person("other")))

    assert family.role(family.person("other")) is Role.RELATIVE


def test_a_parent_outside_the_pedigree_is_unknown() -> None:
    family = Family("family", "proband", (Person("proband", father="elsewhere"),))

    assert family.parent(family.proband, Role.FATHER) is None


def test_who_was_sequenced() -> None:
    family = trio(unsequenced=("father",))

    assert [person.id for person in family.sequenced] == ["proband", "mother"]


def test_a_proband_outside_the_family_is_refused() -> None:
    with pytest.raises(ValueError, match="proband"):
        Family("family", "nobody", (Person("proband"),))


def test_a_stranger_is_refused_without_being_named() -> None:
    with pytest.raises(KeyError) as caught:
        trio().person("Jane Doe")

    assert "Jane" not in str(caught.value)


def test_terms_are_sorted_and_come_once() -> None:
    one = Phenotype.of(["HP:2", "HP:1", "HP:2"], ["HP:4", "HP:3"])

    assert one == Phenotype.of(["HP:1", "HP:2"], ["HP:3", "HP:4"])
    assert one.observed == ("HP:1", "HP:2")
