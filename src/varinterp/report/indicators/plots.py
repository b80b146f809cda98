"""Plots of the indicators as SVG text; the same indicator in a language gives the same bytes.

Matplotlib lays out with the font that it brings along, and the page's fonts are named in its place
in the text; nothing is taken from the machine, and no time is written.
"""

from collections.abc import Sequence
from io import StringIO
from types import MappingProxyType
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

from varinterp.report.indicators.figures import Indicator, Kind, Row
from varinterp.report.indicators.words import IndicatorWords

_INK, _QUIET, _LINE = "#1b2530", "#55616d", "#d5dbe1"
_MAIN = "#0b5563"
_COLOURS = MappingProxyType(
    {
        "direction_up": _MAIN,
        "direction_down": "#d9a441",
        "direction_sideways": "#8fa3b0",
        "first_tier": "#86181d",
        "other_tiers": _MAIN,
    }
)
_FONTS = "Inter, 'Source Sans 3', 'Segoe UI', 'Noto Sans', Arial, sans-serif"
_STYLE: Any = {
    "axes.edgecolor": _LINE,
    "axes.labelcolor": _QUIET,
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "svg.fonttype": "none",
    "svg.hashsalt": "varinterp",
    "text.color": _INK,
    "text.parse_math": False,
    "xtick.color": _QUIET,
    "ytick.color": _INK,
}
_WIDTH, _ROW, _MARGIN = 7.2, 0.34, 0.75
_LONGEST = 44


def plot(indicator: Indicator, words: IndicatorWords) -> str:
    """Return an indicator as an SVG document without a prolog."""
    rows = tuple(reversed(indicator.rows))
    with rc_context(_STYLE):
        canvas = Canvas(figsize=(_WIDTH, _MARGIN + _ROW * max(2, len(rows))), layout="constrained")
        FigureCanvasSVG(canvas)
        axes = canvas.add_subplot()
        _DRAWN[indicator.kind](axes, indicator, rows, words)
        _dress(axes, indicator, rows, words)
        return _svg(canvas)


def _dress(axes: Axes, indicator: Indicator, rows: Sequence[Row], words: IndicatorWords) -> None:
    axes.set_yticks(range(len(rows)), [_short(words.row(row.label)) for row in rows])
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_xlim(left=0)
    axes.set_xlabel(words.axis(indicator))
    axes.xaxis.set_major_formatter(lambda value, _: _tick(value, indicator, words))
    axes.grid(axis="x", color=_LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _quartiles(
    axes: Axes, indicator: Indicator, rows: Sequence[Row], words: IndicatorWords
) -> None:
    low, middle, high = indicator.plotted
    for place, row in enumerate(rows):
        ends = [indicator.figure(row, column) for column in (low, middle, high)]
        numbers = [end.number for end in ends if end.number is not None]
        if len(numbers) < len(ends):
            _note(axes, place, words.figure(ends[1]))
            continue
        axes.plot([numbers[0], numbers[2]], [place] * 2, color=_MAIN, linewidth=6, alpha=0.35)
        axes.plot(numbers[1], place, "o", color=_MAIN, markersize=6)
        axes.annotate(
            words.figure(ends[1]), (numbers[2], place), (6, 0), textcoords="offset points",
            va="center",
        )  # fmt: skip
    axes.margins(x=0.12)


def _shares(axes: Axes, indicator: Indicator, rows: Sequence[Row], words: IndicatorWords) -> None:
    axes.set_xlim(0, 1.08)
    for place, row in enumerate(rows):
        share = indicator.figure(row, "share")
        if share.number is None:
            _note(axes, place, words.figure(share))
            continue
        axes.barh(place, share.number, height=0.6, color=_MAIN, alpha=1 if row.total else 0.7)
        end = share.number
        if {"low", "high"} <= set(indicator.plotted):
            bounds = [indicator.figure(row, name).number or 0.0 for name in ("low", "high")]
            axes.plot(bounds, [place] * 2, color=_INK, linewidth=1, marker="|", markersize=7)
            end = bounds[1]
        axes.annotate(
            words.figure(share), (end, place), (5, 0), textcoords="offset points", va="center"
        )


def _stack(axes: Axes, indicator: Indicator, rows: Sequence[Row], words: IndicatorWords) -> None:
    starts = [0.0] * len(rows)
    for column in indicator.plotted:
        sizes = [indicator.figure(row, column).number or 0.0 for row in rows]
        axes.barh(
            range(len(rows)),
            sizes,
            0.6,
            left=starts,
            color=_COLOURS[column],
            label=words.column(column),
        )
        starts = [start + size for start, size in zip(starts, sizes, strict=True)]
    for place, row in enumerate(rows):
        texts = " · ".join(words.figure(figure) for figure in row.figures)
        axes.annotate(
            texts, (starts[place], place), (5, 0), textcoords="offset points", va="center"
        )
    axes.margins(x=0.15)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    if len(indicator.plotted) > 1:
        axes.figure.legend(loc="outside upper left", ncols=len(indicator.plotted), frameon=False)


_DRAWN = {
    Kind.QUARTILES: _quartiles,
    Kind.SHARES: _shares,
    Kind.STACK: _stack,
}


def _note(axes: Axes, place: int, text: str) -> None:
    axes.annotate(text, (0, place), (5, 0), textcoords="offset points", va="center", color=_QUIET)


def _tick(value: float, indicator: Indicator, words: IndicatorWords) -> str:
    if indicator.kind is Kind.SHARES:
        return words.w.percent(round(value, 2)) if value <= 1 else ""
    return words.w.number(round(value, 6))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _svg(canvas: Canvas) -> str:
    text = StringIO()
    canvas.savefig(text, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    drawn = text.getvalue()
    return drawn[drawn.index("<svg") :].replace("'DejaVu Sans'", _FONTS)
