"""UCSC's dumps of simpleRepeat and rmsk for the demo's region, and later ones: rows are invented.

The columns are those of UCSC's tables; TANGO2's exon 7 is given a repeat that it does not have.
"""

import gzip
from pathlib import Path

AT = 20_061_550
"""0-based start of the invented repeat in TANGO2's exon 7."""


def simple(chromosome: str, start: int, end: int, unit: str = "CAG") -> str:
    """Return a line of simpleRepeat."""
    period = len(unit)
    copies = round((end - start) / period, 1)
    cells = (585, chromosome, start, end, "trf", period, copies, period, 98, 0, 120, 33, 33, 33, 0,
             1.58, unit)  # fmt: skip
    return "\t".join(map(str, cells))


def masked(chromosome: str, start: int, end: int, kind: str, name: str = "(CAG)n") -> str:
    """Return a line of rmsk."""
    cells = (585, 463, 13, 6, 17, chromosome, start, end, -30_000_000, "+", name, kind, kind, 1,
             end - start, 0, 1)  # fmt: skip
    return "\t".join(map(str, cells))


SIMPLE = (
    simple("chr22", AT, AT + 30),
    simple("chr22", AT + 20, AT + 40, "CAGCAA"),
    simple("chr22_KI270731v1_random", 10, 60),
)
MASKED = (
    masked("chr22", AT + 25, AT + 60, "Simple_repeat"),
    masked("chr22", 20_100_000, 20_100_300, "SINE", "AluY"),
    masked("chr22", 20_110_000, 20_110_040, "Low_complexity", "A-rich"),
    masked("chr22", 20_120_000, 20_120_040, "DNA?", "MER5B"),
)


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write both dumps; later the first repeat is shorter and one of low complexity is gone."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = (simple("chr22", AT + 3, AT + 30), *SIMPLE[1:]) if later else SIMPLE
    masks = MASKED[:2] if later else MASKED
    found: dict[str, tuple[Path, ...]] = {}
    for role, name, lines in (("simple", "simpleRepeat", rows), ("masker", "rmsk", masks)):
        path = folder / f"{name}.txt.gz"
        path.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode(), mtime=0))
        found[role] = (path,)
    return found
