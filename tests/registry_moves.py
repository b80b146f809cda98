"""Small runs of the reanalysis: one case that is brought to another ClinVar."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from event_builders import Claim, event
from registry_builders import RULES, assessment, label, result
from varinterp.model.archive import CasePicture, Moved, NewRun
from varinterp.model.assessment import Assessment, AssessmentKey
from varinterp.model.basis import Basis
from varinterp.model.case import ReleaseLabel
from varinterp.model.event import Event
from varinterp.registry.bases import basis_of
from varinterp.registry.store import Registry

NEXT = (label("clinvar", "2026-01-16"), label("gnomad"), label("mane"))
AFTER = (label("clinvar", "2026-06-16"), label("gnomad"), label("mane"))


def basis(labels: Sequence[ReleaseLabel] = NEXT) -> Basis:
    """The basis that releases make."""
    return basis_of(labels, {"varinterp": "0.1.0"})


def new_run(labels: Sequence[ReleaseLabel] = NEXT, name: str = "run-1") -> NewRun:
    """A run to those releases."""
    return NewRun(name, basis(labels), tuple(labels), RULES, "scheduler", False, {"cases": 1})


def moved(
    assessments: Iterable[Assessment],
    *,
    case: str = "case-1",
    analysis: int,
    retired: Iterable[AssessmentKey] = (),
    labels: Sequence[ReleaseLabel] = NEXT,
    events: Iterable[Event] = (),
) -> Moved:
    """What a run concluded on a case."""
    whole = result(case=case, analysis=analysis, releases=labels)
    return Moved(
        case=case,
        assessments=tuple(assessments),
        retired=tuple(retired),
        candidates=(),
        retired_candidates=(),
        picture=CasePicture.of(whole),
        facts={},
        events=tuple(events),
    )


def move_on(registry: Registry, at: datetime, af: float = 0.9) -> int:
    """Open a run and move case-1, which has two analyses and gets a third; return the run's id."""
    run = registry.open_run(new_run(), at)
    (state,) = (each for each in registry.states() if each.case == "case-1")
    one = moved([assessment(af=af)], analysis=state.analysis + 1, events=[an_event()])
    registry.move(run, [one], (), basis(), RULES, at)
    return run


def run_of(registry: Registry) -> int:
    """The id of the last run."""
    return registry.runs()[-1].id


def an_event(case: str = "case-1") -> Event:
    """An event of a case."""
    return replace(event(None, Claim()), case=case)
