"""Whether a file is whole, as its own format tells it."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fetching import CONTENT, VCF, bgzf, gzipped, zipped
from varinterp.refs.fetching.upstream_format import FORMATS, WrongContentError
from varinterp.refs.fetching.whole import check_whole, peel

TABLE = b"gene\tdisease\n" + b"HGNC:1\tMONDO:1\n" * 2000


def _check(content: bytes, form: str, folder: Path) -> None:
    path = folder / "file"
    path.write_bytes(content)
    check_whole(path, FORMATS[form])


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("vcf.bgz", CONTENT),
        ("vcf.gz", CONTENT),
        ("vcf.gz", gzipped(VCF)),
        ("tsv.gz", gzipped(TABLE) + gzipped(TABLE)),  # two members, as cat makes them
        ("tsv.gz", gzipped(TABLE) + bytes(512)),  # padding, as a tape has it
        ("tsv", TABLE),
        ("tsv", TABLE.rstrip(b"\n")),
        ("tsv", b"\xef\xbb\xbf" + TABLE),
        ("tsv", b"#comment\n" + TABLE),
        ("csv", b'a,b\n1,"x\ny"\n'),
        ("csv", b'a,b\r\n1,"x, y"'),
        ("csv", b'a,b\n1,"x\ny"'),
        ("csv", b'"a","b"\n\n"1","say ""x"""\n'),
        ("csv", b"a,b\n1," + b"x" * 200_000 + b"\n"),
        ("txt.gz", gzipped(b"##Overview of interpretation\n#VariationID\n")),
        ("json", b'[{"a": null}]'),
        ("json_pages", b'{"count": 0, "next": null, "results": []}'),
        ("xml", '<?xml version="1.0" encoding="ISO-8859-1"?><JDBOR a="é"/>'.encode("latin-1")),
        ("zip", zipped(TABLE)),
        ("bigwig", b"\x26\xfc\x8f\x88" + bytes(64) + b"\x26\xfc\x8f\x88"),
    ],
)
def test_a_whole_file_passes(form: str, content: bytes, tmp_path: Path) -> None:
    _check(content, form, tmp_path)


@pytest.mark.parametrize(
    ("form", "content", "message"),
    [
        ("tsv.gz", gzipped(TABLE) + b"garbage", "something that is not gzip follows"),
        ("tsv.gz", gzipped(TABLE) + gzipped(TABLE)[:-8], "ends in the middle"),
        ("tsv.gz", gzipped(TABLE)[:-8] + b"\0\0\0\0" + gzipped(TABLE)[-4:], "incorrect data check"),
        ("vcf.bgz", CONTENT[:-28], "last block is missing"),
        ("vcf.bgz", b"\x1f\x8b" + CONTENT[2:12] + b"XX" + CONTENT[14:], "not gzip in blocks"),
        ("tsv", TABLE[:-10], "too few columns"),
        ("tsv", b"one column\n" * 9, "not tabs"),
        ("tsv", TABLE + b"\0" if len(TABLE) < 1 << 16 else b"a\tb\0", "not tabs"),
        ("csv", b'a,b\n1,"x', "ends within quotes: it was cut"),
        ("csv", b'a,b\n1,"x\n', "ends within quotes: it was cut"),
        ("csv", b"a,b,c\n1,2,3\n1,2", "too few columns"),
        ("obo", b"format-version: 1.2\nid: HP", "last line has no end"),
        ("json", b'{"a": [1, 2', "no whole JSON"),
        ("json", b"[" * 100_000, "no whole JSON"),
        ("xml", b"<JDBOR><a></JDBOR>", "no whole XML"),
        ("xml", b"<!doctype html><html></html>", "it holds a web page"),
        ("zip", zipped(TABLE)[:-4], "no whole zip"),
        ("bigwig", b"\x26\xfc\x8f\x88" + bytes(64), "does not end with its own mark"),
        ("parquet", b"PAR1" + bytes(64), "does not end with its own mark"),
        ("tar.gz", gzipped(bytes(600)), "not tar"),
        ("wigfix.gz", gzipped(b"variableStep chrom=chr1\n"), "not wigfix"),
        ("gff3.gz", gzipped(b"#gtf-version 2\n"), "not gff3"),
    ],
)
def test_a_file_that_is_not_whole_or_not_of_its_format_is_refused(
    form: str, content: bytes, message: str, tmp_path: Path
) -> None:
    with pytest.raises(WrongContentError, match=message):
        _check(content, form, tmp_path)


def test_a_broken_member_of_an_archive_is_named(tmp_path: Path) -> None:
    archive = bytearray(zipped(TABLE * 50))
    archive[len(archive) // 2] ^= 0xFF

    with pytest.raises(WrongContentError, match=r"scores\.csv|no whole zip"):
        _check(bytes(archive), "zip", tmp_path)


def test_a_digest_that_agreed_spares_the_reading_but_not_the_look(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(gzipped(TABLE)[:-20])
    check_whole(path, FORMATS["tsv.gz"], proven=True)

    path.write_bytes(b"<html></html>")
    with pytest.raises(WrongContentError, match="a web page, not gzip"):
        check_whole(path, FORMATS["tsv.gz"], proven=True)


@given(size=st.integers(0, len(CONTENT) - 1))
def test_no_beginning_of_a_file_in_blocks_passes(
    size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with pytest.raises(WrongContentError):
        _check(CONTENT[:size], "vcf.bgz", tmp_path_factory.getbasetemp())


@given(place=st.integers(18, len(CONTENT) - 40), bit=st.integers(0, 7))
def test_no_flipped_bit_of_a_file_in_blocks_passes(
    place: int, bit: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """But in the name, time and system of a block's header, which nobody reads."""
    content = bytearray(bgzf(VCF[:30_000]))
    place = 18 + place % (len(content) - 28 - 18)
    content[place] ^= 1 << bit

    with pytest.raises(WrongContentError):
        _check(bytes(content), "vcf.bgz", tmp_path_factory.getbasetemp())


@given(data=st.binary(max_size=5000), members=st.integers(1, 4))
def test_what_is_taken_off_is_what_was_put_around(
    data: bytes, members: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "packed").write_bytes(gzip.compress(data, mtime=0) * members)

    peel(folder / "packed", folder / "inside", 100_000)

    assert (folder / "inside").read_bytes() == data * members
