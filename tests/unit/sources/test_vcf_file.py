"""The file around the records: container, lines, header, build, reference."""

import gzip
from pathlib import Path

import numpy as np
import pysam
import pytest

from varinterp.errors import ReleaseError
from varinterp.fasta import Reference
from varinterp.model.chromosome import Chromosome
from varinterp.sources.vcf import read_samples
from varinterp.sources.vcf_container import Container
from vcf_builder import (
    CONTIGS,
    FIRST_RECORD,
    GENOME,
    HEADER,
    LENGTHS,
    Judge,
    base,
    bgzf,
    outcome,
    record,
    text_of,
)

TEXT = text_of(*(record(position) for position in range(100, 2000, 10))).encode()


def rules(path: Path, genome: Path) -> list[str]:
    return [fault.rule for fault in outcome(path, genome)[1]]


@pytest.mark.parametrize(
    ("data", "container"),
    [
        (TEXT, Container.PLAIN),
        (gzip.compress(TEXT), Container.GZIP),
        (gzip.compress(TEXT[:5000]) + gzip.compress(TEXT[5000:]), Container.GZIP),
        (bgzf(TEXT, 1000), Container.BGZF),
        (bgzf(TEXT[:5000])[:-28] + bgzf(b"") + bgzf(TEXT[5000:]), Container.BGZF),
    ],
    ids=["plain", "gzip", "gzip in two members", "bgzf", "bgzf with an inner end block"],
)
def test_containers_hold_the_same_records(
    tmp_path: Path, genome: Path, data: bytes, container: Container
) -> None:
    path = tmp_path / "file.vcf.gz"
    path.write_bytes(data)
    summary, faults = outcome(path, genome)
    assert faults == ()
    assert summary is not None
    assert (summary.records, summary.container) == (190, container)


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (bgzf(TEXT)[:-28], "vcf.no_eof"),
        (bgzf(TEXT)[:-40], "vcf.truncated"),
        (bgzf(TEXT) + b"trailing bytes", "vcf.trailing_bytes"),
        (bgzf(TEXT, 1000)[:500] + b"\0" + bgzf(TEXT, 1000)[501:], "vcf.damaged"),
        (gzip.compress(TEXT)[:-9], "vcf.truncated"),
        (gzip.compress(TEXT) + b"trailing", "vcf.trailing_bytes"),
        (gzip.compress(TEXT)[:-8] + b"\0" * 8, "vcf.damaged"),
        (gzip.compress(b"##fileformat=VCFv4.2\n##x=" + b"A" * (40 << 20)), "vcf.expansion"),
        (b"##fileformat=VCFv4.2\n##x=" + b"A" * (17 << 20), "vcf.long_line"),
        (b"", "vcf.no_columns"),
        (b"%PDF-1.7\n", "vcf.not_vcf"),
    ],
)
def test_damage_is_told_apart(tmp_path: Path, genome: Path, data: bytes, rule: str) -> None:
    path = tmp_path / "file.vcf.gz"
    path.write_bytes(data)
    assert rules(path, genome)[-1] == rule


def test_every_truncation_of_a_bgzf_file_is_refused(tmp_path: Path, genome: Path) -> None:
    data = bgzf(TEXT[:4000], 700)
    path = tmp_path / "cut.vcf.gz"
    for length in range(0, len(data), 13):
        path.write_bytes(data[:length])
        assert outcome(path, genome)[0] is None


def test_line_ends_and_byte_order_marks_are_warned_of(tmp_path: Path, genome: Path) -> None:
    path = tmp_path / "windows.vcf"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace(b"\n", b"\r\n"))
    summary, faults = outcome(path, genome)
    assert summary is not None
    assert [fault.rule for fault in faults] == ["vcf.bom", "vcf.crlf"]


def test_control_characters_and_other_encodings_are_refused_by_line(
    tmp_path: Path, genome: Path
) -> None:
    path = tmp_path / "odd.vcf"
    lines = (record(100), record(200, identifier="a\x07"), record(300, identifier="é"))
    path.write_bytes(text_of(*lines).encode("latin-1"))
    _, faults = outcome(path, genome)
    assert [(fault.rule, fault.line) for fault in faults] == [
        ("vcf.control_character", FIRST_RECORD + 1),
        ("vcf.not_utf8", FIRST_RECORD + 2),
    ]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ('##INFO=<ID=X,Number=1,Type=Word,Description="x">', "vcf.definition"),
        ('##INFO=<ID=X,Number=B,Type=Float,Description="x">', "vcf.definition"),
        ('##INFO=<ID=X,Number=1,Type=Float,Description="x>', "vcf.definition"),
        ('##FORMAT=<ID=GT2,Number=1,Description="x">', "vcf.definition"),
        ("##contig=<length=5>", "vcf.definition"),
        ("##just words", "vcf.meta"),
        ('##INFO=<ID=AC,Number=A,Type=Integer,Description="again">', "vcf.definition_twice"),
        ('##INFO=<ID=DP,Number=1,Type=Float,Description="x">', "vcf.definition_odd"),
    ],
)
def test_header_lines(judge: Judge, line: str, rule: str) -> None:
    assert [fault.rule for fault in judge(header=(*HEADER, line))[1]] == [rule]


def test_grch37_is_recognised_by_its_lengths(judge: Judge) -> None:
    contigs = ("##contig=<ID=chr1,length=249250621>", *CONTIGS[1:])
    _, faults = judge(contigs=contigs)
    assert [fault.rule for fault in faults] == ["vcf.build_grch37"]
    assert faults[0].expected == "GRCh38"


def test_grch37_is_recognised_by_the_reference_line(judge: Judge) -> None:
    _, faults = judge(header=(*HEADER, "##reference=file:///refs/hs37d5.fa"), contigs=())
    assert [fault.rule for fault in faults] == ["vcf.build_grch37"]


def test_the_yoruba_mitochondrion_is_refused(judge: Judge) -> None:
    contigs = (*CONTIGS[:-1], "##contig=<ID=chrM,length=16571>")
    assert [fault.rule for fault in judge(contigs=contigs)[1]] == ["vcf.yoruba"]


def test_vep_annotations_are_noticed(judge: Judge) -> None:
    line = (
        '##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl '
        'VEP. Format: Allele|Consequence|SYMBOL">'
    )
    summary, _ = judge(header=(*HEADER, line))
    assert summary is not None
    assert summary.csq_fields == ("Allele", "Consequence", "SYMBOL")


def test_a_vcf_without_records_is_accepted_and_says_so(judge: Judge) -> None:
    summary, faults = judge()
    assert summary is not None
    assert (summary.records, faults) == (0, ())


def test_names_are_read_from_the_header_alone(tmp_path: Path) -> None:
    path = tmp_path / "named.vcf.gz"
    path.write_bytes(bgzf(TEXT))
    assert read_samples(path) == ("KID", "DAD", "MUM")
    path.write_bytes(b"nothing")
    assert read_samples(path) is None


def test_bases_are_the_same_from_plain_and_compressed_references(
    genome: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "genome.fa"
    copy.write_bytes(genome.read_bytes())
    pysam.tabix_compress(str(copy), f"{copy}.gz", force=True)
    pysam.faidx(f"{copy}.gz")
    positions = np.array([2999, 0, 59, 60, 61, 1500])
    expected = [base("chr1", position + 1) for position in positions]
    for path in (genome, copy.with_name("genome.fa.gz")):
        with Reference(path) as reference:
            assert reference.length(Chromosome.C1) == LENGTHS["chr1"]
            found = reference.bases(Chromosome.C1, positions)
        assert bytes(found).decode() == "".join(expected)


def test_every_base_of_a_reference_can_be_read(genome: Path) -> None:
    with Reference(genome) as reference:
        found = reference.bases(Chromosome.X, np.arange(LENGTHS["chrX"]))
    assert bytes(found).decode() == GENOME["chrX"]


def test_a_reference_without_index_is_no_fault_of_the_vcf(tmp_path: Path) -> None:
    path = tmp_path / "bare.fa"
    path.write_text(">chr1\nACGT\n")
    with pytest.raises(ReleaseError, match="samtools faidx"):
        Reference(path)


def test_an_unknown_reference_base_is_told_from_another_one(tmp_path: Path) -> None:
    fasta = tmp_path / "n.fa"
    fasta.write_text(">chr1\nACNNRT\n")
    fasta.with_name("n.fa.fai").write_text("chr1\t6\t6\t6\t7\n")
    header, contigs = HEADER, ("##contig=<ID=chr1,length=6>",)
    path = tmp_path / "n.vcf"
    lines = (record(3, "A", "C"), record(5, "R", "C"), record(6, "T", "G"))
    path.write_text(text_of(*lines, header=header, contigs=contigs))
    summary, faults = outcome(path, fasta)
    assert summary is None
    assert [(fault.rule, fault.line) for fault in faults] == [
        ("vcf.ref_unverifiable", 14), ("vcf.ref_coded", 15),
    ]  # fmt: skip
