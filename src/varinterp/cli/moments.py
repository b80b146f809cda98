"""How the verbs that look at the past read their dates."""

from datetime import datetime

import typer

from varinterp.pipeline.history.moment import moment_of


def moment(text: str) -> datetime:
    """Read a day or an instant; usage error for another text."""
    try:
        return moment_of(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
