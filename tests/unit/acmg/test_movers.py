"""What one further finding would do: counted as an assessment counts it, and nothing else."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core_builders import RULES, Setting, finding
from varinterp.acmg.combine import points
from varinterp.acmg.combine.movers import (
    REACH,
    Mover,
    Weighing,
    movers,
    settled,
    weighing_of,
)
from varinterp.acmg.combine.points import TAVTIGIAN, Scale
from varinterp.acmg.exclusive import counted_once
from varinterp.model.assessment import AcmgClass
from varinterp.model.evidence import (
    WITHDRAWN,
    Criterion,
    Direction,
    Finding,
    Outcome,
    Reason,
    Strength,
    Verdict,
    met,
    not_assessed,
    not_met,
)
from varinterp.model.facts import RULE, Rule
from varinterp.model.reads import Kind, Read

SU, MO, ST, VS = (
    Strength.SUPPORTING,
    Strength.MODERATE,
    Strength.STRONG,
    Strength.VERY_STRONG,
)
C = Criterion
KEY = Setting().key
IN_FORCE = weighing_of(KEY, {(RULE.source, name): rule for name, rule in RULES.items()})
UP, DOWN = Direction.PATHOGENIC, Direction.BENIGN


def up(*findings: Finding, weighing: Weighing = IN_FORCE) -> dict[Criterion, Mover]:
    return {each.criterion: each for each in movers(findings, UP, weighing)}


def down(*findings: Finding, weighing: Weighing = IN_FORCE) -> dict[Criterion, Mover]:
    return {each.criterion: each for each in movers(findings, DOWN, weighing)}


# PM2 supporting, PP3 moderate: 3 points, uncertain, 3 short of likely pathogenic
VUS = (finding(C.PM2, SU), finding(C.PP3, MO))


def test_an_uncertain_allele_rises_by_three_points_or_more_from_one_criterion() -> None:
    found = up(*VUS)

    assert found[C.PS3] == Mover(C.PS3, ST, AcmgClass.LIKELY_PATHOGENIC)
    assert found[C.PS2].strength is ST, "the weakest strength that does"
    assert found[C.PVS1].strength is VS, "it takes the two points of PP3 away"
    assert C.PP2 not in found, "one point is too few"
    assert C.PM4 not in found, "at most moderate"
    assert not set(found) & WITHDRAWN
    assert all(each.criterion.direction is UP for each in found.values())


def test_a_criterion_that_counts_already_may_count_for_more() -> None:
    five = up(*VUS, finding(C.PM3, MO))

    assert five[C.PM3] == Mover(C.PM3, ST, AcmgClass.LIKELY_PATHOGENIC, MO)
    assert C.PM2 not in five, "it is used at supporting alone"
    assert five[C.PP3] == Mover(C.PP3, ST, AcmgClass.LIKELY_PATHOGENIC, MO)
    assert five[C.PP1] == Mover(C.PP1, SU, AcmgClass.LIKELY_PATHOGENIC)


def test_what_would_not_be_counted_moves_nothing() -> None:
    null = (finding(C.PVS1, VS),)
    found = up(*null)

    assert found[C.PS4].value is AcmgClass.PATHOGENIC
    assert not {C.PM1, C.PM4, C.PP2, C.PP3} & set(found), "never beside PVS1"
    assert C.PS3 not in found, "PVS1 and PS3 count eight points at most, and PVS1 has them"
    # PS1 would take the ground from PM5, two points: four are counted in the place of two.
    beside = up(finding(C.PM5, MO), finding(C.PM2, SU), finding(C.PP1, SU))
    assert beside[C.PS1] == Mover(C.PS1, ST, AcmgClass.LIKELY_PATHOGENIC)
    assert C.PS1 not in up(finding(C.PM5, MO), finding(C.PM2, SU))


def test_two_that_are_capped_together_count_no_more_than_the_cap() -> None:
    four = (finding(C.PP3, ST), finding(C.PM2, SU))

    assert C.PM1 not in up(*four), "PM1 and PP3 count four points at most, and PP3 has them"
    assert up(*four, weighing=replace(IN_FORCE, together=Weighing().together))[C.PM1].strength is SU


def test_the_scale_in_force_says_what_is_reached_now_and_then() -> None:
    lower = replace(IN_FORCE, scale=Scale(7, 3, 2, 1, -1, -7))
    found = up(*VUS, weighing=lower)

    assert found[C.PS3] == Mover(C.PS3, ST, AcmgClass.PATHOGENIC)
    assert C.PP2 not in found, "three points are likely pathogenic already, and four are no more"


def test_the_rules_read_say_what_is_counted_once() -> None:
    facts = {(RULE.source, name): rule for name, rule in RULES.items()}
    found = up(finding(C.PM5, MO), finding(C.PM2, SU), weighing=weighing_of(KEY, facts))

    assert C.PS1 not in found, "it would take the ground from PM5"
    assert C.PS3 in found


def test_downwards_the_benign_criteria_are_told() -> None:
    found = down(*VUS)

    assert found[C.BS1] == Mover(C.BS1, ST, AcmgClass.LIKELY_BENIGN)
    assert found[C.BA1] == Mover(C.BA1, Strength.STAND_ALONE, AcmgClass.BENIGN)
    assert C.BP7 in found
    assert C.BP5 not in found
    assert all(each.criterion.direction is DOWN for each in found.values())


def test_the_ends_of_the_scale_are_left_by_nothing() -> None:
    assert up(finding(C.PVS1, VS), finding(C.PM3, MO)) == {}
    assert down(finding(C.BA1, Strength.STAND_ALONE)) == {}
    assert up(finding(C.BA1, Strength.STAND_ALONE), finding(C.PM3, MO)) == {}


SETTLED = not_met("consequence.other")
ON_EFFECT = Read("consequence", "a key", Kind.POINT, "a digest")


@pytest.mark.parametrize(
    ("verdict", "sources", "expected"),
    [
        pytest.param(SETTLED, ("consequence", "rules"), True, id="its effect rules it out"),
        pytest.param(SETTLED, ("case.genotype", "case.family"), True, id="so do its carriers"),
        pytest.param(SETTLED, ("transcript", "transcript.exon", "consequence.joint"), True,
                     id="so does the transcript"),
        pytest.param(SETTLED, ("consequence", "clinvar.codon"), False, id="knowledge may come"),
        pytest.param(SETTLED, ("rules",), False, id="rules alone settle nothing"),
        pytest.param(SETTLED, (), True, id="the disease's mode alone rules it out"),
        pytest.param(SETTLED, ("case.genotype", "gene_disease"), False, id="a link may come"),
        pytest.param(not_assessed("no_gene"), ("consequence",), False, id="not assessed"),
        pytest.param(met(SU, "x"), ("consequence",), False, id="met"),
        pytest.param(not_met("override.stated"), ("gnomad",), True, id="a person answered"),
        pytest.param(not_assessed("override.stated"), (), True, id="a person set it aside"),
    ],
)  # fmt: skip
def test_what_waits_for_nothing(verdict: Verdict, sources: tuple[str, ...], expected: bool) -> None:
    reads = tuple(Read(source, "a key", Kind.POINT, "d") for source in sources)
    found = Finding(C.PS3, verdict, reads)

    assert settled(found) is expected
    assert (C.PS3 in up(*VUS, found)) is not expected or verdict.outcome is Outcome.MET


@pytest.mark.parametrize("source", ["curation", "curation.own_cases"])
def test_what_curators_entered_or_did_not_leaves_nothing_open(source: str) -> None:
    nobody = (
        Read(source, "*", Kind.RANGE, "d"),
        Read(source, "an allele", Kind.POINT, None),
    )
    somebody = Read(source, "an allele", Kind.POINT, "d")

    assert settled(Finding(C.PVS1, SETTLED, (ON_EFFECT, *nobody)))
    assert settled(Finding(C.PVS1, SETTLED, (ON_EFFECT, somebody)))
    assert not settled(Finding(C.PVS1, SETTLED, nobody))
    assert not settled(Finding(C.PS3, SETTLED, (somebody,)))
    assert not settled(Finding(C.PVS1, SETTLED, (replace(nobody[1], source="gnomad"),)))


@pytest.mark.parametrize("code", [C.PS2, C.PM6])
def test_an_inherited_allele_will_not_be_de_novo(code: Criterion) -> None:
    read = [Read(name, "a key", Kind.POINT, "d") for name in ("case.genotype", "gene_disease")]
    phenotype = Read("hpo.match", "a disease", Kind.RANGE, "d")

    inherited = Finding(code, not_met("de_novo.inherited"), tuple(read))

    assert code not in up(*VUS, inherited)
    assert code in up(*VUS, replace(inherited, reads=(*read, phenotype)))


@pytest.mark.parametrize("code", [C.BA1, C.BS1])
def test_a_frequency_that_was_measured_will_not_rise(code: Criterion) -> None:
    gnomad = Read("gnomad", "an allele", Kind.POINT, "d")

    assert settled(Finding(code, not_met("population.below"), (gnomad,)))
    assert not settled(Finding(code, not_assessed("population.unconsulted"), (gnomad,)))
    assert not settled(Finding(C.PM2, not_met("population.above"), (gnomad,)))


def test_the_weighing_is_the_recorded_one() -> None:
    facts: dict[tuple[str, str], Any] = {(RULE.source, name): rule for name, rule in RULES.items()}
    eased = weighing_of(KEY, facts | {(RULE.source, "scheme.points.likely_pathogenic"): Rule(5.0)})

    assert IN_FORCE.scale == TAVTIGIAN
    assert eased.scale == Scale(likely_pathogenic=5)
    assert len(IN_FORCE.together.exclusive) == len(RULES["evidence.exclusive"].value)  # type: ignore[arg-type]
    assert IN_FORCE.strengths == dict(REACH)


def test_a_conclusion_without_recorded_scale_is_weighed_by_tavtigian() -> None:
    part = {(RULE.source, "scheme.points.likely_pathogenic"): Rule(5.0)}

    assert weighing_of(KEY, {}).scale == TAVTIGIAN
    assert weighing_of(KEY, part).scale == TAVTIGIAN
    assert weighing_of(KEY, {}).together == Weighing().together
    assert weighing_of(KEY, {}).strengths == REACH


def test_a_specification_says_which_strengths_there_are() -> None:
    panel = replace(KEY, rules="panel")
    facts: dict[tuple[str, str], Any] = {
        (RULE.source, "panel/criterion.PS3.strengths"): Rule(("strong", "supporting")),
        (RULE.source, "panel/criterion.PM3.strengths"): Rule("not_applicable"),
        (RULE.source, "panel/scheme.points.benign"): Rule(-8.0),
        (RULE.source, "panel/evidence.exclusive_also"): Rule(("PM1 PS1",)),
        **{(RULE.source, name): rule for name, rule in RULES.items()},
    }
    weighing = weighing_of(panel, facts)

    assert weighing.strengths[C.PS3] == (SU, ST)
    assert weighing.strengths[C.PM3] == ()
    assert weighing.strengths[C.PS1] == REACH[C.PS1]
    assert weighing.scale == Scale(benign=-8)
    general = weighing_of(KEY, facts).together
    assert weighing.together.exclusive == (*general.exclusive, (C.PM1, C.PS1))
    assert weighing.together.capped == general.capped != ()
    assert weighing_of(KEY, facts).strengths == REACH
    assert C.PM3 not in up(*VUS, weighing=weighing)
    assert up(*VUS, finding(C.PM4, MO), weighing=weighing)[C.PS3].strength is SU


def test_every_criterion_in_use_has_its_strengths_weakest_first() -> None:
    assert set(REACH) == set(C) - WITHDRAWN
    for criterion, strengths in REACH.items():
        assert [each.points for each in strengths] == sorted({each.points for each in strengths})
        assert (Strength.STAND_ALONE in strengths) is (criterion is C.BA1)
    assert REACH[C.PM2] == (SU,)
    assert REACH[C.PM4] == (SU, MO)
    assert REACH[C.PVS1] == REACH[C.PM3] == REACH[C.BP4] == (SU, MO, ST, VS)
    assert REACH[C.PS1] == REACH[C.PP3] == REACH[C.BS3] == REACH[C.PP4] == (SU, MO, ST)
    assert REACH[C.BP7] == REACH[C.BS1] == REACH[C.BS2] == (SU, ST)
    assert REACH[C.PP2] == REACH[C.BP1] == REACH[C.BP2] == REACH[C.BP3] == REACH[C.BP5] == (SU,)


@st.composite
def some_findings(draw: st.DrawFn) -> tuple[Finding, ...]:
    chosen = draw(st.lists(st.sampled_from(sorted(REACH)), unique=True, max_size=6))
    found = {code: Finding(code, not_assessed("x")) for code in C}
    found |= {code: finding(code, draw(st.sampled_from(REACH[code]))) for code in chosen}
    return counted_once(tuple(found.values()), IN_FORCE.together)


@settings(max_examples=60)
@given(some_findings(), st.sampled_from(Direction))
def test_every_mover_moves_and_no_weaker_step_would(
    findings: tuple[Finding, ...], side: Direction
) -> None:
    now = points.classify(findings)
    told = {each.criterion: each for each in movers(findings, side, IN_FORCE)}
    for code, strengths in REACH.items():
        if code.direction is not side:
            assert code not in told
            continue
        held = next(each for each in findings if each.criterion is code)
        for strength in (each for each in strengths if each.points > abs(held.points)):
            more = tuple(
                finding(code, strength) if each.criterion is code else each for each in findings
            )
            then = points.classify(counted_once(more, IN_FORCE.together))
            moved = then.rank > now.rank if side is UP else then.rank < now.rank
            if moved:
                assert told[code] == Mover(code, strength, then, held.strength)
                break
        else:
            assert code not in told


def test_a_verdicts_reason_plays_no_part_but_a_persons() -> None:
    said = Finding(C.PS3, Verdict(Outcome.NOT_MET, Reason.of("functional.none")), (ON_EFFECT,))

    assert C.PS3 not in up(*VUS, said)
