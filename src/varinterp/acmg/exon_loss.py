"""PVS1 where a messenger loses exons, skips one beside a lost splice site, or holds them twice.

Abou Tayoun 2018 (PMID 30192042): the tree for GT–AG ±1,2 sites, deletions and duplications. Whether
a cryptic site nearby would take the place of a lost one is not looked at.
"""

import re

from varinterp.acmg.decay import residues, residues_of
from varinterp.acmg.exon_run import ExonRun, skipped_exon
from varinterp.acmg.question import Question
from varinterp.acmg.remaining_protein import Loss, judge_loss, needless
from varinterp.acmg.start_loss import judge_start_loss
from varinterp.model.evidence import Scalar, Strength, Verdict, met, not_assessed, not_met
from varinterp.model.facts import EXON_SKIP, ExonSkip, exons_key
from varinterp.model.transcript import Consequence, Span, Transcript

_INTRONIC = re.compile(r":c\.\S*\d[+-]\d")
"""An offset into an intron. VEP takes its terms at the left-aligned place and HGVS names at the 3′
one: an indel at an exon's edge may be called a splice-site allele and named an exonic one."""


def judge_splice_site(ask: Question, consequence: Consequence, transcript: Transcript) -> Verdict:
    """Judge an allele of a canonical splice site by the skipping of the exon beside it."""
    if _INTRONIC.search(consequence.hgvs_c or "") is None:
        return not_assessed("loss_of_function.splice_site_shifts", name=consequence.hgvs_c)
    run = skipped_exon(consequence)
    if run is None:
        return not_assessed("loss_of_function.splice_site_not_located")
    return _without(ask, consequence, transcript, run)


def judge_exons(
    ask: Question, consequence: Consequence, transcript: Transcript, run: ExonRun
) -> Verdict:
    """Judge an allele that removes or repeats whole exons."""
    count = len(transcript.exons)
    if run.cut:
        return not_assessed("loss_of_function.exon_cut", first=run.first, last=run.last)
    if run.repeated:
        return _copied(ask, consequence, transcript, run)
    if (run.first, run.last) == (1, count):
        return met(Strength.VERY_STRONG, "loss_of_function.gene_deleted")
    if run.first == 1 and residues_of(transcript, 1, run.last) is None:
        return not_assessed("loss_of_function.promoter_exon", exon=1, exons=count)
    return _without(ask, consequence, transcript, run)


def _copied(
    ask: Question, consequence: Consequence, transcript: Transcript, run: ExonRun
) -> Verdict:
    """Judge exons that lie twice: presumed in tandem, strong where the frame breaks and decays."""
    facts = _facts(consequence, transcript, run)
    if run.first == 1 or run.last == len(transcript.exons):
        return not_assessed("loss_of_function.copy_not_within", **facts)
    copy = _change(ask, transcript, run)
    if copy is None:
        return not_assessed("loss_of_function.exon_not_assessed", **facts)
    if copy.triggers_decay:
        return met(Strength.STRONG, "loss_of_function.copy_decay", **facts)
    return not_assessed("loss_of_function.copy_without_decay", **facts)


def _without(
    ask: Question, consequence: Consequence, transcript: Transcript, run: ExonRun
) -> Verdict:
    """Judge a messenger without some neighbouring exons."""
    facts = _facts(consequence, transcript, run)
    skip = _change(ask, transcript, run)
    if skip is None:
        return not_assessed("loss_of_function.exon_not_assessed", **facts)
    if skip.holds_start:
        return judge_start_loss(ask, transcript, facts)
    lost = residues_of(transcript, run.first, run.last)
    if skip.coding_bases == 0 or lost is None:
        return not_met("loss_of_function.skips_untranslated", **facts)
    beyond = needless(ask, transcript, lost.start)
    if beyond is not None:
        return beyond
    if skip.triggers_decay and run.last < len(transcript.exons):
        return met(Strength.VERY_STRONG, "loss_of_function.splice_decay", **facts)
    if not skip.in_frame or run.last == len(transcript.exons):
        # A frame that breaks without decay, or an end that is lost: altered to the last residue.
        lost = Span(lost.start, residues(transcript))
    exons = tuple(range(run.first, run.last + 1))
    return judge_loss(ask, transcript, Loss(lost, exons), facts)


def _change(ask: Question, transcript: Transcript, run: ExonRun) -> ExonSkip | None:
    ask.number("loss_of_function.decay_distance")  # what the change was worked out with
    return ask.read(EXON_SKIP, exons_key(transcript.id, run.first, run.last, repeated=run.repeated))


def _facts(consequence: Consequence, transcript: Transcript, run: ExonRun) -> dict[str, Scalar]:
    numbers = str(run.first) if run.first == run.last else f"{run.first}–{run.last}"
    exon: Scalar = run.first if run.first == run.last else numbers
    return {"consequence": consequence.worst, "exon": exon, "exons": len(transcript.exons)}
