"""Nothing is overwritten, nothing is told in clear, and many may write at once."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa

from act_builders import (
    CASE,
    CHILD,
    DAY,
    HYPOTONIA,
    MORNING,
    SEIZURES,
    add_event,
    family_result,
    later,
    no,
    stated,
    yes,
)
from registry_builders import ALLELES, register
from varinterp.errors import InputError, InternalError
from varinterp.model.consent import ConsentScope
from varinterp.model.diagnosis import DiagnosticLevel
from varinterp.model.milestone import Milestone, MilestoneKind
from varinterp.model.observation import Observation, ObservationState
from varinterp.model.prescription import Prescription
from varinterp.model.reported import FindingState
from varinterp.model.review import Act, Transition
from varinterp.model.sequencing import Sequencing
from varinterp.registry import dataset_tables
from varinterp.registry.dataset import Dataset
from varinterp.registry.dataset.diagnosis_rows import Statement
from varinterp.registry.dataset.notifications import Notification
from varinterp.registry.store import Registry

TABLES = sorted(
    (value for value in vars(dataset_tables).values() if isinstance(value, sa.Table)),
    key=lambda table: table.name,
)
SEEN = Observation(SEIZURES, ObservationState.OBSERVED, DAY)
CANARY = "CANARY_REASON"


@pytest.fixture
def full(dataset: Dataset, store: Registry) -> Dataset:
    """A dataset with a row in every table."""
    said = [yes(ConsentScope.RECONTACT), yes(ConsentScope.REANALYSIS)]
    dataset.consent(CASE, said, author="Roy", at=later(1))
    dataset.observe(CASE, [SEEN], author="Roy", at=later(1))
    dataset.prescribe(CASE, Prescription(id="SPICE-1"), author="Roy", at=later(1))
    first = Milestone(MilestoneKind.FIRST_SIGNS, on=date(2019, 5, 1))
    dataset.milestone(CASE, first, author="Roy", at=later(1))
    dataset.sequenced(CASE, [Sequencing(CHILD, 1, ())], author="Roy", at=later(1))
    event = add_event(store)
    dataset.review(event, Act(Transition.SURFACE, later(3)), author="reanalysis")
    (version,) = store.current(CASE)
    number = dataset.draft(CASE, stated(), version.id, author="A", at=later(3), event=event)
    for reader in ("A", "B"):
        dataset.sign(CASE, number, reader=reader, on=DAY, at=later(4))
    dataset.retract(CASE, number, author="A", reason=CANARY, on=DAY, at=later(5))
    for reader in ("A", "B"):
        confirmed = Statement(DiagnosticLevel.CONFIRMED, DAY, ("OMIM:616878",))
        dataset.propose_diagnosis(CASE, confirmed, reader=reader, at=later(5))
    listed = dataset.recontact(
        CASE, [CHILD], owner="Roy", due=DAY, reason=CANARY, author="Roy", at=later(6), event=event
    )
    dataset.close_recontact(
        CASE, listed.entries[0], dataset.recontacts()[0].state.DONE, on=DAY, author="Roy",
        at=later(7), note=CANARY,
    )  # fmt: skip
    sent = Notification("mail", "lab@example.org", "0" * 64, (event,))
    dataset.notified(sent, author="job", at=later(7))
    return dataset


def test_every_table_refuses_to_forget(full: Dataset, store: Registry) -> None:
    for table in TABLES:
        column = next(iter(table.columns)).name
        with store.session() as connection:
            assert connection.scalar(sa.select(sa.func.count()).select_from(table))
        for statement in (
            f"UPDATE {table.name} SET {column} = {column}",  # noqa: S608
            f"DELETE FROM {table.name}",  # noqa: S608
        ):
            with pytest.raises(InternalError, match="refused a row"):
                _execute(store, statement)
    assert store.verify().broken is None


def test_nothing_of_a_patient_stands_in_clear(full: Dataset, store: Registry) -> None:
    told = ""
    with store.session() as connection:
        for table in TABLES:
            for row in connection.execute(sa.select(table)):
                told += " ".join(
                    bytes(value).decode("latin-1") if isinstance(value, memoryview | bytes)
                    else str(value)
                    for value in row
                )  # fmt: skip

    assert "tremblay" not in told
    for secret in (SEIZURES, HYPOTONIA, ALLELES[0], "OMIM", "SPICE-1", "2019-05-01", CANARY):
        assert secret not in told


def test_the_most_talkative_log_holds_no_patients_word(
    store_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    registry = Registry.open(store_url)
    register(registry, family_result(), MORNING)
    dataset = Dataset(registry)

    dataset.observe(CASE, [SEEN], author="Roy", at=later(1))
    dataset.consent(CASE, [yes(ConsentScope.RESEARCH)], author="Roy", at=later(1))
    dataset.phenotype(CASE)
    with pytest.raises(InputError):
        dataset.phenotype("C-UNKNOWN")

    assert not {word for word in (SEIZURES, HYPOTONIA, CHILD, CASE) if word in caplog.text}


def test_an_erased_case_takes_its_acts_with_it_and_the_chain_holds(
    full: Dataset, store: Registry
) -> None:
    full.consent(CASE, [no(ConsentScope.PRIMARY)], author="Roy", at=later(8))
    full.forget(DAY, author="Roy", at=later(9))

    for read in (
        full.observations, full.prescription, full.milestones, full.sequencing, full.findings,
        full.signed, full.diagnoses, full.recontacts, full.reviews,
    ):  # fmt: skip
        with pytest.raises(InputError, match=r"registry\.erased"):
            read(CASE)
    assert full.findings() == ()
    assert full.recontacts() == ()
    with store.session() as connection:
        assert not connection.scalar(sa.select(sa.func.count()).select_from(dataset_tables.MEMBER))
    assert store.verify().broken is None


def _execute(store: Registry, statement: str) -> None:
    with store.batch("act", "an outsider", later(10)) as batch:
        batch.connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    "say",
    [
        lambda dataset, _: dataset.consent(
            CASE, [yes(ConsentScope.RESEARCH)], author="Roy", at=later(3)
        ),
        lambda dataset, _: dataset.observe(CASE, [SEEN], author="Roy", at=later(3)),
        lambda dataset, number: dataset.sign(CASE, number, reader="Martin", on=DAY, at=later(3)),
    ],
    ids=["consent", "observe", "sign"],
)
def test_the_same_said_by_many_at_once_is_written_once(
    dataset: Dataset, store: Registry, say: Callable[[Dataset, int], object]
) -> None:
    (version,) = store.current(CASE)
    dataset.intake(family_result().case, author="workflow", at=later(1))
    number = dataset.draft(CASE, stated(), version.id, author="A", at=later(2))
    before = store.verify().links

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: say(dataset, number), range(16)))

    report = store.verify()
    assert (report.links, report.broken) == (before + 1, None)


def test_two_readers_at_once_are_two_signatures(dataset: Dataset, store: Registry) -> None:
    (version,) = store.current(CASE)
    number = dataset.draft(CASE, stated(), version.id, author="A", at=later(2))

    with ThreadPoolExecutor(2) as pool:
        list(
            pool.map(
                lambda name: dataset.sign(CASE, number, reader=name, on=DAY, at=later(3)),
                ("Martin", "Tremblay"),
            )
        )

    (found,) = dataset.findings(CASE)
    assert found.state is FindingState.SIGNED
    assert {each.reader for each in found.signatures} == {"Martin", "Tremblay"}
