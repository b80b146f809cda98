"""UCSC's wigFix of phyloP for a few positions of the demo region: every score is invented."""

import gzip
from pathlib import Path

MISSENSE = "22-20061538"
NOW = ((20061530, (0.021, 1.879, -3.5, 0.5)), (20061536, (1.1, 2.2, 7.366, 9.741)))
LATER = (
    (20061530, (0.022, 1.879, -3.4, 0.5)),
    (20061536, (1.1, 2.2, 7.367, 9.74)),
    (20061600, (3.0,)),
)
"""Up and down over cut-offs, moved below one, a position that came."""


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the file as it is published."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "chr22.phyloP100way.wigFix.gz"
    text = "".join(
        f"fixedStep chrom=chr22 start={start} step=1\n" + "".join(f"{v:.3f}\n" for v in values)
        for start, values in (LATER if later else NOW)
    )
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
    return {"scores": (path,)}
