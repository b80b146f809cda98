"""A family's panels as the releases of a lock know them.

A panel is a laboratory's own (``epilepsy``, of the source `panels`), PanelApp's
(``panelapp_uk:402``), or derived from HPO: ``HP:0001250+HP:0001263`` holds the genes of diseases
that are annotated with each of these terms, or with kinds of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from varinterp.model.case import Candidate, Case
from varinterp.model.facts import GeneLinks
from varinterp.model.panel import DERIVED, OWN, AskedPanel, Panel, PanelLevel
from varinterp.phenotype.ontology import Ontology
from varinterp.refs.lock import Releases
from varinterp.sources.panel_list import ListedPanel
from varinterp.sources.panels import read_panelapp_panels, read_panels

_HPO_TERM = "HP:"

ReadPanels = Callable[[str], Mapping[str, ListedPanel] | None]
"""Returns a source's panels by name, None where the lock has no release of it."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """What HPO's releases say of diseases, and which genes cause them."""

    ontology: Ontology
    diseases: Mapping[str, frozenset[str]]
    links: Mapping[str, GeneLinks]


def reader(releases: Releases) -> ReadPanels:
    """Return what reads the panels of a lock, each source once."""
    held: dict[str, Mapping[str, ListedPanel] | None] = {}

    def read(source: str) -> Mapping[str, ListedPanel] | None:
        if source not in held:
            held[source] = panels_of(releases, source)
        return held[source]

    return read


def no_panels(source: str) -> Mapping[str, ListedPanel] | None:
    """Read the panels of a lock that names no release of any."""
    return None


def panels_of(releases: Releases, source: str) -> Mapping[str, ListedPanel] | None:
    """Read a source's panels; None where the lock has no release of it."""
    release = releases.get(source)
    if release is None:
        return None
    read = read_panels if source == OWN else read_panelapp_panels
    return read(release.folder)


def split(name: str) -> tuple[str, str]:
    """Return the source of a panel's name, and its name there."""
    if name.startswith(_HPO_TERM):
        return DERIVED, name
    source, colon, rest = name.partition(":")
    return (source, rest) if colon else (OWN, name)


def terms_of(name: str) -> tuple[str, ...]:
    """Return the terms of a panel that is derived from HPO."""
    return tuple(name.split("+"))


def resolve(
    case: Case, candidates: Iterable[Candidate], read: ReadPanels, annotated: Annotated
) -> tuple[Panel, ...]:
    """Return a case's panels, with the levels of its candidates' genes."""
    wanted = sorted({candidate.consequence.hgnc for candidate in candidates})
    return tuple(
        _derived(asked, wanted, annotated)
        if split(asked.name)[0] == DERIVED
        else _listed(asked, wanted, read)
        for asked in case.panels
    )


def genes_of(panel: ListedPanel) -> Mapping[str, PanelLevel]:
    """Return a panel's genes by HGNC id."""
    return {gene.hgnc: gene.level for gene in panel.genes}


def _listed(asked: AskedPanel, genes: Sequence[str], read: ReadPanels) -> Panel:
    source, name = split(asked.name)
    panel = (read(source) or {}).get(name)
    if panel is None:
        return Panel(asked, source, None, None)
    levels = genes_of(panel)
    return Panel(
        asked, source, panel.title, panel.version, len(levels),
        tuple((gene, levels[gene]) for gene in genes if gene in levels),
    )  # fmt: skip


def _derived(asked: AskedPanel, genes: Sequence[str], annotated: Annotated) -> Panel:
    terms = [annotated.ontology.resolve(term).term for term in terms_of(asked.name)]
    named = [term for term in terms if term is not None]
    if len(named) < len(terms):
        return Panel(asked, DERIVED, None, None)
    kinds = [annotated.ontology.descendants(term.id) for term in named]
    held = [gene for gene in genes if holds(gene, kinds, annotated)]
    title = " + ".join(term.name for term in named)
    levels = tuple((gene, PanelLevel.GREEN) for gene in held)
    return Panel(asked, DERIVED, title, annotated.ontology.release, None, levels)


def holds(gene: str, kinds: Sequence[frozenset[str]], annotated: Annotated) -> bool:
    """Whether one disease of a gene has a term of each of some sets."""
    known = annotated.links.get(gene)
    return known is not None and any(
        link.validity.raises_hypotheses
        and all(annotated.diseases.get(link.disease, frozenset()) & each for each in kinds)
        for link in known.links
    )


def missing(asked: Sequence[AskedPanel], read: ReadPanels, ontology: Ontology) -> list[str]:
    """Say of each panel that cannot be used what is found in its place."""
    return [
        found
        for panel in dict.fromkeys(asked)
        if (found := _not_there(panel.name, read, ontology)) is not None
    ]


def _not_there(name: str, read: ReadPanels, ontology: Ontology) -> str | None:
    source, own = split(name)
    if source == DERIVED:
        return next(
            (wrong for term in terms_of(name) if (wrong := _no_finding(term, ontology))), None
        )
    panels = read(source)
    if panels is None:
        return f"{name}, of {source}, which the lock does not name"
    return None if own in panels else f"{name}, which the release of {source} does not hold"


def _no_finding(term: str, ontology: Ontology) -> str | None:
    """No disease is annotated with what is no finding: such a panel would be empty."""
    known = ontology.resolve(term).term
    if known is None:
        return f"{term}, which is no one current term"
    return None if ontology.is_phenotype(known.id) else f"{term}, which describes no phenotype"
