"""What the store answers: who carries what, the last analysis of a case, and nothing of context."""

import os
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store_rows import KID, MUM, consequences, keys, pairs, rows
from varinterp.cohort.parts import PART_SCHEMA
from varinterp.cohort.store import CohortStore
from varinterp.errors import InternalError, StageError
from varinterp.family_table import VARIANTS_SCHEMA

RARE, OTHER, COMMON = "1-1000-A-G", "2-500-C-T", "2-501-C-T"
LONG, LONG_TOO = "3-70-A-ACGTACGTACGTACGT", "3-70-A-ACGTACGTACGTACGA"


def carriers(store: CohortStore, *alleles: str) -> set[tuple[int, str]]:
    return pairs(store.carriers(keys(*alleles).to_numpy()))


def expected(*found: tuple[str, str]) -> set[tuple[int, str]]:
    return {(keys(allele)[0], case) for allele, case in found}


def test_part_begins_with_the_columns_of_the_family_table() -> None:
    assert PART_SCHEMA.names[:-1] == VARIANTS_SCHEMA.names
    assert [PART_SCHEMA.field(name) for name in VARIANTS_SCHEMA.names] == list(VARIANTS_SCHEMA)


@pytest.mark.parametrize("compacted", [False, True])
def test_carriers_are_those_who_stored_the_allele(tmp_path: Path, compacted: bool) -> None:
    store = CohortStore.open(tmp_path)
    store.add("C-A", 1, rows([RARE, OTHER, COMMON], context=[COMMON]))
    store.add("C-B", 1, rows([RARE, COMMON]))
    if compacted:
        store.compact()
    assert carriers(store, RARE, COMMON) == expected((RARE, "C-A"), (RARE, "C-B"), (COMMON, "C-B"))
    assert store.cases() == {"C-A": 1, "C-B": 1}


@pytest.mark.parametrize("compacted", [(), (0,), (1,), (0, 1)])
def test_only_the_last_analysis_of_a_case_counts(tmp_path: Path, compacted: tuple[int]) -> None:
    store = CohortStore.open(tmp_path)
    for number, allele in enumerate([RARE, OTHER]):
        store.add("C-A", number + 1, rows([allele]))
        if number in compacted:
            store.compact()
    assert carriers(store, RARE, OTHER) == expected((OTHER, "C-A"))
    assert store.cases() == {"C-A": 2}
    assert store.rows("C-A")["position"].to_list() == [500]
    assert store.verify() == ()


def test_an_analysis_stored_again_with_other_alleles_replaces_itself(tmp_path: Path) -> None:
    store = CohortStore.open(tmp_path)
    store.add("C-A", 1, rows([RARE]))
    store.compact()
    store.add("C-A", 1, rows([OTHER]))
    assert carriers(store, RARE, OTHER) == expected((OTHER, "C-A"))
    store.compact()
    assert carriers(store, RARE, OTHER) == expected((OTHER, "C-A"))


def test_adding_the_same_again_changes_no_file(tmp_path: Path) -> None:
    store = CohortStore.open(tmp_path)
    store.add("C-A", 1, rows([RARE]))
    store.compact()
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "parts").iterdir()}
    store.add("C-A", 1, rows([RARE]))
    store.compact()
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "parts").iterdir()}
    assert after == before
    assert not list((tmp_path / "new").iterdir())


def test_rows_of_some_keys_or_all(tmp_path: Path) -> None:
    store = CohortStore.open(tmp_path)
    given_rows = rows([RARE, OTHER, COMMON, LONG], context=[COMMON])
    store.add("C-A", 1, given_rows)
    assert store.rows("C-A").equals(given_rows)
    assert store.rows("C-A", keys(OTHER, LONG)).equals(
        given_rows.filter(pl.col("key").is_in(keys(OTHER, LONG).implode()))
    )
    assert store.rows("C-A", keys("9-1-A-G")).is_empty()


def test_rows_of_row_groups_without_a_wanted_key_are_not_needed(tmp_path: Path) -> None:
    alleles = [f"1-{place}-A-G" for place in range(1, 9_000)]
    store = CohortStore.open(tmp_path)
    store.add("C-A", 1, rows(alleles, people=[KID]))
    for wanted in (alleles[0], alleles[8_191], alleles[8_192], alleles[-1]):
        assert store.rows("C-A", keys(wanted))["position"].to_list() == [int(wanted.split("-")[1])]


def test_laboratory_consequences_come_back_with_the_alleles_that_have_them(tmp_path: Path) -> None:
    store = CohortStore.open(tmp_path)
    said = consequences({RARE: ["ENST1.1", "ENST2.1"], LONG: ["ENST3.1"]})
    store.add("C-A", 1, rows([RARE, OTHER, LONG]), said)
    store.add("C-B", 1, rows([RARE]))
    found = store.csq("C-A")
    assert found is not None
    assert found.equals(said)
    assert store.csq("C-B") is None


def test_laboratory_consequences_that_say_nothing_are_not_those_that_are_missing(
    tmp_path: Path,
) -> None:
    store = CohortStore.open(tmp_path)
    store.add("C-A", 1, rows([RARE]), consequences({}))
    found = store.csq("C-A")
    assert found is not None
    assert found.is_empty()


@pytest.mark.parametrize("compacted", [False, True])
def test_carriers_in_a_stretch(tmp_path: Path, compacted: bool) -> None:
    store = CohortStore.open(tmp_path)
    store.add("C-A", 1, rows(["1-9-A-G", "1-10-A-G", "1-20-A-G", "1-21-A-G", "X-10-A-G", COMMON]))
    if compacted:
        store.compact()
    spans = pl.DataFrame({"chromosome": ["1", "X"], "start": [10, 1], "end": [20, 10]})
    assert pairs(store.carriers_in(spans)) == expected(
        ("1-10-A-G", "C-A"), ("1-20-A-G", "C-A"), ("X-10-A-G", "C-A")
    )


def test_keys_that_do_not_ascend_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InternalError, match="ascending"):
        CohortStore.open(tmp_path).carriers(np.array([5, 5], np.uint64))


def test_a_case_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StageError, match="run the workflow"):
        CohortStore.open(tmp_path).rows("C-A")


def test_a_reader_keeps_the_store_that_it_opened(tmp_path: Path) -> None:
    writer, reader = CohortStore.open(tmp_path), CohortStore.open(tmp_path)
    writer.add("C-A", 1, rows([RARE]))
    writer.compact()
    assert carriers(reader, RARE) == expected((RARE, "C-A"))
    for number in range(2, 6):
        writer.add("C-B", number, rows([RARE, OTHER]))
        writer.compact()
    assert carriers(reader, RARE, OTHER) == expected((RARE, "C-A"))
    reader.refresh()
    assert carriers(reader, RARE, OTHER) == expected((RARE, "C-A"), (RARE, "C-B"), (OTHER, "C-B"))


def test_a_reader_whose_loose_part_was_replaced_sees_the_store_as_it_is_now(
    tmp_path: Path,
) -> None:
    writer, reader = CohortStore.open(tmp_path), CohortStore.open(tmp_path)
    writer.add("C-A", 1, rows([RARE]))
    assert reader.cases() == {"C-A": 1}
    writer.add("C-A", 2, rows([OTHER]))
    writer.compact()
    assert carriers(reader, RARE, OTHER) == expected((OTHER, "C-A"))


def test_a_lost_part_is_no_answer(tmp_path: Path) -> None:
    CohortStore.open(tmp_path).add("C-A", 1, rows([RARE]))
    for path in (tmp_path / "parts").iterdir():
        path.write_bytes(b"")
    with pytest.raises(StageError, match="is damaged"):
        carriers(CohortStore.open(tmp_path), RARE)


def test_a_reader_of_rows_that_were_replaced_meanwhile_is_told(tmp_path: Path) -> None:
    writer, reader = CohortStore.open(tmp_path), CohortStore.open(tmp_path)
    writer.add("C-A", 1, rows([RARE]))
    assert reader.cases() == {"C-A": 1}
    writer.add("C-A", 2, rows([OTHER]))
    writer.compact()
    with pytest.raises(StageError, match="stored anew meanwhile"):
        reader.rows("C-A")


def test_what_a_killed_job_left_long_ago_is_removed(tmp_path: Path) -> None:
    store = CohortStore.open(tmp_path)
    store.add("C-A", 1, rows([RARE]))
    old, new = (tmp_path / "parts" / f".partial-{name}" for name in ("old", "new"))
    for path in (old, new):
        path.touch()
    os.utime(old, (0, 0))
    store.compact()
    assert (old.exists(), new.exists()) == (False, True)


def test_forgotten_cases_leave_no_byte(tmp_path: Path) -> None:
    store = CohortStore.open(tmp_path)
    store.add("C-AAAA", 1, rows([RARE]))
    store.add("C-BBBB", 1, rows([RARE, OTHER]))
    store.compact()
    store.add("C-AAAA", 2, rows([OTHER]))
    store.forget(["C-AAAA"])
    assert store.cases() == {"C-BBBB": 1}
    assert carriers(store, RARE, OTHER) == expected((RARE, "C-BBBB"), (OTHER, "C-BBBB"))
    for path in tmp_path.rglob("*"):
        assert "C-AAAA" not in path.name
        assert path.is_dir() or b"C-AAAA" not in path.read_bytes()
    assert store.verify() == ()


def test_a_forgotten_person_takes_their_own_alleles_along(tmp_path: Path) -> None:
    store = CohortStore.open(tmp_path)
    given_rows = rows(
        [RARE, OTHER, COMMON],
        context=[COMMON],
        copies={(OTHER, KID): 0, (COMMON, KID): None},
    )
    store.add("C-A", 1, given_rows, consequences({RARE: ["T1"], OTHER: ["T2"]}))
    store.compact()
    store.forget_person("C-A", MUM)
    left = store.rows("C-A")
    people = (
        left["genotypes"].explode(empty_as_null=False).struct.field("person").unique().to_list()
    )
    assert (left["position"].to_list(), people) == ([1000], [KID])
    assert carriers(store, RARE, OTHER) == expected((RARE, "C-A"))
    said = store.csq("C-A")
    assert said is not None
    assert said["transcript"].to_list() == ["T1"]
    assert not any(MUM.encode() in path.read_bytes() for path in tmp_path.rglob("*.parquet"))
    assert store.verify() == ()


def test_two_long_alleles_of_one_key_are_told_apart_in_rows() -> None:
    assert keys(LONG, LONG_TOO).len() == 2  # if this hash ever collides, choose others


ALLELES = st.sampled_from([f"{c}-{p}-A-{b}" for c in "1X" for p in (5, 6, 9) for b in "CG"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from("ABC"), st.sets(ALLELES), st.sets(ALLELES)),
        st.tuples(st.just("compact")),
        st.tuples(st.just("forget"), st.sampled_from("ABC")),
    ),
    max_size=12,
)


@settings(max_examples=40)
@given(steps=STEPS)
def test_any_history_answers_as_a_dictionary_does(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[object, ...]]
) -> None:
    store = CohortStore.open(tmp_path_factory.mktemp("store"))
    model: dict[str, tuple[int, set[str]]] = {}
    for step in steps:
        match step:
            case ("add", str(name), set() as kept, set() as beside):
                case, analysis = f"C-{name}", model.get(f"C-{name}", (0, set()))[0] + 1
                store.add(case, analysis, rows(kept | beside, context=tuple(beside - kept)))
                model[case] = (analysis, kept)
            case ("forget", str(name)):
                store.forget([f"C-{name}"])
                model.pop(f"C-{name}", None)
            case _:
                store.compact()
    every = [f"{c}-{p}-A-{b}" for c in "1X" for p in (5, 6, 9) for b in "CG"]
    wanted = expected(*((a, case) for case, (_, kept) in model.items() for a in kept))
    assert carriers(store, *every) == wanted
    assert store.cases() == {case: analysis for case, (analysis, _) in sorted(model.items())}
    assert store.verify() == ()


def test_a_part_of_before_likelihoods_were_kept_is_read_without_them(tmp_path: Path) -> None:
    store = CohortStore.open(tmp_path)
    store.add("C-A", 1, rows([RARE]))
    now = store.rows("C-A")
    (path,) = tmp_path.rglob("C-A.*.parquet")
    older = pl.List(pl.Struct(list(now.schema["genotypes"].inner.fields)[:-3]))  # type: ignore[attr-defined]
    now.with_columns(pl.col("genotypes").cast(older)).write_parquet(path)

    assert store.rows("C-A").equals(now)
    assert store.rows("C-A", keys(RARE)).equals(now)
