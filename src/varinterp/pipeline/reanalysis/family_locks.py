"""The families' own locks, brought to where their cases stand now.

A later run of the workflow, after an upgrade for instance, then starts from what the reanalysis
concluded with. The file keeps its time: it is no reason of its own to analyse a family again.
"""

import os

from varinterp.pipeline.reanalysis.archive import Archive
from varinterp.pipeline.reanalysis.target import Target
from varinterp.refs.lock import read_lock, write_lock


def bring_locks_forward(archive: Archive, target: Target) -> int:
    """Write the target's releases into the lock of each family that stands there.

    Families without a folder of results are left out. Returns how many locks moved.
    """
    families = {each.case: each.family for each in archive.dataset.cases()}
    there = [
        families[state.case]
        for state in archive.registry.states()
        if state.basis == target.basis and not state.erased
    ]
    wanted = {release.manifest.source: release.manifest.release for release in target.releases}
    moved = 0
    for family in sorted(set(there)):
        path = archive.settings.results / family / "refs.lock.yaml"
        if not path.is_file() or read_lock(path).releases == wanted:
            continue
        before = path.stat()
        write_lock(target.releases, path)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        moved += 1
    return moved
