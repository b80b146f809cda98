"""The view as one offline HTML page, in one language.

The page loads nothing: its style is inside it, it has no script, and its content security policy
forbids every request. The same view gives the same bytes.
"""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from varinterp import __version__
from varinterp.model.assessment import AcmgClass
from varinterp.report.catalogue import Language
from varinterp.report.view import ReportView
from varinterp.report.wording import Wording, first_upper, rich, wording

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""No script, no request: a browser that keeps to it cannot call anybody."""

_SECTIONS = (
    "patient", "hypotheses", "near", "secondary", "not_retained", "without_disease", "filtered",
    "copy_numbers",
)  # fmt: skip
_REFERENCE = ("methods", "limits", "sources", "glossary")
FOLDED = 20
"""A table of more hypotheses than this is folded: the sections after it stay in reach."""


def render(view: ReportView, language: Language | str) -> str:
    """Return the page of a view in a language."""
    words = wording(Language(language))
    return (
        environment()
        .get_template("report.html.jinja")
        .render(
            view=view,
            w=words,
            contents=_contents(view),
            classes=tuple(reversed(AcmgClass)),
            policy=POLICY,
            folded=FOLDED,
            style=style("report.css"),
            running=running_style(view, words),
            version=__version__,
        )
    )


def running_style(view: ReportView, words: Wording) -> str:
    """Return the print rules that put the case on the foot of every page."""
    case = words.text("page.running", case=view.header.case, analysis=view.header.analysis)
    named = f"{view.header.label} – {case}" if view.header.label else case
    state = words.word("state", view.header.state.value)
    left, page = css_string(f"{named} – {state}"), css_string(words.text("page.number") + " ")
    return (
        "@page { "
        f"@bottom-left {{ font: 8pt sans-serif; content: {left}; }} "
        f"@bottom-right {{ font: 8pt sans-serif; content: {page} counter(page); }} "
        "}"
    )


def css_string(text: str) -> str:
    """Return a text as a CSS string in which nothing but letters and digits is left as it is."""
    safe = (
        char if char.isascii() and char.isalnum() else f"\\{ord(char):06x}"
        for char in text
        if char.isprintable()
    )
    return '"' + "".join(safe) + '"'


def _contents(view: ReportView) -> tuple[str, ...]:
    sections = (name for name in _SECTIONS if view.hypotheses or name != "hypotheses")
    return (*sections, *_REFERENCE)


@cache
def style(*names: str) -> str:
    """Return the style of a page: the text of these files of ``static``."""
    static = files("varinterp.report") / "static"
    return "\n".join((static / name).read_text(encoding="utf-8") for name in names)


@cache
def environment() -> Environment:
    """Return what every page's template is rendered in: escaped, and strict on what is missing."""
    made = Environment(
        loader=PackageLoader("varinterp.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["first_upper"] = first_upper
    made.filters["rich"] = rich
    return made
