"""A past conclusion as people read it: what was stored, what differs, in both languages."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.console import Console

from core_builders import Setting, frequency, missense
from varinterp.cli.past import Known, print_past
from varinterp.model.archive import CaseState
from varinterp.model.assessment import AcmgClass, SignedClass
from varinterp.model.basis import Basis
from varinterp.model.event import Flip, NearMiss
from varinterp.model.evidence import Criterion, Strength, met
from varinterp.pipeline.history.conclusion import Concluded, Past
from varinterp.pipeline.history.replay import Compared, Likeness, Replay
from varinterp.report.catalogue import Language
from varinterp.report.wording import wording

AT = datetime(2026, 7, 4, 9, 30, tzinfo=UTC)
STATE = CaseState("C-A", Basis.of({"clinvar": "2026-06-01"}, "0.0.1"), 1, False, False, AT)
STORED = Setting(consequence=missense(), frequency=frequency(3)).assess()
PM2 = next(each for each in STORED.findings if each.criterion is Criterion.PM2)
LOUDER = replace(PM2, verdict=met(Strength.MODERATE, "not_built"))


def told(replay: Replay, language: Language = Language.ENGLISH, known: Known | None = None) -> str:
    signed = SignedClass(AcmgClass.LIKELY_PATHOGENIC, "A. One", "B. Two", "2026-07-05")
    near = NearMiss(AcmgClass.LIKELY_PATHOGENIC, 4, (Flip(Criterion.PS1, Strength.STRONG),), True)
    past = Past("C-A", STORED.key.allele, AT, STATE, (), (Concluded(AT, replay, signed, near),))
    out = io.StringIO()
    print_past(past, known, wording(language), Console(file=out, width=400))
    return out.getvalue()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("likeness", Likeness)
def test_every_likeness_has_its_sentence(likeness: Likeness, language: Language) -> None:
    now = None if likeness is Likeness.NOT_REPLAYABLE else STORED
    assert told(Replay(STORED, "0.0.1", now, likeness), language)


def test_code_that_differs_shows_points_and_criteria_of_both_sides() -> None:
    now = replace(STORED, points=STORED.points + 6, machine=replace(
        STORED.machine, points=AcmgClass.LIKELY_PATHOGENIC
    ))  # fmt: skip
    text = told(
        Replay(
            STORED, "0.0.1", now, Likeness.CODE_DIFFERS,
            (Compared(Criterion.PM2, PM2, LOUDER),), (("spliceai", "22-20061538-G-A@TANGO2"),),
        )
    )  # fmt: skip
    assert "differs because the code does" in text
    assert "uncertain significance (class 3)" in text
    assert "likely pathogenic (class 4)" in text
    was, now_line = (line for line in text.splitlines() if "PM2" in line and "  PM2" in line[8:])
    assert was.strip().startswith("then")
    assert now_line.strip().startswith("now")
    assert "also asks for spliceai 22-20061538-G-A@TANGO2" in text


def test_who_signed_and_what_is_missing_are_told_of_the_stored_side() -> None:
    text = told(Replay(STORED, "0.0.1", STORED, Likeness.SAME), known=Known.THEN)
    assert "signed likely pathogenic (class 4) by A. One, B. Two, 5 July 2026" in text
    assert "4 point(s) short of likely pathogenic (class 4)" in text
    assert "PS1 (strong)" in text
    assert "waits for a second" in text
    assert "the same, criterion by criterion" not in text


def test_an_erased_case_tells_nothing() -> None:
    past = Past("C-A", STORED.key.allele, AT, replace(STATE, erased=True), ())
    out = io.StringIO()
    print_past(past, None, wording(Language.ENGLISH), Console(file=out))
    assert out.getvalue() == ""
