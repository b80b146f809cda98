"""Section 2 of Riggs 2020's table of losses, line by line."""

from typing import Any

import pytest

from copy_number_builders import SUFFICIENT, CopySetting, inside, region, said, touched
from varinterp.model.copy_number_facts import Frame, Hit, Sensitivity
from varinterp.model.facts import Constraint

TBX1 = touched()
ALL_LINES = ("2A", "2B", "2C-1", "2C-2", "2D-1", "2D-2", "2D-3", "2D-4", "2E", "2F", "2G", "2H")


def of(hit: Hit, **more: Any) -> CopySetting:
    """An established haploinsufficient gene, touched in one way."""
    gene = touched(hit=hit)
    return CopySetting(genes=(gene,), loss_of=(gene,), **more)


@pytest.mark.parametrize("code", ALL_LINES)
def test_without_dosage_sensitivity_no_line_is_assessed(code: str) -> None:
    setting = CopySetting(genes=(TBX1,), loss_of=(TBX1,), dosage=False)
    assert said(setting.line(code)) == ("not_assessed", 0.0, "no_dosage")


@pytest.mark.parametrize(
    ("hit", "code", "points", "reason"),
    [
        (Hit.WHOLE, "2A", 1.0, "established_lost"),
        (Hit.FIVE_PRIME_CODING, "2C-1", 0.9, "part_five_prime_coding"),
        (Hit.FIVE_PRIME_UTR, "2C-2", 0.0, "part_five_prime_utr"),
        (Hit.THREE_PRIME_UTR, "2D-1", 0.0, "part_three_prime_utr"),
        (Hit.LAST_EXONS, "2D-4", 0.9, "part_last_exons"),
    ],
)
def test_the_part_of_an_established_gene_decides_the_line(
    hit: Hit, code: str, points: float, reason: str
) -> None:
    setting = of(hit)
    line = setting.line(code)
    assert said(line) == ("met", points, reason)
    assert line.reason["names"] == "TBX1"
    others = [x for x in setting.assessed().lines if x.section == 2 and x.code != code and x.met]
    assert others == []


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("2A", "none_whole"),
        ("2B", "no_region_in_part"),
        ("2C-1", "none_five_prime_coding"),
        ("2C-2", "none_five_prime_utr"),
        ("2D-1", "none_three_prime_utr"),
        ("2D-2", "none_last_exon"),
        ("2D-3", "none_last_exon"),
        ("2D-4", "none_last_exons"),
        ("2E", "not_inside"),
        ("2F", "not_in_benign"),
        ("2G", "not_beyond_benign"),
    ],
)
def test_a_gene_that_is_not_established_meets_no_line(code: str, reason: str) -> None:
    assert said(CopySetting(genes=(TBX1,)).line(code)) == ("not_met", 0.0, reason)


def test_a_gene_sensitive_to_gains_alone_is_not_established_for_a_loss() -> None:
    assert not CopySetting(genes=(TBX1,), gain_of=(TBX1,)).line("2A").met


def test_a_region_lost_whole_counts_as_a_gene() -> None:
    lost = CopySetting(genes=(TBX1,), regions=(region(loss=SUFFICIENT),)).line("2A")
    assert said(lost) == ("met", 1.0, "established_lost")
    assert lost.reason["names"] == "22q11.2 recurrent region"


@pytest.mark.parametrize(
    ("start", "end", "whole"),
    [
        (18_900_001, 19_900_000, True),
        (18_900_000, 19_900_000, False),
        (18_900_001, 19_900_001, False),
    ],
)
def test_a_region_must_be_lost_to_its_last_base(start: int, end: int, whole: bool) -> None:
    setting = CopySetting(regions=(region(start, end, loss=SUFFICIENT),))
    assert setting.line("2A").met is whole
    part = setting.line("2B")
    assert part.met is not whole
    if not whole:
        assert said(part) == ("met", 0.0, "region_in_part")
        assert part.reason["names"] == "22q11.2 recurrent region"


@pytest.mark.parametrize("score", [s for s in Sensitivity if s is not SUFFICIENT])
def test_only_sufficient_evidence_establishes_a_region(score: Sensitivity) -> None:
    setting = CopySetting(regions=(region(loss=score),))
    assert said(setting.line("2A")) == ("not_met", 0.0, "none_whole")


@pytest.mark.parametrize(
    ("known", "code", "points"),
    [(0, "2D-3", 0.3), (1, "2D-2", 0.9), (7, "2D-2", 0.9)],
)
def test_known_pathogenic_alleles_of_the_last_exon_decide(
    known: int, code: str, points: float
) -> None:
    setting = of(Hit.LAST_EXON, last_exon=known)
    line = setting.line(code)
    assert said(line) == ("met", points, "last_exon")
    assert (line.reason["count"], line.reason["names"]) == (known, "TBX1")
    other = setting.line("2D-2" if code == "2D-3" else "2D-3")
    assert said(other) == ("not_met", 0.0, "last_exon_other")


@pytest.mark.parametrize("code", ["2D-2", "2D-3"])
def test_a_last_exon_that_was_not_looked_up_is_not_assessed(code: str) -> None:
    assert said(of(Hit.LAST_EXON).line(code)) == ("not_assessed", 0.0, "last_exon_not_looked_up")


@pytest.mark.parametrize(
    ("frame", "removed", "points", "reason"),
    [
        (Frame.DECAY, 0.05, 0.9, "inside_decay"),
        (Frame.NO_DECAY, 0.1001, 0.45, "inside_no_decay"),
        (Frame.NO_DECAY, 0.1, 0.3, "inside_no_decay"),
        (Frame.KEPT, 0.1001, 0.45, "inside_in_frame"),
        (Frame.KEPT, 0.1, 0.3, "inside_in_frame"),
    ],
)
def test_an_intragenic_loss_follows_the_tree_of_pvs1(
    frame: Frame, removed: float, points: float, reason: str
) -> None:
    gene = inside(frame, removed)
    line = CopySetting(genes=(gene,), loss_of=(gene,)).line("2E")
    assert said(line) == ("met", points, reason)
    assert (line.reason["gene"], line.reason["first_exon"], line.reason["last_exon"]) == (
        "TBX1", 3, 4,
    )  # fmt: skip
    if frame is not Frame.DECAY:
        assert line.reason["removed"] == removed


@pytest.mark.parametrize(
    ("gene", "outcome", "reason"),
    [
        (inside(Frame.UNKNOWN), "not_assessed", "frame_unknown"),
        (inside(None), "not_assessed", "frame_unknown"),
        (inside(Frame.KEPT, None), "not_assessed", "frame_unknown"),
        (inside(Frame.UNTRANSLATED, 0.0), "not_met", "untranslated_exons"),
        (touched(hit=Hit.INTRONIC), "not_met", "intronic"),
    ],
)
def test_an_intragenic_loss_without_a_known_effect_counts_nothing(
    gene: Any, outcome: str, reason: str
) -> None:
    line = CopySetting(genes=(gene,), loss_of=(gene,)).line("2E")
    assert said(line) == (outcome, 0.0, reason)
    if gene.hit is Hit.INTRONIC:
        assert line.reason["names"] == "TBX1"
    else:
        told = ("TBX1", 3, 4)
        assert (line.reason["gene"], line.reason["first_exon"], line.reason["last_exon"]) == told


@pytest.mark.parametrize(
    ("start", "end", "within"),
    [
        (18_900_001, 19_900_000, True),
        (18_900_002, 19_900_000, False),
        (18_900_001, 19_899_999, False),
    ],
)
def test_a_loss_within_a_benign_region_speaks_against(start: int, end: int, within: bool) -> None:
    setting = CopySetting(regions=(region(start, end, loss=Sensitivity.UNLIKELY),))
    assert setting.line("2F" if within else "2G").reason["names"] == "22q11.2 recurrent region"
    if within:
        assert said(setting.line("2F")) == ("met", -1.0, "in_benign")
        assert said(setting.line("2G")) == ("not_met", 0.0, "not_beyond_benign")
    else:
        assert said(setting.line("2F")) == ("not_met", 0.0, "not_in_benign")
        assert said(setting.line("2G")) == ("met", 0.0, "beyond_benign")


def test_a_region_benign_for_gains_says_nothing_of_losses() -> None:
    setting = CopySetting(regions=(region(18_000_000, 20_000_000, gain=Sensitivity.UNLIKELY),))
    assert said(setting.line("2F")) == ("not_met", 0.0, "not_in_benign")


def predicted(
    pli: float | None, loeuf: float | None, index: float | None, hit: Hit = Hit.WHOLE
) -> CopySetting:
    """A gene with figures of gnomAD and DECIPHER."""
    return CopySetting(
        genes=(touched(hit=hit),),
        constraint={"TBX1": Constraint(loeuf, pli, None)},
        index={} if index is None else {"TBX1": index},
    )


@pytest.mark.parametrize(
    ("pli", "loeuf", "index", "outcome", "reason"),
    [
        (0.9, 0.349, 10, "met", "predicted"),
        (0.899, 0.349, 10, "not_met", "not_predicted"),
        (0.9, 0.35, 10, "not_met", "not_predicted"),
        (0.9, 0.349, 10.1, "not_met", "not_predicted"),
        (0.9, 0.349, None, "not_assessed", "predictors_missing"),
        (None, 0.1, 5, "not_assessed", "predictors_missing"),
        (0.99, None, 5, "not_assessed", "predictors_missing"),
        # One predictor says no: two cannot agree, whatever the missing one says.
        (0.1, 0.9, None, "not_met", "not_predicted"),
        (None, None, 50, "not_met", "not_predicted"),
    ],
)
def test_two_predictors_must_agree(
    pli: float | None, loeuf: float | None, index: float | None, outcome: str, reason: str
) -> None:
    line = predicted(pli, loeuf, index).line("2H")
    assert said(line) == (outcome, 0.15 if outcome == "met" else 0.0, reason)
    if outcome == "met":
        assert line.reason["genes"] == "TBX1"


@pytest.mark.parametrize("hit", [Hit.INTRONIC, Hit.THREE_PRIME_UTR])
def test_a_gene_that_keeps_its_coding_sequence_is_not_asked_of_predictors(hit: Hit) -> None:
    assert said(predicted(1, 0.1, 1, hit).line("2H")) == ("not_met", 0.0, "no_gene_to_predict")


def test_predictors_are_not_asked_where_something_is_established() -> None:
    setting = predicted(1, 0.1, 1)
    setting.loss_of = setting.genes
    assert said(setting.line("2H")) == ("not_met", 0.0, "established_instead")
    setting = predicted(1, 0.1, 1)
    setting.regions = (region(loss=SUFFICIENT),)
    assert said(setting.line("2H")) == ("not_met", 0.0, "established_instead")


@pytest.mark.parametrize(("count", "more"), [(6, ""), (7, " (+1)"), (8, " (+2)")])
def test_many_genes_are_named_six_at_a_time(count: int, more: str) -> None:
    genes = tuple(touched(f"GENE{number}") for number in range(count))
    line = CopySetting(genes=genes, loss_of=genes).line("2A")
    assert line.reason["names"] == f"GENE0, GENE1, GENE2, GENE3, GENE4, GENE5{more}"
