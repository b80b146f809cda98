"""Two releases of HPO compared: by disease, by term, by gene, and as a whole.

`hpo.match`, by disease
    The match of a patient with a disease depends on the disease's terms, on which terms lie under
    them, and on whether they count as specific (`phenotype.content.RELATED_IC`): each is a kind.
`hpo.term`, by id of a term, former ids too
    What an id means. A patient whose own term is here has to be matched again with every disease.
`hpo.rank`, under the one key ``*``
    Every annotation moves the information content or the background frequency of a term, and with
    it every score, by a little. No criterion reads a score: this one row says that the order of
    hypotheses may move.
`hpo.gene`, by NCBI's number of a gene.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from varinterp.model.canonical import digest
from varinterp.model.change import ChangeKind
from varinterp.model.reads import WHOLE
from varinterp.phenotype.annotations import Disease
from varinterp.sources.hpo_genes import pairs_by_gene
from varinterp.sources.hpo_weights import Hpo, read_hpo
from varinterp.sources.link_changes import Change, changes_table
from varinterp.sources.row_changes import changed_rows
from varinterp.sources.rules import Rules

MATCH, TERM, RANK, GENE = "hpo.match", "hpo.term", "hpo.rank", "hpo.gene"
SHOWN = 3
Row = Mapping[str, Any]


def changed_hpo(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    """Compare two releases as `CHANGES_SCHEMA`; no rule has a say in it."""
    before, after = read_hpo(old), read_hpo(new)
    terms = changed_rows(_terms(before), _terms(after), _term_text, _term_kinds)
    genes = changed_rows(pairs_by_gene(old), pairs_by_gene(new), _gene_text, _no_kinds)
    whole = changed_rows({WHOLE: _whole(before)}, {WHOLE: _whole(after)}, _whole_text, _no_kinds)
    tables = [
        changes_table(GENE, genes),
        changes_table(MATCH, _disease_changes(before, after)),
        changes_table(RANK, whole),
        changes_table(TERM, terms),
    ]
    return pl.concat(tables)


def look_up_hpo(folder: Path, key: str) -> Row | None:
    """Return what a release says of a term, a disease, ``NCBIGene:…``, or of all (``*``)."""
    if key.startswith("NCBIGene:"):
        return pairs_by_gene(folder).get(key)
    hpo = read_hpo(folder)
    if key == WHOLE:
        return _whole(hpo)
    if key.startswith("HP:"):
        return _terms(hpo).get(key)
    found = hpo.diseases.get(key)
    return _disease_row(found) if found else None


def _terms(hpo: Hpo) -> dict[str, Row]:
    """What each id means: a term's own and its former ones."""
    rows: dict[str, Row] = {}
    for term in hpo.ontology:
        for id_ in term.alt_ids:
            rows.setdefault(id_, _meaning(hpo, id_))
    for term in hpo.ontology:
        rows[term.id] = {
            "name": term.name,
            "parents": sorted(term.parents),
            "obsolete": term.obsolete,
            **_meaning(hpo, term.id),
        }
    return rows


def _meaning(hpo: Hpo, id_: str) -> dict[str, Any]:
    resolution = hpo.ontology.resolve(id_)
    term = resolution.term
    return {
        "means": term.id if term else resolution.status.value,
        "candidates": list(resolution.candidates),
        "phenotype": hpo.ontology.is_phenotype(term.id) if term else False,
        "weight": list(hpo.weight(term.id)[:2]) if term else [],
    }


def _term_kinds(before: Row, after: Row) -> Iterator[ChangeKind]:
    if after.get("obsolete") and not before.get("obsolete"):
        yield ChangeKind.TERM_OBSOLETE
    elif before.get("parents") != after.get("parents"):
        yield ChangeKind.TERM_MOVED
    if before.get("name") != after.get("name"):
        yield ChangeKind.TERM_RENAMED
    if before["weight"] and after["weight"] and before["weight"] != after["weight"]:
        yield ChangeKind.TERM_WEIGHT_CROSSED


def _term_text(row: Row) -> str:
    means = row["means"] if not row["candidates"] else " or ".join(row["candidates"])
    parents = f", under {', '.join(row['parents'])}" if row.get("parents") else ""
    return f"{row.get('name', 'a former id')} = {means}{parents}"


def _disease_changes(before: Hpo, after: Hpo) -> Iterator[Change]:
    yield from _annotation_changes(before, after)
    left, came = _under(before, after), _under(after, before)
    crossed = _crossed(before, after)
    for disease in sorted(before.diseases.keys() & after.diseases.keys()):
        terms = before.diseases[disease].terms | after.diseases[disease].terms
        if not terms.isdisjoint(left) or not terms.isdisjoint(came):
            texts = (_placed(before, terms, left), _placed(after, terms, came))
            yield Change(disease, ChangeKind.TERM_MOVED, *texts)
        if terms & crossed or _weighs(before, disease) != _weighs(after, disease):
            text = (_named(before, terms & crossed), _named(after, terms & crossed))
            yield Change(disease, ChangeKind.TERM_WEIGHT_CROSSED, *text)


def _under(one: Hpo, other: Hpo) -> dict[str, list[str]]:
    """The ids that lie under a term in one release and not in the other.

    Only ids that mean a term in both: what became of the rest is a change of the id itself.
    """
    found: dict[str, list[str]] = {}
    for id_ in sorted(one.ids() & other.ids()):
        here, there = one.above(id_), other.above(id_)
        for term in here - there if here and there else ():
            found.setdefault(term, []).append(id_)
    return found


def _placed(hpo: Hpo, terms: frozenset[str], under: Mapping[str, list[str]]) -> str | None:
    """Say which ids lie under which of a disease's terms."""
    places = [(id_, term) for term in sorted(terms) for id_ in under.get(term, ())]
    shown = [f"{_name(hpo, id_)} under {_name(hpo, term)}" for id_, term in places[:SHOWN]]
    return _short(shown, len(places))


def _crossed(before: Hpo, after: Hpo) -> frozenset[str]:
    described = (disease.terms for hpo in (before, after) for disease in hpo.diseases.values())
    terms = frozenset().union(*described)
    return frozenset(term for term in terms if before.weight(term) != after.weight(term))


def _weighs(hpo: Hpo, disease: str) -> bool:
    return any(hpo.content.of(term) > 0 for term in hpo.diseases[disease].terms)


def _annotation_changes(before: Hpo, after: Hpo) -> Iterator[Change]:
    old, new = before.diseases, after.diseases
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if was is None or now is None:
            kind = ChangeKind.ADDED if now else ChangeKind.REMOVED
            yield Change(key, kind, _disease_text(was), _disease_text(now))
        elif _disease_row(was) != _disease_row(now):
            yield from _of_disease(key, was, now, before, after)


def _of_disease(key: str, was: Disease, now: Disease, before: Hpo, after: Hpo) -> Iterator[Change]:
    added, removed = now.terms - was.terms, was.terms - now.terms
    if added:
        yield Change(key, ChangeKind.ANNOTATION_ADDED, None, _named(after, added))
    if removed:
        yield Change(key, ChangeKind.ANNOTATION_REMOVED, _named(before, removed), None)
    shared = sorted(now.terms & was.terms)
    shifted = [term for term in shared if was.frequency.get(term) != now.frequency.get(term)]
    if shifted:
        texts = (_frequencies(was, shifted), _frequencies(now, shifted))
        yield Change(key, ChangeKind.ANNOTATION_FREQUENCY_MOVED, *texts)
    if not (added or removed or shifted) or _beside(was) != _beside(now):
        yield Change(key, ChangeKind.RESTATED, _disease_text(was), _disease_text(now))


def _beside(disease: Disease) -> tuple[Any, ...]:
    return disease.name, disease.excluded, disease.inheritance, disease.course, disease.sexes


def _disease_row(disease: Disease) -> dict[str, Any]:
    return {
        "name": disease.name,
        "terms": sorted(disease.terms),
        "frequency": dict(sorted(disease.frequency.items())),
        "excluded": sorted(disease.excluded),
        "inheritance": sorted(disease.inheritance),
        "course": dict(sorted(disease.course.items())),
        "sexes": {term: sex.value for term, sex in sorted(disease.sexes.items())},
    }


def _disease_text(disease: Disease | None) -> str | None:
    if disease is None:
        return None
    modes = "".join(f", {term}" for term in sorted(disease.inheritance))
    return f"{disease.name}: {len(disease.terms)} terms, {len(disease.excluded)} excluded{modes}"


def _named(hpo: Hpo, terms: Iterable[str]) -> str | None:
    ids = sorted(terms)
    return _short([_name(hpo, id_) for id_ in ids[:SHOWN]], len(ids))


def _name(hpo: Hpo, id_: str) -> str:
    term = hpo.ontology.resolve(id_).term
    return f"{id_} {term.name}" if term else id_


def _frequencies(disease: Disease, terms: list[str]) -> str | None:
    return _short([f"{term} {_frequency(disease, term)}" for term in terms[:SHOWN]], len(terms))


def _frequency(disease: Disease, term: str) -> str:
    share = disease.frequency.get(term)
    return "not stated" if share is None else f"{share:.1%}"


def _short(shown: list[str], all_: int) -> str | None:
    more = [f"and {all_ - SHOWN} more"] if all_ > SHOWN else []
    return "; ".join(shown + more) or None


def _whole(hpo: Hpo) -> Row:
    values = sorted((term, round(value, 9)) for term, value in hpo.content.values.items())
    return {
        "diseases": hpo.content.diseases,
        "information_content": digest(tuple(values)),
        "annotations": digest({key: _disease_row(each) for key, each in hpo.diseases.items()}),
    }


def _whole_text(row: Row) -> str:
    return f"{row['diseases']} diseases; the order of any case's hypotheses may move"


def _gene_text(row: Row) -> str:
    return f"{row['gene']}: {_short(row['diseases'][:SHOWN], len(row['diseases']))}"


def _no_kinds(before: Row, after: Row) -> Iterator[ChangeKind]:
    return iter(())
