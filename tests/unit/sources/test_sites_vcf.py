"""Reading a sites VCF by columns: equal to a plain reading of its lines, whatever the blocks."""

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl
import pysam
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varinterp.errors import ReleaseError
from varinterp.sources import text_blocks
from varinterp.sources.sites_vcf import read_sites

HEADER = "##fileformat=VCFv4.2\n##source=test\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
TEXT = {"CLNSIG": pl.String, "CLNSIGCONF": pl.String}


def write(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "sites.vcf"
    path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def rows(path: Path, info: Any = None, per_alt: Iterable[str] = ()) -> list[dict[str, Any]]:
    sites = read_sites(path, TEXT if info is None else info, per_alt=frozenset(per_alt))
    return [row for block in sites for row in block.iter_rows(named=True)]


def test_names_places_and_lines_are_those_of_the_file(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "chr1\t5\trs1;rs2\tA\tC\t.\tPASS\tCLNSIG=Benign",
        "NC_000022.11\t7\t.\tG\tGT\t50\tAC0;RF\tX=1;CLNSIGCONF=a|b;CLNSIG=Pathogenic/x",
        "chrM\t9\t12\tT\tC\t.\t.\t.",
    )
    first, second, third = rows(path)
    assert first == {
        "chromosome": "1", "position": 5, "id": "rs1;rs2", "ref": "A", "alt": "C",
        "filter": "PASS", "line": 4, "CLNSIG": "Benign", "CLNSIGCONF": None,
    }  # fmt: skip
    assert (second["chromosome"], second["id"], second["filter"]) == ("22", None, "AC0;RF")
    assert (second["CLNSIG"], second["CLNSIGCONF"]) == ("Pathogenic/x", "a|b")
    assert (third["chromosome"], third["filter"], third["CLNSIG"]) == ("MT", None, None)


def test_other_contigs_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path, "NW_009646201.1\t5\t.\tA\tC\t.\t.\t.", "1\t5\t.\tA\tC\t.\t.\t.")
    sites = read_sites(path, {})
    assert sum(block.height for block in sites) == 1
    assert dict(sites.set_aside) == {"other_contig": 1}


def test_rows_of_several_alts_get_their_part_of_each_field(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "1\t5\t.\tA\tC\t.\t.\tAC=1;AN=9",
        "1\t6\t.\tA\tG,T,GT\t.\t.\tAC=2,.,4;AN=9",
        "1\t7\t.\tA\tG,T\t.\t.\tAN=9",
    )
    found = rows(path, {"AC": pl.Int32, "AN": pl.Int32}, ["AC"])
    assert [(row["position"], row["alt"], row["AC"], row["AN"]) for row in found] == [
        (5, "C", 1, 9), (6, "G", 2, 9), (6, "T", None, 9), (6, "GT", 4, 9),
        (7, "G", None, 9), (7, "T", None, 9),
    ]  # fmt: skip


def test_fields_are_found_by_whole_names_and_flags_by_presence(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "1\t5\t.\tA\tC\t.\t.\tAF_grpmax_joint_XX=0.5;AF_grpmax_joint=0.1;lcr",
        "1\t6\t.\tA\tC\t.\t.\tlcrx;AF_grpmax=2e-05;AF_grpmax_joint=.",
        "1\t7\t.\tA\tC\t.\t.\tnon_lcr;X=lcr",
    )
    info = {"AF_grpmax_joint": pl.Float64, "AF_grpmax": pl.Float64, "lcr": pl.Boolean}
    found = [(r["AF_grpmax_joint"], r["AF_grpmax"], r["lcr"]) for r in rows(path, info)]
    assert found == [(0.1, None, True), (None, 2e-05, False), (None, None, False)]


def test_text_is_percent_decoded(tmp_path: Path) -> None:
    path = write(tmp_path, "1\t5\t.\tA\tC\t.\t.\tCLNSIG=a%2C_b%3B%25;CLNSIGCONF=é")
    (row,) = rows(path)
    assert (row["CLNSIG"], row["CLNSIGCONF"]) == ("a,_b;%", "é")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("1\tx\t.\tA\tC\t.\t.\t.", r"sites\.vcf:5: POS 'x'"),
        ("1\t99999999999\t.\tA\tC\t.\t.\t.", "5: POS"),
        ("1\t5\t.\tA\tC\t.\t.", "5: fewer than 8 columns"),
        ("", "5: fewer than 8 columns"),
        ("1 5 . A C . . .", "5: fewer than 8 columns"),
        ("1\t5\t.\t\tC\t.\t.\t.", "5: REF or ALT is empty"),
        ("1\t5\t.\tA\tC\t.\t.\tAC=many", "5: AC 'many' is not Int32"),
        ("1\t5\t.\tA\tC\t.\t.\tAC=1;AC=2", "5: INFO has AC twice"),
        ("1\t5\t.\tA\tC,G\t.\t.\tAC=1", "5: AC does not have one value an ALT"),
    ],
)
def test_what_is_not_vcf_is_refused_with_its_line(tmp_path: Path, line: str, problem: str) -> None:
    path = write(tmp_path, "1\t4\t.\tA\tC\t.\t.\tAC=1", line)
    with pytest.raises(ReleaseError, match=problem):
        rows(path, {"AC": pl.Int32}, ["AC"])


@pytest.mark.parametrize(
    ("header", "problem"),
    [("", "1: no ##fileformat"), ("##fileformat=VCFv4.1\n", "1: no line of column names")],
)
def test_file_without_a_header_is_refused(tmp_path: Path, header: str, problem: str) -> None:
    for lines in ([], ["1\t5\t.\tA\tC\t.\t.\t."]):
        with pytest.raises(ReleaseError, match=problem):
            rows(write(tmp_path, *lines, header=header))


def test_header_alone_has_no_rows(tmp_path: Path) -> None:
    assert rows(write(tmp_path)) == []


def test_compressed_and_windows_text_read_alike(tmp_path: Path) -> None:
    path = write(tmp_path, *(f"1\t{n}\t.\tA\tC\t.\t.\tCLNSIG=w{n}" for n in range(1, 400)))
    expected = rows(path)
    zipped, blocked, windows = (tmp_path / name for name in ("a.vcf.gz", "b.vcf.gz", "c.vcf"))
    zipped.write_bytes(gzip.compress(path.read_bytes()))
    pysam.tabix_compress(str(path), str(blocked))
    windows.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert rows(zipped) == rows(blocked) == rows(windows) == expected


def test_cut_files_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, *(f"1\t{n}\t.\tA\tC\t.\t.\tCLNSIG=w{n}" for n in range(1, 40_000)))
    pysam.tabix_compress(str(path), str(tmp_path / "b.vcf.gz"))
    whole = (tmp_path / "b.vcf.gz").read_bytes()
    for cut in (whole[:-28], whole[: len(whole) // 2]):
        (tmp_path / "b.vcf.gz").write_bytes(cut)
        with pytest.raises(ReleaseError, match="cut off"):
            rows(tmp_path / "b.vcf.gz")
    zipped = gzip.compress(path.read_bytes())
    middle = len(zipped) // 2
    for damaged in (zipped[:-9], zipped[:middle] + b"\xff" * 64 + zipped[middle + 64 :]):
        (tmp_path / "a.vcf.gz").write_bytes(damaged)
        with pytest.raises(ReleaseError, match=r"cannot be read|not UTF-8|columns"):
            rows(tmp_path / "a.vcf.gz")


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "1\t5\t.\tA\tC\t.\t.\t.", "1\t6\t.\tA\tC\t.\t.\tX=é")
    path.write_bytes(path.read_bytes().replace("é".encode(), b"\xe9"))
    with pytest.raises(ReleaseError, match="5: not UTF-8"):
        rows(path)


_VALUE = st.text("abXY_|/,.%09é", max_size=30)
_LINE = st.tuples(
    st.sampled_from(["1", "chrX", "MT", "HLA"]),
    st.integers(1, 2**31 - 1),
    st.text("ACGT", min_size=1, max_size=40),
    st.dictionaries(st.sampled_from(["A", "AB", "ABCDEFGH", "ABCDEFGHIJ", "Z"]), _VALUE),
)


@settings(max_examples=60, deadline=None)
@given(lines=st.lists(_LINE, max_size=30), block=st.integers(64, 500))
def test_columns_equal_a_plain_reading_of_the_lines(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[tuple[str, int, str, dict[str, str]]],
    block: int,
) -> None:
    folder = tmp_path_factory.mktemp("sites")
    names = ("A", "AB", "ABCDEFGH", "ABCDEFGHIJ")
    path = write(
        folder,
        *(
            f"{contig}\t{position}\t.\t{ref}\tA\t.\t.\t"
            + (";".join(f"{name}={value}" for name, value in info.items()) or ".")
            for contig, position, ref, info in lines
        ),
    )
    expected = [
        (position, ref, *((_decoded(info.get(name, "")) or None) for name in names))
        for contig, position, ref, info in lines
        if contig != "HLA"
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_blocks, "BLOCK", block)
        found = rows(path, dict.fromkeys(names, pl.String))
    assert [tuple(row[name] for name in ("position", "ref", *names)) for row in found] == expected


def _decoded(text: str) -> str:
    return "" if text == "." else text.replace("%09", "\t")
