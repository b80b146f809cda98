"""What of each case is examined, of all that the changes of sources touch."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from varinterp.model.archive import Located
from varinterp.model.facts import RULE
from varinterp.pipeline.reanalysis.delta import HPO_SOURCES, PANEL_SOURCES, Delta
from varinterp.pipeline.reanalysis.touched import Touched

_GATE_RULES = ("gate.", "population.groups_left_out", "de_novo.")
_ORDER_RULES = (
    *("rank.", "phenotype.", "de_novo.", "noise/", "laboratory/", "secondary/"),
    *("inheritance.", "flag.homoplasmic_from"),
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is examined of a case. `keys` are assessments' texts, the others alleles' 64-bit keys.

    `alleles` are those of `keys`. `gates` are opened again; `shown` are alleles whose candidate
    shows a value that moved without a conclusion having read it. `whole` examines every stored
    allele; `every_gate` opens all gates; `rerank` matches and orders again.
    """

    keys: frozenset[str] = frozenset()
    alleles: frozenset[int] = frozenset()
    gates: frozenset[int] = frozenset()
    shown: frozenset[int] = frozenset()
    whole: bool = False
    every_gate: bool = False
    rerank: bool = False

    @property
    def asked(self) -> frozenset[int] | None:
        """The alleles to examine, None for all of the case's."""
        return None if self.whole or self.every_gate else self.alleles | self.gates | self.shown

    @property
    def empty(self) -> bool:
        """Whether nothing of the case can have moved."""
        return not (self.whole or self.every_gate or self.rerank or self.keys or self.asked)


@dataclass(slots=True)
class Scopes:
    """Collects the scopes of the cases that stand on one basis."""

    cases: frozenset[str]
    keys: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    alleles: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    gates: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    shown: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    whole: bool = False
    every_gate: bool = False
    rerank: bool = False
    reordered: set[str] = field(default_factory=set)

    def add(self, delta: Delta, touched: Touched) -> None:
        """Take in what a source touches."""
        for one in self.own(touched.read):
            self.keys[one.case].add(one.key)
            self.alleles[one.case].add(one.allele.key)
        for one in self.own(touched.shown):
            self.shown[one.case].add(one.allele.key)
        for table, into in ((touched.gates, self.gates), (touched.placed, self.shown)):
            for key, case in self.rows(table).iter_rows():
                into[case].add(key)
        rules = delta.of(RULE.source)["key"]
        self.whole |= delta.whole is not None
        self.every_gate |= any(map(_opens_gates, rules))
        reorders = delta.move.source in HPO_SOURCES | PANEL_SOURCES
        self.rerank |= reorders or any(map(_orders, rules))

    def own(self, located: Iterable[Located]) -> list[Located]:
        """Return those of the cases at hand."""
        return [one for one in located if one.case in self.cases]

    def rows(self, carriers: pl.DataFrame) -> pl.DataFrame:
        """Return those of the cases at hand: ``key``, ``case``."""
        return carriers.select("key", "case").filter(pl.col("case").is_in(list(self.cases)))

    def of(self, case: str, *, observed: bool = False) -> Scope:
        """Return the scope of a case; `observed` says that people told of it since."""
        return Scope(
            keys=frozenset(self.keys.get(case, ())),
            alleles=frozenset(self.alleles.get(case, ())),
            gates=frozenset(self.gates.get(case, ())),
            shown=frozenset(self.shown.get(case, ())),
            whole=self.whole,
            every_gate=self.every_gate,
            rerank=self.rerank or observed or case in self.reordered,
        )


def _opens_gates(rule: str) -> bool:
    return rule.startswith(_GATE_RULES)


def _orders(rule: str) -> bool:
    # A gene specification's own stands behind its name.
    return any(name.startswith(_ORDER_RULES) for name in (rule, rule.rpartition("/")[2]))


def total(sets: Mapping[str, Collection[object]]) -> int:
    """Count what is held for all cases."""
    return sum(len(each) for each in sets.values())
