"""`varinterp registry status`: what the registry holds, and what waits for somebody."""

from collections import Counter

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.cli.registry.desk import Desk, now, open_desk
from varinterp.model.consent import ConsentScope
from varinterp.model.recontact import RecontactState
from varinterp.model.reported import FindingState
from varinterp.registry.schema import HEAD

EXAMPLES = """Examples:

varinterp registry status

varinterp registry status --json
"""


def command(configfile: ConfigFile = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """Count cases, consents, findings and events, and what is due; names nobody."""
    found = _counts(open_desk(configfile))
    if as_json:
        show_json(found)
    else:
        show(("what", "count"), list(found.items()))


def _counts(desk: Desk) -> dict[str, int | str]:
    dataset, today = desk.dataset, now().date()
    cases = dataset.cases()
    allowed = dataset.permissions(ConsentScope.REANALYSIS, today)
    states = Counter(each.state for each in dataset.findings())
    half = sum(
        each.state is FindingState.DRAFT and len(each.signatures) == 1
        for each in dataset.findings()
    )
    events = Counter(each.review.state for each in dataset.events())
    entries = dataset.recontacts()
    return {
        "schema": HEAD,
        "cases": len(cases),
        "cases erased": sum(each.erased for each in cases),
        "cases that may be reanalysed today": sum(map(bool, allowed.values())),
        "runs of the reanalysis": len(desk.registry.runs()),
        **{f"findings {state.value}": states[state] for state in FindingState},
        "findings that wait for a second signature": half,
        "diagnoses that wait for a second signature": len(dataset.proposed_diagnoses()),
        **{f"events {state.value}": events[state] for state in sorted(events)},
        "recontacts open": sum(each.state is RecontactState.OPEN for each in entries),
        "recontacts overdue": sum(each.overdue(today) for each in entries),
    }
