"""What a criterion is asked: one hypothesis, and the reader that it must put its questions to."""

from dataclasses import dataclass

from varinterp.errors import InternalError
from varinterp.model.assessment import AssessmentKey
from varinterp.model.facts import CONSEQUENCE, GENE_LINKS, JOINT, RULE, Rule, on_transcript
from varinterp.model.gene_disease import GeneDisease
from varinterp.model.reads import Reader
from varinterp.model.transcript import Consequence, Joint
from varinterp.model.variant import Allele


@dataclass(frozen=True, slots=True)
class Question:
    """A hypothesis, the transcript it is judged on (None outside genes), and a fresh reader."""

    key: AssessmentKey
    transcript: str | None
    read: Reader

    @property
    def allele(self) -> Allele:
        """The allele in question."""
        return self.key.allele

    def consequence(self) -> Consequence | None:
        """Read what the allele does to the transcript."""
        if self.transcript is None:
            return None
        return self.read(CONSEQUENCE, on_transcript(self.allele, self.transcript))

    def joint(self) -> Joint | None:
        """Read what it does together with neighbours on its haplotype; None when it has none."""
        if self.transcript is None:
            return None
        return self.read(JOINT, on_transcript(self.allele, self.transcript))

    def disease(self) -> GeneDisease | None:
        """Read the gene–disease link that the hypothesis is about."""
        known = self.read(GENE_LINKS, self.key.gene)
        wanted = (self.key.disease, self.key.inheritance)
        links = () if known is None else known.links
        return next((link for link in links if (link.disease, link.inheritance) == wanted), None)

    def number(self, rule: str) -> float:
        """Read a number from the rules in force."""
        value = self._rule(rule).value
        if isinstance(value, str | tuple):
            raise InternalError(f"rule {rule} is not a number")
        return value

    def optional_number(self, rule: str) -> float | None:
        """Read a number that the rules in force may lack."""
        found = self.read(RULE, rule)
        return None if found is None else self.number(rule)

    def words(self, rule: str) -> tuple[str, ...]:
        """Read a word, or a list of words, from the rules in force."""
        value = self._rule(rule).value
        if isinstance(value, str):
            return (value,)
        if isinstance(value, tuple):
            return value
        raise InternalError(f"rule {rule} is not a list of words")

    def _rule(self, rule: str) -> Rule:
        value = self.read(RULE, rule)
        if value is None:
            raise InternalError(f"the rules in force have no {rule}")
        return value
