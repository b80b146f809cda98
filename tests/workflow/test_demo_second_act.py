"""The demonstration's second act: signed in 2015, brought to 2017, and what a person then sees."""

from pathlib import Path

import pytest

from demo_archive import Demo
from varinterp.model.event import EventDirection, EventTier
from varinterp.pipeline.demonstration import (
    READERS,
    SIGNED_ALLELE,
    SIGNED_FAMILY,
    SecondAct,
    sign_a_finding,
    update_to_2017,
)
from varinterp.registry.dataset.reviews import ReviewedEvent

pytestmark = pytest.mark.xdist_group("second-act")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return Demo(tmp_path_factory.mktemp("act"))


@pytest.fixture(scope="module")
def act(demo: Demo) -> SecondAct:
    sign_a_finding(demo.stages.run)
    return update_to_2017(demo.stages.run)


@pytest.fixture(scope="module")
def listed(demo: Demo, act: SecondAct) -> tuple[ReviewedEvent, ...]:
    return demo.archive.dataset.open_events()


def names(demo: Demo) -> dict[str, str]:
    """The families' own names by case."""
    families = demo.stages.run.families
    return {each.case: families[each.family].name for each in demo.archive.dataset.cases()}


def test_the_families_with_a_tango2_disease_come_up_through_the_update_alone(
    demo: Demo, listed: tuple[ReviewedEvent, ...]
) -> None:
    upward = [each.event for each in listed if each.event.direction is EventDirection.UP]
    found = {names(demo)[event.case] for event in upward if event.tier <= EventTier.BOUNDARY}
    assert found == {"DEMO-T1", "DEMO-T2", "DEMO-T3", "DEMO-T4", "DEMO-V1"}
    assert {event.symbol for event in upward} == {"TANGO2"}
    for event in upward:
        assert "gene_disease" in {cause.origin for cause in event.causes}
        dates = {cause.date for cause in event.causes if cause.origin == "gene_disease"}
        assert dates == {"2017-04-04"}


def test_the_signed_allele_is_first_and_says_that_it_is_constructed(
    demo: Demo, listed: tuple[ReviewedEvent, ...]
) -> None:
    first = [each.event for each in listed if each.event.tier is EventTier.SIGNED]
    assert [(names(demo)[event.case], event.allele) for event in first] == [
        (SIGNED_FAMILY, SIGNED_ALLELE)
    ]
    assert first[0].direction is EventDirection.DOWN
    assert first[0].responsible == ("gnomad",)
    assert first[0].constructed


def test_the_finding_is_signed_by_two_constructed_people_once(demo: Demo, act: SecondAct) -> None:
    sign_a_finding(demo.stages.run)
    (finding,) = demo.archive.dataset.findings()
    assert tuple(each.reader for each in finding.signatures) == READERS


def test_the_lists_name_the_families_as_the_laboratory_does(act: SecondAct) -> None:
    assert {path.name for path in act.lists} == {"worklist.en.html", "worklist.fr.html"}
    for path in act.lists:
        page = path.read_text()
        assert "DEMO-T1" in page
        assert page.index(SIGNED_FAMILY) < page.index("DEMO-T1")


def test_a_signature_outlives_the_candidate_that_it_was_given_to(act: SecondAct) -> None:
    (english,) = (path for path in act.lists if path.name == "worklist.en.html")
    row = english.read_text().partition(">Signed class")[2].partition("</tr>")[0]
    assert 'colspan="2"' in row
    assert "Likely pathogenic" in row


def test_the_act_played_again_shows_the_same_events(
    demo: Demo, listed: tuple[ReviewedEvent, ...]
) -> None:
    again = update_to_2017(demo.stages.run)
    assert again.outcome.counts["events"] == 0
    assert demo.archive.dataset.open_events() == listed
    assert all(Path(path).is_file() for path in again.lists)
