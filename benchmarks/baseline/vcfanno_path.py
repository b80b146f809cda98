"""``bcftools norm`` of Debian to an indexed VCF, then ``vcfanno`` with both sources at once."""

import subprocess
from pathlib import Path

from benchmarks.baseline.whole_path import bcftools
from benchmarks.genome import VCF
from benchmarks.task import Done

ANNOTATED = "annotated.vcf"
_CONFIG = """\
[[annotation]]
file="{sources}/gnomad.vcf.gz"
fields=["AC", "AN", "AF", "nhomalt", "faf95", "grpmax"]
names=["AC_g", "AN_g", "AF_g", "nhomalt", "faf95", "grpmax"]
ops=["self", "self", "self", "self", "self", "self"]

[[annotation]]
file="{sources}/clinvar.vcf.gz"
fields=["CLNSIG", "CLNREVSTAT", "CLNDN"]
ops=["self", "self", "self"]
"""


def prepare(folder: Path) -> Path:
    """Name the folder of the trio."""
    return folder


def work(folder: Path) -> Done:
    """Normalise and annotate; what vcfanno found is counted by nobody."""
    sources, out = folder.parent, folder / "vcfanno"
    out.mkdir(exist_ok=True)
    normal, config = out / "normal.vcf.gz", out / "sources.toml"
    config.write_text(_CONFIG.format(sources=sources))
    norm = ["-m", "-any", "-f", sources / "reference.fa", "-Oz", "-o", normal, folder / VCF]
    bcftools("norm", norm)
    bcftools("index", ["-f", "-t", normal])
    with (out / ANNOTATED).open("wb") as target:
        subprocess.run(  # noqa: S603 - a tool of ours
            ["/usr/bin/vcfanno", "-p", "1", str(config), str(normal)],
            stdout=target, stderr=subprocess.DEVNULL, check=True,
        )  # fmt: skip
    return Done(None)
