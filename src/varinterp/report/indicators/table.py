"""The indicators as tab-separated values: one figure a line, in codes, the same in any language."""

from collections.abc import Iterator, Sequence

from varinterp.report.indicators.figures import Figure, Indicator, Label

HEADINGS = ("indicator", "row", "column", "unit", "value", "state")
_DIGITS = 4


def indicators_tsv(found: Sequence[Indicator]) -> str:
    """Return a line a figure; `state` is shown, masked or none (nothing to compute it from)."""
    lines = ("\t".join(line) for indicator in found for line in _lines(indicator))
    return "\n".join(["\t".join(HEADINGS), *lines]) + "\n"


def _lines(indicator: Indicator) -> Iterator[tuple[str, ...]]:
    yield (indicator.name, "", "denominator", *_cells(indicator.counted))
    yield (indicator.name, "", "not_recorded", *_cells(indicator.missing))
    for row in indicator.rows:
        for column, figure in zip(indicator.columns, row.figures, strict=True):
            yield (indicator.name, _name(row.label), column, *_cells(figure))


def _name(label: Label) -> str:
    """Return a row's code on one line, as no formula of a spreadsheet."""
    text = " ".join((label.code or "not_recorded").split())
    return f"'{text}" if text[:1] in "=+-@" else text


def _cells(figure: Figure) -> tuple[str, str, str]:
    if figure.masked:
        return figure.unit.value, "", "masked"
    if figure.number is None:
        return figure.unit.value, "", "none"
    return figure.unit.value, f"{round(figure.number, _DIGITS):.12g}", "shown"
