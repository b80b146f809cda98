"""A scheme as a file: the draft of the coming standard is read, and findings can be put to it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from core_builders import ROOT, finding
from varinterp.acmg.combine.families import by_family, classify
from varinterp.acmg.combine.points import Scale
from varinterp.errors import InputError
from varinterp.model.assessment import AcmgClass, Uncertainty
from varinterp.model.evidence import Criterion, Finding, Strength, not_met
from varinterp.sources.scheme_file import read_scheme

PATH = ROOT / "resources/rules/svc4-draft.yaml"
DRAFT = read_scheme(PATH)
SU, MO, ST, VS, SA = Strength
C = Criterion


def test_the_draft_has_the_limits_that_were_published() -> None:
    assert DRAFT.scale == Scale(10, 6, 4, 2, -1, -4)
    assert [family.code for family in DRAFT.families] == ["POP", "CLN", "LOC", "PFD"]


@pytest.mark.parametrize(
    ("points", "value", "tier"),
    [
        (10.0, AcmgClass.PATHOGENIC, None),
        (9.5, AcmgClass.LIKELY_PATHOGENIC, None),
        (5.5, AcmgClass.UNCERTAIN, Uncertainty.HIGH),
        (3.5, AcmgClass.UNCERTAIN, Uncertainty.MID),
        (1.5, AcmgClass.UNCERTAIN, Uncertainty.LOW),
        (-0.5, AcmgClass.UNCERTAIN, Uncertainty.LOW),
        (-1.0, AcmgClass.LIKELY_BENIGN, None),
        (-3.5, AcmgClass.LIKELY_BENIGN, None),
        (-4.0, AcmgClass.BENIGN, None),
    ],
)
def test_its_seven_tiers_take_fractions_of_points(
    points: float, value: AcmgClass, tier: Uncertainty | None
) -> None:
    assert DRAFT.scale.of(points) is value
    assert DRAFT.scale.uncertainty(points) is tier


@pytest.mark.parametrize(
    ("findings", "families", "value"),
    [
        ((), {}, AcmgClass.UNCERTAIN),
        (
            (finding(C.PVS1, VS), finding(C.PM2, SU)),
            {"PFD": 8},
            AcmgClass.LIKELY_PATHOGENIC,
        ),
        (
            (finding(C.PVS1, VS), finding(C.PS3, ST)),
            {"PFD": 10},
            AcmgClass.PATHOGENIC,
        ),
        (
            (finding(C.PP1, ST), finding(C.PP4, MO), finding(C.PP3, SU)),
            {"LOC": 4, "PFD": 1},
            AcmgClass.UNCERTAIN,
        ),
        ((finding(C.BA1, SA),), {"POP": -6}, AcmgClass.BENIGN),
        ((finding(C.BS1, ST), finding(C.PM3, MO)), {"POP": -4, "CLN": 2}, AcmgClass.LIKELY_BENIGN),
        ((finding(C.BP4, SU),), {"PFD": -1}, AcmgClass.LIKELY_BENIGN),
        ((finding(C.PP2, SU), Finding(C.PS3, not_met("test"))), {}, AcmgClass.UNCERTAIN),
    ],
)
def test_todays_findings_can_be_put_to_it(
    findings: tuple[Finding, ...], families: dict[str, float], value: AcmgClass
) -> None:
    assert by_family(findings, DRAFT) == families
    assert classify(findings, DRAFT) is value


def altered(tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    document = yaml.safe_load(PATH.read_text("utf-8"))
    change(document)
    path = tmp_path / "scheme.yaml"
    path.write_text(yaml.safe_dump(document), "utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d.update(status="in force"), "status"),
        (lambda d: d.update(extra=1), "extra"),
        (lambda d: d["scale"].update(benign=0), "follow one another"),
        (lambda d: d["scale"].pop("source"), "source"),
        (lambda d: d["weights"].pop("strong"), "no weight of strong"),
        (lambda d: d["not_counted"].pop("PM2"), "PM2 is in no family"),
        (lambda d: d["families"]["LOC"]["criteria"].append("PS2"), "PS2 is placed twice"),
        (lambda d: d["families"]["LOC"].update(least=1), "LOC counts at least"),
        (lambda d: d["families"]["LOC"].update(criteria=["XX1"]), "XX1"),
        (lambda d: d["families"]["LOC"].update(group="other"), "group"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], told: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_scheme(altered(tmp_path, change))

    assert told in str([fault for fault in caught.value.faults])


def test_no_assessment_and_no_report_knows_of_it() -> None:
    source = ROOT / "src/varinterp"
    asking = [
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if "svc4" in path.read_text("utf-8") or "read_scheme" in path.read_text("utf-8")
    ]

    assert asking == ["sources/scheme_file.py"]
