"""Which alleles are kept: everything that a moved fact could promote, and its neighbours."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest

from store_rows import DAD, KID, MUM, rows
from varinterp.cohort.selection import SPANS
from varinterp.pipeline.stages.store import stored_rows

LIMIT = 0.05
COMMON = {"gate_frequency": 0.2, "gate_known_frequency": 0.3}
NO_SPANS = pl.DataFrame(schema=SPANS)
GATES: dict[str, Any] = {
    "gate_frequency": None,
    "gate_known_frequency": None,
    "clinvar_significance": None,
    "gate_listed": False,
    "candidate": False,
}
KINDS: dict[str, pl.DataType] = {
    "gate_frequency": pl.Float64(),
    "gate_known_frequency": pl.Float64(),
    "clinvar_significance": pl.List(pl.String()),
    "gate_listed": pl.Boolean(),
    "candidate": pl.Boolean(),
}


def annotated(alleles: dict[str, dict[str, Any]], **given: Any) -> pl.DataFrame:
    """Rows of ``variants.parquet`` as far as the selection reads them; without evidence."""
    base = rows(alleles, **given).drop("stored")
    names = base.select(pl.concat_str("chromosome", "position", "ref", "alt", separator="-"))
    cells = [GATES | alleles[name] for name in names.to_series()]
    return pl.concat([base, pl.DataFrame(cells, schema=KINDS)], how="horizontal", strict=True)


def kept(
    frame: pl.DataFrame, spans: pl.DataFrame = NO_SPANS, trio: Sequence[str] = ()
) -> dict[str, bool]:
    """Return what is stored, read in batches of two rows: allele to whether it is so for itself."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "variants.parquet"
        frame.write_parquet(path, row_group_size=2)
        found = stored_rows(path, LIMIT, spans, trio)
    names = found.select(pl.concat_str("chromosome", "position", "ref", "alt", separator="-"))
    return dict(zip(names.to_series(), found["stored"], strict=True))


@pytest.mark.parametrize(
    "evidence",
    [
        {},
        {"gate_frequency": 0.05, "gate_known_frequency": 0.05},
        {"gate_frequency": 0.001, "gate_known_frequency": 0.3},
        {"gate_frequency": 0.2, "gate_known_frequency": 0.01},
        COMMON | {"clinvar_significance": ["Benign"]},
        COMMON | {"gate_listed": True},
        COMMON | {"candidate": True},
    ],
    ids=["unknown", "limit", "rare_by_bound", "rare_by_group", "clinvar", "listed", "candidate"],
)
def test_an_allele_that_may_matter_is_kept(evidence: dict[str, Any]) -> None:
    assert kept(annotated({"1-10-A-G": evidence})) == {"1-10-A-G": True}


def test_a_common_unknown_allele_is_not_kept() -> None:
    assert kept(annotated({"1-10-A-G": COMMON})) == {}


@pytest.mark.parametrize(
    ("kid", "mum", "is_kept"),
    [(0, 0, False), (None, 0, False), (0, 1, True), (1, 0, True), (0, None, False)],
)
def test_an_allele_that_nobody_carries_is_not_kept(
    kid: int | None, mum: int | None, is_kept: bool
) -> None:
    allele = "1-10-A-G"
    frame = annotated({allele: {}}, copies={(allele, KID): kid, (allele, MUM): mum})
    assert (allele in kept(frame)) is is_kept


def test_half_a_call_with_reads_of_the_allele_is_kept() -> None:
    allele = "1-10-A-G"
    frame = annotated({allele: {}}, copies={(allele, KID): None, (allele, MUM): 0})
    calls = [
        [call | {"alt_depth": 5 if call["person"] == KID else 0} for call in row]
        for row in frame["genotypes"].to_list()
    ]
    seen = frame.with_columns(pl.Series("genotypes", calls, dtype=frame.schema["genotypes"]))
    assert kept(seen) == {allele: True}


@pytest.mark.parametrize(
    ("copies", "is_kept"), [((1, 0, 0), True), ((1, 1, 0), False), ((1, 0, None), False)]
)
def test_a_common_allele_that_both_parents_lack_is_kept(
    copies: tuple[int, int, int | None], is_kept: bool
) -> None:
    allele, people = "1-10-A-G", (MUM, KID, DAD)
    calls = dict(zip([(allele, KID), (allele, MUM), (allele, DAD)], copies, strict=True))
    frame = annotated({allele: COMMON}, people=people, copies=calls)
    assert (allele in kept(frame, trio=(KID, DAD, MUM))) is is_kept
    assert allele not in kept(frame)


EXONS = pl.DataFrame(
    {
        "transcript": ["T1", "T1", "T2"],
        "chromosome": ["1", "1", "2"],
        "start": [100, 200, 100],
        "end": [110, 210, 110],
    },
    schema=SPANS,
)


def test_neighbours_in_the_coding_parts_of_a_kept_allele_are_context() -> None:
    common = ["1-98-A-G", "1-99-A-G", "1-110-A-G", "1-111-A-G", "1-200-A-G", "2-105-A-G"]
    frame = annotated({"1-105-A-G": {}} | dict.fromkeys(common, COMMON))
    assert kept(frame, EXONS) == {
        "1-99-A-G": False, "1-105-A-G": True, "1-110-A-G": False, "1-200-A-G": False,
    }  # fmt: skip


def test_a_kept_deletion_that_reaches_into_a_coding_part_has_context() -> None:
    frame = annotated({"1-90-AAAAAAAAAAAAA-A": {}, "1-205-A-G": COMMON})
    assert kept(frame, EXONS) == {"1-90-AAAAAAAAAAAAA-A": True, "1-205-A-G": False}


def test_a_kept_allele_outside_coding_parts_has_no_context() -> None:
    frame = annotated({"1-150-A-G": {}, "1-105-A-G": COMMON, "3-105-A-G": {}})
    assert kept(frame, EXONS) == {"1-150-A-G": True, "3-105-A-G": True}


def test_context_that_nobody_carries_is_left_out() -> None:
    copies = {("1-106-A-G", person): 0 for person in (KID, MUM)}
    frame = annotated({"1-105-A-G": {}, "1-106-A-G": COMMON}, copies=copies)
    assert kept(frame, EXONS) == {"1-105-A-G": True}
