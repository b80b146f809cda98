"""Which conclusion, and which finding, a typed allele means."""

from typing import Annotated

import typer

from varinterp.cli.registry.desk import Desk
from varinterp.errors import Fault, InputError
from varinterp.model.case import Tier
from varinterp.model.reported import ReportedFinding
from varinterp.model.variant import Allele
from varinterp.registry.records import Recorded

MaybeAllele = Annotated[str | None, typer.Argument(help="chromosome-position-ref-alt, GRCh38.")]
MaybeNumber = Annotated[
    int | None, typer.Option("--finding", help="Number of the finding, instead of an allele.")
]


def parsed(allele: str) -> Allele:
    """Read an allele; usage error for another text."""
    try:
        return Allele.parse(allele)
    except ValueError as error:
        raise typer.BadParameter(f"{error}; for instance 22-20061538-G-A") from error


def conclusion(desk: Desk, case: str, allele: Allele, disease: str | None) -> Recorded:
    """Return the standing conclusion on an allele; raise InputError for none, or for several.

    One in a disease that is none of the patient's is meant, and named, only where it is asked for.
    """
    found = desk.registry.current_of(case, [allele])
    if disease is None:
        unnamed = desk.registry.result(case).only_in(Tier.UNRELATED)
        found = tuple(each for each in found if each.assessment.key not in unnamed)
    else:
        found = tuple(each for each in found if each.assessment.key.disease == disease)
    if len(found) == 1:
        return found[0]
    choices = sorted({each.assessment.key.disease for each in found})
    raise InputError(
        [
            Fault(
                rule="registry.conclusion",
                file="registry",
                found=f"{len(found)} conclusions on that allele",
                expected=f"one of {', '.join(choices)}" if choices else "an allele of the report",
                advice="choose with --disease" if choices else "copy the allele from the report",
            )
        ]
    )


def finding(desk: Desk, case: str, number: int | None, allele: str | None) -> ReportedFinding:
    """Return a finding by its number, or the last open or standing one on an allele."""
    every = desk.dataset.findings(case)
    if number is not None:
        chosen = [each for each in every if each.id == number]
    else:
        wanted = None if allele is None else parsed(allele)
        chosen = [each for each in every if each.key.allele == wanted]
    if not chosen:
        raise InputError([_no_finding()])
    return chosen[-1]


def _no_finding() -> Fault:
    return Fault(
        rule="registry.finding",
        file="registry",
        found="no finding on that allele, or of that number",
        expected="a drafted finding",
        advice="draft it first: varinterp registry draft FAMILY ALLELE",
    )
