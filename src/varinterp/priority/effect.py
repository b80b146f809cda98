"""What an allele's predicted effect alone says, where the criterion that would speak cannot.

PVS1 asks that somebody states loss of function as the way to the disease, PM4 and BP3 where the
repeats are, BP4 and BP7 for a prediction of splicing. Where that is not there they are *not
assessed*, and a frame shift stands beside a common substitution with the same points: none. In the
ranking, and nowhere else, such an allele counts some points for what it is predicted to do, fewer
than the criterion could give. A criterion that was judged, either way, has spoken: nothing is added
to it. What a criterion leaves open for a reason of the allele (neighbours in its reading frame, a
transcript that it spares, studies that disagree) is left open here too.
"""

from collections.abc import Mapping
from enum import StrEnum

from varinterp.model.assessment import Assessment
from varinterp.model.case import Candidate
from varinterp.model.evidence import Criterion, Outcome
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import Zygosity
from varinterp.model.transcript import Term


class Effect(StrEnum):
    """A predicted effect that no criterion spoke of.

    *No other copy* and *other copy left* are null alleles in a disease of which nobody states that
    it comes of lost function; *end unknown* those where it is stated, and what is left of the
    protein cannot be told. *Silent* alleles leave protein and sites of splicing as they are.
    """

    NO_OTHER_COPY = "null_no_other_copy"
    OTHER_COPY_LEFT = "null_other_copy_left"
    END_UNKNOWN = "null_end_unknown"
    START_LOST = "start_lost"
    IN_FRAME = "in_frame"
    SILENT = "silent"


_NULL = frozenset({
    Term.TRANSCRIPT_ABLATION, Term.SPLICE_ACCEPTOR, Term.SPLICE_DONOR, Term.STOP_GAINED,
    Term.FRAMESHIFT,
})  # fmt: skip
_IN_FRAME = frozenset({Term.INFRAME_INSERTION, Term.INFRAME_DELETION})
_MECHANISM = frozenset({
    "loss_of_function.mechanism_not_established", "loss_of_function.validity", "no_known_disease",
})  # fmt: skip
"""PVS1 was not asked, since too little is known of gene and disease."""
_END = frozenset({
    "loss_of_function.stop_not_located", "loss_of_function.splice_site_not_located",
    "loss_of_function.exon_not_assessed", "loss_of_function.exon_not_counted",
    "loss_of_function.exon_not_covered", "loss_of_function.no_transcript",
    "loss_of_function.incomplete_transcript",
})  # fmt: skip
"""PVS1 was asked, and what is left of the protein, or who lives without it, is unknown."""
_START = _MECHANISM | {
    "loss_of_function.next_start_unknown", "loss_of_function.no_next_start",
    "loss_of_function.no_clinvar",
}  # fmt: skip
_REPEATS = frozenset({"length.no_repeat_annotation"})
_SPLICING = frozenset({"prediction.no_score", "prediction.no_limit"})
HEARD = _MECHANISM | _END | _START | _REPEATS | _SPLICING
"""Reasons of criteria that an effect is counted for."""


def effect(
    assessed: Assessment, candidate: Candidate, proband: str, *, paired: bool
) -> Effect | None:
    """Return the effect that no criterion spoke of; None where one did, or none is predicted.

    `paired` says that the hypothesis has a second hit, which may take the other copy.
    """
    open_: dict[Criterion, str] = {
        each.criterion: each.verdict.reason.key
        for each in assessed.findings
        if each.verdict.outcome is Outcome.NOT_ASSESSED
    }
    terms = candidate.consequence.terms
    if not _NULL.isdisjoint(terms):
        another = not paired and _another_copy(assessed, candidate, proband)
        return _null(open_.get(Criterion.PVS1), another)
    if Term.START_LOST in terms:
        return Effect.START_LOST if open_.get(Criterion.PVS1) in _START else None
    if not _IN_FRAME.isdisjoint(terms):
        both = _left(open_, _REPEATS, Criterion.PM4, Criterion.BP3)
        return Effect.IN_FRAME if both else None
    if candidate.consequence.worst is Term.SYNONYMOUS:
        both = _left(open_, _SPLICING, Criterion.BP4, Criterion.BP7)
        return Effect.SILENT if both else None
    return None


def _left(open_: Mapping[Criterion, str], by: frozenset[str], *criteria: Criterion) -> bool:
    return all(open_.get(each) in by for each in criteria)


def _null(why: str | None, another: bool) -> Effect | None:
    if why in _END:
        return Effect.END_UNKNOWN
    if why not in _MECHANISM:
        return None
    return Effect.OTHER_COPY_LEFT if another else Effect.NO_OTHER_COPY


def _another_copy(assessed: Assessment, candidate: Candidate, proband: str) -> bool:
    """Whether a copy of the gene is left without the allele; one hit is enough for some modes."""
    mode = assessed.key.inheritance
    if mode in (Inheritance.AUTOSOMAL_DOMINANT, Inheritance.MITOCHONDRIAL):
        return True
    return candidate.genotypes.of(proband).zygosity is Zygosity.HETEROZYGOUS
