"""A predicted effect counts in the ranking only where the criterion that would speak could not."""

from dataclasses import replace
from math import isclose

import pytest

from core_builders import HEMI, HET, HOM, RULES, WEIGHTS, calls, finding, link
from ranked import AD, AR, NULL, ONE_COPY, Place
from varinterp.model.case import Contribution, Part, RankedHypothesis
from varinterp.model.evidence import (
    Criterion,
    Finding,
    Strength,
    Verdict,
    met,
    not_assessed,
    not_met,
)
from varinterp.model.facts import Rule
from varinterp.model.fit import does_not_fit, unknown
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import Genotype
from varinterp.model.transcript import Term
from varinterp.priority.effect import HEARD, Effect
from varinterp.priority.weights import Weights
from varinterp.report.catalogue import Language, catalogue

XL = Inheritance.X_LINKED
STOP, SHIFT, DONOR = Term.STOP_GAINED, Term.FRAMESHIFT, Term.SPLICE_DONOR
NOT_STATED = not_assessed("loss_of_function.mechanism_not_established", gene="TANGO2")
ONE_X = calls(proband=Genotype(1, 1, ref_depth=0, alt_depth=40, depth=40, quality=99))


def told(**verdicts: Verdict) -> tuple[Finding, ...]:
    return tuple(Finding(Criterion(code), verdict) for code, verdict in verdicts.items())


def effects(found: RankedHypothesis) -> list[Contribution]:
    return [
        each
        for each in found.contributions
        if each.part is Part.VARIANT and each.reason.key.startswith("score.effect")
    ]


def counted(place: Place) -> tuple[object, float] | None:
    """The effect that counts, and its log-odds."""
    found = effects(place.ranked())
    return (found[0].reason["predicted"], found[0].log_odds) if found else None


def single(
    findings: tuple[Finding, ...], term: Term, mode: Inheritance = AR, genotypes: object = None
) -> Place:
    place = Place((findings,), disease=link(mode), terms=(term,))
    return replace(place, genotypes=genotypes or calls(proband=HOM))  # type: ignore[arg-type]


@pytest.mark.parametrize("term", [STOP, SHIFT, DONOR, Term.SPLICE_ACCEPTOR])
def test_a_null_allele_of_a_recessive_disease_counts_as_strong(term: Term) -> None:
    place = single(told(PVS1=NOT_STATED), term)

    assert counted(place) == (Effect.NO_OTHER_COPY, 2.929)  # 4 × ln 350 / 8


def test_a_null_allele_of_a_dominant_disease_counts_as_moderate() -> None:
    place = single(told(PVS1=NOT_STATED), STOP, AD, calls(proband=HET))

    assert counted(place) == (Effect.OTHER_COPY_LEFT, 1.4645)  # 2 × ln 350 / 8


def test_on_the_x_what_counts_is_whether_another_copy_is_left() -> None:
    man = single(told(PVS1=NOT_STATED), STOP, XL, ONE_X)
    woman = single(told(PVS1=NOT_STATED), STOP, XL, calls(proband=HET))

    assert counted(man) == (Effect.NO_OTHER_COPY, 2.929)
    assert counted(woman) == (Effect.OTHER_COPY_LEFT, 1.4645)


def test_a_womans_pair_on_the_x_leaves_no_copy() -> None:
    stop = told(PVS1=NOT_STATED)
    pair = Place(
        (stop, stop), disease=link(XL), genotypes=calls(proband=HET), terms=(STOP, STOP)
    ).ranked()

    (found,) = effects(pair)
    assert found.reason["predicted_one"] == found.reason["predicted_other"] == Effect.NO_OTHER_COPY


@pytest.mark.parametrize(
    ("genotype", "effect"),
    [(HET, Effect.OTHER_COPY_LEFT), (HOM, Effect.NO_OTHER_COPY), (HEMI, Effect.NO_OTHER_COPY)],
)
def test_without_a_known_disease_the_genotype_tells_whether_another_copy_is_left(
    genotype: Genotype, effect: Effect
) -> None:
    unknown = told(PVS1=not_assessed("no_known_disease"))
    place = Place((unknown,), disease=None, terms=(STOP,), genotypes=calls(proband=genotype))

    assert (counted(place) or [None])[0] == effect


def test_a_carrier_of_a_recessive_null_allele_has_another_copy() -> None:
    carrier = single(told(PVS1=NOT_STATED), STOP, AR, calls(proband=HET))
    cis = replace(
        carrier,
        findings=(*carrier.findings, *carrier.findings),
        terms=(STOP, STOP),
        fit=does_not_fit("inheritance.in_cis"),
    )

    assert counted(replace(carrier, fit=ONE_COPY)) == (Effect.OTHER_COPY_LEFT, 1.4645)
    (found,) = effects(cis.ranked())
    assert found.reason["predicted_one"] == found.reason["predicted_other"]
    assert found.reason["predicted_one"] == Effect.OTHER_COPY_LEFT


@pytest.mark.parametrize(
    "verdict",
    [
        met(Strength.SUPPORTING, "loss_of_function.decay"),
        not_met("loss_of_function.not_needed"),
        not_assessed("neighbour.phase_unknown", partners="22-20061539-A-C"),
        not_assessed("loss_of_function.transcript_spared", transcript="ENST1"),
        not_assessed("loss_of_function.placements_differ", name="c.1dup"),
        not_assessed("loss_of_function.rna_conflicting", studies=2),
        not_assessed("specification.not_applicable", specification="GN1"),
    ],
    ids=lambda verdict: verdict.reason.key,
)
def test_nothing_is_added_to_what_was_judged_or_left_open_for_the_alleles_own_sake(
    verdict: Verdict,
) -> None:
    assert counted(single(told(PVS1=verdict), STOP)) is None


@pytest.mark.parametrize("mode", [AR, AD])
@pytest.mark.parametrize("why", ["stop_not_located", "exon_not_counted", "exon_not_covered"])
def test_an_unknown_end_of_the_protein_counts_as_the_trees_lowest_leaf(
    mode: Inheritance, why: str
) -> None:
    place = single(told(PVS1=not_assessed(f"loss_of_function.{why}")), SHIFT, mode)

    assert counted(place) == (Effect.END_UNKNOWN, 1.4645)


def test_a_lost_start_counts_as_supporting() -> None:
    place = single(told(PVS1=NOT_STATED), Term.START_LOST)

    assert counted(place) == (Effect.START_LOST, 0.7322)


NO_REPEATS = not_assessed("length.no_repeat_annotation")
NO_SCORE = not_assessed("prediction.no_score", tool="spliceai")


def test_a_change_in_frame_counts_where_repeats_are_not_known() -> None:
    open_ = told(PVS1=not_met("loss_of_function.not_null"), PM4=NO_REPEATS, BP3=NO_REPEATS)
    judged = told(PM4=not_met("length.in_repeat"), BP3=met(Strength.SUPPORTING, "length.repeat"))

    assert counted(single(open_, Term.INFRAME_DELETION)) == (Effect.IN_FRAME, 0.7322)
    assert counted(single(judged, Term.INFRAME_DELETION)) is None


def test_a_silent_allele_counts_against_only_where_nothing_predicts_its_splicing() -> None:
    open_ = told(BP4=NO_SCORE, BP7=NO_SCORE)
    at_a_site = told(BP4=NO_SCORE, BP7=not_met("prediction.outside_bp7"))
    predicted = told(
        BP4=met(Strength.SUPPORTING, "prediction.no_splice_effect"),
        BP7=met(Strength.SUPPORTING, "prediction.silent"),
    )

    assert counted(single(open_, Term.SYNONYMOUS)) == (Effect.SILENT, -1.4645)
    assert counted(single(at_a_site, Term.SYNONYMOUS)) is None
    assert counted(single(predicted, Term.SYNONYMOUS)) is None


def test_a_missense_allele_without_a_prediction_is_what_the_others_are_measured_by() -> None:
    place = single(told(PP3=NO_SCORE, BP4=NO_SCORE), Term.MISSENSE)

    assert counted(place) is None


def test_of_a_pair_both_alleles_must_be_causal_with_what_they_are_predicted_to_do() -> None:
    stop, missense = told(PVS1=NOT_STATED), told(PVS1=not_met("loss_of_function.not_null"))
    place = Place(
        (stop, missense), fit=unknown("inheritance.phase_unknown"), terms=(STOP, Term.MISSENSE)
    )
    found = place.ranked()
    first, second = (each for each in found.contributions if each.part is Part.VARIANT)

    # 0.1 and 0.1 by points: logit 0.01 - logit 0.1; a stop makes of 0.1 odds of 18.71 / 9
    assert (first.reason.key, first.log_odds) == ("score.variant_pair", -2.3979)
    assert isclose(first.log_odds + second.log_odds, -0.4282, abs_tol=0.0001)
    assert found.variant_score == 0.0675
    assert (second.reason["predicted_one"], second.reason["predicted_other"]) == (
        Effect.NO_OTHER_COPY, "nothing",
    )  # fmt: skip


def test_the_points_of_evidence_are_what_they_were() -> None:
    found = single((*NULL, *told(BP4=NO_SCORE, BP7=NO_SCORE)), Term.SYNONYMOUS).ranked()
    first = next(each for each in found.contributions if each.part is Part.VARIANT)

    assert (first.reason.key, first.reason["sum_of_points"]) == ("score.variant", 9)


def test_a_laboratory_may_count_no_effect() -> None:
    none = Weights.read({**RULES, **{f"rank.effect.{each}": Rule(0) for each in Effect}})
    found = single(told(PVS1=NOT_STATED), STOP).ranked(weights=none)

    assert sum(each.log_odds for each in effects(found)) == 0
    assert found.log_odds == single((), Term.MISSENSE).ranked().log_odds


def test_no_effect_counts_more_than_the_criterion_that_would_speak() -> None:
    assert 0 < WEIGHTS.effect[Effect.OTHER_COPY_LEFT] < WEIGHTS.effect[Effect.NO_OTHER_COPY] < 8
    assert WEIGHTS.effect[Effect.IN_FRAME] < 2
    assert -2 <= WEIGHTS.effect[Effect.SILENT] < 0
    assert not [each for each in Effect if each not in WEIGHTS.effect]


def test_an_effect_that_counts_is_beside_criteria_that_are_met() -> None:
    rare = finding(Criterion.PM2, Strength.SUPPORTING)
    found = single((rare, *told(PVS1=NOT_STATED)), STOP).ranked()
    variant = [each.log_odds for each in found.contributions if each.part is Part.VARIANT]

    assert variant == [0.7322, 2.929]


def test_every_reason_that_an_effect_is_counted_for_is_one_that_criteria_give() -> None:
    # of a reason that no code gives the catalogue keeps no sentence
    given = catalogue(Language.ENGLISH).messages

    assert [key for key in HEARD if f"reason.{key}" not in given] == []
