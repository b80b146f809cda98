"""What a run came to: one line a family, whether it finished, failed or was not reached."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from varinterp.documents.case import read_case
from varinterp.model.case import CaseResult, RankedHypothesis, Tier
from varinterp.pipeline.run import Run
from varinterp.pipeline.stage import failures


class State(StrEnum):
    """How far a family came."""

    FINISHED = "finished"
    FAILED = "failed"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class FamilySummary:
    """A family under both its names; `stage` and `lines` say why it failed."""

    name: str
    pseudonym: str
    state: State
    result: CaseResult | None = None
    reports: tuple[Path, ...] = ()
    stage: str = ""
    lines: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[RankedHypothesis, ...]:
        """The hypotheses that are shown first: proposed and possible, else known alleles."""
        ranking = () if self.result is None else self.result.ranking
        sections = (Tier.PROPOSED.section, Tier.KNOWN_ALLELE.section)
        found = (
            tuple(each for each in ranking if each.tier.section == section) for section in sections
        )
        return next((places for places in found if places), ())


def summarise(run: Run) -> tuple[FamilySummary, ...]:
    """Summarise every family of a run, in the sheet's order."""
    failed = failures(run.settings.logs)
    return tuple(
        _summary(run, pseudonym, family.name, failed.get(pseudonym))
        for pseudonym, family in run.families.items()
    )


def _summary(
    run: Run, pseudonym: str, name: str, failure: tuple[str, list[str]] | None
) -> FamilySummary:
    folder = run.folder(pseudonym)
    if failure is not None:
        stage, lines = failure
        return FamilySummary(name, pseudonym, State.FAILED, stage=stage, lines=tuple(lines))
    reports = tuple(sorted(folder.glob("report.*.html")))
    if not (folder / "registered.json").is_file() or not reports:
        return FamilySummary(name, pseudonym, State.NOT_RUN)
    result = read_case(folder / "case.json")
    return FamilySummary(name, pseudonym, State.FINISHED, result, reports)
