"""Marks tell a reader what to doubt; they hide nothing and move nothing."""

from dataclasses import replace

from core_builders import TANGO2, WEIGHTS
from ranked import MATCH, NULL, ONE, Place, said
from varinterp.model.clinvar import Significance
from varinterp.priority.weights import Entry, ListUse

NOISE = Entry("Noise", "mucin", "Fuentes Fajardo 2012, PMID 22294350")
OWN = Entry("Our artefacts", "strand bias", "internal note 14")
MARKING = replace(
    WEIGHTS,
    listed={
        (ListUse.NOISE, TANGO2.hgnc): NOISE,
        (ListUse.LABORATORY, ONE): OWN,
    },
)


def test_a_noise_gene_and_an_own_artefact_are_marked_and_nothing_moves() -> None:
    plain, marked = Place((NULL,)).ranked(), Place((NULL,)).ranked(MATCH, MARKING)

    assert [mark.key for mark in marked.marks] == ["mark.noise_gene", "mark.laboratory"]
    assert marked.marks[0]["source"] == NOISE.source
    assert marked.marks[0]["noise_family"] == "mucin"
    assert (marked.marks[1]["why"], marked.marks[1]["what"]) == ("strand bias", ONE)
    assert marked.marks[1]["title"] == "Our artefacts"
    assert plain.marks == ()
    assert replace(marked, marks=()) == plain


def test_an_allele_that_clinvar_calls_benign_stays_and_is_marked() -> None:
    benign = Place((NULL,), external=said(Significance.LIKELY_BENIGN, stars=1)).ranked()
    both = said(Significance.BENIGN, Significance.PATHOGENIC)

    assert [(mark.key, mark["stars"]) for mark in benign.marks] == [("mark.clinvar_benign", 1)]
    assert benign.marks[0]["allele"] == ONE
    assert benign.tier is Place((NULL,)).ranked().tier
    assert Place((NULL,), external=both).ranked().marks == ()


def test_benign_and_likely_benign_together_are_benign() -> None:
    words = said(Significance.BENIGN, Significance.LIKELY_BENIGN)

    assert [mark.key for mark in Place((NULL,), external=words).ranked().marks] == [
        "mark.clinvar_benign"
    ]


def test_each_mark_is_told_once() -> None:
    gene = replace(WEIGHTS, listed={(ListUse.LABORATORY, TANGO2.hgnc): OWN})

    assert len(Place((NULL, NULL)).ranked(MATCH, gene).marks) == 1
