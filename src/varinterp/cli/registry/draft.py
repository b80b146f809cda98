"""`varinterp registry draft`: a finding as a report will state it, before anybody signs."""

from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile
from varinterp.cli.registry.desk import Author, Family, On, day_or_today, now, open_desk
from varinterp.cli.registry.finding_choice import conclusion, parsed
from varinterp.model.assessment import AcmgClass
from varinterp.registry.dataset.finding_rows import FindingDraft

EXAMPLES = """Examples:

varinterp registry draft FAM-1 22-20061538-G-A --class pathogenic --report CR-5512 1

varinterp registry draft FAM-1 22-20061538-G-A --class benign --report CR-5512 2 --amends 3
"""


def command(
    family: Family,
    allele: Annotated[str, typer.Argument(help="chromosome-position-ref-alt, GRCh38.")],
    value: Annotated[AcmgClass, typer.Option("--class", help="The class that people state.")],
    report: Annotated[
        tuple[str, int], typer.Option("--report", help="Id and version of the report.")
    ],
    disease: Annotated[
        str | None, typer.Option("--disease", help="Which hypothesis, when there are several.")
    ] = None,
    amends: Annotated[
        int | None, typer.Option("--amends", help="Number of the signed finding it replaces.")
    ] = None,
    event: Annotated[
        int | None, typer.Option("--event", help="Number of the event that led to it.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why, for an amendment.")] = "",
    on: On = None,
    author: Author = "",
    configfile: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Draft a finding on the conclusion that stands now; two people sign it afterwards."""
    desk = open_desk(configfile)
    case = desk.case(family).case
    stands = conclusion(desk, case, parsed(allele), disease)
    draft = FindingDraft(
        stands.assessment.key, value, report[0], report[1], day_or_today(on), reason
    )
    number = desk.dataset.draft(
        case, draft, stands.id, author=author, at=now(), amends=amends, event=event
    )
    typer.echo(f"{case}: finding {number} drafted; the program says "
               f"{stands.assessment.machine.points.replace('_', ' ')}")  # fmt: skip
