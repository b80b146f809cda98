"""Opt-in: HGVS names of consequence annotation against ClinVar's own, on MANE Select transcripts.

Set VARINTERP_SHARED_DATA; every difference is listed in ``hgvs_differences.tsv`` in the folder
that VARINTERP_VALIDATION_OUT names (else in the test's own). Figures and the meaning of each class
are in ``docs/validation/hgvs.md``.
"""

import csv
import gzip
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import polars as pl
import pysam
import pytest
from coding_names import edit_of, same_allele
from protein_names import change_of, described
from shared_genome import (
    SITES_HEADER,
    mane_select,
    needs_shared_data,
    shared,
    small_cache,
    sparse_genome,
)

from varinterp.annotate.consequence import annotate_vcf
from varinterp.annotate.vep_rows import sequence
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Span, Transcript
from varinterp.sources.vep import read_csq

pytestmark = [pytest.mark.validation, needs_shared_data]

FILES = {
    "BRCA1_missense.2026-08-18": "BRCA1",
    "BRCA1_SNV.2021-07-15": "BRCA1",
    "CFTR.2026-08-04": "CFTR",
    "MECP2.2025-03": "MECP2",
}
LIMIT = 0.998
SPLICE_SITES = {"splice_donor_variant", "splice_acceptor_variant"}
NAME = re.compile(r"(NM_\d+\.\d+)(?:\([^)]*\))?:(c\.[^(]+?)(?:_\((p\.[^)]*)\))?$")
C_AGREES = ("equal", "repeat notation", "deleted bases spelled out")
P_AGREES = (
    "equal",
    "frameshift in short form",
    "stop at the first new residue",
    "start lost",
    "stop lost, extension not given",
)


@dataclass(frozen=True)
class Record:
    """A ClinVar record: its allele and the name that ClinVar gives it."""

    position: int
    ref: str
    alt: str
    variation: str
    accession: str
    c: str
    p: str | None


def clinvar(name: str) -> Iterator[tuple[str, int, str, str, str, str]]:
    """Yield (contig, position, variation id, REF, ALT, ClinVar's name)."""
    path = shared("genome", "clinvar", f"clinvar_{name}.vcf.gz")
    with gzip.open(path, "rt") as text:
        for line in text:
            if not line.startswith("#"):
                cells = line.rstrip("\n").split("\t")
                info = dict(field.split("=", 1) for field in cells[7].split(";"))
                yield cells[0], int(cells[1]), cells[2], cells[3], cells[4], info["CLNHGVS"]


def c_class(record: Record, ours: str | None, transcript: Transcript, genome: "Genome") -> str:
    if ours == record.c:
        return "equal"
    if ours is None:
        return "no name: outside the transcript"
    try:
        theirs = edit_of(record.c, transcript, genome.bases)
        same = same_allele(theirs, edit_of(ours, transcript, genome.bases), genome.bases)
    except ValueError as error:
        return f"cannot be read ({error})"
    if not same:
        return "another allele"
    return "repeat notation" if "[" in record.c else "deleted bases spelled out"


def p_class(theirs: str, ours: str | None) -> str:
    if ours == theirs:
        return "equal"
    if ours is None:
        return "no name"
    short = re.match(r"(p\.[A-Z][a-z]{2}\d+)[A-Z][a-z]{2}fsTer", ours)
    if short and theirs == f"{short[1]}fs":
        return "frameshift in short form"
    stop = re.match(r"p\.([A-Z][a-z]{2}\d+)Ter$", ours)
    if stop and re.match(rf"p\.[A-Z][a-z]{{2}}\d+_{stop[1]}insTer$", theirs):
        return "stop at the first new residue"
    if theirs.startswith("p.Met1") and ours == "p.Met1?":
        return "start lost"
    if ours.startswith(f"{theirs}extTer"):
        return "stop lost, extension not given"
    return "another name"


class Genome:
    """Bases of one chromosome of the sparse genome."""

    def __init__(self, chromosome: Chromosome) -> None:
        self._contig = f"chr{chromosome}"
        self._fasta = pysam.FastaFile(str(sparse_genome()))

    def bases(self, start: int, end: int) -> str:
        return str(self._fasta.fetch(self._contig, start - 1, end)).upper()

    def span(self, _: Chromosome, span: Span) -> str:
        return self.bases(span.start, span.end)


def annotated(name: str, transcript: Transcript, folder: Path) -> list[dict[str, Any]]:
    """Annotate a ClinVar file and return one row a record, in its order."""
    sites = folder / "sites.vcf"
    rows = [f"{c}\t{at}\t{i}\t{ref}\t{alt}\t.\t.\t.\n" for c, at, i, ref, alt, _ in clinvar(name)]
    sites.write_text(SITES_HEADER + "".join(rows))
    cache = small_cache([transcript], sparse_genome(), folder / "cache")
    annotate_vcf(sites, cache, sparse_genome(), folder / "annotated.vcf.gz")
    frame = read_csq(folder / "annotated.vcf.gz").filter(pl.col("transcript") == transcript.id)
    assert frame.height == len(rows)
    return list(frame.iter_rows(named=True))


def bare(name: str | None) -> str | None:
    return name.split(":")[-1] if name else None


class Tally:
    """Figures of one file, and every name that is not ClinVar's letter for letter."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.differences: list[tuple[str, ...]] = []

    def add(self, level: str, kind: str, record: Record, theirs: str, ours: str | None) -> None:
        self.counts[f"{level}: {kind}"] += 1
        if kind != "equal":
            place = (record.variation, str(record.position), record.ref, record.alt)
            self.differences.append((level, kind, *place, theirs, str(ours)))

    def share(self, level: str, agreeing: tuple[str, ...]) -> float:
        whole = sum(count for key, count in self.counts.items() if key.startswith(f"{level}: "))
        return sum(self.counts[f"{level}: {kind}"] for kind in agreeing) / whole

    def write(self, name: str, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{name}.hgvs_differences.tsv").open("w", newline="") as stream:
            table = csv.writer(stream, delimiter="\t", lineterminator="\n")
            header = "level class variation position ref alt clinvar ours"
            table.writerow(header.split())
            table.writerows(sorted(self.differences))
        with (folder / f"{name}.hgvs_figures.tsv").open("w") as stream:
            stream.writelines(f"{key}\t{count}\n" for key, count in sorted(self.counts.items()))


def compare(tally: Tally, record: Record, c: str | None, p: str | None, place: "Place") -> None:
    """Count one record; a name on another transcript version is left out, and counted as such."""
    if record.accession != place.transcript.refseq:
        tally.counts[f"left out, {record.accession}"] += 1
        tally.counts[f"left out, {record.accession}, though c. is equal"] += c == record.c
        return
    tally.add("c", c_class(record, c, place.transcript, place.genome), record, record.c, c)
    if record.p is None:
        tally.counts["ClinVar gives no p., ours does"] += p is not None
    else:
        tally.add("p", p_class(record.p, p), record, record.p, p)


@dataclass(frozen=True)
class Place:
    """A transcript and the genome that it lies on."""

    transcript: Transcript
    genome: Genome


@pytest.mark.parametrize("name", FILES)
def test_names_agree_with_clinvar_and_with_the_sequence(name: str, tmp_path: Path) -> None:
    transcript = mane_select([FILES[name]])[FILES[name]]
    place = Place(transcript, Genome(transcript.chromosome))
    read = sequence(transcript, place.genome.span, {})
    tally = Tally()
    rows = annotated(name, transcript, tmp_path)
    for (_, position, variation, ref, alt, label), row in zip(clinvar(name), rows, strict=True):
        assert (row["position"], row["ref"], row["alt"]) == (position, ref, alt)
        c, p = bare(row["hgvs_c"]), bare(row["hgvs_p"])
        change = change_of(read, position, ref, alt)
        if change is not None and p is not None:
            wrong = described(p, change)
            tally.counts["protein worked out: p. is wrong" if wrong else "protein worked out"] += 1
        if SPLICE_SITES & set(row["terms"]) and c is not None and not re.search(r"\d[+-]\d", c):
            tally.counts["splice site by its terms, exonic by its name"] += 1
        found = NAME.match(unquote(label))
        if found is None or "[" in found[2][:3]:
            tally.counts["left out, compound or unread name"] += 1
        else:
            record = Record(position, ref, alt, variation, found[1], found[2], found[3])
            compare(tally, record, c, p, place)
    tally.write(name, Path(os.environ.get("VARINTERP_VALIDATION_OUT", tmp_path)))
    assert tally.share("c", C_AGREES) >= LIMIT
    assert tally.share("p", P_AGREES) >= LIMIT
    assert tally.counts["c: another allele"] == 0
    assert tally.counts["protein worked out: p. is wrong"] == 0
