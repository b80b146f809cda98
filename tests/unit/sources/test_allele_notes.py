"""Tables of notes on alleles: what is written comes back, and the changes are the differences."""

import json
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from varinterp.annotate.key import keys
from varinterp.model.change import ChangeKind
from varinterp.model.clinvar import Significance
from varinterp.model.external import MitomapStatus
from varinterp.model.variant import Allele
from varinterp.sources.allele_notes import lookup_note, note_changes, write_notes
from varinterp.sources.laboratory import ENTRY, laboratory_kinds, laboratory_text
from varinterp.sources.material import CHANGES_SCHEMA
from varinterp.sources.mitomap import mitomap_kinds, mitomap_text

ALLELES = (
    "1-10000-A-C", "22-20061538-G-A", "22-20061538-G-ACGTACGTACGT", "22-20061538-G-AGGTACGTACGT",
    "MT-3243-A-G",
)  # fmt: skip
NUMBERS = count()
ENTRIES = st.fixed_dictionaries(
    {
        name: st.lists(st.sampled_from([word.value for word in Significance]), max_size=2)
        if name == "classes"
        else st.sampled_from([None, "2025-01-01", "note"] if name in ENTRY[5:] else [None, 0, 3])
        for name in ENTRY
    }
)
LABORATORY = st.fixed_dictionaries({"entries": st.lists(ENTRIES, min_size=1, max_size=2)})
MITOMAP = st.fixed_dictionaries(
    {
        "status": st.sampled_from([None, *(status.value for status in MitomapStatus)]),
        "rating": st.sampled_from([None, "pathogenic", "likely_pathogenic", "benign"]),
        "diseases": st.sampled_from([None, "MELAS", "LHON"]),
        "stated": st.sampled_from([None, "Reported-/-Secondary"]),
        "polymorphism": st.booleans(),
        "count": st.sampled_from([None, 1, 2]),
        "frequency": st.sampled_from([None, 0.5]),
    }
)
QUICK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
Release = dict[str, Any]


def written(release: Release, root: Path) -> Path:
    folder = root / str(next(NUMBERS))
    folder.mkdir()
    rows = [
        (a.chromosome.value, a.position, a.ref, a.alt, json.dumps(value))
        for name, value in release.items()
        for a in [Allele.parse(name)]
    ]
    schema = {
        "chromosome": pl.String, "position": pl.Int32, "ref": pl.String, "alt": pl.String,
        "value": pl.String,
    }  # fmt: skip
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    write_notes(frame.with_columns(keys(frame)), folder)
    return folder


def differing(old: Path, new: Path) -> set[str]:
    return {key for key in ALLELES if lookup_note(old, key) != lookup_note(new, key)}


@QUICK
@given(
    old=st.dictionaries(st.sampled_from(ALLELES), LABORATORY),
    new=st.dictionaries(st.sampled_from(ALLELES), LABORATORY),
)
def test_exactly_the_alleles_that_a_laboratory_says_otherwise_of_have_changed(
    old: Release, new: Release, tmp_path: Path
) -> None:
    folders = written(old, tmp_path), written(new, tmp_path)
    table = note_changes("assertion.lab", *folders, laboratory_kinds, laboratory_text)

    assert table.schema == pl.Schema(CHANGES_SCHEMA)
    assert set(table["key"]) == differing(*folders)
    assert not table.select("key", "kind").is_duplicated().any()


@QUICK
@given(
    old=st.dictionaries(st.sampled_from(ALLELES), MITOMAP),
    new=st.dictionaries(st.sampled_from(ALLELES), MITOMAP),
)
def test_exactly_the_alleles_that_mitomap_says_otherwise_of_have_changed(
    old: Release, new: Release, tmp_path: Path
) -> None:
    folders = written(old, tmp_path), written(new, tmp_path)
    table = note_changes("mitomap", *folders, mitomap_kinds, mitomap_text)
    added = {row["key"] for row in table.iter_rows(named=True) if row["kind"] == ChangeKind.ADDED}

    assert set(table["key"]) == differing(*folders)
    assert added == new.keys() - old.keys()


@QUICK
@given(release=st.dictionaries(st.sampled_from(ALLELES), LABORATORY))
def test_what_is_written_comes_back_and_nothing_else(release: Release, tmp_path: Path) -> None:
    folder = written(release, tmp_path)

    assert {key: lookup_note(folder, key) for key in ALLELES} == {
        key: release.get(key) for key in ALLELES
    }
