"""What a criterion is asked: one hypothesis, and the reader that it must put its questions to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from varinterp.errors import InternalError
from varinterp.model.assessment import CORE, AssessmentKey
from varinterp.model.curation import CURATED, Curations, Scope
from varinterp.model.facts import CONSEQUENCE, GENE_LINKS, JOINT, RULE, Rule, on_transcript
from varinterp.model.gene_disease import GeneDisease
from varinterp.model.reads import Asked, Reader
from varinterp.model.transcript import Consequence, Joint
from varinterp.model.variant import Allele

VOID = "none"
Shared = tuple[Any, Asked, bool]
"""A value, what was asked for it, and whether any of that was constructed."""
T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Question:
    """A hypothesis, the transcript it is judged on (None outside genes), and a fresh reader.

    Not frozen: an assessment puts one question to 26 criteria, each with a reader of its own.
    """

    key: AssessmentKey
    transcript: str | None
    read: Reader
    _shared: dict[str, Shared] = field(default_factory=dict)
    specified: bool = field(init=False)
    """Whether the hypothesis is judged by the rules of a gene specification."""
    _place: str | None = field(init=False)

    def __post_init__(self) -> None:
        self.specified = self.key.rules != CORE
        name = self.transcript
        self._place = None if name is None else on_transcript(self.key.allele, name)

    @property
    def allele(self) -> Allele:
        """The allele in question."""
        return self.key.allele

    def consequence(self) -> Consequence | None:
        """Read what the allele does to the transcript."""
        return None if self._place is None else self.read(CONSEQUENCE, self._place)

    def joint(self) -> Joint | None:
        """Read what it does together with neighbours on its haplotype; None when it has none."""
        return None if self._place is None else self.read(JOINT, self._place)

    def curations(self) -> tuple[Curations, ...]:
        """Read what people observed of the allele: what was published, and our own cases."""
        at = str(self.key.allele)
        found = [self.read(fact, at) for fact in CURATED]
        return tuple([each for each in found if each is not None])

    def curated(self) -> bool:
        """Whether a source of such observations was consulted at all."""
        return any([self.read.provides(fact) for fact in CURATED])

    def holds(self, scope: Scope) -> bool:
        """Whether an observation of a scope counts in this hypothesis."""
        return scope.holds_for(self.key.gene, self.key.disease, self.key.inheritance)

    def disease(self) -> GeneDisease | None:
        """Read the gene–disease link that the hypothesis is about."""
        known = self.read(GENE_LINKS, self.key.gene)
        wanted = (self.key.disease, self.key.inheritance)
        links = () if known is None else known.links
        return next((link for link in links if (link.disease, link.inheritance) == wanted), None)

    def number(self, rule: str) -> float:
        """Read a number from the rules in force."""
        return _number(self._rule(rule), rule)

    def optional_number(self, rule: str) -> float | None:
        """Read a number that the rules in force may lack."""
        found = self._find(rule)
        return None if found is None else _number(found, rule)

    def words(self, rule: str) -> tuple[str, ...]:
        """Read a word, or a list of words, from the rules in force."""
        return _words(self._rule(rule), rule)

    def optional_words(self, rule: str) -> tuple[str, ...]:
        """Read words that the rules in force may lack; none then."""
        found = self._find(rule)
        return () if found is None else _words(found, rule)

    def shared(self, name: str, read: Callable[["Question"], T]) -> T:
        """Return what `read` makes of this question, worked out once for all criteria that ask it.

        What it read is recorded for each of them.
        """
        known = self._shared.get(name)
        if known is None:
            own, self.read = self.read, Reader(self.read.evidence)
            value: T = read(self)
            known = self._shared[name] = (value, self.read.asked, self.read.constructed)
            self.read = own
        value, asked, constructed = known
        self.read.join(asked, constructed=constructed)
        return value

    def together(self, name: str, read: Callable[["Question"], T]) -> T:
        """Return what `read` makes of several rules, worked out once for all who share them.

        `read` may ask for nothing but rules. Each of them is recorded here as if it had been asked.
        """
        evidence, key = self.read.evidence, self.key

        def ask() -> tuple[T, Asked]:
            alone = Question(key, None, Reader(evidence))
            return read(alone), alone.read.asked

        value: T
        value, asked = evidence.together((name, key.rules), ask)
        self.read.join(asked, constructed=False)
        return value

    def own_words(self, rule: str) -> tuple[str, ...]:
        """Read words that only a gene specification can state; none without one."""
        return self.optional_words(rule) if self.specified else ()

    def own_number(self, rule: str) -> float | None:
        """Read a number as the specification itself states it; None where it states none."""
        if not self.specified:
            return None
        own = self.read(RULE, f"{self.key.rules}/{rule}")
        return None if own is None or own.value == VOID else _number(own, rule)

    def _rule(self, rule: str) -> Rule:
        value = self._find(rule)
        if value is None:
            raise InternalError(f"the rules in force have no {rule}")
        return value

    def _find(self, rule: str) -> Rule | None:
        """Read a rule as the specification states it, else as the core rules do.

        A specification voids a core rule by the word ``none``.
        """
        if self.specified:
            own = self.read(RULE, f"{self.key.rules}/{rule}")
            if own is not None:
                return None if own.value == VOID else own
        return self.read(RULE, rule)


def _number(rule: Rule, name: str) -> float:
    if isinstance(rule.value, str | tuple):
        raise InternalError(f"rule {name} is not a number")
    return rule.value


def _words(rule: Rule, name: str) -> tuple[str, ...]:
    if isinstance(rule.value, str):
        return (rule.value,)
    if isinstance(rule.value, tuple):
        return rule.value
    raise InternalError(f"rule {name} is not a list of words")
