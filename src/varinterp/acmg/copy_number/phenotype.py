"""Whether the patient's terms are those of a disease that the genes of a copy number cause.

A loss speaks for diseases by loss of function: of one copy where one is enough (dominant,
X-linked), of any mode where no copy is left. A gain speaks for diseases of genes that are
established as triplosensitive.
"""

from collections.abc import Iterable, Iterator

from varinterp.acmg.copy_number.ask import CopyQuestion
from varinterp.model.copy_number import Change
from varinterp.model.copy_number_assessment import Relation
from varinterp.model.copy_number_facts import GeneHit, Hit
from varinterp.model.facts import GENE_LINKS, PHENOTYPE_FIT, PhenotypeFit
from varinterp.model.gene_disease import GeneDisease, Inheritance, Mechanism

_ONE_COPY = frozenset({Inheritance.AUTOSOMAL_DOMINANT, Inheritance.X_LINKED})
_HARMLESS = frozenset({Hit.INTRONIC, Hit.FIVE_PRIME_UTR, Hit.THREE_PRIME_UTR})


def patient_fit(ask: CopyQuestion) -> PhenotypeFit | None:
    """Return the patient's best match with a disease of the copy number, or None."""
    if ask.is_loss:
        return best_fit(ask, (gene for gene in ask.genes() if gene.hit not in _HARMLESS))
    return best_fit(ask, ask.established(Change.GAIN, Hit.WHOLE), any_mechanism=True)


def best_fit(
    ask: CopyQuestion, genes: Iterable[GeneHit], *, any_mechanism: bool = False
) -> PhenotypeFit | None:
    """Return the patient's best match with a disease of these genes."""
    diseases = sorted({link.disease for link in _links(ask, genes, any_mechanism)})
    fits = [ask.read(PHENOTYPE_FIT, disease) for disease in diseases]
    known = [fit for fit in fits if fit is not None]
    return max(known, key=lambda fit: fit.exact, default=None)


def relation(ask: CopyQuestion) -> Relation:
    """Say whether a disease of the touched genes, of any mode, has a term of the patient's."""
    genes = [gene for gene in ask.genes() if gene.hit not in _HARMLESS]
    diseases = sorted({link.disease for gene in genes for link in _of(ask, gene)})
    fits = [ask.read(PHENOTYPE_FIT, disease) for disease in diseases]
    known = [fit.exact for fit in fits if fit is not None]
    if not known:
        return Relation.NOT_COMPARED
    return Relation.RELATED if any(known) else Relation.UNRELATED


def recessive(ask: CopyQuestion) -> tuple[str, ...]:
    """Return the touched genes that cause a recessive disease: carriers have one copy."""
    return tuple(
        gene.gene
        for gene in ask.genes()
        if any(link.inheritance is Inheritance.AUTOSOMAL_RECESSIVE for link in _of(ask, gene))
    )


def _links(
    ask: CopyQuestion, genes: Iterable[GeneHit], any_mechanism: bool
) -> Iterator[GeneDisease]:
    none_left = ask.copy_number.copies == 0
    for gene in genes:
        for link in _of(ask, gene):
            of_loss = any_mechanism or link.mechanism is Mechanism.LOSS_OF_FUNCTION
            if of_loss and (none_left or link.inheritance in _ONE_COPY):
                yield link


def _of(ask: CopyQuestion, gene: GeneHit) -> tuple[GeneDisease, ...]:
    found = ask.read(GENE_LINKS, gene.hgnc)
    links = () if found is None else found.links
    return tuple(link for link in links if link.validity.raises_hypotheses)
