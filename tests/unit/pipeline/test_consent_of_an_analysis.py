"""An analysis asks what people said since its sheet was written: a sheet is copied on and on."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from act_builders import CASE, family_result, later, no, yes
from core_builders import RULES
from registry_builders import register, url
from varinterp.documents.case import read_case, write_case
from varinterp.documents.copy_number import CopyNumbers, write_copy_numbers
from varinterp.model.consent import ConsentDecision, ConsentScope
from varinterp.pipeline.stages.prioritise import run
from varinterp.registry.dataset import Dataset
from varinterp.registry.store import Registry
from varinterp.sources.rules import Rules

SECONDARY = ConsentScope.SECONDARY_FINDINGS
LONG_AGO = date(2020, 1, 1)


@dataclass(frozen=True)
class Settings:
    registry: str


@dataclass(frozen=True)
class Job:
    """What the stage asks of one."""

    folder: Path
    settings: Settings

    def input(self, name: str) -> Path:
        return self.folder / f"{name}.json"

    output = input

    def rules(self) -> Rules:
        return Rules("core", "1", "2026-11-23", dict(RULES))


def analysed(folder: Path, said: list[ConsentDecision], *, sheet: bool) -> bool:
    """Analyse a registered case again; return whether it is told secondary findings."""
    place = url(folder / "registry.sqlite")
    registry = Registry.open(place)
    register(registry, family_result())
    Dataset(registry).consent(CASE, said, author="Roy", at=later())
    job: Any = Job(folder, Settings(place))
    classified = replace(
        family_result(secondary_findings=sheet), assessments=(), candidates=(), ranking=()
    )
    write_case(classified, job.input("classified"))
    write_copy_numbers(CopyNumbers(CASE, given=False), job.input("copy_numbers"))
    run(job)
    return read_case(job.output("case")).case.secondary_findings


@pytest.mark.parametrize("sheet", [True, False])
def test_the_sheet_is_heard_where_nothing_is_recorded(tmp_path: Path, sheet: bool) -> None:
    assert analysed(tmp_path, [], sheet=sheet) is sheet


def test_a_withdrawal_holds_against_the_sheets_yes(tmp_path: Path) -> None:
    assert not analysed(tmp_path, [no(SECONDARY, on=LONG_AGO)], sheet=True)


def test_a_later_consent_holds_against_the_sheets_silence(tmp_path: Path) -> None:
    assert analysed(tmp_path, [yes(SECONDARY, on=LONG_AGO)], sheet=False)
