"""The worklist as one offline HTML page, in one language.

The page can be read without a script. Its only one filters the list; the content security policy
names that script by its digest and forbids any other, and every request.
"""

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files

from varinterp import __version__
from varinterp.report.catalogue import Language
from varinterp.report.html import POLICY, css_string, environment, style
from varinterp.report.wording import Wording, wording
from varinterp.report.worklist.view import WorklistView, siblings

Filter = tuple[str, tuple[str, ...], str | None]


def worklist_page(view: WorklistView, language: Language | str) -> str:
    """Return the page of a worklist in a language; the same view gives the same bytes."""
    w = wording(Language(language))
    return (
        environment()
        .get_template("worklist.html.jinja")
        .render(
            list=view,
            w=w,
            named=lambda names: _named(names, w),
            siblings=siblings(view.events),
            filters=_filters(view),
            policy=policy() if view.events else POLICY,
            style=style("report.css", "worklist.css"),
            running=_running_style(view, w),
            script=script(),
            version=__version__,
        )
    )


@cache
def script() -> str:
    """Return the text of the page's script."""
    path = files("varinterp.report") / "static" / "worklist.js"
    return path.read_text(encoding="utf-8")


def policy() -> str:
    """Return the content security policy of a page with the script."""
    digest = b64encode(sha256(script().encode()).digest()).decode()
    return f"{POLICY}; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _named(names: Sequence[str], w: Wording) -> str:
    return ", ".join(w.word_or_code("source", name) for name in names)


def _filters(view: WorklistView) -> tuple[Filter, ...]:
    tiers = tuple(str(tier.tier.value) for tier in view.tiers)
    return (
        ("tier", tiers, "event_tier"),
        ("direction", view.choices.directions, "event_direction"),
        ("gene", view.choices.genes, None),
        ("physician", view.choices.physicians, None),
        ("state", view.choices.states, "review"),
    )


def _running_style(view: WorklistView, w: Wording) -> str:
    """Return the print rules that put the run on the foot of every page."""
    run = w.text("worklist.running", run=view.run.name, date=w.date(view.run.on.isoformat()))
    left, page = css_string(run), css_string(w.text("page.number") + " ")
    return (
        "@page { "
        f"@bottom-left {{ font: 8pt sans-serif; content: {left}; }} "
        f"@bottom-right {{ font: 8pt sans-serif; content: {page} counter(page); }} "
        "}"
    )
