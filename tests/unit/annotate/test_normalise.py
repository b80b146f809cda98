"""What normalisation keeps, splits, moves, sets aside and counts."""

import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from builders import Record, block, read_alleles, write_fasta, write_vcf
from varinterp.annotate.normalise import FamilyVcf, NormaliseCounts, normalise

#        1         11        21        31        41        51
CHR22 = "CAGATTTTCATATTATGCAGAAAATCTACTTCGCCTGATACGAGTCGGTTCAAAAAAGATCTTCGGATACTGTATAGTCCC"
CHRX = "ACGTTGCAACGTTGCAACGTTGCA"


@pytest.fixture
def fasta(tmp_path: Path) -> Path:
    return write_fasta(tmp_path / "ref.fa", {"chr22": CHR22, "chrX": CHRX, "chrM": CHRX})


class Family:
    """Normalises VCFs that a test writes."""

    def __init__(self, folder: Path, fasta: Path) -> None:
        self.out = folder / "out" / "alleles.arrow"
        self._folder = folder
        folder.mkdir(exist_ok=True)
        self._fasta = fasta
        self._given: list[FamilyVcf] = []

    def vcf(
        self, columns: Mapping[str, int], records: Sequence[Record], samples: Sequence[str] = ()
    ) -> Path:
        path = self._folder / f"given{len(self._given)}.vcf.gz"
        names = samples or [f"LAB_{number}" for number in range(len(columns))]
        write_vcf(path, names, records)
        self._given.append(FamilyVcf(path, columns))
        return path

    def normalise(self, *, plain_lane: bool = True) -> NormaliseCounts:
        counts = normalise(self._given, self._fasta, self.out, plain_lane=plain_lane)
        assert counts.balanced
        return counts

    @property
    def rows(self) -> dict[str, dict[str, Any]]:
        return read_alleles(self.out)


def called(genotype: Mapping[str, Any]) -> tuple[int | None, int | None]:
    return genotype["copies"], genotype["ploidy"]


@pytest.fixture
def family(tmp_path: Path, fasta: Path) -> Family:
    return Family(tmp_path, fasta)


def test_two_alternatives_of_one_site_are_carried_once_each_and_not_beside_the_reference(
    family: Family,
) -> None:
    record = Record("chr22", 10, "A", "G,T", ["1/2:1,10,12:23:99", "0/2:9,0,8:17:80"])
    family.vcf({"kid": 0, "dad": 1}, [record])
    counts = family.normalise()
    assert (counts.records, counts.split, counts.out) == (1, 1, 2)
    first, second = family.rows["22-10-A-G"], family.rows["22-10-A-T"]
    assert called(first["kid"]) == called(second["kid"]) == (1, 2)
    assert (first["kid"]["haplotype"], second["kid"]["haplotype"]) == (0, 1)
    assert (first["kid"]["ref_depth"], first["kid"]["alt_depth"]) == (1, 10)
    assert (second["kid"]["ref_depth"], second["kid"]["alt_depth"]) == (1, 12)
    assert called(first["dad"]) == (0, 2)
    assert called(second["dad"]) == (1, 2)


def test_the_two_sides_of_a_site_with_two_alternatives_are_comparable(family: Family) -> None:
    family.vcf({"kid": 0}, [Record("chr22", 10, "A", "G,T", ["1/2:1,10,12:23:99"])])
    family.normalise()
    sets = {row["kid"]["phase_set"] for row in family.rows.values()}
    assert sets == {"site-10"}


def test_phase_needs_a_phase_set(family: Family) -> None:
    fields = "GT:AD:DP:GQ:PS"
    family.vcf(
        {"kid": 0},
        [
            Record("chr22", 10, "A", "G", ["0|1:9,9:18:99:10"], fields),
            Record("chr22", 15, "A", "G", ["0|1:9,9:18:99:."], fields),
            Record("chr22", 17, "G", "A", ["0/1:9,9:18:99:10"], fields),
        ],
    )
    family.normalise()
    assert [row["kid"]["phase_set"] for row in family.rows.values()] == ["10", None, None]


def test_spanning_deletion_is_set_aside_and_does_not_become_reference(family: Family) -> None:
    family.vcf({"kid": 0}, [Record("chr22", 10, "A", "G,*", ["1/2:0,10,12:22:99"])])
    counts = family.normalise()
    assert dict(counts.set_aside) == {"spanning_deletion": 1}
    assert called(family.rows["22-10-A-G"]["kid"]) == (1, 2)


def test_what_is_not_interpreted_is_counted_by_kind(family: Family) -> None:
    call = ["0/1:9,9:18:99"]
    family.vcf(
        {"kid": 0},
        [
            Record("chr22", 10, "A", "<DEL>", call, info="END=12"),
            Record("chr22", 15, "A", "A[chr22:40[", call),
            Record("chr22", 17, "G", "N", call),
            Record("chr22", 20, "R", "A", call),
            Record("chr22", 30, "T", "C", ["0/0:9,0:9:99"]),
            Record("chrUn_1", 30, "T", "C,G", ["1/2:9,1,1:11:99"]),
        ],
    )
    counts = family.normalise()
    assert counts.out == 0
    assert dict(counts.set_aside) == {
        "other_contig": 2, "symbolic": 1, "breakend": 1, "ambiguous_base": 2, "not_carried": 1,
    }  # fmt: skip


def test_gvcf_keeps_variants_without_the_unseen_allele_and_counts_blocks(family: Family) -> None:
    family.vcf(
        {"kid": 0},
        [
            block("chr22", 1, 9, "C", "0/0:20:30:50"),
            Record("chr22", 10, "A", "G,<NON_REF>", ["0/1:9,8,0:17:99"]),
            block("chr22", 11, 40, "T", "0/0:20:30:50"),
        ],
    )
    counts = family.normalise()
    assert dict(counts.set_aside) == {"reference_block": 2, "unseen_allele": 1}
    row = family.rows["22-10-A-G"]
    assert (called(row["kid"]), row["kid"]["alt_depth"], row["original"]) == ((1, 2), 8, None)


def test_indel_is_left_aligned_and_remembers_how_it_was_written(family: Family) -> None:
    family.vcf({"kid": 0}, [Record("chr22", 56, "AA", "A", ["0/1:9,9:18:99"])])
    counts = family.normalise()
    assert counts.realigned == 1
    assert family.rows["22-51-CA-C"]["original"] == "22-56-AA-A"


def test_same_allele_written_twice_alike_is_kept_once(family: Family) -> None:
    family.vcf(
        {"kid": 0},
        [
            Record("chr22", 53, "AA", "A", ["0/1:9,9:18:99"]),
            Record("chr22", 56, "AA", "A", ["1/0:7,7:14:99"]),
        ],
    )
    counts = family.normalise()
    assert (counts.out, dict(counts.set_aside)) == (1, {"duplicate": 1})


def test_allele_of_a_joint_record_written_alone_as_well_is_kept_once(family: Family) -> None:
    family.vcf(
        {"kid": 0},
        [
            Record("chr22", 10, "A", "G", ["0|1"], "GT"),
            Record("chr22", 10, "ATA", "A,GTA", ["1|2"], "GT"),
        ],
    )
    counts = family.normalise()
    assert (counts.out, dict(counts.set_aside)) == (2, {"duplicate": 1})
    assert set(family.rows) == {"22-10-A-G", "22-9-CAT-C"}


def test_allele_that_moves_over_an_unknown_base_is_set_aside(tmp_path: Path) -> None:
    fasta = write_fasta(tmp_path / "n.fa", {"chr22": "ACGTNNTTTTGCA"})
    family = Family(tmp_path, fasta)
    family.vcf({"kid": 0}, [Record("chr22", 9, "TT", "T", ["0/1"], "GT")])
    counts = family.normalise()
    assert (counts.out, dict(counts.set_aside)) == (0, {"ambiguous_base": 1})


def test_members_columns_are_taken_by_place_and_other_families_are_not_read(
    family: Family,
) -> None:
    samples = ["OTHER", "MUM", "KID", "STRANGER"]
    calls = ["1/1:0,9:9:99", "0/0:9,0:9:60", "0/1:5,4:9:70", "1/1:0,9:9:99"]
    elsewhere = ["1/1:0,9:9:99", "0/0:9,0:9:60", "0/0:5,4:9:70", "1/1:0,9:9:99"]
    records = [Record("chr22", 10, "A", "G", calls), Record("chr22", 15, "A", "G", elsewhere)]
    family.vcf({"kid": 2, "mum": 1}, records, samples)
    counts = family.normalise()
    assert dict(counts.set_aside) == {"not_carried": 1}
    (row,) = family.rows.values()
    assert (row["kid"]["genotype_quality"], row["mum"]["genotype_quality"]) == (70, 60)
    assert [call["person"] for call in row["genotypes"]] == ["kid", "mum"]


def test_absent_from_a_members_own_file_is_missing_not_reference(family: Family) -> None:
    family.vcf({"kid": 0}, [Record("chr22", 10, "A", "G", ["0/1:9,8:17:99"])])
    family.vcf({"mum": 0}, [Record("chr22", 15, "A", "G", ["0/1:9,8:17:99"])])
    family.vcf(
        {"dad": 0},
        [Record("chr22", 10, "A", "G", ["0/0:20,0:20:60"], filter="LowQual")],
    )
    counts = family.normalise()
    assert (counts.records, counts.joined, counts.out) == (3, 1, 2)
    row = family.rows["22-10-A-G"]
    assert called(row["mum"]) == (None, None)
    assert called(row["dad"]) == (0, 2)
    assert row["dad"]["depth"] == 20
    assert row["filter"] == "LowQual"
    assert called(family.rows["22-15-A-G"]["kid"]) == (None, None)


def test_reference_block_of_a_members_gvcf_says_reference(family: Family) -> None:
    called = ["0/1:9,8:17:99"]
    family.vcf(
        {"kid": 0},
        [
            Record("chr22", 10, "A", "G", called),  # in one block
            Record("chr22", 15, "A", "G", called),  # in a gap between blocks
            Record("chr22", 18, "CAG", "C", called),  # across two blocks that touch
            Record("chr22", 30, "T", "C", called),  # a block without reads
            Record("chr22", 33, "G", "A", called),  # a block without confidence
            Record("chr22", 36, "T", "C", called),  # a filtered block
            Record("chr22", 40, "A", "C", called),  # a site called reference
            Record("chr22", 45, "T", "C", called),  # after the last block
        ],
    )
    family.vcf(
        {"mum": 0},
        [
            block("chr22", 1, 12, "C", "0/0:20:30:50"),
            block("chr22", 16, 19, "T", "0/0:18:30:40"),
            block("chr22", 20, 25, "G", "0/0:25:30:30"),
            block("chr22", 30, 30, "T", "0/0:0:0:0"),
            block("chr22", 33, 33, "G", "0/0:9:9:0"),
            Record("chr22", 36, "T", ".", ["0/0:9:9:40"], "GT:MIN_DP:DP:GQ", filter="LowQual"),
            Record("chr22", 40, "A", ".", ["0/0:11:45"], "GT:DP:GQ"),
        ],
    )
    counts = family.normalise()
    seen = {
        allele: (row["mum"]["copies"], row["mum"]["depth"], row["mum"]["genotype_quality"])
        for allele, row in family.rows.items()
    }
    assert seen["22-10-A-G"] == (0, 20, 50)
    assert seen["22-18-CAG-C"] == (0, 18, 30)
    assert seen["22-40-A-C"] == (0, 11, 45)
    missing = {allele for allele, call in seen.items() if call == (None, None, None)}
    assert missing == {f"22-{site}" for site in
                       ("15-A-G", "30-T-C", "33-G-A", "36-T-C", "45-T-C")}  # fmt: skip
    assert counts.filled == 3


def test_no_allele_is_lost_when_files_name_it_differently(family: Family) -> None:
    family.vcf({"kid": 0}, [Record("chr22", 56, "AA", "A", ["0/1:9,9:18:99"])])
    family.vcf({"mum": 0}, [Record("chr22", 51, "CAA", "CA,C", ["1/2:0,9,9:18:99"])])
    family.normalise()
    row = family.rows["22-51-CA-C"]
    assert (called(row["kid"]), called(row["mum"])) == ((1, 2), (1, 2))
    assert called(family.rows["22-51-CAA-C"]["kid"]) == (None, None)


@pytest.mark.parametrize("name", ["22", "chr22", "NC_000022.11"])
def test_chromosomes_come_out_under_one_name(family: Family, name: str) -> None:
    family.vcf({"kid": 0}, [Record(name, 56, "AA", "A", ["0/1:9,9:18:99"])])
    family.normalise()
    assert list(family.rows) == ["22-51-CA-C"]


def test_reference_without_chr_and_mitochondria(tmp_path: Path) -> None:
    fasta = write_fasta(tmp_path / "bare.fa", {"22": CHR22, "MT": CHRX})
    family = Family(tmp_path, fasta)
    family.vcf(
        {"kid": 0},
        [
            Record("chr22", 10, "A", "G", ["0/1:9,9:18:99"]),
            Record("chrM", 4, "T", "C", ["1:0,9:9:99"]),
        ],
    )
    family.normalise()
    assert list(family.rows) == ["22-10-A-G", "MT-4-T-C"]
    assert called(family.rows["MT-4-T-C"]["kid"]) == (1, 1)


def test_half_call_stays_half_and_is_carried(family: Family) -> None:
    family.vcf({"kid": 0}, [Record("chr22", 10, "A", "G", ["./1:9,9:18:99"])])
    family.normalise()
    call = family.rows["22-10-A-G"]["kid"]
    assert (called(call), call["alt_depth"]) == ((None, None), 9)


def test_lower_case_alleles_come_out_in_capitals(family: Family) -> None:
    records = [
        Record("chr22", 10, "a", "g", ["0/1:9,9:18:99"]),
        Record("chr22", 56, "aa", "a", ["0/1:9,9:18:99"]),
    ]
    family.vcf({"kid": 0}, records)
    family.normalise()
    assert list(family.rows) == ["22-10-A-G", "22-51-CA-C"]


def test_fractional_quality_and_absent_fields_are_read(tmp_path: Path, fasta: Path) -> None:
    header = (
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">',
        '##FORMAT=<ID=GQ,Number=1,Type=Float,Description="x">',
    )
    record = Record("chr22", 10, "A", "G", ["0/1:61.7", "./."], "GT:GQ", filter=".")
    path = write_vcf(tmp_path / "x.vcf", ["A", "B"], [record], header=header)
    out = tmp_path / "alleles.arrow"
    normalise([FamilyVcf(path, {"kid": 0, "mum": 1})], fasta, out)
    (row,) = read_alleles(out).values()
    kid = row["kid"]
    assert (kid["genotype_quality"], kid["ref_depth"], row["filter"]) == (62, None, ".")
    assert called(row["mum"]) == (None, None)


@pytest.mark.parametrize("shape", ["gzip", "crlf", "mark", "no_newline", "no_contigs"])
def test_unusual_but_sound_files_give_the_same_rows(
    family: Family, tmp_path: Path, shape: str
) -> None:
    text = write_vcf(
        tmp_path / "plain.vcf", ["X"], [Record("chr22", 56, "AA", "A", ["0/1:9,9:18:99"])]
    ).read_bytes()
    without = b"".join(line for line in text.splitlines(True) if b"##contig" not in line)
    shaped = {
        "gzip": gzip.compress(text),
        "crlf": text.replace(b"\n", b"\r\n"),
        "mark": b"\xef\xbb\xbf" + text,
        "no_newline": text.rstrip(b"\n"),
        "no_contigs": without,
    }[shape]
    path = tmp_path / ("x.vcf.gz" if shape == "gzip" else "x.vcf")
    path.write_bytes(shaped)
    counts = normalise([FamilyVcf(path, {"kid": 0})], tmp_path / "ref.fa", family.out)
    assert (counts.records, counts.out) == (1, 1)
    assert family.rows["22-51-CA-C"]["kid"]["alt_depth"] == 9


def test_haploid_and_diploid_members_are_joined_without_inventing_ploidy(family: Family) -> None:
    family.vcf({"kid": 0}, [Record("chrX", 5, "T", "C", ["1:0,9:9:99"])])
    family.vcf({"mum": 0}, [Record("chrX", 5, "T", "C", ["0/1:5,4:9:99"])])
    family.normalise()
    row = family.rows["X-5-T-C"]
    assert (called(row["kid"]), called(row["mum"])) == ((1, 1), (1, 2))


def test_empty_vcf_gives_a_valid_empty_file(family: Family) -> None:
    family.vcf({"kid": 0, "mum": 1}, [])
    counts = family.normalise()
    assert (counts.records, counts.out, counts.set_aside) == (0, 0, ())
    assert family.rows == {}


def test_output_names_nobody_and_tells_no_command(family: Family, tmp_path: Path) -> None:
    canary = "CANARY_PATIENT_7"
    header = (
        f"##bcftools_normCommand=norm /data/{canary}.vcf.gz",
        f'##SAMPLE=<ID={canary}>',
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">',
        f'##INFO=<ID=NOTE,Number=1,Type=String,Description="{canary}">',
    )  # fmt: skip
    record = Record("chr22", 10, "A", "G", ["0/1"], "GT", info=f"NOTE={canary}")
    path = write_vcf(tmp_path / f"{canary}.vcf.gz", [canary], [record], header=header)
    normalise([FamilyVcf(path, {"kid": 0})], tmp_path / "ref.fa", family.out)
    assert canary not in str(family.rows)
    assert canary.encode() not in family.out.read_bytes()
    assert str(tmp_path).encode() not in family.out.read_bytes()
    assert [path.name for path in family.out.parent.iterdir()] == ["alleles.arrow"]


def test_neither_repetition_nor_the_lane_changes_a_byte(family: Family) -> None:
    family.vcf({"kid": 0}, random_records(np.random.default_rng(5), 300))
    written = []
    for plain_lane in (True, True, False):
        family.normalise(plain_lane=plain_lane)
        written.append(family.out.read_bytes())
    assert written[0] == written[1] == written[2]


def random_records(draw: np.random.Generator, count: int) -> list[Record]:
    """Return sorted random alleles of chr22, written untidily: padded, not left-aligned."""
    records = []
    for _ in range(count):
        start, size = int(draw.integers(1, 70)), int(draw.integers(1, 7))
        ref = CHR22[start - 1 : start - 1 + size]
        kind = draw.random()
        if kind < 0.4:
            alt = "".join(draw.choice(list("ACGT"), draw.integers(1, 7)))
        elif kind < 0.7:
            alt = ref + ref[-1] * int(draw.integers(1, 4))
        else:
            alt = ref[: draw.integers(1, len(ref) + 1)]
        if alt != ref:
            records.append(Record("chr22", start, ref, alt, ["0/1:9,9:18:99"]))
    return sorted(records, key=lambda record: record.pos)


def replayed(position: int, ref: str, alt: str) -> str:
    """Return the chromosome with the allele in it."""
    assert CHR22[position - 1 : position - 1 + len(ref)] == ref
    return CHR22[: position - 1] + alt + CHR22[position - 1 + len(ref) :]


def leftmost(position: int, ref: str, alt: str) -> tuple[int, str, str]:
    """Normalise as the VCF specification and Tan 2015 (PMID 25701572) define it."""
    while True:
        first = position == 1 and 1 in (len(ref), len(alt))
        if ref and alt and ref[-1] == alt[-1] and not first:
            ref, alt = ref[:-1], alt[:-1]
        elif (not ref or not alt) and position > 1:
            position -= 1
            base = CHR22[position - 1]
            ref, alt = base + ref, base + alt
        else:
            break
    while len(ref) > 1 and len(alt) > 1 and ref[0] == alt[0]:
        position, ref, alt = position + 1, ref[1:], alt[1:]
    return position, ref, alt


@pytest.mark.parametrize("seed", range(4))
def test_alleles_are_leftmost_shortest_and_the_same_sequence(family: Family, seed: int) -> None:
    records = random_records(np.random.default_rng(seed), 250)
    family.vcf({"kid": 0}, records)
    family.normalise()
    expected = {leftmost(record.pos, record.ref, record.alt) for record in records}
    found = [allele.split("-")[1:] for allele in family.rows]
    assert {(int(position), ref, alt) for position, ref, alt in found} == expected
    sequences = {replayed(record.pos, record.ref, record.alt) for record in records}
    assert {replayed(int(position), ref, alt) for position, ref, alt in found} == sequences


def test_normalising_twice_changes_nothing(family: Family, tmp_path: Path) -> None:
    family.vcf({"kid": 0}, random_records(np.random.default_rng(9), 300))
    family.normalise()
    again = Family(tmp_path / "again", tmp_path / "ref.fa")
    again.vcf(
        {"kid": 0},
        [
            Record("chr22", row["position"], row["ref"], row["alt"], ["0/1:9,9:18:99"])
            for row in family.rows.values()
        ],
    )
    counts = again.normalise()
    assert (counts.realigned, counts.split, counts.set_aside) == (0, 0, ())
    assert list(again.rows) == list(family.rows)
