"""What cells of a curated entry must have to do with one another, beyond what each takes."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from varinterp.model.curation import Effect, Phase
from varinterp.model.evidence import WITHDRAWN, Direction, Outcome, Strength
from varinterp.sources.curated_kinds import (
    AssayEntry,
    CaseControlEntry,
    Entry,
    HealthyEntry,
    InTransEntry,
    OverrideEntry,
    RnaEntry,
    SegregationEntry,
)


class Problem(NamedTuple):
    """What is wrong with a cell, and what to do about it."""

    column: str
    found: str
    expected: str
    advice: str


OF_PEOPLE = frozenset(
    {"probands", "case_control", "segregation", "de_novo", "in_trans", "healthy", "other_cause"}
)
"""Kinds that count people: they have, or do not have, one disease."""


def problems(entry: Entry) -> Iterator[Problem]:
    """Yield everything that does not fit together in an entry whose cells are sound."""
    if entry.pmid is None and not entry.note:
        yield Problem(
            "pmid", "no PubMed id and no note", "a PubMed id, or a note on your own bench",
            "say in the note where the observation was made",
        )  # fmt: skip
    if entry.kind in OF_PEOPLE and entry.disease is None:
        yield Problem(
            "disease", "nothing", "the disease that these people have, or do not have",
            "give its id, such as OMIM:616878",
        )  # fmt: skip
    if entry.retracts == entry.id:
        yield Problem("retracts", "the entry itself", "an earlier entry", "correct the id")
    yield from _OF_KIND.get(entry.kind, _nothing)(entry)


def _assay(entry: AssayEntry) -> Iterator[Problem]:
    odds = entry.odds_path
    if odds is None:
        return
    if entry.effect is Effect.DAMAGING and odds < 1:
        yield Problem("odds_path", str(odds), "more than 1 for a damaging effect", _ODDS)
    if entry.effect is Effect.NORMAL and odds > 1:
        yield Problem("odds_path", str(odds), "less than 1 for normal function", _ODDS)
    if entry.effect is Effect.INTERMEDIATE:
        yield Problem("odds_path", str(odds), "nothing for an intermediate effect", _ODDS)


_ODDS = "give the OddsPath of this result (Brnich 2019, PMID 31892348)"


def _rna(entry: RnaEntry) -> Iterator[Problem]:
    if entry.effect is not Effect.DAMAGING and entry.strength is not None:
        yield Problem(
            "strength", entry.strength, "nothing: only a damaging effect has a PVS1 strength",
            "leave the cell empty",
        )  # fmt: skip
    if entry.strength is Strength.STAND_ALONE:
        yield Problem("strength", entry.strength, "supporting to very_strong", "correct it")


def _case_control(entry: CaseControlEntry) -> Iterator[Problem]:
    if not entry.lower <= entry.odds_ratio <= entry.upper:
        yield Problem(
            "odds_ratio", str(entry.odds_ratio), f"a ratio from {entry.lower} to {entry.upper}",
            "an odds ratio lies in its interval: copy the three again",
        )  # fmt: skip


def _segregation(entry: SegregationEntry) -> Iterator[Problem]:
    if not entry.informative and not entry.contradicting:
        yield Problem(
            "informative", "no meiosis for or against", "at least one",
            "leave the entry out: it says nothing",
        )  # fmt: skip


def _in_trans(entry: InTransEntry) -> Iterator[Problem]:
    same = entry.partner == entry.allele
    if same and entry.phase is not Phase.HOMOZYGOUS:
        yield Problem(
            "partner", "the allele itself", "another allele, or the phase homozygous",
            "correct one of them",
        )  # fmt: skip
    if not same and entry.phase is Phase.HOMOZYGOUS:
        yield Problem(
            "partner", "another allele", "the allele itself, of a homozygote", "correct one of them"
        )


def _healthy(entry: HealthyEntry) -> Iterator[Problem]:
    if not (entry.homozygotes or entry.hemizygotes or entry.heterozygotes):
        yield Problem("heterozygotes", "nobody", "at least one person", "count somebody")


def _override(entry: OverrideEntry) -> Iterator[Problem]:
    if entry.criterion in WITHDRAWN:
        yield Problem(
            "criterion", entry.criterion, "a criterion that is in use",
            "PP5 and BP6 are withdrawn (PMID 29543229): retract or leave it out",
        )  # fmt: skip
    if entry.outcome is Outcome.MET and entry.strength is None:
        yield Problem("strength", "nothing", "a strength, of a met criterion", "give it")
    if entry.outcome is not Outcome.MET and entry.strength is not None:
        yield Problem(
            "strength", entry.strength, "nothing: only a met criterion has one", "leave it empty"
        )
    alone = entry.strength is Strength.STAND_ALONE
    if alone and entry.criterion.direction is not Direction.BENIGN:
        yield Problem(
            "strength", entry.strength or "", "supporting to very_strong",
            "only a benign criterion stands alone",
        )  # fmt: skip


def _nothing(entry: Entry) -> Iterator[Problem]:
    yield from ()


_OF_KIND: Mapping[str, Callable[..., Iterator[Problem]]] = MappingProxyType(
    {
        "assay": _assay,
        "rna": _rna,
        "case_control": _case_control,
        "segregation": _segregation,
        "in_trans": _in_trans,
        "healthy": _healthy,
        "override": _override,
    }
)
