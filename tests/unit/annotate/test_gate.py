"""Which alleles become candidates, and the numbers that say why."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from builders import call, carried, variants_table, write_assertions, write_frequencies
from varinterp.annotate.gate import GateLimits, gate
from varinterp.annotate.join import annotate
from varinterp.errors import InternalError
from varinterp.model.family import Family, Person
from varinterp.sources.clinvar_lookup import lookup_assertions
from varinterp.sources.gnomad import covered, lookup_frequencies

LIMITS = GateLimits(rare_max=0.01, known_max=0.05, min_depth=10, max_alt_reads=1, min_quality=20)
TRIO = Family(
    "family", "kid", (Person("kid", father="dad", mother="mum"), Person("dad"), Person("mum"))
)
ALLELE = "1-10-A-C"
COMMON = {"allele": ALLELE, "ac": 45_000, "af": 0.3, "faf95": 0.29, "group_max_af": 0.31}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def gated(
    folder: Path,
    genotypes: Sequence[Mapping[str, Any]],
    frequency: Mapping[str, Any] | None = None,
    significance: Sequence[str] | None = None,
    family: Family = TRIO,
    listed: bool | None = None,
    **cells: Any,
) -> dict[str, Any]:
    variants = variants_table([{"allele": ALLELE, "genotypes": list(genotypes)} | cells])
    gnomad = write_frequencies(folder / "gnomad", [frequency] if frequency else [])
    said = [{"allele": ALLELE, "significance": list(significance)}] if significance else []
    clinvar = write_assertions(folder / "clinvar", said)
    annotated = annotate(
        variants,
        lookup_frequencies(gnomad, variants),
        covered(gnomad, variants),
        lookup_assertions(clinvar, variants),
    )
    on_list = None if listed is None else pl.Series([listed])
    (row,) = gate(annotated, LIMITS, family, on_list).iter_rows(named=True)
    return dict(row)


def trio(kid: Mapping[str, Any], **parents: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [kid, parents.get("dad", carried("dad")), parents.get("mum", call("mum"))]


def frequency(**cells: Any) -> dict[str, Any]:
    return {"allele": ALLELE, "ac": 100, "af": 0.001} | cells


@pytest.mark.parametrize(
    ("cells", "compared", "measure", "rare"),
    [
        ({"faf95": 0.002, "group_max_af": 0.5}, 0.002, "faf95", True),
        ({"faf95": 0.011}, 0.011, "faf95", False),
        ({"group_max_af": 0.011}, 0.011, "group_max_af", False),
        ({"af": 0.01}, 0.01, "af", True),
        ({"af": 0.0101}, 0.0101, "af", False),
    ],
)
def test_rare_compares_the_best_frequency_there_is(
    folder: Path, cells: dict[str, float], compared: float, measure: str, rare: bool
) -> None:
    row = gated(folder, trio(carried("kid")), frequency(**cells))
    assert (row["gate_frequency"], row["gate_frequency_measure"]) == (compared, measure)
    assert row["gate_rare"] is rare
    assert row["candidate"] is rare
    assert row["gate_rare_max"] == 0.01


def test_a_bound_in_a_bottleneck_group_removes_nothing(folder: Path) -> None:
    limits = replace(LIMITS, groups_left_out=("fin", "mid"))
    cells = {"faf95": 0.06, "faf95_group": "mid", "group_max_af": 0.002}
    variants = variants_table([{"allele": ALLELE, "genotypes": trio(carried("kid"))}])
    gnomad = write_frequencies(folder / "gnomad", [frequency(**cells)], groups=("mid", "nfe"))
    clinvar = write_assertions(folder / "clinvar", [])
    annotated = annotate(
        variants,
        lookup_frequencies(gnomad, variants),
        covered(gnomad, variants),
        lookup_assertions(clinvar, variants),
    )
    (row,) = gate(annotated, limits, TRIO).iter_rows(named=True)
    assert (row["gate_frequency"], row["gate_frequency_measure"]) == (0.002, "group_max_af")
    assert row["candidate"]
    (row,) = gate(annotated, LIMITS, TRIO).iter_rows(named=True)
    assert (row["gate_frequency"], row["candidate"]) == (0.06, False)


def test_not_observed_is_rare_and_compares_no_number(folder: Path) -> None:
    row = gated(folder, trio(carried("kid")))
    assert (row["gate_rare"], row["candidate"], row["gate_frequency"]) == (True, True, None)
    assert row["frequency_state"] == "absent_uncovered"


@pytest.mark.parametrize("filters", ["AC0", "AS_VQSR", "InbreedingCoeff"])
def test_unusable_frequency_never_removes_an_allele(folder: Path, filters: str) -> None:
    row = gated(folder, trio(carried("kid")), COMMON | {"filters": filters})
    assert (row["gate_rare"], row["candidate"], row["gate_frequency"]) == (True, True, None)


@pytest.mark.parametrize(
    ("words", "highest", "known"),
    [
        (["pathogenic"], 0.05, True),
        (["benign", "likely_pathogenic"], 0.02, True),
        (["pathogenic"], 0.051, False),
        (["conflicting"], 0.02, False),
        (["low_penetrance"], 0.02, False),
        (["uncertain_significance"], 0.02, False),
    ],
)
def test_known_pathogenic_stays_up_to_a_looser_limit(
    folder: Path, words: list[str], highest: float, known: bool
) -> None:
    cells = frequency(af=0.02, faf95=0.02, group_max_af=highest)
    row = gated(folder, trio(carried("kid")), cells, words)
    assert (row["gate_rare"], row["gate_known"], row["candidate"]) == (False, known, known)
    assert (row["gate_known_frequency"], row["gate_known_max"]) == (highest, 0.05)


@pytest.mark.parametrize(("listed", "candidate"), [(None, False), (False, False), (True, True)])
def test_a_listed_allele_is_kept_however_common_it_is(
    folder: Path, listed: bool | None, candidate: bool
) -> None:
    row = gated(folder, trio(carried("kid")), COMMON, listed=listed)
    assert (row["gate_rare"], row["gate_listed"]) == (False, bool(listed))
    assert row["candidate"] is candidate


def test_a_listed_allele_that_the_proband_does_not_carry_is_no_candidate(folder: Path) -> None:
    row = gated(folder, trio(call("kid")), COMMON, listed=True)
    assert (row["gate_listed"], row["candidate"]) == (True, False)


@pytest.mark.parametrize(
    ("kid", "carries"),
    [
        (carried("kid"), True),
        (carried("kid", copies=2), True),
        (carried("kid", copies=1, ploidy=1), True),
        (call("kid"), False),
        (call("kid", copies=None, ploidy=None, alt_depth=4), True),
        (call("kid", copies=None, ploidy=None, alt_depth=0), False),
        (call("kid", copies=None, ploidy=None, alt_depth=None, depth=None), False),
    ],
)
def test_only_what_the_proband_carries_is_a_candidate(
    folder: Path, kid: dict[str, Any], carries: bool
) -> None:
    row = gated(folder, trio(kid))
    assert (row["gate_carried"], row["candidate"]) == (carries, carries)


@pytest.mark.parametrize(
    ("filtered", "depth", "quality", "passes", "doubtful"),
    [
        ("PASS", 30, 99, True, False),
        (".", 30, None, True, False),
        ("LowQual", 30, 99, False, False),
        ("PASS", 9, 99, True, True),
        ("PASS", 30, 19, True, True),
        ("PASS", None, 99, True, True),
    ],
)
def test_doubtful_call_is_kept_and_said(
    folder: Path,
    filtered: str,
    depth: int | None,
    quality: int | None,
    passes: bool,
    doubtful: bool,
) -> None:
    kid = carried("kid", depth=depth, genotype_quality=quality)
    row = gated(folder, trio(kid), filter=filtered)
    assert row["candidate"] is True
    assert (row["gate_quality"], row["gate_low_confidence"]) == (passes, doubtful)
    assert (row["gate_depth"], row["gate_genotype_quality"]) == (depth, quality)


MISSING = {"copies": None, "ploidy": None, "depth": None, "alt_depth": None}


@pytest.mark.parametrize(
    ("kid", "dad", "mum", "new"),
    [
        ({}, {}, {}, True),
        ({}, {"alt_depth": 1}, {}, True),
        ({}, {"alt_depth": 2}, {}, False),
        ({}, {"depth": 9}, {}, False),
        ({}, {"genotype_quality": 19}, {}, False),
        ({}, {"alt_depth": None, "ref_depth": None}, {}, True),
        ({}, {"copies": 1}, {}, False),
        ({}, MISSING, {}, None),
        ({}, MISSING, {"copies": 1}, False),
        ({"copies": 2}, {}, {}, False),
        ({"ploidy": 1}, {}, {}, True),
        ({"depth": 5}, {}, {}, False),
    ],
)
def test_de_novo_needs_two_believed_reference_calls(
    folder: Path, kid: dict[str, Any], dad: dict[str, Any], mum: dict[str, Any], new: bool | None
) -> None:
    genotypes = [carried("kid") | kid, call("dad") | dad, call("mum") | mum]
    row = gated(folder, genotypes, COMMON)
    assert row["gate_rare"] is False
    assert row["gate_de_novo"] is new
    assert row["candidate"] is (new is True)


def test_de_novo_shows_what_it_compared(folder: Path) -> None:
    row = gated(
        folder,
        [carried("kid"), call("dad", depth=12, alt_depth=1), call("mum", genotype_quality=33)],
    )
    compared = (row["gate_parent_depth"], row["gate_parent_alt_reads"], row["gate_parent_quality"])
    assert compared == (12, 1, 33)


@pytest.mark.parametrize(
    "family",
    [
        Family("family", "kid", (Person("kid"),)),
        Family("family", "kid", (Person("kid", father="dad", mother="mum"), Person("mum"))),
    ],
)
def test_without_two_sequenced_parents_de_novo_is_not_answered(
    folder: Path, family: Family
) -> None:
    row = gated(folder, [carried("kid"), call("mum")], COMMON, family=family)
    assert row["gate_de_novo"] is None
    assert row["candidate"] is False


def test_order_of_people_is_the_tables_own(folder: Path) -> None:
    row = gated(folder, [call("mum"), carried("kid"), call("dad")], COMMON)
    assert (row["gate_carried"], row["gate_de_novo"]) == (True, True)


def test_proband_without_genotypes_is_our_bug(folder: Path) -> None:
    with pytest.raises(InternalError):
        gated(folder, [call("mum"), call("dad")])


def test_empty_table_gives_an_empty_table_with_gates(folder: Path) -> None:
    gnomad, clinvar = write_frequencies(folder, []), write_assertions(folder, [])
    variants = variants_table([])
    annotated = annotate(
        variants,
        lookup_frequencies(gnomad, variants),
        covered(gnomad, variants),
        lookup_assertions(clinvar, variants),
    )
    found = gate(annotated, LIMITS, TRIO)
    assert found.height == 0
    assert {"gate_rare", "gate_known", "gate_listed", "gate_de_novo", "candidate"} <= set(
        found.columns
    )
