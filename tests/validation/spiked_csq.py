"""`CSQ` of alleles on MANE's models where nobody has the sequence: what can be said without it.

Sites of splicing, untranslated parts, introns, frame shifts, the codons that start and stop follow
from the model alone. What a coding substitution does to the protein is

* for a published allele, what its name in HGVS says, where it has one of the protein;
* for any other, a guess from the place in the codon: *synonymous* for a transition at its third
  base, else *missense* (right for about nine of ten; no stop is ever guessed).
"""

import gzip
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from shared_genome import shared

from varinterp.model.transcript import Term

FIELDS = (
    "Allele", "Consequence", "SYMBOL", "HGNC_ID", "Feature_type", "Feature", "BIOTYPE", "EXON",
    "INTRON", "HGVSc", "HGVSp", "CDS_position", "Protein_position", "Amino_acids", "MANE_SELECT",
    "MANE_PLUS_CLINICAL", "ALLELE_NUM",
)  # fmt: skip
HEADER = (
    '##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequences on MANE models without '
    f'sequence. Format: {"|".join(FIELDS)}">'
)
_TRANSITIONS = ("AG", "GA", "CT", "TC")
_LETTERS = {
    "Ala": "A", "Arg": "R", "Asn": "N", "Asp": "D", "Cys": "C", "Gln": "Q", "Glu": "E", "Gly": "G",
    "His": "H", "Ile": "I", "Leu": "L", "Lys": "K", "Met": "M", "Phe": "F", "Pro": "P", "Ser": "S",
    "Thr": "T", "Trp": "W", "Tyr": "Y", "Val": "V", "Ter": "*", "Sec": "U",
}  # fmt: skip
_SUBSTITUTION = re.compile(r"p\.\(?([A-Z][a-z]{2})(\d+)([A-Z][a-z]{2})\)?")
_PLAIN = str.maketrans("", "", "()")
_ESCAPES = str.maketrans({"=": "%3D", ";": "%3B", ",": "%2C"})
Span = tuple[int, int]


@dataclass(frozen=True)
class Model:
    """A MANE transcript; spans are 1-based on the genome, in genome order."""

    gene: str
    hgnc: str
    id: str
    refseq: str
    plus_clinical: bool
    contig: str
    strand: int
    exons: tuple[Span, ...]
    coding: tuple[Span, ...]

    @cached_property
    def length(self) -> int:
        """Coding bases."""
        return sum(last - first + 1 for first, last in self.coding)

    def cds_position(self, position: int) -> int | None:
        """Return the 1-based place in the coding sequence of a base, None outside it."""
        before = 0
        for first, last in self.coding:
            if first <= position <= last:
                at = before + position - first + 1
                return at if self.strand > 0 else self.length + 1 - at
            before += last - first + 1
        return None


@dataclass(frozen=True)
class Change:
    """An allele without its shared first bases: what is replaced, or where bases come in between.

    An insertion has `last` < `first`.
    """

    first: int
    last: int
    ref: str
    alt: str

    @classmethod
    def of(cls, position: int, ref: str, alt: str) -> "Change":
        shared_bases = 0
        while ref[shared_bases:] and ref[shared_bases] == alt[shared_bases : shared_bases + 1]:
            shared_bases += 1
        rest = ref[shared_bases:]
        first = position + shared_bases
        return cls(first, first + len(rest) - 1, rest, alt[shared_bases:])


class Models:
    """MANE's transcripts by place."""

    def __init__(self) -> None:
        self._of: dict[str, list[Model]] = {}
        for model in _read():
            self._of.setdefault(model.contig, []).append(model)
        self._ends: dict[str, list[int]] = {}
        for contig, models in self._of.items():
            models.sort(key=lambda model: model.exons[-1][1])
            self._ends[contig] = [model.exons[-1][1] for model in models]

    @property
    def genes(self) -> frozenset[str]:
        """The HGNC ids of all genes."""
        return frozenset(model.hgnc for models in self._of.values() for model in models)

    def near(self, contig: str, first: int, last: int) -> Iterator[Model]:
        """Yield the transcripts that a stretch lies in."""
        models = self._of.get(contig, [])
        for model in models[bisect_left(self._ends.get(contig, []), first) :]:
            if model.exons[0][0] <= last:
                yield model


def entries(
    models: Models, contig: str, position: int, ref: str, alts: Iterable[str],
    names: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """Return the `CSQ` of a record; `names` are those of a published allele in HGVS."""
    found = []
    for number, alt in enumerate(alts, start=1):
        change = Change.of(position, ref, alt)
        said = [_entry(model, change, names or {}) for model in
                models.near(contig, change.first, max(change.last, change.first))]  # fmt: skip
        blank = dict.fromkeys(FIELDS, "") | {"Consequence": "intergenic_variant"}
        for cells in said or [blank]:
            cells |= {"ALLELE_NUM": str(number), "Allele": vep_allele(ref, alt)}
            found.append("|".join(cells[field] for field in FIELDS))
    return "CSQ=" + ",".join(found)


def vep_allele(ref: str, alt: str) -> str:
    """Return an allele as VEP writes it, of a record with one ALT."""
    if len(ref) != len(alt) and ref[0] == alt[0]:
        return alt[1:] or "-"
    return alt


def _entry(model: Model, change: Change, names: Mapping[str, str]) -> dict[str, str]:
    terms, exon, intron = _place(model, change)
    own = names.get("hgvs.c", "").partition(":")
    ours = own[0].partition(".")[0] == model.refseq.partition(".")[0]
    cds = model.cds_position(change.first) or model.cds_position(change.last)
    protein = names.get("hgvs.p", "").partition(":")[2] if ours else ""
    if cds is not None:
        effect = _effect(model, change, cds, protein)
        terms = tuple(sorted({*terms, effect}, key=lambda term: term.rank))
    substituted = _SUBSTITUTION.fullmatch(protein)
    codon = "" if cds is None else str((cds + 2) // 3)
    amino_acids = ""
    if substituted and substituted[3] in _LETTERS:
        codon = substituted[2]
        amino_acids = f"{_LETTERS[substituted[1]]}/{_LETTERS[substituted[3]]}"
    return dict.fromkeys(FIELDS, "") | {
        "Consequence": "&".join(term.value for term in terms),
        "SYMBOL": model.gene, "HGNC_ID": model.hgnc, "Feature_type": "Transcript",
        "Feature": model.id, "BIOTYPE": "protein_coding", "EXON": exon, "INTRON": intron,
        "HGVSc": _escaped(f"{model.id}:{own[2]}") if ours and own[2] else "",
        "HGVSp": _escaped(f"{model.id}:{protein.translate(_PLAIN)}") if protein else "",
        "CDS_position": "" if cds is None else str(cds), "Protein_position": codon,
        "Amino_acids": amino_acids,
        "MANE_PLUS_CLINICAL" if model.plus_clinical else "MANE_SELECT": model.refseq,
    }  # fmt: skip


def _escaped(name: str) -> str:
    return name.translate(_ESCAPES)


def _place(model: Model, change: Change) -> tuple[tuple[Term, ...], str, str]:
    """Return what follows from the place, with the numbers of exon and intron."""
    first, last = min(change.first, change.last), max(change.first, change.last)
    terms: set[Term] = set()
    count = len(model.exons)
    exon = intron = ""
    for at, (start, end) in enumerate(model.exons):
        number = at + 1 if model.strand > 0 else count - at
        if first <= end and start <= last:
            exon = f"{number}/{count}"
            terms |= _untranslated(model, change)
        terms |= _splicing(model, at, first, last)
    inside = any(start <= first and last <= end for start, end in model.exons)
    if not inside:
        before = sum(end < first for _, end in model.exons)
        if 0 < before < count:
            intron = f"{before if model.strand > 0 else count - before}/{count - 1}"
            terms.add(Term.INTRON)
    return tuple(sorted(terms, key=lambda term: term.rank)), exon, intron


def _untranslated(model: Model, change: Change) -> set[Term]:
    low, high = model.coding[0][0], model.coding[-1][1]
    if change.last < low and change.first <= low:
        return {Term.UTR_5 if model.strand > 0 else Term.UTR_3}
    if change.first > high:
        return {Term.UTR_3 if model.strand > 0 else Term.UTR_5}
    return set()


def _splicing(model: Model, at: int, first: int, last: int) -> set[Term]:
    """Return the terms of splicing at both ends of an exon that is not the gene's own end."""
    start, end = model.exons[at]
    found = set()
    donor, acceptor = Term.SPLICE_DONOR, Term.SPLICE_ACCEPTOR
    left, right = (acceptor, donor) if model.strand > 0 else (donor, acceptor)
    if at > 0:
        if first <= start - 1 and start - 2 <= last:
            found.add(left)
        elif first <= start + 2 and start - 8 <= last:
            found.add(Term.SPLICE_REGION)
    if at < len(model.exons) - 1:
        if first <= end + 2 and end + 1 <= last:
            found.add(right)
        elif first <= end + 8 and end - 2 <= last:
            found.add(Term.SPLICE_REGION)
    return found


def _effect(model: Model, change: Change, cds: int, protein: str) -> Term:
    if protein:
        return _named(protein, change)
    difference = len(change.alt) - len(change.ref)
    if difference % 3:
        return Term.FRAMESHIFT
    if difference:
        return Term.INFRAME_INSERTION if difference > 0 else Term.INFRAME_DELETION
    if cds <= 3:
        return Term.START_LOST
    if cds > model.length - 3:
        return Term.STOP_LOST
    if cds % 3 == 0 and change.ref + change.alt in _TRANSITIONS:
        return Term.SYNONYMOUS
    return Term.MISSENSE


def _named(protein: str, change: Change) -> Term:
    """Return what the name of a protein says, worst first."""
    if re.search(r"Met1(\?|[A-Z])", protein):
        return Term.START_LOST
    if "fs" in protein:
        return Term.FRAMESHIFT
    if "ext" in protein or re.match(r"p\.\(?Ter\d+", protein):
        return Term.STOP_LOST
    if "Ter" in protein or "*" in protein:
        return Term.STOP_GAINED
    if "=" in protein:
        return Term.SYNONYMOUS
    if _SUBSTITUTION.fullmatch(protein):
        return Term.MISSENSE
    if "?" in protein:
        return Term.CODING_SEQUENCE
    longer = len(change.alt) > len(change.ref)
    return Term.INFRAME_INSERTION if longer else Term.INFRAME_DELETION


def _read() -> Iterator[Model]:
    path = shared("genome", "transcripts", "mane_select_v1.5.models.tsv.gz")
    with gzip.open(path, "rt") as text:
        heading = next(text).lstrip("#").rstrip("\n").split("\t")
        for line in text:
            row = dict(zip(heading, line.rstrip("\n").split("\t"), strict=False))
            yield Model(
                gene=row["symbol"], hgnc=row["hgnc_id"], id=row["ensembl_tx"],
                refseq=row["refseq_tx"], plus_clinical="Plus" in row["mane_status"],
                contig=row["chrom"], strand=1 if row["strand"] == "+" else -1,
                exons=_spans(row["exons"]), coding=_spans(row["cds"]),
            )  # fmt: skip


def _spans(text: str) -> tuple[Span, ...]:
    spans = (span.split("-") for span in text.split(","))
    return tuple(sorted((int(first), int(last)) for first, last in spans))
