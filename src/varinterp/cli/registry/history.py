"""`varinterp registry history`: everything that people said and did on a case, as recorded."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import typer

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.cli.registry.desk import Family, open_desk
from varinterp.model.review import Act
from varinterp.registry.dataset import Dataset

EXAMPLES = """Examples:

varinterp registry history FAM-1

varinterp registry history FAM-1 --as-of 2026-07-04T12:00:00+00:00 --json
"""
Line = tuple[str, str, str, str]


def command(
    family: Family,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="What was recorded by then (ISO, with a zone).")
    ] = None,
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """List the acts of a case by day: consents, observations, findings, diagnoses, reviews."""
    desk = open_desk(configfile)
    case = desk.case(family)
    moment = _moment(as_of)
    found = list(_consents(desk.dataset, case.case, moment))
    if not case.erased:
        for part in (_observations, _findings, _diagnoses, _reviews, _recontacts):
            found += part(desk.dataset, case.case, moment)
    found.sort(key=lambda line: line[0])
    headings = ("on", "what", "detail", "who")
    if as_json:
        show_json([dict(zip(headings, line, strict=True)) for line in found])
    else:
        show(headings, list(found))


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.utcoffset() is None:
        raise typer.BadParameter(f"{text!r}: expected a moment such as 2026-07-04T12:00:00+00:00")
    return found


def _consents(dataset: Dataset, case: str, as_of: datetime | None) -> Iterator[Line]:
    for each in dataset.consents(case, as_of):
        said = each.decision
        word = "yes" if said.granted else "no"
        detail = f"{said.person} {said.scope}: {word} {said.document}".rstrip()
        yield (said.valid_from.isoformat(), "consent", detail, each.author)


def _observations(dataset: Dataset, case: str, as_of: datetime | None) -> Iterator[Line]:
    for each in dataset.observations(case, as_of, corrected=True):
        seen = each.observation
        of = "" if each.corrects is None else f", corrects {each.corrects}"
        detail = f"{each.id}: {seen.term} {seen.state}{of}"
        yield (seen.observed_on.isoformat(), "observation", detail, each.author)


def _findings(dataset: Dataset, case: str, as_of: datetime | None) -> Iterator[Line]:
    for each in dataset.findings(case, as_of):
        what = f"{each.id}: {each.key.allele} {each.key.disease} {each.value}"
        report = f"{each.report} v{each.report_version}"
        amends = "" if each.amends is None else f", amends {each.amends}"
        yield (
            each.drafted_on.isoformat(),
            "finding",
            f"{what} in {report}, on conclusion {each.assessment}{amends}; {each.state}",
            each.author,
        )
        for signature in each.signatures:
            yield (signature.on.isoformat(), "signature", f"finding {each.id}", signature.reader)


def _diagnoses(dataset: Dataset, case: str, as_of: datetime | None) -> Iterator[Line]:
    for proposal in dataset.proposed_diagnoses(case, as_of):
        said = proposal.statement
        detail = " ".join((said.level, *said.diseases))
        yield (said.valid_from.isoformat(), "diagnosis proposed", detail, proposal.reader)
    for each in dataset.diagnoses(case, as_of):
        stated = each.diagnosis
        names = stated.signatures
        who = each.author if names is None else f"{names.first}, {names.second}"
        detail = " ".join((stated.level, *stated.diseases))
        yield (stated.valid_from.isoformat(), "diagnosis", detail, who)


def _reviews(dataset: Dataset, case: str, as_of: datetime | None) -> Iterator[Line]:
    for event, review in dataset.reviews(case, as_of).items():
        for act in review.acts:
            yield (
                act.at.date().isoformat(),
                "review",
                f"event {event}: {_said(act)}",
                act.by or "",
            )


def _said(act: Act) -> str:
    words = (act.transition.value, act.reason and act.reason.value, act.comment)
    return " ".join(word for word in words if word)


def _recontacts(dataset: Dataset, case: str, as_of: datetime | None) -> Iterator[Line]:
    for each in dataset.recontacts(case, as_of):
        detail = f"{each.id}: {each.person}, {each.state}: {each.reason}"
        yield (each.due.isoformat(), "recontact", detail, each.owner)
