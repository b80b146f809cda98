"""VCFs that normalisation refuses, and what it says: file, line and rule, and nobody's name."""

from pathlib import Path

import pytest

from builders import FORMAT_LINES, Record, write_fasta, write_vcf
from varinterp.annotate import normalise as module
from varinterp.annotate.bcftools import BcftoolsError
from varinterp.annotate.normalise import FamilyVcf, normalise
from varinterp.annotate.vcf_faults import Source, explain
from varinterp.errors import Fault, InputError, InternalError, StageError

CHR22 = "CAGATTTTCATATTATGCAGAAAATCTACTTCGCCTGATACGAGTCGGTTCAAAAAAGATCTTCGGATACTGTATAGTCCC"
NAME = "CANARY_NAME"
FIRST = 3 + len(FORMAT_LINES) + 1
"""The line of the first record that `write_vcf` writes."""


def faults(folder: Path, *records: Record, columns: dict[str, int] | None = None) -> list[Fault]:
    """Normalise and return the faults; nothing may be written and nobody named."""
    fasta = write_fasta(folder / "ref.fa", {"chr22": CHR22})
    samples = [f"{NAME}{index}" for index in range(len(records[0].calls))]
    path = write_vcf(folder / "given.vcf.gz", samples, records)
    out = folder / "out" / "alleles.arrow"
    with pytest.raises(InputError) as caught:
        normalise([FamilyVcf(path, columns or {"kid": 0})], fasta, out)
    assert not list(out.parent.glob("**/*"))
    assert NAME not in str(caught.value)
    return list(caught.value.faults)


def het(position: int, ref: str, alt: str, call: str = "0/1:9,9:18:99") -> Record:
    return Record("chr22", position, ref, alt, [call])


def test_every_wrong_reference_base_is_told(tmp_path: Path) -> None:
    found = faults(
        tmp_path, het(10, "A", "G"), het(12, "C", "G"), het(15, "A", "G"), het(20, "TT", "T")
    )
    assert [(fault.rule, fault.line) for fault in found] == [
        ("vcf.ref_mismatch", FIRST + 1),
        ("vcf.ref_mismatch", FIRST + 3),
    ]


def test_wrong_reference_base_is_found_under_another_contig_name(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, Record("22", 12, "C", "G", ["0/1:9,9:18:99"]))
    assert (fault.rule, fault.line) == ("vcf.ref_mismatch", FIRST)


def test_one_allele_with_two_genotypes_is_refused_with_both_lines(tmp_path: Path) -> None:
    found = faults(tmp_path, het(53, "AA", "A"), het(56, "AA", "A", "1/1:0,9:9:99"))
    assert [(fault.rule, fault.line) for fault in found] == [
        ("vcf.duplicate_conflict", FIRST),
        ("vcf.duplicate_conflict", FIRST + 1),
    ]


def test_called_beside_missing_is_a_conflict(tmp_path: Path) -> None:
    found = faults(tmp_path, het(53, "AA", "A"), het(53, "AA", "A", "./.:.:.:."))
    assert {fault.rule for fault in found} == {"vcf.duplicate_conflict"}


def test_one_alternative_written_twice_in_a_record_is_refused(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, het(10, "A", "G,G", "1/2:0,9,9:18:99"))
    assert (fault.rule, fault.line) == ("vcf.alt_twice", FIRST)


def test_allele_number_without_an_allele_is_refused(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, het(8, "T", "G"), het(10, "A", "G", "0/2:9,9:18:99"))
    assert (fault.rule, fault.line) == ("vcf.gt_index", FIRST + 1)


def test_values_that_do_not_match_the_alleles_are_refused(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, het(10, "A", "G,T", "1/2:5,6:18:99"))
    assert (fault.rule, fault.line) == ("vcf.format_value", FIRST)


def test_record_that_htslib_cannot_read_is_refused(tmp_path: Path) -> None:
    found = faults(tmp_path, het(8, "T", "G"), het(10, "A", "G", "0/1:9,x:18:99"))
    assert {(fault.rule, fault.line) for fault in found} == {("vcf.malformed", FIRST + 1)}


def test_chromosome_under_two_names_is_refused(tmp_path: Path) -> None:
    other = Record("22", 10, "A", "G", ["0/1:9,9:18:99"])
    (fault,) = faults(tmp_path, het(10, "A", "G"), other)
    assert fault.rule == "vcf.contig_mixed"


def test_chromosome_that_the_reference_lacks_is_refused(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, Record("chr7", 10, "A", "G", ["0/1:9,9:18:99"]))
    assert fault.rule == "vcf.contig_unknown"


def test_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, het(10, "A", "G"), columns={"kid": 3})
    assert fault.rule == "vcf.sample_absent"


def test_person_in_two_files_is_refused(tmp_path: Path) -> None:
    fasta = write_fasta(tmp_path / "ref.fa", {"chr22": CHR22})
    path = write_vcf(tmp_path / "a.vcf", ["X"], [het(10, "A", "G")])
    twice = [FamilyVcf(path, {"kid": 0}), FamilyVcf(path, {"kid": 0})]
    with pytest.raises(InputError) as caught:
        normalise(twice, fasta, tmp_path / "alleles.arrow")
    assert [fault.rule for fault in caught.value.faults] == ["vcf.person_twice"]


def test_truncated_file_is_refused(tmp_path: Path) -> None:
    fasta = write_fasta(tmp_path / "ref.fa", {"chr22": CHR22})
    path = write_vcf(tmp_path / "a.vcf.gz", ["X"], [het(10, "A", "G")] * 3)
    path.write_bytes(path.read_bytes()[:-60])
    with pytest.raises(InputError) as caught:
        normalise([FamilyVcf(path, {"kid": 0})], fasta, tmp_path / "alleles.arrow")
    assert [fault.rule for fault in caught.value.faults] in (["vcf.truncated"], ["vcf.unreadable"])


def test_reference_without_index_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bare.fa").write_text(f">chr22\n{CHR22}\n")
    path = write_vcf(tmp_path / "a.vcf", ["X"], [het(10, "A", "G")])
    with pytest.raises(InputError, match="samtools faidx"):
        normalise([FamilyVcf(path, {"kid": 0})], tmp_path / "bare.fa", tmp_path / "alleles.arrow")
    assert not (tmp_path / "bare.fa.fai").exists()


def test_old_result_survives_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fasta = write_fasta(tmp_path / "ref.fa", {"chr22": CHR22})
    path = write_vcf(tmp_path / "a.vcf", ["X"], [het(10, "A", "G")])
    out = tmp_path / "out" / "alleles.arrow"
    normalise([FamilyVcf(path, {"kid": 0})], fasta, out)
    before = out.read_bytes()

    def full(*arguments: object) -> int:
        raise BcftoolsError("norm", 1, "[E::bgzf_write] No space left on device")

    monkeypatch.setattr(module, "write_variants", full)
    with pytest.raises(StageError) as caught:
        normalise([FamilyVcf(path, {"kid": 0})], fasta, out)
    assert out.read_bytes() == before
    assert not isinstance(caught.value, InputError)
    assert [path.name for path in out.parent.iterdir()] == ["alleles.arrow"]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (None, "vcf.not_a_file"),
        (b"", "vcf.unreadable"),
        (b"a,spreadsheet\n", "vcf.unreadable"),
        (b"##fileformat=VCFv4.2\n", "vcf.unreadable"),
    ],
)
def test_what_is_no_vcf_is_refused(tmp_path: Path, content: bytes | None, rule: str) -> None:
    fasta = write_fasta(tmp_path / "ref.fa", {"chr22": CHR22})
    path = tmp_path / "given.vcf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        normalise([FamilyVcf(path, {"kid": 0})], fasta, tmp_path / "alleles.arrow")
    assert [fault.rule for fault in caught.value.faults] == [rule]


def test_malformed_filter_is_refused(tmp_path: Path) -> None:
    record = Record("chr22", 10, "A", "G", ["0/1:9,9:18:99"], filter="Low Qual")
    (fault,) = faults(tmp_path, record)
    assert fault.rule == "vcf.filter"


def test_name_that_bcftools_would_misread_is_refused(tmp_path: Path) -> None:
    fasta = write_fasta(tmp_path / "ref.fa", {"chr22": CHR22})
    path = write_vcf(tmp_path / "a.vcf", [f"{NAME} SPACED"], [het(10, "A", "G")])
    with pytest.raises(InputError) as caught:
        normalise([FamilyVcf(path, {"kid": 0})], fasta, tmp_path / "alleles.arrow")
    assert [fault.rule for fault in caught.value.faults] == ["vcf.sample_name"]
    assert NAME not in str(caught.value)


def test_name_of_a_person_that_is_no_pseudonym_is_our_bug(tmp_path: Path) -> None:
    fasta = write_fasta(tmp_path / "ref.fa", {"chr22": CHR22})
    path = write_vcf(tmp_path / "a.vcf", ["X"], [het(10, "A", "G")])
    with pytest.raises(InternalError):
        normalise([FamilyVcf(path, {"../kid": 0})], fasta, tmp_path / "alleles.arrow")


@pytest.mark.parametrize(
    ("messages", "kind"),
    [
        ("[E::bgzf_flush] No space left on device", StageError),
        ("[E::bgzf_read_block] invalid block", InputError),
        ("[E::vcf_parse_format] bad at chr22:10", InputError),
        ("", StageError),
    ],
)
def test_full_disk_is_not_blamed_on_the_input(
    tmp_path: Path, messages: str, kind: type[Exception]
) -> None:
    path = write_vcf(tmp_path / "a.vcf", ["X"], [het(10, "A", "G")])
    error = explain(BcftoolsError("query", 1, messages), Source(path, {}))
    assert isinstance(error, kind)
