"""Reading facts through a recorder: the one grammar of keys, and what a read leaves behind.

Every fact has a `source` and a `key`; together they are what reanalysis joins a release's changed
keys against. The grammar, in full:

====================  =======  ==========================================  =======================
source                kind     key                                         value
====================  =======  ==========================================  =======================
clinvar               point    ``22-20061538-G-A``                         Assertion
clinvar.codon         range    ``ENST00000327374.9:154``                   Comparators
clinvar.splice        range    ``ENST00000327374.9:7-donor``               SpliceComparators
clinvar.missense      range    ``ENST00000327374.9``                       KnownMissense
gnomad                point    ``22-20061538-G-A``                         Frequency
gnomad.coverage       range    ``22-20061538``                             Coverage
gnomad.groups         range    ``groups``                                  PopulationGroups
population.listed     point    ``22-20061538-G-A``                         ListedAllele
population.local      point    ``22-20061538-G-A``                         LocalFrequency
consequence           point    ``22-20061538-G-A@ENST00000327374.9``       Consequence
consequence.joint     point    ``22-20061538-G-A@ENST00000327374.9``       Joint
transcript            point    ``ENST00000327374.9``                       Transcript
revel, alphamissense  point    ``22-20061538-G-A@ENST00000327374``         Score
spliceai              point    ``22-20061538-G-A@TANGO2``                  Score
cadd, bayesdel        point    ``22-20061538-G-A``                         Score
phylop                range    ``22-20061538``                             Score
mitomap               point    ``MT-3243-A-G``                             MitomapAllele
assertion.<source>    point    ``22-20061538-G-A``                         LaboratoryAssertion
curation              point    ``22-20061538-G-A``                         Curations
curation.own_cases    point    ``22-20061538-G-A``                         Curations
constraint            range    ``ENST00000327374``                         Constraint
gene_disease          range    ``HGNC:25439``                              GeneLinks
hpo.match             range    ``OMIM:616878``                             PhenotypeFit
transcript.exon       range    ``ENST00000327374.9:7``                     ExonSkip
transcript.start      range    ``ENST00000327374.9``                       NextStart
transcript.gene       range    ``HGNC:25439``                              GeneTranscripts
gnomad.exon           range    ``ENST00000327374.9:7``                     ExonAlleles
repeats               range    ``22-20061538``                             Repeat
rules                 point    ``population.ba1``                          Rule
case.genotype         point    ``22-20061538-G-A``                         FamilyGenotypes
case.family           point    ``pedigree``                                Family
case.gene             range    ``HGNC:25439``                              GeneAlleles
assessment            prior    an AssessmentKey's text                     PriorClass
gate                  gate     ``22-20061538-G-A``                         GateRecord
any of them           range    ``*``                                       was it consulted at all
====================  =======  ==========================================  =======================

Keys that name a transcript carry its version, but for the predictors', which are compared without
it (`model.prediction`). ``assertion.<source>`` is named by the laboratory: the catalogue's name of
a source of its own. A fact that was asked for and not there is recorded
too: `digest` is None, and a release that brings the key is a change like any other.

A rule of a gene specification is read under ``<specification>/<rule>``, and which specification
holds under ``spec/<gene>/<disease>/<mode>`` and ``spec/<gene>/*/<mode>``.

``clinvar.gene`` (``HGNC:25439``, or ``NCBIGene:…``) and ``clinvar.disease`` (``OMIM:616878``,
``MONDO:…``, ``ORPHA:…``) are keys of changes alone, derived from those of alleles; nothing reads
them yet.

Losing several exons is read under ``ENST00000327374.9:7-8``, repeating them in tandem under
``ENST00000327374.9:7-8x2``.

Positions are read one at a time and change by stretches: a change of ``gnomad.coverage`` under
``22-20061538-20061600`` (1-based, inclusive) is one of every position from the first to the last.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from operator import attrgetter
from typing import Any, Generic, TypeVar

from varinterp.model.canonical import digest, remember_texts
from varinterp.model.kept import Kept

T = TypeVar("T")

Facts = dict[tuple[str, str], Any]
"""Values by source and key, for who gathers them."""

FactsView = Mapping[tuple[str, str], Any]
"""Values by source and key, for who only looks at them."""

WHOLE = "*"
"""The key of a source as a whole."""


def fact_hash(source: str, key: str) -> int:
    """Return the 64 bits (unsigned) under which indexes of reads keep a source's key.

    Two keys may share one: who looks up by it examines one conclusion too many, never too few.
    """
    return int.from_bytes(blake2b(f"{source}\t{key}".encode(), digest_size=8).digest())


class Kind(StrEnum):
    """What a key stands for."""

    POINT = "point"
    RANGE = "range"
    PRIOR = "prior"
    GATE = "gate"


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """A source of facts and the type of its values."""

    source: str
    kind: Kind
    type: type[T]


@dataclass(frozen=True, slots=True, order=True)
class Read:
    """One question that was put to the evidence; `digest` is None when the answer was absent."""

    source: str
    key: str
    kind: Kind
    digest: str | None

    @property
    def absent(self) -> bool:
        """Whether the source had nothing under the key."""
        return self.digest is None


# Most criteria read the same rules, and an assessment lists once more what its findings read.
remember_texts(Read, attrgetter("source", "key", "digest", "kind._value_"))


Answer = tuple[Any, Read, bool]
"""A value or None, the read that it leaves behind, and whether it was constructed."""

Asked = Mapping[str, "Read"]
"""Reads under source and key with a tab between them: one text is cheaper to sort than a pair."""


class Evidence:
    """An immutable set of facts, by source and key.

    A source that is not `provided` was not consulted at all, which is not the same as a source
    that has nothing under a key: criteria answer *not assessed* to the first.
    """

    def __init__(self, facts: FactsView, provided: frozenset[str] = frozenset()) -> None:
        self._facts = dict(facts)
        self._provided = provided | {source for source, _ in self._facts}
        self.answers: dict[str, Answer] = {}
        """What was answered so far, under source and key with a tab between them."""
        self.kept = Kept()
        """What was worked out from the facts so far."""

    @property
    def provided(self) -> frozenset[str]:
        """The sources that were consulted for this analysis."""
        return self._provided

    def provides(self, fact: Fact[Any]) -> bool:
        """Whether the source of a fact was consulted for this analysis."""
        return fact.source in self._provided

    def get(self, fact: Fact[T], key: str) -> T | None:
        """Return the value under a key, or None."""
        value: T | None = self.answer(fact, key)[0]
        return value

    def answer(self, fact: Fact[Any], key: str) -> Answer:
        """Return the value under a key, the read that asking leaves behind, and its origin.

        Kept: one rule or gene is asked for by thousands of assessments, and digesting a value is
        most of what asking costs.
        """
        place = f"{fact.source}\t{key}"
        known = self.answers.get(place)
        if known is None:
            value = self._facts.get((fact.source, key))
            if value is not None and not isinstance(value, fact.type):
                raise TypeError(f"{fact.source} holds a {type(value).__name__}")
            read = Read(fact.source, key, fact.kind, None if value is None else digest(value))
            constructed = bool(getattr(value, "constructed", False))
            known = self.answers[place] = (value, read, constructed)
        return known

    def consulted(self, fact: Fact[Any]) -> Answer:
        """Return whether a source was consulted, as `answer` does under the key `WHOLE`."""
        place = f"{fact.source}\t{WHOLE}"
        known = self.answers.get(place)
        if known is None:
            provided = fact.source in self._provided
            read = Read(fact.source, WHOLE, Kind.RANGE, digest(True) if provided else None)
            known = self.answers[place] = (provided, read, False)
        return known

    def with_facts(self, facts: FactsView) -> "Evidence":
        """Return a new set with more facts; the same key again replaces the value."""
        more = Evidence({**self._facts, **facts}, self._provided)
        # A new fact may be of a source that was not consulted before.
        appeared = more._provided - self._provided
        changed = frozenset(
            {f"{source}\t{key}" for source, key in facts}
            | {f"{source}\t{WHOLE}" for source in appeared}
        )
        more.answers = {
            place: answer for place, answer in self.answers.items() if place not in changed
        }
        more.kept = self.kept.without(changed)
        return more

    def slice(self, reads: tuple[Read, ...]) -> Facts:
        """Return the facts that a set of reads found, for storage and replay.

        Whether a source was consulted at all is no fact of its own: the read says it.
        """
        found = (read for read in reads if not read.absent and read.key != WHOLE)
        wanted = sorted({(read.source, read.key) for read in found})
        return {place: self._facts[place] for place in wanted}


class Reader:
    """Reads facts and remembers each question; one Reader a criterion."""

    __slots__ = ("_answers", "asked", "constructed", "evidence")

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.constructed = False
        """Whether any value read was a constructed one."""
        self._answers = evidence.answers
        self.asked: dict[str, Read] = {}
        """Everything asked so far."""

    def __call__(self, fact: Fact[T], key: str) -> T | None:
        """Return the value under a key, or None; either way the read is recorded."""
        place = f"{fact.source}\t{key}"
        value: T | None
        known = self._answers.get(place) or self.evidence.answer(fact, key)
        value, self.asked[place], constructed = known
        if constructed:
            self.constructed = True
        return value

    def provides(self, fact: Fact[Any]) -> bool:
        """Whether a source was consulted; asking is a read, for the day the source appears."""
        provided: bool
        provided, read, _ = self.evidence.consulted(fact)
        self.asked[f"{fact.source}\t{WHOLE}"] = read
        return provided

    def join(self, asked: Asked, *, constructed: bool) -> None:
        """Take over what another reader of the same evidence asked."""
        self.asked.update(asked)
        if constructed:
            self.constructed = True

    def of(self, fact: Fact[Any], key: str) -> Read:
        """Return the read that a question left behind; KeyError when it was not asked."""
        return self.asked[f"{fact.source}\t{key}"]

    @property
    def reads(self) -> tuple[Read, ...]:
        """Everything asked so far, sorted."""
        return in_order(self.asked)


def in_order(asked: Asked) -> tuple[Read, ...]:
    """Return reads in their own order, in which source and key come first.

    The tab between the two comes before every character that a name may have.
    """
    return tuple(map(asked.__getitem__, sorted(asked)))
