"""HPO terms: current ones pass, one successor replaces, anything else is asked back."""

from pathlib import Path

import pytest

from varinterp.errors import InputError, Severity
from varinterp.phenotype.ontology import Ontology, Term
from varinterp.sources.hpo_terms import check_terms, file_terms, inline_terms, spelling_faults

ONTOLOGY = Ontology(
    [
        Term("HP:0000001", "All"),
        Term("HP:0000005", "Mode of inheritance", ("HP:0000001",)),
        Term("HP:0000118", "Phenotypic abnormality", ("HP:0000001",)),
        Term("HP:0001250", "Seizure", ("HP:0000118",), alt_ids=("HP:0002125",)),
        Term("HP:0007359", "Focal-onset seizure", ("HP:0001250",)),
        Term("HP:0001251", "Ataxia", ("HP:0000118",)),
        Term("HP:0000091", "old", obsolete=True, replaced_by=("HP:0001251",)),
        Term("HP:0000092", "torn", obsolete=True, consider=("HP:0001250", "HP:0001251")),
        Term("HP:0000093", "gone", obsolete=True),
    ],
    "test",
)


def test_current_terms_and_excluded_ones() -> None:
    checked = check_terms(inline_terms("HP:0007359; !HP:0001251", "s", 2, "hpo"), ONTOLOGY)
    assert checked.phenotype.observed == ("HP:0007359",)
    assert checked.phenotype.excluded == ("HP:0001251",)
    assert checked.warnings == ()


@pytest.mark.parametrize("old", ["HP:0002125", "HP:0000091"])
def test_an_id_with_one_successor_is_replaced_and_warned_of(old: str) -> None:
    checked = check_terms(inline_terms(old, "s", 2, "hpo"), ONTOLOGY)
    assert checked.phenotype.observed in (("HP:0001250",), ("HP:0001251",))
    assert [(fault.rule, fault.severity) for fault in checked.warnings] == [
        ("hpo.replaced", Severity.WARN)
    ]


def test_a_choice_is_given_back_to_the_user() -> None:
    with pytest.raises(InputError) as caught:
        check_terms(inline_terms("HP:0001250;HP:0000092", "s", 2, "hpo"), ONTOLOGY)
    (fault,) = caught.value.faults
    assert (fault.rule, fault.line, fault.column) == ("hpo.ambiguous", 2, "hpo, term 2")
    assert fault.expected == "one of HP:0001250, HP:0001251"
    assert "HP:0000092" not in str(fault)


@pytest.mark.parametrize(
    ("text", "rule", "advice"),
    [
        ("HP_0001250", "hpo.spelling", "type HP:0001250"),
        ("0001250", "hpo.spelling", "type HP:0001250"),
        ("HPO:1250", "hpo.spelling", "type HP:0001250"),
        ("hp:0001250", "hpo.spelling", "type HP:0001250"),
        ("seizure", "hpo.spelling", "type HP:0001250"),
        ("HP:0001250, HP:0001251", "hpo.spelling", "separate terms by ;"),
        ("something else", "hpo.spelling", "look the label up"),
        ("HP:0000093", "hpo.retired", "choose another"),
        ("HP:9999999", "hpo.unknown", "check the digits"),
    ],
)
def test_other_words_are_refused_with_what_to_type(text: str, rule: str, advice: str) -> None:
    with pytest.raises(InputError) as caught:
        check_terms(inline_terms(text, "s", 2, "hpo"), ONTOLOGY)
    (fault,) = caught.value.faults
    assert fault.rule == rule
    assert fault.advice.startswith(advice)


def test_a_term_of_inheritance_is_left_out_and_warned_of() -> None:
    checked = check_terms(inline_terms("HP:0000005", "s", 2, "hpo"), ONTOLOGY)
    assert checked.phenotype.observed == ()
    assert [fault.rule for fault in checked.warnings] == ["hpo.not_a_phenotype"]


@pytest.mark.parametrize("cell", ["HP:0001250;!HP:0001250", "HP:0007359;!HP:0001250"])
def test_having_a_term_and_excluding_it_or_what_it_implies_is_refused(cell: str) -> None:
    with pytest.raises(InputError) as caught:
        check_terms(inline_terms(cell, "s", 2, "hpo"), ONTOLOGY)
    assert [fault.rule for fault in caught.value.faults] == ["hpo.contradiction"]


def test_excluding_a_kind_of_a_term_that_is_present_is_no_contradiction() -> None:
    checked = check_terms(inline_terms("HP:0001250;!HP:0007359", "s", 2, "hpo"), ONTOLOGY)
    assert checked.phenotype.excluded == ("HP:0007359",)


def test_a_list_has_one_term_a_line_with_labels_and_comments(tmp_path: Path) -> None:
    path = tmp_path / "terms.txt"
    path.write_bytes(b"# seen in clinic\r\nHP:0001250\tSeizure\r\n\r\n!HP:0001251 # not seen\r\n")
    terms = file_terms(path)
    assert [(term.text, term.excluded, term.line) for term in terms] == [
        ("HP:0001250", False, 2),
        ("HP:0001251", True, 4),
    ]
    assert spelling_faults(terms) == []
