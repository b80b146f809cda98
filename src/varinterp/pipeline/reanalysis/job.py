"""A reanalysis as the workflow starts it, for a scheduler."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from varinterp.pipeline.config import parse_settings
from varinterp.pipeline.reanalysis.archive import open_archive
from varinterp.pipeline.reanalysis.run import Options, run
from varinterp.pipeline.reanalysis.target import read_target
from varinterp.pipeline.stage import stage


def run_reanalysis(config: dict[str, Any], log: Path) -> None:
    """Bring the stored cases to the settings' target; leaves the process with 1 or 3 on failure.

    What it prints names the run and counts; it names no case.
    """
    with stage("reanalyse", log):
        settings = parse_settings(config)
        outcome = run(open_archive(settings), read_target(settings), Options(at=datetime.now(UTC)))
        counts = ", ".join(f"{word} {count}" for word, count in sorted(outcome.counts.items()))
        print(f"reanalyse: run {outcome.name}: {counts}  {outcome.folder}", file=sys.stderr)
