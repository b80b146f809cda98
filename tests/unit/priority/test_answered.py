"""Each allele is asked in the mode of its disease, on its own chromosome."""

import pytest

from core_builders import FAMILY_LIMITS, HEMI, HET, MISSENSE, REF, TANGO2, calls, candidate, trio
from varinterp.model.assessment import AcmgClass
from varinterp.model.carried_copy import CarriedCopy
from varinterp.model.chromosome import Chromosome
from varinterp.model.copy_number import Change, CopyNumber
from varinterp.model.copy_number_facts import Carrier
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Family, Sex
from varinterp.model.fit import Answer
from varinterp.model.gene_disease import Inheritance
from varinterp.priority.answered import Answered

SHOX, MECP2 = "X-640846-C-T", "X-154030912-G-A"
SON = trio(sex=Sex.MALE)


def answered(name: str, genotypes: FamilyGenotypes, family: Family = SON) -> Answered:
    return Answered.of(family, [candidate(name, genotypes)], FAMILY_LIMITS)


@pytest.mark.parametrize(
    ("name", "genotypes"),
    [
        pytest.param(MECP2, calls(proband=HEMI, father=HEMI, mother=REF), id="on X alone"),
        pytest.param(SHOX, calls(proband=HET, father=HET, mother=REF), id="pseudoautosomal"),
    ],
)
@pytest.mark.parametrize(
    ("incomplete", "answer", "reason"),
    [
        (False, Answer.DOES_NOT_FIT, "inheritance.unaffected_carrier"),
        (True, Answer.UNKNOWN, "inheritance.incomplete_penetrance"),
    ],
)
def test_a_healthy_father_with_it_contradicts_a_fully_penetrant_x_linked_disease(
    name: str, genotypes: FamilyGenotypes, incomplete: bool, answer: Answer, reason: str
) -> None:
    found = answered(name, genotypes).single(0, Inheritance.X_LINKED, incomplete=incomplete)

    assert (found.answer, found.reason.key, found.reason["role"]) == (answer, reason, "father")


@pytest.mark.parametrize(
    ("name", "genotypes"),
    [
        pytest.param(MECP2, calls(proband=HEMI, father=HEMI, mother=REF), id="on X alone"),
        pytest.param(MISSENSE, calls(proband=HET, father=HET, mother=REF), id="on an autosome"),
    ],
)
def test_of_a_gene_without_a_disease_nobody_knows_the_penetrance_to_be_incomplete(
    name: str, genotypes: FamilyGenotypes
) -> None:
    found = answered(name, genotypes).any_mode(0)

    assert (found.answer, found.reason.key) == (
        Answer.DOES_NOT_FIT,
        "inheritance.unaffected_carrier",
    )


def test_full_and_incomplete_penetrance_are_asked_of_the_same_alleles_side_by_side() -> None:
    asked = answered(MISSENSE, calls(proband=HET, father=HET, mother=REF))
    modes = [
        asked.single(0, Inheritance.AUTOSOMAL_DOMINANT, incomplete=incomplete).reason.key
        for incomplete in (True, False, True)
    ]

    assert modes == [
        "inheritance.incomplete_penetrance",
        "inheritance.unaffected_carrier",
        "inheritance.incomplete_penetrance",
    ]


def test_the_copy_number_of_a_pair_is_named() -> None:
    number = CopyNumber(Chromosome.C22, 20050000, 20064000, Change.LOSS, 1)
    carriers = (("proband", Carrier.YES), ("father", Carrier.NO), ("mother", Carrier.YES))
    loss = CarriedCopy(number, (TANGO2.hgnc,), AcmgClass.UNCERTAIN, 0.0, carriers)
    found = answered(MISSENSE, calls(proband=HEMI, father=HET, mother=REF)).with_copy(0, loss)

    assert found.copy_number == number
    assert found.answer is Answer.FITS
