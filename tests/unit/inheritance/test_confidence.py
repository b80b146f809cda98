"""How sure the parents' reads make it that neither carries an allele."""

from dataclasses import replace

import pytest

from core_builders import FAMILY_LIMITS, HET, REF, call, calls, trio
from varinterp.inheritance.calls import CallTable
from varinterp.inheritance.confidence import confidence
from varinterp.inheritance.dominant import fit
from varinterp.model.family import Family
from varinterp.model.genotype import MISSING, Genotype


def sure(father: Genotype, mother: Genotype = REF, family: Family | None = None) -> float:
    genotypes = calls(proband=HET, father=father, mother=mother)
    return float(confidence(CallTable.of(family or trio(), [genotypes], FAMILY_LIMITS))[0])


@pytest.mark.parametrize(
    ("father", "least", "most"),
    [
        pytest.param(call(0, depth=30), 0.999, 1.0, id="thirty clean reads"),
        pytest.param(call(0, depth=10), 0.90, 0.94, id="ten"),
        pytest.param(call(0, depth=4), 0.05, 0.20, id="four"),
        pytest.param(call(0, depth=20, alt_depth=1), 0.95, 1.0, id="one read of twenty shows it"),
        pytest.param(call(0, depth=10, alt_depth=1), 0.1, 0.25, id="one of ten"),
        pytest.param(replace(call(0, depth=30), quality=20), 0.5, 0.6, id="the caller is not sure"),
        pytest.param(Genotype(0, 2, quality=60), 0.999, 1.0, id="its quality alone"),
        pytest.param(Genotype(0, 2), 0.0, 0.0, id="a call without reads and quality"),
        pytest.param(MISSING, 0.0, 0.0, id="no call"),
        pytest.param(HET, 0.0, 0.0, id="he carries it"),
    ],
)
def test_a_father(father: Genotype, least: float, most: float) -> None:
    assert least <= sure(father) <= most


def test_it_is_the_same_for_either_parent() -> None:
    thin = call(0, depth=7)

    assert sure(thin, REF) == pytest.approx(sure(REF, thin))


@pytest.mark.parametrize(
    "family",
    [trio(father=None), trio(unsequenced=("mother",))],
    ids=["not in the pedigree", "not sequenced"],
)
def test_a_parent_who_is_not_there_makes_nothing_sure(family: Family) -> None:
    assert sure(REF, REF, family) == 0.0


def test_more_clean_reads_never_make_it_less_sure() -> None:
    found = [sure(call(0, depth=depth)) for depth in range(1, 60)]

    assert found == sorted(found)


def test_it_is_told_with_a_new_allele() -> None:
    found = fit(trio(), calls(proband=HET, father=REF, mother=call(0, depth=10)), FAMILY_LIMITS)

    assert found.reason.key == "inheritance.de_novo"
    assert found.reason["confidence"] == pytest.approx(0.925, abs=0.01)
