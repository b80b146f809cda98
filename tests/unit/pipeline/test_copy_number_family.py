"""Who in a family has a copy number: the same record, one alike, another file, nothing."""

from typing import Any

import polars as pl
import pytest

from copy_number_builders import trio
from varinterp.model.copy_number import CopyNumber
from varinterp.model.copy_number_facts import Carrier
from varinterp.pipeline.copy_number_family import family_copies, proband_copies
from varinterp.sources.copy_number_calls import CALLS_SCHEMA

OURS = CopyNumber.parse("22-1001-2000-DEL-1")
SCHEMA = {**{k: v for k, v in CALLS_SCHEMA.items() if k != "sample"}, "person": pl.String}


def call(person: str, carries: bool | None, start: int = 1001, end: int = 2000, **more: Any) -> Any:
    """A call of a loss on chromosome 22."""
    return {
        "chromosome": "22", "start": start, "end": end, "change": "DEL", "carries": carries,
        "copies": None, "line": 1, "person": person,
    } | more  # fmt: skip


def carriers(*calls: Any) -> dict[str, Carrier]:
    table = pl.DataFrame([call("P", True), *calls], schema=SCHEMA)
    return dict(family_copies(table, OURS, trio(), 0.5).calls)


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ((call("FA", True),), Carrier.YES),
        ((call("FA", False),), Carrier.NO),
        ((call("FA", None),), Carrier.UNKNOWN),
        ((), Carrier.UNKNOWN),
        # Another record of the father's that shares half of the longer one, or less
        ((call("FA", False), call("FA", True, 1501, 2500)), Carrier.YES),
        ((call("FA", False), call("FA", True, 1502, 2501)), Carrier.NO),
        ((call("FA", True, 1501, 2500),), Carrier.YES),
        ((call("FA", True, 1, 9000),), Carrier.UNKNOWN),
        # Another record that he lacks says nothing of ours
        ((call("FA", False, 1001, 2001),), Carrier.UNKNOWN),
        # Two records of one place that do not agree
        ((call("FA", False), call("FA", None)), Carrier.UNKNOWN),
        # Another change, another chromosome
        ((call("FA", True, change="DUP"),), Carrier.UNKNOWN),
        ((call("FA", True, chromosome="21"),), Carrier.UNKNOWN),
    ],
)
def test_a_fathers_call(calls: tuple[Any, ...], expected: Carrier) -> None:
    found = carriers(*calls)
    assert found["FA"] is expected
    assert (found["P"], found["MO"]) == (Carrier.YES, Carrier.UNKNOWN)


def test_the_probands_own_are_listed_once_and_in_genome_order() -> None:
    table = pl.DataFrame(
        [
            call("P", True, chromosome="X", copies=0),
            call("P", True, copies=1),
            call("P", True, copies=1, line=2),
            call("P", True, 5000, 6000, copies=1),
            call("P", True, 5000, 6000, copies=0),
            call("P", False, 7000, 8000, copies=2),
            call("P", None, 9000, 9900),
            call("FA", True, 3000, 4000, copies=1),
        ],
        schema=SCHEMA,
    )
    assert [str(each) for each in proband_copies(table, "P")] == [
        "22-1001-2000-DEL-1", "22-5000-6000-DEL", "X-1001-2000-DEL-0",
    ]  # fmt: skip
