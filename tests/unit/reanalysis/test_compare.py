"""What lies between two pictures of a case: one event for each allele and gene that moved."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from event_builders import (
    CONFLICTING,
    DISEASE,
    DOMINANT,
    GENE,
    LB,
    LP,
    MO,
    ONE,
    OTHER,
    PATHOGENIC,
    RECESSIVE,
    ST,
    SU,
    TODAY,
    UNCERTAIN,
    VUS,
    Claim,
    P,
    cause,
    event,
    events,
    known,
    picture,
    signed,
)
from varinterp.model.assessment import AcmgClass, AssessmentKey
from varinterp.model.canonical import canonical
from varinterp.model.case import Tier
from varinterp.model.change import ChangeKind
from varinterp.model.clinvar import Assertion
from varinterp.model.event import Attribution, EventDirection, EventKind, EventTier, Facet
from varinterp.model.evidence import Criterion
from varinterp.model.fit import Answer
from varinterp.model.gene_disease import Inheritance, Validity
from varinterp.model.standing import Match
from varinterp.model.variant import Allele
from varinterp.reanalysis.compare import compare
from varinterp.reanalysis.context import Context

UNKNOWN_DISEASE = Claim(disease=None, mode=None, tier=Tier.NO_KNOWN_DISEASE, exact=None)
ALLELES = st.sampled_from([ONE, OTHER, "22-20099999-A-G"])


def test_a_gene_that_became_one_of_a_disease_is_one_event() -> None:
    link = cause("gene_disease", ChangeKind.ADDED, date="2017-03-01")
    found = event(UNKNOWN_DISEASE, Claim(criteria=P), link)

    assert found.before is not None
    assert found.after is not None
    assert found.before.key.disease == "none"
    assert (found.after.key.disease, found.after.key.inheritance) == (DISEASE, RECESSIVE)
    assert found.after.acmg_class is AcmgClass.PATHOGENIC
    assert found.direction is EventDirection.UP
    assert found.tier is EventTier.ACTIONABLE
    assert found.causes == (link,)
    assert (found.responsible, found.attribution) == (("gene_disease",), Attribution.SINGLE)
    assert found.dates.evidence_changed == "2017-03-01"


def test_the_standing_is_the_best_ranked_hypothesis_and_never_the_highest_class() -> None:
    proposed = Claim(criteria=VUS)
    other = Claim(disease="OMIM:100000", mode=DOMINANT, criteria=P, tier=Tier.NOT_RETAINED)
    found = event(None, proposed)
    (both,) = events((), (proposed, other))

    assert both.after is not None
    assert found.after is not None
    assert both.after.key == found.after.key
    assert both.after.acmg_class is AcmgClass.UNCERTAIN
    assert [each.disease for each in both.after.alternatives] == ["OMIM:100000"]


def test_a_disease_that_is_none_of_the_patients_is_never_named_beside_the_best_one() -> None:
    hidden = Claim(disease="OMIM:100000", criteria=P, tier=Tier.UNRELATED)
    (found,) = events((), (Claim(), hidden))

    assert found.after is not None
    assert found.after.alternatives == ()


def test_a_promoted_allele_has_no_before_and_a_dropped_one_no_after() -> None:
    row = cause("clinvar", ChangeKind.ADDED)
    promoted = event(None, Claim(criteria=LP, clinvar=PATHOGENIC), row)
    dropped = event(Claim(criteria=LP), None, cause("gnomad", ChangeKind.FREQUENCY_CROSSED_UP))

    assert (promoted.before, promoted.moved) == (None, (Facet.PRESENCE,))
    assert promoted.causes == (row,)
    assert [each.criterion for each in promoted.criteria] == [Criterion.PVS1, Criterion.BP4]
    assert (dropped.after, dropped.direction) == (None, EventDirection.DOWN)
    assert [each.source for each in dropped.causes] == ["gnomad"]


def test_each_criterion_names_the_reads_that_moved_it() -> None:
    before = Claim(
        criteria={Criterion.PM2: SU, Criterion.PP3: SU},
        values={"gnomad": "absent", "revel": "0.8", "clinvar.codon": "VUS"},
    )
    after = Claim(
        criteria={Criterion.PP3: ST, Criterion.PM5: MO},
        values={"gnomad": "common", "revel": "0.95", "clinvar.codon": "P"},
    )
    rows = (
        cause("gnomad", ChangeKind.FREQUENCY_CROSSED_UP),
        cause("revel", ChangeKind.SCORE_CROSSED_UP),
        cause("clinvar.codon", ChangeKind.CLASS_UP),
    )
    found = event(before, after, *rows)

    assert {
        each.criterion: (each.before, each.after, [cause.source for cause in each.causes])
        for each in found.criteria
    } == {
        Criterion.PM2: (SU, None, ["gnomad"]),
        Criterion.PM5: (None, MO, ["clinvar.codon"]),
        Criterion.PP3: (SU, ST, ["revel"]),
    }
    assert found.responsible == ("clinvar", "gnomad", "revel")
    assert found.attribution is Attribution.NOT_REPLAYED


def test_a_change_that_no_release_names_is_the_familys_own() -> None:
    before = picture(Claim(tier=Tier.UNRELATED, exact=0), observed=("HP:0000001",))
    (found,) = events(before, picture(Claim()))

    assert found.kind is EventKind.PATIENT
    assert [each.source for each in found.causes] == ["case.phenotype"]
    assert found.dates.phenotype_matched == TODAY


@pytest.mark.parametrize(
    ("before", "after", "key", "direction"),
    [
        (None, PATHOGENIC, "event.external_new", EventDirection.UP),
        (PATHOGENIC, None, "event.external_withdrawn", EventDirection.DOWN),
        (PATHOGENIC, UNCERTAIN, "event.external_moved", EventDirection.DOWN),
        (PATHOGENIC, CONFLICTING, "event.external_conflict", EventDirection.DOWN),
        (PATHOGENIC, replace(PATHOGENIC, stars=1), "event.external_stars", EventDirection.DOWN),
        (PATHOGENIC, replace(PATHOGENIC, stars=3), "event.external_stars", EventDirection.UP),
    ],
)
def test_what_others_say_is_told_word_by_word(
    before: Assertion | None, after: Assertion | None, key: str, direction: EventDirection
) -> None:
    found = event(Claim(clinvar=before), Claim(clinvar=after), cause("clinvar"))

    assert found.moved == (Facet.EXTERNAL,)
    assert [reason.key for reason in found.reasons] == [key]
    assert found.direction is direction
    assert [each.source for each in found.causes] == ["clinvar"]


def test_another_mode_of_inheritance_and_validity_are_told_with_the_gene_as_their_cause() -> None:
    row = cause("gene_disease", ChangeKind.INHERITANCE_MOVED)
    mode = event(Claim(), Claim(mode=DOMINANT, validity=Validity.LIMITED), row)

    assert {Facet.INHERITANCE} <= set(mode.moved)
    assert mode.causes == (row,)
    demoted = event(Claim(), Claim(validity=Validity.LIMITED), row)
    assert demoted.moved == (Facet.VALIDITY,)
    assert demoted.direction is EventDirection.DOWN
    assert demoted.tier is EventTier.BOUNDARY


def test_both_sides_of_a_compound_heterozygote_are_in_one_group() -> None:
    before = (UNKNOWN_DISEASE, replace(UNKNOWN_DISEASE, allele=OTHER))
    after = (
        Claim(partner=OTHER, homozygous=False, criteria=P),
        Claim(OTHER, partner=ONE, homozygous=False, criteria=LP),
    )
    one, other = events(before, after, cause("gene_disease", ChangeKind.ADDED))

    assert {str(one.allele), str(other.allele)} == {ONE, OTHER}
    assert one.group == other.group
    assert one.partner is not None
    assert other.partner is not None
    assert one.partner.after == other.after
    assert other.partner.after == one.after
    assert {one.tier, other.tier} == {EventTier.ACTIONABLE}


def test_an_allele_whose_partner_alone_moved_has_no_event_of_its_own() -> None:
    pair = {"homozygous": False, "criteria": P}
    before = (Claim(partner=OTHER, **pair), Claim(OTHER, partner=ONE))  # type: ignore[arg-type]
    after = (Claim(partner=OTHER, **pair), Claim(OTHER, partner=ONE, criteria=LP))  # type: ignore[arg-type]
    (found,) = events(before, after, cause("revel", allele=OTHER))

    assert str(found.allele) == OTHER
    assert found.partner is not None
    assert found.partner.after is not None
    assert found.partner.after.partner_class is AcmgClass.LIKELY_PATHOGENIC


def test_a_second_hit_is_told_on_the_allele_that_waited_for_it() -> None:
    waiting = Claim(criteria=P, homozygous=False, fit=Answer.DOES_NOT_FIT, tier=Tier.NOT_RETAINED)
    pair = Claim(criteria=P, homozygous=False, partner=OTHER)
    second = Claim(OTHER, criteria=LP, homozygous=False, partner=ONE)
    row = cause("clinvar", ChangeKind.ADDED, allele=OTHER)
    found = {str(each.allele): each for each in events((waiting,), (pair, second), row)}

    assert Facet.PARTNER in found[ONE].moved
    assert "event.second_hit" in [reason.key for reason in found[ONE].reasons]
    assert found[ONE].causes == (row,)
    assert found[OTHER].before is None
    assert found[ONE].group == found[OTHER].group
    assert found[ONE].tier is EventTier.ACTIONABLE


def test_a_pathogenic_allele_with_an_uncertain_partner_is_not_yet_actionable() -> None:
    before = (
        Claim(homozygous=False, partner=OTHER),
        Claim(OTHER, homozygous=False, partner=ONE),
    )
    after = (replace(before[0], criteria=P), before[1])
    (found,) = events(before, after, cause("gene_disease"))

    assert found.tier is EventTier.BOUNDARY


def test_what_only_the_program_moved_is_kept_apart() -> None:
    moved = Context(on=TODAY, software_moved=True)
    found = event(Claim(criteria=VUS), Claim(criteria=LP), context=moved)

    assert found.kind is EventKind.SOFTWARE
    assert found.responsible == ("software",)
    assert found.causes == ()


def test_a_program_and_a_source_that_moved_together_are_both_named() -> None:
    before = Claim(criteria=VUS, values={"revel": "0.8"})
    after = Claim(criteria={**P, Criterion.PP3: ST}, values={"revel": "0.95"})
    moved = Context(on=TODAY, software_moved=True)
    found = event(before, after, cause("revel"), context=moved)

    assert found.kind is EventKind.KNOWLEDGE
    assert found.responsible == ("revel", "software")


def test_evidence_that_moves_nothing_that_a_person_acts_on_is_recorded_apart() -> None:
    row = cause("gnomad", ChangeKind.FREQUENCY_MOVED)
    found = event(Claim(values={"gnomad": "1"}), Claim(values={"gnomad": "2"}), row)

    assert found.kind is EventKind.EVIDENCE_ONLY
    assert not found.kind.surfaces
    assert found.moved == ()
    assert found.causes == (row,)
    assert found.direction is EventDirection.SIDEWAYS


def test_another_place_in_the_ranking_alone_is_no_event() -> None:
    first, second = Claim(), Claim(OTHER)

    assert events((first, second), (second, first)) == ()


@pytest.mark.parametrize("criteria", [P, LP])
def test_a_disease_that_is_none_of_the_patients_is_withheld(
    criteria: dict[Criterion, object],
) -> None:
    hidden = Claim(tier=Tier.UNRELATED, exact=0)
    upgraded = replace(hidden, criteria=criteria)  # type: ignore[arg-type]

    assert event(hidden, upgraded).kind is EventKind.WITHHELD
    assert event(None, upgraded).kind is EventKind.WITHHELD


def test_a_finding_that_a_consent_let_be_told_is_withheld_when_the_consent_is_gone() -> None:
    told = Claim(criteria=P, tier=Tier.SECONDARY, exact=0)
    hidden = replace(told, tier=Tier.UNRELATED)

    other = replace(hidden, disease="OMIM:604370", mode=DOMINANT)
    assert event(told, hidden).kind is EventKind.WITHHELD
    assert event(told, other).kind is EventKind.WITHHELD
    assert event(hidden, told).kind.surfaces
    assert event(None, told).kind.surfaces


def test_a_finding_that_a_later_consent_lets_be_told_is_the_familys_own_news() -> None:
    hidden = Claim(criteria=P, tier=Tier.UNRELATED, exact=0)
    before = picture(hidden)
    after = replace(picture(replace(hidden, tier=Tier.SECONDARY)), consented=True)
    (found,) = events(before, after)

    assert found.kind is EventKind.PATIENT
    assert [each.source for each in found.causes] == ["case.consent"]
    assert found.responsible == ("case",)


def test_a_secondary_finding_is_no_alternative_of_another_disease() -> None:
    other = Claim(disease="OMIM:604370", mode=DOMINANT, criteria=P, tier=Tier.SECONDARY, exact=0)
    (found,) = events((Claim(), other), (Claim(criteria=P), other))

    assert found.after is not None
    assert found.after.alternatives == ()


def test_others_word_moves_an_allele_into_sight_and_somebody_sees_why() -> None:
    hidden = Claim(criteria=LB, tier=Tier.NOT_RETAINED)
    known = replace(hidden, tier=Tier.KNOWN_ALLELE, clinvar=PATHOGENIC)
    found = event(hidden, known)

    assert found.kind is EventKind.KNOWLEDGE
    assert found.tier is EventTier.BOUNDARY
    assert found.direction is EventDirection.UP


def test_a_disease_that_is_none_of_the_patients_is_not_named_on_the_other_side() -> None:
    hidden = Claim(disease="OMIM:604370", mode=DOMINANT, criteria=P, tier=Tier.UNRELATED, exact=0)
    gained, lost = event(hidden, Claim()), event(Claim(), hidden)
    signature = replace(hidden, signed=signed())
    told = event(Claim(signed=signed()), signature)

    assert (gained.before, lost.after) == (None, None)
    assert "604370" not in canonical((gained, lost))
    assert lost.direction is EventDirection.DOWN
    assert told.after is not None


def test_a_signed_finding_is_told_even_when_its_disease_is_no_longer_the_patients() -> None:
    finding = Claim(criteria=P, tier=Tier.UNRELATED, exact=0, signed=signed())
    found = event(finding, replace(finding, criteria=LP))

    assert found.kind.surfaces
    assert found.tier is EventTier.SIGNED


def test_what_is_neither_proposed_nor_pathogenic_to_anybody_stays_in_the_background() -> None:
    background = replace(UNKNOWN_DISEASE, criteria=LB)

    assert event(UNKNOWN_DISEASE, background).kind is EventKind.BACKGROUND
    assert event(None, background).kind is EventKind.BACKGROUND
    assert event(None, replace(background, clinvar=PATHOGENIC)).kind is EventKind.KNOWLEDGE


def test_the_first_days_of_a_subject_outlive_its_events() -> None:
    first = event(None, Claim(criteria=LP), context=Context(on="2024-05-01"))
    lost = Context(on="2025-05-01", earlier={(first.allele, GENE): (first,)})
    second = event(Claim(criteria=LP), Claim(criteria=VUS), context=lost)
    again = Context(on="2026-05-01", earlier={(first.allele, GENE): (first, second)})
    third = event(Claim(criteria=VUS), Claim(criteria=LP), context=again)

    assert third.dates.first_seen == "2024-05-01"
    assert third.dates.phenotype_matched == "2024-05-01"
    assert third.dates.evidence_changed == "2026-05-01"
    assert third.earlier == (first.digest, second.digest)
    assert third.reasons[-1].key == "event.seen_before"


def test_a_signature_on_another_hypothesis_than_the_best_is_still_looked_after() -> None:
    best = Claim(criteria=VUS)
    other = Claim(disease="OMIM:100000", mode=DOMINANT, criteria=P, tier=Tier.NOT_RETAINED)
    people = Context(on=TODAY, signed={other.key: signed()})
    (found,) = events((best, other), (best, replace(other, criteria=VUS)), context=people)

    assert found.tier is EventTier.SIGNED
    assert found.direction is EventDirection.DOWN
    assert found.after is not None
    assert found.after.signed is not None
    assert found.after.signed.machine is AcmgClass.UNCERTAIN


def test_the_phenotype_is_matched_from_the_first_term_that_the_disease_has() -> None:
    none, some, unknown = (event(None, Claim(exact=exact)) for exact in (0, 2, None))

    assert [each.dates.phenotype_matched for each in (none, some, unknown)] == [None, TODAY, None]
    assert some.after is not None
    assert some.after.match == Match(exact=2, terms=6)


def test_only_the_subjects_that_are_asked_for_are_compared() -> None:
    before, after = (
        picture(Claim(), Claim(OTHER)),
        picture(Claim(criteria=P), Claim(OTHER, criteria=P)),
    )
    subject = (Allele.parse(OTHER), GENE)
    found = compare(before, after, {}, Context(on=TODAY), only=[subject])

    assert [each.subject[1:] for each in found] == [subject]


# Properties

CRITERIA = st.dictionaries(
    st.sampled_from([Criterion.PVS1, Criterion.PM2, Criterion.PP3, Criterion.PM5]),
    st.sampled_from([ST, MO, SU]),
    max_size=4,
)
CLAIMS = st.builds(
    Claim,
    allele=st.just(ONE),
    criteria=CRITERIA,
    clinvar=st.sampled_from([None, PATHOGENIC, UNCERTAIN, CONFLICTING]),
    tier=st.sampled_from(list(Tier)),
    fit=st.sampled_from(list(Answer)),
    mode=st.sampled_from([RECESSIVE, DOMINANT, Inheritance.X_LINKED]),
    validity=st.sampled_from([Validity.STRONG, Validity.LIMITED]),
    values=st.dictionaries(st.sampled_from(["revel", "gnomad"]), st.sampled_from(["1", "2"])),
)
CASES = st.dictionaries(ALLELES, CLAIMS, max_size=3).map(
    lambda claims: tuple(replace(claim, allele=allele) for allele, claim in claims.items())
)
SWAPPED = {
    EventDirection.UP: EventDirection.DOWN,
    EventDirection.DOWN: EventDirection.UP,
    EventDirection.SIDEWAYS: EventDirection.SIDEWAYS,
}


@given(CASES)
def test_equal_pictures_have_no_event_between_them(claims: tuple[Claim, ...]) -> None:
    assert events(claims, claims) == ()


@given(CASES, CASES)
def test_there_and_back_are_the_same_events_the_other_way(
    before: tuple[Claim, ...], after: tuple[Claim, ...]
) -> None:
    there = {each.subject: each for each in events(before, after)}
    back = {each.subject: each for each in events(after, before)}

    assert there.keys() == back.keys()
    for subject, one in there.items():
        other = back[subject]
        assert (other.before, other.after) == (one.after, one.before)
        assert other.direction is SWAPPED[one.direction]
        assert other.moved == one.moved
        assert sum(each.points for each in one.criteria) == -sum(
            each.points for each in other.criteria
        )


@given(CASES, CASES)
def test_the_order_in_which_a_case_is_given_does_not_matter(
    before: tuple[Claim, ...], after: tuple[Claim, ...]
) -> None:
    rows = known(cause("revel"), cause("gnomad"), cause("clinvar"))
    was, now = picture(*before), picture(*after)
    turned = replace(
        now,
        assessments=dict(reversed(list(now.assessments.items()))),
        places=dict(reversed(list(now.places.items()))),
    )
    context = Context(on=TODAY)

    assert compare(was, now, rows, context) == compare(
        was, turned, dict(reversed(list(rows.items()))), context
    )


@given(CASES, CASES)
def test_every_event_moved_something_or_is_of_evidence_only(
    before: tuple[Claim, ...], after: tuple[Claim, ...]
) -> None:
    for each in events(before, after):
        assert bool(each.moved) is (each.kind is not EventKind.EVIDENCE_ONLY)
        assert isinstance((each.before or each.after).key, AssessmentKey)  # type: ignore[union-attr]


@pytest.mark.parametrize(("exact", "told"), [(3, False), (5, True)])
def test_a_place_among_the_first_is_told_when_the_match_took_it_there(
    exact: int, told: bool
) -> None:
    alleles = [f"22-2006153{number}-G-A" for number in range(6)]
    last = Claim("22-20061539-G-A")
    others = tuple(Claim(each) for each in alleles)
    moved = replace(last, exact=exact)
    found = events((*others, last), (moved, *others))

    assert [each.moved for each in found] == ([(Facet.RANK,)] if told else [])
    if told:
        assert found[0].direction is EventDirection.UP
        assert found[0].reasons[0].key == "event.rank_moved"
