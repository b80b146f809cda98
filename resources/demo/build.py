"""Build the embedded demo from its committed facts, or check that it is what they give.

    python resources/demo/build.py                  write every generated file
    python resources/demo/build.py --check          rebuild elsewhere and compare, byte for byte
    python resources/demo/build.py --check --part releases

Parts: `reference`, `releases`, `families` (simulated reads and the calls made from them).
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from building.clinical_releases import (
    write_clinvar,
    write_disease_phenotypes,
    write_hpo,
    write_links,
)
from building.cohort import write_families
from building.layout import Layout, generated
from building.locks import write_locks
from building.population_release import write_frequencies
from building.region import read_region, write_plain_fasta, write_reference
from building.transcript_releases import write_transcript_releases
from varinterp.files import sha256_of

ROOT = Path(__file__).parent
PARTS = ("reference", "releases", "families")
OWNERS = {"reference": ("reference/",), "releases": ("refs/", "refs.")}
"""What each part's files start with; everything else belongs to `families`."""


def build(layout: Layout, parts: Sequence[str]) -> None:
    """Build parts of the demo into an empty folder; the reference is always built."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        fasta = work / "reference.fa"
        write_plain_fasta(read_region(layout), fasta)
        write_reference(fasta, layout)
        if "releases" in parts:
            write_releases(layout)
        if "families" in parts:
            write_families(layout, fasta, work)


def write_releases(layout: Layout) -> None:
    """Build every reference release, and the locks that name them."""
    write_transcript_releases(layout)
    write_clinvar(layout)
    write_links(layout)
    write_frequencies(layout)
    write_disease_phenotypes(layout)
    write_hpo(layout)
    write_locks(layout)


def differences(built: Path, committed: Path, parts: Sequence[str]) -> list[str]:
    """Name every generated file of the parts that is missing, extra or different."""
    new, old = generated(built), generated(committed)
    return [
        f"{name}: {_difference(new.get(name), old.get(name))}"
        for name in sorted(new.keys() | old.keys())
        if part_of(name) in parts and not _same(new.get(name), old.get(name))
    ]


def replace(built: Path, committed: Path, parts: Sequence[str]) -> None:
    """Put the built files of the parts in the place of the committed ones."""
    for name, path in generated(committed).items():
        if part_of(name) in parts:
            path.unlink()
    for name, path in generated(built).items():
        if part_of(name) in parts:
            (committed / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, committed / name)


def part_of(name: str) -> str:
    """Return the part that a generated file belongs to."""
    owners = (part for part, starts in OWNERS.items() if name.startswith(starts))
    return next(owners, "families")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code: 1 when a check finds a difference."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--part", action="append", choices=PARTS, help="only this; repeatable")
    options = parser.parse_args(arguments)
    parts = options.part or PARTS
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        build(Layout(ROOT, out), parts)
        if not options.check:
            replace(out, ROOT, parts)
            return 0
        found = differences(out, ROOT, parts)
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


def _same(new: Path | None, old: Path | None) -> bool:
    return new is not None and old is not None and sha256_of(new) == sha256_of(old)


def _difference(new: Path | None, old: Path | None) -> str:
    if old is None:
        return "is not committed"
    return "is not built any more" if new is None else "differs from what the facts give"


if __name__ == "__main__":
    sys.exit(main())
