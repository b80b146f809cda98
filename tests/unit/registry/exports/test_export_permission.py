"""Each export rests on a consent; without it the case is refused, and the refusal says why."""

from datetime import date

import pytest

from export_builders import TODAY, erased, granted, subject
from varinterp.errors import InputError
from varinterp.model.consent import ConsentDecision, ConsentScope
from varinterp.registry.exports.permission import SCOPES, Export, require, withheld

BOTH = granted(ConsentScope.PRIMARY, ConsentScope.RESEARCH)


@pytest.mark.parametrize("export", Export)
def test_an_erased_case_is_never_exported(export: Export) -> None:
    found = withheld(erased(), export, TODAY)

    assert found is not None
    assert found.reason == "erased"


@pytest.mark.parametrize("export", Export)
def test_a_case_that_consents_to_all_is_exported(export: Export) -> None:
    assert withheld(subject(consents=BOTH), export, TODAY) is None


@pytest.mark.parametrize("export", Export)
def test_silence_stops_what_leaves_for_research_alone(export: Export) -> None:
    found = withheld(subject(consents=()), export, TODAY)

    assert (found is None) == (SCOPES[export] is ConsentScope.PRIMARY)


@pytest.mark.parametrize("person", ["proband", "father", "mother"])
def test_one_withdrawal_in_the_family_stops_research_from_its_day_on(person: str) -> None:
    gone = ConsentDecision(ConsentScope.RESEARCH, False, date(2026, 5, 1), person)
    about = subject(consents=(*BOTH, gone))

    assert withheld(about, Export.PHENOPACKET, date(2026, 4, 30)) is None
    with pytest.raises(InputError) as caught:
        require(about, Export.PHENOPACKET, date(2026, 5, 1))
    (fault,) = caught.value.faults
    assert (fault.rule, fault.found) == ("export.consent", "refused")
    assert "research" in fault.advice
