"""The recontact list: who is called back, by whom, until when; and who carries an allele."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from varinterp.errors import InputError
from varinterp.model.case import CaseResult
from varinterp.model.consent import ConsentScope
from varinterp.model.consent import person_allows as allows_for_themselves
from varinterp.model.recontact import Recontact, RecontactState
from varinterp.model.variant import Allele, signed
from varinterp.registry.cases import live_key
from varinterp.registry.dataset.consent_rows import recorded_consents
from varinterp.registry.dataset.faults import fault
from varinterp.registry.dataset.intake import Intake
from varinterp.registry.dataset.part import Stored, keep, load, stored
from varinterp.registry.dataset.people import require_member
from varinterp.registry.dataset_tables import CONSENT, RECONTACT, RECONTACT_END
from varinterp.registry.tables import ASSESSMENT_INDEX, CASE, CASE_KEY


@dataclass(frozen=True, slots=True)
class RecontactText:
    """The payload of an entry: who, and why."""

    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class EndText:
    """The payload of an entry's end."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """What became of a request: entries on the list, and people who did not consent to it."""

    entries: tuple[int, ...]
    withheld: tuple[str, ...]


class Recontacts(Intake):
    """The list, which every reclassification that matters to somebody ends on."""

    def recontact(
        self,
        case: str,
        people: Sequence[str],
        *,
        owner: str,
        due: date,
        reason: str,
        author: str,
        at: datetime,
        event: int | None = None,
    ) -> Listed:
        """Put people of a case on the list; somebody on it for the same reason stays as they are.

        Somebody who did not consent to be recontacted is not put there, and is named in the
        answer. Raises InputError for somebody who is not in the case.
        """
        if not reason.strip() or not owner.strip():
            raise InputError([fault("dataset.reason", "no reason or no owner", "both")])
        self._begin(case, author, at)
        with self._writing(author, at) as batch:
            key = live_key(batch.connection, case)
            for person in people:
                require_member(batch.connection, key, person)
            willing = [each for each in people if _willing(batch.connection, each, at.date())]
            known = {
                (each.person, each.event, each.reason): each.id
                for each in _read(batch.connection, case)
                if each.state is RecontactState.OPEN
            }
            row = {"event_id": event, "owner": owner.strip(), "due": due}
            new = [each for each in willing if (each, event, reason) not in known]
            ids = keep(
                batch, RECONTACT, key, [(row, RecontactText(person, reason)) for person in new]
            )
        known |= {(person, event, reason): id_ for person, id_ in zip(new, ids, strict=True)}
        entries = tuple(known[person, event, reason] for person in willing)
        return Listed(entries, tuple(each for each in people if each not in willing))

    def close_recontact(
        self,
        case: str,
        entry: int,
        state: RecontactState,
        *,
        on: date,
        author: str,
        at: datetime,
        note: str = "",
    ) -> Recontact:
        """Close an entry as done or cancelled; the same again changes nothing.

        Raises InputError when it was closed otherwise, or is not the case's.
        """
        if state is RecontactState.OPEN:
            raise InputError([fault("dataset.recontact", "open", "done or cancelled")])
        with self._writing(author, at) as batch:
            key = live_key(batch.connection, case)
            found = {each.id: each for each in _read(batch.connection, case)}.get(entry)
            if found is None:
                raise InputError([fault("dataset.recontact", "no such entry", "one of the case's")])
            if found.state is state:
                return found
            if found.state is not RecontactState.OPEN:
                raise InputError(
                    [fault("dataset.recontact", f"an entry that is {found.state}", "an open one")]
                )
            row = {"recontact_id": entry, "state": state.value, "closed_on": on}
            keep(batch, RECONTACT_END, key, [(row, EndText(note))])
        return next(each for each in self.recontacts(case) if each.id == entry)

    def recontacts(
        self, case: str | None = None, as_of: datetime | None = None
    ) -> tuple[Recontact, ...]:
        """Return the list by day due, closed entries too."""
        with self._reading() as connection:
            found = _read(connection, case, as_of)
        return tuple(sorted(found, key=lambda each: (each.due, each.id)))

    def carriers(self, allele: Allele) -> tuple[tuple[str, str], ...]:
        """Return (case, person) of everybody who carries a candidate allele, relatives too."""
        with self._reading() as connection:
            cases = connection.scalars(
                sa.select(CASE.c.pseudonym)
                .join(CASE_KEY, CASE_KEY.c.case_id == CASE.c.id)
                .where(
                    CASE.c.id.in_(
                        sa.select(ASSESSMENT_INDEX.c.case_id).where(
                            ASSESSMENT_INDEX.c.allele_key == signed(allele.key),
                            ASSESSMENT_INDEX.c.allele == allele.id,
                        )
                    )
                )
            ).all()
        return tuple(
            (case, person)
            for case in sorted(cases)
            for person in carriers_in(self.registry.result(case), allele)
        )


def carriers_in(result: CaseResult, allele: Allele) -> tuple[str, ...]:
    """Return the people of a case who carry a candidate allele, in the pedigree's order."""
    return tuple(
        dict.fromkeys(
            person
            for candidate in result.candidates
            if candidate.allele == allele
            for person, genotype in candidate.genotypes.calls
            if genotype.zygosity.carries
        )
    )


def _willing(connection: sa.Connection, person: str, on: date) -> bool:
    said = recorded_consents(connection, None, CONSENT.c.person == person)
    decisions = [each.decision for each in said]
    return allows_for_themselves(decisions, person, ConsentScope.RECONTACT, on)


def _read(
    connection: sa.Connection, case: str | None = None, as_of: datetime | None = None
) -> tuple[Recontact, ...]:
    ends = {end.row["recontact_id"]: end for end in stored(connection, RECONTACT_END, case, as_of)}
    return tuple(
        _entry(row, ends.get(row.id)) for row in stored(connection, RECONTACT, case, as_of)
    )


def _entry(row: Stored, end: Stored | None) -> Recontact:
    told = load(RecontactText, row.text)
    return Recontact(
        id=row.id,
        case=row.case,
        person=told.person,
        owner=row.row["owner"],
        due=row.row["due"],
        reason=told.reason,
        state=RecontactState.OPEN if end is None else RecontactState(end.row["state"]),
        event=row.row["event_id"],
        closed_on=None if end is None else end.row["closed_on"],
        note="" if end is None else load(EndText, end.text).note,
    )
