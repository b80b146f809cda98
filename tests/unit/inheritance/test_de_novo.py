"""Where the patient's allele comes from: only two believed reference calls say that it is new."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_builders import HEMI, HET, HOM, LIMITS, REF, SINGLETON, call, calls, trio
from varinterp.inheritance.de_novo import Origin, origin
from varinterp.model.family import Family, Role
from varinterp.model.genotype import MISSING, Genotype

THIN, SHOWN = call(0, depth=9), call(0, alt_depth=2)


# The worst answer of the two parents is the family's; a carrier parent settles it.
@pytest.mark.parametrize(
    ("father", "mother", "expected", "parent"),
    [
        (REF, REF, Origin.DE_NOVO, Role.FATHER),
        (HET, REF, Origin.INHERITED, Role.FATHER),
        (REF, HOM, Origin.INHERITED, Role.MOTHER),
        (HEMI, REF, Origin.INHERITED, Role.FATHER),
        (HET, MISSING, Origin.INHERITED, Role.FATHER),
        (HET, SHOWN, Origin.INHERITED, Role.FATHER),
        (REF, SHOWN, Origin.REFUTED, Role.MOTHER),
        (MISSING, SHOWN, Origin.REFUTED, Role.MOTHER),
        (THIN, SHOWN, Origin.REFUTED, Role.MOTHER),
        (REF, MISSING, Origin.NOT_ASSESSABLE, Role.MOTHER),
        (MISSING, MISSING, Origin.NOT_ASSESSABLE, Role.FATHER),
        (THIN, MISSING, Origin.NOT_ASSESSABLE, Role.MOTHER),
        (REF, THIN, Origin.UNCERTAIN, Role.MOTHER),
        (THIN, THIN, Origin.UNCERTAIN, Role.FATHER),
    ],
)
def test_the_table(father: Genotype, mother: Genotype, expected: Origin, parent: Role) -> None:
    found = origin(trio(), calls(proband=HET, father=father, mother=mother), LIMITS)

    assert found.origin is expected
    assert found.parent is parent


@pytest.mark.parametrize(
    ("mother", "expected"),
    [
        pytest.param(call(0, alt_depth=0), Origin.DE_NOVO, id="no read"),
        pytest.param(call(0, alt_depth=1), Origin.DE_NOVO, id="one read"),
        pytest.param(call(0, alt_depth=2), Origin.REFUTED, id="two reads"),
        pytest.param(call(0, depth=10), Origin.DE_NOVO, id="depth 10"),
        pytest.param(call(0, depth=9), Origin.UNCERTAIN, id="depth 9"),
        pytest.param(replace(REF, quality=20), Origin.DE_NOVO, id="GQ 20"),
        pytest.param(replace(REF, quality=19), Origin.UNCERTAIN, id="GQ 19"),
        pytest.param(replace(REF, depth=None), Origin.UNCERTAIN, id="no depth"),
        pytest.param(replace(REF, alt_depth=None), Origin.DE_NOVO, id="no alternative depth"),
        pytest.param(
            replace(MISSING, alt_depth=9, depth=20),
            Origin.NOT_ASSESSABLE,
            id="reads, no call",
        ),
    ],
)
def test_when_a_reference_call_is_believed(mother: Genotype, expected: Origin) -> None:
    assert origin(trio(), calls(proband=HET, father=REF, mother=mother), LIMITS).origin is expected


def test_the_patients_own_call_must_be_believed_too() -> None:
    found = origin(trio(), calls(proband=call(1, depth=9), father=REF, mother=REF), LIMITS)

    assert (found.origin, found.parent, found.depth) == (Origin.UNCERTAIN, Role.PROBAND, 9)


@pytest.mark.parametrize(
    "family",
    [SINGLETON, trio(father=None), trio(unsequenced=("mother",))],
    ids=["no parents", "one parent in the pedigree", "one parent sequenced"],
)
def test_no_allele_is_new_without_both_parents(family: Family) -> None:
    from_both = calls(proband=HET, father=REF, mother=REF)

    assert origin(family, from_both, LIMITS).origin is Origin.NOT_ASSESSABLE


genotypes = st.builds(
    Genotype,
    copies=st.sampled_from((None, 0, 1, 2)),
    ploidy=st.sampled_from((None, 1, 2)),
    alt_depth=st.none() | st.integers(0, 30),
    depth=st.none() | st.integers(0, 30),
    quality=st.none() | st.integers(0, 99),
)


@given(father=genotypes, mother=genotypes)
def test_an_allele_is_new_only_on_two_believed_reference_calls(
    father: Genotype, mother: Genotype
) -> None:
    found = origin(trio(), calls(proband=HET, father=father, mother=mother), LIMITS)

    if found.origin is Origin.DE_NOVO:
        for parent in (father, mother):
            assert parent.copies == 0
            assert (parent.depth or 0) >= 10
            assert (parent.alt_depth or 0) <= 1
            assert parent.quality is None or parent.quality >= 20
