"""The gene's other transcripts that clinicians report on: what a null allele of one does to them.

Abou Tayoun 2018 (PMID 30192042) asks whether the exon is present in the biologically relevant
transcripts, and counts no lost start where another functional transcript starts elsewhere. Relevant
are here those that MANE holds of the gene, Select and Plus Clinical (Morales 2022, PMID 35388217).
An exon that is not in all of them is one of uncertain significance (DiStefano 2018, PMC6204605,
table 2): which transcript the disease needs is left to a person. A gene specification that names
its transcript has answered that.
"""

from varinterp.acmg.exon_run import SPLICE_TERMS, long_enough
from varinterp.acmg.question import Question
from varinterp.model.evidence import Verdict, not_assessed, not_met
from varinterp.model.facts import CONSEQUENCE, GENE_TRANSCRIPTS, on_transcript
from varinterp.model.transcript import Consequence, Span, Term, Transcript
from varinterp.model.variant import Allele

_NULL = SPLICE_TERMS | {Term.STOP_GAINED, Term.FRAMESHIFT, Term.TRANSCRIPT_ABLATION}


def spared(ask: Question, consequence: Consequence, transcript: Transcript) -> Verdict | None:
    """Return that another relevant transcript keeps what is lost of this one; None where not."""
    if Term.START_LOST in consequence.terms:
        return None  # what another start would change is asked by `starts_elsewhere`
    for other in _others(ask, transcript.id):
        if not _hit(ask.allele, consequence, transcript, other):
            return not_assessed("loss_of_function.transcript_spared", transcript=other.id)
    return None


def null_elsewhere(ask: Question, consequence: Consequence) -> Verdict | None:
    """Return that the allele is a null one of another relevant transcript; None where not."""
    for other in _others(ask, consequence.transcript):
        found = ask.read(CONSEQUENCE, on_transcript(ask.allele, other.id))
        if found is not None and not _NULL.isdisjoint(found.terms):
            return not_assessed(
                "loss_of_function.null_elsewhere",
                transcript=other.id,
                consequence=found.worst,
                here=consequence.worst,
            )
    return None


def starts_elsewhere(ask: Question, transcript: Transcript) -> Verdict | None:
    """Return that another relevant transcript starts at another codon; None where not."""
    for other in _others(ask, transcript.id):
        if _start(other) != _start(transcript):
            return not_met("loss_of_function.start_elsewhere", transcript=other.id)
    return None


def _others(ask: Question, name: str) -> tuple[Transcript, ...]:
    if ask.own_words("transcripts"):
        return ()
    known = ask.read(GENE_TRANSCRIPTS, ask.gene)
    return () if known is None else tuple(each for each in known.transcripts if each.id != name)


def _start(transcript: Transcript) -> int:
    return transcript.cds.start if transcript.strand > 0 else transcript.cds.end


def _hit(allele: Allele, consequence: Consequence, own: Transcript, other: Transcript) -> bool:
    """Whether the allele costs another transcript what it costs this one, by their structures."""
    changed = Span(allele.changed[0], allele.changed[-1])
    if not long_enough(allele) and not SPLICE_TERMS.isdisjoint(consequence.terms):
        return any(_touch(changed, site) for site in _splice_sites(other))
    if not any(_touch(changed, part) for _, part in other.coding_exons()):
        return False
    if Term.STOP_GAINED not in consequence.terms or Term.FRAMESHIFT in consequence.terms:
        return True
    frames = [_frame(transcript, changed.start) for transcript in (own, other)]
    return None in frames or frames[0] == frames[1]


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _splice_sites(transcript: Transcript) -> tuple[Span, ...]:
    """Return the two bases of each splice site beside an exon that holds coding ones."""
    exons = sorted(transcript.exons, key=lambda exon: exon.start)
    coding = [_touch(exon, transcript.cds) for exon in exons]
    before = [
        Span(e.start - 2, e.start - 1) for e, codes in zip(exons, coding, strict=True) if codes
    ]
    after = [Span(e.end + 1, e.end + 2) for e, codes in zip(exons, coding, strict=True) if codes]
    return tuple(
        site
        for site in (*before, *after)
        if exons[0].end < site.start and site.end < exons[-1].start
    )


def _frame(transcript: Transcript, position: int) -> int | None:
    """Return which base of its codon a base is, 0 to 2; None for one that is not coding."""
    passed = 0
    for _, part in transcript.coding_exons():
        if position in part:
            inside = position - part.start if transcript.strand > 0 else part.end - position
            return (passed + inside) % 3
        passed += len(part)
    return None
