"""A trio's VCF as GATK writes one, on a small random reference.

Each record has a stretch of 400 bases of its own, so that no two meet. 87 % are SNVs, 12 % indels
(half of them in a short tandem repeat, written at its right end, so that they have to be
left-aligned), 1 % have two ALT alleles. A line is about 245 bytes long.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pysam

PEOPLE = {"P-CHILDAAAAAAA": "child", "P-FATHERAAAAAA": "father", "P-MOTHERAAAAAA": "mother"}
"""Pseudonyms and sample names."""
_CONTIGS = 22
_STRETCH = 400
_AT = 200
_HEADER = """\
##fileformat=VCFv4.2
##FILTER=<ID=PASS,Description="All filters passed">
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


def make(folder: Path, records: int, seed: int) -> None:
    """Write ``reference.fa`` with its index and ``trio.vcf.gz``."""
    folder.mkdir(parents=True)
    rng = np.random.default_rng(seed)
    each = -(-records // _CONTIGS)
    with (folder / "reference.fa").open("wb") as fasta, _bgzip(folder / "trio.vcf.gz") as vcf:
        vcf.write(_header(each * _STRETCH).encode())
        for number in range(_CONTIGS):
            count = min(each, records - number * each)
            bases, units = _contig(each, rng)
            fasta.write(f">chr{number + 1}\n".encode() + bases + b"\n")
            for line in _records(f"chr{number + 1}", bases.decode(), units[:count], rng):
                vcf.write(line.encode())
    pysam.faidx(str(folder / "reference.fa"))


def _bgzip(path: Path) -> pysam.BGZFile:
    return pysam.BGZFile(str(path), "wb", None)


def _header(length: int) -> str:
    contigs = (f"##contig=<ID=chr{n + 1},length={length}>\n" for n in range(_CONTIGS))
    fixed = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"
    return _HEADER + "".join(contigs) + fixed + "\t".join(PEOPLE.values()) + "\n"


def _contig(stretches: int, rng: np.random.Generator) -> tuple[bytes, list[str]]:
    """Return a contig's bases, and for each stretch its repeated unit or nothing."""
    grid = np.frombuffer(b"ACGT", np.uint8)[rng.integers(0, 4, (stretches, _STRETCH))]
    units = [""] * stretches
    for index in np.flatnonzero(rng.random(stretches) < 0.06):
        size = int(rng.integers(1, 5))
        unit = grid[index, :size].copy()
        copies = int(rng.integers(4, 12))
        grid[index, _AT : _AT + size * copies] = np.tile(unit, copies)
        units[index] = unit.tobytes().decode() + f"*{copies}"
    return grid.tobytes(), units


def _records(contig: str, bases: str, units: list[str], rng: np.random.Generator) -> Iterator[str]:
    kinds = rng.random(len(units))
    depths = rng.poisson(32, (len(units), len(PEOPLE)))
    scores = rng.random((len(units), 4))
    for index, repeat in enumerate(units):
        start = index * _STRETCH
        position, ref, alts = _alleles(bases, start, repeat, kinds[index], rng)
        calls = _trio(len(alts), rng)
        cells = [
            _cell(call, len(alts), int(depth))
            for call, depth in zip(calls, depths[index], strict=True)
        ]
        info = _info(calls, len(alts), int(depths[index].sum()), scores[index])
        quality = 30 + 900 * scores[index, 0]
        yield (
            f"{contig}\t{position}\t.\t{ref}\t{','.join(alts)}\t{quality:.2f}\tPASS\t{info}"
            f"\tGT:AD:DP:GQ:PL\t{cells[0]}\t{cells[1]}\t{cells[2]}\n"
        )


def _alleles(
    bases: str, start: int, repeat: str, kind: float, rng: np.random.Generator
) -> tuple[int, str, list[str]]:
    """Return the 1-based position, REF and ALTs of a stretch's record."""
    if repeat:
        unit, _, copies = repeat.partition("*")
        at = start + _AT + len(unit) * (int(copies) - 1) - 1
        anchor = bases[at]
        deleted = [anchor + unit, anchor]
        ref, alt = deleted if kind < 0.5 else reversed(deleted)
        return at + 1, ref, [alt]
    at = start + int(rng.integers(10, _STRETCH - 40))
    ref = bases[at]
    others = [base for base in "ACGT" if base != ref]
    if kind < 0.03:
        return at + 1, bases[at : at + 2 + int(rng.geometric(0.4))], [ref]
    if kind < 0.06:
        return at + 1, ref, [ref + "".join(rng.choice(list("ACGT"), int(rng.geometric(0.4))))]
    if kind < 0.07:
        return at + 1, ref, others[:2]
    return at + 1, ref, [others[int(rng.integers(3))]]


def _trio(alts: int, rng: np.random.Generator) -> list[tuple[int, int]]:
    """Return the genotypes of child, father and mother; every ALT is carried by a parent."""
    drawn = (rng.random(4) < 0.4) * rng.integers(1, alts + 1, 4)
    father, mother = drawn[:2].tolist(), drawn[2:].tolist()
    father[0] = 1
    if alts > 1:
        mother[1] = 2
    first, second = rng.integers(0, 2, 2).tolist()
    child = sorted((father[first], mother[second]))
    return [(child[0], child[1]), _pair(father), _pair(mother)]


def _pair(alleles: list[int]) -> tuple[int, int]:
    low, high = sorted(alleles)
    return low, high


def _cell(call: tuple[int, int], alts: int, depth: int) -> str:
    reads = [0] * (alts + 1)
    reads[call[0]] += depth // 2
    reads[call[1]] += depth - depth // 2
    pairs = [(low, high) for high in range(alts + 1) for low in range(high + 1)]
    likelihoods = ["0" if pair == call else str(30 * depth + 7 * pair[1]) for pair in pairs]
    alleles = ",".join(map(str, reads))
    return f"{call[0]}/{call[1]}:{alleles}:{depth}:{min(99, 3 * depth)}:{','.join(likelihoods)}"


def _info(calls: list[tuple[int, int]], alts: int, depth: int, scores: np.ndarray) -> str:
    alleles = [allele for call in calls for allele in call]
    copies = [alleles.count(number + 1) for number in range(alts)]
    shares = ",".join(f"{count / len(alleles):.3f}" for count in copies)
    first, second, third, fourth = scores.tolist()
    return (
        f"AC={','.join(map(str, copies))};AF={shares};AN={len(alleles)};"
        f"BaseQRankSum={first:.3f};DP={depth};ExcessHet={3 * second:.4f};FS={5 * third:.3f};"
        f"MQ=60.00;QD={30 * fourth:.2f};ReadPosRankSum={second - third:.3f};SOR={first:.3f}"
    )
