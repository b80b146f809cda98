"""How a past conclusion is printed: what was stored, and what this version makes of its facts."""

from collections.abc import Iterator
from enum import StrEnum

from rich.console import Console

from varinterp import __version__
from varinterp.model.assessment import NO_KNOWN_DISEASE, Assessment
from varinterp.model.evidence import Finding, Reason
from varinterp.pipeline.explain import Step
from varinterp.pipeline.history.conclusion import Concluded, Past
from varinterp.pipeline.history.replay import Compared, Likeness, Replay
from varinterp.report.wording import Wording

_MARK = 4
"""Width of the widest word beside a step, so that the steps stand in a column."""


class Known(StrEnum):
    """What of a past conclusion is shown."""

    THEN = "then"
    NOW = "now"


def print_steps(steps: tuple[Step, ...], words: Wording, console: Console) -> None:
    """Print the gates and what followed, one a line."""
    for step in steps:
        console.print(step_line(step.name, step.passed, step.reason, words))


def step_line(name: str, passed: bool | None, reason: Reason, words: Wording) -> str:
    """Return a gate, whether it was passed (None: it does not apply), and what it compared."""
    mark = words.word("passed", "unasked" if passed is None else "yes" if passed else "no")
    told = words.text(
        "history.step", name=words.word("step", name), sentence=words.sentence(reason)
    )
    return f"  {mark:>{_MARK}}  {told}"


def print_past(past: Past, known: Known | None, words: Wording, console: Console) -> None:
    """Print what held at a moment; of both sides, or the one that was asked for."""
    print_steps(past.steps, words, console)
    if past.state is None or past.state.erased:
        return
    if not past.conclusions:
        console.print(words.text("history.nothing_concluded"))
    for concluded in past.conclusions:
        for line in _lines(concluded, known, words):
            console.print(line)


def _lines(concluded: Concluded, known: Known | None, words: Wording) -> Iterator[str]:
    replay = concluded.replay
    yield ""
    yield hypothesis(replay.stored, words)
    if known is not Known.NOW:
        day = words.date(concluded.recorded_at.date().isoformat())
        yield f"  {words.text('history.then', day=day, version=replay.software)}"
        yield from (f"    {line}" for line in _conclusion(concluded, words))
        yield from (f"    {line}" for line in _near(concluded, words))
    if known is not Known.THEN:
        yield f"  {words.text('history.now', version=__version__)}"
        yield from (f"    {line}" for line in _replayed(replay, words))


def hypothesis(assessment: Assessment, words: Wording) -> str:
    """Return what an assessment is about: disease and mode of inheritance."""
    key = assessment.key
    if key.disease == NO_KNOWN_DISEASE:
        return f"{key.gene}  {words.text('history.no_disease')}"
    return f"{key.gene}  {key.disease}, {words.word('inheritance', key.inheritance)}"


def _conclusion(concluded: Concluded, words: Wording) -> Iterator[str]:
    assessment = concluded.replay.stored
    value = words.acmg_class(assessment.machine.points)
    yield f"{value}, {words.text('history.points', points=words.points(assessment.points))}"
    signed = concluded.signed
    if signed is not None:
        yield words.text(
            "history.signed",
            value=words.acmg_class(signed.value),
            readers=f"{signed.reader1}, {signed.reader2}",
            day=words.date(signed.date),
        )
    for finding in assessment.findings:
        if finding.met:
            yield _answer(finding, words)


def _answer(finding: Finding, words: Wording) -> str:
    strength = words.word("strength", finding.strength) if finding.strength else "-"
    return words.text(
        "explanation.answer",
        criterion=f"{finding.criterion} {strength}",
        sentence=words.sentence(finding.verdict.reason),
    )


def _near(concluded: Concluded, words: Wording) -> Iterator[str]:
    near = concluded.near_miss
    if near is None:
        return
    if near.waits_for_second:
        yield words.text("history.waits_for_second")
    if near.following is not None and near.short is not None and near.flips:
        flips = ", ".join(
            f"{flip.criterion} ({words.word('strength', flip.strength)})" for flip in near.flips
        )
        value = words.acmg_class(near.following)
        yield words.text("history.near_miss", short=near.short, value=value, flips=flips)


def _replayed(replay: Replay, words: Wording) -> Iterator[str]:
    yield words.text(f"history.likeness.{replay.likeness}")
    if replay.likeness is Likeness.SAME or replay.now is None:
        return
    was, now = (
        f"{words.acmg_class(side.machine.points)}, {words.points(side.points)}"
        for side in (replay.stored, replay.now)
    )
    yield words.text("history.from_to", before=was, after=now)
    for compared in replay.criteria:
        yield from _side_by_side(compared, words)
    for source, key in replay.unrecorded:
        yield words.text("history.unrecorded", source=source, fact=key)


def _side_by_side(compared: Compared, words: Wording) -> Iterator[str]:
    yield words.text("history.was", answer=_answer(compared.before, words))
    yield words.text("history.is", answer=_answer(compared.after, words))
