"""The pure function at the heart: a copy number and the evidence in, an assessment out.

Riggs 2020 (PMID 31690835): each section counts once, and the sum of the sections has a class. In a
section the strongest line for pathogenicity counts, and the strongest against it; in section 4,
which collects cases, lines add up, 4A to 4C together to the most that the table allows. A line that
a curator gave points for has these, up to the table's maximum.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from varinterp.acmg.copy_number import dosage, gain, inheritance, literature, loss, sections
from varinterp.acmg.copy_number.answer import Answer, met
from varinterp.acmg.copy_number.ask import CopyQuestion
from varinterp.acmg.copy_number.phenotype import relation
from varinterp.model.assessment import AcmgClass
from varinterp.model.copy_number import Change, CopyNumber
from varinterp.model.copy_number_assessment import CopyNumberAssessment, Line, SectionScore
from varinterp.model.copy_number_facts import CURATED_LINES
from varinterp.model.reads import Evidence, Reader

Answering = Callable[[CopyQuestion], Answer]

SECTIONS = (1, 2, 3, 4, 5)
NEW_CASES = ("4A", "4B", "4C")
JUDGED = (*NEW_CASES, *(f"4{letter}" for letter in "DEFGHIJKLMN"))
"""Lines that only people answer."""
CURATED = frozenset({*JUDGED, "5B", "5H", "2K"})
"""Lines that a curator's points are taken for."""

_CONTENT: dict[str, Answering] = {"1A": sections.contains_genes, "1B": sections.contains_nothing}
_REST: dict[str, Answering] = {
    "3A": sections.few_genes,
    "3B": sections.many_genes,
    "3C": sections.most_genes,
    **dict.fromkeys(JUDGED, literature.judged),
    "4O": literature.common,
    "5A": inheritance.new,
    "5B": inheritance.inherited_specific,
    "5C": inheritance.inherited,
    "5D": inheritance.segregates,
    "5E": inheritance.does_not_segregate,
    "5F": inheritance.unavailable,
    "5G": inheritance.unavailable_consistent,
    "5H": inheritance.unavailable_specific,
}
LOSS_LINES: Mapping[str, Answering] = MappingProxyType(
    {
        **_CONTENT,
        "2A": dosage.whole,
        "2B": dosage.part_of_region,
        "2C-1": loss.start_coding,
        "2C-2": loss.start_untranslated,
        "2D-1": loss.end_untranslated,
        "2D-2": loss.last_exon_known,
        "2D-3": loss.last_exon_unknown,
        "2D-4": loss.last_exons,
        "2E": loss.inside,
        "2F": loss.in_benign,
        "2G": loss.beyond_benign,
        "2H": loss.predicted,
        **_REST,
    }
)
GAIN_LINES: Mapping[str, Answering] = MappingProxyType(
    {
        **_CONTENT,
        "2A": dosage.whole,
        "2B": dosage.part_of_region,
        "2C": gain.same_as_benign,
        "2D": gain.smaller_than_benign,
        "2E": gain.smaller_interrupting,
        "2F": gain.larger_without_genes,
        "2G": gain.beyond_benign,
        "2H": gain.haploinsufficient_whole,
        "2I": gain.inside,
        "2J": gain.cuts_unlike,
        "2K": gain.cuts_alike,
        "2L": gain.cuts_others,
        **_REST,
    }
)


def assess(copy_number: CopyNumber, evidence: Evidence) -> CopyNumberAssessment:
    """Answer every line of the table of a loss or a gain, and propose a class."""
    table = LOSS_LINES if copy_number.change is Change.LOSS else GAIN_LINES
    lines = tuple(
        _line(code, answering, CopyQuestion(copy_number, Reader(evidence)))
        for code, answering in table.items()
    )
    beside = CopyQuestion(copy_number, Reader(evidence))
    scores = tuple(SectionScore(section, _section(section, lines, beside)) for section in SECTIONS)
    points = round(sum(score.points for score in scores), 2)
    machine = classify(points, beside)
    related = relation(beside)
    reads = {read for line in lines for read in line.reads} | set(beside.read.reads)
    return CopyNumberAssessment(
        copy_number=copy_number,
        genes=beside.genes(),
        relation=related,
        lines=lines,
        sections=scores,
        points=points,
        machine=machine,
        reads=tuple(sorted(reads)),
    )


def classify(points: float, ask: CopyQuestion) -> AcmgClass:
    """Return the class of a sum of points, rounded to hundredths as the tables are."""
    if points >= ask.number("pathogenic"):
        return AcmgClass.PATHOGENIC
    if points >= ask.number("likely_pathogenic"):
        return AcmgClass.LIKELY_PATHOGENIC
    if points <= ask.number("benign"):
        return AcmgClass.BENIGN
    if points <= ask.number("likely_benign"):
        return AcmgClass.LIKELY_BENIGN
    return AcmgClass.UNCERTAIN


def _line(code: str, answering: Answering, ask: CopyQuestion) -> Line:
    answer = (_curated(code, ask) if code in CURATED else None) or answering(ask)
    return Line(
        code=code,
        outcome=answer.outcome,
        points=round(answer.points, 2),
        reason=answer.reason,
        reads=ask.read.reads,
        constructed=ask.read.constructed,
    )


def _curated(code: str, ask: CopyQuestion) -> Answer | None:
    """Return the points that curators gave for a line, up to the table's maximum."""
    found = ask.read(CURATED_LINES, ask.copy_number.place)
    entries = [] if found is None else [entry for entry in found.lines if entry.code == code]
    if not entries:
        return None
    given = sum(entry.points for entry in entries)
    authors = ", ".join(sorted({entry.author for entry in entries}))
    return met(
        _up_to(ask.number(f"max.{code}"), given),
        "copy_number.curated",
        author=authors,
        count=len(entries),
    )


def _section(section: int, lines: Iterable[Line], ask: CopyQuestion) -> float:
    met_lines = {line.code: line.points for line in lines if line.section == section and line.met}
    if section != 4:
        return max([0.0, *met_lines.values()]) + min([0.0, *met_lines.values()])
    new = sum(met_lines.pop(code, 0.0) for code in NEW_CASES)
    return round(_up_to(ask.number("max.4A"), new) + sum(met_lines.values()), 2)


def _up_to(limit: float, points: float) -> float:
    """Bring points no farther from 0 than a signed limit, and on no other side of it."""
    return max(limit, min(points, 0.0)) if limit < 0 else min(limit, max(points, 0.0))
