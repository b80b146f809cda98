"""What alleles of one haplotype do together to a coding sequence; nothing here reads a file.

VEP looks at one allele at a time. Two substitutions in one codon, or two shifts of the reading
frame that cancel out, mean another protein together than either means alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from varinterp.annotate.genetic_code import code_table, is_start, reverse_complement, translate
from varinterp.annotate.protein_change import ProteinChange, Reading, change_of, start_lost
from varinterp.model.transcript import Transcript
from varinterp.model.variant import Allele

Base = tuple[int, str]
"""A base with its place in the reference's coding sequence, from 0; `_NEW` when it has none."""
_NEW = -1


@dataclass(frozen=True, slots=True)
class Coding:
    """A transcript with its coding sequence, on its own strand, and what is read after it.

    `cds` holds the stop codon; where the first codon is incomplete, N fills it up. `after` is the
    3′ untranslated sequence, or the tail that completes a mitochondrial stop. `selenocysteines` are
    the codons, from 0, whose UGA is no stop.
    """

    transcript: Transcript
    cds: str
    after: str
    selenocysteines: frozenset[int] = frozenset()

    @property
    def table(self) -> int:
        """NCBI's number of the genetic code."""
        return code_table(self.transcript)


def coding_of(transcript: Transcript, cds: str, utr: str, protein: str) -> Coding:
    """Return a coding sequence (with its stop) and its 3′ untranslated sequence, ready for edits.

    `protein` is its translation, ``U`` where UGA is read as selenocysteine.
    """
    lacking = -len(cds) % 3
    after = "A" * lacking if lacking else utr
    seleno = frozenset(at for at, residue in enumerate(protein) if residue == "U")
    return Coding(transcript, cds, after if transcript.cds_end_known else "", seleno)


@dataclass(frozen=True, slots=True)
class Edit:
    """Bases of a coding sequence, from `start` to before `end` (from 0), that others replace."""

    start: int
    end: int
    bases: str

    @property
    def net(self) -> int:
        """The change of length in bases."""
        return len(self.bases) - (self.end - self.start)

    @property
    def codons(self) -> tuple[int, int]:
        """The first and last codon, from 0, that lose or gain a base."""
        return self.start // 3, max(self.start, self.end - 1) // 3


def edit_of(transcript: Transcript, allele: Allele) -> Edit | None:
    """Return an allele as an edit of the coding sequence; None when it is not one.

    It is none when it changes a base outside the coding parts of the exons, or beside one: what it
    does to splicing or to the untranslated parts is not asked here.
    """
    start, ref, alt = allele.trimmed()
    if ref:
        ends = (_place(transcript, start), _place(transcript, start + len(ref) - 1))
    else:
        ends = (_place(transcript, start - 1), _place(transcript, start))
    if ends[0] is None or ends[1] is None:
        return None
    low, high = min(ends[0], ends[1]), max(ends[0], ends[1])
    if high - low != (len(ref) - 1 if ref else 1):
        return None
    bases = alt if transcript.strand > 0 else reverse_complement(alt)
    return Edit(low, high + 1, bases) if ref else Edit(high, high, bases)


def overlap(one: Edit, other: Edit) -> bool:
    """Whether two edits cannot both be made: they replace a base twice, or insert at one place."""
    first, second = sorted((one, other), key=lambda edit: (edit.start, edit.end))
    return second.start < first.end or (first.start == second.start and first.end == second.end)


def change(coding: Coding, edits: Sequence[Edit]) -> ProteinChange | None:
    """Return what edits, made together, do to the protein; None when it cannot be worked out.

    That is so when edits exclude each other, or a base of a touched codon is not known.
    """
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    if any(overlap(one, other) for one, other in pairwise(ordered)):
        return None
    edited = _edited(coding, ordered)
    before = protein_of_reference(coding)
    first, last = ordered[0].codons[0], ordered[-1].codons[1]
    if "X" in before[first : last + 1]:
        return None
    start = "".join(base for _, base in edited[:3])
    begins = first == 0 and coding.transcript.cds_start_phase is None
    if begins and start != coding.cds[:3] and not is_start(start, coding.table):
        return start_lost("M", translate(start, coding.table) or "-")
    net = sum(edit.net for edit in ordered)
    return change_of(Reading(before, _protein(coding, edited), net, (first, last)))


def protein_of_reference(coding: Coding) -> str:
    """Return the protein before any edit, ending in ``*`` where it meets a stop."""
    return _protein(coding, _edited(coding, ()))


def reach(coding: Coding, edit: Edit) -> tuple[int, int]:
    """Return the first and last codon, from 0, whose reading an edit changes on its own.

    A shift of the frame reaches to the stop that it meets, counted on the reference.
    """
    first, last = edit.codons
    if edit.net % 3 == 0:
        return first, last
    shifted = _protein(coding, _edited(coding, (edit,)))
    return first, max(last, (3 * len(shifted) - edit.net) // 3)


def _place(transcript: Transcript, position: int) -> int | None:
    """Return the place of a genomic base in the coding sequence, from 0; None outside it."""
    read = transcript.cds_start_phase or 0
    for _, span in transcript.coding_exons():
        if position in span:
            into = position - span.start if transcript.strand > 0 else span.end - position
            return read + into
        read += len(span)
    return None


def _edited(coding: Coding, edits: Sequence[Edit]) -> list[Base]:
    """Return the sequence after edits that exclude each other nowhere, in order of place."""
    whole: list[Base] = list(enumerate(coding.cds + coding.after))

    def apply(bases: list[Base], edit: Edit) -> list[Base]:
        new: list[Base] = [(_NEW, base) for base in edit.bases]
        return bases[: edit.start] + new + bases[edit.end :]

    return reduce(apply, reversed(edits), whole)


def _protein(coding: Coding, bases: Sequence[Base]) -> str:
    """Translate to the first stop, the stop included.

    The first codon is Met by initiation, whatever its bases; UGA is selenocysteine where the
    reference reads it so.
    """
    text = "".join(base for _, base in bases)
    residues = list(translate(text, coding.table))
    if residues and coding.transcript.cds_start_phase is None:
        residues[0] = "M"
    for at, residue in enumerate(residues):
        if residue == "*":
            if _reads_selenocysteine(coding, [place for place, _ in bases[3 * at : 3 * at + 3]]):
                residues[at] = "U"
            else:
                return "".join(residues[: at + 1])
    return "".join(residues)


def _reads_selenocysteine(coding: Coding, places: Sequence[int]) -> bool:
    codon, at = divmod(places[0], 3)
    return at == 0 and codon in coding.selenocysteines and list(places) == [
        3 * codon, 3 * codon + 1, 3 * codon + 2,
    ]  # fmt: skip
