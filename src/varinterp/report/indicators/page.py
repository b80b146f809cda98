"""The indicators as one offline HTML page, in one language: plots, figures and definitions."""

from base64 import b64encode
from collections.abc import Sequence

from varinterp import __version__
from varinterp.report.catalogue import Language
from varinterp.report.html import POLICY, environment, style
from varinterp.report.indicators.facts import IndicatorInput
from varinterp.report.indicators.figures import MINIMUM, Indicator
from varinterp.report.indicators.plots import plot
from varinterp.report.indicators.words import IndicatorWords
from varinterp.report.wording import wording


def indicators_page(
    given: IndicatorInput,
    found: Sequence[Indicator],
    language: Language | str,
    minimum: int = MINIMUM,
) -> str:
    """Return the page; `found` are the indicators of `given`, masked below `minimum`."""
    w = wording(Language(language))
    words = IndicatorWords(w, minimum)
    plots = {
        indicator.name: _image(plot(indicator, words)) for indicator in found if not indicator.empty
    }
    return (
        environment()
        .get_template("indicators.html.jinja")
        .render(
            w=w,
            words=words,
            given=given,
            found=found,
            plots=plots,
            policy=POLICY,
            style=style("report.css", "indicators.css"),
            version=__version__,
        )
    )


def _image(svg: str) -> str:
    """Return an SVG as an address of its own: no id or style of a plot meets the page's."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
