"""Published patients whose alleles lie in the slices, each in a genome made of real genotypes.

The genome is nobody's: chromosome 21 and complex indels are NA12878's, the beginning of chromosome
1 is HG00096's, everything else an exome's and HG002's, as far as an exome reaches: MANE's exons
and 20 bases to both sides. Each call is as its caller made it; of two at one place the first
stands. The causal alleles are called with 40 reads. Nothing else is changed: intake, normalisation,
annotation, vepyr, classification and ranking run as on a laboratory's own files.
"""

import csv
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pysam
from history_laboratory import _COLUMNS
from shared_genome import shared, sparse_genome
from spiked_cases import Spiked

from varinterp.phenotype.ontology import Ontology

FIELDS = ("GT", "AD", "DP", "GQ")
_SAMPLES = (
    ("exomiser_Pfeiffer_exome.lifted.vcf.gz", "manuel"),
    ("AJtrio_HG002_HG003_HG004.lifted.vcf.gz", "HG002"),
    ("HG00096_chr1.lifted.vcf.gz", "HG00096"),
    ("NA12878_PG_chr21.grch38.vcf.gz", "NA12878"),
    ("NA12878_NIST2.19_complex_indels.lifted.vcf.gz", "NA12878"),
)
CALLS = {
    "heterozygous": "0/1:20,20:40:99",
    "homozygous": "1/1:0,40:40:99",
    "hemizygous": "1:0,40:40:99",
}
_BESIDE = 20
Site = tuple[str, int]


def write_cases(cases: Iterable[Spiked], ontology: Ontology, folder: Path) -> None:
    """Write a VCF, a Phenopacket and a row of the sheet for each patient.

    A VCF that is there already stays: what was written into another genome.
    """
    rows = []
    for case in cases:
        name = name_of(case)
        vcf, packet = folder / f"{name}.vcf.gz", folder / f"{name}.json"
        packet.write_text(json.dumps(_packet(case, ontology)))
        if not vcf.is_file():
            _write_vcf(case, name, vcf)
        rows.append(_row(name, case.sex) | {"phenopacket": packet.name})
    _write_rows(rows, folder)


def write_sheet(names: Iterable[str], folder: Path) -> None:
    """Write a sheet of persons of unknown sex without terms, each with a VCF of that name."""
    _write_rows([_row(name, "unknown") | {"hpo": "HP:0000118"} for name in names], folder)


def _row(name: str, sex: str) -> dict[str, str]:
    said = {
        "family": name, "person": name, "sample": name, "sex": sex, "affected": "yes",
        "proband": "yes", "vcf": f"{name}.vcf.gz", "indication": "published patient",
        "consanguineous": "no", "secondary_findings": "no",
    }  # fmt: skip
    return {column: said.get(column, "") for column in _COLUMNS}


def _write_rows(rows: list[dict[str, str]], folder: Path) -> None:
    with (folder / "samples.tsv").open("w", newline="") as stream:
        writer = csv.DictWriter(stream, _COLUMNS, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def name_of(case: Spiked) -> str:
    """Return the name of a patient's family in the sheet."""
    return "".join(each if each.isalnum() else "-" for each in case.id)[:60]


@cache
def background() -> Mapping[Site, str]:
    """Return the record of each place where the composite genome has an allele."""
    found: dict[Site, str] = {}
    targets = _targets()
    for file, sample in _SAMPLES:
        for site, text in _records(shared("genome", "samples", file), sample):
            if any(first <= site[1] <= last for first, last in targets.get(site[0], ())):
                found.setdefault(site, text)
    return found


def _targets() -> dict[str, list[tuple[int, int]]]:
    """Return the stretches that an exome would read, by contig."""
    found: dict[str, list[tuple[int, int]]] = {}
    path = shared("genome", "transcripts", "mane_select_v1.5.slices.gff3.gz")
    with gzip.open(path, "rt") as text:
        for line in text:
            cells = line.split("\t")
            if len(cells) > 4 and cells[2] == "exon":
                span = int(cells[3]) - _BESIDE, int(cells[4]) + _BESIDE
                found.setdefault(cells[0], []).append(span)
    return found


def _records(path: Path, sample: str) -> Iterator[tuple[Site, str]]:
    with gzip.open(path, "rt") as text:
        for line in text:
            if line.startswith("##"):
                continue
            cells = line.rstrip("\n").split("\t")
            if line.startswith("#"):
                column = cells.index(sample)
                continue
            call = dict(zip(cells[8].split(":"), cells[column].split(":"), strict=False))
            if not set(call["GT"]) & set("123456789") or not _small(cells[3], cells[4]):
                continue
            said = sample_cell(call)
            fixed = (cells[0], cells[1], ".", cells[3], cells[4], ".", "PASS", ".")
            yield (cells[0], int(cells[1])), "\t".join((*fixed, ":".join(FIELDS), said))


def sample_cell(call: Mapping[str, str]) -> str:
    """Return a call with the fields that are kept; older callers gave GQ with decimals."""
    quality = call.get("GQ", ".")
    whole = {**call, "GQ": quality if quality == "." else str(round(float(quality)))}
    return ":".join(whole.get(field, ".") for field in FIELDS)


def _small(*alleles: str) -> bool:
    return set("".join(alleles)) <= set("ACGT,")


def _write_vcf(case: Spiked, name: str, path: Path) -> None:
    records = dict(background())
    for carried in case.alleles:
        chromosome, position, ref, alt = carried.key
        contig = f"chr{chromosome}"
        cells = (contig, str(position), ".", ref, alt, ".", "PASS", ".", ":".join(FIELDS))
        records[contig, position] = "\t".join((*cells, CALLS[carried.zygosity]))
    write_vcf(records.items(), name, path, sparse_genome())


def write_vcf(
    records: Iterable[tuple[Site, str]], name: str, path: Path, genome: Path, *more: str
) -> None:
    """Write a person's records in the order of a genome's contigs, with an index."""
    with pysam.FastaFile(str(genome)) as fasta:
        lengths = dict(zip(fasta.references, fasta.lengths, strict=True))
    order = {contig: at for at, contig in enumerate(lengths)}
    lines = ["##fileformat=VCFv4.2", '##FILTER=<ID=PASS,Description="All filters passed">', *more]
    lines += [f"##contig=<ID={contig},length={length}>" for contig, length in lengths.items()]
    lines += [
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
        '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads by allele">',
        '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Reads">',
        '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality">',
        f"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{name}",
    ]
    lines += [
        text
        for _, text in sorted(records, key=lambda each: (order[each[0][0]], each[0][1], each[1]))
    ]
    plain = path.with_suffix("")
    plain.write_text("\n".join(lines) + "\n")
    pysam.tabix_compress(str(plain), str(path), force=True)
    pysam.tabix_index(str(path), preset="vcf", force=True)
    plain.unlink()


def _packet(case: Spiked, ontology: Ontology) -> dict[str, Any]:
    """Return a Phenopacket with the terms that the release knows."""
    features: list[dict[str, Any]] = [
        {"type": {"id": term}} for term in case.observed if ontology.resolve(term).term
    ]
    features += [
        {"type": {"id": term}, "excluded": True}
        for term in case.excluded
        if ontology.resolve(term).term
    ]
    sex = "UNKNOWN_SEX" if case.sex == "unknown" else case.sex.upper()
    return {
        "id": case.id,
        "subject": {"id": case.id, "sex": sex},
        "phenotypicFeatures": features,
        "metaData": {"created": "2025-01-16T00:00:00Z", "createdBy": "validation",
                     "phenopacketSchemaVersion": "2.0"},
    }  # fmt: skip
