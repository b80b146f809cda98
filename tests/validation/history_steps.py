"""A laboratory's history, in steps: cases registered on a day, then releases moved."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from history_laboratory import Laboratory, Proband

from demo_runs import Stages
from varinterp.documents.case import read_case
from varinterp.files import sha256_of
from varinterp.model.canonical import to_json
from varinterp.model.case import CaseResult
from varinterp.model.consent import ConsentDecision, ConsentScope
from varinterp.model.event import Event
from varinterp.pipeline.config import parse_settings
from varinterp.pipeline.job import Job
from varinterp.pipeline.reanalysis.archive import Archive, open_archive
from varinterp.pipeline.reanalysis.plan import Plan
from varinterp.pipeline.reanalysis.run import Options, run
from varinterp.pipeline.reanalysis.target import read_target
from varinterp.pipeline.run import load_run
from varinterp.pipeline.stages import store
from varinterp.registry.dataset import Dataset
from varinterp.registry.store import Registry
from varinterp.sources.rules import read_rules

WHO = "validation"


@dataclass(frozen=True)
class Step:
    """What a run of the reanalysis found: its plan, counts, and events as JSON with their ids."""

    at: datetime
    plan: Plan
    counts: Mapping[str, int]
    events: tuple[Event, ...]

    @property
    def documents(self) -> list[dict[str, Any]]:
        """The events as JSON, as the independent checker reads them."""
        documents = []
        for event in self.events:
            document = to_json(event)
            assert isinstance(document, dict)
            documents.append(document)
        return documents

    def table(self) -> str:
        """Events by kind, tier and direction, for the record."""
        counted = Counter(
            f"{event.kind} tier {int(event.tier)} {event.direction}"
            if event.kind.surfaces
            else f"{event.kind}"
            for event in self.events
        )
        return "\n".join(f"  {name}: {count}" for name, count in sorted(counted.items()))


def moment(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00+00:00").astimezone(UTC)


def archive_of(laboratory: Laboratory) -> Archive:
    return open_archive(parse_settings(laboratory.config))


def analyse(
    laboratory: Laboratory, probands: Iterable[Proband], results: Path | None = None
) -> list[CaseResult]:
    """Analyse families from their VCFs, stage by stage; nothing is registered."""
    config = laboratory.config | ({"results": str(results)} if results else {})
    stages = Stages(config)
    return [stages.case(proband.name) for proband in probands]


def register(laboratory: Laboratory, probands: Sequence[Proband], day: str) -> None:
    """Analyse, register and store families, as of a day; their consent is constructed too."""
    analyse(laboratory, probands)
    settings = parse_settings(laboratory.config)
    registry = Registry.open(settings.registry)
    rules = read_rules(settings.rules).values
    opened = load_run(laboratory.config)
    for proband in probands:
        pseudonym = opened.pseudonym(proband.name)
        folder = opened.folder(pseudonym)
        _register(registry, folder, rules, day)
        names = ("variants.parquet", "candidates.parquet", "intake.json")
        files = {name.partition(".")[0]: str(folder / name) for name in names} | {
            "lock": str(folder / "refs.lock.yaml"),
            "registered": str(folder / "registered.json"),
            "rules": laboratory.config["rules"],
            "receipt": str(folder / "stored.json"),
            "vcfs": [str(path) for path in opened.families[pseudonym].vcfs],
        }
        store.run(Job(laboratory.config, pseudonym, files, files))


def _register(registry: Registry, folder: Path, rules: Mapping[str, Any], day: str) -> None:
    path = folder / "case.json"
    result = read_case(path)
    at = moment(day)
    receipt = registry.register(result, sha256_of(path), at, rules=rules)
    (folder / "registered.json").write_text(
        f'{{"case": "{receipt.case}", "analysis": {receipt.analysis}}}\n'
    )
    given = date.fromisoformat(day)
    decision = ConsentDecision(ConsentScope.REANALYSIS, True, given, result.case.family.proband_id)
    Dataset(registry).consent(result.case.id, [decision], author=WHO, at=at)


def step(laboratory: Laboratory, day: str, **releases: str) -> Step:
    """Move the lock and bring every stored case to it, as of a day."""
    laboratory.move(**releases)
    archive = archive_of(laboratory)
    at = moment(day)
    outcome = run(archive, read_target(archive.settings), Options(at=at, author=WHO, exports=False))
    runs = {each.name: each.id for each in archive.registry.runs()}
    events = tuple(event for _, _, _, event in archive.registry.events(run=runs[outcome.name]))
    return Step(at, outcome.plan, outcome.counts, events)


def comparable(result: CaseResult) -> dict[str, Any]:
    """What the law compares: all but number, releases and versions."""
    parts = replace(
        result, case=replace(result.case, analysis=0), releases=(), versions={}, facts={}
    )
    document = to_json(parts)
    assert isinstance(document, dict)
    return document
