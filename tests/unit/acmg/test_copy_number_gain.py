"""Section 2 of Riggs 2020's table of gains, line by line."""

import pytest

from copy_number_builders import (
    DISEASE,
    GAIN,
    SUFFICIENT,
    CopySetting,
    causes,
    inside,
    region,
    said,
    touched,
)
from varinterp.model.copy_number_facts import Frame, Hit, Sensitivity
from varinterp.model.facts import PhenotypeFit

BENIGN = Sensitivity.UNLIKELY
ALL_LINES = tuple(f"2{letter}" for letter in "ABCDEFGHIJKL")
WIDE = (18_000_000, 20_000_000)
TBX1, COMT = touched(), touched("COMT")


def gained(**more: object) -> CopySetting:
    """A setting of a gain."""
    return CopySetting(copy_number=GAIN, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("code", ALL_LINES)
def test_without_dosage_sensitivity_no_line_is_assessed(code: str) -> None:
    setting = gained(genes=(TBX1,), gain_of=(TBX1,), dosage=False)
    assert said(setting.line(code)) == ("not_assessed", 0.0, "no_dosage")


def test_an_established_gene_gained_whole() -> None:
    line = gained(genes=(TBX1,), gain_of=(TBX1,)).line("2A")
    assert said(line) == ("met", 1.0, "established_gained")
    assert line.reason["names"] == "TBX1"


def test_a_gene_gained_in_part_is_not_gained() -> None:
    cut = touched(hit=Hit.LAST_EXONS)
    assert said(gained(genes=(cut,), gain_of=(cut,)).line("2A")) == ("not_met", 0.0, "none_whole")


@pytest.mark.parametrize(("start", "whole"), [(18_900_001, True), (18_900_000, False)])
def test_an_established_region_gained_whole_or_in_part(start: int, whole: bool) -> None:
    setting = gained(regions=(region(start, gain=SUFFICIENT),))
    if whole:
        assert said(setting.line("2A")) == ("met", 1.0, "established_gained")
        assert said(setting.line("2B")) == ("not_met", 0.0, "no_region_in_part")
    else:
        assert said(setting.line("2A")) == ("not_met", 0.0, "none_whole")
        assert said(setting.line("2B")) == ("met", 0.0, "region_in_part")
        assert setting.line("2B").reason["names"] == "22q11.2 recurrent region"


def test_a_region_sensitive_to_losses_alone_is_not_established_for_a_gain() -> None:
    setting = gained(regions=(region(loss=SUFFICIENT), region(18_900_000, loss=SUFFICIENT)))
    assert not setting.line("2A").met
    assert not setting.line("2B").met


def test_a_gene_sensitive_to_losses_alone_is_not_established_for_a_gain() -> None:
    assert not gained(genes=(TBX1,), loss_of=(TBX1,)).line("2A").met


@pytest.mark.parametrize(
    ("genes", "of_region", "place", "expected"),
    [
        # 2C identical in gene content, 2D smaller, 2F larger without another gene
        ((TBX1,), (TBX1,), WIDE, {"2C": -1.0, "2D": -1.0}),
        ((TBX1,), (TBX1, COMT), WIDE, {"2D": -1.0}),
        ((TBX1,), (TBX1,), (18_950_000, 19_800_000), {"2C": -1.0, "2F": -1.0}),
        ((TBX1,), (TBX1,), (18_950_000, 20_000_000), {"2C": -1.0}),
        # 2E an end in a gene, 2G another gene
        ((touched(hit=Hit.LAST_EXON),), (TBX1, COMT), WIDE, {"2E": 0.0}),
        ((TBX1, COMT), (TBX1,), (18_950_000, 19_800_000), {"2G": 0.0}),
    ],
)
def test_a_benign_gain_is_compared_by_place_and_genes(
    genes: tuple[object, ...],
    of_region: tuple[object, ...],
    place: tuple[int, int],
    expected: dict[str, float],
) -> None:
    setting = gained(genes=genes, regions=(region(*place, gain=BENIGN, genes=of_region),))  # type: ignore[arg-type]
    found = {code: setting.line(code) for code in ("2C", "2D", "2E", "2F", "2G")}
    assert {code: line.points for code, line in found.items() if line.met} == expected
    for code, line in found.items():
        key = line.reason.key.removeprefix("copy_number.")
        names = {
            "2C": "same_as_benign",
            "2D": "smaller_than_benign",
            "2E": "smaller_interrupting",
            "2F": "larger_without_genes",
            "2G": "beyond_benign",
        }
        assert key == (names[code] if line.met else f"not_{names[code]}")
        if line.met:
            assert line.reason["names"] == "22q11.2 recurrent region"


@pytest.mark.parametrize(
    ("start", "end", "within"),
    [
        (18_900_001, 19_900_000, True),
        (18_900_002, 19_900_000, False),
        (18_900_001, 19_899_999, False),
    ],
)
def test_smaller_means_within_to_the_base(start: int, end: int, within: bool) -> None:
    setting = gained(genes=(TBX1,), regions=(region(start, end, gain=BENIGN, genes=(COMT,)),))
    assert setting.line("2D").met is within


def test_a_region_benign_for_losses_says_nothing_of_gains() -> None:
    setting = gained(genes=(TBX1,), regions=(region(*WIDE, loss=BENIGN, genes=(TBX1,)),))
    assert [c for c in ("2C", "2D", "2E", "2F", "2G") if setting.line(c).met] == []


def test_a_haploinsufficient_gene_gained_whole_counts_nothing() -> None:
    line = gained(genes=(TBX1,), loss_of=(TBX1,)).line("2H")
    assert said(line) == ("met", 0.0, "haploinsufficient_gained")
    assert line.reason["names"] == "TBX1"
    assert said(gained(genes=(TBX1,)).line("2H")) == ("not_met", 0.0, "none_whole")
    cut = touched(hit=Hit.LAST_EXON)
    assert said(gained(genes=(cut,), loss_of=(cut,)).line("2H")) == ("not_met", 0.0, "none_whole")


@pytest.mark.parametrize(
    ("frame", "outcome", "points", "reason"),
    [
        (Frame.DECAY, "met", 0.45, "gain_decay"),
        (Frame.NO_DECAY, "not_met", 0.0, "gain_without_decay"),
        (Frame.KEPT, "not_met", 0.0, "gain_without_decay"),
        (Frame.UNTRANSLATED, "not_met", 0.0, "gain_without_decay"),
        (Frame.UNKNOWN, "not_assessed", 0.0, "frame_unknown"),
        (None, "not_assessed", 0.0, "frame_unknown"),
    ],
)
def test_an_intragenic_gain_is_presumed_in_tandem(
    frame: Frame | None, outcome: str, points: float, reason: str
) -> None:
    gene = inside(frame)
    line = gained(genes=(gene,), loss_of=(gene,)).line("2I")
    assert said(line) == (outcome, points, reason)
    assert (line.reason["gene"], line.reason["first_exon"], line.reason["last_exon"]) == (
        "TBX1", 3, 4,
    )  # fmt: skip


def test_an_intragenic_gain_of_another_gene_is_not_asked() -> None:
    assert said(gained(genes=(inside(Frame.DECAY),)).line("2I")) == ("not_met", 0.0, "not_inside")
    assert said(gained(genes=(TBX1,), loss_of=(TBX1,)).line("2I")) == (
        "not_met", 0.0, "not_inside",
    )  # fmt: skip


CUTS = [
    Hit.FIVE_PRIME_CODING,
    Hit.FIVE_PRIME_UTR,
    Hit.THREE_PRIME_UTR,
    Hit.LAST_EXON,
    Hit.LAST_EXONS,
]


@pytest.mark.parametrize("hit", CUTS)
@pytest.mark.parametrize(
    ("fit", "unlike", "alike"),
    [
        (None, ("met", 0.0, "cut_unlike"), ("not_assessed", 0.0, "phenotype_unknown")),
        (
            PhenotypeFit(3, 0),
            ("met", 0.0, "cut_unlike"),
            ("not_met", 0.0, "phenotype_not_consistent"),
        ),
        (
            PhenotypeFit(3, 1),
            ("not_met", 0.0, "cut_consistent"),
            ("not_assessed", 0.0, "specific_is_judged"),
        ),
    ],
)
def test_one_end_within_an_established_gene(
    hit: Hit,
    fit: PhenotypeFit | None,
    unlike: tuple[str, float, str],
    alike: tuple[str, float, str],
) -> None:
    gene = touched(hit=hit)
    setting = gained(
        genes=(gene,),
        loss_of=(gene,),
        links={"TBX1": (causes(),)},
        fits={} if fit is None else {DISEASE: fit},
    )
    assert said(setting.line("2J")) == unlike
    assert said(setting.line("2K")) == alike
    told = {} if fit is None else {"terms": fit.terms}
    exact = {"exact": fit.exact} if fit is not None and fit.exact else {}
    cut = {"names": "TBX1"} | (told | exact if exact else {})
    assert dict(setting.line("2J").reason.facts) == cut
    assert dict(setting.line("2K").reason.facts) == told | exact
    assert said(setting.line("2L")) == ("not_met", 0.0, "no_gene_cut")


@pytest.mark.parametrize("code", ["2J", "2K"])
@pytest.mark.parametrize("hit", [Hit.WHOLE, Hit.WITHIN, Hit.INTRONIC])
def test_an_end_must_lie_within_the_gene_and_the_other_outside(hit: Hit, code: str) -> None:
    gene = touched(hit=hit)
    line = gained(genes=(gene,), loss_of=(gene,)).line(code)
    assert said(line) == ("not_met", 0.0, "no_gene_cut")


def test_an_end_in_another_gene_counts_nothing() -> None:
    line = gained(genes=(touched(hit=Hit.LAST_EXON),)).line("2L")
    assert said(line) == ("met", 0.0, "cuts_others")
    assert line.reason["names"] == "TBX1"
    assert said(gained(genes=(TBX1,)).line("2L")) == ("not_met", 0.0, "no_gene_cut")
