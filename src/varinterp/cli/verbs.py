"""Verbs that are imported when they are called: `varinterp check` needs no database."""

from collections.abc import Mapping
from importlib import import_module

import click
import typer
from typer.core import TyperGroup
from typer.main import get_command


def verbs(modules: Mapping[str, str]) -> type[TyperGroup]:
    """Return a group of verbs: each one's name, and the module that is it.

    A module has a function `command`, `EXAMPLES`, and may have `CONTEXT`; or it has an `app`, a
    group of verbs of its own.
    """

    class Verbs(TyperGroup):
        """The verbs, in the order in which they are listed."""

        def list_commands(self, ctx: click.Context) -> list[str]:
            """Return the verbs' names."""
            return list(modules)

        def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
            """Import a verb; None when there is none of that name."""
            return _load(cmd_name, modules[cmd_name]) if cmd_name in modules else None

    return Verbs


def _load(name: str, module: str) -> click.Command:
    verb = import_module(module)
    app: typer.Typer | None = getattr(verb, "app", None)
    if app is None:
        app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        context = getattr(verb, "CONTEXT", {})
        app.command(name=name, epilog=verb.EXAMPLES, context_settings=context)(verb.command)
    loaded = get_command(app)
    loaded.name = name
    return loaded
