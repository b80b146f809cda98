"""Sections 1, 3 and 4 of Riggs 2020's tables, the sum, and the class."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copy_number_builders import (
    GAIN,
    LOSS,
    SUFFICIENT,
    CopySetting,
    in_population,
    many,
    region,
    said,
    touched,
)
from core_builders import RULES
from varinterp.acmg.copy_number.ask import CopyQuestion
from varinterp.acmg.copy_number.score import CURATED, GAIN_LINES, LOSS_LINES, classify
from varinterp.errors import InternalError
from varinterp.model.assessment import AcmgClass
from varinterp.model.copy_number import CopyNumber
from varinterp.model.copy_number_facts import CuratedLine, Sensitivity
from varinterp.model.facts import RULE, Rule
from varinterp.model.reads import Evidence, Reader

TBX1 = touched()


def curated(code: str, points: float, author: str = "MD") -> CuratedLine:
    return CuratedLine(code, points, author, "2026-01-01", "1")


@pytest.mark.parametrize("number", [LOSS, GAIN])
def test_genes_are_content_and_count_nothing(number: CopyNumber) -> None:
    setting = CopySetting(number, genes=(TBX1,), dosage=False)
    assert said(setting.line("1A")) == ("met", 0.0, "contains_genes")
    assert setting.line("1A").reason["count"] == 1
    assert said(setting.line("1B")) == ("not_met", 0.0, "contains_something")


@pytest.mark.parametrize("number", [LOSS, GAIN])
def test_a_curated_region_without_genes_is_content(number: CopyNumber) -> None:
    setting = CopySetting(number, regions=(region(),))
    assert said(setting.line("1A")) == ("met", 0.0, "contains_regions")
    assert said(setting.line("1B")) == ("not_met", 0.0, "contains_something")


@pytest.mark.parametrize("number", [LOSS, GAIN])
def test_no_content_speaks_against_where_everything_was_looked_up(number: CopyNumber) -> None:
    setting = CopySetting(number)
    assert said(setting.line("1A")) == ("not_met", 0.0, "contains_nothing")
    assert said(setting.line("1B")) == ("met", -0.6, "contains_nothing")


@pytest.mark.parametrize("code", ["1A", "1B"])
def test_no_content_is_not_assessed_without_regions(code: str) -> None:
    assert said(CopySetting(dosage=False).line(code)) == ("not_assessed", 0.0, "no_dosage")


@pytest.mark.parametrize(
    ("number", "count", "code", "points"),
    [
        (LOSS, 0, "3A", 0.0),
        (LOSS, 24, "3A", 0.0),
        (LOSS, 25, "3B", 0.45),
        (LOSS, 34, "3B", 0.45),
        (LOSS, 35, "3C", 0.9),
        (GAIN, 34, "3A", 0.0),
        (GAIN, 35, "3B", 0.45),
        (GAIN, 49, "3B", 0.45),
        (GAIN, 50, "3C", 0.9),
    ],
)
def test_the_number_of_genes_has_one_line(
    number: CopyNumber, count: int, code: str, points: float
) -> None:
    setting = CopySetting(number, genes=many(count))
    for line in ("3A", "3B", "3C"):
        outcome = "met" if line == code else "not_met"
        found = setting.line(line)
        assert said(found) == (outcome, points if line == code else 0.0, "gene_number")
        assert found.reason["count"] == count


@pytest.mark.parametrize("code", [f"4{letter}" for letter in "ABCDEFGHIJKLMN"])
def test_publications_are_for_people(code: str) -> None:
    assert said(CopySetting().line(code)) == ("not_assessed", 0.0, "literature_is_judged")


@pytest.mark.parametrize(
    ("changes", "outcome", "reason"),
    [
        ({"af": 0.01}, "met", "common_in_population"),
        ({"af": 0.00999}, "not_met", "rare_in_population"),
        ({"an": 2000}, "met", "common_in_population"),
        ({"an": 1999}, "not_met", "none_in_population"),
        ({"contains": False, "overlap": 0.5}, "met", "common_in_population"),
        ({"contains": False, "overlap": 0.499}, "not_met", "none_in_population"),
        ({"contains": False, "overlap": 0.9, "every_gene": False}, "not_met", "none_in_population"),
        ({"contains": True, "overlap": 0.1, "every_gene": False}, "met", "common_in_population"),
    ],
)
def test_a_common_copy_number_must_account_for_ours(
    changes: dict[str, float], outcome: str, reason: str
) -> None:
    line = CopySetting(population=(in_population(**changes),)).line("4O")
    assert said(line) == (outcome, -1.0 if outcome == "met" else 0.0, reason)
    if reason != "none_in_population":
        assert line.reason["name"] == "gnomAD-SV_v3_DEL_chr22_1"
        assert line.reason["frequency"] == changes.get("af", 0.02)
        assert line.reason["an"] == changes.get("an", 100_000)
        assert line.reason["overlap"] == changes.get("overlap", 0.5)


def test_the_most_frequent_of_several_is_named() -> None:
    found = (in_population(0.003, id="A"), in_population(0.2, id="B"), in_population(0.1, id="C"))
    for order in permutations(found):
        assert CopySetting(population=order).line("4O").reason["name"] == "B"


def test_a_population_that_was_not_consulted_is_no_evidence() -> None:
    assert said(CopySetting(population=None).line("4O")) == ("not_assessed", 0.0, "no_population")
    assert said(CopySetting().line("4O")) == ("not_met", 0.0, "none_in_population")


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (1.0, AcmgClass.PATHOGENIC),
        (0.99, AcmgClass.PATHOGENIC),
        (0.98, AcmgClass.LIKELY_PATHOGENIC),
        (0.90, AcmgClass.LIKELY_PATHOGENIC),
        (0.89, AcmgClass.UNCERTAIN),
        (0.0, AcmgClass.UNCERTAIN),
        (-0.89, AcmgClass.UNCERTAIN),
        (-0.90, AcmgClass.LIKELY_BENIGN),
        (-0.98, AcmgClass.LIKELY_BENIGN),
        (-0.99, AcmgClass.BENIGN),
        (-1.6, AcmgClass.BENIGN),
    ],
)
def test_the_published_ranges_of_points(points: float, expected: AcmgClass) -> None:
    assert classify(points, CopyQuestion(LOSS, Reader(CopySetting().evidence()))) is expected


def test_sections_add_up_and_hundredths_do_not_drift() -> None:
    # 3B 0.45 + 4L 0.45 is 0.90 to the hundredth, and likely pathogenic.
    found = CopySetting(genes=many(25), curated=(curated("4L", 0.45),)).assessed()
    assert [score.points for score in found.sections] == [0.0, 0.0, 0.45, 0.45, 0.0]
    assert (found.points, found.machine) == (0.9, AcmgClass.LIKELY_PATHOGENIC)


def test_a_section_counts_its_strongest_line_once() -> None:
    two = (touched("A"), touched("B"))
    regions = (region(loss=SUFFICIENT),)
    found = CopySetting(genes=two, loss_of=two, regions=regions).assessed()
    assert (found.sections[1].points, found.points) == (1.0, 1.0)


def test_for_and_against_in_a_section_are_set_against_each_other() -> None:
    regions = (
        region(loss=SUFFICIENT),
        region(18_000_000, 20_000_000, loss=Sensitivity.UNLIKELY),
    )
    found = CopySetting(genes=(TBX1,), regions=regions).assessed()
    assert found.sections[1].points == 0.0
    assert found.machine is AcmgClass.UNCERTAIN


@pytest.mark.parametrize(
    ("code", "given", "counted"),
    [
        ("4A", (0.45,), 0.45),
        ("4A", (0.45, 0.45, 0.45), 0.9),
        ("4D", (-0.3, -0.3), -0.3),
        ("4D", (0.3,), 0.0),
        ("4E", (0.15, 0.10), 0.25),
        ("4I", (-0.45, -0.45, -0.45), -0.9),
        ("4N", (-0.9,), -0.9),
        ("4L", (-0.45,), 0.0),
        ("5H", (0.3,), 0.3),
        ("5B", (-0.45,), -0.45),
    ],
)
def test_curators_points_count_up_to_the_tables_maximum(
    code: str, given: tuple[float, ...], counted: float
) -> None:
    setting = CopySetting(curated=tuple(curated(code, points) for points in given))
    line = setting.line(code)
    assert said(line) == ("met", counted, "curated")
    assert (line.reason["author"], line.reason["count"]) == ("MD", len(given))


def test_new_cases_of_three_lines_share_one_maximum() -> None:
    entries = (curated("4A", 0.9), curated("4B", 0.6), curated("4C", 0.3))
    found = CopySetting(curated=entries).assessed()
    assert found.sections[3].points == 0.9


def test_cases_and_segregations_add_up() -> None:
    entries = (curated("4C", 0.3), curated("4F", 0.15), curated("4I", -0.45))
    assert CopySetting(curated=entries).assessed().sections[3].points == 0.0


def test_points_for_a_line_of_the_machine_are_not_taken() -> None:
    assert said(CopySetting(curated=(curated("2A", 1.0),)).line("2A"))[0] == "not_met"
    assert "2A" not in CURATED


def test_authors_are_named_once_and_in_order() -> None:
    entries = (curated("4A", 0.1, "ZZ"), curated("4A", 0.1, "AA"), curated("4A", 0.1, "ZZ"))
    assert CopySetting(curated=entries).line("4A").reason["author"] == "AA, ZZ"


@pytest.mark.parametrize(("number", "table"), [(LOSS, LOSS_LINES), (GAIN, GAIN_LINES)])
def test_every_line_of_the_table_is_answered_in_its_order(
    number: CopyNumber, table: dict[str, object]
) -> None:
    found = CopySetting(number, genes=(TBX1,)).assessed()
    assert [line.code for line in found.lines] == list(table)
    assert all(line.points == 0 for line in found.lines if not line.met)


def test_what_was_read_is_recorded_with_the_line_and_the_whole() -> None:
    found = CopySetting(genes=(TBX1,), loss_of=(TBX1,), constructed=True).assessed()
    line = next(each for each in found.lines if each.code == "2A")
    assert {read.source for read in line.reads} >= {"dosage.gene", "dosage.region", "rules"}
    assert ("copy_number.genes", LOSS.place) in {(r.source, r.key) for r in found.reads}
    assert set(line.reads) <= set(found.reads)
    assert line.constructed
    assert found.constructed


def test_a_fact_that_is_made_up_marks_only_what_counts() -> None:
    assert not CopySetting(genes=(TBX1,)).assessed().constructed


def test_a_rule_that_is_no_number_is_our_bug() -> None:
    facts = {(RULE.source, "copy_number.1B"): Rule("word")}
    for evidence in (Evidence(facts), Evidence({})):
        with pytest.raises(InternalError, match="no number copy_number"):
            CopyQuestion(LOSS, Reader(evidence)).number("1B")


@given(st.permutations(range(4)), st.permutations(range(3)))
def test_the_order_of_genes_and_regions_changes_no_points(
    genes: list[int], regions: list[int]
) -> None:
    touched_genes = tuple(touched(f"G{n}") for n in genes)
    areas = tuple(region(18_950_000 + n, loss=SUFFICIENT, name=f"R{n}") for n in regions)
    one = tuple(gene for gene in touched_genes if gene.gene == "G2")
    found = CopySetting(genes=touched_genes, loss_of=one, regions=areas).assessed()
    assert (found.points, found.machine) == (1.0, AcmgClass.PATHOGENIC)


def test_every_points_rule_names_its_source() -> None:
    assert sum(key.startswith("copy_number.") for key in RULES) > 50
