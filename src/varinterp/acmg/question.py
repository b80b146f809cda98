"""What a criterion is asked: one hypothesis, and the reader that it must put its questions to."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from varinterp.errors import InternalError
from varinterp.model.assessment import CORE, AssessmentKey
from varinterp.model.curation import CURATED, Curations, Scope
from varinterp.model.facts import CONSEQUENCE, GENE_LINKS, JOINT, RULE, Rule, on_transcript
from varinterp.model.gene_disease import GeneDisease, Inheritance
from varinterp.model.kept import ByName, Worked
from varinterp.model.reads import Reader
from varinterp.model.transcript import Consequence, Joint
from varinterp.model.variant import Allele

VOID = "none"
T = TypeVar("T")

_ALLELE, _LINK = 1, 2
"""What can be looked at of a hypothesis: the allele and its transcript; the gene and disease."""


class Question:
    """A hypothesis, the transcript it is judged on (None outside genes), and a fresh reader.

    It notes what of the hypothesis it was asked for, so that what was worked out for one hypothesis
    is used for every other that does not differ in that (`shared`).
    """

    __slots__ = (
        "_key", "_looked_at", "_of_allele", "_of_both", "_of_link", "_place", "_transcript", "read",
        "rules", "specified",
    )  # fmt: skip

    def __init__(self, key: AssessmentKey, transcript: str | None, read: Reader) -> None:
        self.read = read
        self.rules = rules = key.rules
        """The family of rules: what was worked out by one is never used for another."""
        self.specified = rules != CORE
        """Whether the hypothesis is judged by the rules of a gene specification."""
        self._key, self._transcript = key, transcript
        self._place = None if transcript is None else on_transcript(key.allele, transcript)
        self._looked_at = 0
        kept, case = read.evidence.kept, key.case
        self._of_link = kept.of_link(case, rules, key.gene, key.disease, key.inheritance)
        self._of_allele = kept.of_allele(case, rules, str(key.allele), transcript)
        self._of_both: ByName = {}

    @property
    def key(self) -> AssessmentKey:
        """The whole hypothesis."""
        self._looked_at = _ALLELE | _LINK
        return self._key

    @property
    def allele(self) -> Allele:
        """The allele in question."""
        self._looked_at |= _ALLELE
        return self._key.allele

    @property
    def gene(self) -> str:
        """The gene's HGNC id."""
        self._looked_at |= _LINK
        return self._key.gene

    @property
    def disease_id(self) -> str:
        """The disease's id, NO_KNOWN_DISEASE without one."""
        self._looked_at |= _LINK
        return self._key.disease

    @property
    def inheritance(self) -> Inheritance | None:
        """The disease's mode of inheritance; None without a disease."""
        self._looked_at |= _LINK
        return self._key.inheritance

    def about(self, key: AssessmentKey) -> "Question":
        """Return the question about another allele of the gene; what it reads is read here."""
        self._looked_at = _ALLELE | _LINK
        return Question(key, self._transcript, self.read)

    def consequence(self) -> Consequence | None:
        """Read what the allele does to the transcript."""
        self._looked_at |= _ALLELE
        return None if self._place is None else self.read(CONSEQUENCE, self._place)

    def joint(self) -> Joint | None:
        """Read what it does together with neighbours on its haplotype; None when it has none."""
        self._looked_at |= _ALLELE
        return None if self._place is None else self.read(JOINT, self._place)

    def curations(self) -> tuple[Curations, ...]:
        """Read what people observed of the allele: what was published, and our own cases."""
        return self.shared("curations", _curations)

    def curated(self) -> bool:
        """Whether a source of such observations was consulted at all."""
        return any([self.read.provides(fact) for fact in CURATED])

    def holds(self, scope: Scope) -> bool:
        """Whether an observation of a scope counts in this hypothesis."""
        return scope.holds_for(self.gene, self.disease_id, self.inheritance)

    def disease(self) -> GeneDisease | None:
        """Read the gene–disease link that the hypothesis is about."""
        known = self.read(GENE_LINKS, self.gene)
        wanted = (self.disease_id, self.inheritance)
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
        """Return what `read` makes of this question, worked out once for all that share it.

        These are the criteria of this assessment, and other assessments by the same rules whose
        hypotheses do not differ in what `read` looks at. What it read is recorded for each of them.
        """
        known = self._of_link.get(name) or self._of_allele.get(name) or self._of_both.get(name)
        value: T
        value, asked, constructed, looked_at = known or self._work_out(name, read)
        self._looked_at |= looked_at
        self.read.join(asked, constructed=constructed)
        return value

    def each(self, reads: Mapping[str, Callable[["Question"], T]]) -> tuple[T, ...]:
        """Return what each of some functions makes of this question, as `shared` does one by one.

        What these made of another allele, or of another disease, is used where it is the same.
        """
        of_link, of_allele, reader = self._of_link, self._of_allele, self.read
        values = []
        for name, read in reads.items():
            known = of_link.get(name) or of_allele.get(name) or self._work_out(name, read)
            values.append(known[0])
            reader.join(known[1], constructed=known[2])
            self._looked_at |= known[3]
        return tuple(values)

    def _work_out(self, name: str, read: Callable[["Question"], Any]) -> Worked:
        """Put a question apart from what was asked so far, and keep the answer where it holds."""
        reader, before = self.read, self._looked_at
        asked, constructed = reader.asked, reader.constructed
        reader.asked, reader.constructed, self._looked_at = {}, False, 0
        value, looked_at = read(self), self._looked_at
        known = value, reader.asked, reader.constructed, looked_at
        reader.asked, reader.constructed, self._looked_at = asked, constructed, before
        if not looked_at & _ALLELE:
            self._of_link[name] = known
        elif not looked_at & _LINK:
            self._of_allele[name] = known
        else:
            self._of_both[name] = known
        return known

    def own_words(self, rule: str) -> tuple[str, ...]:
        """Read words that only a gene specification can state; none without one."""
        return self.optional_words(rule) if self.specified else ()

    def own_number(self, rule: str) -> float | None:
        """Read a number as the specification itself states it; None where it states none."""
        if not self.specified:
            return None
        own = self.read(RULE, f"{self.rules}/{rule}")
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
            own = self.read(RULE, f"{self.rules}/{rule}")
            if own is not None:
                return None if own.value == VOID else own
        return self.read(RULE, rule)


def _curations(ask: Question) -> tuple[Curations, ...]:
    at = str(ask.allele)
    found = [ask.read(fact, at) for fact in CURATED]
    return tuple([each for each in found if each is not None])


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
