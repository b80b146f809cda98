"""How the verbs of `varinterp refs` read their options and print."""

import json
from datetime import date
from typing import Any

import typer
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

_GAP = 2
_UNBROKEN = 100_000


def pairs(options: list[str], what: str) -> dict[str, str]:
    """Split options of the form ``name=value``; usage error for another, or a name given twice."""
    found: dict[str, str] = {}
    for option in options:
        name, equals, value = option.partition("=")
        if not (name and equals and value) or name in found:
            raise typer.BadParameter(f"{option!r}: expected {what}, each name once")
        found[name] = value
    return found


def day(text: str | None) -> date | None:
    """Read an ISO date; usage error for another text."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r}: expected a date such as 2026-11-22") from None


def show(headings: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Print a table on stdout, as wide as its terminal; in a file or a pipe no cell is broken.

    On a terminal only cells of several words are: an allele or a pseudonym that is cut into lines
    can be neither copied nor searched for.
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    least = 0
    for number, heading in enumerate(headings):
        words = [heading, *(row[number] for row in cells)]
        whole = number == 0 or not any(" " in word for word in words[1:])
        table.add_column(heading, no_wrap=whole, overflow="fold")
        least += _GAP + max(map(len, words if whole else " ".join(words).split()))
    for row in cells:
        table.add_row(*row)
    terminal = Console()
    unbroken = terminal.options.update(width=_UNBROKEN)
    width = Measurement.get(terminal, unbroken, table).maximum
    if terminal.is_terminal:
        width = min(width, max(least, terminal.width))
    Console(highlight=False, markup=False, width=width).print(table)


def show_json(document: Any) -> None:
    """Print one JSON document on stdout."""
    typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
