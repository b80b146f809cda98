"""Packed sources: what goes in comes out, row for row, and damage is said."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from varinterp.annotate.key import keys
from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.sources.pack import Column, Pack, PackWriter

COLUMNS = (
    Column("ac", "int32"),
    Column("level", "int8", block="together"),
    Column("af", "float64", block="together"),
    Column("score", "float32"),
    Column("group", "uint8", ("afr", "nfe", "sas"), block="together"),
    Column("flags", "uint8"),
    Column("digest", "uint64"),
)
NAMES = [column.name for column in COLUMNS]
SCHEMA = {"chromosome": pl.String, "position": pl.Int32, "ref": pl.String, "alt": pl.String}
BASES = st.text("ACGT", min_size=1, max_size=9)


def table(alleles: list[tuple[str, int, str, str]], seed: int = 0) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    rows = pl.DataFrame(sorted(set(alleles)), SCHEMA, orient="row")
    size = rows.height
    some = pl.Series(rng.random(size) < 0.7)
    values = {
        "ac": pl.Series(rng.integers(0, 1000, size).astype(np.int32)),
        "level": pl.Series(rng.integers(-100, 100, size).astype(np.int8)),
        "af": pl.Series(rng.random(size)),
        "score": pl.Series(rng.random(size).astype(np.float32)),
        "group": pl.Series(["afr", "nfe", "sas"], dtype=pl.String).gather(rng.integers(0, 3, size)),
        "flags": pl.Series(rng.integers(0, 255, size).astype(np.uint8)),
    }
    nullable = [
        pl.when(pl.Series(rng.permutation(some))).then(column).alias(name)
        for name, column in values.items()
    ]
    digest = pl.Series("digest", rng.integers(0, 2**64, size, dtype=np.uint64))
    return rows.with_columns(keys(rows), *nullable, digest).sort("key", "ref", "alt")


def write(folder: Path, rows: pl.DataFrame, pieces: int = 1) -> dict[str, int]:
    with PackWriter(folder, COLUMNS) as writer:
        for chromosome in Chromosome:
            part = rows.filter(chromosome=chromosome.value)
            step = max(1, -(-part.height // pieces))
            for start in range(0, part.height, step):
                writer.write(chromosome, part[start : start + step])
    return writer.files()


alleles = st.lists(
    st.tuples(st.sampled_from(["1", "22", "X"]), st.integers(1, 40), BASES, BASES).filter(
        lambda allele: allele[2] != allele[3]
    ),
    min_size=1,
    max_size=60,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(stored=alleles, asked=alleles, pieces=st.integers(1, 4))
def test_a_lookup_is_the_left_join(
    stored: list[tuple[str, int, str, str]],
    asked: list[tuple[str, int, str, str]],
    pieces: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("pack")
    rows = table(stored)
    files = write(folder, rows, pieces)
    assert sum(files.values()) == rows.height
    wanted = table([*asked, *stored[::2]]).select("key", "ref", "alt")
    expected = wanted.join(
        rows.select("key", "ref", "alt", *NAMES, found=pl.lit(True)),
        on=["key", "ref", "alt"],
        how="left",
        maintain_order="left",
    ).select(pl.col("found").fill_null(False), *NAMES)
    assert Pack.open(folder).lookup(wanted, NAMES).equals(expected)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(stored=alleles, pieces=st.integers(2, 5))
def test_a_frame_gives_every_row_back_and_pieces_change_no_byte(
    stored: list[tuple[str, int, str, str]],
    pieces: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    whole, cut = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("cut")
    rows = table(stored)
    names = write(whole, rows)
    assert write(cut, rows, pieces) == names
    assert all((whole / name).read_bytes() == (cut / name).read_bytes() for name in names)
    assert sorted(path.name for path in cut.iterdir()) == sorted(names)
    pack = Pack.open(whole)
    for chromosome in Chromosome:
        part = rows.filter(chromosome=chromosome.value).drop("chromosome")
        assert pack.frame(chromosome).equals(part.select("key", "position", "ref", "alt", *NAMES))
    every = np.arange(pack.rows)[::2]
    assert pack.take(every, ["ac"]).equals(
        rows[every].select("chromosome", "key", "position", "ref", "alt", "ac")
    )


def test_two_alleles_of_one_hashed_key_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("varinterp.annotate.key.encode_alleles", lambda ref, alt: 5)
    rows = table([("1", 9, "A", "C" * size) for size in (12, 13, 14, 15)])
    assert rows["key"].n_unique() == 1
    write(tmp_path, rows.filter(pl.col("alt") != "C" * 13))
    answer = Pack.open(tmp_path).lookup(rows, ["ac", "digest"])
    present = (rows["alt"] != "C" * 13).rename("found")
    assert answer["found"].equals(present)
    assert answer["digest"].to_list() == [
        value if there else None for value, there in zip(rows["digest"], present, strict=True)
    ]


ROWS = table([("22", place, "A", "C") for place in range(1, 50)])


@pytest.mark.parametrize("keep", [0, 10, 200, -1])
def test_a_truncated_file_is_said(tmp_path: Path, keep: int) -> None:
    write(tmp_path, ROWS)
    path = tmp_path / "22.pack"
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ReleaseError, match=r"22\.pack .*truncated"):
        Pack.open(tmp_path)


def test_another_version_is_said(tmp_path: Path) -> None:
    write(tmp_path, ROWS)
    path = tmp_path / "22.pack"
    data = bytearray(path.read_bytes())
    data[8] = 9
    path.write_bytes(data)
    with pytest.raises(ReleaseError, match="version 9"):
        Pack.open(tmp_path)


@pytest.mark.parametrize(
    "text", [b"nothing of ours, but long enough", b"VARPACK\n\1\0\0\0\2\0\0\0{]", b""]
)
def test_what_is_no_pack_is_said(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "1.pack").write_bytes(text)
    with pytest.raises(ReleaseError, match=r"1\.pack"):
        Pack.open(tmp_path)


def test_an_empty_folder_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no packed file"):
        Pack.open(tmp_path)


def test_files_of_different_columns_are_refused(tmp_path: Path) -> None:
    write(tmp_path, ROWS)
    with PackWriter(tmp_path, COLUMNS[:1]) as writer:
        one = table([("1", 5, "A", "G")])
        writer.write(Chromosome.C1, one)
    with pytest.raises(ReleaseError, match="different columns"):
        Pack.open(tmp_path)


def test_a_column_that_is_not_there_is_said(tmp_path: Path) -> None:
    write(tmp_path, ROWS)
    with pytest.raises(ReleaseError, match="no column spliceai"):
        Pack.open(tmp_path).lookup(ROWS, ["spliceai"])


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("group", "xyz", "unknown word 'xyz'"),
        ("ac", -(2**31), "stands for a missing value"),
        ("ac", 2**31, "does not fit int32"),
        ("ac", 0.5, "whole numbers"),
        ("level", 200, "does not fit int8"),
        ("flags", 255, "stands for a missing value"),
        ("af", float("nan"), "stands for a missing value"),
        ("digest", None, "missing where none may be"),
    ],
)
def test_a_value_that_cannot_be_stored_is_refused(
    tmp_path: Path, column: str, value: object, said: str
) -> None:
    rows = ROWS.with_columns(pl.lit(value).alias(column))
    with pytest.raises(ReleaseError, match=said):
        write(tmp_path, rows)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("order", [[1, 0], [0, 0], [0, 2, 1]])
def test_rows_out_of_order_or_twice_are_refused(tmp_path: Path, order: list[int]) -> None:
    short = ROWS[order]
    long = table([("22", 5, "A", "C" * 20), ("22", 9, "A", "C" * 20), ("22", 9, "AT", "C" * 20)])
    for rows in (short, long[order]):
        for pieces in (1, 3):
            with pytest.raises(ReleaseError, match="twice, or is not in order"):
                write(tmp_path, rows, pieces)
    assert list(tmp_path.iterdir()) == []


def test_a_key_of_another_allele_or_chromosome_is_refused(tmp_path: Path) -> None:
    swapped = ROWS.with_columns(pl.lit("C" * 20).alias("alt"))
    for chromosome, rows in ((Chromosome.C22, swapped), (Chromosome.C21, ROWS)):
        with (
            pytest.raises(ReleaseError, match="a key is not"),
            PackWriter(tmp_path, COLUMNS) as writer,
        ):
            writer.write(chromosome, rows)


def test_a_failed_writer_leaves_the_chromosomes_that_were_whole(tmp_path: Path) -> None:
    first = table([("1", 5, "A", "G")])
    with pytest.raises(ReleaseError):
        write(tmp_path, pl.concat([first, ROWS, ROWS]))
    assert [path.name for path in tmp_path.iterdir()] == ["1.pack"]


def test_a_chromosome_that_comes_back_is_refused(tmp_path: Path) -> None:
    first = table([("1", 5, "A", "G")])
    with PackWriter(tmp_path, COLUMNS) as writer:
        writer.write(Chromosome.C1, first)
        writer.write(Chromosome.C22, ROWS)
        with pytest.raises(ReleaseError, match="comes back"):
            writer.write(Chromosome.C1, first)
