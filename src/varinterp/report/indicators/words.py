"""Indicators in words: names of rows and columns, and figures as a language writes them."""

from dataclasses import dataclass

from varinterp.report.indicators.figures import MINIMUM, Figure, Indicator, Label, Unit
from varinterp.report.wording import Wording, first_upper


@dataclass(frozen=True, slots=True)
class IndicatorWords:
    """What the page and the plots ask of a language."""

    w: Wording
    minimum: int = MINIMUM

    def title(self, indicator: Indicator) -> str:
        """Return the title of an indicator."""
        return self.w.text(f"indicators.{indicator.name}.title")

    def definition(self, indicator: Indicator) -> str:
        """Return what an indicator counts, over what."""
        return self.w.text(f"indicators.{indicator.name}.definition")

    def left_out(self, indicator: Indicator) -> str:
        """Return how many were left out, and why."""
        number = self.figure(indicator.missing)
        return self.w.text(f"indicators.{indicator.name}.missing", number=number)

    def axis(self, indicator: Indicator) -> str:
        """Return the caption of a plot's axis."""
        return self.w.text(f"indicators.{indicator.name}.axis")

    def column(self, name: str) -> str:
        """Return the heading of a column."""
        return self.w.text(f"indicators.column.{name}")

    def row(self, label: Label) -> str:
        """Return the name of a row; a text of the laboratory's stands as it is."""
        if label.code is None:
            return first_upper(self.w.text("indicators.not_recorded"))
        if label.vocabulary is None:
            return label.code
        word = self.w.word_or_code(label.vocabulary, label.code)
        # A source's name keeps its own letters: gnomAD.
        return word if label.vocabulary == "source" else first_upper(word)

    def figure(self, figure: Figure) -> str:
        """Return a figure with its unit; masked ones, and those of nothing, say so."""
        if figure.masked:
            if figure.few:
                return self.w.text("indicators.masked_count", minimum=self.minimum)
            return self.w.text("indicators.masked")
        if figure.number is None:
            return self.w.text("indicators.none")
        return self._number(figure.unit, figure.number)

    def _number(self, unit: Unit, number: float) -> str:
        if unit is Unit.COUNT:
            return self.w.count(int(number))
        if unit is Unit.SHARE:
            return self.w.percent(number)
        if unit is Unit.DAYS:
            return self.w.count(round(number))
        return self.w.number(round(number, 1))
