"""Families' VCFs drawn at random, with what laboratories' files have and some that none should.

Nothing here is drawn that only the intake looks at: fields that nobody reads, and samples of other
families, are well formed.
"""

import gzip
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pysam

from builders import FORMAT_LINES
from varinterp.annotate.normalise import FamilyVcf

_BASES = "ACGT"
_UNSEEN = ("<NON_REF>", "<*>")
_FORMATS = (
    "GT:AD:DP:GQ", "GT:AD:DP:GQ", "GT:AD:DP:GQ:PL", "GT", "GT:GQ", "GT:PS", "GT:DP:AD",
    "GT:AD:DP:GQ:PGT:PID:PL:PS", "GT:AD:DP:GL", "GT:GL:PL:DP",
)  # fmt: skip
_QUALITIES = (".", "50", "930.27", "0", "0.05", "999999", "12345.67", "1e3", "100000.5", "7")
_FILTERS = ("PASS", "PASS", "PASS", ".", "LowQual", "q10;s50", "LowQual;q10")
_INFO = (".", "DP=10", "AC=1;AF=0.5", "END=400", "X=a:b,c")
_ODD_GENOTYPES = ("0/0/1", "0/1/1", "./1", "1|.", "/1/0", "|0/1", "0/9", "3", "0/1|1", "")
_LINES = (
    *FORMAT_LINES,
    '##FORMAT=<ID=PL,Number=G,Type=Integer,Description="Likelihoods">',
    '##FORMAT=<ID=GL,Number=G,Type=Float,Description="Likelihoods">',
    '##FORMAT=<ID=PGT,Number=1,Type=String,Description="Phase">',
    '##FORMAT=<ID=PID,Number=1,Type=String,Description="Phase">',
)


@dataclass(slots=True)
class Drawn:
    """A reference and a family's files on it. `odd` is the share of what no file should have."""

    draw: random.Random
    folder: Path
    odd: float
    crowded: float
    fasta: Path = field(init=False)
    contigs: dict[str, str] = field(init=False)

    @classmethod
    def of(cls, seed: int, folder: Path) -> "Drawn":
        """Draw everything from one seed."""
        draw = random.Random(seed)  # noqa: S311 - a test
        drawn = cls(draw, folder, draw.choice((0, 0, 0.003, 0.02)), draw.choice((0, 0, 0.1, 0.5)))
        drawn._reference()
        return drawn

    def files(self) -> list[FamilyVcf]:
        """Return one to three files of the family."""
        given: list[FamilyVcf] = []
        people = 0
        for number in range(self.draw.choice((1, 1, 1, 2, 3))):
            samples = self.draw.randint(1, 3)
            places = self.draw.sample(range(samples), self.draw.randint(1, samples))
            named = {f"p{people + rank}": place for rank, place in enumerate(places)}
            people += len(places)
            given.append(FamilyVcf(self._file(number, samples, set(places)), named))
        return given

    def _reference(self) -> None:
        names = ("chr1", "chr22", "chrX", "chrM", "chrUn_1")
        sizes = (400, 400, 200, 100, 50)
        self.contigs = {name: self._sequence(size) for name, size in zip(names, sizes, strict=True)}
        width = self.draw.choice((60, 1000, 7))
        self.fasta = self.folder / "ref.fa"
        self.fasta.write_text(
            "".join(
                f">{name}\n"
                + "".join(f"{bases[at : at + width]}\n" for at in range(0, len(bases), width))
                for name, bases in self.contigs.items()
            )
        )
        if self.draw.random() < 0.3:
            zipped = self.folder / "ref.fa.gz"
            pysam.tabix_compress(str(self.fasta), str(zipped))
            self.fasta = zipped
        pysam.faidx(str(self.fasta))

    def _sequence(self, size: int) -> str:
        parts: list[str] = []
        while sum(map(len, parts)) < size:
            kind = self.draw.random()
            unit = "".join(self.draw.choices(_BASES, k=self.draw.randint(1, 3)))
            if kind < 0.2:
                parts.append(unit * self.draw.randint(2, 6))
            elif kind < 0.23:
                parts.append(self.draw.choice(("N", "NN", "R", unit.lower())))
            else:
                parts.append(unit)
        return "".join(parts)[:size]

    def _file(self, number: int, samples: int, members: set[int]) -> Path:
        bare = self.draw.random() < 0.3
        gvcf = self.draw.random() < 0.25
        lines = [
            line
            for name, bases in self.contigs.items()
            if self.draw.random() < 0.7
            for line in self._records(
                name.removeprefix("chr") if bare else name, bases, samples, members, gvcf
            )
        ]
        names = "\t".join(f"SAMPLE{number}_{index}" for index in range(samples))
        header = ["##fileformat=VCFv4.2", *_LINES]
        if self.draw.random() < 0.1:
            header.remove(self.draw.choice(FORMAT_LINES[1:5]))
        columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT"
        text = "\n".join([*header, f"{columns}\t{names}", *lines])
        return self._written(number, (text + "\n" * (self.draw.random() < 0.9)).encode())

    def _written(self, number: int, text: bytes) -> Path:
        kind = self.draw.random()
        if kind < 0.05:
            text = text.replace(b"\n", b"\r\n")
        elif kind < 0.1:
            text = b"\xef\xbb\xbf" + text
        path = self.folder / f"given{number}.vcf"
        packed = self.draw.choice(("plain", "gzip", "bgzf"))
        if packed == "plain":
            path.write_bytes(text)
            return path
        path = path.with_suffix(".vcf.gz")
        if packed == "gzip":
            path.write_bytes(gzip.compress(text, 1))
        else:
            with pysam.BGZFile(str(path), "wb", None) as stream:
                stream.write(text)
        return path

    def _records(
        self, name: str, bases: str, samples: int, members: set[int], gvcf: bool
    ) -> list[str]:
        position = 1
        lines: list[str] = []
        while True:
            close = self.draw.random() < self.crowded
            position += self.draw.choice((0, 1, 2, 5)) if close else self.draw.randint(12, 40)
            if position > len(bases) - 12:
                return lines
            if gvcf and self.draw.random() < 0.5:
                lines.append(self._block(name, position, bases[position - 1], samples))
                continue
            ref, alts = self._alleles(bases, position, gvcf)
            lines.append(self._line(name, position, ref, alts, samples, members))
            if self.draw.random() < 0.02:
                lines.append(lines[-1])

    def _block(self, name: str, position: int, base: str, samples: int) -> str:
        end = f"END={position + self.draw.randint(0, 12)}"
        cells = [
            self.draw.choice(("0/0:20:30:50", "0/0:0:0:0", "./.:.:.:.")) for _ in range(samples)
        ]
        alt = self.draw.choice(_UNSEEN)
        fields = (name, position, ".", base.upper(), alt, ".", ".", end, "GT:MIN_DP:DP:GQ")
        return "\t".join([*map(str, fields), *cells])

    def _alleles(self, bases: str, position: int, gvcf: bool) -> tuple[str, list[str]]:
        size = 1 if self.draw.random() < 0.6 else self.draw.randint(1, 9)
        ref = bases[position - 1 : position - 1 + size]
        ref = ref.upper() if self.draw.random() < 0.9 else ref
        drawn = [self._alt(ref) for _ in range(self.draw.choice((1, 1, 1, 1, 2, 3)))]
        if self._happens():
            drawn.append(self.draw.choice(("*", "<DEL>", "N", "A[chr1:4[", "acg", "R")))
        if not self._happens():
            drawn = list(dict.fromkeys(alt for alt in drawn if alt != ref))
        if self._happens():
            ref = self.draw.choice(_BASES)
        drawn = drawn or ["T" if ref != "T" else "C"]
        return ref, [*drawn, *_UNSEEN[:1]] if gvcf else drawn

    def _alt(self, ref: str) -> str:
        kind = self.draw.random()
        if kind < 0.5:
            return self.draw.choice(_BASES)
        if kind < 0.7:
            return ref[0] + "".join(self.draw.choices(_BASES, k=self.draw.randint(1, 14)))
        if kind < 0.85:
            return ref[: self.draw.randint(1, len(ref))]
        return ref + ref[-1] * self.draw.randint(1, 3)

    def _line(
        self,
        name: str,
        position: int,
        ref: str,
        alts: Sequence[str],
        samples: int,
        members: set[int],
    ) -> str:
        names = self.draw.choice(_FORMATS)
        quality = f"{self.draw.random() * 2000:.2f}"
        fixed = [
            name, str(position), self.draw.choice((".", "rs1", "7")), ref, ",".join(alts),
            self.draw.choice(_QUALITIES) if self.draw.random() < 0.5 else quality,
            self.draw.choice(_FILTERS), self.draw.choice(_INFO), names,
        ]  # fmt: skip
        if self._happens():
            fixed[6] = self.draw.choice(("q10;q10", "PASS;q10", "bad word"))
        cells = [
            self._cell(names.split(":"), len(alts), odd=index in members)
            for index in range(samples)
        ]
        line = "\t".join([*fixed, *cells])
        if self._happens():
            return self.draw.choice((line + "\tx", line.rpartition("\t")[0], line + "\r"))
        return line

    def _cell(self, names: Sequence[str], alts: int, *, odd: bool) -> str:
        values = [self._value(name, alts, odd and self._happens()) for name in names]
        kept = self.draw.randint(1, len(values)) if self.draw.random() < 0.1 else len(values)
        return ":".join(values[:kept])

    def _value(self, name: str, alts: int, odd: bool) -> str:
        draw = self.draw
        plain = {
            "DP": ("0", "7", "30", "120", ".", "99999", "100000", "007"),
            "GQ": ("0", "9", "40", "99", ".", "127"),
            "PS": (".", "10", "200", "0", "3"),
            "PGT": ("0|1",),
            "PID": ("12_A_G",),
        }
        if name == "GT":
            return draw.choice(_ODD_GENOTYPES) if odd else self._genotype(alts)
        if odd and name in ("AD", "DP", "GQ", "PS"):
            return draw.choice(("x", "-1", "1,2,3", "", "5 5"))
        if odd and name in ("PL", "GL"):
            return draw.choice(("x", "-1", "1,2,3,4,5", "", "0,30,x", "0,,3", "0,30,-5", "5"))
        if name in ("PL", "GL"):
            return self._likelihoods(name, alts)
        if name == "AD":
            reads = ",".join(draw.choice(("0", "5", "12", "130", "4000")) for _ in range(alts + 1))
            return reads if draw.random() < 0.93 else "."
        return draw.choice(plain[name])

    def _likelihoods(self, name: str, alts: int) -> str:
        draw = self.draw
        haploid = draw.random() < 0.1
        count = alts + 1 if haploid else (alts + 1) * (alts + 2) // 2
        each = {
            "PL": ("0", "30", "255", "1200", "99999", "100000", "7"),
            "GL": (
                "0",
                "-0",
                "-0.05",
                "-12.3456",
                "-1.25e-05",
                "-3.00",
                "-120",
                "-12.34567",
                "-0.15",
            ),
        }[name]
        values = [draw.choice(each) for _ in range(count)]
        kind = draw.random()
        if kind < 0.1:
            return "." if kind < 0.05 else ",".join("." * count)
        return ",".join((*values[1:], ".") if kind < 0.13 else values)

    def _genotype(self, alts: int) -> str:
        def allele() -> str:
            kind = self.draw.random()
            if kind < 0.85:
                return self.draw.choice("001")
            return str(self.draw.randint(0, alts)) if kind < 0.97 else "."

        kind = self.draw.random()
        if kind < 0.08:
            return allele()
        return "./." if kind < 0.12 else allele() + self.draw.choice("//||") + allele()

    def _happens(self) -> bool:
        return self.draw.random() < self.odd
