"""`varinterp report`: the page of a finished analysis, again, in a chosen language."""

from pathlib import Path
from typing import Annotated

import typer

from varinterp.documents.case import read_case
from varinterp.documents.copy_number import read_copy_numbers
from varinterp.report.catalogue import Language
from varinterp.report.write import write_report

EXAMPLES = """Examples:

varinterp report results/F-ABCDEFGHIJKL/case.json --language fr --out report.fr.html
"""


def command(
    case: Annotated[Path, typer.Argument(help="A finished analysis.", exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="The page to write.")],
    language: Annotated[
        Language, typer.Option("--language", "-l", help="Language of the page.")
    ] = Language.ENGLISH,
    label: Annotated[
        str | None, typer.Option("--label", help="The laboratory's own name for the family.")
    ] = None,
) -> None:
    """Write the report of a case.json; the same case and language give the same bytes."""
    beside = case.with_name("copy_number.json")
    copies = read_copy_numbers(beside) if beside.is_file() else None
    write_report(read_case(case), out, language, label, copies)
    typer.echo(str(out))
