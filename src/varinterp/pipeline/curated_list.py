"""Checking and lengthening the laboratory's list of curated entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from varinterp.errors import Fault, InputError
from varinterp.files import atomic_write, held
from varinterp.pipeline.config import Settings
from varinterp.pipeline.references.adapter import Context
from varinterp.pipeline.references.curation import refuse_misspelled
from varinterp.refs.lock import Releases
from varinterp.refs.store import Store
from varinterp.sources.curated_kinds import COLUMNS
from varinterp.sources.curated_list import list_faults, read_list
from varinterp.sources.curated_release import read_history
from varinterp.sources.curated_table import ListedEntry, entry_of

SOURCE = "curation"
TEMPLATE = "\t".join(COLUMNS) + "\n"
"""An empty list: the header alone."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A list, the day, and what it is checked with: the reference, and the current release."""

    path: Path
    on: date
    settings: Settings

    def read(self) -> tuple[ListedEntry, ...]:
        """Read the list as it may be built into a release; raise InputError with every fault."""
        current = Store(self.settings.references).current(SOURCE)
        before = None if current is None else read_history(current.folder)
        listed = read_list(self.path, self.on, before)
        self.refuse_misspelled(listed)
        return listed

    def append(self, cells: Mapping[str, str]) -> ListedEntry:
        """Add an entry to the end of the list, which is made where there is none.

        Nothing is written when the list or the entry has a fault; raises InputError then. An entry
        without an id gets the next of its kind and day.
        """
        if self.path.suffix in (".yaml", ".yml"):
            raise InputError(
                [self._fault("a YAML list", "a tab-separated list", "edit it by hand")]
            )
        with held(self.path.with_name(f".{self.path.name}.lock")):
            listed = self.read() if self.path.exists() else ()
            text = self.path.read_text("utf-8-sig") if self.path.exists() else TEMPLATE
            added = self._entry({"id": _next_id(listed, cells), **cells}, listed, text)
            lengthened = _with_row(text, {**cells, "id": added.entry.id})
            with atomic_write(self.path, lambda written: _refuse(written, self.on)) as temporary:
                temporary.write_text(lengthened, "utf-8")
        return added

    def refuse_misspelled(self, listed: Sequence[ListedEntry]) -> None:
        """Raise InputError naming every allele that is not as the reference has it."""
        with TemporaryDirectory(prefix="varinterp-") as scratch:
            context = Context(self.settings.reference, Releases({}), Path(scratch))
            refuse_misspelled(listed, self.path.name, context)

    def _entry(
        self, cells: Mapping[str, str], listed: Sequence[ListedEntry], text: str
    ) -> ListedEntry:
        faults: list[Fault] = []
        line = len(text.splitlines()) + 1
        entry = entry_of(cells, self.path.name, line, faults)
        if entry is None:
            raise InputError(faults)
        added = ListedEntry(line, entry)
        faults += list_faults((*listed, added), self.path.name, self.on)
        if faults:
            raise InputError(faults)
        self.refuse_misspelled([added])
        return added

    def _fault(self, found: str, expected: str, advice: str) -> Fault:
        return Fault("curation.list", self.path.name, found, expected, advice)


def _next_id(listed: Sequence[ListedEntry], cells: Mapping[str, str]) -> str:
    stem = f"{cells.get('kind', '')}-{cells.get('date', '').replace('-', '')}"
    taken = {each.entry.id for each in listed}
    number = 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def _with_row(text: str, cells: Mapping[str, str]) -> str:
    """Return a list's text with one more row, and with the columns that the row needs."""
    lines = text.splitlines()
    at = next(at for at, line in enumerate(lines) if line.strip() and not line.startswith("#"))
    names = [name.strip() for name in lines[at].split("\t")]
    more = [name for name in COLUMNS if cells.get(name) and name not in names]
    lines[at] = "\t".join([*names, *more])
    row = "\t".join(cells.get(name, "") for name in (*names, *more))
    return "".join(f"{line}\n" for line in (*lines, row))


def _refuse(written: Path, on: date) -> None:
    """Raise where a list that was just written cannot be read."""
    read_list(written, on)
