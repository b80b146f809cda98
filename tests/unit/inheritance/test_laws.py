"""What holds of every mode, whatever the family and its calls."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core_builders import FAMILY_LIMITS, call
from varinterp.inheritance import (
    compound,
    dominant,
    mitochondrial,
    recessive,
    x_linked,
    x_linked_pair,
    y_linked,
)
from varinterp.inheritance.calls import Call, CallTable, code_of
from varinterp.inheritance.pair_tables import PairAnswers
from varinterp.inheritance.pairs import Pairs, pairs_of
from varinterp.inheritance.phase import phases, phases_on_x
from varinterp.inheritance.tables import Answers
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.fit import Answer, Fit
from varinterp.model.genotype import MISSING, Genotype

MODES: dict[str, Callable[[CallTable], Answers]] = {
    "dominant": dominant.answers,
    "dominant, incomplete": lambda calls: dominant.answers(calls, incomplete=True),
    "recessive": recessive.answers,
    "x-linked": x_linked.answers,
    "x-linked, incomplete": lambda calls: x_linked.answers(calls, incomplete=True),
    "y-linked": y_linked.answers,
    "mitochondrial": mitochondrial.answers,
}
PAIR_MODES: dict[str, Callable[[Pairs], PairAnswers]] = {
    "recessive": compound.answers,
    "x-linked": x_linked_pair.answers,
    "x-linked, incomplete": lambda pairs: x_linked_pair.answers(pairs, incomplete=True),
}
CALLS = (
    call(0), call(0, depth=6), call(0, alt_depth=5), call(1), call(1, alt_depth=4),
    call(2), call(1, 1), call(0, 1), MISSING,
)  # fmt: skip
"""One of each kind."""
PEOPLE = (
    ("grandfather", Sex.MALE, None, None),
    ("grandmother", Sex.FEMALE, None, None),
    ("father", Sex.MALE, None, None),
    ("mother", Sex.FEMALE, "grandfather", "grandmother"),
    ("aunt", Sex.FEMALE, "grandfather", "grandmother"),
    ("proband", Sex.UNKNOWN, "father", "mother"),
    ("sister", Sex.FEMALE, "father", "mother"),
    ("brother", Sex.MALE, "father", "mother"),
)


@st.composite
def families(draw: st.DrawFn) -> Family:
    members = []
    for name, sex, father, mother in PEOPLE:
        if name == "proband":
            of = draw(st.sampled_from([Sex.MALE, Sex.FEMALE]))
            members.append(Person(name, of, Affected.YES, father, mother))
        elif name in ("father", "mother") or draw(st.booleans()):
            status = draw(st.sampled_from(list(Affected)))
            members.append(Person(name, sex, status, father, mother, draw(st.booleans())))
    known = {person.id for person in members}
    return Family(
        "family",
        "proband",
        tuple(
            replace(
                person,
                father=person.father if person.father in known else None,
                mother=person.mother if person.mother in known else None,
            )
            for person in draw(st.permutations(members))
        ),
        consanguineous=draw(st.booleans()),
    )


def genotypes(family: Family) -> st.SearchStrategy[FamilyGenotypes]:
    rows = st.lists(st.sampled_from(CALLS), min_size=len(family.members))
    return rows.map(
        lambda drawn: FamilyGenotypes(
            tuple((p.id, g) for p, g in zip(family, drawn, strict=False) if p.sequenced)
        )
    )


def table(family: Family, *alleles: FamilyGenotypes) -> CallTable:
    return CallTable.of(family, alleles, FAMILY_LIMITS)


@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_an_allele_is_answered_alone_as_among_others(mode: str, data: st.DataObject) -> None:
    family = data.draw(families())
    alleles = data.draw(st.lists(genotypes(family), min_size=1, max_size=5))
    together = MODES[mode](table(family, *alleles))

    for at, each in enumerate(alleles):
        alone = MODES[mode](table(family, each))
        assert together.fit(at) == alone.fit(0)
        assert together.ranks[at] == alone.fit(0).answer.rank


@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_order_of_members_is_irrelevant(mode: str, data: st.DataObject) -> None:
    family = data.draw(families())
    each = data.draw(genotypes(family))
    members = tuple(data.draw(st.permutations(family.members)))

    assert answer(mode, replace(family, members=members), each) == answer(mode, family, each)


@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_relative_who_was_not_sequenced_changes_nothing(mode: str, data: st.DataObject) -> None:
    family = data.draw(families())
    each = data.draw(genotypes(family))
    status = data.draw(st.sampled_from(list(Affected)))
    more = Person("x", Sex.FEMALE, status, *data.draw(parents(family)), sequenced=False)

    wider = replace(family, members=(*family.members, more))

    assert answer(mode, wider, each) == answer(mode, family, each)


def parents(family: Family) -> st.SearchStrategy[tuple[str | None, str | None]]:
    names = [None, *(person.id for person in family)]
    return st.tuples(st.sampled_from(names), st.sampled_from(names))


@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_a_missing_call_contradicts_nothing_that_another_call_would_not(
    mode: str, data: st.DataObject
) -> None:
    family = data.draw(families())
    each = data.draw(genotypes(family))
    gap = data.draw(st.sampled_from([person for person in family if person.sequenced]))
    if answer(mode, family, with_call(each, gap.id, MISSING)).answer is not Answer.DOES_NOT_FIT:
        return

    for other in CALLS:
        found = answer(mode, family, with_call(each, gap.id, other))
        assert found.answer is Answer.DOES_NOT_FIT, other


@pytest.mark.parametrize("mode", ["dominant", "recessive", "x-linked"])
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_a_missing_call_of_known_status_never_fits(mode: str, data: st.DataObject) -> None:
    family = data.draw(families())
    each = data.draw(genotypes(family))
    known = [p for p in family if p.sequenced and p.affected is not Affected.UNKNOWN]
    gap = data.draw(st.sampled_from(known))

    assert answer(mode, family, with_call(each, gap.id, MISSING)).answer is not Answer.FITS


@pytest.mark.parametrize("mode", PAIR_MODES)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_a_pair_is_answered_whatever_the_order_of_members_and_alleles(
    mode: str, data: st.DataObject
) -> None:
    family = data.draw(families())
    one, other = data.draw(genotypes(family)), data.draw(genotypes(family))
    members = tuple(data.draw(st.permutations(family.members)))
    found = pair(family, one, other, mode)

    assert pair(family, other, one, mode) == found
    assert pair(replace(family, members=members), one, other, mode) == found


@pytest.mark.parametrize("mode", PAIR_MODES)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_a_missing_call_of_a_pair_contradicts_nothing_that_another_call_would_not(
    mode: str, data: st.DataObject
) -> None:
    family = data.draw(families())
    one, other = data.draw(genotypes(family)), data.draw(genotypes(family))
    relatives = [p for p in family if p.sequenced and p.id != "proband"]
    if not relatives:
        return
    gap = data.draw(st.sampled_from(relatives))
    if pair(family, with_call(one, gap.id, MISSING), other, mode).answer is not Answer.DOES_NOT_FIT:
        return

    for each in CALLS:
        found = pair(family, with_call(one, gap.id, each), other, mode)
        assert found.answer is Answer.DOES_NOT_FIT, each


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_pair_is_answered_alone_as_among_others(data: st.DataObject) -> None:
    family = data.draw(families())
    alleles = data.draw(st.lists(genotypes(family), min_size=2, max_size=4))
    calls = table(family, *alleles)
    places = list(product(range(len(alleles)), repeat=2))
    ones, others = (np.array(each) for each in zip(*places, strict=True))
    together = compound.answers(pairs_of(calls, ones, others))

    for at, (one, other) in enumerate(places):
        assert together.fit(at) == pair(family, alleles[one], alleles[other])


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_phase_is_the_same_for_one_pair_and_for_many(data: st.DataObject) -> None:
    family = data.draw(families())
    drawn = [phased(data, data.draw(genotypes(family))) for _ in range(3)]
    calls = table(family, *drawn)
    for ask in (phases, phases_on_x):
        many = ask(pairs_of(calls, np.array([0, 1, 2]), np.array([1, 2, 0])))
        for at, (one, other) in enumerate(((0, 1), (1, 2), (2, 0))):
            alone = ask(pairs_of(calls, np.array([one]), np.array([other])))
            turned = ask(pairs_of(calls, np.array([other]), np.array([one])))
            assert [each[0] for each in alone] == [each[at] for each in many]
            assert [each[0] for each in turned] == [each[at] for each in many]


def phased(data: st.DataObject, each: FamilyGenotypes) -> FamilyGenotypes:
    """Phase the proband's call, now and then."""
    if not data.draw(st.booleans()):
        return each
    block = data.draw(st.sampled_from(["1", "2"]))
    call_of = dict(each.calls)
    own = replace(call_of["proband"], haplotype=data.draw(st.integers(0, 1)), phase_set=block)
    return with_call(each, "proband", own)


def test_a_call_has_one_code() -> None:
    found = [code_of(each, FAMILY_LIMITS) for each in CALLS]

    assert found == [
        *(Call.REFERENCE, Call.THIN, Call.TRACE, Call.HET, Call.MOSAIC),
        *(Call.HOM, Call.HEMI, Call.REFERENCE, Call.MISSING),
    ]
    assert [code_of(each, None) for each in CALLS[:5]] == [
        *(Call.REFERENCE, Call.REFERENCE, Call.REFERENCE, Call.HET, Call.HET),
    ]


@pytest.mark.parametrize(
    ("alt", "depth", "expected"),
    [
        (8, 80, Call.MOSAIC),
        (23, 80, Call.MOSAIC),
        (24, 80, Call.HET),
        (30, 80, Call.HET),
        (2, 10, Call.HET),  # one germline call in twenty has so few of ten
        (1, 20, Call.MOSAIC),
    ],
)
def test_a_mosaic_needs_few_reads_of_many(alt: int, depth: int, expected: Call) -> None:
    assert code_of(call(1, depth=depth, alt_depth=alt), FAMILY_LIMITS) is expected


def answer(mode: str, family: Family, each: FamilyGenotypes) -> Fit:
    return MODES[mode](table(family, each)).fit(0)


def pair(
    family: Family, one: FamilyGenotypes, other: FamilyGenotypes, mode: str = "recessive"
) -> Fit:
    calls = table(family, one, other)
    return PAIR_MODES[mode](pairs_of(calls, np.array([0]), np.array([1]))).fit(0)


def with_call(each: FamilyGenotypes, person: str, genotype: Genotype) -> FamilyGenotypes:
    return FamilyGenotypes(
        tuple((name, genotype if name == person else known) for name, known in each.calls)
    )
