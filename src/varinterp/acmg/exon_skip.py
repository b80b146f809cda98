"""What skipping an exon does to the reading frame: a fact about a transcript and its sequence."""

from varinterp.acmg.loss_of_function import triggers_decay
from varinterp.model.facts import ExonSkip
from varinterp.model.transcript import Transcript

_STOPS = ("TAA", "TAG", "TGA")


def skip_exon(
    transcript: Transcript, coding: tuple[tuple[int, str], ...], exon: int, distance: int
) -> ExonSkip:
    """Work out the skipping of an exon.

    `coding` holds (exon number, coding bases) in transcript order, on the transcript's strand;
    `distance` is the reach of decay's exception before the last junction, in bases.
    """
    total = sum(len(bases) for _, bases in coding)
    length = sum(len(bases) for number, bases in coding if number == exon)
    before = sum(len(bases) for number, bases in coding if number < exon)
    in_frame = length % 3 == 0
    return ExonSkip(
        exon=exon,
        coding_bases=length,
        in_frame=in_frame,
        triggers_decay=None if in_frame else _decays(transcript, coding, exon, distance),
        removed=round(length / total, 4),
        holds_start=length > 0 and before < 3,
    )


def _decays(
    transcript: Transcript, coding: tuple[tuple[int, str], ...], exon: int, distance: int
) -> bool | None:
    """Tell whether the new frame's first stop triggers decay; None when the frame has no stop.

    The stop's place is counted on the full transcript, so that the distance to the last junction,
    which lies downstream of the skipped exon, is the one that the shortened transcript has too.
    """
    kept = "".join(bases for number, bases in coding if number != exon)
    removed = next(len(bases) for number, bases in coding if number == exon)
    before = sum(len(bases) for number, bases in coding if number < exon)
    for start in range(before - before % 3, len(kept) - 2, 3):
        if kept[start : start + 3] in _STOPS:
            return triggers_decay(transcript, start + removed + 1, distance)
    return None
