"""`varinterp reanalyse plan`: what a run would touch, before anything is computed."""

from datetime import UTC, datetime

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.reanalyse.options import Everything, LockFile, print_plan
from varinterp.cli.refs.printing import show_json
from varinterp.pipeline.config import read_settings
from varinterp.pipeline.reanalysis.archive import open_archive
from varinterp.pipeline.reanalysis.plan import plan
from varinterp.pipeline.reanalysis.target import read_target

EXAMPLES = """Examples:

varinterp reanalyse plan

varinterp reanalyse plan --lock config/next.lock.yaml --json
"""


def command(
    lock: LockFile = None,
    everything: Everything = False,
    configfile: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Say how many conclusions the moved releases can touch, by source; nothing is written."""
    settings = read_settings(configfile)
    today = datetime.now(UTC).date()
    target = read_target(settings, lock)
    found = plan(open_archive(settings), target, everything=everything, on=today)
    if as_json:
        show_json(found.document())
    else:
        print_plan(found)
