"""How often the population loses the exons of null candidates: an optional, derived release."""

from collections.abc import Iterable
from dataclasses import replace

from varinterp.acmg.loss_of_function import NULL_TERMS
from varinterp.model.case import Candidate
from varinterp.model.facts import EXON_ALLELES
from varinterp.model.reads import Facts
from varinterp.model.transcript import Term
from varinterp.refs.lock import Releases
from varinterp.sources.gnomad_exons import read_exons

_NULL = NULL_TERMS | {Term.CODING_SEQUENCE, Term.START_LOST}


def exon_allele_facts(
    candidates: Iterable[Candidate], releases: Releases
) -> tuple[Facts, frozenset[str]]:
    """Return the exons of null candidates' transcripts, and the source if it was consulted."""
    release = releases.get("gnomad_exons")
    if release is None:
        return {}, frozenset()
    wanted = {
        each.consequence.transcript
        for each in candidates
        if not _NULL.isdisjoint(each.consequence.terms)
    }
    found = read_exons(release.folder, wanted) if wanted else {}
    made_up = release.manifest.constructed
    facts = {
        (EXON_ALLELES.source, key): replace(each, constructed=each.constructed or made_up)
        for key, each in found.items()
    }
    return facts, frozenset({EXON_ALLELES.source})
