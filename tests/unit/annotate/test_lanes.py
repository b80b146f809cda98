"""The lane for plain records gives what bcftools gives: every row, count and fault."""

from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from builders import FORMAT_LINES, Record, write_fasta, write_vcf
from nasty_vcfs import Drawn
from varinterp.annotate.family_vcf import open_family
from varinterp.annotate.lanes import part
from varinterp.annotate.normalise import FamilyVcf, normalise
from varinterp.errors import InputError, StageError

CHR22 = "CAGATTTTCATATTATGCAGAAAATCTACTTCGCCTGATACGAGTCGGTTCAAAAAAGATCTTCGGATACTGTATAGTCCC"


def outcome(drawn: Drawn, given: list[FamilyVcf], out: Path, *, plain_lane: bool) -> object:
    """Return the counts and bytes of a family's table, or why there is none."""
    try:
        counts = normalise(given, drawn.fasta, out, plain_lane=plain_lane)
    except InputError as error:
        return error.faults
    except StageError:
        return StageError
    return asdict(counts), out.read_bytes()


@pytest.mark.parametrize("seed", range(24))
def test_both_routes_give_the_same_bytes_counts_and_faults(tmp_path: Path, seed: int) -> None:
    drawn = Drawn.of(seed, tmp_path)
    given = drawn.files()
    plain = outcome(drawn, given, tmp_path / "plain.arrow", plain_lane=True)
    assert plain == outcome(drawn, given, tmp_path / "whole.arrow", plain_lane=False)


def plain_and_left(folder: Path, *records: Record, header: tuple[str, ...] = FORMAT_LINES) -> str:
    """Return P for each record that is read as plain, and b for each left for bcftools."""
    fasta = write_fasta(folder / "ref.fa", {"chr22": CHR22})
    path = write_vcf(folder / "given.vcf", ["A"], records, header=header)
    (opened,) = open_family([FamilyVcf(path, {"kid": 0})])
    work = folder / "work"
    work.mkdir()
    found = part(opened, fasta, work, count_blocks=True)
    if not found.rest.numbered:
        return "b" * len(records)
    left = {
        int(line.split("\t")[2])
        for line in found.rest.path.read_text().splitlines()
        if not line.startswith("#")
    }
    assert found.records + found.blocks == len(records) - len(left)
    return "".join("b" if row in left else "P" for row in range(len(records)))


def het(position: int, ref: str, alt: str, call: str = "0/1:9,8:17:99", **cells: str) -> Record:
    return Record("chr22", position, ref, alt, [call], **cells)


def test_what_cannot_move_or_shrink_is_plain(tmp_path: Path) -> None:
    records = (
        het(10, "A", "G"),
        het(10, "A", "ACG"),
        het(10, "AT", "A"),
        het(18, "CAG", "C"),
        het(18, "CAG", "TTC"),
        het(20, "G", "GTA"),
    )
    assert plain_and_left(tmp_path, *records) == "PPPPPP"


def test_what_bcftools_could_change_or_refuse_is_left(tmp_path: Path) -> None:
    records = (
        het(5, "TT", "T"),  # moves
        het(10, "ATA", "ACA"),  # shrinks at its end
        het(10, "AT", "AC"),  # shrinks at its start
        het(10, "A", "G,T", "1/2:0,5,5:10:99"),  # splits
        het(12, "C", "G"),  # another base than the reference
        het(15, "a", "g"),
        het(15, "A", "N"),
        het(15, "A", "*"),
        het(79, "CCCC", "T"),  # beyond the chromosome
    )
    assert plain_and_left(tmp_path, *records) == "b" * 9


@pytest.mark.parametrize(
    ("call", "lane"),
    [
        ("0|1:9,8:17:99", "P"),
        ("./1:9,8:17:99", "P"),
        ("1:0,8:17:.", "P"),
        ("./.", "P"),
        (".:.:.:.", "P"),
        ("0/1:9", "b"),
        ("0/1:9,8:17:99.5", "b"),
        ("0/1:9,8,7:17:99", "b"),
        ("0/1:.,8:17:99", "b"),
        ("0/1:9,8:123456:99", "b"),
        ("0/2:9,8:17:99", "b"),
        ("0/1/1:9,8:17:99", "b"),
        ("|0|1:9,8:17:99", "b"),
        ("0/1:9,8:17:-1", "b"),
        ("0/1:9,8:17:99:3", "b"),
    ],
)
def test_only_plain_cells_are_read_here(tmp_path: Path, call: str, lane: str) -> None:
    assert plain_and_left(tmp_path, het(10, "A", "G", call)) == lane


@pytest.mark.parametrize(
    ("cells", "lane"),
    [
        ({"qual": "."}, "P"),
        ({"qual": "930.27"}, "P"),
        ({"qual": "12345.67"}, "P"),
        ({"qual": "0.1234567"}, "b"),
        ({"qual": "1234567890"}, "b"),
        ({"qual": "1e3"}, "b"),
        ({"qual": "-1"}, "b"),
        ({"filter": "q10;s50"}, "P"),
        ({"filter": "q10;q10"}, "b"),
        ({"filter": "PASS;q10"}, "b"),
        ({"fields": "GT:DP"}, "b"),
    ],
)
def test_only_plain_fixed_columns_are_read_here(
    tmp_path: Path, cells: dict[str, str], lane: str
) -> None:
    assert plain_and_left(tmp_path, het(10, "A", "G", **cells)) == lane


@pytest.mark.parametrize(
    "line",
    [
        '##FORMAT=<ID=AD,Number=G,Type=Integer,Description="x">',
        '##FORMAT=<ID=DP,Number=1,Type=String,Description="x">',
        '##FORMAT=<ID=GQ,Number=.,Type=Integer,Description="x">',
        '##FORMAT=<Number=1,ID=GT,Type=String,Description="x">',
        "",
    ],
)
def test_header_that_defines_a_field_otherwise_sends_all_to_bcftools(
    tmp_path: Path, line: str
) -> None:
    name = line.partition("ID=")[2].partition(",")[0] or "GT"
    others = tuple(each for each in FORMAT_LINES if f"ID={name}," not in each)
    header = (*others, line) if line else others
    assert plain_and_left(tmp_path, het(10, "A", "G"), header=header) == "b"


def test_reference_blocks_of_a_lone_gvcf_are_counted_here(tmp_path: Path) -> None:
    call = ["0/0:20:30:50"]
    records = [
        Record("chr22", 1, "C", "<NON_REF>", call, "GT:MIN_DP:DP:GQ", ".", ".", "END=9"),
        Record("chr22", 10, "A", ".", call, "GT:MIN_DP:DP:GQ", ".", "."),
        Record("chr22", 11, "T", "<*>", ["0/9:20:30:50"], "GT:MIN_DP:DP:GQ", ".", "."),
    ]
    assert plain_and_left(tmp_path, *records) == "PPb"


def test_lines_across_blocks_are_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fasta = write_fasta(tmp_path / "ref.fa", {"chr22": CHR22})
    records = [
        het(position, base, "A" if base != "A" else "C")
        for position, base in enumerate(CHR22[:60], start=1)
    ]
    path = write_vcf(tmp_path / "given.vcf.gz", ["A"], records)
    written = []
    for size in (1 << 20, 100, 7):
        monkeypatch.setattr("varinterp.annotate.text_blocks.BLOCK", size)
        out = tmp_path / f"{size}.arrow"
        assert normalise([FamilyVcf(path, {"kid": 0})], fasta, out).out == len(records)
        written.append(out.read_bytes())
    assert written[0] == written[1] == written[2]


def test_quality_is_what_htslib_makes_of_it(tmp_path: Path) -> None:
    draw = np.random.default_rng(3)
    whole = draw.integers(1, 10 ** draw.integers(1, 8, 400))
    texts = [f"{number}.{draw.integers(0, 100):02d}"[:10] for number in whole]
    ties = ["1234565", "1234575", "100000.5", "12345.25", "99999.95", "9999995", "999999.5"]
    fasta = write_fasta(tmp_path / "ref.fa", {"chr22": "A" * 600})
    records = [
        het(position, "A", "G", qual=text)
        for position, text in enumerate([*texts, *ties, "0.5", "7", "."], start=1)
    ]
    path = write_vcf(tmp_path / "given.vcf", ["A"], records)
    written = []
    for plain_lane in (True, False):
        out = tmp_path / f"{plain_lane}.arrow"
        normalise([FamilyVcf(path, {"kid": 0})], fasta, out, plain_lane=plain_lane)
        written.append(out.read_bytes())
    assert written[0] == written[1]
