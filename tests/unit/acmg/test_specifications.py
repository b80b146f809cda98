"""What the shipped gene specifications make of an allele: the edges and lists of each text.

Residues and frequencies are those that the expert panels' texts name. The alleles are stand-ins: a
criterion is asked on the specification's name, and sees a residue, a frequency or a score.
"""

from dataclasses import replace
from typing import Any

import pytest

from core_builders import (
    BRCA1,
    ROOT,
    Setting,
    allele,
    comparator,
    consequence,
    frequency,
    missense,
    predictions,
)
from varinterp.model.assessment import CORE, AcmgClass
from varinterp.model.clinvar import Significance
from varinterp.model.curation import CaseControl, Curations, Origin, Probands, Scope
from varinterp.model.evidence import Criterion, Finding, Outcome, Strength
from varinterp.model.facts import Coverage, ExonAlleles
from varinterp.model.gene_disease import Inheritance
from varinterp.model.transcript import Term
from varinterp.sources.rules import read_rules

RULES = read_rules(ROOT / "resources/rules/core-v1.yaml", [ROOT / "resources/gene_specs"]).values
AD, AR = Inheritance.AUTOSOMAL_DOMINANT, Inheritance.AUTOSOMAL_RECESSIVE
P, M, S, VS, ALONE = Strength  # in the order of their definition
TP53, PTEN, PAH, RUNX1, LDLR = (
    "GN009-TP53", "GN003-PTEN", "GN006-PAH", "GN008-RUNX1", "GN013-LDLR",
)  # fmt: skip
HCM, DCM = "GN002-MYH7-HCM", "GN002-MYH7-DCM"
BRCA1_, BRCA2_, PTPN11 = "GN092-BRCA1", "GN097-BRCA2", "GN043-PTPN11"
KCNQ4, COCH, MYO6, TECTA = "GN005-KCNQ4", "GN005-COCH", "GN005-MYO6", "GN005-TECTA"
DEAF, USHER = "GN005-recessive", "GN005-syndromic"
OTOF, MYO15A = "GN023-OTOF", "GN023-MYO15A"
RECESSIVE = {PAH, DEAF, USHER, OTOF, MYO15A}


def judged(specification: str, **facts: Any) -> tuple[Finding, ...]:
    """Judge an allele by a specification."""
    mode = AR if specification in RECESSIVE else AD
    setting = Setting(
        inheritance=mode, specification=specification, rules=RULES,
        **{"consequence": missense(), **facts},
    )  # fmt: skip
    return setting.assess().findings


def found(specification: str, criterion: Criterion, **facts: Any) -> Finding:
    """Judge an allele by a specification and return one criterion's finding."""
    return next(each for each in judged(specification, **facts) if each.criterion is criterion)


@pytest.mark.parametrize(
    ("specification", "faf", "ba1", "bs1"),
    [
        pytest.param(TP53, 0.0011, ALONE, None, id="TP53 0.1 %"),
        pytest.param(TP53, 0.0009, None, S, id="TP53 below 0.1 %"),
        pytest.param(TP53, 0.00031, None, S, id="TP53 0.03 %"),
        pytest.param(TP53, 0.00029, None, None, id="TP53 below 0.03 %"),
        pytest.param(PTEN, 0.00057, ALONE, None, id="PTEN above 0.056 %"),
        pytest.param(PTEN, 0.00056, None, S, id="PTEN 0.056 %"),
        pytest.param(PTEN, 0.000044, None, S, id="PTEN 0.0043 %"),
        pytest.param(PTEN, 0.000042, None, P, id="PTEN supporting"),
        pytest.param(PTEN, 0.0000042, None, None, id="PTEN below 0.00043 %"),
        pytest.param(PAH, 0.0151, ALONE, None, id="PAH 1.5 %"),
        pytest.param(PAH, 0.0149, None, S, id="PAH below 1.5 %"),
        pytest.param(PAH, 0.0021, None, S, id="PAH 0.2 %"),
        pytest.param(PAH, 0.0019, None, None, id="PAH below 0.2 %"),
        pytest.param(RUNX1, 0.0016, ALONE, None, id="RUNX1 0.15 %"),
        pytest.param(RUNX1, 0.00016, None, S, id="RUNX1 0.015 %"),
        pytest.param(RUNX1, 0.00014, None, None, id="RUNX1 below 0.015 %"),
        pytest.param(LDLR, 0.0051, ALONE, None, id="LDLR 0.5 %"),
        pytest.param(LDLR, 0.0021, None, S, id="LDLR 0.2 %"),
        pytest.param(LDLR, 0.0019, None, None, id="LDLR below 0.2 %"),
        pytest.param(HCM, 0.0011, ALONE, None, id="MYH7 0.1 %"),
        pytest.param(DCM, 0.00011, None, S, id="MYH7 0.01 %"),
        pytest.param(HCM, 0.00009, None, None, id="MYH7 below 0.01 %"),
        pytest.param(DEAF, 0.0051, ALONE, None, id="recessive 0.5 %"),
        pytest.param(DEAF, 0.0031, None, S, id="recessive 0.3 %"),
        pytest.param(USHER, 0.0029, None, P, id="recessive below 0.3 %"),
        pytest.param(OTOF, 0.0051, ALONE, None, id="OTOF 0.5 %"),
        pytest.param(MYO15A, 0.00071, None, P, id="MYO15A 0.07 %"),
        pytest.param(DEAF, 0.00071, None, P, id="recessive 0.07 %"),
        pytest.param(DEAF, 0.00069, None, None, id="recessive below 0.07 %"),
        pytest.param(MYO6, 0.0011, ALONE, None, id="dominant 0.1 %"),
        pytest.param(COCH, 0.00021, None, S, id="dominant 0.02 %"),
        pytest.param(KCNQ4, 0.00019, None, None, id="dominant below 0.02 %"),
        pytest.param(TECTA, 0.0049, None, S, id="both modes: the recessive value"),
        pytest.param(BRCA1_, 0.0011, ALONE, None, id="BRCA1 above 0.1 %"),
        pytest.param(BRCA2_, 0.001, None, S, id="BRCA2 0.1 %"),
        pytest.param(BRCA1_, 0.0001, None, P, id="BRCA1 0.01 %"),
        pytest.param(BRCA2_, 0.000021, None, P, id="BRCA2 above 0.002 %"),
        pytest.param(BRCA1_, 0.00002, None, None, id="BRCA1 0.002 %"),
        pytest.param(PTPN11, 0.00051, ALONE, None, id="PTPN11 0.05 %"),
        pytest.param(PTPN11, 0.00026, None, S, id="PTPN11 0.025 %"),
        pytest.param(PTPN11, 0.00024, None, None, id="PTPN11 below 0.025 %"),
    ],
)
def test_benign_frequencies(
    specification: str, faf: float, ba1: Strength | None, bs1: Strength | None
) -> None:
    seen = frequency(5000, faf95=faf, group_max_af=faf * 1.1)
    assert found(specification, Criterion.BA1, frequency=seen).verdict.strength is ba1
    assert found(specification, Criterion.BS1, frequency=seen).verdict.strength is bs1


@pytest.mark.parametrize(
    ("specification", "highest", "rare"),
    [
        (TP53, 0.00003, True),
        (TP53, 0.000031, False),
        (PAH, 0.0002, True),
        (PAH, 0.00021, False),
        (RUNX1, 0.00005, True),
        (RUNX1, 0.000051, False),
        (LDLR, 0.0002, True),
        (LDLR, 0.00021, False),
        (HCM, 0.00004, True),
        (DCM, 0.000041, False),
        (DEAF, 0.00007, True),
        (DEAF, 0.000071, False),
        (MYO6, 0.00002, True),
        (COCH, 0.000021, False),
        (TECTA, 0.000021, False),
        (PTEN, 0.0000043, True),
        (PTEN, 0.0000044, False),
        (BRCA1_, 0.000001, False),
        (PTPN11, 0.000001, False),
    ],
)
def test_rare_frequencies(specification: str, highest: float, rare: bool) -> None:
    seen = frequency(2, faf95=None, group_max_af=highest)
    verdict = found(specification, Criterion.PM2, frequency=seen).verdict
    assert verdict.strength is (P if rare else None)
    assert verdict.outcome is (Outcome.MET if rare else Outcome.NOT_MET)


@pytest.mark.parametrize(
    ("specification", "residue", "strength"),
    [
        *[(TP53, residue, M) for residue in (175, 245, 248, 249, 273, 282)],
        (TP53, 174, None),
        (TP53, 246, None),
        *[(PTEN, residue, M) for residue in (90, 94, 123, 130, 166, 168)],
        *[(PTEN, residue, None) for residue in (89, 95, 122, 131, 165, 169)],
        *[(PAH, residue, M) for residue in (46, 48, 63, 69, 138, 158, 246, 266, 285, 377, 379)],
        *[(PAH, residue, None) for residue in (45, 49, 62, 70, 244, 267, 380)],
        *[(RUNX1, residue, S) for residue in (107, 110, 134, 162, 166, 167, 169, 170, 194, 196,
                                               198, 201, 204)],
        *[(RUNX1, residue, P) for residue in (89, 106, 203)],
        *[(RUNX1, residue, None) for residue in (88, 205)],
        *[(LDLR, residue, M) for residue in (27, 105, 232, 711)],
        *[(LDLR, residue, None) for residue in (26, 233, 712)],
        (HCM, 167, M),
        (HCM, 931, M),
        (HCM, 166, None),
        (HCM, 932, None),
        *[(PTPN11, residue, M) for residue in (4, 7, 9, 58, 63, 69, 77, 256, 265, 281, 284)],
        *[(PTPN11, residue, None) for residue in (5, 6, 10, 64, 68, 78, 257, 282)],
        (KCNQ4, 271, M),
        (KCNQ4, 292, M),
        (KCNQ4, 270, None),
        (KCNQ4, 293, None),
    ],
)  # fmt: skip
def test_hot_spots(specification: str, residue: int, strength: Strength | None) -> None:
    verdict = found(specification, Criterion.PM1, consequence=missense(codon=residue)).verdict
    assert verdict.strength is strength
    assert verdict.reason.key == ("hotspot.not_named" if strength is None else "hotspot.named")


@pytest.mark.parametrize(
    ("specification", "score", "pp3", "bp4"),
    [
        pytest.param(TP53, 0.95, None, None, id="TP53: REVEL is not the text's predictor"),
        pytest.param(PTEN, 0.701, P, None, id="PTEN above 0.7"),
        pytest.param(PTEN, 0.7, None, None, id="PTEN 0.7"),
        pytest.param(PTEN, 0.99, P, None, id="PTEN supporting alone"),
        pytest.param(PTEN, 0.499, None, P, id="PTEN below 0.5"),
        pytest.param(PTEN, 0.5, None, None, id="PTEN 0.5"),
        pytest.param(PTEN, 0.001, None, P, id="PTEN benign supporting alone"),
        pytest.param(PAH, 0.644, P, None, id="PAH by Pejaver"),
        pytest.param(PAH, 0.773, M, None, id="PAH moderate"),
        pytest.param(PAH, 0.932, S, None, id="PAH strong"),
        pytest.param(PAH, 0.183, None, M, id="PAH benign moderate"),
        pytest.param(PAH, 0.003, None, VS, id="PAH benign very strong"),
        pytest.param(RUNX1, 0.88, P, None, id="RUNX1 0.88"),
        pytest.param(RUNX1, 0.879, None, None, id="RUNX1 below 0.88"),
        pytest.param(RUNX1, 0.499, None, P, id="RUNX1 below 0.50"),
        pytest.param(RUNX1, 0.5, None, None, id="RUNX1 0.50"),
        pytest.param(LDLR, 0.75, P, None, id="LDLR 0.75"),
        pytest.param(LDLR, 0.749, None, None, id="LDLR below 0.75"),
        pytest.param(LDLR, 0.5, None, P, id="LDLR 0.5"),
        pytest.param(LDLR, 0.501, None, None, id="LDLR above 0.5"),
        pytest.param(HCM, 0.7, P, None, id="MYH7 0.70"),
        pytest.param(DCM, 0.699, None, None, id="MYH7 below 0.70"),
        pytest.param(HCM, 0.4, None, P, id="MYH7 0.40"),
        pytest.param(DCM, 0.401, None, None, id="MYH7 above 0.40"),
        pytest.param(PTPN11, 0.7, P, None, id="PTPN11 0.7"),
        pytest.param(PTPN11, 0.699, None, None, id="PTPN11 below 0.7"),
        pytest.param(PTPN11, 0.3, None, P, id="PTPN11 0.3"),
        pytest.param(BRCA1_, 0.99, None, None, id="BRCA1: REVEL is not the text's predictor"),
        pytest.param(DEAF, 0.7, P, None, id="hearing loss 0.7"),
        pytest.param(COCH, 0.699, None, None, id="hearing loss below 0.7"),
        pytest.param(USHER, 0.15, None, P, id="hearing loss 0.15"),
        pytest.param(KCNQ4, 0.151, None, None, id="hearing loss above 0.15"),
    ],
)
def test_missense_predictions(
    specification: str, score: float, pp3: Strength | None, bp4: Strength | None
) -> None:
    scores = predictions(revel=score, spliceai=0.0)
    assert found(specification, Criterion.PP3, predictions=scores).verdict.strength is pp3
    assert found(specification, Criterion.BP4, predictions=scores).verdict.strength is bp4


@pytest.mark.parametrize(
    ("specification", "score", "pp3", "bp4"),
    [
        (PTEN, 0.5, P, None),
        (PTEN, 0.49, None, None),
        (PTEN, 0.1, None, P),
        (RUNX1, 0.38, P, None),
        (RUNX1, 0.37, None, None),
        (RUNX1, 0.2, None, P),
        (RUNX1, 0.21, None, None),
        (TP53, 0.2, P, None),
        (TP53, 0.1, None, P),
        (LDLR, 0.2, P, None),
    ],
)
def test_splice_predictions(
    specification: str, score: float, pp3: Strength | None, bp4: Strength | None
) -> None:
    silent = consequence(Term.SYNONYMOUS)
    given = {"consequence": silent, "predictions": predictions(spliceai=score)}
    assert found(specification, Criterion.PP3, **given).verdict.strength is pp3
    assert found(specification, Criterion.BP4, **given).verdict.strength is bp4


LP = Significance.LIKELY_PATHOGENIC
ONE, TWO = (comparator("V"),), (comparator("V"), comparator("E", allele="22-20061539-G-A"))


@pytest.mark.parametrize(
    ("specification", "known", "strength"),
    [
        pytest.param(TP53, TWO, S, id="TP53 two pathogenic"),
        pytest.param(TP53, ONE, M, id="TP53 one pathogenic"),
        pytest.param(TP53, (comparator("V", LP),), P, id="TP53 one likely pathogenic"),
        pytest.param(TP53, (comparator("W"),), None, id="TP53: Gly>Arg is milder than Gly>Trp"),
        pytest.param(RUNX1, (comparator("W"),), None, id="RUNX1: milder"),
        pytest.param(RUNX1, TWO, S, id="RUNX1 two pathogenic"),
        pytest.param(LDLR, TWO, S, id="LDLR two pathogenic"),
        pytest.param(LDLR, (comparator("W"),), M, id="LDLR does not compare"),
        pytest.param(LDLR, (comparator("V", LP),), None, id="LDLR likely pathogenic"),
        pytest.param(DEAF, TWO, S, id="hearing loss two"),
        pytest.param(DEAF, ONE, M, id="hearing loss one"),
        pytest.param(PAH, TWO, M, id="PAH never strong"),
        pytest.param(PAH, (comparator("V", LP),), P, id="PAH likely pathogenic"),
        pytest.param(PTEN, TWO, M, id="PTEN moderate alone"),
        pytest.param(PTEN, (comparator("V", LP),), None, id="PTEN likely pathogenic"),
    ],
)
def test_other_changes_of_the_residue(
    specification: str, known: tuple[Any, ...], strength: Strength | None
) -> None:
    facts = {"consequence": missense(ref="G", alt="R", codon=300), "comparators": known}
    assert found(specification, Criterion.PM5, **facts).verdict.strength is strength


@pytest.mark.parametrize("specification", [RUNX1, HCM])
def test_a_hot_spot_leaves_no_room_for_other_changes_of_the_residue(specification: str) -> None:
    residue = missense(ref="G", alt="R", codon=204)
    facts = {"consequence": residue, "comparators": ONE}
    assert found(specification, Criterion.PM1, **facts).met
    verdict = found(specification, Criterion.PM5, **facts).verdict
    assert (verdict.outcome, verdict.reason.key) == (Outcome.NOT_MET, "exclusive.counted_as")
    assert verdict.reason["by"] == "PM1"


def cases(count: int) -> Curations:
    origin = Origin("p", "A. Curator", "2026-01-15", "1")
    return Curations(probands=(Probands(Scope(), origin, count),))


@pytest.mark.parametrize(
    ("specification", "people", "strength"),
    [
        (RUNX1, 1, P),
        (RUNX1, 2, M),
        (RUNX1, 3, M),
        (RUNX1, 4, S),
        (LDLR, 1, None),
        (LDLR, 2, P),
        (LDLR, 5, P),
        (LDLR, 6, M),
        (LDLR, 9, M),
        (LDLR, 10, S),
        (COCH, 1, None),
        (COCH, 2, P),
        (COCH, 6, M),
        (COCH, 15, S),
        (PTPN11, 1, P),
        (PTPN11, 3, M),
        (PTPN11, 5, S),
        (TP53, 100, None),
        (PTEN, 100, None),
        (BRCA1_, 100, None),
        (HCM, 100, None),
    ],
)
def test_affected_people(specification: str, people: int, strength: Strength | None) -> None:
    facts = {"curated": cases(people), "coverage": Coverage(True)}
    assert found(specification, Criterion.PS4, **facts).verdict.strength is strength


@pytest.mark.parametrize(
    ("lower", "strength"), [(20.0, S), (19.9, M), (10.0, M), (9.9, P), (5.0, P), (4.9, None)]
)
def test_myh7_asks_the_lower_bound_of_an_odds_ratio(
    lower: float, strength: Strength | None
) -> None:
    origin = Origin("s", "A. Curator", "2026-01-15", "1")
    curated = Curations(case_control=(CaseControl(Scope(), origin, 100.0, lower, 2655.0),))
    assert found(HCM, Criterion.PS4, curated=curated).verdict.strength is strength


@pytest.mark.parametrize(
    ("specification", "codes"),
    [
        (TP53, "PM3 PM4 PP2 PP4 BP1 BP2 BP3 BP5"),
        (PTEN, "PM3 PP4 BP1 BP3"),
        (PAH, "PS4 PM6 PP2 BP1 BP2 BP3"),
        (RUNX1, "PM3 PP2 PP4 BS2 BP1 BP3 BP5"),
        (LDLR, "PP2 BP1 BP3 BP5"),
        (HCM, "PVS1 PM3 PP2 PP4 BS2 BP1 BP3 BP5"),
        (DCM, "PVS1 PM1 PM3 PP2 PP4 BS2 BP1 BP3 BP5"),
        (COCH, "PVS1 PM1 PM3 PP2 PP4 BP1"),
        (KCNQ4, "PM3 PP2 PP4 BP1"),
        (TECTA, "PM1 PP2 PP4 BP1"),
        (DEAF, "PM1 PP2 PP4 BP1 BP5"),
        (USHER, "PM1 PP2 BP1 BP5"),
        (OTOF, "PM1 PP2 BP1 BP5"),
        (MYO15A, "PM1 PP2 PP4 BP1 BP5"),
        (PTPN11, "PVS1 PM3 PP4 BS3 BP3"),
        (BRCA1_, "PS2 PM1 PM4 PM5 PM6 PP2 PP4 BP2 BP3 BP5"),
        (BRCA2_, "PS2 PM1 PM4 PM5 PM6 PP2 PP4 BP2 BP3 BP5"),
    ],
)
def test_criteria_that_a_panel_does_not_use(specification: str, codes: str) -> None:
    unused = {
        each.criterion
        for each in judged(specification)
        if each.verdict.reason.key == "specification.not_applicable"
    }
    assert unused == {Criterion(code) for code in codes.split()}


def nonsense(codon: int) -> Any:
    """A stop in BRCA1, whose last 50 codons lie in its last exon."""
    return consequence(
        Term.STOP_GAINED,
        transcript=BRCA1,
        protein_position=codon,
        hgvs_p=f"p.Lys{codon}Ter",
        ref_aa="K",
        alt_aa="*",
    )


@pytest.mark.parametrize(
    ("codon", "specified", "general"),
    [
        pytest.param(182, VS, VS, id="before exon 8: decay"),
        pytest.param(183, None, VS, id="exon 8 is not needed"),
        pytest.param(223, None, VS, id="exon 9 is not needed"),
        pytest.param(224, VS, VS, id="exon 10"),
        pytest.param(1854, VS, M, id="before p.Ile1855, without decay"),
        pytest.param(1855, None, M, id="after p.Leu1854"),
    ],
)
def test_stops_in_brca1(codon: int, specified: Strength | None, general: Strength | None) -> None:
    facts = {
        "transcript": BRCA1,
        "consequence": nonsense(codon),
        "exon_alleles": {23: ExonAlleles(0, 0.0, 0.0, 1.0)},
    }
    assert found(BRCA1_, Criterion.PVS1, **facts).verdict.strength is specified
    assert found(CORE, Criterion.PVS1, **facts).verdict.strength is general


@pytest.mark.parametrize(
    ("specification", "residue", "excluded"),
    [
        (RUNX1, 32, "1-32"),
        (RUNX1, 33, None),
        (OTOF, 1946, None),
        (OTOF, 1947, "1947-1997"),
        (MYO15A, 1344, None),
        (MYO15A, 1345, "1345-1346"),
        (MYO15A, 1347, None),
        (MYO15A, 1988, "1971-1988"),
        (MYO15A, 1989, None),
    ],
)
def test_stops_in_exons_that_the_protein_does_without(
    specification: str, residue: int, excluded: str | None
) -> None:
    """BRCA1 stands in: the residue is what is asked for."""
    facts = {"transcript": BRCA1, "consequence": nonsense(residue)}
    reason = found(specification, Criterion.PVS1, **facts).verdict.reason
    left_out = reason.key == "loss_of_function.region_not_needed"
    assert left_out is (excluded is not None)
    if left_out:
        assert reason["region"] == excluded


@pytest.mark.parametrize("codon", [150, 276])
def test_a_stop_that_the_protein_cannot_do_without_is_very_strong_without_decay(
    codon: int,
) -> None:
    """TANGO2 stands in for PTEN: its last exon begins before residue 375."""
    stop = consequence(
        Term.STOP_GAINED, protein_position=codon, hgvs_p=f"p.Lys{codon}Ter", alt_aa="*"
    )
    verdict = found(PTEN, Criterion.PVS1, consequence=stop).verdict
    expected = "loss_of_function.decay" if codon == 150 else "loss_of_function.needed_end"
    assert (verdict.strength, verdict.reason.key) == (VS, expected)


@pytest.mark.parametrize(
    ("specification", "strength"), [(TP53, VS), (PTEN, VS), (PAH, S), (BRCA1_, VS)]
)
def test_the_initiation_codon(specification: str, strength: Strength) -> None:
    lost = consequence(Term.START_LOST, protein_position=1)
    verdict = found(specification, Criterion.PVS1, consequence=lost).verdict
    assert (verdict.strength, verdict.reason.key) == (strength, "loss_of_function.start_specified")
    assert verdict.reason["specification"] == specification


@pytest.mark.parametrize(
    ("specification", "residue", "strength"),
    [
        (PTEN, 89, None),
        (PTEN, 90, M),
        (PTEN, 128, M),
        (PTEN, 169, None),
        (RUNX1, 88, None),
        (RUNX1, 204, P),
        (RUNX1, 205, None),
        (TP53, 175, None),
        (PTPN11, 500, M),
    ],
)
def test_changes_of_length(specification: str, residue: int, strength: Strength | None) -> None:
    """A deletion of three bases: one residue."""
    gone = allele("22-20061537-CGGG-C")
    shorter = consequence(Term.INFRAME_DELETION, protein_position=residue)
    facts = {"allele": gone, "consequence": shorter, "repeats": {}}
    verdict = found(specification, Criterion.PM4, **facts).verdict
    assert verdict.strength is strength


@pytest.mark.parametrize(
    ("absent", "points", "specified", "general"),
    [
        (False, -2, AcmgClass.LIKELY_BENIGN, AcmgClass.LIKELY_BENIGN),
        (True, -1, AcmgClass.UNCERTAIN, AcmgClass.LIKELY_BENIGN),
    ],
)
def test_tp53_is_likely_benign_from_minus_two_points_on(
    absent: bool, points: int, specified: AcmgClass, general: AcmgClass
) -> None:
    setting = Setting(
        inheritance=AD,
        specification=TP53,
        rules=RULES,
        consequence=consequence(Term.SYNONYMOUS),
        predictions=predictions(spliceai=0.0),
        coverage=Coverage(True) if absent else None,
    )
    assessment = setting.assess()
    assert assessment.points == points
    assert assessment.machine.points is specified
    assert replace(setting, specification=CORE).assess().machine.points is general


def test_a_specification_and_its_version_are_read() -> None:
    setting = Setting(inheritance=AD, specification=TP53, rules=RULES, consequence=missense())
    read = {each.key for each in setting.assess().reads if each.source == "rules"}
    gene, disease = setting.key.gene, setting.key.disease
    assert f"spec/{gene}/{disease}/autosomal_dominant" in read
    assert f"spec/{gene}/*/autosomal_dominant" in read
    assert "GN009-TP53/version" in read
    general = Setting(inheritance=AD, rules=RULES, consequence=missense()).assess()
    found_keys = {each.key for each in general.reads if each.source == "rules"}
    assert f"spec/{gene}/{disease}/autosomal_dominant" in found_keys
    assert not any(each.startswith("core/") for each in found_keys)
