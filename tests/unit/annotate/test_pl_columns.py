"""PL and GL as they are kept: how likely no, one and two copies of an allele are."""

from collections.abc import Sequence
from itertools import combinations_with_replacement
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import FORMAT_LINES, Record, write_fasta, write_vcf
from varinterp.annotate.normalise import FamilyVcf, normalise
from varinterp.annotate.variants import read_variants

CHR1 = "CAGATTTTCATATTATGCAGAAAATCTACTTCGCCTGATACGAGTCGGTTC"
HEADER = (
    *FORMAT_LINES,
    '##FORMAT=<ID=PL,Number=G,Type=Integer,Description="Likelihoods">',
    '##FORMAT=<ID=GL,Number=G,Type=Float,Description="Likelihoods">',
)
Kept = tuple[int | None, ...]


def kept(
    folder: Path,
    alts: str,
    cells: Sequence[str],
    fields: str = "GT:PL",
    header: Sequence[str] = HEADER,
    ref: str = "A",
    *,
    plain_lane: bool = True,
) -> dict[str, Kept]:
    """Return what is kept of the first person's likelihoods, by the allele as it is written."""
    names = [f"S{number}" for number in range(len(cells))]
    record = Record("chr1", 10, ref, alts, list(cells), fields=fields)
    vcf = write_vcf(folder / "given.vcf", names, [record], header=header)
    out = folder / "alleles.arrow"
    reference = write_fasta(folder / "ref.fa", {"chr1": CHR1})
    people = {name: number for number, name in enumerate(names)}
    normalise([FamilyVcf(vcf, people)], reference, out, plain_lane=plain_lane)
    found = {}
    for row in read_variants(out).iter_rows(named=True):
        call = row["genotypes"][0]
        found[row["alt"]] = tuple(call[f"pl_{copies}"] for copies in range(3))
    return found


@pytest.mark.parametrize("plain_lane", [True, False], ids=["plain", "bcftools"])
@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("0/1:315,0,697", (315, 0, 697), id="GATK"),
        pytest.param("0/1:48,0,66", (48, 0, 66), id="DeepVariant"),
        pytest.param("1:120,0", (120, 0, None), id="haploid"),
        pytest.param("1:255,40,0", (255, 40, 0), id="haploid, called as diploid"),
        pytest.param("0/1:2000,0,999", (999, 0, 999), id="at most 999"),
        pytest.param("0/1:40,10,30", (30, 0, 20), id="relative to the best"),
        pytest.param("0/1:.", (None, None, None), id="a dot"),
        pytest.param("0/1:.,.,.", (None, None, None), id="three dots"),
        pytest.param("0/1:30,.,0", (None, None, None), id="one of them missing"),
        pytest.param("0/1", (None, None, None), id="left out"),
        pytest.param("0/1:30", (None, None, None), id="one value"),
        pytest.param("0/1:1,2,3,4", (None, None, None), id="four values"),
        pytest.param("0/1:30,-5,0", (None, None, None), id="below zero"),
    ],
)
def test_one_alt(tmp_path: Path, cell: str, expected: Kept, plain_lane: bool) -> None:
    assert kept(tmp_path, "G", [cell], plain_lane=plain_lane) == {"G": expected}


def test_a_site_of_two_alts_as_gatk_wrote_it(tmp_path: Path) -> None:
    # 0/0 788, 0/1 579, 1/1 564, 0/2 209, 1/2 0, 2/2 167: reads 0 of REF, 5 and 14.
    found = kept(tmp_path, "C,G", ["1/2:788,579,564,209,0,167"])

    assert found == {"C": (167, 0, 564), "G": (564, 0, 167)}


def test_the_unseen_allele_of_a_gvcf_is_one_of_the_others(tmp_path: Path) -> None:
    found = kept(tmp_path, "G,<NON_REF>", ["0/1:315,0,697,414,751,1165"])

    assert found == {"G": (315, 0, 697)}


def test_a_haploid_call_of_two_alts(tmp_path: Path) -> None:
    assert kept(tmp_path, "C,G", ["2:300,90,0"]) == {"G": (90, 0, None)}


def test_an_allele_that_moves_keeps_them(tmp_path: Path) -> None:
    # One of four T is lost; the record's last T is written, the first is meant.
    names, record = ["S0"], Record("chr1", 7, "TT", "T", ["0/1:99,0,88"], fields="GT:PL")
    vcf = write_vcf(tmp_path / "given.vcf", names, [record], header=HEADER)
    reference = write_fasta(tmp_path / "ref.fa", {"chr1": CHR1})
    normalise([FamilyVcf(vcf, {"S0": 0})], reference, tmp_path / "out.arrow")
    (row,) = read_variants(tmp_path / "out.arrow").iter_rows(named=True)

    assert (row["position"], row["original"]) == (4, "1-7-TT-T")
    assert [row["genotypes"][0][f"pl_{copies}"] for copies in range(3)] == [99, 0, 88]


@pytest.mark.parametrize("plain_lane", [True, False], ids=["plain", "bcftools"])
@pytest.mark.parametrize(
    ("fields", "cell", "expected"),
    [
        pytest.param("GT:GL", "0/1:-12.3456,-0.05,-30.1", (123, 0, 300), id="logarithms"),
        pytest.param("GT:GL", "1:-9.04,0", (90, 0, None), id="haploid"),
        pytest.param("GT:GL", "0/1:-1.25e+01,0,-3", (125, 0, 30), id="an exponent"),
        pytest.param("GT:GL", "0/1:.", (None, None, None), id="a dot"),
        pytest.param("GT:PL:GL", "0/1:70,0,80:-1,0,-2", (70, 0, 80), id="PL counts before GL"),
        pytest.param("GT:PL:GL", "0/1:.:-1,0,-2", (10, 0, 20), id="GL where PL is missing"),
    ],
)
def test_gl(tmp_path: Path, fields: str, cell: str, expected: Kept, plain_lane: bool) -> None:
    assert kept(tmp_path, "G", [cell], fields, plain_lane=plain_lane) == {"G": expected}


def test_a_header_without_them_changes_nothing(tmp_path: Path) -> None:
    assert kept(tmp_path, "G", ["0/1:30,0,40"], header=FORMAT_LINES) == {"G": (30, 0, 40)}


def test_a_file_without_them_has_none(tmp_path: Path) -> None:
    assert kept(tmp_path, "G", ["0/1:17"], "GT:DP") == {"G": (None, None, None)}


@settings(max_examples=20, deadline=None)
@given(st.data(), st.integers(1, 3))
def test_the_best_genotype_of_each_number_of_copies_is_kept(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, alts: int
) -> None:
    pairs = sorted(
        combinations_with_replacement(range(alts + 1), 2), key=lambda pair: (pair[1], pair[0])
    )
    values = data.draw(st.lists(st.integers(1, 900), min_size=len(pairs), max_size=len(pairs)))
    values[data.draw(st.integers(0, len(pairs) - 1))] = 0
    everybody = "/".join(map(str, range(1, alts + 1)))
    # A second person carries each allele, so that each has a row.
    second = everybody if alts == 2 else "1/1"
    names = list("CGT"[:alts])
    cell = f"0/1:{','.join(map(str, values))}"
    folder = tmp_path_factory.mktemp("one")
    found = kept(folder, ",".join(names), [cell, f"{second}:."])

    for number, alt in enumerate(names, 1):
        if alt in found:
            best = [
                min(
                    value
                    for value, pair in zip(values, pairs, strict=True)
                    if pair.count(number) == copies
                )
                for copies in range(3)
            ]
            assert found[alt] == tuple(best)
