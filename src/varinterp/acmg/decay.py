"""Where a premature stop lies, and whether the messenger is expected to decay because of it.

The rule of the last 50 bases before the last junction: Abou Tayoun 2018 (PMID 30192042). A gene of
one exon has no junction and no decay.
"""

import re

from varinterp.model.transcript import Consequence, Span, Term, Transcript

_SHIFTED = re.compile(r"p\.[A-Z][a-z]{2}(\d+)(?:Ter|[A-Z][a-z]{2}fsTer(\d+))$")


def stop_codon(consequence: Consequence) -> int | None:
    """Return the 1-based codon of the premature stop, or None when it cannot be told.

    A frameshift's stop is ``fsTerN`` in HGVS: N codons from the first changed one, itself counted;
    when that one is the stop, the name is that of a nonsense allele.
    """
    if Term.FRAMESHIFT not in consequence.terms:
        return consequence.protein_position
    found = _SHIFTED.search(consequence.hgvs_p or "")
    return None if found is None else int(found[1]) + int(found[2] or 1) - 1


def first_changed(consequence: Consequence) -> int | None:
    """Return the first residue that is not as it was: the stop's own, or where the frame shifts."""
    if Term.FRAMESHIFT not in consequence.terms:
        return consequence.protein_position
    found = _SHIFTED.search(consequence.hgvs_p or "")
    return None if found is None else int(found[1])


def stop_base(consequence: Consequence, codon: int, inserted: int) -> int:
    """Return the stop's first base in the CDS of the reference, where junctions are counted.

    `inserted` counts the bases that the allele adds, negative for those that it removes.
    """
    base = 3 * (codon - 1) + 1
    if Term.FRAMESHIFT not in consequence.terms:
        return base
    return max(base - inserted, 3 * ((consequence.protein_position or 1) - 1) + 1)


def triggers_decay(transcript: Transcript, base: int, distance: int) -> bool:
    """Tell whether a stop at a base of the CDS is expected to trigger decay of the transcript.

    It is, unless it lies in the last exon or in the last `distance` bases of the one before. The
    base is the stop's first, 1-based.
    """
    if len(transcript.exons) == 1:
        return False
    stop = _bases_before_start(transcript) + base
    last_junction = sum(len(exon) for exon in transcript.exons[:-1])
    return stop <= last_junction - distance


def residues(transcript: Transcript) -> int:
    """Return how many residues the protein has; the stop codon is none."""
    return transcript.cds_length // 3 - 1


def residues_of(transcript: Transcript, first: int, last: int) -> Span | None:
    """Return the residues that neighbouring exons encode, wholly or in part; None without any."""
    before = within = 0
    for number, part in transcript.coding_exons():
        if number < first:
            before += len(part)
        elif number <= last:
            within += len(part)
    start = before // 3 + 1
    end = min(-(-(before + within) // 3), residues(transcript))
    return Span(start, end) if within and start <= end else None


def exon_of_residue(transcript: Transcript, residue: int) -> int:
    """Return the exon that holds the first base of a residue's codon, its 1-based number."""
    base, passed = 3 * (residue - 1) + 1, 0
    for number, part in transcript.coding_exons():
        passed += len(part)
        if base <= passed:
            return number
    return len(transcript.exons)


def _bases_before_start(transcript: Transcript) -> int:
    first_exon, _ = transcript.coding_exons()[0]
    exon = transcript.exons[first_exon - 1]
    offset = (
        transcript.cds.start - exon.start
        if transcript.strand > 0
        else exon.end - transcript.cds.end
    )
    return sum(len(before) for before in transcript.exons[: first_exon - 1]) + offset
