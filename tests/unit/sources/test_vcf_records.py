"""Records: each fault is found at its line and column, and what is right passes."""

from pathlib import Path

import pytest

from varinterp.errors import InputError, Severity
from varinterp.sources.vcf import check_vcf
from vcf_builder import (
    CONTIGS,
    FIRST_RECORD,
    GENOME,
    Judge,
    base,
    bgzf,
    other,
    outcome,
    record,
    text_of,
)

GOOD = tuple(record(position) for position in (100, 200, 300))
SNV = (base("chr1", 400), other("chr1", 400))
FAR = "chr7_alt"


@pytest.mark.parametrize(
    ("line", "rule", "column"),
    [
        (record(400, quality="high"), "vcf.qual", "QUAL"),
        (record(400, identifier="rs1;rs1"), "vcf.id", "ID"),
        (record(400, identifier="rs 1"), "vcf.id", "ID"),
        (record(400, filters="PASS;LowQual"), "vcf.filter", "FILTER"),
        (record(400, filters="0"), "vcf.filter", "FILTER"),
        (record(400, info="AC=1;;AF=0.5"), "vcf.info", "INFO"),
        (record(400, info="AC=1;AC=1"), "vcf.info", "INFO"),
        (record(400, info="AC=one"), "vcf.info_value", "INFO"),
        (record(400, info="AC=1,2"), "vcf.info_value", "INFO"),
        (record(400, info="DB=1"), "vcf.info_value", "INFO"),
        (record(400, other("chr1", 400), base("chr1", 400)), "vcf.ref_mismatch", "REF"),
        (record(400, "U"), "vcf.ref", "REF"),
        (record(400, alt="D"), "vcf.alt", "ALT"),
        (record(400, alt=f"{SNV[1]},{SNV[1].lower()}", cells=("0/1",) * 3), "vcf.alt_twice", "ALT"),
        (record(400, alt=SNV[0].lower()), "vcf.alt_is_ref", "ALT"),
        (record(400, alt="<SOMETHING>"), "vcf.alt_type", "ALT"),
        (record(400, alt="<DEL>"), "vcf.sv_end", "INFO"),
        (record(400, alt="<DEL>", info="END=399"), "vcf.sv_end", "INFO"),
        (record(400, alt="<DEL>", info="END=3001"), "vcf.sv_end", "INFO"),
        (record(3001, "A", "C"), "vcf.pos_range", "POS"),
        (record(3000, base("chr1", 3000) + "A", "C"), "vcf.pos_range", "POS"),
        (record(400).replace("400", "4e2", 1), "vcf.pos", "POS"),
        (record(400).replace("chr1", "chr23", 1), "vcf.contig_unknown", "CHROM"),
        (record(400, layout="GT:AD:AD"), "vcf.format", "FORMAT"),
        (record(400, layout="AD:GT:DP:GQ"), "vcf.format_gt", "FORMAT"),
        (record(400, layout="DP", cells=("1", "2", "3")), "vcf.format_gt", "FORMAT"),
    ],
)
def test_a_bad_record_is_refused_at_its_place(
    judge: Judge, line: str, rule: str, column: str
) -> None:
    summary, faults = judge(*GOOD, line)
    assert summary is None
    assert [(fault.rule, fault.line, fault.column) for fault in faults] == [
        (rule, FIRST_RECORD + 3, column)
    ]


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("0/2:10,12:22:99", "vcf.gt_index"),
        ("0/1/1:10,12:22:99", "vcf.gt_ploidy"),
        ("het:10,12:22:99", "vcf.gt"),
        (":10,12:22:99", "vcf.gt"),
        ("0/1:10:22:99", "vcf.format_value"),
        ("0/1:10,12,3:22:99", "vcf.format_value"),
        ("0/1:10,x:22:99", "vcf.format_value"),
        ("0/1:10,12:22.5:99", "vcf.format_value"),
        ("0/1:10,12:-1:99", "vcf.format_value"),
        ("0/1:10,12:2147483648:99", "vcf.format_value"),
        ("0/1:10,12::99", "vcf.format_value"),
        ("0/1:10,12:22:99:1", "vcf.cell_long"),
    ],
)
def test_a_bad_cell_is_refused_at_its_column(judge: Judge, cell: str, rule: str) -> None:
    line = record(400, cells=("0/0:20,0:20:60", cell, "./.:.:.:."))
    summary, faults = judge(*GOOD, line)
    assert summary is None
    assert [(fault.rule, fault.line, fault.column) for fault in faults] == [
        (rule, FIRST_RECORD + 3, "column 11")
    ]


@pytest.mark.parametrize(
    "cell",
    ["0/1", "0|1:10,12", "./.:.:.:.", ".", "1:0,9:9:40", "0/1:.:22:99", "0/1:10,.:22:.", "/0|1"],
)
def test_legal_cells_pass(judge: Judge, cell: str) -> None:
    summary, faults = judge(record(400, cells=(cell, cell, cell)))
    assert summary is not None
    assert faults == ()


@pytest.mark.parametrize(
    ("call", "likelihoods", "fits"),
    [
        ("0/1", "1,2,3", True),
        ("0/1", "1,2", False),
        ("1", "1,2", True),
        ("1", "1,2,3", False),
        (".", "1,2", True),
        (".", "1,2,3", True),
    ],
)
def test_pl_has_as_many_values_as_genotypes_at_that_ploidy(
    judge: Judge, call: str, likelihoods: str, fits: bool
) -> None:
    cell = f"{call}:{likelihoods}"
    summary, _ = judge(record(400, layout="GT:PL", cells=(cell, cell, cell)))
    assert (summary is not None) is fits


def test_alleles_that_are_not_interpreted_are_counted(judge: Judge) -> None:
    first = base("chr1", 400)
    summary, faults = judge(
        record(300, alt="*"),
        record(
            400, alt=f"{other('chr1', 400)},<NON_REF>", cells=("0/1", "0/2", "0/0"), layout="GT"
        ),
        record(410, alt="<NON_REF>", info="END=450", cells=("0/0", "0/0", "0/0"), layout="GT"),
        record(460, alt="<DEL>", info="END=480"),
        record(490, first and base("chr1", 490), f"{base('chr1', 490)}]chr2:100]"),
        record(600, GENOME["chr1"][599:602], GENOME["chr1"][599]),
        record(700, alt=base("chr1", 700) + "TTT"),
    )
    assert faults == ()
    assert summary is not None
    assert dict(summary.alleles) == {
        "star": 1, "snv": 1, "non_ref": 2, "symbolic": 1, "breakend": 1, "deletion": 1,
        "insertion": 1,
    }  # fmt: skip
    assert summary.gvcf_blocks == 1
    assert summary.records == 7


def test_copy_numbers_without_genotypes_are_bearable_for_structural_variants(judge: Judge) -> None:
    header = text_of().split("\n##contig")[0].split("\n")
    header.append('##FORMAT=<ID=CN,Number=1,Type=Integer,Description="Copies">')
    line = record(400, alt="<CNV>", info="END=500", layout="CN", cells=("1", "2", "2"))
    assert judge(line, header=header)[1] == ()


def test_more_than_two_alleles_are_heteroplasmy_on_mtdna(judge: Judge) -> None:
    alts = ",".join(sorted(set("ACGT") - {base("chrM", 90)})[:2])
    line = record(90, alt=alts, contig="chrM", layout="GT", cells=("0/1/2", "0", "0"))
    summary, faults = judge(line)
    assert summary is not None
    assert [(fault.rule, fault.severity) for fault in faults] == [
        ("vcf.gt_heteroplasmy", Severity.WARN)
    ]


def test_half_calls_are_warned_of(judge: Judge) -> None:
    summary, faults = judge(record(400, cells=("./1:3,4:7:9", "0/0", "0/0")))
    assert summary is not None
    assert [fault.rule for fault in faults] == ["vcf.gt_half"]


def test_alternate_contigs_are_set_aside_and_counted(judge: Judge) -> None:
    contigs = (*CONTIGS, f"##contig=<ID={FAR},length=1000>")
    aside = record(400).replace("chr1", FAR, 1)
    summary, faults = judge(*GOOD, aside, aside.replace("400", "500"), contigs=contigs)
    assert summary is not None
    assert summary.aside == ((FAR, 2),)
    assert summary.contigs == (("chr1", 3),)
    assert [fault.rule for fault in faults] == ["vcf.contig_aside"]


def test_a_chromosome_under_another_name_is_not_set_aside(judge: Judge) -> None:
    contigs = (*CONTIGS, "##contig=<ID=23,length=156040895>")
    summary, faults = judge(record(400).replace("chr1", "23", 1), contigs=contigs)
    assert summary is None
    assert [fault.rule for fault in faults] == ["vcf.contig_unknown"]


def test_mixed_chromosome_names_are_refused(judge: Judge) -> None:
    summary, faults = judge(*GOOD, record(100, contig="chr2").replace("chr2", "2", 1))
    assert summary is None
    assert [fault.rule for fault in faults] == ["vcf.contig_mixed"]


@pytest.mark.parametrize(
    ("positions", "rule"), [((100, 300, 200), "vcf.unsorted"), ((100, 200, 300), None)]
)
def test_order_within_a_contig(judge: Judge, positions: tuple[int, ...], rule: str | None) -> None:
    _, faults = judge(*(record(position) for position in positions))
    assert [fault.rule for fault in faults] == ([rule] if rule else [])


def test_one_allele_in_two_rows_is_warned_of_when_genotypes_agree(judge: Judge) -> None:
    again = record(200, quality="13", cells=("1|0:9,9:18:99", "0/0:20,0:20:60", "0/1:9,11:20:99"))
    phased = record(200, cells=("0/1:10,12:22:99", "0/0:20,0:20:60", "0/1:9,11:20:99"))
    assert [fault.rule for fault in judge(again, phased)[1]] == ["vcf.duplicate"]
    summary, faults = judge(again, record(200, cells=("1/1", "0/0", "0/1")))
    assert summary is None
    assert [(fault.rule, fault.line) for fault in faults] == [
        ("vcf.duplicate_conflict", FIRST_RECORD + 1)
    ]


def test_one_deletion_spelled_twice_is_warned_of(judge: Judge) -> None:
    anchor = base("chr1", 499)
    summary, faults = judge(record(499, anchor + "A", anchor), record(510, "AA", "A"))
    assert summary is not None
    assert [fault.rule for fault in faults] == ["vcf.duplicate_shifted"]


def test_two_deletions_in_different_runs_are_two(judge: Judge) -> None:
    anchor = base("chr1", 499)
    last = next(at for at in range(540, 600) if base("chr1", at) != base("chr1", at + 1))
    pair = GENOME["chr1"][last - 1 : last + 1]
    assert judge(record(499, anchor + "A", anchor), record(last, pair, pair[0]))[1] == ()


def test_only_wanted_samples_are_read(tmp_path: Path, genome: Path) -> None:
    path = tmp_path / "shared.vcf"
    path.write_text(text_of(record(400, cells=("0/1", "nonsense", "0/1"), layout="GT")))
    assert outcome(path, genome)[0] is None
    summary, _ = outcome(path, genome, ["MUM", "KID"])
    assert summary is not None
    assert summary.wanted == (0, 2)


def test_an_absent_sample_is_refused(tmp_path: Path, genome: Path) -> None:
    path = tmp_path / "other.vcf"
    path.write_text(text_of(*GOOD))
    summary, faults = outcome(path, genome, ["KID", "GHOST"])
    assert summary is None
    assert [fault.rule for fault in faults] == ["vcf.sample_absent"]
    assert "GHOST" not in str(faults[0])


def test_a_thousand_equal_faults_are_counted_not_listed(judge: Judge) -> None:
    _, faults = judge(*(record(position, quality="high") for position in range(100, 1100)))
    assert len(faults) == 20
    assert "(and 980 more like it)" in faults[-1].found


@pytest.mark.parametrize("block", [37, 200, 1000, 10**6])
def test_the_answer_does_not_depend_on_where_blocks_end(
    tmp_path: Path, genome: Path, block: int
) -> None:
    anchor = base("chr1", 499)
    lines = [
        record(100), record(200), record(200), record(300, quality="inf"),
        record(499, anchor + "A", anchor), record(505, "AA", "A"), record(700, filters="odd"),
        record(50, contig="chr2"), record(60, contig="chr2"), record(70, contig="chrX"),
    ]  # fmt: skip
    path = tmp_path / "blocks.vcf.gz"
    path.write_bytes(bgzf(text_of(*lines).encode(), block))
    summary = check_vcf(path, genome, block_bytes=block)
    assert [(fault.rule, fault.line) for fault in summary.warnings] == [
        ("vcf.duplicate", FIRST_RECORD + 2),
        ("vcf.qual_odd", FIRST_RECORD + 3),
        ("vcf.duplicate_shifted", FIRST_RECORD + 5),
        ("vcf.filter_undeclared", FIRST_RECORD + 6),
    ]
    assert summary.records == 10
    assert summary.contigs == (("chr1", 7), ("chr2", 2), ("chrX", 1))


def test_faults_over_block_ends_keep_their_lines(tmp_path: Path, genome: Path) -> None:
    lines = [record(100), record(90), "", record(200, quality="x"), "#late", record(50)]
    path = tmp_path / "bad.vcf.gz"
    path.write_bytes(bgzf(text_of(*lines).encode(), 50))
    with pytest.raises(InputError) as caught:
        check_vcf(path, genome, block_bytes=50)
    assert [(fault.rule, (fault.line or 0) - FIRST_RECORD) for fault in caught.value.faults] == [
        ("vcf.unsorted", 1),
        ("vcf.blank_line", 2),
        ("vcf.qual", 3),
        ("vcf.header_in_body", 4),
        ("vcf.unsorted", 5),
    ]


def test_one_deletion_spelled_twice_with_two_genotypes_is_refused(judge: Judge) -> None:
    anchor = base("chr1", 499)
    calls = ("1/1:0,12:12:99", "0/0:20,0:20:60", "0/1:9,11:20:99")
    summary, faults = judge(record(499, anchor + "A", anchor), record(510, "AA", "A", cells=calls))
    assert summary is None
    assert [(fault.rule, fault.line) for fault in faults] == [
        ("vcf.duplicate_conflict", FIRST_RECORD + 1)
    ]


def test_rows_that_differ_in_who_was_not_called_are_no_conflict(judge: Judge) -> None:
    calls = ("./.", "0/0", "0/0")
    summary, faults = judge(
        record(400, layout="GT", cells=calls), record(400, layout="GT", cells=("0/0",) * 3)
    )
    assert summary is not None
    assert [fault.rule for fault in faults] == ["vcf.duplicate"]
