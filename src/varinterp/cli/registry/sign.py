"""`varinterp registry sign`: one of the two names under a finding."""

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile
from varinterp.cli.registry.desk import Family, On, Reader, day_or_today, now, open_desk
from varinterp.cli.registry.finding_choice import MaybeAllele, MaybeNumber, finding
from varinterp.model.reported import SIGNATURES

EXAMPLES = """Examples:

varinterp registry sign FAM-1 22-20061538-G-A --reader "A. Martin"

varinterp registry sign FAM-1 --finding 3 --reader "S. Tremblay"
"""


def command(
    family: Family,
    allele: MaybeAllele = None,
    number: MaybeNumber = None,
    on: On = None,
    reader: Reader = "",
    configfile: ConfigFile = DEFAULT_CONFIG,
) -> None:
    """Put your name under a drafted finding; it is signed when a second person has done so."""
    desk = open_desk(configfile)
    case = desk.case(family).case
    chosen = finding(desk, case, number, allele)
    signed = desk.dataset.sign(case, chosen.id, reader=reader, on=day_or_today(on), at=now())
    names = ", ".join(each.reader for each in signed.signatures)
    typer.echo(
        f"{case}: finding {signed.id} ({signed.value.replace('_', ' ')}) is {signed.state}, "
        f"{len(signed.signatures)} of {SIGNATURES} signatures: {names}"
    )
