"""An analysis keeps the number that it was registered under, whatever the reanalysis did since."""

from dataclasses import replace
from hashlib import sha256

from varinterp.documents.case import dump_case
from varinterp.model.case import CaseResult
from varinterp.pipeline.classify import number
from whole_analysis import analysis

FIRST = analysis()
OTHER = replace(FIRST, warnings=())


def test_the_first_analysis_of_a_case_is_the_first() -> None:
    assert number(FIRST, ()) == FIRST


def test_the_same_document_keeps_its_number_among_all_that_are_registered() -> None:
    registered = (_registered(FIRST, 1), (2, None), _registered(OTHER, 3))

    assert number(FIRST, registered) == FIRST
    assert number(OTHER, registered).case.analysis == 3


def test_another_document_follows_the_last() -> None:
    registered = (_registered(FIRST, 1), (2, None))

    assert number(OTHER, registered) == replace(OTHER, case=replace(OTHER.case, analysis=3))


def _registered(result: CaseResult, as_number: int) -> tuple[int, str]:
    numbered = replace(result, case=replace(result.case, analysis=as_number))
    return as_number, sha256(dump_case(numbered).encode()).hexdigest()
