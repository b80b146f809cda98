"""The genome build of a VCF, from the contig lengths of its header."""

import re

from varinterp.fasta import Reference
from varinterp.model.chromosome import GRCH37_LENGTHS, Chromosome
from varinterp.sources.fault_book import FaultBook
from varinterp.sources.vcf_header import Header

_YORUBA = 16571
_GRCH37 = re.compile(r"hg19|grch37|b37|hs37d5", re.IGNORECASE)


def check_build(header: Header, reference: Reference, book: FaultBook) -> None:
    """Refuse contig lengths other than the reference's; say so when they are GRCh37's."""
    lengths = {
        name: (chromosome, length)
        for name, length in header.contigs.items()
        if (chromosome := Chromosome.parse(name)) is not None and length is not None
    }
    if not lengths:
        _without_lengths(header, book)
    for name, (chromosome, length) in lengths.items():
        expected = reference.length(chromosome) or chromosome.length
        if length == expected:
            continue
        found = f"a contig of {length} bases where the reference has {expected}"
        book.add(_rule(chromosome, length), found, header.contig_lines[name])


def _rule(chromosome: Chromosome, length: int) -> str:
    if chromosome is Chromosome.MT and length == _YORUBA:
        return "vcf.yoruba"
    if length == GRCH37_LENGTHS[chromosome] and chromosome is not Chromosome.MT:
        return "vcf.build_grch37"
    return "vcf.contig_length"


def _without_lengths(header: Header, book: FaultBook) -> None:
    if _GRCH37.search(header.reference):
        book.add("vcf.build_grch37", "a ##reference line of GRCh37", header.columns_line)
    else:
        book.add("vcf.no_contig_lengths", "none", header.columns_line)
