"""What is worked out once: for whom it holds, what it read, and when it is worked out again."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from core_builders import MISSENSE, TANGO2, Setting, allele, frequency, missense
from varinterp.acmg.question import Question
from varinterp.model.assessment import NO_KNOWN_DISEASE, AssessmentKey
from varinterp.model.curation import Curations, Scope
from varinterp.model.facts import COMPARATORS, FREQUENCY, GENE_LINKS, PEDIGREE, PEDIGREE_KEY
from varinterp.model.gene_disease import Inheritance
from varinterp.model.reads import Evidence, Reader
from varinterp.model.transcript import Joint, JointPhase

SETTING = Setting(consequence=missense(), frequency=frequency(3))
KEY = SETTING.key
OTHER_ALLELE = replace(KEY, allele=allele("22-20061600-G-A"))
OTHER_DISEASE = replace(KEY, disease="OMIM:1")
OTHER_MODE = replace(KEY, inheritance=Inheritance.X_LINKED)
NO_DISEASE = replace(KEY, disease=NO_KNOWN_DISEASE, inheritance=None)
OTHER_GENE = replace(KEY, gene="HGNC:1")
OTHER_CASE = replace(KEY, case="another")
OTHER_RULES = replace(KEY, rules="GN999")


def ask(key: AssessmentKey, evidence: Evidence, transcript: str | None = TANGO2.id) -> Question:
    return Question(key, transcript, Reader(evidence))


def times(
    look: Callable[[Question], object], *asked: tuple[AssessmentKey, str | None]
) -> list[int]:
    """Put the same question for several hypotheses; return how often it was worked out so far."""
    worked = 0

    def read(question: Question) -> int:
        nonlocal worked
        look(question)
        worked += 1
        return worked

    evidence = SETTING.evidence
    return [ask(key, evidence, transcript).shared("it", read) for key, transcript in asked]


ALLELE_PARTS: tuple[Callable[[Question], object], ...] = (
    lambda question: question.allele,
    lambda question: question.consequence(),
    lambda question: question.joint(),
    lambda question: question.curations(),
)
LINK_PARTS: tuple[Callable[[Question], object], ...] = (
    lambda question: question.gene,
    lambda question: question.disease_id,
    lambda question: question.inheritance,
    lambda question: question.disease(),
    lambda question: question.holds(Scope()),
)


@pytest.mark.parametrize("key", [OTHER_ALLELE, OTHER_DISEASE, NO_DISEASE])
def test_what_looks_at_nothing_is_worked_out_again_for_each_link_alone(key: AssessmentKey) -> None:
    same = key is OTHER_ALLELE
    found = times(lambda _: None, (KEY, TANGO2.id), (key, TANGO2.id), (KEY, None))
    assert found == [1, 1 if same else 2, 1]


@pytest.mark.parametrize("look", ALLELE_PARTS)
def test_what_looks_at_the_allele_holds_for_all_diseases_of_it(
    look: Callable[[Question], object],
) -> None:
    for key in (OTHER_DISEASE, OTHER_MODE, NO_DISEASE, OTHER_GENE):
        assert times(look, (KEY, TANGO2.id), (key, TANGO2.id)) == [1, 1]
    for key in (OTHER_ALLELE, OTHER_CASE, OTHER_RULES):
        assert times(look, (KEY, TANGO2.id), (key, TANGO2.id)) == [1, 2]
    assert times(look, (KEY, TANGO2.id), (KEY, "ENST00000000001.1")) == [1, 2]


@pytest.mark.parametrize("look", LINK_PARTS)
def test_what_looks_at_the_disease_holds_for_all_alleles_of_the_gene(
    look: Callable[[Question], object],
) -> None:
    assert times(look, (KEY, TANGO2.id), (OTHER_ALLELE, "ENST00000000001.1")) == [1, 1]
    for key in (OTHER_DISEASE, OTHER_MODE, NO_DISEASE, OTHER_GENE, OTHER_CASE, OTHER_RULES):
        assert times(look, (KEY, TANGO2.id), (key, TANGO2.id)) == [1, 2]


@pytest.mark.parametrize(
    "look",
    [
        lambda question: question.key,
        lambda question: (question.allele, question.inheritance),
        lambda question: (question.gene, question.consequence()),
        lambda question: question.about(OTHER_ALLELE),
    ],
)
def test_what_looks_at_both_holds_for_no_other_hypothesis(
    look: Callable[[Question], object],
) -> None:
    for key in (KEY, OTHER_ALLELE, OTHER_DISEASE):
        assert times(look, (KEY, TANGO2.id), (key, TANGO2.id)) == [1, 2]


def test_within_a_question_nothing_is_worked_out_twice() -> None:
    question, made = ask(KEY, SETTING.evidence), []
    for _ in range(2):
        question.shared("it", lambda asked: made.append(asked.key))
    assert len(made) == 1


def test_what_a_part_of_it_looked_at_the_whole_looked_at() -> None:
    def inner(question: Question) -> object:
        return question.shared("inner", lambda asked: asked.allele)

    evidence = SETTING.evidence
    found = [ask(key, evidence).shared("outer", inner) for key in (KEY, OTHER_ALLELE)]
    assert found == [KEY.allele, OTHER_ALLELE.allele]
    # And where the inner part is known already.
    third = replace(KEY, allele=allele("22-20061601-G-A"))
    question = ask(third, evidence)
    question.shared("inner", lambda asked: asked.allele)
    assert question.shared("outer", inner) == third.allele


def test_what_was_read_is_recorded_for_everybody_who_shares_it() -> None:
    evidence = SETTING.evidence
    first, second = ask(KEY, evidence), ask(OTHER_DISEASE, evidence)
    for question in (first, second):
        question.shared("it", lambda asked: asked.read(FREQUENCY, str(asked.allele)))
    assert first.read.reads == second.read.reads
    assert [read.key for read in first.read.reads] == [MISSENSE]
    assert not first.read.constructed


def test_whether_it_was_constructed_is_told_to_everybody_who_shares_it() -> None:
    made_up = replace(SETTING, frequency=replace(frequency(3), constructed=True)).evidence
    for key in (KEY, OTHER_DISEASE):
        question = ask(key, made_up)
        question.shared("it", lambda asked: asked.read(FREQUENCY, str(asked.allele)))
        assert question.read.constructed


def test_what_the_question_reads_itself_is_no_part_of_what_is_shared() -> None:
    evidence = SETTING.evidence
    question = ask(KEY, evidence)
    question.read(PEDIGREE, PEDIGREE_KEY)
    question.shared("it", lambda asked: asked.disease())
    other = ask(OTHER_ALLELE, evidence)
    other.shared("it", lambda asked: asked.disease())
    assert {read.source for read in question.read.reads} == {PEDIGREE.source, GENE_LINKS.source}
    assert {read.source for read in other.read.reads} == {GENE_LINKS.source}


def test_new_facts_are_asked_again_and_only_by_whoever_read_them() -> None:
    worked: list[str] = []

    def rare(question: Question) -> object:
        worked.append("frequency")
        return question.read(FREQUENCY, str(question.allele))

    def consulted(question: Question) -> bool:
        worked.append("comparators")
        return question.read.provides(COMPARATORS)

    def linked(question: Question) -> object:
        worked.append("link")
        return question.disease()

    def put(evidence: Evidence) -> None:
        question = ask(KEY, evidence)
        for name, read in (("rare", rare), ("consulted", consulted), ("linked", linked)):
            question.shared(name, read)

    old = Setting(consequence=missense(), consulted=frozenset({FREQUENCY.source})).evidence
    put(old)
    worked.clear()
    put(old.with_facts({(FREQUENCY.source, MISSENSE): frequency(5)}))
    assert worked == ["frequency"]
    worked.clear()
    put(old.with_facts({(PEDIGREE.source, PEDIGREE_KEY): None}))
    assert worked == []
    worked.clear()
    put(old.with_facts({(COMPARATORS.source, "T:1"): None}))
    assert worked == ["comparators"]
    put(old)
    assert worked == ["comparators"]


def test_alleles_that_were_asked_long_ago_are_worked_out_again() -> None:
    alleles = [(replace(KEY, allele=allele(f"22-{at}-G-A")), None) for at in range(1, 6)]
    found = times(lambda question: question.allele, *alleles[:4], alleles[0])
    assert found == [1, 2, 3, 4, 1]
    found = times(lambda question: question.allele, *alleles, alleles[0])
    assert found == [1, 2, 3, 4, 5, 6]


def test_another_allele_of_the_gene_is_asked_with_the_same_reader() -> None:
    question = ask(KEY, SETTING.evidence)
    about = question.about(OTHER_ALLELE)
    about.read(FREQUENCY, str(about.allele))

    assert [read.key for read in question.read.reads] == [str(OTHER_ALLELE.allele)]
    assert about.key == OTHER_ALLELE
    assert about.consequence() is None
    assert question.consequence() == SETTING.consequence


def test_outside_genes_there_is_no_consequence_to_read() -> None:
    joint = Joint(JointPhase.CIS, ("22-1-A-C",))
    setting = replace(SETTING, joint=joint, curated=Curations())
    outside, inside = (ask(KEY, setting.evidence, at) for at in (None, TANGO2.id))

    assert (outside.consequence(), outside.joint()) == (None, None)
    assert outside.read.reads == ()
    assert (inside.consequence(), inside.joint()) == (SETTING.consequence, joint)
    assert inside.curations() == (Curations(),)
