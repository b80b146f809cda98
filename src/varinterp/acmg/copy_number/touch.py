"""Which part of a transcript a stretch of the genome touches, and what that does to its frame.

Pure facts about a transcript, worked out beside the other facts: no rule has a say in them but the
reach of decay's exception (Abou Tayoun 2018, PMID 30192042).
"""

from collections.abc import Sequence
from dataclasses import replace

from varinterp.acmg.decay import triggers_decay
from varinterp.model.copy_number import Change
from varinterp.model.copy_number_facts import Frame, GeneHit, Hit
from varinterp.model.transcript import Span, Transcript

Coding = tuple[tuple[int, str], ...]
"""(exon number, coding bases) in transcript order, on the transcript's strand."""

_STOPS = ("TAA", "TAG", "TGA")


def touch(transcript: Transcript, stretch: Span) -> GeneHit | None:
    """Say how a stretch touches a transcript, its frame aside; None when it does not."""
    body = Span(
        min(exon.start for exon in transcript.exons), max(exon.end for exon in transcript.exons)
    )
    if stretch.end < body.start or body.end < stretch.start:
        return None
    touched = _touched(transcript, stretch)
    inside = (body.start < stretch.start, stretch.end < body.end)
    return GeneHit(
        gene=transcript.gene,
        hgnc=transcript.hgnc,
        transcript=transcript.id,
        hit=_hit(transcript, stretch, touched, inside),
        exons=len(transcript.exons),
        first_exon=touched[0] if touched else None,
        last_exon=touched[-1] if touched else None,
        breakpoints=sum(inside),
    )


def _touched(transcript: Transcript, stretch: Span) -> list[int]:
    return [
        number
        for number, exon in enumerate(transcript.exons, start=1)
        if exon.start <= stretch.end and stretch.start <= exon.end
    ]


def _hit(
    transcript: Transcript, stretch: Span, touched: Sequence[int], inside: tuple[bool, bool]
) -> Hit:
    if all(inside):
        return Hit.WITHIN if touched else Hit.INTRONIC
    if not any(inside):
        return Hit.WHOLE
    coding = stretch.start <= transcript.cds.end and transcript.cds.start <= stretch.end
    # On the reverse strand the 5′ end is the highest position.
    holds_start = inside[1] if transcript.strand > 0 else inside[0]
    if holds_start:
        return Hit.FIVE_PRIME_CODING if coding else Hit.FIVE_PRIME_UTR
    if not coding:
        return Hit.THREE_PRIME_UTR
    return Hit.LAST_EXON if len(touched) == 1 else Hit.LAST_EXONS


def with_frame(
    hit: GeneHit,
    transcript: Transcript,
    coding: Coding,
    stretch: Span,
    change: Change,
    distance: int,
) -> GeneHit:
    """Add what losing the touched exons, or having them twice in tandem, does to the frame.

    For a hit within the gene alone; `distance` is as `triggers_decay` takes it.
    """
    if hit.hit is not Hit.WITHIN or hit.first_exon is None or hit.last_exon is None:
        return hit
    numbers = range(hit.first_exon, hit.last_exon + 1)
    lengths = {number: len(bases) for number, bases in coding}
    total = sum(lengths.values())
    touched = sum(lengths.get(number, 0) for number in numbers)
    if not touched:
        return replace(hit, frame=Frame.UNTRANSLATED, removed=0.0)
    ends = {min(lengths), max(lengths)}
    if not ends.isdisjoint(numbers) or not _whole(transcript, stretch, numbers):
        return replace(hit, frame=Frame.UNKNOWN)
    frame = _frame(transcript, coding, _order(transcript, numbers, change), distance)
    upstream = sum(length for number, length in lengths.items() if number < numbers[0])
    removed = touched if frame is Frame.KEPT else total - upstream
    return replace(hit, frame=frame, removed=round(removed / total, 4))


def _whole(transcript: Transcript, stretch: Span, numbers: range) -> bool:
    """Whether the touched exons lie in the stretch from their first to their last base."""
    exons = [transcript.exons[number - 1] for number in numbers]
    return all(stretch.start <= exon.start and exon.end <= stretch.end for exon in exons)


def _order(transcript: Transcript, numbers: range, change: Change) -> list[int]:
    """Return the exons of the changed transcript in their order: without some, or some twice."""
    every = range(1, len(transcript.exons) + 1)
    if change is Change.LOSS:
        return [number for number in every if number not in numbers]
    return [*every[: numbers[-1]], *every[numbers[0] - 1 :]]


def _frame(transcript: Transcript, coding: Coding, order: list[int], distance: int) -> Frame:
    """Read the changed transcript from its initiation codon to its first stop."""
    bases = dict(coding)
    read = "".join(bases.get(number, "") for number in order)
    changed = replace(transcript, exons=tuple(transcript.exons[number - 1] for number in order))
    for start in range(0, len(read) - 2, 3):
        if read[start : start + 3] in _STOPS:
            if start + 3 == len(read):
                return Frame.KEPT
            decays = triggers_decay(changed, start + 1, distance)
            return Frame.DECAY if decays else Frame.NO_DECAY
    return Frame.UNKNOWN
