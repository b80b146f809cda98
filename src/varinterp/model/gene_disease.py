"""A disease that a gene is known to cause: its mode of inheritance, and since when it is known."""

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


@dataclass(frozen=True, slots=True)
class GeneDisease:
    """A link between a gene and a disease, as a release of the gene-disease source states it.

    `hgnc` is ``HGNC:25439``, `gene` its symbol, `disease` an id such as ``OMIM:616878``.
    `known_since` is the ISO date on which the link was first published, and `pmid` the
    publications (digits, joined by ``;``); None when the link rests on no publication. A gene
    with two diseases, or a disease with two modes, has one link for each.
    """

    hgnc: str
    gene: str
    disease: str
    disease_name: str
    inheritance: Inheritance
    mechanism: Mechanism
    known_since: str
    pmid: str | None
    constructed: bool = False
    note: str = ""
