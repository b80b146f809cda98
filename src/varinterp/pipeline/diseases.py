"""Which diseases a list of terms speaks for, without any variant: those of a locked HPO release."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from varinterp.errors import Fault, InputError
from varinterp.model.case import PhenotypeScore
from varinterp.model.facts import GeneLinks
from varinterp.model.gene_disease import Inheritance
from varinterp.model.panel import DERIVED, AskedPanel
from varinterp.phenotype.ontology import Ontology
from varinterp.pipeline.panels import (
    Annotated,
    ReadPanels,
    genes_of,
    holds,
    missing,
    split,
    terms_of,
)
from varinterp.pipeline.phenotype import PatientMatcher
from varinterp.sources.fault_book import nearest, shown
from varinterp.sources.hpo_genes import GenePair

_PLACE = "the command line"


@dataclass(frozen=True, slots=True)
class DiseaseGene:
    """A gene of a disease: its HGNC id, or NCBI's where HPO alone ties it to the disease.

    `modes` are those in which it causes it; none where nobody at hand says.
    """

    id: str
    symbol: str
    modes: tuple[Inheritance, ...]


@dataclass(frozen=True, slots=True)
class RankedDisease:
    """A disease and its place: `log_lr` is what the terms add to its log-odds (natural logarithm).

    `rank` counts from 1 among all diseases, those that a gene or panel leaves out too. `modes` are
    those that HPO states. `genes` are empty where the releases tie none to it; `match` is None
    where no table was asked for.
    """

    rank: int
    disease: str
    name: str
    log_lr: float
    modes: tuple[Inheritance, ...]
    genes: tuple[DiseaseGene, ...]
    match: PhenotypeScore | None = None


def genes_of_diseases(
    links: Mapping[str, GeneLinks], pairs: Iterable[GenePair]
) -> dict[str, tuple[DiseaseGene, ...]]:
    """Return the genes of each disease, in order of symbol; links that nobody asserts are none.

    `pairs` are HPO's own, used for diseases that no link is of.
    """
    listed: dict[str, set[tuple[str, str]]] = {}
    for pair in pairs:
        listed.setdefault(pair.disease, set()).add((pair.gene, pair.key))
    told = {
        disease: tuple(DiseaseGene(key, symbol, ()) for symbol, key in sorted(genes))
        for disease, genes in listed.items()
    }
    return {**told, **_of_links(links)}


def _of_links(links: Mapping[str, GeneLinks]) -> dict[str, tuple[DiseaseGene, ...]]:
    found: dict[str, dict[str, tuple[str, set[Inheritance]]]] = {}
    for gene, known in links.items():
        for link in known.links:
            if link.validity.raises_hypotheses:
                genes = found.setdefault(link.disease, {})
                genes.setdefault(gene, (link.gene, set()))[1].add(link.inheritance)
    return {
        disease: tuple(
            DiseaseGene(hgnc, symbol, tuple(sorted(modes)))
            for hgnc, (symbol, modes) in sorted(genes.items(), key=lambda each: each[1][0])
        )
        for disease, genes in found.items()
    }


def ranked_diseases(
    matcher: PatientMatcher,
    names: Mapping[str, str],
    genes: Mapping[str, tuple[DiseaseGene, ...]],
    within: Collection[str] | None,
) -> Iterator[RankedDisease]:
    """Yield diseases, best first; `within` are the genes (HGNC ids) that they must have one of."""
    for rank, (disease, log_lr) in enumerate(matcher.ranked(), start=1):
        own = genes.get(disease, ())
        if within is None or any(gene.id in within for gene in own):
            name, modes = names.get(disease, disease), matcher.modes(disease)
            yield RankedDisease(rank, disease, name, log_lr, modes, own)


def genes_named(symbols: Collection[str], links: Mapping[str, GeneLinks]) -> set[str]:
    """Return the HGNC ids of symbols, in any case, or ids.

    Raises InputError for a gene without a disease, with the symbols that look like it.
    """
    known = {known.links[0].gene: gene for gene, known in links.items() if known.links}
    spelled = {symbol.casefold(): gene for symbol, gene in known.items()}
    found = {name: name if name in links else spelled.get(name.casefold()) for name in symbols}
    faults = [
        Fault(
            "phenotype.gene", _PLACE, shown(name), "a gene with a disease in the lock's releases",
            f"type its approved symbol, or its HGNC id{nearest(name, known)}",
        )
        for name, hgnc in found.items()
        if hgnc is None
    ]  # fmt: skip
    if faults:
        raise InputError(faults)
    return {hgnc for hgnc in found.values() if hgnc is not None}


def genes_on(
    panel: str, read: ReadPanels, links: Mapping[str, GeneLinks], matcher: PatientMatcher
) -> set[str]:
    """Return the HGNC ids of a panel, at every level; raise InputError when there is no such."""
    ontology: Ontology = matcher.ontology
    absent = missing((AskedPanel(panel),), read, ontology)
    if absent:
        raise InputError(
            [
                Fault(
                    "phenotype.panel", _PLACE, absent[0], "a panel that the lock's releases hold",
                    "correct the name, or add the panel's release to the lock",
                )
            ]
        )  # fmt: skip
    source, name = split(panel)
    if source != DERIVED:
        return set(genes_of((read(source) or {})[name]))
    kinds = [ontology.descendants(term) for term in terms_of(name)]
    annotated = Annotated(ontology, matcher.diseases, links)
    return {gene for gene in links if holds(gene, kinds, annotated)}
