"""Criteria that rest on what an allele does alone, beside a neighbour on its haplotype."""

from dataclasses import replace

import pytest

from core_builders import Setting, allele, comparator, consequence, missense, predictions
from varinterp.acmg.assess import ON_ONE_ALLELE
from varinterp.model.assessment import Assessment
from varinterp.model.evidence import Criterion, Finding, Outcome
from varinterp.model.facts import JOINT, on_transcript
from varinterp.model.reads import Kind, Read
from varinterp.model.transcript import Joint, JointPhase, Term

NONSENSE = Setting(
    allele=allele("22-20055980-C-T"),
    consequence=consequence(Term.STOP_GAINED, protein_position=140, ref_aa="R", alt_aa="*"),
)
MISSENSE = Setting(
    consequence=missense(),
    comparators=(comparator("R"),),
    predictions=predictions(revel=0.95, spliceai=0.0),
)
RESCUED = Joint(
    JointPhase.CIS,
    ("22-20055981-G-A",),
    (Term.MISSENSE,),
    "ENSP00000332721.4:p.Arg140Gln",
    140,
    "R",
    "Q",
)


def finding(assessed: Assessment, criterion: Criterion) -> Finding:
    return next(found for found in assessed.findings if found.criterion is criterion)


def test_a_nonsense_allele_that_a_neighbour_makes_missense_is_no_null_allele() -> None:
    assert finding(NONSENSE.assess(), Criterion.PVS1).met
    found = finding(replace(NONSENSE, joint=RESCUED).assess(), Criterion.PVS1)
    assert found.verdict.outcome is Outcome.NOT_ASSESSED
    assert found.verdict.reason.key == "neighbour.changes"
    assert found.verdict.reason["partners"] == "22-20055981-G-A"
    assert found.verdict.reason["consequence"] == "missense_variant"
    assert found.verdict.reason["name"] == "p.Arg140Gln"


def test_of_several_effects_and_neighbours_the_worst_and_all_are_named() -> None:
    both = ("22-20055979-C-T", "22-20055981-G-A")
    joint = replace(RESCUED, partners=both, terms=(Term.INTRON, Term.MISSENSE))
    reason = finding(replace(NONSENSE, joint=joint).assess(), Criterion.PVS1).verdict.reason

    assert reason["consequence"] == "missense_variant"
    assert reason["partners"] == "22-20055979-C-T, 22-20055981-G-A"


@pytest.mark.parametrize("criterion", [Criterion.PS1, Criterion.PP3])
def test_what_is_known_of_the_single_change_does_not_count_for_another(
    criterion: Criterion,
) -> None:
    assert finding(MISSENSE.assess(), criterion).met
    joint = replace(RESCUED, terms=(Term.MISSENSE,), codon=154, ref_aa="G", alt_aa="K")
    assert not finding(replace(MISSENSE, joint=joint).assess(), criterion).met


def test_a_missense_allele_that_a_neighbour_makes_nonsense_is_left_to_the_reader() -> None:
    """PVS1 is not met on an effect whose other half is another allele."""
    joint = replace(RESCUED, terms=(Term.STOP_GAINED,), alt_aa="*")
    found = finding(replace(MISSENSE, joint=joint).assess(), Criterion.PVS1)
    assert found.verdict.reason.key == "neighbour.changes"


@pytest.mark.parametrize(
    ("joint", "reason"),
    [
        (Joint(JointPhase.UNKNOWN, ("22-20055981-G-A",)), "neighbour.phase_unknown"),
        (Joint(JointPhase.CIS, ("22-20055981-G-A",)), "neighbour.not_worked_out"),
    ],
)
@pytest.mark.parametrize("criterion", sorted(ON_ONE_ALLELE))
def test_without_knowing_what_they_do_together_nothing_is_said(
    criterion: Criterion, joint: Joint, reason: str
) -> None:
    for setting in (NONSENSE, MISSENSE):
        found = finding(replace(setting, joint=joint).assess(), criterion)
        assert found.verdict.outcome is Outcome.NOT_ASSESSED
        assert found.verdict.reason.key == reason
        assert found.verdict.reason["partners"] == "22-20055981-G-A"


def test_a_neighbour_that_changes_nothing_more_leaves_the_criteria_as_they_are() -> None:
    joint = replace(RESCUED, terms=(Term.STOP_GAINED,), alt_aa="*", differs=False)
    beside = replace(NONSENSE, joint=joint).assess()
    assert [f.verdict for f in beside.findings] == [f.verdict for f in NONSENSE.assess().findings]


def test_other_criteria_do_not_ask_for_neighbours() -> None:
    for found in replace(NONSENSE, joint=RESCUED).assess().findings:
        asked = any(read.source == JOINT.source for read in found.reads)
        assert asked is (found.criterion in ON_ONE_ALLELE)


def test_that_there_is_no_neighbour_is_a_read_of_its_own() -> None:
    found = finding(NONSENSE.assess(), Criterion.PVS1)
    key = on_transcript(NONSENSE.allele, "ENST00000327374.9")
    assert Read(JOINT.source, key, Kind.POINT, None) in found.reads
