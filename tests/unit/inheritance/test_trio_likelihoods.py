"""Likelihoods of a trio: what they leave in doubt, and how sure they make a new allele."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_builders import FAMILY_LIMITS, HET, LIMITS, REF, call, calls, trio
from varinterp.inheritance import dominant, mitochondrial, recessive, x_linked
from varinterp.inheritance.calls import CallTable, doubted
from varinterp.inheritance.confidence import confidence
from varinterp.inheritance.de_novo import Origin, origin
from varinterp.inheritance.likelihoods import reads_for_a_copy
from varinterp.inheritance.limits import FamilyLimits
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Role
from varinterp.model.genotype import MISSING, Genotype

TRIO_LIMITS = FAMILY_LIMITS.trio


def reference(*likelihoods: int, depth: int = 31) -> Genotype:
    return replace(call(0, depth=depth), likelihoods=likelihoods)


def carried(*likelihoods: int, ref: int = 18, alt: int = 16) -> Genotype:
    return replace(call(1, depth=ref + alt, alt_depth=alt), likelihoods=likelihoods)


SURE = reference(0, 93, 999)
NEW = carried(480, 0, 510)


def test_the_limits_by_hand() -> None:
    # 75 inherited from a parent to one new, ten times outweighed: 10 log10 750 = 28.75.
    assert pytest.approx(28.7506, abs=1e-4) == TRIO_LIMITS.parent_phred
    # 3 / (2 x 1.2e-8) = 1.25e8 unchanged to one that becomes this base: 10 log10 1.25e9 = 90.97.
    assert pytest.approx(90.9691, abs=1e-4) == TRIO_LIMITS.child_phred


@pytest.mark.parametrize(
    ("genotype", "expected"),
    [
        pytest.param(reference(0, 29, 300), False, id="a parent ahead by 29"),
        pytest.param(reference(0, 28, 300), True, id="by 28"),
        pytest.param(reference(0, 300, 28), True, id="two copies are the next likely"),
        pytest.param(reference(12, 0, 300), True, id="one copy is likelier than the call"),
        pytest.param(reference(0, 40), False, id="a haploid call"),
        pytest.param(reference(0, 20), True, id="a haploid call in doubt"),
        pytest.param(REF, False, id="without likelihoods"),
        pytest.param(carried(91, 0, 300, ref=5, alt=5), False, id="a child ahead by 91"),
        pytest.param(carried(90, 0, 300, ref=5, alt=5), True, id="by 90"),
        pytest.param(carried(48, 0, 66, ref=17, alt=17), False, id="capped, and many reads"),
        pytest.param(carried(48, 0, 66, ref=6, alt=5), True, id="capped, and few reads"),
        pytest.param(
            replace(carried(48, 0, 66), alt_depth=None), True, id="capped, and reads not counted"
        ),
        pytest.param(carried(480, 90, 0), False, id="two copies are the likeliest"),
        pytest.param(replace(MISSING, likelihoods=(0, 0, 0)), False, id="no call"),
    ],
)
def test_what_is_in_doubt(genotype: Genotype, expected: bool) -> None:
    assert doubted(genotype, TRIO_LIMITS) is expected
    assert not doubted(genotype, LIMITS)


def test_reads_for_a_copy_by_hand() -> None:
    # 5 x log10(0.5 / 0.01) + 5 x log10(0.5 / 0.99) = 8.495 - 1.483 = 7.012
    assert reads_for_a_copy(np.array(5), np.array(5), 0.01) == pytest.approx(70.12, abs=0.01)


def sure(father: Genotype, mother: Genotype = SURE, child: Genotype = NEW) -> float:
    table = CallTable.of(
        trio(), [calls(proband=child, father=father, mother=mother)], FAMILY_LIMITS
    )
    return float(confidence(table)[0])


@pytest.mark.parametrize(
    ("father", "child", "expected"),
    [
        pytest.param(SURE, NEW, 1.0, id="all far apart"),
        # 75 x 10^-3 = 0.075 inherited to one new: 1 / 1.075
        pytest.param(reference(0, 30, 300), NEW, 0.9302, id="a father ahead by 30"),
        # 75 x 10^-2 = 0.75; 1 / 1.75
        pytest.param(reference(0, 20, 300), NEW, 0.5714, id="by 20"),
        # 75 x 10^1.2 = 1189
        pytest.param(reference(12, 0, 300), NEW, 0.0008, id="likelier to carry it"),
        # 1.25e8 x 10^-9.1 = 0.0993; 1 / 1.0993
        pytest.param(SURE, carried(91, 0, 300, ref=5, alt=5), 0.9097, id="a child ahead by 91"),
        # 17 of 34 reads: 10^-23.8, whatever the capped likelihoods say
        pytest.param(SURE, carried(48, 0, 66, ref=17, alt=17), 1.0, id="capped"),
        # ten clean reads are less sure than the caller is: 75 x 0.5^10 / 0.99^10 = 0.0810
        pytest.param(reference(0, 60, 600, depth=10), NEW, 0.9251, id="ten reads, 60 ahead"),
        # another allele of the site is unsure; this one is not: GQ does not count beside PL
        pytest.param(replace(SURE, quality=3), NEW, 1.0, id="GQ of another allele"),
    ],
)
def test_confidence_by_hand(father: Genotype, child: Genotype, expected: float) -> None:
    assert sure(father, child=child) == pytest.approx(expected, abs=5e-4)


@given(st.integers(0, 120), st.integers(0, 120))
def test_a_parents_better_likelihood_never_makes_it_less_sure(one: int, other: int) -> None:
    low, high = sorted((one, other))

    assert sure(reference(0, low, 999)) <= sure(reference(0, high, 999))


@pytest.mark.parametrize(
    ("father", "child", "expected", "by", "phred"),
    [
        pytest.param(SURE, NEW, Origin.DE_NOVO, Role.FATHER, None, id="sure"),
        pytest.param(reference(0, 24, 900), NEW, Origin.UNCERTAIN, Role.FATHER, 24, id="father"),
        pytest.param(reference(9, 0, 90), NEW, Origin.UNCERTAIN, Role.FATHER, -9, id="against it"),
        pytest.param(
            SURE, carried(45, 0, 700, ref=27, alt=4), Origin.UNCERTAIN, Role.PROBAND, 45, id="child"
        ),
        pytest.param(MISSING, NEW, Origin.NOT_ASSESSABLE, Role.FATHER, None, id="no call"),
        pytest.param(HET, NEW, Origin.INHERITED, Role.FATHER, None, id="he carries it"),
    ],
)
def test_the_origin(
    father: Genotype, child: Genotype, expected: Origin, by: Role, phred: int | None
) -> None:
    found = origin(trio(), calls(proband=child, father=father, mother=SURE), TRIO_LIMITS)

    assert (found.origin, found.parent, found.phred) == (expected, by, phred)


def test_a_reader_is_told_all_three() -> None:
    found = dominant.fit(trio(), calls(proband=NEW, father=SURE, mother=SURE), FAMILY_LIMITS)

    assert found.reason.key == "inheritance.de_novo_by_likelihoods"
    assert [found.reason[f"{who}_phred"] for who in ("father", "mother", "proband")] == [
        93,
        93,
        480,
    ]
    assert found.reason["confidence"] == pytest.approx(1.0, abs=1e-3)


def test_with_one_member_without_likelihoods_the_others_are_still_asked() -> None:
    told = dominant.fit(trio(), calls(proband=HET, father=SURE, mother=REF), FAMILY_LIMITS)
    open_ = reference(0, 24, 900)
    doubt = dominant.fit(trio(), calls(proband=HET, father=open_, mother=REF), FAMILY_LIMITS)

    assert told.reason.key == "inheritance.de_novo"
    assert (doubt.reason.key, doubt.reason["phred"]) == ("inheritance.de_novo_doubted", 24)


def test_another_member_than_a_parent_is_judged_as_before() -> None:
    family = trio()
    doubtful = calls(proband=NEW, father=SURE, mother=SURE, sibling=reference(0, 3, 90))
    plain = calls(proband=NEW, father=SURE, mother=SURE, sibling=REF)

    assert dominant.fit(family, doubtful, FAMILY_LIMITS) == dominant.fit(
        family, plain, FAMILY_LIMITS
    )


genotypes = st.builds(
    Genotype,
    copies=st.sampled_from((None, 0, 1, 2)),
    ploidy=st.sampled_from((1, 2)),
    ref_depth=st.none() | st.integers(0, 40),
    alt_depth=st.none() | st.integers(0, 30),
    depth=st.none() | st.integers(0, 60),
    quality=st.none() | st.integers(0, 99),
)
phred = st.sampled_from((0, 10, 28, 29, 60, 90, 91, 300))
likelihoods = st.tuples(phred, phred) | st.tuples(phred, phred, phred)


@given(genotypes, genotypes, genotypes)
def test_without_likelihoods_every_answer_is_what_it_was(
    child: Genotype, father: Genotype, mother: Genotype
) -> None:
    """As if the rules had no limits for them: no reason, no origin, no probability moves."""
    before = FamilyLimits(
        replace(TRIO_LIMITS, parent_phred=-np.inf, child_phred=-np.inf),
        **{
            name: getattr(FAMILY_LIMITS, name)
            for name in FamilyLimits.__dataclass_fields__
            if name not in ("trio", "error_odds")
        },
    )
    family, known = trio(), calls(proband=child, father=father, mother=mother)
    now, then = (CallTable.of(family, [known], limits) for limits in (FAMILY_LIMITS, before))

    assert origin(family, known, TRIO_LIMITS) == origin(family, known, LIMITS)
    assert confidence(now) == confidence(then)
    for mode in (dominant, recessive, x_linked, mitochondrial):
        assert mode.answers(now).fit(0) == mode.answers(then).fit(0)


@given(genotypes, genotypes, genotypes, likelihoods, likelihoods, likelihoods)
def test_likelihoods_never_make_an_allele_new(
    child: Genotype,
    father: Genotype,
    mother: Genotype,
    of_child: tuple[int, ...],
    of_father: tuple[int, ...],
    of_mother: tuple[int, ...],
) -> None:
    def known(*people: Genotype) -> FamilyGenotypes:
        return calls(proband=people[0], father=people[1], mother=people[2])

    without = origin(trio(), known(child, father, mother), TRIO_LIMITS).origin
    with_them = origin(
        trio(),
        known(
            replace(child, likelihoods=of_child),
            replace(father, likelihoods=of_father),
            replace(mother, likelihoods=of_mother),
        ),
        TRIO_LIMITS,
    ).origin

    assert with_them == without or (without, with_them) == (Origin.DE_NOVO, Origin.UNCERTAIN)
