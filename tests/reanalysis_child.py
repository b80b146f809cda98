"""A process that runs a reanalysis in an archive of the small world, to be killed by its parent.

python reanalysis_child.py WORLD ARCHIVE CHOICE MINUTES
"""

import json
import sys
from pathlib import Path

from reanalysis_world import later, open_world
from varinterp.pipeline.reanalysis.archive import open_archive
from varinterp.pipeline.reanalysis.run import Options, run


def main(world: str, archive: str, choice: str, minutes: str, *exports: str) -> None:
    """Bring the archive to the choice's target, in batches of two cases."""
    opened = open_world(Path(world))
    print("ready", flush=True)
    run(
        open_archive(opened.settings(Path(archive))),
        opened.target(json.loads(choice)),
        Options(later(int(minutes)), batch=2, exports=bool(exports)),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
