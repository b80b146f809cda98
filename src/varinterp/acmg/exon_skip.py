"""What losing or repeating exons does to the reading frame, and where a lost start may be replaced.

Facts about a transcript and its sequence, worked out once for the criteria that read them.
"""

from varinterp.acmg.decay import triggers_decay
from varinterp.model.facts import ExonSkip, NextStart
from varinterp.model.transcript import Transcript

_STOPS = ("TAA", "TAG", "TGA")
_START = "ATG"

Coding = tuple[tuple[int, str], ...]
"""(exon number, coding bases) in transcript order, on the transcript's strand."""


def skip_exon(
    transcript: Transcript, coding: Coding, exon: int, distance: int, last: int | None = None
) -> ExonSkip:
    """Work out the loss of an exon, or of all exons from it to the `last`.

    `distance` is the reach of decay's exception before the last junction, in bases.
    """
    end = exon if last is None else last
    before, within, _ = _parts(coding, exon, end)
    in_frame = len(within) % 3 == 0
    decays = None if in_frame else _skip_decays(transcript, coding, exon, end, distance)
    return _change(coding, exon, before, within, decays)


def repeat_exons(
    transcript: Transcript, coding: Coding, first: int, last: int, distance: int
) -> ExonSkip:
    """Work out a second copy of neighbouring exons behind the first one."""
    before, within, after = _parts(coding, first, last)
    decays = None
    if len(within) % 3:
        messenger = before + within + within + after
        place = _first_stop(messenger, len(before) + len(within))
        if place is not None:
            # Counted back to the reference: junctions behind the copy keep their distance.
            base = max(place - len(within), len(before)) + 1
            decays = triggers_decay(transcript, base, distance)
    return _change(coding, first, before, within, decays)


def next_start(coding: Coding) -> NextStart:
    """Find the next methionine in frame behind the initiation codon."""
    bases = "".join(part for _, part in coding)
    for place in range(3, len(bases) - 2, 3):
        if bases[place : place + 3] == _START:
            return NextStart(place // 3 + 1)
    return NextStart(None)


def _change(coding: Coding, exon: int, before: str, within: str, decays: bool | None) -> ExonSkip:
    total = sum(len(bases) for _, bases in coding)
    return ExonSkip(
        exon=exon,
        coding_bases=len(within),
        in_frame=len(within) % 3 == 0,
        triggers_decay=decays,
        removed=round(len(within) / total, 4),
        holds_start=len(within) > 0 and len(before) < 3,
    )


def _parts(coding: Coding, first: int, last: int) -> tuple[str, str, str]:
    """Return the coding bases before, within and behind a run of exons."""
    return (
        "".join(bases for number, bases in coding if number < first),
        "".join(bases for number, bases in coding if first <= number <= last),
        "".join(bases for number, bases in coding if number > last),
    )


def _skip_decays(
    transcript: Transcript, coding: Coding, first: int, last: int, distance: int
) -> bool | None:
    """Tell whether the new frame's first stop triggers decay; None when the frame has no stop.

    The stop's place is counted on the full transcript, so that the distance to the last junction,
    which lies downstream of the lost exons, is the one that the shortened transcript has too.
    """
    before, within, after = _parts(coding, first, last)
    place = _first_stop(before + after, len(before))
    if place is None:
        return None
    return triggers_decay(transcript, place + len(within) + 1, distance)


def _first_stop(messenger: str, changed: int) -> int | None:
    """Return where the first stop codon begins that a change at a base can have made, 0-based."""
    for place in range(changed - changed % 3, len(messenger) - 2, 3):
        if messenger[place : place + 3] in _STOPS:
            return place
    return None
