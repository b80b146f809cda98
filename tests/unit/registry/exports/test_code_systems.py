"""A mistyped code of LOINC or SNOMED CT is told by its check digit."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varinterp.registry.exports import sdm_mr_values
from varinterp.registry.exports.code_systems import CODE_SYSTEMS, loinc, snomed
from varinterp.registry.exports.sdm_mr_values import AGES, APPRECIATIONS, FAMILIAL, STATUSES

LOINC = ("53037-8", "81304-8", "62374-4", "48018-6", "LA6668-3", "LA26332-9", "LA46-8", "LP7824-8")
SNOMED = ("385651009", "42425007", "255545003", "282291009", "32570691000036108")


@pytest.mark.parametrize("code", LOINC)
def test_published_codes_of_loinc_hold(code: str) -> None:
    assert loinc(code)


@pytest.mark.parametrize("code", SNOMED)
def test_published_ids_of_snomed_ct_hold(code: str) -> None:
    assert snomed(code)


def test_the_codes_of_the_document_hold() -> None:
    concepts = [
        *STATUSES.values(), *AGES.values(), *APPRECIATIONS.values(), *FAMILIAL.values(),
    ]  # fmt: skip

    said = [each.code for each in concepts if each.system == sdm_mr_values.SNOMED]
    assert len(said) == 15
    assert all(snomed(code) for code in said)


@given(st.sampled_from(LOINC), st.integers(1, 9))
def test_another_check_digit_is_refused_by_loinc(code: str, more: int) -> None:
    assert not loinc(f"{code[:-1]}{(int(code[-1]) + more) % 10}")


@given(st.sampled_from(SNOMED), st.data())
def test_one_wrong_digit_or_two_swapped_are_refused_by_snomed_ct(
    code: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(1, len(code) - 2))
    digit = data.draw(st.sampled_from([each for each in "0123456789" if each != code[place]]))
    wrong = f"{code[:place]}{digit}{code[place + 1 :]}"
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert not snomed(wrong)
    assert swapped == code or not snomed(swapped)


@pytest.mark.parametrize(
    ("system", "code"),
    [("HPO", "0001250"), ("ORPHA", "480864"), ("OMIM", "OMIM:61687"), ("HGNC", "TANGO2")],
)
def test_a_code_without_its_form_is_refused(system: str, code: str) -> None:
    assert not CODE_SYSTEMS[system].holds(code)


def test_every_oid_is_one() -> None:
    oids = [each.oid for each in CODE_SYSTEMS.values() if each.oid is not None]

    assert all(re.fullmatch(r"[0-2](\.\d+)+", oid) for oid in oids)
