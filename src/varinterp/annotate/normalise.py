"""Normalising a family's VCFs: one table of split, left-aligned, REF-checked alleles it carries.

part → (plain records: columns) + (the others: extract, by bcftools query → align, by bcftools
norm) → assemble → `alleles.arrow`. Every row that comes in is accounted for: read + split =
written + joined + set aside, each with its reason.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from varinterp.annotate.align import align
from varinterp.annotate.allele_kind import SMALL, SetAside
from varinterp.annotate.assemble import Assembly, Part, assemble
from varinterp.annotate.blocks import shard_blocks
from varinterp.annotate.extract import Extracted, extract
from varinterp.annotate.family_vcf import FamilyVcf, Opened, ReferenceContigs, open_family
from varinterp.annotate.lanes import Given, Lanes, part
from varinterp.annotate.variants import GROUP, write_variants
from varinterp.errors import Fault, InputError, InternalError, StageError
from varinterp.model.chromosome import Chromosome

__all__ = ["FamilyVcf", "NormaliseCounts", "SetAside", "normalise"]


@dataclass(frozen=True, slots=True)
class NormaliseCounts:
    """What became of every record: ``records + split == out + joined + sum(set_aside)``.

    `records` are data lines of the family's files, `split` the rows that splitting added, `joined`
    rows that met the same allele of another file, `realigned` rows that moved or were trimmed,
    `filled` missing genotypes that a gVCF's reference block answered.
    """

    records: int
    split: int
    out: int
    joined: int
    set_aside: tuple[tuple[str, int], ...]
    realigned: int
    filled: int

    @property
    def balanced(self) -> bool:
        """Whether every row is accounted for."""
        aside = sum(count for _, count in self.set_aside)
        return self.records + self.split == self.out + self.joined + aside


def normalise(
    vcfs: Sequence[FamilyVcf],
    reference: Path,
    out: Path,
    *,
    people: Sequence[str] | None = None,
    plain_lane: bool = True,
) -> NormaliseCounts:
    """Write the alleles that a family carries to `out`, split and aligned (`VARIANTS_SCHEMA`).

    A row's genotypes come in the order of `people`, or else of `vcfs` and their columns. Without
    the `plain_lane` every record goes through bcftools, which changes no byte of `out`. Raises
    InputError with the faults of a VCF, StageError when bcftools fails or when the counts of rows
    do not balance.
    """
    opened = open_family(vcfs)
    contigs = ReferenceContigs.read(reference)
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".normalise-", dir=out.parent) as name:
        work = Path(name)
        tally = _Tally()
        route = _Route(contigs, tally, alone=len(opened) == 1, plain_lane=plain_lane)
        parts = [route.part(vcf, work / str(number)) for number, vcf in enumerate(opened)]
        order = people or [person for part in parts for person in part.people]
        assembly = Assembly()
        rows = write_variants(_assembled(parts, assembly), order, assembly.sites, out)
    counts = tally.counts(assembly, rows)
    if not counts.balanced:
        out.unlink()
        raise StageError(f"rows do not balance after normalisation: {counts}")
    return counts


@dataclass(frozen=True, slots=True)
class _Route:
    """How a family's files are read. `alone` when the family has one."""

    reference: ReferenceContigs
    tally: "_Tally"
    alone: bool
    plain_lane: bool

    def part(self, vcf: Opened, folder: Path) -> Part:
        """Normalise one file; its tables are kept in `folder`."""
        folder.mkdir()
        lanes = (
            part(vcf, self.reference.path, folder, count_blocks=self.alone)
            if self.plain_lane
            else Lanes(Given(vcf.path, numbered=False))
        )
        extracted = extract(vcf, lanes.rest, folder, keep_blocks=not self.alone)
        contigs = _primary(vcf, {*extracted.survey.contigs, *lanes.contigs}, self.reference)
        used = {name: contigs[name] for name in extracted.survey.contigs if name in contigs}
        aligned = align(vcf, extracted, used, self.reference, folder)
        extracted.sites.unlink()
        self.tally.add(extracted, aligned.kinds, aligned.realigned, contigs)
        self.tally.add_plain(lanes)
        blocks = None
        if extracted.blocks and not self.alone:
            blocks = shard_blocks(extracted.block_table, len(vcf.people), folder / "blocks")
        named = {chromosome: name for name, chromosome in contigs.items()}
        return Part(vcf.people, aligned, lanes.plain, blocks, vcf.source({}), named)


def _primary(
    vcf: Opened, contigs: Iterable[str], reference: ReferenceContigs
) -> dict[str, Chromosome]:
    """Map the file's names of primary chromosomes; refuse what the reference cannot check."""
    found = {name: chromosome for name in contigs if (chromosome := Chromosome.parse(name))}
    faults = []
    if len(set(found.values())) < len(found):
        faults.append(
            Fault(
                "vcf.contig_mixed", vcf.path.name, "a chromosome under two names",
                "one way of naming chromosomes",
                "rename them: bcftools annotate --rename-chrs map.txt FILE", column="CHROM",
            )
        )  # fmt: skip
    absent = sorted({chromosome for chromosome in found.values()} - set(reference.names))
    if absent:
        faults.append(
            Fault(
                "vcf.contig_unknown", vcf.path.name, f"records on {', '.join(absent)}",
                "chromosomes of the reference", "give a reference that has them", column="CHROM",
            )
        )  # fmt: skip
    if faults:
        raise InputError(faults)
    return found


def _assembled(parts: Sequence[Part], assembly: Assembly) -> Iterator[pl.DataFrame]:
    """Yield the family's rows in genome order, small chromosomes together."""
    held: list[Chromosome] = []
    for chromosome in Chromosome:
        held.append(chromosome)
        rows = sum(part.rows(one) for part in parts for one in held)
        apart = any(part.blocks is not None for part in parts)
        if rows >= GROUP or apart or chromosome is Chromosome.MT:
            frame = assemble(parts, held, assembly)
            held = []
            if frame is not None:
                yield frame


class _Tally:
    """Counts of a family's files, taken twice: in their text, and after bcftools."""

    def __init__(self) -> None:
        self._records = self._alleles = self._lines = self._realigned = 0
        self._aside: Counter[SetAside] = Counter()

    def add(
        self,
        extracted: Extracted,
        normalised: Counter[str],
        realigned: int,
        contigs: Mapping[str, Chromosome],
    ) -> None:
        """Add a file; raise StageError when bcftools gave other rows than the text has."""
        survey = extracted.survey
        expected: Counter[str] = Counter()
        for (contig, kind), count in survey.kinds.items():
            if contig in contigs:
                expected[kind] += count
            else:
                self._aside[SetAside.OTHER_CONTIG] += count
        if _without_ambiguity(expected) != _without_ambiguity(normalised):
            raise StageError(
                f"bcftools gave {dict(sorted(normalised.items()))} rows of a file that has "
                f"{dict(sorted(expected.items()))}"
            )
        for kind, count in normalised.items():
            if kind != SMALL:
                self._aside[SetAside(kind)] += count
        self._aside[SetAside.REFERENCE_BLOCK] += extracted.blocks
        self._lines += survey.records + extracted.blocks
        self._records += survey.records
        self._alleles += survey.kinds.total()
        self._realigned += realigned

    def add_plain(self, lanes: Lanes) -> None:
        """Add what did not need bcftools: records of one allele each, and reference blocks."""
        self._lines += lanes.records + lanes.blocks
        self._records += lanes.records
        self._alleles += lanes.records
        self._aside[SetAside.REFERENCE_BLOCK] += lanes.blocks

    def counts(self, assembly: Assembly, rows: int) -> NormaliseCounts:
        """Return the family's counts after its files were assembled into `rows`."""
        aside = self._aside + assembly.set_aside
        if self._alleles < self._records:
            raise InternalError("fewer alleles than records")
        return NormaliseCounts(
            records=self._lines,
            split=self._alleles - self._records,
            out=rows,
            joined=assembly.joined,
            set_aside=tuple((reason.value, aside[reason]) for reason in SetAside if aside[reason]),
            realigned=self._realigned,
            filled=assembly.filled,
        )


def _without_ambiguity(kinds: Counter[str]) -> dict[str, int]:
    """Count what left-alignment cannot change: it can move an allele over the reference's N."""
    bases = (SMALL, SetAside.AMBIGUOUS_BASE.value)
    others = {kind: count for kind, count in kinds.items() if kind not in bases}
    return others | {"bases": sum(kinds[kind] for kind in bases)}
