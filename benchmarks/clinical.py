"""What a ClinVar release costs: ``python -m benchmarks.clinical [--size S]``; no baseline.

`admission` brings a VCF to a release's files, `resolution` reads and resolves the submissions,
`keys` finds the rows that differ between two releases and `changes` says what moved.
"""

import argparse
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from benchmarks.child import cpu_seconds
from benchmarks.inputs import cache_folder
from benchmarks.measure import run
from varinterp.pipeline.references.adapter import Context
from varinterp.pipeline.references.clinvar import ADAPTER
from varinterp.refs.lock import Releases
from varinterp.refs.release import Manifest, Release, ReleaseFile
from varinterp.sources.clinvar_resolution import resolve_submissions
from varinterp.sources.clinvar_submissions import read_submissions
from varinterp.sources.keyed_changes import changed_rows
from varinterp.sources.material import Material
from varinterp.sources.pack import Pack
from varinterp.sources.rules import Rules
from varinterp.sources.transcripts import TRANSCRIPTS_FILE


def main() -> None:
    """Make the inputs once, run each task in a process of its own and print its figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.clinical", description=__doc__)
    parser.add_argument("--size", type=float, default=1.0)
    parser.add_argument("--task", choices=TASKS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    cache = cache_folder()
    folder = cache / f"clinvar-{options.size:g}"
    if options.task:
        before = cpu_seconds()
        answer = TASKS[options.task](folder)
        print(json.dumps({"cpu": round(cpu_seconds() - before, 2), "answer": answer}))
        return
    if not folder.is_dir():
        making = cache / f".clinvar-{os.getpid()}"
        run(["-m", "benchmarks.clinvar_files", str(making), str(options.size)], cache)
        making.rename(folder)
    for name in TASKS:
        arguments = ["-m", "benchmarks.clinical", "--size", str(options.size), "--task", name]
        usage = run(arguments, cache)
        print(f"{name}: {usage.cpu:.1f} CPU s with start-up, {usage.peak_mb:.0f} MB", flush=True)


def _admission(folder: Path) -> int:
    rows = 0
    for name in ("old", "new"):
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            out = folder / f"{name}-release"
            out.mkdir(exist_ok=True)
            vcf = folder / name / "clinvar.vcf.gz"
            context = Context(folder / "reference.fa", _mane(folder), Path(scratch))
            built = ADAPTER.build(
                Material("clinvar", name, date(2026, 8, 4), {"vcf": (vcf,)}), context, out
            )
            rows += built.counts["alleles"]
    return rows


def _mane(folder: Path) -> Releases:
    manifest = Manifest(
        source="mane", release="1", date=date(2026, 1, 1), url="", licence="",
        files={TRANSCRIPTS_FILE: ReleaseFile(sha256="0" * 64)},
    )  # fmt: skip
    return Releases({"mane": Release(folder, manifest)})


def _resolution(folder: Path) -> int:
    path = folder / "new" / "submission_summary.txt.gz"
    return resolve_submissions(read_submissions(path)).variations.height


def _keys(folder: Path) -> int:
    rows = changed_rows(*(Pack.open(folder / f"{name}-release") for name in ("old", "new")))
    return int(rows.added.size + rows.removed.size + rows.before.size)


def _changes(folder: Path) -> int:
    rules = Rules("none", "1", "2026-01-01", {})
    return ADAPTER.changes(folder / "old-release", folder / "new-release", rules).height


TASKS: Mapping[str, Callable[[Path], int]] = {
    "admission": _admission,
    "resolution": _resolution,
    "keys": _keys,
    "changes": _changes,
}

if __name__ == "__main__":
    main()
