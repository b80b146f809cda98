"""``bcftools norm`` and ``bcftools annotate`` twice, of Debian: BCF to BCF, indexed between.

`annotate` takes no pipe as its input. Compression is bcftools' own default.
"""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from benchmarks.genome import VCF
from benchmarks.task import Done

ANNOTATED = "annotated.bcf"
_BCFTOOLS = "/usr/bin/bcftools"
_FREQUENCIES = (
    "INFO/AC_g:=INFO/AC,INFO/AN_g:=INFO/AN,INFO/AF_g:=INFO/AF,INFO/nhomalt,INFO/faf95,INFO/grpmax"
)
_ASSERTIONS = "INFO/CLNSIG,INFO/CLNREVSTAT,INFO/CLNDN"


def prepare(folder: Path) -> Path:
    """Name the folder of the trio."""
    return folder


def work(folder: Path) -> Done:
    """Normalise and annotate; `whole_path_check` compares the rows."""
    sources, out = folder.parent, folder / "bcftools"
    out.mkdir(exist_ok=True)
    normal, counted = out / "normal.bcf", out / "counted.bcf"
    norm = ["-m", "-any", "-f", sources / "reference.fa", "-Ob", "-o", normal, folder / VCF]
    bcftools("norm", norm)
    bcftools("index", ["-f", normal])
    for name, columns, given, made in (
        ("gnomad", _FREQUENCIES, normal, counted),
        ("clinvar", _ASSERTIONS, counted, out / ANNOTATED),
    ):
        source = sources / f"{name}.vcf.gz"
        bcftools("annotate", ["-a", source, "-c", columns, "-Ob", "-o", made, given])
        if made != out / ANNOTATED:
            bcftools("index", ["-f", made])
    return Done(None)


def bcftools(command: str, arguments: Sequence[object]) -> None:
    """Run a command of Debian's bcftools."""
    subprocess.run(  # noqa: S603 - a tool of ours
        [_BCFTOOLS, command, *map(str, arguments)], check=True, stderr=subprocess.DEVNULL
    )
