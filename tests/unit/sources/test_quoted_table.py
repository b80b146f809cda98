"""Quoted tables: a row's line is where it starts, and a damaged table names its line."""

import gzip
from pathlib import Path

import pytest

from varinterp.errors import ReleaseError
from varinterp.sources.quoted_table import read_records, read_rows


def test_a_row_over_several_lines_has_the_line_where_it_starts(tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_text('\ufeff"a"\t"b"\n"1"\t"two\nlines, ""quoted"""\n"3"\t" 4 "\n', encoding="utf-8")
    assert list(read_rows(path, "\t", ("a", "b"))) == [
        (2, {"a": "1", "b": 'two\nlines, "quoted"'}),
        (4, {"a": "3", "b": "4"}),
    ]


def test_a_gzipped_table_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "table.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    assert list(read_rows(path, ",", ("a",))) == [(2, {"a": "1", "b": "2"})]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n3\n", "table.csv:3: 1 columns, expected 2"),
        ("a,b\n1,2,3\n", "table.csv:2: 3 columns, expected 2"),
        ("a,a,b\n", "table.csv:1: expected the columns a, b, each once; missing: none"),
        ("a,c\n", "missing: b"),
        ("", "table.csv:1: expected the columns a, b"),
        ('a,b\n1,"2" x\n', "table.csv:2: "),
        ('a,b\n1,"2\n', "table.csv:2: "),
    ],
)
def test_a_damaged_table_is_refused_by_line(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text)
    with pytest.raises(ReleaseError) as refused:
        list(read_rows(path, ",", ("a", "b")))
    assert message in str(refused.value)


def test_records_of_an_empty_line_are_empty(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a\n\nb\n")
    assert list(read_records(path, ",")) == [(1, ["a"]), (2, []), (3, ["b"])]
