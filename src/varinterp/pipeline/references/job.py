"""One release of the configuration's `updates`, as the workflow fetches and builds it."""

import json
from pathlib import Path
from typing import Any

from varinterp.errors import ReleaseError
from varinterp.files import write_text
from varinterp.pipeline.config import Update, parse_settings
from varinterp.pipeline.references.desk import Desk
from varinterp.pipeline.stage import stage
from varinterp.refs.fetch import FetchOptions


def run_reference(
    name: str, config: dict[str, Any], source: str, release: str, output: Path, log: Path
) -> None:
    """Run the rule of that name; leaves the process with its exit code on failure."""
    with stage(name, log):
        desk = Desk.of(parse_settings(config))
        update = desk.settings.updates.get(source)
        if update is None or update.release != release:
            raise ReleaseError(f"the configuration's `updates` do not name {source}@{release}")
        document = (_fetch if name == "reference_fetch" else _build)(desk, source, update)
        write_text(output, json.dumps(document, indent=2) + "\n")


def _fetch(desk: Desk, source: str, update: Update) -> dict[str, Any]:
    """Fetch what the catalogue has an address for; a laboratory's own files are given."""
    files: dict[str, list[str]] = {}
    if any(file.url for file in desk.catalogue[source].files.values()):
        options = FetchOptions(mirrors=update.mirrors)
        fetched = desk.fetch(source, update.release, update.dated, options)
        files = {role: [path.name for path in paths] for role, paths in fetched.files.items()}
    return {"source": source, "release": update.release, "files": files}


def _build(desk: Desk, source: str, update: Update) -> dict[str, Any]:
    outcome = desk.build(source, update.release, update.dated, update.files, {})
    if outcome.release is None:
        raise ReleaseError(
            f"{source}@{update.release} was refused; nothing that was there has changed:\n"
            + "\n".join(outcome.problems)
        )
    return {"release": outcome.release.name, "content": outcome.release.manifest.content}
