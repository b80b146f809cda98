"""Normalising a source's sites: what bcftools norm makes of them, and nothing silently lost."""

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pysam
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import write_fasta
from varinterp.annotate.key import keys
from varinterp.annotate.sites import normalise_sites

SEQUENCES = {
    "1": "ACACACACACATTTTTTTTGCAGCAGCAGNNNACGTacgtRACGTTTGGGAAACCCAAGAAGAAGAAGT",
    "2": "TTTTTTTTTTTTTTTTTTTT",
    "X": "CAGTCAGTCAGTTGCATGCA",
}
"""Repeats, a stretch of N, lower case, an ambiguous base, and contigs that end in a repeat."""


@pytest.fixture(scope="module")
def fasta(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_fasta(tmp_path_factory.mktemp("reference") / "ref.fa", SEQUENCES)


def frame(sites: Sequence[tuple[str, int, str, str | None]]) -> pl.DataFrame:
    schema = {"chromosome": pl.String, "position": pl.Int32, "ref": pl.String, "alt": pl.String}
    return pl.DataFrame(list(sites), schema, orient="row").with_row_index("number")


def by_bcftools(sites: pl.DataFrame, fasta: Path, folder: Path) -> list[tuple[object, ...]]:
    """Return (number, chromosome, position, ref, alt) of what norm keeps, ACGT alone.

    A REF that is written with another letter is none of ours, though trimming may take it away.
    """
    sites = sites.filter(pl.col("ref").str.to_uppercase().str.contains("^[ACGT]+$"))
    header = "".join(f"##contig=<ID={name},length={len(s)}>\n" for name, s in SEQUENCES.items())
    rows = sites.sort("chromosome", "position").select(
        "chromosome", "position", "number", pl.col("ref"), "alt"
    )
    body = "".join("\t".join(map(str, row)) + "\t.\t.\t.\n" for row in rows.iter_rows())
    path = folder / "sites.vcf"
    path.write_text(
        f"##fileformat=VCFv4.3\n{header}#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n{body}"
    )
    # In a process of its own: pysam's bcftools writes messages to the process's own stderr.
    text = subprocess.run(
        [sys.executable, "-m", "varinterp.annotate.bcftools_child", "norm", "--no-version",
         "-m", "-any", "-c", "x", "-f", str(fasta), str(path)],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    kept = []
    for line in text.splitlines():
        if not line.startswith("#"):
            chrom, position, number, ref, alt = line.split("\t")[:5]
            if not (ref + alt).upper().strip("ACGT") and ref.upper() != alt.upper():
                kept.append((int(number), chrom, int(position), ref.upper(), alt.upper()))
    return sorted(kept)


@st.composite
def sites(draw: st.DrawFn) -> tuple[str, int, str, str]:
    """A site whose REF is mostly the reference's, un-normalised, near contig ends or repeats."""
    name = draw(st.sampled_from(sorted(SEQUENCES)))
    sequence = SEQUENCES[name]
    start = draw(st.integers(0, len(sequence) - 1))
    ref = sequence[start : start + draw(st.integers(1, 9))]
    how = draw(st.integers(0, 5))
    inserted = draw(st.text("ACGT", min_size=0, max_size=5))
    if how == 0:
        alt = ref + inserted
    elif how == 1:
        alt = ref[: draw(st.integers(1, len(ref)))] + inserted
    elif how == 2:
        alt = ref[0] + sequence[start + 1 : start + 3] * draw(st.integers(0, 3)) + ref[1:]
    elif how == 3:
        alt = draw(st.text("ACGTacgt", min_size=1, max_size=6))
    elif how == 4:
        alt = ",".join(
            draw(
                st.lists(
                    st.text("ACGT", min_size=1, max_size=4), min_size=2, max_size=3, unique=True
                )
            )
        )
    else:
        ref, alt = draw(st.text("ACGT", min_size=1, max_size=3)), ref
    return name, start + 1, ref, alt


@settings(max_examples=80, deadline=None)
@given(found=st.lists(sites(), min_size=1, max_size=40))
def test_every_row_is_what_bcftools_makes_of_it(
    found: list[tuple[str, int, str, str]], fasta: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("norm")
    # bcftools refuses a file whose REF leaves the contig; that is a reason of our own.
    inside = [s for s in found if s[1] + len(s[2]) - 1 <= len(SEQUENCES[s[0]])]
    table = frame(inside)
    if table.is_empty():
        return
    answer, aside = normalise_sites(table, fasta, folder)
    rows = answer.select("number", "chromosome", "position", "ref", "alt").rows()
    assert sorted(rows) == by_bcftools(table, fasta, folder)
    alternatives = sum(alt.count(",") + 1 for *_, alt in inside)
    assert answer.height + aside.total() == alternatives
    assert answer["key"].equals(keys(answer))
    assert answer["key"].is_sorted()
    assert list(folder.glob("sites-*")) == []


def test_every_reason_is_counted_and_the_payload_stays(fasta: Path, tmp_path: Path) -> None:
    table = frame(
        [
            ("X", 4, "T", "TCAGT"),
            ("1", 1, "A", "C"),
            ("1", 1, "C", "A"),
            ("1", 2, "C", "N"),
            ("1", 2, "C", None),
            ("1", 2, "C", "."),
            ("1", 2, "C", "<DEL>"),
            ("1", 2, "C", "*"),
            ("1", 2, "C", "C"),
            ("1", 70, "T", "G"),
            ("1", 69, "TA", "G"),
            ("1", 0, "A", "G"),
            ("22", 5, "A", "G"),
            ("1", 2, "C", "c,t"),
        ]
    )
    answer, aside = normalise_sites(table, fasta, tmp_path)
    assert answer.columns == ["key", "chromosome", "position", "ref", "alt", "number"]
    assert answer.drop("key").rows() == [
        ("1", 1, "A", "C", 1),
        ("1", 2, "C", "T", 13),
        ("X", 1, "C", "CAGTC", 0),
    ]
    assert aside == Counter(
        ref_mismatch=1, not_acgt=1, no_alternate=2, symbolic=1, spanning_deletion=1,
        same_allele=2, outside_reference=4,
    )  # fmt: skip


def test_no_sites_are_no_rows(fasta: Path, tmp_path: Path) -> None:
    answer, aside = normalise_sites(frame([]), fasta, tmp_path)
    assert (answer.height, aside.total()) == (0, 0)
    assert answer.schema["key"] == pl.UInt64


def test_a_reference_that_names_its_contigs_chr_is_the_same(tmp_path: Path, fasta: Path) -> None:
    named = {f"chr{name}": sequence for name, sequence in SEQUENCES.items()}
    prefixed = write_fasta(tmp_path / "chr.fa", named)
    table = frame([("1", 13, "TT", "T"), ("2", 20, "T", "TT")])
    expected, _ = normalise_sites(table, fasta, tmp_path)
    assert normalise_sites(table, prefixed, tmp_path)[0].equals(expected)
    assert pysam.FastaFile(str(prefixed)).references[0] == "chr1"
