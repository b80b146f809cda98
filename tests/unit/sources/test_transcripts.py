"""The transcript table: text in, Parquet, values out."""

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varinterp.errors import InputError, ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.model.transcript import Mane, Span, Transcript
from varinterp.sources.transcript_check import table_faults
from varinterp.sources.transcript_text import (
    TSV_COLUMNS,
    read_transcript_gff3,
    read_transcript_tsv,
)
from varinterp.sources.transcripts import (
    TRANSCRIPTS_SCHEMA,
    read_transcript_table,
    read_transcripts,
    to_transcripts,
    write_transcripts,
)

FORWARD = [
    "ENST00000000001.2", "NM_000001.3", "ENSP00000000001.1", "NP_000001.1", "GENE1", "HGNC:1",
    "ENSG00000000001.5", "22", "1", "1001-1100,1301-1450", "1051", "1400", "select",
]  # fmt: skip
REVERSE = [
    "ENST00000000002.1", "", "", "", "GENE2", "", "", "X", "-1", "3001-3200,3401-3500", "3101",
    "3450", "plus_clinical",
]  # fmt: skip


def write_tsv(folder: Path, *rows: list[str], header: tuple[str, ...] = TSV_COLUMNS) -> Path:
    path = folder / "transcripts.tsv"
    lines = ["# a comment", "\t".join(header), *("\t".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n")
    return path


def changed(column: str, value: str) -> list[str]:
    row = list(FORWARD)
    row[TSV_COLUMNS.index(column)] = value
    return row


def test_a_tsv_gives_transcripts_with_exons_in_their_own_order(tmp_path: Path) -> None:
    found = to_transcripts(read_transcript_tsv(write_tsv(tmp_path, FORWARD, REVERSE)))
    assert found["ENST00000000001.2"] == Transcript(
        id="ENST00000000001.2",
        refseq="NM_000001.3",
        protein="ENSP00000000001.1",
        gene="GENE1",
        hgnc="HGNC:1",
        chromosome=Chromosome.C22,
        strand=1,
        exons=(Span(1001, 1100), Span(1301, 1450)),
        cds=Span(1051, 1400),
        mane=Mane.SELECT,
    )
    reverse = found["ENST00000000002.1"]
    assert reverse.exons == (Span(3401, 3500), Span(3001, 3200))
    assert (reverse.refseq, reverse.hgnc, reverse.mane) == (None, "", Mane.PLUS_CLINICAL)


def test_parquet_holds_all_columns_and_returns_the_same_values(tmp_path: Path) -> None:
    frame = read_transcript_tsv(write_tsv(tmp_path, REVERSE, FORWARD))
    path = tmp_path / "transcripts.parquet"
    assert write_transcripts(frame, path) == 2
    assert read_transcripts(path) == to_transcripts(frame)
    assert list(read_transcripts(path)) == ["ENST00000000001.2", "ENST00000000002.1"]
    kept = read_transcript_table(path).row(0, named=True)
    assert (kept["refseq_protein"], kept["ensembl_gene"]) == ("NP_000001.1", "ENSG00000000001.5")
    schema = pq.read_schema(path)  # type: ignore[no-untyped-call]
    assert schema.equals(TRANSCRIPTS_SCHEMA)


def test_the_order_of_the_text_does_not_change_the_bytes(tmp_path: Path) -> None:
    for name, rows in (("a", (FORWARD, REVERSE)), ("b", (REVERSE, FORWARD))):
        write_transcripts(read_transcript_tsv(write_tsv(tmp_path, *rows)), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    ("column", "value", "at"),
    [
        ("id", "ENST00000000001", "id"),
        ("refseq", "NM_000001", "refseq"),
        ("gene", "", "gene"),
        ("hgnc", "1", "hgnc"),
        ("chromosome", "chr22", "chromosome"),
        ("strand", "+", "strand"),
        ("strand", "2", "strand"),
        ("mane", "MANE Select", "mane"),
        ("exons", "1001..1100", "exon_starts"),
        ("exons", "1301-1450,1001-1100", "exon_ends"),
        ("exons", "1001-1310,1301-1450", "exon_ends"),
        ("exons", "1100-1001,1301-1450", "exon_ends"),
        ("exons", "1001-1100,1301-60000000", "exon_starts"),
        ("cds_start", "1150", "cds_start"),
        ("cds_end", "1500", "cds_end"),
        ("cds_end", "1020", "cds_end"),
        ("cds_end", "many", "cds_end"),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column(
    tmp_path: Path, column: str, value: str, at: str
) -> None:
    with pytest.raises(InputError) as refused:
        read_transcript_tsv(write_tsv(tmp_path, REVERSE, changed(column, value)))
    faults = refused.value.faults
    assert at in {fault.column for fault in faults}
    assert {fault.line for fault in faults} == {4}


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    wrong = changed("strand", "0")
    path = write_tsv(tmp_path, wrong, FORWARD[:-1], changed("mane", "best"), FORWARD)
    with pytest.raises(InputError) as refused:
        read_transcript_tsv(path)
    found = [(fault.line, fault.rule) for fault in refused.value.faults]
    assert (3, "transcripts.strand") in found
    assert (4, "transcripts.columns") in found
    assert (5, "transcripts.mane") in found
    assert (6, "transcripts.id") in found


@pytest.mark.parametrize("header", [TSV_COLUMNS[1:], (*TSV_COLUMNS, "notes")])
def test_other_columns_are_refused(tmp_path: Path, header: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match=r"transcripts.tsv:2: .*transcripts.header"):
        read_transcript_tsv(write_tsv(tmp_path, FORWARD, header=header))


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "transcripts.tsv").write_text("")
    with pytest.raises(InputError, match="no header"):
        read_transcript_tsv(tmp_path / "transcripts.tsv")


def test_a_parquet_of_other_columns_or_words_is_refused(tmp_path: Path) -> None:
    frame = read_transcript_tsv(write_tsv(tmp_path, FORWARD))
    path = tmp_path / "transcripts.parquet"
    write_transcripts(frame.with_columns(mane=pl.lit("best")), path)
    with pytest.raises(ReleaseError, match=r"transcripts.parquet:1 \[mane\]: found 'best'"):
        read_transcripts(path)
    pq.write_table(pa.table({"id": ["ENST1.1"]}), path)  # type: ignore[no-untyped-call]
    with pytest.raises(ReleaseError, match="rebuild the release"):
        read_transcripts(path)


GFF = """##gff-version 3
chr22\tX\tgene\t1001\t1450\t.\t+\t.\tID=gene:G1;Name=GENE1
chr22\tX\tmRNA\t1001\t1450\t.\t+\t.\tID=transcript:T1;Parent=gene:G1;transcript_id=ENST1.2;\
refseq_id=NM_000001.3;protein_id=ENSP1.1;refseq_protein_id=NP_000001.1;gene_id=ENSG1.5;\
gene_name=GENE1;hgnc_id=HGNC:1;tag=basic,MANE_Select
chr22\tX\texon\t1301\t1450\t.\t+\t.\tID=e2;Parent=transcript:T1
chr22\tX\texon\t1001\t1100\t.\t+\t.\tID=e1;Parent=transcript:T1
chr22\tX\tCDS\t1301\t1400\t.\t+\t1\tID=c;Parent=transcript:T1
chr22\tX\tCDS\t1051\t1100\t.\t+\t0\tID=c;Parent=transcript:T1
chr22\tX\tmRNA\t2001\t2100\t.\t-\t.\tID=transcript:T2;transcript_id=ENST2.1;gene_name=NONCODING
chr22\tX\texon\t2001\t2100\t.\t-\t.\tParent=transcript:T2
chr22_KI270731v1_random\tX\tmRNA\t5\t9\t.\t-\t.\tID=transcript:T3;transcript_id=ENST3.1
chr22_KI270731v1_random\tX\tCDS\t5\t9\t.\t-\t0\tParent=transcript:T3
"""


def test_a_mane_gff3_gives_its_coding_transcripts_on_primary_chromosomes(tmp_path: Path) -> None:
    path = tmp_path / "mane.gff3"
    path.write_text(GFF)
    [row] = read_transcript_gff3(path).iter_rows(named=True)
    assert row == {
        "id": "ENST1.2",
        "refseq": "NM_000001.3",
        "protein": "ENSP1.1",
        "refseq_protein": "NP_000001.1",
        "gene": "GENE1",
        "hgnc": "HGNC:1",
        "ensembl_gene": "ENSG1.5",
        "chromosome": "22",
        "strand": 1,
        "exon_starts": [1001, 1301],
        "exon_ends": [1100, 1450],
        "cds_start": 1051,
        "cds_end": 1400,
        "mane": "select",
    }


@pytest.mark.parametrize(
    ("tag", "phase", "expected"),
    [
        ("cds_start_NF", "0", (0, True)),
        ("mRNA_start_NF,cds_start_NF", "2", (1, True)),
        ("cds_start_NF", "1", (2, True)),
        ("cds_end_NF", "0", (None, False)),
        ("basic", "0", (None, True)),
    ],
)
def test_an_incomplete_coding_sequence_is_kept_as_one_through_the_release(
    tag: str, phase: str, expected: tuple[int | None, bool], tmp_path: Path
) -> None:
    path = tmp_path / "mane.gff3"
    first = GFF.replace("1051\t1100\t.\t+\t0", f"1051\t1100\t.\t+\t{phase}")
    path.write_text(first.replace("tag=basic,MANE_Select", f"tag={tag}"))
    write_transcripts(read_transcript_gff3(path), tmp_path / "transcripts.parquet")
    [one] = read_transcripts(tmp_path / "transcripts.parquet").values()
    assert (one.cds_start_phase, one.cds_end_known) == expected
    assert one.complete is (expected == (None, True))


def test_a_gff3_transcript_without_its_facts_is_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "mane.gff3"
    path.write_text(GFF.replace("gene_name=GENE1;", "").replace("transcript_id=ENST1.2;", ""))
    with pytest.raises(InputError) as refused:
        read_transcript_gff3(path)
    assert [(fault.line, fault.column, fault.found) for fault in refused.value.faults] == [
        (3, "gene", "nothing"),
        (3, "id", "nothing"),
    ]


@given(st.lists(st.integers(1, 400), min_size=2, max_size=12, unique=True), st.data())
def test_exons_drawn_apart_are_sound_and_any_two_swapped_are_not(
    bounds: list[int], data: st.DataObject
) -> None:
    bounds = sorted(bounds)[: len(bounds) // 2 * 2]
    starts, ends = bounds[::2], bounds[1::2]
    row = {
        "id": "T1.1", "gene": "G", "hgnc": "HGNC:1", "chromosome": "22", "strand": 1,
        "exon_starts": starts, "exon_ends": ends, "cds_start": starts[0], "cds_end": ends[-1],
    }  # fmt: skip
    schema = pl.DataFrame(pl.from_arrow(TRANSCRIPTS_SCHEMA.empty_table())).schema
    frame = pl.DataFrame([row], schema=schema)
    assert table_faults(frame, "x", pl.int_range(1, pl.len() + 1)) == []
    if len(starts) > 1:
        at = data.draw(st.integers(0, len(starts) - 2))
        for column in (starts, ends):
            column[at], column[at + 1] = column[at + 1], column[at]
        assert table_faults(pl.DataFrame([row], schema=schema), "x", pl.int_range(1, pl.len() + 1))
