"""A family in the registry, and what people say and sign about it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from core_builders import HET, REF, calls, candidate
from event_builders import Claim, P, event
from registry_builders import ALLELES, assessment, key, label, result
from varinterp.model.archive import NewRun
from varinterp.model.assessment import AcmgClass, Assessment
from varinterp.model.basis import Basis
from varinterp.model.canonical import canonical
from varinterp.model.case import CaseResult
from varinterp.model.consent import ConsentDecision, ConsentScope
from varinterp.model.facts import Rule
from varinterp.model.family import Family, Person
from varinterp.model.phenotype import Phenotype
from varinterp.registry.cases import live_key
from varinterp.registry.dataset.finding_rows import FindingDraft
from varinterp.registry.store import Registry
from varinterp.registry.tables import EVENT

MORNING = datetime(2026, 7, 4, 9, 30, tzinfo=UTC)
DAY = date(2026, 7, 4)
CASE = "case-1"
CHILD, FATHER, MOTHER = "P-CHILD", "P-FATHER", "P-MOTHER"
HYPOTONIA, SEIZURES, ATAXIA = "HP:0001252", "HP:0001250", "HP:0001251"


def later(hours: float = 1) -> datetime:
    """A moment after the registration."""
    return MORNING + timedelta(hours=hours)


def family_result(
    case: str = CASE,
    *,
    analysis: int = 1,
    family: str = "F-ONE",
    observed: Iterable[str] = (HYPOTONIA,),
    without: Iterable[str] = (),
    secondary_findings: bool = False,
    assessments: Iterable[Assessment] | None = None,
) -> CaseResult:
    """An analysis of a trio whose child and mother carry the allele of TANGO2."""
    people = tuple(
        person
        for person in (
            Person(CHILD, father=FATHER, mother=MOTHER),
            Person(FATHER),
            Person(MOTHER),
        )
        if person.id not in set(without)
    )
    plain = result(
        [assessment(key(case))] if assessments is None else assessments,
        case=case,
        analysis=analysis,
    )
    pedigree = Family(family, CHILD, people)
    carried = candidate(ALLELES[0], calls(**{CHILD: HET, FATHER: REF, MOTHER: HET}))
    return replace(
        plain,
        case=replace(
            plain.case,
            family=pedigree,
            phenotype=Phenotype.of(observed),
            secondary_findings=secondary_findings,
        ),
        candidates=(carried,),
    )


def yes(
    scope: ConsentScope, person: str = CHILD, on: date = DAY, document: str = ""
) -> ConsentDecision:
    """A consent."""
    return ConsentDecision(scope, True, on, person, document)


def no(scope: ConsentScope, person: str = CHILD, on: date = DAY) -> ConsentDecision:
    """A refusal or withdrawal."""
    return ConsentDecision(scope, False, on, person)


def stated(value: AcmgClass = AcmgClass.PATHOGENIC, version: int = 1) -> FindingDraft:
    """A finding as a report states it."""
    return FindingDraft(key(), value, "CR-5512", version, DAY)


TARGET = Basis.of({"clinvar": "2026-08-01"}, "1.0.0")
IN_FORCE = {"a": Rule(1.0)}


def open_run(registry: Registry, name: str = "run-1") -> int:
    """Begin a run of the reanalysis; return its id."""
    labels = (label("clinvar", "2026-08-01"),)
    new = NewRun(name, TARGET, labels, IN_FORCE, "job", everything=False, plan={})
    return registry.open_run(new, later(2))


def move_nothing(registry: Registry, at: datetime, case: str = CASE, run: str = "run-1") -> None:
    """Let a run look at a case and find that nothing moved."""
    registry.move(open_run(registry, run), [], [case], TARGET, IN_FORCE, at)


def add_event(registry: Registry, case: str = CASE) -> int:
    """Record an event of a case, as a run of the reanalysis does; return its id."""
    run = open_run(registry)
    found = event(None, Claim(criteria=P))
    with registry.batch("move", "reanalysis", later(2)) as batch:
        row = {
            "case_id": live_key(batch.connection, case).case_id,
            "run_id": run,
            "tier": found.tier.value,
            "direction": found.direction.value,
            "digest": found.digest,
        }
        locked = live_key(batch.connection, case)
        return batch.add_private(EVENT, locked, [(row, canonical(found))])[0]
