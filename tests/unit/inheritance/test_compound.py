"""Two alleles of one gene: on which copies they lie, and who else in the family has both."""

from dataclasses import replace
from itertools import product

import pytest

from core_builders import (
    HET,
    HOM,
    NO,
    REF,
    SINGLETON,
    UNKNOWN,
    YES,
    calls,
    phased,
    trio,
)
from varinterp.inheritance.beside import Beside, beside, phases_beside
from varinterp.inheritance.phase import Evidence, Phase
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.fit import Answer, Fit
from varinterp.model.genotype import MISSING, Genotype

FITS, CANNOT_TELL, DOES_NOT = Answer.FITS, Answer.UNKNOWN, Answer.DOES_NOT_FIT
CIS, TRANS, UNPHASED = Phase.CIS, Phase.TRANS, Phase.UNKNOWN

Pair = tuple[Genotype, Genotype]
ONE, OTHER, BOTH, NEITHER = (HET, REF), (REF, HET), (HET, HET), (REF, REF)
LEFT, RIGHT = phased(0), phased(1)


def of(**people: Pair) -> tuple[FamilyGenotypes, FamilyGenotypes]:
    """Both alleles' genotypes from each person's pair."""
    return tuple(  # type: ignore[return-value]
        calls(**{name: pair[side] for name, pair in people.items()}) for side in (0, 1)
    )


def pair_of(family: Family, one: FamilyGenotypes, other: FamilyGenotypes) -> Beside:
    [found] = beside(family, one, [other])
    assert phases_beside(family, one, [other]) == (found.phase,)
    return found


def phase(
    family: Family, one: FamilyGenotypes, other: FamilyGenotypes
) -> tuple[Phase, Evidence | None]:
    found = pair_of(family, one, other)
    return found.phase, found.evidence


def answer(family: Family, **people: Pair) -> Fit:
    return pair_of(family, *of(**people)).fit


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        pytest.param((LEFT, RIGHT), TRANS, id="other sides of one block"),
        pytest.param((RIGHT, LEFT), TRANS, id="other sides, the other way round"),
        pytest.param((LEFT, LEFT), CIS, id="the same side of one block"),
        pytest.param((RIGHT, RIGHT), CIS, id="the same right side"),
        pytest.param((LEFT, phased(1, "2000")), UNPHASED, id="other blocks are not comparable"),
        pytest.param((LEFT, HET), UNPHASED, id="one of them unphased"),
        pytest.param((phased(0, None), phased(1, None)), UNPHASED, id="sides without a block"),
        pytest.param((HET, HET), UNPHASED, id="neither phased"),
    ],
)
def test_phase_by_reads(pair: Pair, expected: Phase) -> None:
    found, evidence = phase(SINGLETON, *of(proband=pair))

    assert found is expected
    assert evidence is (None if expected is UNPHASED else Evidence.READS)


@pytest.mark.parametrize(
    ("father", "mother", "expected"),
    [
        pytest.param(ONE, OTHER, TRANS, id="one from each"),
        pytest.param(OTHER, ONE, TRANS, id="one from each, the other way round"),
        pytest.param((HOM, REF), OTHER, TRANS, id="a homozygous parent still gives one"),
        pytest.param(BOTH, NEITHER, CIS, id="both from the father"),
        pytest.param(NEITHER, BOTH, CIS, id="both from the mother"),
        pytest.param(BOTH, ONE, UNPHASED, id="one of them in both parents"),
        pytest.param(BOTH, BOTH, UNPHASED, id="both in both parents"),
        pytest.param(ONE, ONE, UNPHASED, id="the same one in both, the other new"),
        pytest.param(ONE, NEITHER, UNPHASED, id="a new partner lies on either copy"),
        pytest.param(NEITHER, NEITHER, UNPHASED, id="both new"),
        pytest.param(ONE, (MISSING, HET), UNPHASED, id="a missing call"),
        pytest.param(ONE, (HET, MISSING), UNPHASED, id="another missing call"),
    ],
)
def test_phase_by_parents(father: Pair, mother: Pair, expected: Phase) -> None:
    found, evidence = phase(trio(), *of(proband=BOTH, father=father, mother=mother))

    assert found is expected
    assert evidence is (None if expected is UNPHASED else Evidence.PARENTS)


@pytest.mark.parametrize(
    "family",
    [trio(unsequenced=("father",)), trio(father=None)],
    ids=["not sequenced", "not in the pedigree"],
)
@pytest.mark.parametrize("mother", [ONE, OTHER, BOTH, NEITHER])
def test_one_parent_proves_no_phase(family: Family, mother: Pair) -> None:
    assert phase(family, *of(proband=BOTH, mother=mother)) == (UNPHASED, None)


def test_reads_come_before_parents() -> None:
    pair = (LEFT, LEFT)
    found = phase(trio(), *of(proband=pair, father=ONE, mother=OTHER))

    assert found == (CIS, Evidence.READS)


@pytest.mark.parametrize(
    "pair", [(HOM, HET), (HET, HOM), (REF, HET), (REF, MISSING), NEITHER], ids=str
)
def test_two_heterozygous_alleles_make_a_pair(pair: Pair) -> None:
    found = answer(SINGLETON, proband=pair)

    assert (found.answer, found.reason.key) == (DOES_NOT, "inheritance.not_a_pair")


@pytest.mark.parametrize("pair", [(HET, MISSING), (MISSING, HET), (MISSING, MISSING)], ids=str)
def test_a_missing_call_of_the_proband_may_hide_a_pair(pair: Pair) -> None:
    found = answer(SINGLETON, proband=pair)

    assert (found.answer, found.reason.key) == (CANNOT_TELL, "inheritance.proband_without_call")


@pytest.mark.parametrize(
    ("family", "people", "expected", "reason"),
    [
        pytest.param(
            trio(),
            {"proband": BOTH, "father": ONE, "mother": OTHER},
            FITS,
            "inheritance.in_trans",
            id="one from each parent",
        ),
        pytest.param(
            SINGLETON,
            {"proband": (LEFT, RIGHT)},
            FITS,
            "inheritance.in_trans",
            id="a singleton phased by reads",
        ),
        pytest.param(
            SINGLETON,
            {"proband": (LEFT, LEFT)},
            DOES_NOT,
            "inheritance.in_cis",
            id="in cis by reads",
        ),
        pytest.param(
            trio(),
            {"proband": BOTH, "father": BOTH, "mother": NEITHER},
            DOES_NOT,
            "inheritance.in_cis",
            id="in cis by parents",
        ),
        pytest.param(
            SINGLETON,
            {"proband": BOTH},
            CANNOT_TELL,
            "inheritance.phase_unknown",
            id="an unphased singleton",
        ),
        pytest.param(
            trio(),
            {"proband": BOTH, "father": ONE, "mother": NEITHER},
            CANNOT_TELL,
            "inheritance.phase_unknown",
            id="one inherited, one new",
        ),
        pytest.param(
            trio(),
            {"proband": BOTH, "father": BOTH, "mother": ONE},
            CANNOT_TELL,
            "inheritance.phase_unknown",
            id="an unaffected father with both, phase unknown: they may be in cis in him",
        ),
        pytest.param(
            trio(),
            {"proband": (LEFT, RIGHT), "father": BOTH, "mother": OTHER},
            DOES_NOT,
            "inheritance.unaffected_with_pair",
            id="in trans by reads, and an unaffected father has both: his other copy has the other",
        ),
        pytest.param(
            trio(father=YES),
            {"proband": (LEFT, RIGHT), "father": BOTH, "mother": OTHER},
            FITS,
            "inheritance.in_trans",
            id="in trans by reads, and the affected father has both",
        ),
        pytest.param(
            trio(father=YES),
            {"proband": BOTH, "father": BOTH, "mother": ONE},
            CANNOT_TELL,
            "inheritance.phase_unknown",
            id="an affected father and daughter share the pair: kept (Exomiser 368)",
        ),
        pytest.param(
            trio(father=YES),
            {"proband": BOTH, "father": (HOM, REF), "mother": OTHER},
            FITS,
            "inheritance.in_trans",
            id="an affected father has two copies of one of them",
        ),
        pytest.param(
            trio(father=YES),
            {"proband": BOTH, "father": ONE, "mother": OTHER},
            DOES_NOT,
            "inheritance.affected_without_pair",
            id="an affected father has one copy of one of them",
        ),
        pytest.param(
            trio(),
            {"proband": BOTH, "father": (HOM, REF), "mother": OTHER},
            DOES_NOT,
            "inheritance.unaffected_homozygote",
            id="an unaffected father has two copies of one of them",
        ),
        pytest.param(
            trio(),
            {"proband": (LEFT, RIGHT), "father": (HOM, MISSING), "mother": OTHER},
            DOES_NOT,
            "inheritance.unaffected_homozygote",
            id="two copies of one, whatever the other call",
        ),
        pytest.param(
            trio(),
            {"proband": (LEFT, RIGHT), "father": (MISSING, REF), "mother": OTHER},
            CANNOT_TELL,
            "inheritance.member_without_call",
            id="in trans by reads, a father without a call",
        ),
        pytest.param(
            trio(father=UNKNOWN),
            {"proband": (LEFT, RIGHT), "father": (MISSING, REF), "mother": OTHER},
            FITS,
            "inheritance.in_trans",
            id="in trans by reads, a father without call or status",
        ),
    ],
)
def test_families(family: Family, people: dict[str, Pair], expected: Answer, reason: str) -> None:
    found = answer(family, **people)

    assert (found.answer, found.reason.key) == (expected, reason)


@pytest.mark.parametrize(
    ("affected", "pair", "expected"),
    [
        (YES, BOTH, FITS),
        (YES, ONE, DOES_NOT),
        (YES, NEITHER, DOES_NOT),
        (YES, (MISSING, HET), CANNOT_TELL),
        (NO, BOTH, DOES_NOT),
        (NO, ONE, FITS),
        (NO, NEITHER, FITS),
        (NO, (HET, MISSING), CANNOT_TELL),
        (UNKNOWN, BOTH, FITS),
        (UNKNOWN, NEITHER, FITS),
        (UNKNOWN, (MISSING, MISSING), FITS),
    ],
)
def test_a_sibling_of_a_pair_in_trans(affected: Affected, pair: Pair, expected: Answer) -> None:
    found = answer(trio(sibling=affected), proband=BOTH, father=ONE, mother=OTHER, sibling=pair)

    assert found.answer is expected


@pytest.mark.parametrize(
    ("father", "mother"), list(product((ONE, OTHER, BOTH, NEITHER), repeat=2)), ids=str
)
def test_the_answer_does_not_depend_on_which_allele_is_named_first(
    father: Pair, mother: Pair
) -> None:
    family = trio(sibling=NO)
    people = {"proband": BOTH, "father": father, "mother": mother, "sibling": ONE}
    swapped = {name: (pair[1], pair[0]) for name, pair in people.items()}

    assert answer(family, **people) == answer(family, **swapped)


def test_what_the_phase_rests_on_is_told() -> None:
    found = answer(trio(), proband=BOTH, father=ONE, mother=OTHER)

    assert found.reason["evidence"] == "parents"


def test_an_allele_is_asked_beside_many_as_beside_one() -> None:
    one = calls(proband=HET, father=HET, mother=REF)
    others = [
        calls(proband=HET, father=father, mother=mother)
        for father, mother in product((HET, REF, MISSING), repeat=2)
    ]

    assert beside(trio(), one, others) == tuple(pair_of(trio(), one, each) for each in others)


def test_an_allele_alone_has_nothing_beside_it() -> None:
    assert beside(trio(), calls(proband=HET), []) == ()
    assert phases_beside(trio(), calls(proband=HET), []) == ()


@pytest.mark.parametrize(
    ("people", "family", "expected"),
    [
        pytest.param({"mother": ONE}, trio(father=None), True, id="the mother has one of the two"),
        pytest.param({"mother": OTHER}, trio(father=None), True, id="or the other"),
        pytest.param({"father": ONE}, trio(mother=None), True, id="the father alone was tested"),
        pytest.param({"mother": BOTH}, trio(father=None), False, id="both"),
        pytest.param({"mother": NEITHER}, trio(father=None), False, id="neither"),
        pytest.param(
            {"mother": ONE, "father": OTHER}, trio(), False, id="two parents are for phase()"
        ),
        pytest.param({"mother": ONE, "father": NEITHER}, trio(), False, id="one may be new"),
        pytest.param({}, SINGLETON, False, id="no parent was tested"),
    ],
)
def test_one_tested_parent_is_told_apart_from_two(
    people: dict[str, Pair], family: Family, expected: bool
) -> None:
    calls_of = [
        calls(proband=HET, **{name: pair[at] for name, pair in people.items()}) for at in (0, 1)
    ]

    assert pair_of(family, *calls_of).one_parent is expected


def test_reads_in_cis_are_believed_before_one_parent() -> None:
    one, other = (calls(proband=LEFT, mother=call) for call in ONE)

    assert not pair_of(trio(father=None), one, other).one_parent
    apart = calls(proband=RIGHT, mother=REF)
    assert pair_of(trio(father=None), one, apart).one_parent


def test_a_child_with_both_is_believed_before_one_parent() -> None:
    """Both came from the proband on one copy: what the tested parent lacks is new on that copy."""
    partner = Person("partner", Sex.MALE, NO)
    child = Person("child", Sex.MALE, NO, father="partner", mother="proband")
    family = trio(father=None)
    family = replace(family, members=(*family, partner, child))

    found = pair_of(family, *of(proband=BOTH, mother=ONE, partner=NEITHER, child=BOTH))

    assert (found.phase, found.evidence, found.one_parent) == (CIS, Evidence.RELATIVES, False)
