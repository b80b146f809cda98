"""A worklist in a few lines for mail or a webhook: counts and a link, nobody's name or data.

No pseudonym, allele, gene or sign is in it; whoever is allowed to see more follows the link.
"""

import json
from collections.abc import Mapping

from varinterp.report.catalogue import Language
from varinterp.report.wording import wording
from varinterp.report.worklist.view import WorklistView, counts

SCHEMA_VERSION = 1


def digest_document(view: WorklistView, link: str | None = None) -> Mapping[str, object]:
    """Return the digest as a document; `link` leads to the list, and must name nobody either."""
    run = view.run
    found = counts(each.event for each in view.events)
    return {
        "schema_version": SCHEMA_VERSION,
        "run": run.name,
        "date": run.on.isoformat(),
        "constructed": view.constructed,
        "signed_reports_in_doubt": view.first,
        "events": [
            {"tier": tier.value, "direction": direction, "count": number}
            for (tier, direction), number in found.items()
        ],
        "cases": {
            "with_events": view.cases,
            "examined": run.examined,
            "changed": run.changed,
            "unchanged": run.unchanged,
            "skipped": view.skipped,
        },
        "queued": run.queued,
        "recontacts": len(view.recontacts),
        "recontacts_overdue": sum(line.recontact.overdue(run.on) for line in view.recontacts),
        "link": link,
    }


def digest_json(view: WorklistView, link: str | None = None) -> str:
    """Return the digest as JSON, for a webhook."""
    return json.dumps(digest_document(view, link), indent=2, ensure_ascii=False) + "\n"


def digest_text(view: WorklistView, language: Language | str, link: str | None = None) -> str:
    """Return the digest as plain text of a language, for a mail."""
    w = wording(Language(language))
    run = view.run
    lines = [w.text("worklist.running", run=run.name, date=w.date(run.on.isoformat())), ""]
    if view.first:
        lines += [w.text("worklist.result.first", count=view.first).upper(), ""]
    if view.events:
        lines += [w.text("worklist.result.some", count=len(view.events), cases=view.cases)]
    else:
        lines += [w.text("worklist.result.nothing")]
    for (tier, direction), number in counts(each.event for each in view.events).items():
        tier_name, way = w.word("event_tier", tier.value), w.word("event_direction", direction)
        lines.append(f"  {tier.value}. {tier_name} – {way}{w.text('worklist.colon')} {number}")
    lines += [
        "",
        w.text("worklist.cases.examined", count=run.examined, changed=run.changed),
        w.text("worklist.cases.unchanged", count=run.unchanged),
    ]
    if view.recontacts:
        overdue = sum(line.recontact.overdue(run.on) for line in view.recontacts)
        lines.append(
            w.text("worklist.digest.recontacts", count=len(view.recontacts), overdue=overdue)
        )
    if view.constructed:
        lines.append(w.text("worklist.digest.constructed"))
    if link:
        lines += ["", link]
    return "\n".join(lines) + "\n"
