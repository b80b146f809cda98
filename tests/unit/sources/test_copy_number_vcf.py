"""Called copy numbers as callers write them: what is read, set aside, refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from varinterp.errors import InputError
from varinterp.model.family import Sex
from varinterp.sources.copy_number_vcf import CopyNumberVcf, read_copy_number_vcf

META = (
    "##fileformat=VCFv4.2",
    '##ALT=<ID=DEL,Description="x">',
    '##ALT=<ID=DUP,Description="x">',
    '##ALT=<ID=CNV,Description="x">',
    '##INFO=<ID=END,Number=1,Type=Integer,Description="x">',
    '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="x">',
    '##INFO=<ID=SVLEN,Number=A,Type=Integer,Description="x">',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">',
    '##FORMAT=<ID=CN,Number=1,Type=Integer,Description="x">',
    "##contig=<ID=chr22,length=50818468>",
    "##contig=<ID=chrX,length=156040895>",
    "##contig=<ID=chrY,length=57227415>",
    "##contig=<ID=chrM,length=16569>",
    "##contig=<ID=chrUn_KI270302v1,length=2274>",
)
TRIO = {"KID": Sex.FEMALE, "DAD": Sex.MALE, "MUM": Sex.FEMALE}
Read = Callable[..., CopyNumberVcf]


def record(
    alt: str = "<DEL>",
    info: str = "SVTYPE=DEL;END=2000",
    layout: str = "GT",
    *calls: str,
    **cells: str,
) -> str:
    """A record at chr22:1000, which is the base before a symbolic event."""
    values = {"CHROM": "chr22", "POS": "1000", "REF": "N", "FILTER": "PASS"} | cells
    samples = "\t".join(calls or ("0/1", "0/0", "0/0"))
    return (
        f"{values['CHROM']}\t{values['POS']}\t.\t{values['REF']}\t{alt}\t.\t{values['FILTER']}\t"
        f"{info}\t{layout}\t{samples}"
    )


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read records in a file with this header."""

    def run(
        *records: str, meta: tuple[str, ...] = META, wanted: dict[str, Sex] | None = None
    ) -> CopyNumberVcf:
        names = "\t".join(("KID", "DAD", "MUM"))
        columns = f"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{names}"
        path = tmp_path / "cnv.vcf"
        path.write_text("\n".join([*meta, columns, *records]) + "\n")
        return read_copy_number_vcf(path, wanted or TRIO)

    return run


def places(found: CopyNumberVcf) -> list[tuple[str, int, int, str]]:
    return list(
        dict.fromkeys(found.calls.select("chromosome", "start", "end", "change").iter_rows())
    )


def calls(found: CopyNumberVcf, change: str = "DEL") -> list[tuple[bool | None, int | None]]:
    rows = found.calls.filter(found.calls["change"] == change)
    return list(rows.select("carries", "copies").iter_rows())


@pytest.mark.parametrize(
    ("caller", "text", "place", "called"),
    [
        (
            "Manta: symbolic, END, POS is the base before",
            record("<DEL>", "END=2000;SVTYPE=DEL;SVLEN=-1000;CIPOS=-5,5", "GT:FT:GQ",
                   "0/1:PASS:99", "0/0:PASS:99", "./.:MinGQ:0"),
            ("22", 1001, 2000, "DEL"),
            [(True, 1), (False, 2), (None, None)],
        ),
        (
            "DRAGEN: GT ./1 of a gain, and CN",
            record("<DUP>", "SVLEN=1000;SVTYPE=CNV;END=2000;REFLEN=1000", "GT:SM:CN:BC",
                   "./1:1.49:3:10", "./.:1.0:2:10", "1/1:2.0:4:9"),
            ("22", 1001, 2000, "DUP"),
            [(True, 3), (False, 2), (True, 4)],
        ),
        (
            "CNVkit: SVLEN, fold change, GT:GQ",
            record("<DEL>", "IMPRECISE;SVTYPE=DEL;END=2000;SVLEN=-1000;FOLD_CHANGE=0.5", "GT:GQ",
                   "0/1:20", "1/1:20", "0/0:20"),
            ("22", 1001, 2000, "DEL"),
            [(True, 1), (True, 0), (False, 2)],
        ),
        (
            "Sniffles: the bases themselves",
            record("A", "SVTYPE=DEL;END=1100", "GT:DR:DV", "0|1:9:9", "0|0:9:0", "1|1:0:9",
                   REF="A" + "CGTA" * 25),
            ("22", 1001, 1100, "DEL"),
            [(True, 1), (False, 2), (True, 0)],
        ),
        (
            "no END: SVLEN, without a sign too",
            record("<DEL>", "SVTYPE=DEL;SVLEN=1000"),
            ("22", 1001, 2000, "DEL"),
            [(True, 1), (False, 2), (False, 2)],
        ),
        (
            "a subtype",
            record("<DUP:TANDEM>", "SVTYPE=DUP;END=2000"),
            ("22", 1001, 2000, "DUP"),
            [(True, None), (False, None), (False, None)],
        ),
        (
            "1000 Genomes: copies of a haplotype",
            record("<CN0>", "SVTYPE=CNV;END=2000", "GT", "0|1", "1|1", "0|0"),
            ("22", 1001, 2000, "DEL"),
            [(True, 1), (True, 0), (False, 2)],
        ),
        (
            "CN alone",
            record("<DEL>", "SVTYPE=DEL;END=2000", "CN", "1", "2", "."),
            ("22", 1001, 2000, "DEL"),
            [(True, 1), (False, 2), (None, None)],
        ),
    ],
)  # fmt: skip
def test_a_callers_record(
    read: Read,
    caller: str,
    text: str,
    place: tuple[str, int, int, str],
    called: list[tuple[bool | None, int | None]],
) -> None:
    found = read(text)
    assert places(found) == [place]
    assert calls(found, place[3]) == called
    assert found.records == 1
    assert found.calls["line"].unique().to_list() == [len(META) + 2]


def test_gatk_lists_loss_and_gain_and_counts_by_number(read: Read) -> None:
    found = read(record("<DEL>,<DUP>", "END=2000", "GT:CN", "1:1", "2:3", "0:2"))
    assert calls(found, "DEL") == [(True, 1), (False, 3), (False, 2)]
    assert calls(found, "DUP") == [(False, 1), (True, 3), (False, 2)]


def test_lengths_are_one_an_alternative(read: Read) -> None:
    found = read(record("<DEL>,<DUP>", "SVLEN=-1000,500", "GT", "1/2", "0/0", "0/0"))
    assert places(found) == [("22", 1001, 1500, "DUP"), ("22", 1001, 2000, "DEL")]


def test_a_counted_stretch_is_a_loss_or_a_gain_by_its_count(read: Read) -> None:
    found = read(record("<CNV>", "SVTYPE=CNV;END=2000", "GT:CN", "./.:1", "./.:3", "./.:2"))
    assert calls(found, "DEL") == [(True, 1), (False, 3), (False, 2)]
    assert calls(found, "DUP") == [(False, 1), (True, 3), (False, 2)]


def test_a_counted_stretch_without_a_count_is_not_called(read: Read) -> None:
    found = read(record("<CNV>", "SVTYPE=CNV;END=2000", "GT", "0/1", "0/0", "0/0"))
    assert {row[0] for row in calls(found)} == {None}


@pytest.mark.parametrize(
    ("contig", "pos", "end", "expected"),
    [
        # KID is a woman, DAD a man; one count, three expectations.
        ("chrX", "5000000", 5100000, [(True, 1), (False, 1), (True, 1)]),
        ("chrX", "20000", 90000, [(True, 1), (True, 1), (True, 1)]),
        ("chrY", "7000000", 7100000, [(False, 1), (False, 1), (False, 1)]),
    ],
)
def test_the_copies_that_a_person_should_have_follow_sex_and_place(
    read: Read, contig: str, pos: str, end: int, expected: list[tuple[bool, int]]
) -> None:
    text = record("<CNV>", f"SVTYPE=CNV;END={end}", "CN", "1", "1", "1", CHROM=contig, POS=pos)
    assert calls(read(text)) == expected


def test_a_count_on_x_says_nothing_of_somebody_of_unknown_sex(read: Read) -> None:
    text = record("<CNV>", "SVTYPE=CNV;END=5100000", "CN", "1", "1", "1", CHROM="chrX",
                  POS="5000000")  # fmt: skip
    unknown = read(text, wanted=dict.fromkeys(TRIO, Sex.UNKNOWN))
    assert {row[0] for row in calls(unknown)} == {None}


def test_a_man_who_lost_his_x_has_none_left(read: Read) -> None:
    text = record("<DEL>", "END=5100000", "GT", "0/1", "1", "0/0", CHROM="chrX", POS="5000000")
    assert calls(read(text)) == [(True, 1), (True, 0), (False, 2)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (record("<INV>", "SVTYPE=INV;END=2000"), "INV"),
        (record("<INS>", "SVTYPE=INS;END=1000;SVLEN=600"), "INS"),
        (record("<INS:ME:ALU>", "SVTYPE=INS;END=1000"), "INS"),
        (record("N]chr22:9000]", "SVTYPE=BND"), "BND"),
        (record("[chr22:9000[N", "SVTYPE=BND"), "BND"),
        (record("<CPX>", "SVTYPE=CPX;END=2000"), "CPX"),
        (record("<STRANGE>", "END=2000"), "other_type"),
        (record("A" + "CGTA" * 25, "SVTYPE=INS", REF="A"), "INS"),
        (record("A", "SVTYPE=DEL", REF="ACGTA"), "small"),
        (record("<DEL>", "SVTYPE=DEL;END=1049"), "small"),
        (record(".", "END=2000"), "reference"),
        (record("<NON_REF>", "END=2000"), "reference"),
        (record("<CN1>", "END=2000"), "reference"),
        (record(FILTER="cnvQual"), "filtered"),
        (record(CHROM="chrM"), "mitochondrial"),
        (record(CHROM="chrUn_KI270302v1"), "other_contig"),
    ],
)
def test_what_is_no_assessable_loss_or_gain_is_counted_by_reason(
    read: Read, text: str, reason: str
) -> None:
    found = read(text)
    assert found.set_aside == {reason: 1}
    assert found.calls.is_empty()


def test_fifty_bases_are_enough_and_a_dot_is_no_filter(read: Read) -> None:
    found = read(record("<DEL>", "SVTYPE=DEL;END=1050", FILTER="."))
    assert places(found) == [("22", 1001, 1050, "DEL")]


def test_calls_come_in_genome_order_and_as_the_samples_were_asked_for(read: Read) -> None:
    found = read(
        record("<DEL>", "END=9000", "GT", "0/1", "0/0", "1/1", POS="8000"),
        record("<DEL>", "END=2000", "GT", "0/1", "0/0", "1/1"),
        wanted={"MUM": Sex.FEMALE, "KID": Sex.FEMALE},
    )
    assert found.calls.select("start", "sample", "copies").rows() == [
        (1001, 0, 0), (1001, 1, 1), (8001, 0, 0), (8001, 1, 1),
    ]  # fmt: skip


def faults(read: Read, *records: str, **more: Any) -> list[tuple[str, int | None]]:
    with pytest.raises(InputError) as caught:
        read(*records, **more)
    for fault in caught.value.faults:
        assert fault.expected
        assert fault.advice
        assert "KID" not in str(fault)
    return [(fault.rule, fault.line) for fault in caught.value.faults]


FIRST = len(META) + 2


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (record("<DEL>", "SVTYPE=DEL"), "vcf.sv_end"),
        (record("<DEL>", "SVTYPE=DEL;END=1000"), "vcf.sv_end"),
        (record("<DEL>", "SVTYPE=DEL;END=50818469"), "vcf.pos_range"),
        (record(POS="x"), "vcf.pos"),
        ("chr22\t1000", "vcf.column_count"),
    ],
)
def test_a_record_that_cannot_be_placed_refuses_the_file(read: Read, text: str, rule: str) -> None:
    assert faults(read, record(), text) == [(rule, FIRST + 1)]


def test_every_fault_is_told_at_once(read: Read) -> None:
    found = faults(read, record(POS="x"), record("<DEL>", "."), record("<DUP>", "END=60000000"))
    assert found == [
        ("vcf.pos", FIRST), ("vcf.sv_end", FIRST + 1), ("vcf.pos_range", FIRST + 2),
    ]  # fmt: skip


def with_contig(line: str) -> tuple[str, ...]:
    return (*(each for each in META if not each.startswith("##contig")), line)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("##contig=<ID=chr22,length=51304566>", "vcf.build_grch37"),
        ("##contig=<ID=chr22,length=1>", "vcf.contig_length"),
        ("##reference=file:///refs/hg19.fa", "vcf.build_grch37"),
        ("##source=caller", "copy_number.build_unknown"),
        ("##contig=<ID=chr22>", "copy_number.build_unknown"),
    ],
)
def test_another_build_and_an_unproved_one_are_refused(read: Read, line: str, rule: str) -> None:
    assert [each for each, _ in faults(read, record(), meta=with_contig(line))] == [rule]


@pytest.mark.parametrize("name", ["GRCh38.fa", "hg38.p14.fa", "GCA_000001405.15.fna"])
def test_a_reference_that_names_the_build_is_enough(read: Read, name: str) -> None:
    assert read(record(), meta=with_contig(f"##reference=file:///refs/{name}")).records == 1


def test_a_sample_that_the_file_lacks_is_a_fault(read: Read) -> None:
    found = faults(read, record(), wanted={"NOBODY": Sex.MALE, "KID": Sex.MALE})
    assert found == [("vcf.sample_absent", FIRST - 1)]


def test_sites_without_calls_are_refused(read: Read) -> None:
    meta = tuple(line for line in META if "FORMAT" not in line)
    assert faults(read, record(), meta=meta) == [("copy_number.no_samples", len(meta) + 1)]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_copy_number_vcf(tmp_path / "none.vcf", TRIO)
    assert [fault.rule for fault in caught.value.faults] == ["vcf.not_a_file"]


def test_a_file_without_records_has_no_calls(read: Read) -> None:
    found = read()
    assert (found.records, found.calls.height, dict(found.set_aside)) == (0, 0, {})
