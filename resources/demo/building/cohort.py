"""The families end to end: genomes, reads, calls, and what a clinic hands over."""

from collections.abc import Mapping
from pathlib import Path

from building.alleles import read_alleles
from building.calling import call_sets, make_calls
from building.capture import captured, write_capture
from building.families import DemoFamily, read_families, read_phenotypes
from building.frequencies import read_frequencies
from building.genomes import Genome, background, draw_genomes
from building.handover import write_handover
from building.layout import Layout
from building.observed import check, observe, write_calls
from building.reads import Few, write_reads
from building.region import read_region
from varinterp.model.variant import Allele


def write_families(layout: Layout, fasta: Path, work: Path) -> None:
    """Simulate, call and write every family, and check that the calls are the ones meant."""
    families, alleles = read_families(layout), read_alleles(layout)
    snps = background(read_frequencies(layout, 1), alleles.values())
    genomes = {family.family: draw_genomes(family, alleles, snps) for family in families}
    write_capture(layout)
    for family in families:
        _sequence(family, genomes[family.family], alleles, layout, work)
    for calls in call_sets(families):
        make_calls(calls, fasta, layout.capture, work, layout.vcf)
    found = [
        call
        for family in families
        for call in observe(family, genomes[family.family], alleles, layout.vcf)
    ]
    check(found)
    write_calls(layout.out / "calls.tsv", found)
    write_handover(families, read_phenotypes(layout), layout)


def _sequence(
    family: DemoFamily,
    genomes: Mapping[str, Genome],
    alleles: Mapping[str, Allele],
    layout: Layout,
    work: Path,
) -> None:
    """Write a BAM for each sequenced member."""
    region, targets = read_region(layout), captured(layout)
    for member in family.sequenced:
        mosaic = member.mosaic
        few = Few(alleles[mosaic.allele], mosaic.reads) if mosaic else None
        path, genome = work / f"{member.column}.bam", genomes[member.person]
        write_reads(path, member.column, genome, region, targets, member.depth, few)
