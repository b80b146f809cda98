"""How the verbs of `varinterp refs` read their options and print."""

import json
from datetime import date
from typing import Any

import typer
from rich.console import Console
from rich.table import Table


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
    """Print a table on stdout, as wide as its terminal."""
    first, *others = headings
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first, no_wrap=True)
    for heading in others:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(highlight=False, markup=False).print(table)


def show_json(document: Any) -> None:
    """Print one JSON document on stdout."""
    typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
