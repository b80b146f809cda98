"""What the constructed capture targets, and where the constructed frequencies can be trusted."""

from collections.abc import Iterable

from building.alleles import read_common_snps
from building.coding import coding_parts
from building.draws import draws_for
from building.layout import CONTIG, Layout
from building.tables import read_tsv
from varinterp.files import write_text

Span = tuple[int, int]

EXON_MARGIN = 60
WINDOWS = 100
WINDOW_MARGIN = 60
COVERED_MARGIN = 50
HOLE: Span = (20139735, 20139795)
"""A stretch of ZDHHC8 that the constructed frequency table did not look at."""


def captured(layout: Layout) -> list[Span]:
    """Return the targets: coding exons with a margin, and windows around chosen SNPs."""
    exons = coding_spans(layout, EXON_MARGIN)
    positions = sorted({allele.position for _, allele in read_common_snps(layout)})
    outside = [
        position
        for position in positions
        if not any(start - 600 <= position <= end + 600 for start, end in exons)
    ]
    order = draws_for("windows").permutation(len(outside))[:WINDOWS]
    chosen = (outside[index] for index in order)
    return merged([*exons, *((at - WINDOW_MARGIN, at + WINDOW_MARGIN) for at in chosen)])


def covered(layout: Layout) -> list[Span]:
    """Return where absence from the constructed frequency table means that an allele is rare."""
    first, last = HOLE
    parts: list[Span] = []
    for start, end in coding_spans(layout, COVERED_MARGIN):
        parts += [(start, min(end, first - 1)), (max(start, last + 1), end)]
    return sorted({(start, end) for start, end in parts if start <= end})


def coding_spans(layout: Layout, margin: int) -> list[Span]:
    """Return the coding exons of every transcript, widened and merged."""
    rows = read_tsv(layout.facts / "transcripts.tsv")
    parts = (part for row in rows for part in coding_parts(row))
    return merged((start - margin, end + margin) for start, end in parts)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Join spans that overlap or touch."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def write_capture(layout: Layout) -> None:
    """Write the targets as BED (0-based, half-open)."""
    lines = (f"{CONTIG}\t{start - 1}\t{end}\n" for start, end in captured(layout))
    write_text(layout.capture, "".join(lines))
