"""A disease that a gene is known to cause: its mode of inheritance, and since when it is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Inheritance(StrEnum):
    """How a disease runs in families. *De novo* says how an allele arose: it is not a mode."""

    AUTOSOMAL_DOMINANT = "autosomal_dominant"
    AUTOSOMAL_RECESSIVE = "autosomal_recessive"
    X_LINKED = "x_linked"
    MITOCHONDRIAL = "mitochondrial"


class Mechanism(StrEnum):
    """Whether losing the gene's function is established as the way to the disease."""

    LOSS_OF_FUNCTION = "loss_of_function"
    NOT_ESTABLISHED = "not_established"


class Validity(StrEnum):
    """How well a gene is established as the cause of a disease, best first; then *not stated*.

    GenCC's terms (DiStefano 2022, PMID 35507016), which hold ClinGen's own (Strande 2017,
    PMID 28552198). *Supportive* is the word of sources that do not tell the classes above apart.
    """

    DEFINITIVE = "definitive"
    STRONG = "strong"
    MODERATE = "moderate"
    SUPPORTIVE = "supportive"
    LIMITED = "limited"
    ANIMAL_MODEL_ONLY = "animal_model_only"
    NO_KNOWN_RELATIONSHIP = "no_known_relationship"
    DISPUTED = "disputed"
    REFUTED = "refuted"
    NOT_STATED = "not_stated"

    @property
    def rank(self) -> int | None:
        """0 for the best; None for *not stated*, which has no place on the scale."""
        return None if self is Validity.NOT_STATED else _RANKS[self]

    @property
    def asserts(self) -> bool:
        """Whether it says that the gene causes the disease: *limited* or better."""
        return self.rank is not None and self.rank <= _RANKS[Validity.LIMITED]

    @property
    def raises_hypotheses(self) -> bool:
        """Whether a link of this class is a reason to suspect the disease.

        A link that nobody classed, such as a laboratory's own, counts as it stands.
        """
        return self.asserts or self is Validity.NOT_STATED


_RANKS = {validity: rank for rank, validity in enumerate(Validity)}


def best_of(stated: Iterable[Validity]) -> Validity:
    """Return the best of several classes; *not stated* when there is no other."""
    return min(stated, key=lambda validity: _RANKS[validity], default=Validity.NOT_STATED)


@dataclass(frozen=True, slots=True)
class GeneDisease:
    """A link between a gene and a disease, as a release of the gene-disease source states it.

    `hgnc` is ``HGNC:25439``, `gene` its symbol, `disease` an id such as ``OMIM:616878``.
    `known_since` is the ISO date of the earliest dated statement of the link (None when no
    statement has a date), and `pmid` the publications (digits, joined by ``;``); None when the
    link rests on no publication. A gene with two diseases, or a disease with two modes, has one
    link for each. `sources` names who stands for which class, best class first, and `conflicting`
    is true when some of them assert the link and others do not.
    """

    hgnc: str
    gene: str
    disease: str
    disease_name: str
    inheritance: Inheritance
    mechanism: Mechanism
    known_since: str | None
    pmid: str | None
    constructed: bool = False
    note: str = ""
    validity: Validity = Validity.NOT_STATED
    sources: tuple[str, ...] = ()
    conflicting: bool = False
