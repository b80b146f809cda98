"""Call sets from real callers: bcftools mpileup and call, phased by WhatsHap where asked.

The callers decide every genotype. Header lines that would hold a date or a temporary path are
replaced by lines that name the tools and their versions.
"""

import importlib.metadata
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pysam
import pysam.bcftools
from pysam.version import __bcftools_version__

from building.families import DemoFamily
from varinterp.errors import StageError
from varinterp.files import atomic_write

DROPPED = ("##reference=", "##commandline=", "##bcftools", "##fileDate=")
MENDED = {
    "##INFO=<ID=MQ,Number=1,Type=Integer": "##INFO=<ID=MQ,Number=1,Type=Float",
    "##FORMAT=<ID=AD,Number=.": "##FORMAT=<ID=AD,Number=R",
}
"""Declarations of mpileup (MQ) and WhatsHap (AD) that differ from the VCF specification's."""
BLOCKS = "5,15"
"""Depths at which a gVCF starts a new reference block."""


@dataclass(frozen=True, slots=True)
class CallSet:
    """What one VCF holds: samples in column order, and how they are called and phased."""

    file: str
    samples: tuple[str, ...]
    blocks: bool
    phase: str
    pedigree: str


def call_sets(families: tuple[DemoFamily, ...]) -> list[CallSet]:
    """Return every VCF to make; families that name the same file share it."""
    sets: dict[str, CallSet] = {}
    for family in families:
        for member in family.sequenced:
            file = family.vcf_of(member)
            known = sets.get(file)
            sets[file] = CallSet(
                file,
                ((known.samples if known else ()) + (member.column,)),
                family.calls.blocks,
                family.calls.phase,
                pedigree_lines(family),
            )
    return list(sets.values())


def pedigree_lines(family: DemoFamily) -> str:
    """Return a family's PED lines; parents without reads are left out."""
    columns = {member.person: member.column for member in family.sequenced}
    rows = (
        (
            family.family,
            member.column,
            columns.get(member.father or "", "0"),
            columns.get(member.mother or "", "0"),
            "1" if member.sex == "male" else "2",
            "2" if member.affected else "1",
        )
        for member in family.sequenced
    )
    return "".join("\t".join(row) + "\n" for row in rows)


def make_calls(calls: CallSet, fasta: Path, capture: Path, work: Path, folder: Path) -> None:
    """Call, phase and write one VCF with its index; reads are in `work` as ``sample.bam``."""
    raw = _call(calls, fasta, capture, work)
    if calls.phase != "none":
        raw = _phase(calls, fasta, raw, work)
    text = _settled(raw.read_text(), calls)
    settled = work / "settled.vcf"
    settled.write_text(text)
    with atomic_write(folder / calls.file) as temporary:
        pysam.tabix_compress(str(settled), str(temporary), force=True)
    pysam.tabix_index(str(folder / calls.file), preset="vcf", force=True)


def _call(calls: CallSet, fasta: Path, capture: Path, work: Path) -> Path:
    """Run mpileup and call; return a plain VCF."""
    likelihoods, raw = work / "likelihoods.bcf", work / "raw.vcf"
    bams = [str(work / f"{sample}.bam") for sample in calls.samples]
    pileup_blocks = ["--gvcf", BLOCKS] if calls.blocks else []
    call_blocks = ["--gvcf", BLOCKS] if calls.blocks else ["--variants-only"]
    pysam.bcftools.mpileup(
        "--no-version", "-f", str(fasta), "-R", str(capture), "-q", "20", "-Q", "13",
        "-a", "FORMAT/AD,FORMAT/DP", *pileup_blocks, "-Ob", "-o", str(likelihoods), *bams,
        catch_stdout=False,
    )  # fmt: skip
    pysam.bcftools.call(
        "--no-version", "-m", *call_blocks, "-f", "GQ", "-Ov", "-o", str(raw), str(likelihoods),
        catch_stdout=False,
    )  # fmt: skip
    return raw


def _phase(calls: CallSet, fasta: Path, raw: Path, work: Path) -> Path:
    """Phase with WhatsHap: by reads alone, or by reads and pedigree."""
    program = Path(sys.executable).with_name("whatshap")
    if not program.is_file():
        raise StageError(f"{program} is missing: install whatshap to build the demo")
    phased, pedigree = work / "phased.vcf", work / "pedigree.ped"
    pedigree.write_text(calls.pedigree)
    family = ["--ped", str(pedigree)] if calls.phase == "pedigree" else []
    bams = [str(work / f"{sample}.bam") for sample in calls.samples]
    command = [
        str(program), "phase", *family, "--reference", str(fasta), "-o", str(phased), str(raw),
        *bams,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise StageError(f"whatshap failed on {calls.file}: {done.stderr[-500:]}")
    return phased


def _settled(text: str, calls: CallSet) -> str:
    """Drop header lines that change from run to run, and say what made the file."""
    for declared, specified in MENDED.items():
        text = text.replace(declared, specified)
    lines = text.splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(DROPPED)]
    first = next(index for index, line in enumerate(kept) if line.startswith("##contig"))
    return "".join([*kept[:first], *_provenance(calls), *kept[first:]])


def _provenance(calls: CallSet) -> list[str]:
    tools = [f"bcftools {__bcftools_version__} mpileup and call -m"]
    if calls.phase != "none":
        tools.append(f"WhatsHap {importlib.metadata.version('whatshap')} phase")
    return [
        "##reference=GRCh38.chr22.demo.fa.gz\n",
        f"##source={', '.join(tools)}, from pysam {importlib.metadata.version('pysam')}\n",
        "##note=constructed people: simulated reads, genotypes as called from them\n",
    ]
