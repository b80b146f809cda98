"""What a hypothesis' place rests on, panels, marks, known alleles, near misses, secondary findings.

Each is shown in both languages with the same facts, and nothing is shown that the result lacks.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from page import Page, facts
from report_builders import analysed, calls, case, genotype
from report_cases import compound_pair, frameshift, missense, nonsense, tango2_homozygous, uncertain
from report_knowledge import EXCLUDED
from varinterp.model.assessment import AcmgClass
from varinterp.model.carried_copy import CarriedCopy
from varinterp.model.case import CaseResult, PhenotypeScore, RankedHypothesis, TermRow, Tier
from varinterp.model.copy_number import CopyNumber
from varinterp.model.copy_number_facts import Carrier
from varinterp.model.evidence import Reason
from varinterp.model.facts import Rule
from varinterp.model.fit import Answer, Fit
from varinterp.model.panel import AskedPanel, Panel, PanelLevel, PanelUse
from varinterp.report.catalogue import Language
from varinterp.report.html import FOLDED, render
from varinterp.report.phenotype_view import phenotype_view
from varinterp.report.view import DETAILED, AnswerKind, build_view
from varinterp.report.weighing import FULL, HALF, weighing
from varinterp.report.wording import wording

ONSET = "HP:0003593"
LOSS = CopyNumber.parse("22-20012478-20521908-DEL-1")
CONSULTED = {"phenotype.method": Rule("fusion"), "rank.panel_levels": Rule(("green",))}
PANELS = (
    Panel(
        AskedPanel("crises"), "panels", "Metabolic crises", "1.2", 7,
        (("HGNC:25439", PanelLevel.GREEN),),
    ),
    Panel(AskedPanel("panelapp_uk:402", PanelUse.FILTER), "panelapp_uk", "Epilepsy", "4.1", 900),
    Panel(AskedPanel("HP:0001250"), "hpo", "Seizure", "2025-01-16", None),
    Panel(AskedPanel("gone"), "panels", None, None),
)  # fmt: skip


def first(result: CaseResult, **changes: Any) -> CaseResult:
    """Change the first place of a ranking."""
    place, *others = result.ranking
    return replace(result, ranking=(replace(place, **changes), *others))


def with_panels() -> CaseResult:
    outside = Reason.of("tier.outside_panel", panel="Epilepsy", version="4.1")
    whole = replace(nonsense(), panels=PANELS, ranked_by=CONSULTED)
    return first(whole, tier=Tier.NOT_RETAINED, reason=outside)


def with_marks() -> CaseResult:
    mark = Reason.of("mark.clinvar_benign", allele="22-20055980-C-T", stars=1)
    return first(nonsense(), marks=(mark,))


def known() -> CaseResult:
    return first(tango2_homozygous(), tier=Tier.KNOWN_ALLELE)


def secondary() -> CaseResult:
    return first(
        tango2_homozygous(secondary_findings=True),
        tier=Tier.SECONDARY,
        reason=Reason.of("tier.secondary", list="constructed-1"),
    )


def single_hit() -> CaseResult:
    """One stop in a gene whose disease needs two."""
    return analysed(case(), [frameshift(calls(genotype(1), genotype(1), genotype(0)))])


def unphased() -> CaseResult:
    """Two alleles, no parent and no reads that tell on which copies they lie."""
    found = [
        frameshift(calls(genotype(1), genotype(None), genotype(None))),
        missense(calls(genotype(1), genotype(None), genotype(None))),
    ]
    return analysed(case(), found)


def beside_a_loss() -> CaseResult:
    whole = single_hit()
    everybody = [person.id for person in whole.case.family]
    carried = CarriedCopy(
        LOSS, ("HGNC:25439",), AcmgClass.PATHOGENIC, 1.2,
        tuple(zip(everybody, (Carrier.YES, Carrier.NO, Carrier.YES), strict=True)),
    )  # fmt: skip
    fit = Fit(Answer.FITS, whole.ranking[0].fit.reason, None, LOSS)
    return first(replace(whole, copy_numbers=(carried,)), fit=fit, tier=Tier.PROPOSED)


def with_onset() -> CaseResult:
    whole = uncertain()
    patient = replace(whole.case.phenotype, onset=ONSET)
    return replace(
        whole,
        case=replace(whole.case, phenotype=patient),
        term_names={**whole.term_names, ONSET: "Infantile onset"},
    )


RESULTS: dict[str, Callable[[], CaseResult]] = {
    "panels": with_panels,
    "marks": with_marks,
    "known": known,
    "secondary": secondary,
    "single hit": single_hit,
    "unphased": unphased,
    "loss": beside_a_loss,
    "onset": with_onset,
}


def text(result: CaseResult, language: Language = Language.ENGLISH) -> str:
    return Page(render(build_view(result), language)).text


@pytest.mark.parametrize("name", RESULTS)
def test_both_languages_carry_the_same_facts(name: str) -> None:
    view = build_view(RESULTS[name]())
    pages = [Page(render(view, language)) for language in Language]
    english, french = map(facts, pages)
    assert english == french
    for page in pages:
        assert page.mistakes == []
        assert page.open == []
        ids = page.values("id")
        assert len(ids) == len(set(ids))


def test_every_contribution_is_shown_with_its_reason_and_they_make_the_sum() -> None:
    (place,) = nonsense().ranking
    shown = weighing(place)
    assert shown is not None
    assert [each.part for each in shown.parts] == [each.part for each in place.contributions]
    assert shown.total.log_odds == pytest.approx(sum(each.log_odds for each in shown.parts))
    for language in Language:
        words, page = wording(language), text(nonsense(), language)
        for each in place.contributions:
            assert words.word("part", each.part.value) in page
            assert words.odds(each.log_odds) in page
            assert words.sentence(each.reason) in page


def test_a_bar_points_where_its_weight_does_and_ends_at_the_edge() -> None:
    (place,) = nonsense().ranking
    given = place.contributions[0]
    for log_odds, x, width in ((0.0, HALF, 0), (FULL / 2, HALF, HALF / 2), (-2 * FULL, 0, HALF)):
        moved = replace(place, contributions=(replace(given, log_odds=log_odds),))
        shown = weighing(moved)
        assert shown is not None
        assert (shown.parts[0].x, shown.parts[0].width) == (x, width)


def test_a_case_that_an_earlier_version_ranked_shows_its_score_as_it_was() -> None:
    stored = first(nonsense(), contributions=())
    assert weighing(stored.ranking[0]) is None
    assert wording(Language.ENGLISH).text("weighing.caption") not in text(stored)
    assert wording(Language.ENGLISH).text("hypothesis.score") in text(stored)


@pytest.mark.parametrize(
    ("log_odds", "english", "french"),
    [
        (0.0, "× 1", "× 1"),
        (0.04, "× 1", "× 1"),
        (1.0, "× 2.7", "× 2,7"),
        (-1.0, "÷ 2.7", "÷ 2,7"),
        (8.5, "× 4,900", "× 4\N{NARROW NO-BREAK SPACE}900"),
        (-0.5, "÷ 1.6", "÷ 1,6"),
    ],
)
def test_weights_are_written_as_factors_on_odds(log_odds: float, english: str, french: str) -> None:
    assert wording(Language.ENGLISH).odds(log_odds) == english
    assert wording(Language.FRENCH).odds(log_odds) == french


def row(term: str, kind: str, organ: str | None, weight: float = 0.0) -> TermRow:
    name = None if organ is None else f"organ {organ}"
    return TermRow(term, term, kind, term, term, organ=organ, organ_name=name, weight=weight)


def test_terms_are_grouped_by_organ_and_what_speaks_for_the_disease_comes_first() -> None:
    rows = (
        row("HP:1", "absent", "A", -2.0),
        row("HP:2", "exact", "B", 3.0),
        row("HP:3", "excluded", "B"),
        row("HP:4", "exact", None, 9.0),
        row("HP:5", "related", "C", 1.0),
        row("HP:6", "related", "B", 0.5),
        row("HP:7", "exact", "D", 4.0),
    )
    view = phenotype_view(PhenotypeScore(0.5, rows, log_lr=2.0))
    assert view is not None
    assert [organ.id for organ in view.organs] == ["D", "B", "C", "A", None]
    assert [each.term for each in view.organs[1].rows] == ["HP:2", "HP:6", "HP:3"]
    assert (view.exact, view.terms) == (3, 6)
    assert view.by_organ


@pytest.mark.parametrize("language", Language)
def test_a_parentage_is_spoken_of_only_where_a_parent_is_stated(language: Language) -> None:
    stated = wording(language).text("patient.parentage_stated")
    assert stated in text(nonsense(), language)
    assert stated not in text(uncertain(), language)


def test_terms_of_an_earlier_version_have_no_organs_and_none_is_invented() -> None:
    rows = (row("HP:1", "exact", None), row("HP:2", "absent", None))
    view = phenotype_view(PhenotypeScore(0.5, rows))
    assert view is not None
    assert not view.by_organ
    assert [each.term for each in view.rows] == ["HP:1", "HP:2"]


def test_panels_stand_in_the_header_with_version_use_and_what_they_did() -> None:
    header = build_view(with_panels()).header
    assert [(each.panel.asked.name, each.genes, each.outside) for each in header.panels] == [
        ("crises", 1, 0), ("panelapp_uk:402", 0, 1), ("HP:0001250", 0, 0), ("gone", 0, 0),
    ]  # fmt: skip
    assert (header.method, header.outside) == ("fusion", 1)
    filtered = wording(Language.ENGLISH).text("answer.filtered", count=1)
    assert filtered in text(with_panels())
    assert filtered[:40] not in text(nonsense())
    page = text(with_panels())
    for told in ("Metabolic crises, version 1.2", "Epilepsy, version 4.1", "no longer hold"):
        assert told in page
    assert wording(Language.ENGLISH).sentence(with_panels().ranking[0].reason) in page


def test_a_mark_is_shown_at_the_answer_and_at_the_hypothesis_and_hides_nothing() -> None:
    words = wording(Language.ENGLISH)
    (mark,) = with_marks().ranking[0].marks
    assert text(with_marks()).count(words.sentence(mark)) == 2
    assert build_view(with_marks()).answer == build_view(nonsense()).answer


def test_a_known_allele_is_shown_in_full_and_is_not_presented_as_an_explanation() -> None:
    view = build_view(known())
    assert (view.answer.kind, view.answer.proposed, view.answer.known) == (AnswerKind.KNOWN, 0, 1)
    assert [each.tier for each in view.hypotheses] == [Tier.KNOWN_ALLELE]


def test_secondary_findings_have_a_section_of_their_own_and_only_with_consent() -> None:
    view = build_view(secondary())
    assert view.hypotheses == ()
    assert [each.gene for each in view.secondary] == ["TANGO2"]
    words = wording(Language.ENGLISH)
    assert words.text("secondary.text") in text(secondary())
    assert words.text("secondary.no_consent") in text(nonsense())
    consented = tango2_homozygous(secondary_findings=True)
    assert words.text("secondary.empty") in text(consented)


def test_the_limits_deny_secondary_findings_only_where_nobody_consented() -> None:
    denied = wording(Language.ENGLISH).text("limits.secondary")
    assert denied in text(nonsense())
    assert denied not in text(secondary())


def test_a_good_single_hit_in_a_recessive_gene_is_a_near_miss() -> None:
    view = build_view(single_hit())
    assert [(each.kind, each.gene) for each in view.near] == [("single_hit", "TANGO2")]
    assert view.hypotheses == ()
    page = text(single_hit())
    assert wording(Language.ENGLISH).sentence(view.near[0].reason) in page
    assert build_view(nonsense()).near == ()


def test_a_pair_whose_phase_nothing_tells_says_what_would_tell() -> None:
    view = build_view(unphased())
    (pair,) = view.hypotheses
    assert pair.compound
    assert [each.kind for each in view.near] == ["phase_unknown"]
    sentence = wording(Language.ENGLISH).sentence(view.near[0].reason)
    assert text(unphased()).count(sentence) == 2
    assert build_view(compound_pair()).near == ()


def test_a_small_variant_beside_a_loss_is_shown_with_the_loss_and_who_has_it() -> None:
    (pair,) = build_view(beside_a_loss()).hypotheses
    assert pair.second_hit is not None
    assert pair.second_hit.name == "NC_000022.11:g.20012478_20521908del"
    assert [call for _, call in pair.second_hit.family] == [Carrier.YES, Carrier.NO, Carrier.YES]
    assert text(beside_a_loss()).count(pair.second_hit.name) >= 3
    assert build_view(single_hit()).near[0].gene == "TANGO2"


def test_the_onset_is_shown_by_name_and_id() -> None:
    page = text(with_onset())
    assert "Infantile onset" in page
    assert ONSET in page
    assert build_view(uncertain()).header.onset is None


def test_excluded_terms_are_never_shown_as_counted() -> None:
    place: RankedHypothesis = nonsense().ranking[0]
    assert place.phenotype is not None
    rows = (*place.phenotype.rows, row(EXCLUDED[0], "excluded", "HP:0000707", 2.0))
    shown = first(nonsense(), phenotype=replace(place.phenotype, rows=rows))
    words = wording(Language.ENGLISH)
    assert words.text("phenotype.not_counted") in text(shown)
    assert words.organ("HP:0000707", "x") in text(shown)


def many(further: int = 3) -> CaseResult:
    """More hypotheses than anybody reads in full, and a known allele after them."""
    whole = nonsense()
    (place,) = whole.ranking
    places = [replace(place, rank=number) for number in range(1, DETAILED + further + 1)]
    last = replace(place, rank=DETAILED + further + 1, tier=Tier.KNOWN_ALLELE)
    return replace(whole, ranking=(*places, last))


def test_the_first_ones_are_shown_in_full_and_the_others_in_a_table() -> None:
    view = build_view(many())
    assert [each.rank for each in view.hypotheses] == [*range(1, DETAILED + 1), DETAILED + 4]
    assert [each.rank for each in view.further] == [DETAILED + 1, DETAILED + 2, DETAILED + 3]
    assert (view.answer.proposed, view.answer.known) == (DETAILED + 3, 1)
    for language in Language:
        page = text(many(), language)
        words = wording(language)
        assert words.text("further.caption", count=3) in page
        assert page.count(words.text("weighing.caption")) == DETAILED + 1
    assert build_view(nonsense()).further == ()


def test_a_long_table_is_folded_and_a_short_one_is_not() -> None:
    words = wording(Language.ENGLISH)
    folded = f"<summary>{words.text('further.caption', count=FOLDED + 1)}</summary>"
    assert folded in render(build_view(many(FOLDED + 1)), Language.ENGLISH)
    short = render(build_view(many(FOLDED)), Language.ENGLISH)
    assert f"<summary>{words.text('further.caption', count=FOLDED)}" not in short


@pytest.mark.parametrize("language", Language)
def test_a_candidate_shows_its_chance_beside_its_tier(language: Language) -> None:
    words = wording(language)
    (place,) = nonsense().ranking
    score = words.text("weighing.score", score=words.probability(place.score))
    told = f"{words.word('tier', place.tier)} · {score}"
    page = text(nonsense(), language)
    assert told in page[: page.index(words.text("patient.observed"))]
    further = words.text("further.rank", rank=DETAILED + 1)
    assert f"{further} · {told}" in text(many(), language)


def test_every_shown_place_can_be_linked_to() -> None:
    page = render(build_view(many()), Language.ENGLISH)
    for rank in range(1, DETAILED + 5):
        assert page.count(f'id="hypothesis-{rank}"') == 1
