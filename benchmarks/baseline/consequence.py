"""``bcftools csq -l`` (Debian's) of the same alleles, its terms counted from the text."""

import subprocess
import tempfile
from pathlib import Path

import polars as pl

from benchmarks.task import Done

COUNTED = {"missense": "missense_variant", "synonymous": "synonymous_variant"}
BCFTOOLS = "/usr/bin/bcftools"


def prepare(folder: Path) -> Path:
    """Name the folder."""
    return folder


def work(folder: Path) -> Done:
    """Annotate, and count the substitutions by their term."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        out = Path(name) / "csq.vcf"
        inputs = ["-f", str(folder / "reference.fa"), "-g", str(folder / "genes.gff3")]
        command = [BCFTOOLS, "csq", "-l", *inputs, "-Ov", "-o", str(out), str(folder / "sites.vcf")]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own paths
        rows = pl.read_csv(
            out, separator="\t", comment_prefix="#", has_header=False, columns=[3, 4, 7],
            new_columns=["ref", "alt", "info"], infer_schema=False,
        )  # fmt: skip
    single = rows.filter(pl.col("ref").str.len_bytes() == pl.col("alt").str.len_bytes())
    words = {**COUNTED, "stop_gained": "stop_gained"}
    said = single["info"]
    return Done({ours: int(said.str.contains(_word(word)).sum()) for word, ours in words.items()})


def _word(word: str) -> str:
    """A term anywhere in a record's consequences."""
    return f"[=,&]{word}[&|]"
