"""A laboratory's own counts: what may be counted, what is hidden, and what changed between two."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream import local_frequency as upstream
from varinterp.errors import ReleaseError
from varinterp.model.population import (
    LocalFrequency,
)
from varinterp.model.variant import Allele
from varinterp.sources.local_counts import COUNTS, table_counts, vcf_counts
from varinterp.sources.local_frequency import changed_counts, read_local, write_local
from varinterp.sources.rules import read_rules

IN_FORCE = read_rules(Path(__file__).parents[3] / "resources" / "rules" / "core-v1.yaml")
ALLELES = ("22-10-A-C", "22-10-A-G", "22-20-ACGTACGTACG-A", "X-5-T-TA")


def keys(*alleles: str) -> pl.Series:
    return pl.Series([Allele.parse(allele).key for allele in alleles], dtype=pl.UInt64)


def release(folder: Path, rows: list[dict[str, object]], smallest: int = 1) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    cells = []
    for each in rows:
        allele = Allele.parse(str(each["allele"]))
        cells.append(
            {
                "key": allele.key,
                "chromosome": allele.chromosome.value,
                "position": allele.position,
                "ref": allele.ref,
                "alt": allele.alt,
            }
            | {name: each.get(name) for name in COUNTS}
        )
    schema: dict[str, type[pl.DataType]] = {
        "key": pl.UInt64, "chromosome": pl.String, "position": pl.Int32, "ref": pl.String,
        "alt": pl.String, **dict.fromkeys(COUNTS, pl.Int32),
    }  # fmt: skip
    write_local(pl.DataFrame(cells, schema).sort("key"), folder, smallest, constructed=True)
    return folder


def counted(**cells: object) -> dict[str, object]:
    return {"allele": ALLELES[0], "ac": 12, "an": 1000} | cells


def table(folder: Path, *lines: str) -> Path:
    path = folder / "counts.tsv"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_a_table_and_a_vcf_give_the_same_counts(tmp_path: Path) -> None:
    as_table = table_counts(upstream.write(tmp_path)["table"][0])
    blocks, aside = vcf_counts(upstream.write(tmp_path, vcf=True)["vcf"][0])
    as_vcf = pl.concat(blocks)

    place = ["chromosome", "position", "ref", "alt"]
    first, second = (each.select(*place, *COUNTS).sort(place) for each in (as_table, as_vcf))
    assert first.rows() == second.rows()
    assert aside.total() == 0


def test_counts_that_were_not_given_are_not_zero(tmp_path: Path) -> None:
    rows = table_counts(table(tmp_path, "an\tallele\tac\thomozygotes", "100\tX-5-T-TA\t3\t"))

    assert rows.select(*COUNTS).rows() == [(3, 100, None, None, None)]


def test_a_table_that_a_spreadsheet_wrote_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "counts.tsv"
    path.write_bytes("\ufeffallele\tac\tan\r\n22-10-A-C\t3\t100\r\n".encode())

    assert table_counts(path).select("position", *COUNTS).rows() == [(10, 3, 100, None, None, None)]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("22-10-A-C\t3\t1OO\t0", "cannot be read"),
        ("chr22:10A>C\t3\t100\t0", "cannot be read"),
        ("22-10-A-<DEL>\t3\t100\t0", "cannot be read"),
        ("22-10-A-C\t-3\t100\t0", "cannot be read"),
        ("22-10-A-C\t101\t100\t0", "counts that cannot be"),
        ("22-10-A-C\t3\t100\t2", "counts that cannot be"),
    ],
)
def test_a_count_that_cannot_be_is_refused_by_its_line(
    tmp_path: Path, line: str, told: str
) -> None:
    path = table(tmp_path, "allele\tac\tan\thomozygotes", "22-9-A-C\t1\t100\t0", line)
    with pytest.raises(ReleaseError, match=rf"counts\.tsv, line 3: .*{told}"):
        table_counts(path)


def test_a_column_that_names_a_person_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path, "allele\tac\tan\tsample", "22-10-A-C\t1\t100\tWES-1")
    with pytest.raises(ReleaseError, match="unknown: 'sample'") as caught:
        table_counts(path)
    assert "WES-1" not in str(caught.value)


def test_small_counts_are_hidden_and_said_to_be(tmp_path: Path) -> None:
    row = counted(ac=12, homozygotes=0, affected=4, unaffected=5)
    found = read_local(release(tmp_path, [row], smallest=5), keys(ALLELES[0]))

    assert found[ALLELES[0]] == LocalFrequency(
        ac=12, an=1000, homozygotes=0, affected=None, unaffected=5,
        hidden=("affected",), smallest=5, constructed=True,
    )  # fmt: skip
    assert found[ALLELES[0]].af == 0.012


def test_no_file_of_a_release_holds_a_small_count(tmp_path: Path) -> None:
    folder = release(tmp_path, [counted(ac=3, affected=3, unaffected=0)], smallest=5)
    (found,) = read_local(folder, keys(ALLELES[0])).values()

    assert (found.ac, found.affected, found.unaffected) == (None, None, 0)
    assert (found.hidden, found.af) == (("ac", "affected"), None)
    assert pl.read_parquet(folder / "counts.parquet")["ac"].to_list() == [None]


@pytest.mark.parametrize(
    ("before", "after", "kind", "texts"),
    [
        (None, counted(), "added", (None, "12/1000")),
        (counted(), None, "removed", ("12/1000", None)),
        (counted(ac=9), counted(ac=11), "frequency_crossed_up", ("9/1000", "11/1000")),
        (counted(ac=51), counted(ac=50), "frequency_crossed_down", ("51/1000", "50/1000")),
        (counted(ac=12), counted(ac=13), "frequency_moved", ("12/1000", "13/1000")),
        (counted(ac=1), counted(ac=2), "frequency_moved", ("1/1000", "2/1000")),
        (counted(), counted(affected=7), "restated", ("12/1000", "12/1000")),
    ],
)
def test_what_moved_has_a_name(
    tmp_path: Path,
    before: dict[str, object] | None,
    after: dict[str, object] | None,
    kind: str,
    texts: tuple[str | None, str | None],
) -> None:
    old = release(tmp_path / "old", [] if before is None else [before])
    new = release(tmp_path / "new", [] if after is None else [after])

    (change,) = changed_counts(old, new, IN_FORCE).rows()
    assert change == ("population.local", ALLELES[0], kind, *texts, Allele.parse(ALLELES[0]).key)


SMALL = st.one_of(st.none(), st.integers(0, 6))
CELLS = st.fixed_dictionaries(
    {
        "allele": st.sampled_from(ALLELES),
        "ac": st.integers(1, 30),
        "an": st.sampled_from((1000, 1200)),
        "homozygotes": SMALL,
        "affected": SMALL,
        "unaffected": SMALL,
    }
)
TABLES = st.lists(CELLS, max_size=4, unique_by=lambda cells: cells["allele"])


@given(TABLES, TABLES, st.sampled_from((1, 5)), st.sampled_from((1, 5)))
def test_the_changes_are_the_alleles_whose_counts_differ(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[dict[str, object]],
    after: list[dict[str, object]],
    first: int,
    second: int,
) -> None:
    folder = tmp_path_factory.mktemp("counts")
    old, new = release(folder / "old", before, first), release(folder / "new", after, second)
    was, now = read_local(old, keys(*ALLELES)), read_local(new, keys(*ALLELES))

    told = changed_counts(old, new, IN_FORCE)["key"].to_list()
    assert sorted(told) == sorted(each for each in ALLELES if was.get(each) != now.get(each))
