"""PM4: a protein that is longer or shorter, in frame, outside a repeat."""

from dataclasses import replace

import pytest

from core_builders import Setting, allele, consequence
from varinterp.acmg.length import pm4
from varinterp.model.evidence import Outcome, Strength
from varinterp.model.facts import REPEAT, Repeat, span_key
from varinterp.model.reads import Kind
from varinterp.model.transcript import Term

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED
UNIQUE, REPEATED = Repeat(False), Repeat(True)


def change(name: str, *terms: Term, repeat: Repeat | None = UNIQUE) -> Setting:
    return Setting(allele=allele(name), consequence=consequence(*terms), repeat=repeat)


@pytest.mark.parametrize(
    ("setting", "strength"),
    [
        pytest.param(
            change("22-20061538-GAAC-G", Term.INFRAME_DELETION),
            Strength.SUPPORTING,
            id="one residue deleted",
        ),
        pytest.param(
            change("22-20061538-GAACTTC-G", Term.INFRAME_DELETION),
            Strength.MODERATE,
            id="two residues deleted",
        ),
        pytest.param(
            change("22-20061538-G-GAAC", Term.INFRAME_INSERTION),
            Strength.SUPPORTING,
            id="one residue inserted",
        ),
        pytest.param(
            change("22-20061538-G-GAACTTCTTC", Term.INFRAME_INSERTION),
            Strength.MODERATE,
            id="three residues inserted",
        ),
        pytest.param(
            change("22-20064660-T-C", Term.STOP_LOST, repeat=None),
            Strength.MODERATE,
            id="a lost stop, wherever it lies",
        ),
    ],
)
def test_a_change_of_length_counts(setting: Setting, strength: Strength) -> None:
    assert setting.ask(pm4).strength is strength


@pytest.mark.parametrize(
    ("setting", "outcome", "reason"),
    [
        pytest.param(
            change("22-20061538-GAAC-G", Term.INFRAME_DELETION, repeat=REPEATED),
            NOT_MET,
            "length.in_repeat",
            id="in a repeat",
        ),
        pytest.param(
            change("22-20061538-GAAC-G", Term.INFRAME_DELETION, repeat=None),
            NOT_ASSESSED,
            "length.no_repeat_annotation",
            id="nobody looked for repeats",
        ),
        pytest.param(
            change("22-20061538-G-GAAC", Term.STOP_GAINED, Term.INFRAME_INSERTION),
            NOT_MET,
            "length.counted_as_pvs1",
            id="never with PVS1",
        ),
        pytest.param(
            change("22-20061538-G-A", Term.MISSENSE), NOT_MET, "length.unchanged", id="missense"
        ),
        pytest.param(Setting(), NOT_ASSESSED, "no_consequence", id="no consequence"),
    ],
)
def test_what_does_not_count(setting: Setting, outcome: Outcome, reason: str) -> None:
    verdict = setting.ask(pm4)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)


def test_the_repeat_is_asked_over_the_whole_allele() -> None:
    setting = replace(change("22-20061538-GAAC-G", Term.INFRAME_DELETION), repeat=None)
    reads = setting.assess().reads

    asked = [read.key for read in reads if read.source == REPEAT.source and read.kind is Kind.RANGE]
    assert asked == [span_key("22", 20061538, 20061541)]
