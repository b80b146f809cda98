"""Mitochondrial alleles: what a share of reads means, and what the mother's line says beside it."""

from dataclasses import replace

import pytest

from core_builders import FAMILY_LIMITS, HEMI, HET, HOM, NO, UNKNOWN, YES, call, calls, trio
from varinterp.inheritance.calls import CallTable
from varinterp.inheritance.heteroplasmy import Level, levels, share_of
from varinterp.inheritance.mitochondrial import fit
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.fit import Answer, Fit
from varinterp.model.genotype import MISSING, Genotype

FITS, CANNOT_TELL, DOES_NOT = Answer.FITS, Answer.UNKNOWN, Answer.DOES_NOT_FIT


def share(percent: int, copies: int = 1) -> Genotype:
    """A call with so many of a hundred reads."""
    return call(copies, depth=100, alt_depth=percent)


WITHOUT, SOME, MOST, ALL = call(0, depth=100), share(30), share(70), share(100, 2)


@pytest.mark.parametrize(
    ("genotype", "level"),
    [
        pytest.param(share(9), Level.BELOW, id="called, below a tenth"),
        pytest.param(call(1, depth=5, alt_depth=0), Level.BELOW, id="called, in none of 5 reads"),
        pytest.param(share(10), Level.SOME, id="a tenth"),
        pytest.param(share(59), Level.SOME, id="below six tenths"),
        pytest.param(share(60), Level.MOST, id="six tenths"),
        pytest.param(share(94), Level.MOST, id="below 95 of a hundred"),
        pytest.param(share(95), Level.ALL, id="95 of a hundred"),
        pytest.param(call(1, depth=40, alt_depth=40), Level.ALL, id="not one other read"),
        pytest.param(call(1, depth=1, alt_depth=1), Level.ALL, id="one read"),
        pytest.param(share(50, 2), Level.SOME, id="called with all, seen in half"),
        pytest.param(share(10, 0), Level.SOME, id="not called, and in a tenth of the reads"),
        pytest.param(share(9, 0), Level.NONE, id="not called, and in fewer"),
        pytest.param(
            replace(HET, ref_depth=7, alt_depth=8, depth=6432), Level.BELOW, id="beside another ALT"
        ),
        pytest.param(
            replace(HET, ref_depth=3, alt_depth=97, depth=110), Level.ALL, id="a few reads of none"
        ),
        pytest.param(call(0, depth=30), Level.NONE, id="none of 30 reads excludes a tenth"),
        pytest.param(call(0, depth=29), Level.THIN, id="none of 29 reads does not"),
        pytest.param(replace(WITHOUT, quality=19), Level.THIN, id="the caller is not sure"),
        pytest.param(replace(HOM, ref_depth=None), Level.ALL, id="all copies, no reads counted"),
        pytest.param(replace(HEMI, alt_depth=None), Level.ALL, id="one copy of one, no reads"),
        pytest.param(replace(HOM, ref_depth=0, alt_depth=0), Level.ALL, id="all copies of no read"),
        pytest.param(replace(HET, ref_depth=None), Level.NOT_COUNTED, id="some copies, no reads"),
        pytest.param(replace(HET, alt_depth=None), Level.NOT_COUNTED, id="nor of the allele"),
        pytest.param(
            replace(MISSING, ref_depth=10, alt_depth=90, depth=100),
            Level.MISSING,
            id="reads without a call",
        ),
    ],
)
def test_a_share_of_reads_is_a_level(genotype: Genotype, level: Level) -> None:
    table = CallTable.of(trio(), [calls(proband=genotype)], FAMILY_LIMITS)

    assert levels(table, FAMILY_LIMITS)[table.proband, 0] == level


def test_who_was_not_sequenced_has_no_level() -> None:
    family = trio(unsequenced=("father",))
    table = CallTable.of(family, [calls(proband=ALL, mother=MISSING)], FAMILY_LIMITS)

    assert levels(table, FAMILY_LIMITS)[:, 0].tolist() == [Level.ALL, Level.ABSENT, Level.MISSING]


def asked(proband: Genotype, mother: Genotype, father: Genotype = WITHOUT) -> Fit:
    return fit(trio(), calls(proband=proband, father=father, mother=mother), FAMILY_LIMITS)


@pytest.mark.parametrize(
    ("proband", "answer", "reason"),
    [
        (ALL, FITS, "mitochondrial_all"),
        (MOST, FITS, "mitochondrial_most"),
        (SOME, CANNOT_TELL, "mitochondrial_some"),
        (share(9), CANNOT_TELL, "mitochondrial_below"),
        (WITHOUT, DOES_NOT, "proband_without_allele"),
        (call(0, depth=5), DOES_NOT, "proband_without_allele"),
        (replace(HET, alt_depth=None), CANNOT_TELL, "mitochondrial_not_counted"),
        (MISSING, CANNOT_TELL, "proband_without_call"),
    ],
)
def test_the_proband_alone(proband: Genotype, answer: Answer, reason: str) -> None:
    found = fit(trio(father=None, mother=None), calls(proband=proband), FAMILY_LIMITS)

    assert (found.answer, found.reason.key) == (answer, f"inheritance.{reason}")


@pytest.mark.parametrize(
    ("proband", "mother", "father", "answer", "reason", "facts"),
    [
        pytest.param(
            *(MOST, share(20), WITHOUT, FITS, "mitochondrial_maternal", {"role": "mother"}),
            id="from the mother",
        ),
        pytest.param(
            *(MOST, share(5), WITHOUT, FITS, "mitochondrial_maternal", {"role": "mother"}),
            id="from a mother called with few copies",
        ),
        pytest.param(
            *(MOST, WITHOUT, WITHOUT, FITS, "mitochondrial_new", {"fraction": 0.7}),
            id="new in most copies",
        ),
        pytest.param(
            *(SOME, WITHOUT, WITHOUT, CANNOT_TELL, "mitochondrial_some", {"fraction": 0.3}),
            id="new in some copies",
        ),
        pytest.param(
            *(MOST, call(0, depth=20), WITHOUT, FITS, "mitochondrial_most", {"fraction": 0.7}),
            id="too few reads of the mother",
        ),
        pytest.param(
            *(ALL, call(0, depth=200), WITHOUT, CANNOT_TELL),
            *("mitochondrial_mother_without", {"depth": 200}),
            id="all copies, and none in the mother",
        ),
        pytest.param(
            *(ALL, WITHOUT, share(40), CANNOT_TELL, "mitochondrial_father", {"fraction": 0.4}),
            id="as in the father alone",
        ),
        pytest.param(
            *(MOST, WITHOUT, ALL, CANNOT_TELL, "mitochondrial_father", {"fraction": 1.0}),
            id="as in all copies of the father alone",
        ),
        pytest.param(
            *(MOST, share(20), share(40), FITS, "mitochondrial_maternal", {"role": "mother"}),
            id="a father who has it, too",
        ),
        pytest.param(
            *(MOST, MISSING, WITHOUT, CANNOT_TELL, "member_without_call", {}),
            id="a mother without a call",
        ),
        pytest.param(
            *(MOST, share(20), MISSING, FITS, "mitochondrial_maternal", {"role": "mother"}),
            id="a father without a call",
        ),
    ],
)
def test_the_parents(
    proband: Genotype,
    mother: Genotype,
    father: Genotype,
    answer: Answer,
    reason: str,
    facts: dict[str, object],
) -> None:
    found = asked(proband, mother, father)

    assert (found.answer, found.reason.key) == (answer, f"inheritance.{reason}")
    assert dict(found.reason.facts) == facts


BROTHER = Person("relative", Sex.MALE, YES, "father", "mother")
AUNT = Person("relative", Sex.FEMALE, YES, None, "grandmother")
FATHERS_SON = Person("relative", Sex.MALE, YES, "father", "another")
UNCLES_SON = Person("relative", Sex.MALE, YES, "uncle", "another")
GRANDMOTHER = Person("grandmother", Sex.FEMALE, UNKNOWN, sequenced=False)
FAMILY = replace(
    trio(mother=UNKNOWN),
    members=(
        *(
            replace(each, mother="grandmother") if each.id == "mother" else each
            for each in trio(mother=UNKNOWN)
        ),
        GRANDMOTHER,
    ),
)


def beside(person: Person, genotype: Genotype, proband: Genotype = ALL) -> Fit:
    family = Family("family", "proband", (*FAMILY.members, person))
    genotypes = calls(proband=proband, father=WITHOUT, mother=ALL, relative=genotype)
    return fit(family, genotypes, FAMILY_LIMITS)


@pytest.mark.parametrize("person", [BROTHER, AUNT], ids=["a brother", "an aunt"])
def test_an_affected_relative_of_the_mothers_line_without_it_contradicts_all_copies(
    person: Person,
) -> None:
    found = beside(person, WITHOUT)

    assert (found.answer, found.reason.key) == (DOES_NOT, "inheritance.affected_without_allele")
    assert beside(person, WITHOUT, MOST).reason.key == "inheritance.mitochondrial_other_tissue"


@pytest.mark.parametrize("genotype", [call(0, depth=20), share(5)], ids=["thin data", "few copies"])
def test_another_tissue_may_have_what_the_reads_do_not_show(genotype: Genotype) -> None:
    found = beside(BROTHER, genotype)

    assert (found.answer, found.reason.key) == (
        CANNOT_TELL,
        "inheritance.mitochondrial_other_tissue",
    )
    assert found.reason["role"] == "sibling"


@pytest.mark.parametrize("person", [FATHERS_SON, UNCLES_SON], ids=lambda each: each.father)
def test_men_do_not_pass_it_on(person: Person) -> None:
    assert beside(person, WITHOUT).answer is FITS
    assert beside(person, MISSING).answer is FITS


@pytest.mark.parametrize(
    ("affected", "genotype", "proband", "reason"),
    [
        (NO, ALL, ALL, "mitochondrial_unaffected"),
        (NO, MOST, ALL, "mitochondrial_maternal"),
        (NO, ALL, MOST, "mitochondrial_maternal"),
        (NO, WITHOUT, ALL, "mitochondrial_maternal"),
        (NO, MISSING, ALL, "member_without_call"),
        (YES, MISSING, ALL, "member_without_call"),
        (UNKNOWN, MISSING, ALL, "mitochondrial_maternal"),
        (UNKNOWN, WITHOUT, ALL, "mitochondrial_maternal"),
        (UNKNOWN, ALL, ALL, "mitochondrial_maternal"),
        (YES, SOME, ALL, "mitochondrial_maternal"),
    ],
)
def test_a_brother(affected: Affected, genotype: Genotype, proband: Genotype, reason: str) -> None:
    found = beside(replace(BROTHER, affected=affected), genotype, proband)

    assert found.reason.key == f"inheritance.{reason}"


def test_nobody_contradicts_an_allele_that_the_proband_lacks() -> None:
    assert beside(BROTHER, WITHOUT, share(9)).reason.key == "inheritance.mitochondrial_below"


def test_levels_need_limits() -> None:
    with pytest.raises(ValueError, match="limits"):
        fit(trio(), calls(proband=ALL), None)  # type: ignore[arg-type]


def test_reads_of_another_allele_at_the_place_are_without_it() -> None:
    """As Mutect2 writes m.152 of a person: ``0/1/2/3``, and nearly all reads of another ALT."""
    beside = Genotype(copies=1, ploidy=4, ref_depth=7, alt_depth=1608, depth=6432)
    found = fit(trio(), calls(proband=beside), FAMILY_LIMITS)

    assert (found.reason.key, found.reason["fraction"]) == ("inheritance.mitochondrial_some", 0.25)
    assert share_of(beside) == 0.25
    assert share_of(replace(beside, depth=None)) == 1608 / 1615
    assert share_of(replace(beside, ref_depth=None)) is None
    assert share_of(replace(beside, ref_depth=0, alt_depth=0)) is None
