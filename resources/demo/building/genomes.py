"""The two haplotypes of everybody: background SNPs by frequency, inheritance without crossovers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from building.draws import draws_for
from building.families import DemoFamily, Member
from building.frequencies import ConstructedFrequency
from varinterp.model.variant import Allele

COMMON = 0.01
Haplotype = frozenset[Allele]


@dataclass(frozen=True, slots=True)
class Genome:
    """What a person's two haplotypes carry; father's first in a child."""

    haplotypes: tuple[Haplotype, Haplotype]

    def copies(self, allele: Allele) -> int:
        """How many haplotypes carry an allele."""
        return sum(allele in haplotype for haplotype in self.haplotypes)


@dataclass(frozen=True, slots=True)
class Background:
    """Common substitutions with their constructed frequencies, one a position."""

    frequencies: tuple[tuple[Allele, float], ...]

    def draw(self, purpose: str) -> Haplotype:
        """Draw a founder's haplotype; each SNP on its own, without linkage."""
        chances = draws_for(f"haplotype {purpose}").random(len(self.frequencies))
        pairs = zip(self.frequencies, chances, strict=True)
        return frozenset(allele for (allele, frequency), chance in pairs if chance < frequency)


def background(rows: Iterable[ConstructedFrequency], demo: Iterable[Allele]) -> Background:
    """Choose the SNPs that founders may carry: common, one a position, apart from demo alleles."""
    taken = {position for allele in demo for position in range(allele.position, allele.end + 1)}
    chosen: dict[int, tuple[Allele, float]] = {}
    for row in rows:
        if row.af >= COMMON and row.allele.position not in taken:
            chosen.setdefault(row.allele.position, (row.allele, row.af))
    return Background(tuple(chosen.values()))


def draw_genomes(
    family: DemoFamily, alleles: Mapping[str, Allele], snps: Background
) -> dict[str, Genome]:
    """Return everybody's genome: founders first, then their children."""
    founders = (member for member in family.people if member.inherits is None)
    genomes = {member.person: _founder(member, alleles, snps) for member in founders}
    for member in family.people:
        if member.inherits is not None:
            genomes[member.person] = _child(member, genomes, alleles)
    return genomes


def _founder(member: Member, alleles: Mapping[str, Allele], snps: Background) -> Genome:
    carried = member.carries or ((), ())
    first = snps.draw(f"{member.shares or member.person} 0")
    second = snps.draw(f"{member.person} 1")
    return Genome(
        (
            first | {alleles[name] for name in carried[0]},
            second | {alleles[name] for name in carried[1]},
        )
    )


def _child(member: Member, genomes: Mapping[str, Genome], alleles: Mapping[str, Allele]) -> Genome:
    if member.inherits is None or member.father is None or member.mother is None:
        raise ValueError(f"{member.person} inherits, and names no two parents")
    paternal = genomes[member.father].haplotypes[member.inherits[0]]
    maternal = genomes[member.mother].haplotypes[member.inherits[1]]
    new = {alleles[member.de_novo]} if member.de_novo else set()
    return Genome((paternal | new, maternal))
