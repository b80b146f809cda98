"""What the verbs of `varinterp registry` share: the open registry, names, and the moment."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer

from varinterp.errors import Fault, InputError
from varinterp.pipeline.config import Settings, read_settings
from varinterp.pseudonym import Pseudonymiser, load_pseudonymiser
from varinterp.registry.dataset import Dataset
from varinterp.registry.dataset.facade import RegisteredCase
from varinterp.registry.store import Registry
from varinterp.sources.names import NAME


def _or_user(name: str) -> str:
    return name or getuser()


Family = Annotated[
    str, typer.Argument(help="Family, by the sheet's name or its pseudonym, or a case's pseudonym.")
]
MaybeFamily = Annotated[
    str | None,
    typer.Argument(help="Family, by the sheet's name or its pseudonym, or a case's pseudonym."),
]
Author = Annotated[
    str, typer.Option("--author", callback=_or_user, show_default="you", help="Who says so.")
]
Reader = Annotated[
    str, typer.Option("--reader", callback=_or_user, show_default="you", help="Who signs.")
]
On = Annotated[
    str | None, typer.Option("--on", help="The day that it is true from (ISO); today by default.")
]

_PSEUDONYM = re.compile(r"[CFP]-[A-Z2-7]{12}")
_ROLES = ("proband", "father", "mother")


@dataclass(frozen=True, slots=True)
class Desk:
    """The registry of a configuration, and the key that its pseudonyms are made with."""

    settings: Settings
    registry: Registry
    dataset: Dataset
    pseudonymiser: Pseudonymiser

    def case(self, name: str) -> RegisteredCase:
        """Return the case that a name means; raise InputError for none, or for several."""
        known = self.dataset.cases(self.pseudonym(name))
        if len(known) == 1:
            return known[0]
        several = ", ".join(each.case for each in known)
        raise InputError(
            [
                Fault(
                    rule="registry.case",
                    file=self.settings.registry.rpartition("/")[2],
                    found=f"{len(known)} cases of that name",
                    expected=f"one of {several}" if several else "a registered family or case",
                    advice="name the case by its pseudonym" if several else "analyse it first",
                )
            ]
        )

    def pseudonym(self, name: str) -> str:
        """Return the pseudonym of a family or a case; the sheet need not hold it any more."""
        return name if _PSEUDONYM.fullmatch(name) else self.pseudonymiser.family(name)

    def person(self, case: RegisteredCase, family: str, who: str) -> str:
        """Return a member's pseudonym from it, a role, or the laboratory's name.

        The laboratory's name of a person needs that of the family.
        """
        if _PSEUDONYM.fullmatch(who):
            return who
        if who in _ROLES:
            return self._in_role(case, who)
        if NAME.fullmatch(who) and not _PSEUDONYM.fullmatch(family):
            return self.pseudonymiser.person(family, who)
        raise InputError([_unknown_person()])

    def _in_role(self, case: RegisteredCase, role: str) -> str:
        if role == "proband":
            return case.proband
        family = self.registry.case(case.case).family
        for person in family:
            if family.role(person) == role:
                return person.id
        raise InputError([_unknown_person()])


def open_desk(configfile: Path) -> Desk:
    """Open the registry that a configuration names, creating or migrating it."""
    settings = read_settings(configfile)
    registry = Registry.open(settings.registry)
    pseudonymiser = load_pseudonymiser(settings.pseudonym_key)
    return Desk(settings, registry, Dataset(registry), pseudonymiser)


def now() -> datetime:
    """Return the moment of recording."""
    return datetime.now(UTC)


def day_or_today(text: str | None) -> date:
    """Read an ISO date, today without one; usage error for another text."""
    if text is None:
        return now().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r}: expected a date such as 2026-11-22") from None


def maybe_day(text: str | None) -> date | None:
    """Read an ISO date, or nothing."""
    return None if text is None else day_or_today(text)


def _unknown_person() -> Fault:
    return Fault(
        rule="registry.person",
        file="registry",
        found="a name that cannot be placed",
        expected="proband, father, mother, a pseudonym, or a name of the sheet's",
        advice="name family and person as the sheet does, or both by their pseudonyms",
    )
