"""A laboratory's list of curated entries as a whole: append-only, each entry once.

An entry that was wrong stays in the list. A later one takes it back: alone (kind ``retraction``),
or by stating something in its place.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from varinterp.errors import Fault, InputError
from varinterp.model.canonical import digest
from varinterp.sources.curated_kinds import ENTRY, Entry
from varinterp.sources.curated_table import ListedEntry, read_table

RULE = "curation.list"


def read_list(
    path: Path, on: date, before: Mapping[str, str] | None = None
) -> tuple[ListedEntry, ...]:
    """Read a list as it stands on a day, in its order; raise InputError with every fault.

    `before` has the `entry_digest` of each entry of an earlier state, by id: the list must still
    hold them all, unchanged.
    """
    listed, faults = read_table(path)
    # What entries have to do with one another is told when each of them can be read.
    found = list(faults) or [
        *list_faults(listed, path.name, on),
        *_withdrawn(listed, path.name, before or {}),
    ]
    if found:
        raise InputError(sorted(found, key=lambda fault: fault.line or 0))
    return listed


def standing(listed: Iterable[ListedEntry]) -> tuple[ListedEntry, ...]:
    """Return the entries that nobody took back, and that state something."""
    every = tuple(listed)
    gone = {each.entry.retracts for each in every}
    return tuple(
        each for each in every if each.entry.id not in gone and each.entry.kind != "retraction"
    )


def entry_digest(entry: Entry) -> str:
    """Return a digest of everything that an entry says."""
    return digest(ENTRY.dump_python(entry, mode="json", exclude_defaults=True))


def list_faults(listed: Sequence[ListedEntry], file: str, on: date) -> Iterator[Fault]:
    """Yield what is wrong between the entries of a list, and with their days."""
    earlier: dict[str, Entry] = {}
    retracted: dict[str, str] = {}
    for each in listed:
        entry, line = each.entry, each.line
        if date.fromisoformat(entry.date) > on:
            yield Fault(
                RULE, file, entry.date, f"{on.isoformat()} or before",
                "an entry is dated when it is written", line, "date",
            )  # fmt: skip
        if entry.id in earlier:
            yield Fault(
                RULE, file, entry.id, "an id of its own", "give the later entry another id",
                line, "id",
            )  # fmt: skip
        if entry.retracts is not None:
            yield from _retraction(entry, entry.retracts, earlier, retracted, file, line)
            retracted.setdefault(entry.retracts, entry.id)
        earlier.setdefault(entry.id, entry)


def _retraction(
    entry: Entry, named: str, earlier: Mapping[str, Entry], retracted: Mapping[str, str],
    file: str, line: int,
) -> Iterator[Fault]:  # fmt: skip
    target = earlier.get(named)
    problem = None
    if target is None:
        problem = ("no such id on an earlier line", "the id of an earlier entry")
    elif named in retracted:
        problem = (f"retracted by {retracted[named]} already", "an entry that stands")
    elif target.kind == "retraction":
        problem = ("a retraction", "an entry that states something")
    elif target.allele != entry.allele:
        problem = ("an entry of another allele", f"one of {entry.allele}")
    if problem is not None:
        found, expected = problem
        yield Fault(
            RULE, file, f"{named}: {found}", expected,
            "correct the id; to restore a retracted entry, enter it again", line, "retracts",
        )  # fmt: skip


def _withdrawn(
    listed: Sequence[ListedEntry], file: str, before: Mapping[str, str]
) -> Iterator[Fault]:
    """Yield a fault for each entry of an earlier state that is gone, or says something else."""
    now = {each.entry.id: each for each in listed}
    for name, said in sorted(before.items()):
        each = now.get(name)
        if each is not None and entry_digest(each.entry) == said:
            continue
        found = "gone" if each is None else "changed"
        yield Fault(
            RULE, file, f"{name}: {found} since the last release", "every earlier entry as it was",
            "put it back as it was, and retract it by an entry of its own",
            None if each is None else each.line, "id",
        )  # fmt: skip
