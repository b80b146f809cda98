"""Outside truth for opt-in validation: a folder named by VARINTERP_SHARED_DATA."""

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import polars as pl
import pysam
import pytest

from varinterp.annotate.vep_cache import build_vep_cache
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Transcript
from varinterp.sources.transcript_text import read_transcript_gff3
from varinterp.sources.transcripts import to_transcripts

ROOT = os.environ.get("VARINTERP_SHARED_DATA")
needs_shared_data = pytest.mark.skipif(not ROOT, reason="VARINTERP_SHARED_DATA is not set")
SITES_HEADER = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"


def shared(*parts: str) -> Path:
    """Return a path in the folder of shared data."""
    return Path(ROOT or "").joinpath(*parts)


def sparse_genome() -> Path:
    """GRCh38 with true sequence in 24 slices and N elsewhere, contigs named ``chr17``."""
    return shared("genome", "reference", "GRCh38.sparse.fa.gz")


@cache
def _mane() -> pl.DataFrame:
    return read_transcript_gff3(shared("genome", "transcripts", "mane_select_v1.5.genome.gff3.gz"))


def mane_select(genes: Iterable[str]) -> dict[str, Transcript]:
    """Return MANE v1.5 Select transcripts by gene symbol."""
    return {one.gene: one for one in to_transcripts(mane_table(genes)).values()}


def mane_table(genes: Iterable[str]) -> pl.DataFrame:
    """Return the rows of MANE v1.5's table for some gene symbols."""
    return _mane().filter(pl.col("gene").is_in(list(genes)))


def small_cache(transcripts: list[Transcript], fasta: Path, folder: Path) -> Path:
    """Build a cache whose known variants are stand-ins at a first coding base."""
    known = []
    with pysam.FastaFile(str(fasta)) as reference:
        contigs = {Chromosome.parse(contig): contig for contig in reference.references}
        for one in transcripts:
            at = one.cds.start
            base = reference.fetch(contigs[one.chromosome], at - 1, at).upper()
            known.append((one.chromosome.value, at, base, "C" if base != "C" else "T", "stand-in"))
    build_vep_cache(transcripts, fasta, known, folder)
    return folder
