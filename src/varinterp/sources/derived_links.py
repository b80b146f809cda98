"""Gene-disease links from what curators state: one for each gene, disease and mode.

* Class: ClinGen's own, where one of its expert panels curated the link, since it weighs what the
  others cite; else the best that anybody states. Every other class stays in `sources`, and a link
  that some assert and others dispute, refute or know nothing of is `conflicting`.
* `known_since`: the earliest dated statement of *limited* or better. A curator's newer statement
  replaces the older one in the next file, so that the date of the previous release is kept where it
  is earlier: a re-curation never makes a link young.
* A statement without a mode (refuted, say, with an undetermined mode) is about every mode that
  others state for the gene and disease; where nobody states one, it is left out and counted.
* Loss of function: where Gene2Phenotype or Orphanet states it of this disease, or ClinGen scores
  haploinsufficiency 3 and names this disease, or names none and the gene has one dominant disease.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from varinterp.model.gene_disease import GeneDisease, Inheritance, Mechanism, Validity, best_of
from varinterp.sources.clingen_dosage import SUFFICIENT
from varinterp.sources.curations import Curation
from varinterp.sources.disease_naming import DiseaseNaming

CLINGEN = "ClinGen"
CLINGEN_SOURCE = "clingen_validity"
_ONE_COPY = frozenset({Inheritance.AUTOSOMAL_DOMINANT, Inheritance.X_LINKED})

LinkKey = tuple[str, str, Inheritance]
Dosage = Mapping[str, Mapping[str, Any]]
"""Rows of ClinGen's dosage release by HGNC id."""


@dataclass(frozen=True, slots=True)
class Derived:
    """The links, and how many statements were left out, by reason."""

    links: tuple[GeneDisease, ...]
    set_aside: Mapping[str, int] = field(default_factory=dict)


def derive_links(
    curations: Iterable[Curation],
    naming: DiseaseNaming,
    dosage: Dosage,
    previous: Mapping[LinkKey, str],
) -> Derived:
    """Return the links that curators' statements make, sorted by gene, disease and mode.

    `previous` has the dates since when the release before this one knew its links.
    """
    set_aside: Counter[str] = Counter()
    links: list[GeneDisease] = []
    for (_, disease), rows in sorted(_by_disease(curations, naming, set_aside).items()):
        modes = sorted({row.inheritance for row in rows if row.inheritance})
        set_aside["no_mode_of_ours"] += 0 if modes else len(rows)
        for mode in modes:
            about = [row for row in rows if row.inheritance in (mode, None)]
            links.append(_link(disease, mode, about, naming, previous))
    return Derived(tuple(_with_dosage(links, naming, dosage)), +set_aside)


def with_own(derived: Iterable[GeneDisease], own: Iterable[GeneDisease]) -> tuple[GeneDisease, ...]:
    """Add a laboratory's own links; one that curators state too keeps their class.

    The earlier date holds, and loss of function when either states it.
    """
    links = {_key(link): link for link in derived}
    for link in own:
        stated = links.get(_key(link))
        links[_key(link)] = link if stated is None else _joined(stated, link)
    return tuple(links.values())


def known_since(links: Iterable[GeneDisease]) -> dict[LinkKey, str]:
    """Return the dates of a release's links, where they have one."""
    return {_key(link): link.known_since for link in links if link.known_since}


def _by_disease(
    curations: Iterable[Curation], naming: DiseaseNaming, set_aside: Counter[str]
) -> dict[tuple[str, str], list[Curation]]:
    groups: defaultdict[tuple[str, str], list[Curation]] = defaultdict(list)
    for row in curations:
        if row.disease is None:
            set_aside["disease_without_id"] += 1
        else:
            groups[(row.hgnc, naming.id_of(row.disease))].append(row)
    return groups


def _link(
    disease: str,
    mode: Inheritance,
    rows: Sequence[Curation],
    naming: DiseaseNaming,
    previous: Mapping[LinkKey, str],
) -> GeneDisease:
    loss = sorted({row.curator for row in rows if row.mechanism is Mechanism.LOSS_OF_FUNCTION})
    hgnc = rows[0].hgnc
    asserting = [row for row in rows if row.validity.asserts]
    return GeneDisease(
        hgnc=hgnc,
        gene=max(rows, key=lambda row: (row.dated or date.min, row.gene)).gene,
        disease=disease,
        disease_name=naming.name_of(disease, (row.disease_name for row in rows)),
        inheritance=mode,
        mechanism=Mechanism.LOSS_OF_FUNCTION if loss else Mechanism.NOT_ESTABLISHED,
        known_since=_earliest(asserting, previous.get((hgnc, disease, mode))),
        pmid=_pmids(asserting),
        note=f"loss of function: {', '.join(loss)}" if loss else "",
        validity=_class(rows),
        sources=_sources(rows),
        conflicting=bool(asserting) and any(_denies(row.validity) for row in rows),
    )


def _class(rows: Sequence[Curation]) -> Validity:
    """ClinGen's class, of this very mode if it states one; else the best that is stated."""
    own = [row for row in rows if row.source == CLINGEN_SOURCE]
    panel = own or [row for row in rows if row.curator == CLINGEN]
    panel = [row for row in panel if row.inheritance] or panel
    if panel:
        newest = max(row.dated or date.min for row in panel)
        panel = [row for row in panel if (row.dated or date.min) == newest]
    return best_of(row.validity for row in panel or rows)


def _sources(rows: Iterable[Curation]) -> tuple[str, ...]:
    """Who stands for which class; GenCC's copy of ClinGen's curations is ClinGen's."""
    stated = {(row.validity, row.curator) for row in rows}
    scale = list(Validity)
    ordered = sorted(stated, key=lambda each: (scale.index(each[0]), each[1]))
    return tuple(f"{validity}: {curator}" for validity, curator in ordered)


def _denies(validity: Validity) -> bool:
    return validity.rank is not None and not validity.asserts


def _earliest(rows: Iterable[Curation], before: str | None) -> str | None:
    days = [row.dated.isoformat() for row in rows if row.dated]
    return min([*days, *([before] if before else [])], default=None)


def _pmids(rows: Iterable[Curation]) -> str | None:
    found = {pmid for row in rows for pmid in row.pmid.split(";") if pmid}
    return ";".join(sorted(found, key=int)) or None


def _with_dosage(
    links: Sequence[GeneDisease], naming: DiseaseNaming, dosage: Dosage
) -> Iterator[GeneDisease]:
    dominant = Counter(
        hgnc
        for hgnc, _ in {
            (link.hgnc, link.disease)
            for link in links
            if link.inheritance in _ONE_COPY and link.validity.asserts
        }
    )
    for link in links:
        score = dosage.get(link.hgnc)
        stated = score is not None and score["haploinsufficiency"] == SUFFICIENT
        if not stated or score is None or link.inheritance not in _ONE_COPY:
            yield link
            continue
        disease = score["haploinsufficiency_disease"]
        same = naming.id_of(disease) == link.disease if disease else dominant[link.hgnc] == 1
        yield _haploinsufficient(link, str(score["dated"] or "")) if same else link


def _haploinsufficient(link: GeneDisease, dated: str) -> GeneDisease:
    reason = f"ClinGen haploinsufficiency 3{f' ({dated})' if dated else ''}"
    note = f"{link.note}, {reason}" if link.note else f"loss of function: {reason}"
    return replace(link, mechanism=Mechanism.LOSS_OF_FUNCTION, note=note)


def _joined(stated: GeneDisease, own: GeneDisease) -> GeneDisease:
    days = [day for day in (stated.known_since, own.known_since) if day]
    lost = Mechanism.LOSS_OF_FUNCTION in (stated.mechanism, own.mechanism)
    return replace(
        stated,
        mechanism=Mechanism.LOSS_OF_FUNCTION if lost else Mechanism.NOT_ESTABLISHED,
        known_since=min(days, default=None),
        pmid=stated.pmid or own.pmid,
        constructed=own.constructed,
        note="; ".join(filter(None, (stated.note, own.note))),
    )


def _key(link: GeneDisease) -> LinkKey:
    return link.hgnc, link.disease, link.inheritance
