"""The gate for VCFs: one pass over the file, every fault found, nothing kept in memory.

Parsers are not validators: files that pysam, cyvcf2 and bcftools read without a word lose or
change values. This gate accepts what the specification and the reference genome support.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from varinterp.errors import Fault, InputError
from varinterp.fasta import Reference
from varinterp.sources.fault_book import FaultBook
from varinterp.sources.vcf_alleles import AlleleCheck
from varinterp.sources.vcf_build import check_build
from varinterp.sources.vcf_container import Container, ContainerReader, DamageError
from varinterp.sources.vcf_duplicates import DuplicateCheck
from varinterp.sources.vcf_fields import FieldCheck
from varinterp.sources.vcf_genotypes import GenotypeCheck
from varinterp.sources.vcf_header import FIXED, Header, read_header
from varinterp.sources.vcf_lines import BLOCK_BYTES, MAX_LINE, LineBlocks
from varinterp.sources.vcf_positions import PositionCheck
from varinterp.sources.vcf_rows import RowSplitter
from varinterp.sources.vcf_rules import RULES
from varinterp.sources.vcf_tally import GenotypeTally


@dataclass(frozen=True, slots=True)
class VcfSummary:
    """What an accepted VCF holds. Sample names are the laboratory's: keep them in the intake.

    Counts are (name, number) pairs: `contigs` and `aside` by contig in file order, `alleles` by
    kind, `autosomal` and `mitochondrial` by genotype pattern of the wanted samples (see
    `vcf_tally`). `x_het` and `x_hom` follow the order of `wanted`, the indices into `samples`.
    """

    samples: tuple[str, ...]
    wanted: tuple[int, ...]
    records: int
    gvcf_blocks: int
    contigs: tuple[tuple[str, int], ...]
    aside: tuple[tuple[str, int], ...]
    alleles: tuple[tuple[str, int], ...]
    contig_style: str | None
    csq_fields: tuple[str, ...]
    container: Container
    sha256: str
    warnings: tuple[Fault, ...] = ()
    autosomal: tuple[tuple[str, int], ...] = ()
    mitochondrial: tuple[tuple[str, int], ...] = ()
    x_het: tuple[int, ...] = ()
    x_hom: tuple[int, ...] = ()


def check_vcf(
    path: Path,
    reference: Path | None,
    samples_wanted: Sequence[str] | None = None,
    *,
    block_bytes: int = BLOCK_BYTES,
) -> VcfSummary:
    """Check a VCF against the specification and a FASTA; raise InputError with all its faults.

    `reference` needs its ``.fai`` (and ``.gzi`` when compressed); None skips the checks of build
    and REF. Genotypes are checked for `samples_wanted`, or for everybody when it is None.
    `block_bytes` of text are held at a time; the answer does not depend on it.
    """
    book = FaultBook(str(path), RULES)
    if not path.is_file():
        book.add("vcf.not_a_file", "none", 1)
        raise InputError(book.faults())
    if reference is None:
        return _check(path, None, samples_wanted, book, block_bytes)
    with Reference(reference) as bases:
        return _check(path, bases, samples_wanted, book, block_bytes)


def _check(
    path: Path,
    reference: Reference | None,
    wanted: Sequence[str] | None,
    book: FaultBook,
    block_bytes: int,
) -> VcfSummary:
    with ContainerReader(path) as container:
        lines = LineBlocks(container.pieces(), book, block_bytes)
        gate = None
        try:
            header = read_header(lines, book)
            if header is not None:
                gate = _Gate(header, reference, wanted, book)
                gate.run(lines)
        except DamageError as damage:
            book.add(damage.rule, damage.found, lines.line)
        if gate is None or book.rejects:
            raise InputError(book.faults())
        return gate.summary(container)


@dataclass(slots=True)
class _Gate:
    """The checks of one file's records, in the order in which they narrow the rows."""

    header: Header
    reference: Reference | None
    names: Sequence[str] | None
    book: FaultBook
    samples: tuple[int, ...] = field(init=False)
    positions: PositionCheck = field(init=False)
    alleles: AlleleCheck = field(init=False)
    tally: GenotypeTally = field(init=False)
    records: int = 0

    def __post_init__(self) -> None:
        if self.reference is not None:
            check_build(self.header, self.reference, self.book)
        self.samples = _wanted(self.header, self.names, self.book)
        self.positions = PositionCheck(self.header, self.reference, self.book)
        self.alleles = AlleleCheck(self.header, self.reference, self.book)
        self.tally = GenotypeTally(self.samples)

    def run(self, lines: LineBlocks) -> None:
        splitter = RowSplitter(self.header.columns, self.samples, self.book)
        fields = FieldCheck(self.header, self.book)
        genotypes = GenotypeCheck(self.header, self.samples, self.book)
        duplicates = DuplicateCheck(self.samples, self.reference, self.book)
        held: pl.DataFrame | None = None
        while data := lines.read():
            rows = splitter.split(data, lines.line)
            lines.line += data.count(b"\n")
            rows, held = rows if held is None else pl.concat([held, rows]), None
            if not lines.at_end:
                rows, held = _whole_positions(rows)
            self._block(rows, fields, genotypes, duplicates)
        if held is not None:
            self._block(held, fields, genotypes, duplicates)

    def _block(
        self,
        rows: pl.DataFrame,
        fields: FieldCheck,
        genotypes: GenotypeCheck,
        duplicates: DuplicateCheck,
    ) -> None:
        self.records += rows.height
        if rows.is_empty():
            return
        rows = self.alleles.check(self.positions.check(rows))
        if rows.is_empty():
            return
        fields.check(rows)
        if self.header.genotypes:
            genotypes.check(rows)
        duplicates.check(rows)
        if not self.book.rejects:
            self.tally.add(rows)

    def summary(self, container: ContainerReader) -> VcfSummary:
        return VcfSummary(
            samples=self.header.samples,
            wanted=self.samples,
            records=self.records,
            gvcf_blocks=self.alleles.gvcf_blocks,
            contigs=tuple(self.positions.records.items()),
            aside=tuple(self.positions.aside.items()),
            alleles=tuple(sorted(self.alleles.kinds.items())),
            contig_style=self.positions.style,
            csq_fields=self.header.csq_fields,
            container=container.container,
            sha256=container.sha256,
            warnings=self.book.faults(),
            autosomal=tuple(sorted(self.tally.autosomal.items())),
            mitochondrial=tuple(sorted(self.tally.mitochondrial.items())),
            x_het=tuple(self.tally.x_het),
            x_hom=tuple(self.tally.x_hom),
        )


def _wanted(header: Header, names: Sequence[str] | None, book: FaultBook) -> tuple[int, ...]:
    """Return the indices of the wanted samples, in the file's order."""
    if names is None:
        return tuple(range(len(header.samples)))
    for _ in set(names) - set(header.samples):
        found = f"{len(header.samples)} samples without it"
        book.add("vcf.sample_absent", found, header.columns_line, f"column {len(FIXED) + 2} on")
    return tuple(index for index, name in enumerate(header.samples) if name in set(names))


def _whole_positions(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Part the rows of the last position from the others: more of them may follow."""
    if rows.is_empty():
        return rows, rows
    place = pl.struct("CHROM", "POS").rle_id()
    last = rows.select(place == place.last()).to_series()
    held = rows.filter(last)
    size = int(held.estimated_size())
    if size > MAX_LINE:
        raise DamageError("vcf.crowded", f"{size >> 20} MB of them")
    return rows.filter(~last), held


def read_samples(path: Path) -> tuple[str, ...] | None:
    """Return a VCF's sample names from its header, or None when it has no usable one."""
    book = FaultBook(str(path), RULES)
    if not path.is_file():
        return None
    with ContainerReader(path) as container:
        try:
            header = read_header(LineBlocks(container.pieces(), book, size=1 << 16), book)
        except DamageError:
            return None
    return None if header is None else header.samples
