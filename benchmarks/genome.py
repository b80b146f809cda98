"""Inputs of the whole path: a genome of 103 Mb, a trio of it as exome and as genome, two sources.

    reference.fa                      GRCh38's 24 chromosomes at a thirtieth of their length
    wgs/trio.vcf.gz, exome/…          4.7 million and 100,000 records as GATK writes them
    gnomad.vcf.gz, clinvar.vcf.gz     20 and 3.5 million alleles, bgzipped and indexed
    gnomad/, clinvar/                 the same rows as releases (`genome_releases`)

A line of a trio has about 250 bytes. 87 % of alleles are SNVs; 1.5 % of records are indels written
at the right end of a repeat, 1 % have two ALT alleles, the others are normal as they are. 95 % of
the trio's alleles are in the first source and 7 % in the second. Everything is drawn a chromosome
at a time from one seed. Needs Debian's bcftools, bgzip and tabix, two minutes and 4 GB.
``python -m benchmarks.genome FOLDER SIZE``.
"""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pysam
from numpy.typing import NDArray

from benchmarks.inputs import SEED
from varinterp.annotate.key import keys
from varinterp.model.chromosome import Chromosome

CHROMOSOMES = tuple(Chromosome)[:24]
VCF = "trio.vcf.gz"
PEOPLE = {"P-CHILDAAAAAAA": "child", "P-FATHERAAAAAA": "father", "P-MOTHERAAAAAA": "mother"}
"""Pseudonyms and sample names."""
_SHRUNK = 30
_STRETCH = 22
"""Every record has as many bases of its own, so that no two meet."""
_EXOME = 100_000
_FREQUENCY_ROWS = 20_000_000
_CLINICAL_ROWS = 3_500_000
_LETTERS = np.frombuffer(b"ACGT", np.uint8)
_TEXT = pl.Series(list("ACGT"))
_HEADER = """\
##fileformat=VCFv4.2
##FILTER=<ID=PASS,Description="All filters passed">
##FILTER=<ID=VQSRTrancheSNP99.90to100.00,Description="Truth sensitivity tranche">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads of each allele">
##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Reads">
##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality">
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
##FORMAT=<ID=PL,Number=G,Type=Integer,Description="Likelihoods, phred-scaled">
##INFO=<ID=AC,Number=A,Type=Integer,Description="Copies of each ALT">
##INFO=<ID=AF,Number=A,Type=Float,Description="Share of each ALT">
##INFO=<ID=AN,Number=1,Type=Integer,Description="Called alleles">
##INFO=<ID=BaseQRankSum,Number=1,Type=Float,Description="Base qualities">
##INFO=<ID=DP,Number=1,Type=Integer,Description="Reads">
##INFO=<ID=ExcessHet,Number=1,Type=Float,Description="Excess of heterozygotes">
##INFO=<ID=FS,Number=1,Type=Float,Description="Strand bias">
##INFO=<ID=MQ,Number=1,Type=Float,Description="Mapping quality">
##INFO=<ID=QD,Number=1,Type=Float,Description="Quality by depth">
##INFO=<ID=ReadPosRankSum,Number=1,Type=Float,Description="Read positions">
##INFO=<ID=SOR,Number=1,Type=Float,Description="Strand odds ratio">
"""
_GNOMAD_HEADER = """\
##fileformat=VCFv4.2
##INFO=<ID=AC,Number=A,Type=Integer,Description="Copies">
##INFO=<ID=AN,Number=1,Type=Integer,Description="Called alleles">
##INFO=<ID=AF,Number=A,Type=Float,Description="Share">
##INFO=<ID=nhomalt,Number=A,Type=Integer,Description="People with two copies">
##INFO=<ID=faf95,Number=A,Type=Float,Description="Filtering allele frequency">
##INFO=<ID=grpmax,Number=A,Type=String,Description="Group of faf95">
"""
_CLINVAR_HEADER = """\
##fileformat=VCFv4.2
##INFO=<ID=CLNSIG,Number=.,Type=String,Description="Significance">
##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description="Review status">
##INFO=<ID=CLNDN,Number=.,Type=String,Description="Condition">
"""
Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]


def make(folder: Path, size: float, seed: int) -> None:
    """Write everything in `folder`."""
    rng = np.random.default_rng(seed)
    contigs = [_contig(chromosome, size, rng) for chromosome in CHROMOSOMES]
    with (folder / "reference.fa").open("wb") as fasta:
        for chromosome, (bases, _) in zip(CHROMOSOMES, contigs, strict=True):
            fasta.write(f">chr{chromosome}\n".encode())
            fasta.write(_folded(bases))
    pysam.faidx(str(folder / "reference.fa"))
    stretches = sum(repeats.size for _, repeats in contigs)
    for name in ("wgs", "exome"):
        (folder / name).mkdir()
    with _Bgzip(folder / "wgs" / VCF) as wgs, _Bgzip(folder / "exome" / VCF) as exome:
        for stream in (wgs, exome):
            stream.write(_header(_HEADER, "\tFORMAT\t" + "\t".join(PEOPLE.values())))
        for chromosome, (bases, repeats) in zip(CHROMOSOMES, contigs, strict=True):
            lines = _records(f"chr{chromosome}", bases, repeats, rng)
            _write(wgs, lines)
            chosen = rng.random(lines.len()) < _EXOME * size / stretches
            _write(exome, lines.filter(pl.Series(chosen)))
    _sources(folder, contigs, size, rng)


def _contig(chromosome: Chromosome, size: float, rng: np.random.Generator) -> tuple[Bytes, Ints]:
    """Return a chromosome's bases, and for each stretch its repeated unit's length or 0."""
    stretches = int(chromosome.length * size) // _SHRUNK // _STRETCH
    grid = _LETTERS[rng.integers(0, 4, (stretches, _STRETCH))]
    units = np.where(rng.random(stretches) < 0.015, rng.integers(1, 4, stretches), 0)
    for unit in (1, 2, 3):
        rows = np.flatnonzero(units == unit)
        grid[rows, 4:16] = np.tile(grid[rows, 4 : 4 + unit], 12 // unit)
    return grid.ravel(), units.astype(np.int64)


def _folded(bases: Bytes) -> bytes:
    """Return lines of 60 bases."""
    whole = bases.size // 60 * 60
    lines = np.full((whole // 60, 61), 10, np.uint8)
    lines[:, :60] = bases[:whole].reshape(-1, 60)
    rest = bases[whole:].tobytes()
    return lines.tobytes() + (rest + b"\n" if rest else b"")


class _Bgzip:
    """A stream into ``bgzip``."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> "_Bgzip":
        self._target = self._path.open("wb")
        self._child = subprocess.Popen(
            ["/usr/bin/bgzip", "-@", "2", "-c"], stdin=subprocess.PIPE, stdout=self._target
        )
        return self

    def write(self, data: bytes) -> None:
        """Compress some text."""
        assert self._child.stdin is not None  # noqa: S101 - PIPE was asked for
        self._child.stdin.write(data)

    def __exit__(self, *_: object) -> None:
        assert self._child.stdin is not None  # noqa: S101 - PIPE was asked for
        self._child.stdin.close()
        if self._child.wait():
            raise RuntimeError("bgzip failed")
        self._target.close()


def _header(lines: str, rest: str = "") -> bytes:
    contigs = "".join(f"##contig=<ID=chr{one},length={one.length}>\n" for one in CHROMOSOMES)
    return f"{lines}{contigs}#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO{rest}\n".encode()


def _write(stream: _Bgzip, lines: pl.Series) -> None:
    if lines.len():
        stream.write("".join(lines.str.join("\n")).encode() + b"\n")


def _records(contig: str, bases: Bytes, repeats: Ints, rng: np.random.Generator) -> pl.Series:
    """Return the lines of a chromosome."""
    count = repeats.size
    alleles = _alleles(bases, repeats, rng)
    alts = alleles["several"].to_numpy().astype(np.int64) + 1
    child, father, mother = _trio(alts, rng)
    depths = rng.poisson(32, (3, count)) + 1
    scores = rng.random((4, count))
    drawn = alleles.with_columns(
        quality=pl.Series((30 + 4000 * scores[0]).round(2)),
        failed=pl.Series(rng.random(count) < 0.03),
        **{name: pl.Series(scores[index]) for index, name in enumerate("abcd")},
        total=pl.Series(depths.sum(axis=0)),
        **{
            f"cell{index}": _cells(*call, depth, alts)
            for index, (call, depth) in enumerate(zip((child, father, mother), depths, strict=True))
        },
    )
    return drawn.select(_line(contig)).to_series()


def _alleles(bases: Bytes, repeats: Ints, rng: np.random.Generator) -> pl.DataFrame:
    """Return ``position``, ``ref``, ``alt`` and ``several`` of each stretch's record."""
    count = repeats.size
    size = rng.geometric(0.45, count).clip(1, 8)
    kind = rng.random(count)
    at = np.arange(count) * _STRETCH + rng.integers(2, 9, count)
    deletion, insertion = kind < 0.06, (kind >= 0.06) & (kind < 0.12)
    in_repeat = repeats > 0
    right_end = np.arange(count) * _STRETCH + 16 - np.maximum(repeats, 1) - 1
    at = np.where(in_repeat, right_end, at)
    size = np.where(in_repeat, repeats, size)
    deletion, insertion = (
        np.where(in_repeat, kind < 0.5, deletion),
        np.where(in_repeat, kind >= 0.5, insertion),
    )
    anchor = bases[at]
    deletion &= in_repeat | (bases[at + size] != anchor)
    code = np.searchsorted(_LETTERS, anchor)
    first, second = (code + 1 + rng.integers(0, 2, count)) % 4, (code + 3) % 4
    tail = (code + rng.integers(1, 4, count)) % 4
    return pl.DataFrame(
        {
            "position": at + 1,
            "base": _TEXT.gather(code),
            "spanned": _gathered(bases, at, size + 1),
            "inserted": _gathered(bases, at + 3, size - 1) + _TEXT.gather(tail),
            "first": _TEXT.gather(first),
            "second": _TEXT.gather(second),
            "deletion": deletion,
            "insertion": insertion,
            "repeat": in_repeat,
            "several": (kind > 0.99) & ~in_repeat,
        }
    ).select(
        "position",
        "several",
        ref=pl.when("deletion").then("spanned").otherwise("base"),
        alt=pl.when("deletion")
        .then("base")
        .when(pl.col("insertion") & pl.col("repeat"))
        .then("spanned")
        .when("insertion")
        .then(pl.concat_str("base", "inserted"))
        .when("several")
        .then(pl.concat_str("first", pl.lit(","), "second"))
        .otherwise("first"),
    )


def _gathered(bases: Bytes, starts: Ints, lengths: Ints) -> pl.Series:
    """Return stretches of a sequence as a column of text."""
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
    index = np.repeat(starts - offsets[:-1], lengths) + np.arange(offsets[-1])
    data = bases[np.minimum(index, bases.size - 1)]
    array = pa.StringArray.from_buffers(len(starts), pa.py_buffer(offsets), pa.py_buffer(data))
    return pl.Series(pl.from_arrow(array))


def _trio(alts: Ints, rng: np.random.Generator) -> list[tuple[Ints, Ints]]:
    """Return the genotypes of child, father and mother; every ALT is carried by a parent."""
    count = alts.size
    drawn = (rng.random((4, count)) < 0.4) * rng.integers(1, 3, (4, count))
    drawn = np.minimum(drawn, alts)
    drawn[0] = 1
    drawn[3] = np.where(alts > 1, 2, drawn[3])
    rows = np.arange(count)
    child = np.sort(
        [drawn[rng.integers(0, 2, count), rows], drawn[2 + rng.integers(0, 2, count), rows]], axis=0
    )
    father, mother = np.sort(drawn[:2], axis=0), np.sort(drawn[2:], axis=0)
    return [(child[0], child[1]), (father[0], father[1]), (mother[0], mother[1])]


def _cells(low: Ints, high: Ints, depth: Ints, alts: Ints) -> pl.Series:
    reads = [
        np.where(low == allele, depth // 2, 0) + np.where(high == allele, depth - depth // 2, 0)
        for allele in range(3)
    ]
    three = alts > 1
    numbers = pl.DataFrame(
        {
            "low": low, "high": high, "r0": reads[0], "r1": reads[1], "r2": reads[2],
            "depth": depth, "gq": np.minimum(99, 3 * depth), "three": three,
            **{
                f"p{index}": np.where((low == x) & (high == y), 0, 30 * depth + 7 * y)
                for index, (x, y) in enumerate([(0, 0), (0, 1), (1, 1), (0, 2), (1, 2), (2, 2)])
            },
        }
    )  # fmt: skip
    return numbers.select(
        pl.when("three")
        .then(
            pl.format(
                "{}/{}:{},{},{}:{}:{}:{},{},{},{},{},{}", "low", "high", "r0", "r1", "r2",
                "depth", "gq", "p0", "p1", "p2", "p3", "p4", "p5",
            )
        )
        .otherwise(
            pl.format(
                "{}/{}:{},{}:{}:{}:{},{},{}", "low", "high", "r0", "r1",
                "depth", "gq", "p0", "p1", "p2",
            )
        )
    ).to_series()  # fmt: skip


def _line(contig: str) -> pl.Expr:
    two = pl.lit("\t")
    share = pl.when("several").then(pl.lit("0.333,0.333")).otherwise(pl.lit("0.500"))
    copies = pl.when("several").then(pl.lit("2,2")).otherwise(pl.lit("3"))
    return pl.concat_str(
        pl.lit(contig), two, "position", pl.lit("\t.\t"), "ref", two, "alt", two, "quality",
        pl.when("failed").then(pl.lit("\tVQSRTrancheSNP99.90to100.00\tAC=")).otherwise(
            pl.lit("\tPASS\tAC=")),
        copies, pl.lit(";AF="), share, pl.lit(";AN=6;BaseQRankSum="), pl.col("a").round(3),
        pl.lit(";DP="), "total", pl.lit(";ExcessHet="), (3 * pl.col("b")).round(4),
        pl.lit(";FS="), (5 * pl.col("c")).round(3), pl.lit(";MQ=60.00;QD="),
        (30 * pl.col("d")).round(2), pl.lit(";ReadPosRankSum="),
        (pl.col("b") - pl.col("c")).round(3),
        pl.lit(";SOR="), pl.col("a").round(3), pl.lit("\tGT:AD:DP:GQ:PL\t"),
        "cell0", two, "cell1", two, "cell2",
    )  # fmt: skip


def _sources(
    folder: Path, contigs: Sequence[tuple[Bytes, Ints]], size: float, rng: np.random.Generator
) -> None:
    total = sum(bases.size for bases, _ in contigs)
    with (
        tempfile.TemporaryDirectory(dir=folder) as name,
        _Bgzip(folder / "gnomad.vcf.gz") as gnomad,
        _Bgzip(folder / "clinvar.vcf.gz") as clinvar,
    ):
        trio = _normalised(folder, Path(name))
        gnomad.write(_header(_GNOMAD_HEADER))
        clinvar.write(_header(_CLINVAR_HEADER))
        for chromosome, (bases, _) in zip(CHROMOSOMES, contigs, strict=True):
            own = trio.filter(chromosome=chromosome.value)
            share = size * bases.size / total
            common = _with_known(own, 0.95, int(_FREQUENCY_ROWS * share), bases, chromosome, rng)
            said = _with_known(own, 0.07, int(_CLINICAL_ROWS * share), bases, chromosome, rng)
            _frequencies(common, rng, gnomad, Path(name) / f"{chromosome}.gnomad.parquet")
            _assertions(said, rng, clinvar, Path(name) / f"{chromosome}.clinvar.parquet")
        for source in ("gnomad", "clinvar"):
            parts = [Path(name) / f"{one}.{source}.parquet" for one in CHROMOSOMES]
            pl.scan_parquet(parts).sink_parquet(folder / f"{source}.parquet", compression_level=1)
    for source in ("gnomad", "clinvar"):
        subprocess.run(  # noqa: S603 - a tool of ours
            ["/usr/bin/bcftools", "index", "-c", str(folder / f"{source}.vcf.gz")], check=True
        )
        subprocess.run(  # noqa: S603 - a tool of ours
            ["/usr/bin/tabix", "-p", "vcf", str(folder / f"{source}.vcf.gz")], check=True
        )


def _normalised(folder: Path, work: Path) -> pl.DataFrame:
    """Return the trio's alleles as Debian's bcftools normalises them."""
    table = work / "alleles.tsv"
    norm = subprocess.Popen(  # noqa: S603 - a tool of ours
        ["/usr/bin/bcftools", "norm", "-m", "-any", "-f", str(folder / "reference.fa"), "-Ou",
         str(folder / "wgs" / VCF)],
        stdout=subprocess.PIPE,
    )  # fmt: skip
    subprocess.run(  # noqa: S603 - a tool of ours
        ["/usr/bin/bcftools", "query", "-f", r"%CHROM\t%POS\t%REF\t%ALT\n", "-o", str(table)],
        stdin=norm.stdout, check=True,
    )  # fmt: skip
    if norm.wait():
        raise RuntimeError("bcftools norm failed")
    names = ["chromosome", "position", "ref", "alt"]
    alleles = pl.read_csv(table, separator="\t", has_header=False, new_columns=names)
    return alleles.with_columns(
        pl.col("chromosome").str.strip_prefix("chr"), pl.col("position").cast(pl.Int32)
    )


def _with_known(
    own: pl.DataFrame,
    share: float,
    rows: int,
    bases: Bytes,
    chromosome: Chromosome,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """Return about `rows` alleles sorted by key, `share` of the trio's own among them."""
    known = own.filter(pl.Series(rng.random(own.height) < share))
    count = max(rows - known.height, 0)
    at = rng.integers(2, bases.size - 12, count)
    size = rng.geometric(0.45, count).clip(1, 8)
    kind = rng.random(count)
    anchor = bases[at]
    code = np.searchsorted(_LETTERS, anchor)
    other = _TEXT.gather((code + rng.integers(1, 4, count)) % 4)
    random = pl.DataFrame(
        {
            "position": pl.Series(at + 1, dtype=pl.Int32),
            "base": _TEXT.gather(code),
            "spanned": _gathered(bases, at, size + 1),
            "inserted": _gathered(bases, at + 2, size - 1),
            "other": other,
            "deletion": (kind < 0.065) & (bases[at + size] != anchor),
            "insertion": kind > 0.935,
        }
    ).select(
        pl.lit(chromosome.value).alias("chromosome"),
        "position",
        ref=pl.when("deletion").then("spanned").otherwise("base"),
        alt=pl.when("deletion")
        .then("base")
        .when("insertion")
        .then(pl.concat_str("base", "inserted", "other"))
        .otherwise("other"),
    )
    novel = random.join(own, on=["position", "ref", "alt"], how="anti")
    every = pl.concat([known.select(novel.columns), novel])
    return every.with_columns(keys(every)).unique("key").sort("key")


def _frequencies(alleles: pl.DataFrame, rng: np.random.Generator, vcf: _Bgzip, table: Path) -> None:
    count = alleles.height
    copies = np.minimum(rng.zipf(1.4, count), 90_000).astype(np.int32)
    called = rng.integers(100_000, 152_312, count).astype(np.int32)
    groups = pl.Series(["afr", "amr", "eas", "nfe", "sas"]).gather(rng.integers(0, 5, count))
    rows = alleles.with_columns(
        ac=pl.Series(copies),
        an=pl.Series(called),
        af=pl.Series(copies / called).round_sig_figs(6),
        faf95=pl.Series(copies * 0.7 / called).round_sig_figs(6),
        faf95_group=groups,
        nhomalt=pl.Series((copies // 90).astype(np.int32)),
    )
    rows.write_parquet(table, compression_level=1)
    info = pl.format(
        "AC={};AN={};AF={};nhomalt={};faf95={};grpmax={}",
        "ac", "an", "af", "nhomalt", "faf95", "faf95_group",
    )  # fmt: skip
    _write_sites(rows, info, vcf)


def _assertions(alleles: pl.DataFrame, rng: np.random.Generator, vcf: _Bgzip, table: Path) -> None:
    count = alleles.height
    words = pl.Series(["pathogenic", "likely_benign", "benign", "uncertain_significance"])
    rows = alleles.with_columns(
        significance=words.gather(rng.integers(0, 4, count)),
        stars=pl.Series(rng.integers(0, 5, count).astype(np.int8)),
        condition=pl.format("condition_{}", pl.Series(rng.integers(0, 9000, count))),
    )
    rows.write_parquet(table, compression_level=1)
    _write_sites(
        rows,
        pl.format("CLNSIG={};CLNREVSTAT=stars_{};CLNDN={}", "significance", "stars", "condition"),
        vcf,
    )


def _write_sites(rows: pl.DataFrame, info: pl.Expr, vcf: _Bgzip) -> None:
    for part in rows.iter_slices(500_000):
        lines = part.select(
            pl.format("chr{}\t{}\t.\t{}\t{}\t.\tPASS\t{}", "chromosome", "position", "ref", "alt",
                      info)
        )  # fmt: skip
        _write(vcf, lines.to_series())


def main(folder: Path, size: float) -> None:
    """Make every input in `folder`."""
    folder.mkdir()
    make(folder, size, SEED)
    # Imported by name: it imports this module.
    import_module("benchmarks.genome_releases").make(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
