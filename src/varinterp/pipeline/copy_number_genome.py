"""One transcript a gene, and which of them a stretch of the genome touches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from varinterp.acmg.copy_number.touch import touch
from varinterp.model.chromosome import Chromosome
from varinterp.model.copy_number_facts import GeneHit
from varinterp.model.transcript import Mane, Span, Transcript


@dataclass(frozen=True, slots=True)
class Genome:
    """One transcript a gene, MANE Select where there is one, by chromosome."""

    transcripts: Mapping[Chromosome, tuple[Transcript, ...]]

    @classmethod
    def of(cls, transcripts: Iterable[Transcript]) -> "Genome":
        """Choose each gene's transcript."""
        chosen: dict[str, Transcript] = {}
        for transcript in sorted(transcripts, key=lambda each: each.id):
            known = chosen.get(transcript.hgnc)
            if known is None or (transcript.mane is Mane.SELECT) > (known.mane is Mane.SELECT):
                chosen[transcript.hgnc] = transcript
        found: dict[Chromosome, list[Transcript]] = {}
        for transcript in sorted(chosen.values(), key=_place):
            found.setdefault(transcript.chromosome, []).append(transcript)
        return cls({chromosome: tuple(every) for chromosome, every in found.items()})

    def touched(self, chromosome: Chromosome, stretch: Span) -> tuple[GeneHit, ...]:
        """Return how a stretch touches genes, in genome order."""
        hits = (touch(each, stretch) for each in self.transcripts.get(chromosome, ()))
        return tuple(hit for hit in hits if hit is not None)

    def transcript(self, chromosome: Chromosome, hit: GeneHit) -> Transcript:
        """Return the transcript of a hit."""
        return next(each for each in self.transcripts[chromosome] if each.id == hit.transcript)


def _place(transcript: Transcript) -> tuple[int, int, str]:
    return (min(exon.start for exon in transcript.exons), transcript.cds.start, transcript.id)
