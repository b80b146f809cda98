"""A FASTA's contigs by chromosome, whether they are called ``22`` or ``chr22``."""

import pysam

from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome


def contig_of(reference: pysam.FastaFile, chromosome: Chromosome) -> str:
    """Return the contig of a chromosome; raise ReleaseError when the FASTA has none."""
    for contig in reference.references:
        if Chromosome.parse(contig) is chromosome:
            return str(contig)
    raise ReleaseError(f"the reference has no chromosome {chromosome}")
