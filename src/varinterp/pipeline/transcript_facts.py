"""What a case's candidates ask about transcripts: their structure, lost exons and lost starts."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pysam

from varinterp.acmg.exon_run import ExonRun, changed_exons
from varinterp.acmg.exon_skip import Coding, next_start, repeat_exons, skip_exon
from varinterp.annotate.genetic_code import reverse_complement
from varinterp.model.case import Candidate
from varinterp.model.facts import (
    EXON_SKIP,
    GENE_TRANSCRIPTS,
    NEXT_START,
    TRANSCRIPT,
    ExonSkip,
    GeneTranscripts,
    exons_key,
)
from varinterp.model.reads import Facts
from varinterp.model.transcript import Term, Transcript
from varinterp.sources.rules import Rules


def transcript_facts(
    candidates: Iterable[Candidate],
    transcripts: Mapping[str, Transcript],
    rules: Rules,
    reference: Path,
) -> Facts:
    """Return the candidates' transcripts, and what their alleles do to exons and starts."""
    facts: Facts = {}
    distance = int(rules.number("loss_of_function.decay_distance"))
    with pysam.FastaFile(str(reference)) as fasta:
        for candidate in candidates:
            transcript = transcripts.get(candidate.consequence.transcript)
            if transcript is None:
                continue
            facts[(TRANSCRIPT.source, transcript.id)] = transcript
            run = changed_exons(transcript, candidate.allele, candidate.consequence)
            starts = Term.START_LOST in candidate.consequence.terms
            if run is None and not starts:
                continue
            coding = tuple(coding_bases(transcript, fasta))
            if run is not None and run.last <= len(transcript.exons):
                change = _change(transcript, coding, run, distance)
                key = exons_key(transcript.id, run.first, run.last, repeated=run.repeated)
                facts[(EXON_SKIP.source, key)] = change
                starts = starts or change.holds_start
            if starts:
                facts[(NEXT_START.source, transcript.id)] = next_start(coding)
    return facts


def gene_transcript_facts(
    candidates: Iterable[Candidate], transcripts: Mapping[str, Transcript]
) -> Facts:
    """Return the transcripts that MANE holds of the candidates' genes, where it holds several."""
    found: dict[str, list[Transcript]] = {each.consequence.hgnc: [] for each in candidates}
    for transcript in transcripts.values():
        if transcript.mane is not None and transcript.hgnc in found:
            found[transcript.hgnc].append(transcript)
    return {
        (GENE_TRANSCRIPTS.source, gene): GeneTranscripts(tuple(sorted(some, key=lambda t: t.id)))
        for gene, some in found.items()
        if len(some) > 1
    }


def codons_before_next_start(facts: Facts) -> Iterator[tuple[str, int]]:
    """Yield the codons (transcript, 1-based) that a protein from the next start would lack."""
    for (source, transcript), value in facts.items():
        if source == NEXT_START.source and value.codon is not None:
            yield from ((transcript, codon) for codon in range(2, value.codon))


def coding_bases(transcript: Transcript, fasta: Any) -> Iterator[tuple[int, str]]:
    """Yield (exon number, coding bases) in transcript order, on the transcript's strand."""
    contig = transcript.chromosome.value
    name = contig if contig in fasta.references else f"chr{contig}"
    for number, span in transcript.coding_exons():
        bases = fasta.fetch(name, span.start - 1, span.end).upper()
        yield number, bases if transcript.strand > 0 else reverse_complement(bases)


def _change(transcript: Transcript, coding: Coding, run: ExonRun, distance: int) -> ExonSkip:
    if run.repeated:
        return repeat_exons(transcript, coding, run.first, run.last, distance)
    return skip_exon(transcript, coding, run.first, distance, run.last)
