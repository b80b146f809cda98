"""``genmod models`` of a trio's VCF, one process, from an environment of its own.

`VARINTERP_GENMOD` names the program. It asks for a header of genes, which is added beforehand, and
finds no compound heterozygotes, as no record has a gene: that would cost it more.
"""

import gzip
import os
import re
import subprocess
import tempfile
from pathlib import Path

from benchmarks.task import Done

_HEADER = '##INFO=<ID=Annotation,Number=.,Type=String,Description="Genes">\n'
_PEDIGREE = "F\tchild\tfather\tmother\t2\t2\nF\tfather\t0\t0\t1\t1\nF\tmother\t0\t0\t2\t1\n"
_HOMOZYGOUS = re.compile(r"GeneticModels=F:(?:[A-Z_a-z|]*\|)?AR_hom[|;\t]")


def prepare(folder: Path) -> Path:
    """Write the VCF as text with the header that it asks for, and a pedigree."""
    trio = folder / "trio"
    text, pedigree = trio / "genmod.vcf", trio / "trio.ped"
    with gzip.open(trio / "trio.vcf.gz", "rt") as given, text.open("w") as written:
        for line in given:
            written.write(_HEADER + line if line.startswith("#CHROM") else line)
    pedigree.write_text(_PEDIGREE)
    return trio


def work(trio: Path) -> Done:
    """Annotate models, and count the records that are homozygous as a recessive disease asks."""
    program = os.environ["VARINTERP_GENMOD"]
    with tempfile.TemporaryDirectory(dir=trio) as name:
        out = Path(name) / "models.vcf"
        subprocess.run(  # noqa: S603
            [program, "models", "-p", "1", "-s", "--temp_dir", name, "-f", str(trio / "trio.ped"),
             "-o", str(out), str(trio / "genmod.vcf")],
            check=True, capture_output=True,
        )  # fmt: skip
        with out.open() as written:
            return Done(sum(_HOMOZYGOUS.search(line) is not None for line in written))
