"""Synthetic inputs, drawn from a fixed seed and kept in a temporary folder for the next run.

    trio/       a reference of 22 contigs and a trio's VCF on it
    small/      100,000 alleles; frequencies of 1,000,000, a ClinVar-like release of 200,000
    large/      the same alleles; five times the rows
    coding/     2,000 transcripts and 150,000 alleles in them

`packs` and `genome` make larger ones, of minutes and gigabytes. Every number is for size 1 and
grows with it.
``python -m benchmarks.inputs FOLDER SIZE``.
"""

import hashlib
import os
import shutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from benchmarks.measure import run

RECORDS = 100_000
ROWS = 5_000_000
SEED = 20_240_601
_SOURCES = {
    "inputs": ("inputs.py", "trio.py", "releases.py", "coding.py"),
    "packs": ("packs.py", "releases.py"),
    "genome": ("genome.py", "genome_releases.py"),
    "cohort": ("cohort.py", "releases.py"),
}
"""Who makes inputs; they are made again when one of a maker's files changes."""


def cache_folder() -> Path:
    """Return the folder of inputs and bytecode, made on first use for this user alone."""
    folder = Path(tempfile.gettempdir()) / f"varinterp-benchmarks-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else")
    return folder


def inputs(size: float, cache: Path, maker: str = "inputs") -> Path:
    """Return the folder of inputs of a size, making them in another process when it is new."""
    code = b"".join(Path(__file__).with_name(name).read_bytes() for name in _SOURCES[maker])
    name = f"{maker}-{size:g}-{hashlib.sha256(code).hexdigest()[:12]}"
    folder = cache / name
    if not folder.is_dir():
        for stale in [*cache.glob(f"{maker}-{size:g}-*"), *cache.glob(f".{maker}-*")]:
            shutil.rmtree(stale)
        making = cache / f".{name}"
        run(["-m", f"benchmarks.{maker}", str(making), str(size)], cache)
        making.rename(folder)
    return folder


def main(folder: Path, size: float) -> None:
    """Make every input in `folder`."""
    # Imported by name, so that the parent of the measured processes stays small.
    trio, releases = import_module("benchmarks.trio"), import_module("benchmarks.releases")
    coding = import_module("benchmarks.coding")
    coding.make(folder / "coding", int(coding.ALLELES * size), SEED)
    trio.make(folder / "trio", int(RECORDS * size), SEED)
    releases.make(folder, int(RECORDS * size), int(ROWS * size), SEED)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
