"""The worklist's page: the urgent first, every change explained, alone and accessible."""

import re
from base64 import b64encode
from dataclasses import replace
from enum import Enum
from hashlib import sha256
from itertools import pairwise

import pytest

from page import Page, facts
from varinterp.model.change import ChangeKind
from varinterp.model.event import Attribution, EventDirection, EventKind, EventTier
from varinterp.model.evidence import Reason
from varinterp.model.gene_disease import Validity
from varinterp.model.recontact import RecontactState
from varinterp.model.review import DismissReason, ReviewState, Transition, WakeKind
from varinterp.report.catalogue import Language, catalogue
from varinterp.report.html import POLICY
from varinterp.report.worklist.facts import Worklist
from varinterp.report.worklist.page import script, worklist_page
from varinterp.report.worklist.view import build_worklist
from worklist_cases import (
    FIRST,
    FRAMESHIFT,
    LABELS,
    RUN,
    downgrade,
    listed,
    pair,
    run_summary,
    silent,
    worklist,
)

each_language = pytest.mark.parametrize("language", list(Language))
each_list = pytest.mark.parametrize("name", ["full", "silent"])
LISTS = {"full": worklist, "silent": silent}
NO_BREAK = "\N{NO-BREAK SPACE}"


def html(given: Worklist, language: Language = Language.ENGLISH) -> str:
    return worklist_page(build_worklist(given, LABELS), language)


def text(given: Worklist, language: Language = Language.ENGLISH) -> str:
    return Page(without_script(html(given, language))).text


def without_script(page: str) -> str:
    return re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)


def block(page: str, number: int) -> str:
    """The text of one event, by its number."""
    (found,) = re.findall(rf'<details class="event" id="event-{number}".*?</details>', page, re.S)
    return Page(found).text


@pytest.mark.parametrize("language", list(Language))
def test_a_signed_report_in_doubt_comes_first_and_in_so_many_words(language: Language) -> None:
    said = text(worklist(), language)
    headline = {
        Language.ENGLISH: "Signed reports that may now be wrong: 1.",
        Language.FRENCH: f"Rapports signés peut-être faux à présent{NO_BREAK}: 1.",
    }[language]
    assert headline in said
    page = html(worklist(), language)
    tiers = re.findall(r'class="tier-section tier-(\d)"', page)
    assert tiers == ["1", "2", "3", "4"]
    assert page.index('id="event-11"') < page.index('id="event-12"')


def test_an_event_says_from_what_to_what_and_who_is_responsible() -> None:
    said = block(html(worklist()), 11)
    assert "Pathogenic (class 5)" in said
    assert "Uncertain significance (class 3)" in said
    assert "points: +10" in said
    assert "gnomAD. Replayed alone, it makes the whole change." in said
    assert "ClinVar: pathogenic (2 of 4 stars)" in said
    assert "ClinVar: conflicting classifications (1 of 4 stars)" in said
    assert "The software no longer agrees." in said


def test_a_criterion_names_the_record_the_release_and_its_date() -> None:
    said = block(html(worklist()), 11)
    assert "lost supporting points: −1" in said
    assert "gained strong points: −4" in said
    assert "Frequency rose over a threshold: af 0.00012 → af 0.0061" in said
    assert "Release: 2.0.1 → 2.1.1 (1 March 2017)" in said
    others = said[said.index("Other records that moved") :]
    assert "Class lowered, conflict begun: pathogenic, 2 stars → conflicting, 1 star" in others


@pytest.mark.parametrize(
    ("attribution", "sentence"),
    [
        (Attribution.SINGLE, "Replayed alone, it makes the whole change."),
        (Attribution.EACH, "Each of them alone makes the change."),
        (Attribution.INTERACTION, "none of them alone makes the change."),
        (Attribution.NOT_REPLAYED, "were not replayed one at a time."),
    ],
)
def test_attribution_is_said_plainly(attribution: Attribution, sentence: str) -> None:
    event = replace(downgrade(), responsible=("clinvar", "gnomad"), attribution=attribution)
    said = text(Worklist(run_summary(), (listed(1, event),)))
    assert "ClinVar, gnomAD" in said
    assert sentence in said


def test_the_three_dates_are_told_apart_and_a_missing_one_is_said() -> None:
    page = html(worklist())
    said = block(page, 11)
    assert "First seen in this case 10 February 2015" in said
    assert "Evidence last changed 3 April 2017" in said
    assert "Phenotype first matched 10 February 2015" in said
    assert "Phenotype first matched not yet" in block(page, 14)


def test_both_sides_of_a_pair_stand_together_and_lead_to_each_other() -> None:
    page = html(worklist())
    order = re.findall(r'id="event-(\d+)" data', page)
    assert order == ["11", "12", "13", "14", "7"]
    assert 'href="#event-13"' in page[page.index('id="event-12"') : page.index('id="event-13"')]
    assert f"Second allele of the same gene: {FRAMESHIFT}" in block(page, 13)


def test_a_promotion_and_a_drop_are_no_change_of_class() -> None:
    page = html(worklist())
    assert "not a candidate → to Likely pathogenic (class 4)" in block(page, 14)
    assert "Uncertain significance (class 3) → to no longer a candidate" in block(page, 7)


def test_near_misses_and_awaited_second_hits_are_explained() -> None:
    page = html(worklist())
    assert "Points missing for “likely pathogenic”: 5." in block(page, 11)
    assert "PVS1 (very strong)" in block(page, 11)
    assert "a second one is awaited" in block(page, 14)


def test_constructed_data_are_named_on_the_line_and_on_the_record() -> None:
    page = html(worklist())
    assert block(page, 11).count("constructed") >= 4
    assert "constructed" not in block(page, 12)
    assert "Demonstration." in Page(page).text
    assert "Demonstration." not in text(silent())


def test_the_review_is_told_with_its_acts() -> None:
    page = html(worklist())
    assert "4 April 2017: taken – Dr Tremblay – RCP" in block(page, 12)
    waiting = block(page, 7)
    assert "Waiting for: a change of the source clinvar." in waiting
    assert "Open since an earlier run." in waiting


def test_the_event_leads_to_the_case_s_report_at_the_allele() -> None:
    page = Page(without_script(html(worklist(), Language.FRENCH)))
    links = [link for link in page.values("href") if link.startswith("cases/")]
    assert f"cases/{FIRST}/report.fr.html#hypothesis-1" in links
    # The dropped allele has no place in the report any more.
    assert "cases/C-CCCCCCCCCCCC/report.fr.html" in links


def test_the_header_counts_the_cases_and_names_the_releases() -> None:
    said = text(worklist())
    assert f"Run {RUN} Date 3 April 2017 Cases examined again 12" in said
    assert "of which changed 3 Unchanged 1,203 Skipped 5" in said
    assert "ClinVar 2015-02 → 2017-04" in said
    assert "gnomAD nothing → 2.1.1" in said
    assert "Skipped, consent does not cover reanalysis: 4." in said
    assert "Over this run’s budget, to be listed by a later one: 3." in said
    assert "varinterp moved from 0.3.0 to 0.4.0." in said


@each_language
def test_a_silent_run_leaves_a_dated_page(language: Language) -> None:
    said = text(silent(), language)
    wanted = {
        Language.ENGLISH: ("Nothing new.", "on 3 April 2017, and no conclusion"),
        Language.FRENCH: ("Rien de nouveau.", "le 3 avril 2017, et aucune conclusion"),
    }[language]
    assert all(part in said for part in wanted)
    assert "<script" not in html(silent(), language)


def test_people_to_recontact_are_listed_by_day_with_what_is_overdue() -> None:
    said = text(worklist())
    table = said[said.index("To be recontacted") :]
    assert table.index("Proband P-PROBAND00000") < table.index("Mother P-MOTHER000000")
    assert "1 April 2017 Dr Tremblay Proband" in table
    assert table.count("overdue") == 1
    assert "Brother P-BROTHER00000 heterozygous recontact: no answer recorded" in said


def test_the_laboratory_s_names_are_shown_only_where_they_are_given() -> None:
    assert "FAM-0417" in html(worklist())
    bare = worklist_page(build_worklist(worklist()), "en")
    assert "FAM-0417" not in bare
    assert FIRST in bare


def test_a_list_can_be_filtered_by_what_is_on_it_and_is_read_without_a_script() -> None:
    page = Page(html(worklist()))
    bar = next(e for e in page.elements if e.attributes.get("id") == "filters")
    assert "hidden" in bar.attributes
    wanted = {e.attributes["data-filter"] for e in page.elements if "data-filter" in e.attributes}
    assert wanted == {"tier", "direction", "gene", "physician", "state", "from", "until"}
    options = [e.attributes["value"] for e in page.all("option")]
    assert {"TANGO2", "DGCR8", "P-PRESCRIBER1", "in_review", "down"} <= set(options)
    assert all("hidden" not in e.attributes for e in page.all("details"))


@each_list
@each_language
def test_the_list_loads_nothing_and_allows_no_script_but_its_own(
    name: str, language: Language
) -> None:
    given = html(LISTS[name](), language)
    page = Page(given)
    for tag in ("img", "iframe", "object", "embed", "form", "base"):
        assert not page.all(tag)
    assert not page.values("src")
    assert "url(" not in given
    (policy,) = [e.attributes["content"] for e in page.all("meta") if "http-equiv" in e.attributes]
    if name == "silent":
        assert policy == POLICY
        return
    (inside,) = re.findall(r"<script>(.*?)</script>", given, re.DOTALL)
    digest = b64encode(sha256(inside.encode()).digest()).decode()
    assert policy is not None
    assert f"script-src 'sha256-{digest}'" in policy
    assert "unsafe-inline'; script" not in policy
    assert inside == script()


@each_list
@each_language
def test_the_list_is_well_formed_and_accessible(name: str, language: Language) -> None:
    page = Page(without_script(html(LISTS[name](), language)))
    assert page.mistakes == []
    assert page.open == []
    assert page.all("html")[0].attributes["lang"] == language.value
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(element.attributes.get("scope") for element in page.all("th"))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    named = [each for value in page.values("aria-labelledby") for each in value.split()]
    assert set(named) <= set(ids)
    levels = [int(e.tag[1]) for e in page.elements if re.fullmatch(r"h[1-6]", e.tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@each_language
def test_no_program_s_word_is_left_on_the_list(language: Language) -> None:
    said = text(worklist(), language)
    assert not re.search(r"[{}]|\b(None|nan|True|False|Undefined|word\.|reason\.|worklist\.)", said)
    assert not re.search(r"\b(in_review|frequency_crossed_up|likely_pathogenic|snoozed_)\b", said)


def test_both_languages_of_the_list_carry_the_same_facts() -> None:
    english, french = (
        facts(Page(without_script(html(worklist(), language)))) for language in Language
    )
    assert english[1:] == french[1:]


def test_hostile_texts_stay_texts() -> None:
    bad = "</script><script>alert(1)</script>\"'{{ 7 * 7 }}"
    event = replace(downgrade(), symbol=bad)
    given = replace(listed(1, event), physician=bad, coding=bad, protein=bad)
    other = replace(listed(2, downgrade()), physician="other")
    page = worklist_page(
        build_worklist(Worklist(run_summary(), (given, other)), {FIRST: bad}), "en"
    )
    assert "<script>alert" not in page
    assert page.count("<script>") == 1
    assert "{{ 7 * 7 }}" in page


def test_the_same_list_gives_the_same_bytes() -> None:
    assert html(worklist()) == html(worklist())


def test_an_event_without_a_responsible_source_says_that_it_is_not_known() -> None:
    event = replace(downgrade(), responsible=(), causes=(), criteria=())
    said = text(Worklist(run_summary(), (listed(1, event),)))
    assert "Responsible: not known" in said
    assert "No criterion changed." in said


def test_a_reason_that_the_page_tells_elsewhere_is_not_told_twice() -> None:
    gained = Reason.of("event.criterion_gained", criterion="BS1", strength_after="strong")
    event = replace(downgrade(), reasons=(*downgrade().reasons, gained))
    view = build_worklist(Worklist(run_summary(), (listed(1, event),))).events[0]
    assert view.said == downgrade().reasons


WORDS: dict[str, type[Enum]] = {
    "attribution": Attribution,
    "change": ChangeKind,
    "dismiss": DismissReason,
    "event_direction": EventDirection,
    "event_kind": EventKind,
    "event_tier": EventTier,
    "recontact": RecontactState,
    "review": ReviewState,
    "transition": Transition,
    "validity": Validity,
    "wake": WakeKind,
}


@each_language
@pytest.mark.parametrize("vocabulary", WORDS)
def test_every_word_of_an_event_and_its_review_is_translated(
    language: Language, vocabulary: str
) -> None:
    texts = catalogue(language)
    keys = {f"word.{vocabulary}.{value.value}" for value in WORDS[vocabulary]}
    assert not {key for key in keys if key not in texts}


def test_a_pair_keeps_the_place_of_its_first_side() -> None:
    one, other = pair()
    given = Worklist(run_summary(), (listed(1, one), listed(2, downgrade()), listed(3, other)))
    first, second = build_worklist(given).tiers
    assert [view.listed.id for view in first.events] == [2]
    assert [view.listed.id for view in second.events] == [1, 3]
    assert build_worklist(given).first == 1


def test_a_state_nobody_expects_anything_of_can_still_be_shown() -> None:
    given = Worklist(run_summary(), (listed(1, downgrade(), ReviewState.DISMISSED),))
    assert "Event 1: dismissed." in text(given)


def test_an_event_of_one_class_says_what_else_moved_on_its_line() -> None:
    one, _ = pair()
    assert one.before is not None
    before = replace(one.before, machine=one.after.machine if one.after else one.before.machine)
    said = block(html(Worklist(run_summary(), (listed(1, replace(one, before=before)),))), 1)
    assert "Pathogenic (class 5) No known disease → Proposed" in said
