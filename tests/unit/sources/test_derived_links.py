"""Links from curators' statements: whose class holds, since when, and what stays visible."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from varinterp.model.gene_disease import GeneDisease, Inheritance, Mechanism, Validity
from varinterp.sources.curations import Curation
from varinterp.sources.derived_links import Derived, derive_links, known_since, with_own
from varinterp.sources.disease_naming import DiseaseNaming
from varinterp.sources.mondo import Mappings

MONDO, OMIM, ORPHA = "MONDO:0018820", "OMIM:616878", "ORPHA:480864"
RECESSIVE, DOMINANT = Inheritance.AUTOSOMAL_RECESSIVE, Inheritance.AUTOSOMAL_DOMINANT
NAMING = DiseaseNaming(
    Mappings(
        exact={
            MONDO: (OMIM, ORPHA),
            "MONDO:0000001": ("OMIM:1", "OMIM:2", "ORPHA:9"),
            "MONDO:0000002": ("OMIM:3", "ORPHA:8"),
        },
        mondo={
            OMIM: (MONDO,),
            ORPHA: (MONDO,),
            "OMIM:1": ("MONDO:0000001",),
            "OMIM:2": ("MONDO:0000001",),
            "OMIM:3": ("MONDO:0000002",),
            "ORPHA:8": ("MONDO:0000002",),
            "ORPHA:9": ("MONDO:0000001",),
        },
        names={MONDO: "TANGO2 deficiency"},
    ),
    described=frozenset({OMIM, "ORPHA:8"}),
)
BASE = Curation(
    source="gencc",
    hgnc="HGNC:25439",
    gene="TANGO2",
    disease=MONDO,
    disease_name="TANGO2 deficiency disorder",
    inheritance=RECESSIVE,
    stated_inheritance="Autosomal recessive",
    validity=Validity.STRONG,
    stated_validity="Strong",
    mechanism=Mechanism.NOT_ESTABLISHED,
    stated_mechanism="",
    curator="Ambry Genetics",
    dated=date(2018, 3, 30),
    pmid="26805781",
    record="SGC-1",
)
CLINGEN = replace(
    BASE,
    source="clingen_validity",
    curator="ClinGen",
    validity=Validity.DEFINITIVE,
    dated=date(2021, 5, 4),
)


def derived(
    *rows: Curation,
    dosage: Mapping[str, Mapping[str, Any]] | None = None,
    previous: Mapping[tuple[str, str, Inheritance], str] | None = None,
) -> Derived:
    return derive_links(rows, NAMING, dosage or {}, previous or {})


def only(*rows: Curation, **more: Any) -> GeneDisease:
    (link,) = derived(*rows, **more).links
    return link


def test_one_link_stands_for_everybody_s_statements() -> None:
    gencc_copy = replace(CLINGEN, source="gencc", dated=date(2020, 1, 1))
    assert only(BASE, CLINGEN, gencc_copy) == GeneDisease(
        hgnc="HGNC:25439",
        gene="TANGO2",
        disease=OMIM,
        disease_name="TANGO2 deficiency",
        inheritance=RECESSIVE,
        mechanism=Mechanism.NOT_ESTABLISHED,
        known_since="2018-03-30",
        pmid="26805781",
        validity=Validity.DEFINITIVE,
        sources=("definitive: ClinGen", "strong: Ambry Genetics"),
    )


def test_the_order_of_statements_does_not_matter() -> None:
    rows = (BASE, CLINGEN, replace(BASE, curator="Other", validity=Validity.DISPUTED))
    assert derived(*rows) == derived(*reversed(rows))


@pytest.mark.parametrize(
    ("panel", "others", "holds", "conflicting"),
    [
        (None, [Validity.LIMITED, Validity.MODERATE], Validity.MODERATE, False),
        (None, [Validity.LIMITED, Validity.DISPUTED], Validity.LIMITED, True),
        (Validity.REFUTED, [Validity.STRONG], Validity.REFUTED, True),
        (Validity.LIMITED, [Validity.DEFINITIVE], Validity.LIMITED, False),
        (Validity.REFUTED, [Validity.DISPUTED], Validity.REFUTED, False),
        (None, [Validity.SUPPORTIVE, Validity.NOT_STATED], Validity.SUPPORTIVE, False),
    ],
)
def test_clingen_s_panel_decides_and_conflict_stays_visible(
    panel: Validity | None, others: list[Validity], holds: Validity, conflicting: bool
) -> None:
    rows = [replace(BASE, curator=str(n), validity=each) for n, each in enumerate(others)]
    if panel is not None:
        rows.append(replace(CLINGEN, validity=panel))

    link = only(*rows)

    assert (link.validity, link.conflicting) == (holds, conflicting)
    assert {text.split(":")[0] for text in link.sources} == {*others, *([panel] if panel else [])}


def test_a_newer_panel_s_class_holds_over_an_older_one_s() -> None:
    older = replace(CLINGEN, validity=Validity.LIMITED, dated=date(2019, 1, 1))
    assert only(older, CLINGEN).validity is Validity.DEFINITIVE
    assert only(replace(CLINGEN, validity=Validity.DISPUTED), older).validity is Validity.DISPUTED


def test_a_link_is_known_since_the_first_dated_statement_that_asserts_it() -> None:
    doubt = replace(BASE, curator="Doubt", validity=Validity.DISPUTED, dated=date(2001, 1, 1))
    undated = replace(BASE, curator="Undated", dated=None)
    assert only(BASE, CLINGEN, doubt, undated).known_since == "2018-03-30"
    assert only(undated).known_since is None
    assert only(doubt).known_since is None


def test_a_re_curation_never_makes_a_link_young() -> None:
    first = derived(CLINGEN)
    again = replace(CLINGEN, dated=date(2026, 1, 1))

    assert only(again, previous=known_since(first.links)).known_since == "2021-05-04"
    assert only(replace(again, dated=date(2020, 1, 1))).known_since == "2020-01-01"


def test_a_statement_without_a_mode_is_about_every_stated_mode() -> None:
    refuted = replace(CLINGEN, inheritance=None, validity=Validity.REFUTED)
    dominant = replace(BASE, inheritance=DOMINANT)

    found = derived(BASE, dominant, refuted)

    assert [(link.inheritance, link.validity) for link in found.links] == [
        (DOMINANT, Validity.REFUTED),
        (RECESSIVE, Validity.REFUTED),
    ]
    assert all(link.conflicting for link in found.links)


def test_a_class_of_the_very_mode_comes_before_one_of_no_mode() -> None:
    unsure = replace(CLINGEN, inheritance=None, validity=Validity.LIMITED)
    assert only(CLINGEN, unsure).validity is Validity.DEFINITIVE


def test_what_makes_no_link_is_counted() -> None:
    found = derived(
        replace(BASE, inheritance=None),
        replace(BASE, inheritance=None, curator="Other"),
        replace(BASE, disease=None),
    )
    assert found == Derived((), {"no_mode_of_ours": 2, "disease_without_id": 1})


@pytest.mark.parametrize(
    ("stated", "named"),
    [
        (MONDO, OMIM),
        (ORPHA, OMIM),
        (OMIM, OMIM),
        ("MONDO:0000001", "ORPHA:9"),  # two ids of OMIM: neither is guessed
        ("OMIM:1", "OMIM:1"),
        ("MONDO:0000002", "ORPHA:8"),  # HPO describes this one
        ("OMIM:3", "ORPHA:8"),
        ("MONDO:0000404", "MONDO:0000404"),
        ("OMIM:404", "OMIM:404"),
    ],
)
def test_a_disease_has_one_id_and_none_is_guessed(stated: str, named: str) -> None:
    assert only(replace(BASE, disease=stated)).disease == named


def score(disease: str | None, number: int = 3) -> dict[str, Mapping[str, Any]]:
    return {
        "HGNC:25439": {
            "haploinsufficiency": number,
            "haploinsufficiency_disease": disease,
            "dated": date(2024, 1, 2),
        }
    }


def test_haploinsufficiency_is_of_the_disease_that_clingen_names() -> None:
    dominant = replace(BASE, inheritance=DOMINANT)
    other = replace(dominant, disease="MONDO:0000002")
    links = derived(dominant, other, dosage=score(MONDO)).links

    assert {link.disease: link.mechanism for link in links} == {
        OMIM: Mechanism.LOSS_OF_FUNCTION,
        "ORPHA:8": Mechanism.NOT_ESTABLISHED,
    }
    assert links[0].note == "loss of function: ClinGen haploinsufficiency 3 (2024-01-02)"


def test_haploinsufficiency_without_a_disease_is_of_the_only_dominant_one() -> None:
    dominant = replace(BASE, inheritance=DOMINANT)
    refuted = replace(dominant, disease="MONDO:0000002", validity=Validity.REFUTED)
    other = replace(refuted, validity=Validity.LIMITED)

    def of_disease(*rows: Curation) -> Mechanism:
        links = derived(*rows, dosage=score(None)).links
        return next(link.mechanism for link in links if link.disease == OMIM)

    assert of_disease(dominant) is Mechanism.LOSS_OF_FUNCTION
    assert of_disease(dominant, refuted) is Mechanism.LOSS_OF_FUNCTION
    assert of_disease(dominant, other) is Mechanism.NOT_ESTABLISHED


@pytest.mark.parametrize(("number", "mode"), [(3, RECESSIVE), (2, DOMINANT), (30, DOMINANT)])
def test_another_score_or_mode_establishes_no_mechanism(number: int, mode: Inheritance) -> None:
    link = only(replace(BASE, inheritance=mode), dosage=score(MONDO, number))
    assert link.mechanism is Mechanism.NOT_ESTABLISHED


def test_a_stated_mechanism_is_of_its_disease_and_mode_and_named() -> None:
    g2p = replace(BASE, curator="G2P", disease=OMIM, mechanism=Mechanism.LOSS_OF_FUNCTION)
    dominant = replace(BASE, inheritance=DOMINANT)
    links = {link.inheritance: link for link in derived(BASE, g2p, dominant).links}

    assert links[RECESSIVE].mechanism is Mechanism.LOSS_OF_FUNCTION
    assert links[RECESSIVE].note == "loss of function: G2P"
    assert links[DOMINANT].mechanism is Mechanism.NOT_ESTABLISHED


def test_a_laboratory_s_own_link_adds_what_it_knows() -> None:
    stated = only(BASE)
    own = replace(
        stated,
        known_since="2016-01-31",
        mechanism=Mechanism.LOSS_OF_FUNCTION,
        validity=Validity.NOT_STATED,
        sources=(),
        note="two papers",
    )
    alone = replace(own, disease="PMID:1")

    joined, added = with_own([stated], [own, alone])

    assert added == alone
    assert joined == replace(
        stated,
        known_since="2016-01-31",
        mechanism=Mechanism.LOSS_OF_FUNCTION,
        note="two papers",
    )
