"""`varinterp worklist`: from the registry to the list and back, by the verbs that people type."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from demo_runs import write_config
from program import CliRunner
from registry_builders import RULES, document_digest, label
from report_cases import tango2_homozygous
from varinterp.cli.worklist import app
from varinterp.errors import InputError
from varinterp.model.archive import CasePicture, Moved, NewRun
from varinterp.model.basis import Basis
from varinterp.model.canonical import Json
from varinterp.model.case import CaseResult
from varinterp.model.consent import ConsentDecision, ConsentScope
from varinterp.model.diagnosis import Diagnosis, DiagnosticLevel
from varinterp.model.milestone import Milestone, MilestoneKind
from varinterp.model.prescription import LaboratoryReport, Prescription
from varinterp.model.review import Act, ReviewState, Transition
from varinterp.model.sequencing import Sequencing, Technique
from varinterp.pipeline.worklist.indicators import indicator_input
from varinterp.registry.dataset import Dataset
from varinterp.registry.store import Registry
from varinterp.report.indicators.facts import CaseFacts, Reclassification
from worklist_cases import MISSENSE, downgrade

MORNING = datetime(2026, 7, 4, 9, tzinfo=UTC)
RUN_AT = datetime(2026, 8, 1, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Laboratory:
    """A registry with one case, one run, and its event on the list."""

    config: Path
    registry: Registry
    result: CaseResult
    event: int

    @property
    def dataset(self) -> Dataset:
        return Dataset(self.registry)

    def type(self, *words: str, fails: bool = False) -> str:
        done = CliRunner().invoke(app, [*words, "-c", str(self.config)])
        if fails:
            assert done.exit_code != 0
            assert isinstance(done.exception, InputError | SystemExit)
            return str(done.exception) + done.output
        assert done.exit_code == 0, done.output + repr(done.exception)
        return done.output

    def state(self) -> ReviewState:
        return self.dataset.reviews()[self.event].state


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry with one case, one run, and its event on the list."""
    path = tmp_path_factory.mktemp("archive") / "registry.sqlite"
    registry = Registry.open(f"sqlite:///{path}")
    result = tango2_homozygous()
    registry.register(result, document_digest(result), MORNING, rules=RULES)
    (state,) = registry.states()
    target = Basis.of(dict(state.basis.releases) | {"gnomad": "9.9"}, state.basis.software)
    plan: dict[str, Json] = {
        "cases": 12, "moving": 12, "examined": 1,
        "sources": [{"source": "gnomad", "before": "2.0.1", "after": "9.9"}],
        "skipped": [{"case": "C-OTHER", "reason": "no_consent"}],
    }  # fmt: skip
    labels = tuple(
        label("gnomad", "9.9") if each.source == "gnomad" else each for each in result.releases
    )
    new = NewRun(
        name="2026-08-01.1", target=target, labels=labels, rules=RULES, author="varinterp",
        everything=False, plan=plan,
    )  # fmt: skip
    run = registry.open_run(new, RUN_AT)
    event = replace(downgrade(), case=result.case.id)
    registry.move(run, [_moved(result, [event])], [], target, RULES, RUN_AT)
    ((number, *_),) = registry.events()
    surfaced = Act(Transition.SURFACE, RUN_AT)
    Dataset(registry).review(number, surfaced, author="varinterp")
    registry.close_run(run, {"changed": 1}, RUN_AT)
    return path


@pytest.fixture
def laboratory(archive: Path, tmp_path: Path) -> Laboratory:
    path = Path(shutil.copy(archive, tmp_path / "registry.sqlite"))
    registry = Registry.open(f"sqlite:///{path}")
    ((number, *_),) = registry.events()
    return Laboratory(write_config(tmp_path), registry, tango2_homozygous(), number)


def _moved(result: CaseResult, events: Sequence[object]) -> Moved:
    picture = CasePicture.of(result).numbered(2)
    return Moved(result.case.id, (), (), (), (), picture, {}, tuple(events), None)  # type: ignore[arg-type]


def test_show_lists_what_is_open_and_tells_one_event_in_either_language(
    laboratory: Laboratory,
) -> None:
    (row,) = json.loads(laboratory.type("show", "--json"))
    assert (row["tier"], row["gene"], row["class"]) == (1, "TANGO2", "5 → 3")
    told = laboratory.type("show", str(laboratory.event), "--language", "fr")
    assert "Un résultat signé ou rendu repose sur cela" in told
    assert "gnomad 22-20061538-G-A: af 0.00012 → af 0.0061 [2.0.1 → 2.1.1]" in told


def test_an_event_is_taken_then_dismissed_with_a_reason(laboratory: Laboratory) -> None:
    number = str(laboratory.event)
    assert "open → in review" in laboratory.type("take", number, "--by", "Dr Roy")
    done = laboratory.type("dismiss", number, "--reason", "artefact", "--by", "Dr Roy")
    assert "in review → dismissed" in done
    assert laboratory.state() is ReviewState.DISMISSED
    assert json.loads(laboratory.type("show", "--json")) == []
    assert len(json.loads(laboratory.type("show", "--all", "--json"))) == 1


def test_a_dismissal_typed_by_mistake_is_undone_and_stays_recorded(laboratory: Laboratory) -> None:
    number = str(laboratory.event)
    laboratory.type("dismiss", number, "--reason", "artefact", "--by", "Dr Roy")
    assert "dismissed → open" in laboratory.type("reopen", number, "--by", "Dr Roy")
    assert laboratory.type("reopen", number, fails=True)


def test_a_dismissal_needs_a_reason_of_the_list(laboratory: Laboratory) -> None:
    number = str(laboratory.event)
    assert "--reason" in laboratory.type("dismiss", number, fails=True)
    assert "dull" in laboratory.type("dismiss", number, "--reason", "dull", fails=True)
    assert laboratory.state() is ReviewState.OPEN


@pytest.mark.parametrize("until", ["any", "source=clinvar", "criterion=PM3", "key=gnomad 22-1-A-C"])
def test_an_event_rests_until_its_evidence_moves(laboratory: Laboratory, until: str) -> None:
    done = laboratory.type("snooze", str(laboratory.event), "--until", until, "--by", "Dr Roy")
    assert "open → snoozed" in done
    assert laboratory.state() is ReviewState.SNOOZED


@pytest.mark.parametrize("until", ["source", "any=clinvar", "tomorrow", ""])
def test_a_wake_that_names_nothing_is_refused(laboratory: Laboratory, until: str) -> None:
    laboratory.type("snooze", str(laboratory.event), "--until", until, fails=True)
    assert laboratory.state() is ReviewState.OPEN


@pytest.mark.parametrize("until", ["source=clinvarr", "criterion=PM33", "key=gnomda 22-1-A-C"])
def test_an_event_does_not_wait_for_what_can_never_move(laboratory: Laboratory, until: str) -> None:
    said = laboratory.type("snooze", str(laboratory.event), "--until", until, fails=True)
    assert "expected a" in said
    assert laboratory.state() is ReviewState.OPEN


def test_two_different_people_report_an_event(laboratory: Laboratory) -> None:
    number = str(laboratory.event)
    laboratory.type("take", number, "--by", "Dr Tremblay")
    assert "has to sign it" in laboratory.type("report", number, "--by", "Dr Tremblay")
    refused = laboratory.type("report", number, "--by", "dr  tremblay", fails=True)
    assert "a second, different person" in refused
    assert laboratory.state() is ReviewState.IN_REVIEW
    done = laboratory.type("report", number, "--by", "Dr Roy")
    assert "in review → reported" in done
    assert "read by Dr Tremblay and Dr Roy" in done
    assert laboratory.state() is ReviewState.REPORTED


def test_an_event_that_nobody_took_cannot_be_reported(laboratory: Laboratory) -> None:
    assert "review.state" in laboratory.type("report", str(laboratory.event), fails=True)


def test_an_unknown_number_is_the_user_s_fault(laboratory: Laboratory) -> None:
    assert "no event of that number" in laboratory.type("take", "999", fails=True)


def test_carriers_who_agreed_are_put_on_the_recontact_list(laboratory: Laboratory) -> None:
    family = laboratory.result.case.family
    mother, father = family.proband.mother, family.proband.father
    assert mother is not None
    said = [ConsentDecision(ConsentScope.RECONTACT, True, date(2026, 1, 1), mother)]
    laboratory.dataset.consent(laboratory.result.case.id, said, author="Dr Roy", at=RUN_AT)
    done = laboratory.type(
        "recontact", str(laboratory.event), "--owner", "Dr Roy", "--due", "2026-09-01",
        "--reason", "class went down",
    )  # fmt: skip
    assert "1 on the list" in done
    assert f"{father}: not on it" in done
    (entry,) = laboratory.dataset.recontacts()
    assert (entry.person, entry.event, entry.due) == (mother, laboratory.event, date(2026, 9, 1))


def test_the_export_joins_names_carriers_physician_and_report(
    laboratory: Laboratory, tmp_path: Path
) -> None:
    case = laboratory.result.case.id
    asked = Prescription(prescriber="P-PRESCRIBER1")
    laboratory.dataset.prescribe(case, asked, author="Dr Roy", at=RUN_AT)
    reports = tmp_path / "reanalysis" / "2026-08-01.1" / "cases" / case
    reports.mkdir(parents=True)
    (reports / "report.en.html").write_text("a report")
    out = tmp_path / "reanalysis" / "2026-08-01.1"
    printed = laboratory.type("export", "--out", str(out)).split()
    assert {Path(name).name for name in printed} >= {"worklist.en.html", "worklist.xlsx"}
    page = (out / "worklist.en.html").read_text("utf-8")
    assert "c.460G&gt;A" in page
    assert "p.(Gly154Arg)" in page
    assert 'data-physician="P-PRESCRIBER1"' in page
    assert f'href="cases/{case}/report.en.html#hypothesis-1"' in page
    assert page.count("recontact: no answer recorded") == 3
    assert "Skipped, consent does not cover reanalysis: 1." in page
    assert "Unchanged, nothing that they rest on moved: 10." in page


def test_the_digest_counts_and_names_nobody(laboratory: Laboratory) -> None:
    document = json.loads(laboratory.type("digest", "--json"))
    assert document["events"] == [{"tier": 1, "direction": "down", "count": 1}]
    told = laboratory.type("digest", "--language", "fr", "--link", "https://list.example")
    assert laboratory.result.case.id not in told
    assert str(MISSENSE) not in told
    assert told.rstrip().endswith("https://list.example")


def test_there_is_nothing_to_export_before_the_first_run(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    done = CliRunner().invoke(app, ["digest", "-c", str(config)])
    assert isinstance(done.exception, InputError)
    assert "varinterp reanalyse run" in str(done.exception)


def test_the_indicators_of_a_period_are_asked_of_the_registry(
    laboratory: Laboratory, tmp_path: Path
) -> None:
    case, proband = laboratory.result.case.id, laboratory.result.case.family.proband_id
    dataset = laboratory.dataset
    report = LaboratoryReport("R-1", 1, date(2026, 7, 20))
    asked = Prescription("rhabdomyolysis", prescribed_on=date(2026, 5, 1), report=report)
    dataset.prescribe(case, asked, author="Dr Roy", at=RUN_AT)
    signs = Milestone(MilestoneKind.FIRST_SIGNS, on=date(2019, 1, 1))
    dataset.milestone(case, signs, author="Dr Roy", at=RUN_AT)
    samples = [Sequencing(proband, 1, (), Technique.PANGENOMIC)]
    dataset.sequenced(case, samples, author="Dr Roy", at=RUN_AT)
    said = [ConsentDecision(ConsentScope.REANALYSIS, True, date(2026, 1, 1), proband)]
    dataset.consent(case, said, author="Dr Roy", at=RUN_AT)
    status = Diagnosis(DiagnosticLevel.IN_PROGRESS, date(2026, 7, 20))
    dataset.diagnose(case, status, author="Dr Roy", at=RUN_AT)
    given = indicator_input(dataset, date(2026, 1, 1), date(2026, 12, 31))
    assert given.cases == (
        CaseFacts(
            case, "rhabdomyolysis", "pangenomic", date(2019, 1, 1), date(2026, 5, 1),
            date(2026, 7, 20), DiagnosticLevel.IN_PROGRESS, (RUN_AT.date(),), True,
        ),
    )  # fmt: skip
    assert given.reclassifications == (Reclassification(RUN_AT.date(), "gnomad", "down"),)
    assert [(event.since, event.tier) for event in given.open_events] == [(RUN_AT.date(), 1)]
    before = indicator_input(dataset, date(2026, 1, 1), date(2026, 7, 30))
    assert (before.reclassifications, before.open_events) == ((), ())
    assert before.cases[0].examined == ()
    out = tmp_path / "indicators"
    printed = laboratory.type(
        "indicators", "--from", "2026-01-01", "--to", "2026-12-31", "--out", str(out)
    )
    assert len(printed.split()) == 3
    assert "fewer than 5" in (out / "indicators.en.html").read_text("utf-8")


def test_a_period_that_ends_before_it_starts_is_refused(laboratory: Laboratory) -> None:
    words = ("indicators", "--from", "2026-02-01", "--to", "2026-01-01", "--out", "x")
    assert "ends before it starts" in laboratory.type(*words, fails=True)
