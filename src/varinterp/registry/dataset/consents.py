"""Consents: recorded per person, asked per case, and what a withdrawal makes us forget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from varinterp.model.consent import (
    ConsentAnswer,
    ConsentDecision,
    ConsentScope,
    Permission,
    answer,
    permission,
    person_allows,
)
from varinterp.registry.cases import case_id, every_key, live_key
from varinterp.registry.dataset.consent_rows import (
    RecordedConsent,
    record_consents,
    recorded_consents,
)
from varinterp.registry.dataset.intake import Intake
from varinterp.registry.dataset.people import members, require_member, sequenced_by_case
from varinterp.registry.dataset_tables import CONSENT, MEMBER
from varinterp.registry.tables import CASE, CASE_KEY


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What withdrawals of the primary consent make us forget.

    `cases` are those whose proband withdrew, with `(case, person)` of relatives who did in
    `people`; both in order, erased cases included, so that doing it twice is harmless.
    """

    cases: tuple[str, ...] = ()
    people: tuple[tuple[str, str], ...] = ()


class Consents(Intake):
    """The consents of everybody."""

    def consent(
        self, case: str, decisions: Sequence[ConsentDecision], *, author: str, at: datetime
    ) -> tuple[int, ...]:
        """Record decisions of people of a case; return the ids of those that say something new.

        A decision holds in every case of the person. Raises InputError for an unknown or erased
        case, a person who is not in it, or a reference that is more than one.
        """
        self._begin(case, author, at)
        with self._writing(author, at) as batch:
            key = live_key(batch.connection, case)
            for decision in decisions:
                require_member(batch.connection, key, decision.person)
            return record_consents(batch, decisions)

    def consents(self, case: str, as_of: datetime | None = None) -> tuple[RecordedConsent, ...]:
        """Return what the people of a case said, in the order of recording.

        Of an erased case only the proband's words are left.
        """
        with self._reading() as connection:
            people = _people(connection, case)
            return recorded_consents(connection, as_of, CONSENT.c.person.in_(sorted(people)))

    def allows(
        self, case: str, scope: ConsentScope, on: date, as_of: datetime | None = None
    ) -> Permission:
        """Return whether a case may be used for a scope on a day; see `model.consent`.

        An erased case may not be used for anything.
        """
        with self._reading() as connection:
            found = case_id(connection, case)
            row = connection.execute(sa.select(CASE).where(CASE.c.id == found)).one()
            if not connection.scalar(sa.select(CASE_KEY.c.case_id).filter_by(case_id=found)):
                return _erased(row.proband, scope)
            people = members(connection, found)
            wanted = CONSENT.c.person.in_(sorted({row.proband, *people}))
            decisions = [each.decision for each in recorded_consents(connection, as_of, wanted)]
        sequenced = [person for person, was in people.items() if was]
        return permission(decisions, scope, on, proband=row.proband, sequenced=sequenced)

    def permissions(
        self, scope: ConsentScope, on: date, as_of: datetime | None = None
    ) -> Mapping[str, Permission]:
        """Return `allows` of every registered case at once, by pseudonym."""
        with self._reading() as connection:
            cases = connection.execute(sa.select(CASE).order_by(CASE.c.id)).all()
            held, people = every_key(connection), sequenced_by_case(connection)
            said: dict[str, list[ConsentDecision]] = {}
            for each in recorded_consents(connection, as_of):
                said.setdefault(each.decision.person, []).append(each.decision)
        found = {}
        for row in cases:
            if row.id not in held:
                found[row.pseudonym] = _erased(row.proband, scope)
                continue
            sequenced = people.get(row.id, [])
            decisions = [
                decision
                for person in dict.fromkeys((row.proband, *sequenced))
                for decision in said.get(person, ())
            ]
            found[row.pseudonym] = permission(
                decisions, scope, on, proband=row.proband, sequenced=sequenced
            )
        return found

    def person_allows(
        self, person: str, scope: ConsentScope, on: date, as_of: datetime | None = None
    ) -> bool:
        """Return whether somebody allows a scope for themselves on a day."""
        with self._reading() as connection:
            found = recorded_consents(connection, as_of, CONSENT.c.person == person)
        return person_allows([each.decision for each in found], person, scope, on)

    def wants_secondary_findings(self, person: str, on: date, *, sheet: bool) -> bool:
        """Return whether a person is to be told secondary findings on a day.

        What is recorded decides, a withdrawal above all; the sheet's answer is heard where the
        person was never recorded on it.
        """
        scope = ConsentScope.SECONDARY_FINDINGS
        with self._reading() as connection:
            found = recorded_consents(connection, None, CONSENT.c.person == person)
        decisions = [each.decision for each in found]
        if answer(decisions, person, scope, on) is ConsentAnswer.SILENT:
            return sheet
        return person_allows(decisions, person, scope, on)

    def forgetting(self, on: date) -> Forgetting:
        """Return what must be forgotten for the withdrawals in force on a day."""
        with self._reading() as connection:
            decisions = [each.decision for each in recorded_consents(connection, None)]
            gone = {
                person
                for person in {each.person for each in decisions}
                if answer(decisions, person, ConsentScope.PRIMARY, on) is ConsentAnswer.REFUSED
            }
            cases = connection.execute(sa.select(CASE.c.pseudonym, CASE.c.proband)).all()
            related = connection.execute(
                sa.select(CASE.c.pseudonym, MEMBER.c.person)
                .join(CASE, CASE.c.id == MEMBER.c.case_id)
                .distinct()
            ).all()
        erased = {row.pseudonym for row in cases if row.proband in gone}
        people = {
            (row.pseudonym, row.person)
            for row in related
            if row.person in gone and row.pseudonym not in erased
        }
        return Forgetting(tuple(sorted(erased)), tuple(sorted(people)))

    def forget(self, on: date, *, author: str, at: datetime) -> Forgetting:
        """Erase the cases whose proband withdrew; return what the cohort store must forget too.

        The decisions stay: they prove that the withdrawal was honoured.
        """
        found = self.forgetting(on)
        with self._reading() as connection:
            live = set(
                connection.scalars(
                    sa.select(CASE.c.pseudonym).join(CASE_KEY, CASE_KEY.c.case_id == CASE.c.id)
                )
            )
        for case in found.cases:
            if case in live:
                self.registry.erase(case, at, author)
        return found


def _people(connection: sa.Connection, case: str) -> set[str]:
    found = case_id(connection, case)
    proband = connection.scalar(sa.select(CASE.c.proband).where(CASE.c.id == found))
    return {str(proband), *members(connection, found)}


def _erased(proband: str, scope: ConsentScope) -> Permission:
    return Permission(scope, False, ConsentAnswer.REFUSED, (proband,))
