"""``bcftools norm -m -any -f`` of a trio's VCF to BCF, through pysam: no table, no checks."""

import re
import tempfile
from pathlib import Path

import pysam.bcftools

from benchmarks.task import Done

_LINES = re.compile(r"total/split/\S+\s+(\d+)/(\d+)/")


def prepare(folder: Path) -> Path:
    """Name the trio's folder."""
    return folder / "trio"


def work(trio: Path) -> Done:
    """Normalise and count the alleles; the inputs have at most two ALT alleles a record."""
    norm = pysam.bcftools.norm
    with tempfile.TemporaryDirectory(dir=trio) as name:
        norm(
            "-m", "-any", "-f", str(trio / "reference.fa"), "-Ob", "-o", f"{name}/normalised.bcf",
            str(trio / "trio.vcf.gz"), catch_stdout=False,
        )  # fmt: skip
    messages = str(norm.get_messages())  # type: ignore[no-untyped-call]
    found = _LINES.search(messages)
    if found is None:
        raise RuntimeError("bcftools norm did not say how many records it read")
    return Done(int(found[1]) + int(found[2]))
