"""Random pairs of HPO releases: no match of any patient moves without its disease or term named."""

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from core_builders import ROOT
from varinterp.model.facts import PhenotypeFit
from varinterp.model.phenotype import Phenotype
from varinterp.phenotype.corpus import Corpus
from varinterp.phenotype.ontology import PHENOTYPIC_ABNORMALITY as ROOT_TERM
from varinterp.pipeline.phenotype import DiseaseTerms
from varinterp.sources.hpo import (
    ANNOTATIONS,
    ANNOTATIONS_SCHEMA,
    RELEASE_KEY,
    TERMS,
    TERMS_SCHEMA,
    read_annotations,
    read_ontology,
)
from varinterp.sources.hpo_changes import changed_hpo, look_up_hpo
from varinterp.sources.parquet import write_table
from varinterp.sources.rules import read_rules

RULES = read_rules(ROOT / "resources/rules/core-v1.yaml")
IDS = tuple(f"HP:{number:07}" for number in range(201, 209))
FORMER = ("HP:0000301", "HP:0000302")
DISEASES = tuple(f"OMIM:{number}" for number in range(1, 6))


@dataclass(frozen=True)
class Written:
    """A small release: parents of each term, obsolete terms, former ids, terms of each disease."""

    parents: dict[str, tuple[str, ...]]
    obsolete: frozenset[str]
    former: dict[str, str]
    names: dict[str, str]
    annotated: dict[str, frozenset[tuple[str, float | None]]]


@st.composite
def releases(draw: st.DrawFn) -> Written:
    obsolete = draw(st.frozensets(st.sampled_from(IDS[2:]), max_size=2))
    parents: dict[str, tuple[str, ...]] = {ROOT_TERM: (), "HP:0000005": ()}
    for id_ in IDS:
        if id_ not in obsolete:
            above = st.sets(st.sampled_from(sorted(parents)), min_size=1, max_size=2)
            parents[id_] = tuple(sorted(draw(above)))
    current = sorted(parents.keys() - {"HP:0000005"})
    phenotypes = [id_ for id_ in current if under_root(id_, parents)]
    stated = st.tuples(st.sampled_from(phenotypes), st.sampled_from((None, 0.5, 1.0)))
    return Written(
        parents,
        obsolete,
        {id_: draw(st.sampled_from(current)) for id_ in draw(st.sets(st.sampled_from(FORMER)))},
        {id_: draw(st.sampled_from(("a name", "another name"))) for id_ in (*parents, *obsolete)},
        {
            disease: draw(st.frozensets(stated, min_size=1, max_size=4))
            for disease in draw(st.sets(st.sampled_from(DISEASES), min_size=1))
        },
    )


@st.composite
def small_steps(draw: st.DrawFn) -> tuple[Written, Written]:
    """A release, and one that differs in a term's place, a disease, or both."""
    old = draw(releases())
    parents, annotated = dict(old.parents), dict(old.annotated)
    order = [ROOT_TERM, "HP:0000005", *(id_ for id_ in IDS if id_ in parents)]
    for id_ in draw(st.sets(st.sampled_from(order[2:]), max_size=1)):
        above = st.sets(st.sampled_from(order[: order.index(id_)]), min_size=1, max_size=2)
        parents[id_] = tuple(sorted(draw(above)))
    for disease in draw(st.sets(st.sampled_from(DISEASES), max_size=2)):
        annotated[disease] = frozenset({(draw(st.sampled_from(order[2:] or [ROOT_TERM])), None)})
    sound = {
        disease: frozenset(each for each in stated if under_root(each[0], parents))
        for disease, stated in annotated.items()
    }
    kept = {disease: stated for disease, stated in sound.items() if stated}
    return old, replace(old, parents=parents, annotated=kept)


def under_root(id_: str, parents: dict[str, tuple[str, ...]]) -> bool:
    return id_ == ROOT_TERM or any(under_root(parent, parents) for parent in parents[id_])


def write(release: Written, folder: Path) -> None:
    terms = [
        {
            "id": id_,
            "name": release.names[id_],
            "parents": release.parents.get(id_, ()),
            "alt_ids": [former for former, now in release.former.items() if now == id_],
            "obsolete": id_ in release.obsolete,
            "replaced_by": [],
            "consider": [],
        }
        for id_ in sorted({*release.parents, *release.obsolete})
    ]
    empty = {"name": "a disease", "frequency": "", "reference": "", "evidence": "IEA"}
    blank = {"onset": "", "sex": "", "modifier": "", "curated": "2020-01-01"}
    rows = [
        {"disease": disease, "aspect": "P", "term": term, "excluded": False, "fraction": fraction}
        | empty
        | blank
        for disease, stated in sorted(release.annotated.items())
        for term, fraction in sorted(stated, key=str)
    ]
    for name, schema, table in (
        (TERMS, TERMS_SCHEMA, terms),
        (ANNOTATIONS, ANNOTATIONS_SCHEMA, rows),
    ):
        dated = schema.with_metadata({RELEASE_KEY: b"2020-01-01"})
        write_table(pa.Table.from_pylist(table, dated), folder / name)


def fits(folder: Path, patient: Phenotype) -> dict[str, PhenotypeFit | None]:
    annotations = read_annotations(folder)
    corpus = Corpus.build(read_ontology(folder), annotations)
    matcher = DiseaseTerms(corpus, annotations.diseases, frozenset()).matcher(patient)
    return {disease: matcher.fit(disease) for disease in DISEASES}


@settings(max_examples=40, deadline=None)
@given(small_steps(), st.sets(st.sampled_from((*IDS, *FORMER)), min_size=1, max_size=3))
def test_every_fit_that_moves_is_named_by_its_disease_or_by_a_term_of_the_patient(
    step: tuple[Written, Written], observed: set[str]
) -> None:
    old, new = step
    with TemporaryDirectory() as root:
        before, after = Path(root, "old"), Path(root, "new")
        write(old, before)
        write(new, after)
        found = changed_hpo(before, after, RULES)
        patient = Phenotype.of(observed)
        was, now = fits(before, patient), fits(after, patient)

    named = set(found.filter(source="hpo.match")["key"])
    whole_case = observed & set(found.filter(source="hpo.term")["key"])
    moved = {disease for disease in DISEASES if was[disease] != now[disease]}
    assert whole_case or moved <= named


@settings(max_examples=12, deadline=None)
@given(releases(), releases())
def test_terms_and_diseases_that_answer_otherwise_are_named(old: Written, new: Written) -> None:
    with TemporaryDirectory() as root:
        before, after = Path(root, "old"), Path(root, "new")
        write(old, before)
        write(new, after)
        found = changed_hpo(before, after, RULES)
        answers = {
            key: look_up_hpo(before, key) != look_up_hpo(after, key)
            for key in (*IDS, *FORMER, *DISEASES, "*")
        }

    terms = set(found.filter(source="hpo.term")["key"])
    diseases = set(found.filter(source="hpo.match")["key"])
    assert terms & {*IDS, *FORMER} == {key for key in (*IDS, *FORMER) if answers[key]}
    assert {key for key in DISEASES if answers[key]} <= diseases
    assert found.filter(source="hpo.rank").is_empty() != answers["*"]


def test_a_term_whose_parent_moves_under_a_disease_s_term_names_the_disease(
    tmp_path: Path,
) -> None:
    here, there, parent, own = IDS[:4]
    parents = {ROOT_TERM: (), here: (ROOT_TERM,), there: (ROOT_TERM,), own: (parent,)}
    others = {disease: frozenset({(here, None)}) for disease in DISEASES[1:2]}
    others |= {disease: frozenset({(ROOT_TERM, None)}) for disease in DISEASES[2:]}
    old = Written(
        parents | {parent: (here,)},
        frozenset(),
        {},
        dict.fromkeys((*parents, parent), "a name"),
        {DISEASES[0]: frozenset({(there, None)}), **others},
    )
    write(old, tmp_path / "old")
    write(replace(old, parents=parents | {parent: (there,)}), tmp_path / "new")
    found = changed_hpo(tmp_path / "old", tmp_path / "new", RULES)
    patient = Phenotype.of([own])
    was, now = (fits(tmp_path / name, patient)[DISEASES[0]] for name in ("old", "new"))

    assert (was, now) == (PhenotypeFit(1, 0), PhenotypeFit(1, 1))
    assert own not in set(found.filter(source="hpo.term")["key"])
    assert found.filter(source="hpo.match", key=DISEASES[0])["kind"].to_list() == ["term_moved"]
