"""Joining frequency and ClinVar: what is there, what is not, and what that means."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from builders import carried, variants_table, write_assertions, write_frequencies
from varinterp.annotate.join import annotate, warnings
from varinterp.errors import InternalError
from varinterp.sources.clinvar_lookup import lookup_assertions
from varinterp.sources.gnomad import covered, lookup_frequencies

LONG_REF = "ACGTACGTACGTA"


def joined(
    folder: Path,
    alleles: Iterable[str],
    frequencies: Iterable[Mapping[str, Any]] = (),
    assertions: Iterable[Mapping[str, Any]] = (),
    spans: Iterable[tuple[str, int, int]] = (),
    *,
    constructed: bool = False,
) -> dict[int, dict[str, Any]]:
    rows = [{"allele": allele, "genotypes": [carried("kid")]} for allele in alleles]
    variants = variants_table(rows)
    gnomad = write_frequencies(folder / "gnomad", frequencies, spans, constructed=constructed)
    clinvar = write_assertions(folder / "clinvar", assertions)
    found = annotate(
        variants,
        lookup_frequencies(gnomad, variants),
        covered(gnomad, variants),
        lookup_assertions(clinvar, variants),
    )
    assert found.select(variants.columns).equals(variants)
    return {row["position"]: row for row in found.iter_rows(named=True)}


def test_observed_allele_brings_its_counts(tmp_path: Path) -> None:
    row = {"allele": "1-10-A-C", "ac": 30, "af": 2e-4, "faf95": 1e-4, "faf95_group": "nfe"}
    found = joined(tmp_path, ["1-10-A-C"], [row])[10]
    assert found["frequency_state"] == "present"
    assert (found["ac"], found["af"], found["faf95_group"]) == (30, 2e-4, "nfe")


def test_absence_says_whether_anybody_looked(tmp_path: Path) -> None:
    found = joined(tmp_path, ["1-10-A-C", "1-50-A-C"], spans=[("1", 5, 15)])
    assert found[10]["frequency_state"] == "absent_covered"
    assert found[50]["frequency_state"] == "absent_uncovered"
    assert found[10]["af"] is None


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ({"filters": "AC0", "ac": 0, "af": 0.0}, "absent_covered"),
        ({"filters": "PASS", "ac": 0, "af": 0.0}, "absent_covered"),
        ({"filters": "PASS", "ac": 0, "an": 0, "af": 0.0}, "unusable"),
        ({"filters": "AS_VQSR", "ac": 9}, "unusable"),
        ({"filters": "AC0;AS_VQSR", "ac": 0}, "unusable"),
        ({"filters": "InbreedingCoeff"}, "unusable"),
        ({"filters": "PASS"}, "present"),
    ],
)
def test_filters_decide_whether_counts_may_be_used(
    tmp_path: Path, cells: dict[str, Any], state: str
) -> None:
    row = {"allele": "1-10-A-C"} | cells
    found = joined(tmp_path, ["1-10-A-C"], [row], spans=[("1", 5, 15)])[10]
    assert (found["frequency_state"], found["frequency_filters"]) == (state, cells["filters"])


def test_constructed_frequency_and_constructed_absence_are_said(tmp_path: Path) -> None:
    rows = [{"allele": "1-10-A-C"}]
    found = joined(
        tmp_path, ["1-10-A-C", "1-12-A-C", "2-5-A-C"], rows, spans=[("1", 5, 15)], constructed=True
    )
    assert [row["frequency_constructed"] for row in found.values()] == [True, True, True]


def test_allele_at_the_place_of_another_meets_nothing(tmp_path: Path) -> None:
    rows = [{"allele": "1-10-A-C"}]
    found = joined(tmp_path, ["1-10-A-G"], rows, [{"allele": "1-10-A-T"}])[10]
    assert found["frequency_state"] == "absent_uncovered"
    assert found["clinvar_significance"] is None


def test_long_alleles_are_compared_base_by_base(tmp_path: Path) -> None:
    own, other = f"1-10-{LONG_REF}-A", f"1-30-{LONG_REF}-A"
    gnomad = write_frequencies(tmp_path, [{"allele": own, "ac": 7}, {"allele": other, "ac": 9}])
    variants = variants_table(
        {"allele": allele, "genotypes": [carried("kid")]} for allele in (own, other)
    )
    clinvar = write_assertions(tmp_path / "clinvar", [])
    # The second's hash is made to collide: the same key, another REF.
    other_ref = pl.when(pl.col("position") == 30).then(pl.lit("A" * 13)).otherwise("ref")
    collided = variants.with_columns(other_ref.alias("ref"))
    found = annotate(
        collided,
        lookup_frequencies(gnomad, collided),
        covered(gnomad, collided),
        lookup_assertions(clinvar, collided),
    )
    assert found["ac"].to_list() == [7, None]


def test_clinvar_is_carried_over_as_it_is(tmp_path: Path) -> None:
    cells = {
        "allele": "1-10-A-C", "significance": ["benign", "risk_factor"], "stars": None,
        "conditions": ["one", "two"], "name": "c.1A>C", "rsid": "rs1",
    }  # fmt: skip
    found = joined(tmp_path, ["1-10-A-C", "1-12-A-C"], assertions=[cells])
    assert found[10]["clinvar_significance"] == ["benign", "risk_factor"]
    assert found[10]["clinvar_conditions"] == ["one", "two"]
    assert (found[10]["clinvar_stars"], found[10]["clinvar_rsid"]) == (None, "rs1")
    assert found[12]["clinvar_significance"] is None


def test_empty_family_keeps_its_columns(tmp_path: Path) -> None:
    assert joined(tmp_path, [], [{"allele": "1-10-A-C"}]) == {}


def test_chromosome_that_meets_nothing_at_all_is_told() -> None:
    lost = pl.DataFrame({"chromosome": ["7"] * 1001, "an": [None] * 1001})
    few = pl.DataFrame({"chromosome": ["8"] * 1000, "an": [None] * 1000})
    met = pl.DataFrame({"chromosome": ["9"] * 2000, "an": [1] + [None] * 1999})
    frame = pl.concat([lost, few, met], how="vertical_relaxed")
    (said,) = warnings(frame)
    assert (said["alleles"], said["chromosome"]) == (1001, "7")


@pytest.mark.parametrize("asked", ["frequencies", "coverage", "assertions"])
def test_answers_about_other_alleles_are_our_bug(tmp_path: Path, asked: str) -> None:
    variants = variants_table([{"allele": "1-10-A-C", "genotypes": [carried("kid")]}])
    gnomad = write_frequencies(tmp_path, [])
    clinvar = write_assertions(tmp_path / "clinvar", [])
    given = {name: variants for name in ("frequencies", "coverage", "assertions")}
    given |= {asked: variants.clear()}
    with pytest.raises(InternalError):
        annotate(
            variants,
            lookup_frequencies(gnomad, given["frequencies"]),
            covered(gnomad, given["coverage"]),
            lookup_assertions(clinvar, given["assertions"]),
        )
