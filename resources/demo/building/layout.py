"""Where the demo's inputs are, and where what is built from them goes."""

from dataclasses import dataclass
from pathlib import Path

CHROMOSOME = "22"
CONTIG = "chr22"
SEED = 20260122
"""Every random draw of the build starts here and names what it is for."""

INPUTS = frozenset({"facts", "sequence", "hpo", "building"})
WRITTEN_BY_HAND = frozenset(
    {"build.py", "README.md", "config.yaml", "config.2015.yaml", "expected.tsv"}
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The demo's folder `root`, and the folder `out` that generated files go to."""

    root: Path
    out: Path

    @property
    def facts(self) -> Path:
        """Tables that we wrote, each row citing its source."""
        return self.root / "facts"

    @property
    def sequence(self) -> Path:
        """The region's bases and its common SNPs."""
        return self.root / "sequence"

    @property
    def hpo(self) -> Path:
        """HPO's own files, unaltered."""
        return self.root / "hpo" / "2025-01-16"

    @property
    def refs(self) -> Path:
        """Built reference releases."""
        return self.out / "refs"

    @property
    def vcf(self) -> Path:
        """Built call sets."""
        return self.out / "vcf"

    @property
    def families(self) -> Path:
        """Built pedigree and phenotype files."""
        return self.out / "families"

    @property
    def fasta(self) -> Path:
        """The built reference sequence."""
        return self.out / "reference" / "GRCh38.chr22.demo.fa.gz"

    @property
    def capture(self) -> Path:
        """The built BED of what the constructed capture targets."""
        return self.out / "capture.bed"


def generated(folder: Path) -> dict[str, Path]:
    """Return every generated file under a demo folder, by its path inside it."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = ((path.relative_to(folder), path) for path in files)
    return {
        str(name): path
        for name, path in named
        if name.parts[0] not in INPUTS | WRITTEN_BY_HAND and "__pycache__" not in name.parts
    }
