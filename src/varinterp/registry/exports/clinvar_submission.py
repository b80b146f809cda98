"""Signed classes as a table for ClinVar, in the columns that `clinvar-this` 0.18 reads.

ClinVar keeps one record a submitter, variant and condition: cases that signed the same hypothesis
are one row, under a key that does not depend on them. What is public holds no pseudonym, and no
patient's terms.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from varinterp.errors import Fault, InputError
from varinterp.model.assessment import NO_KNOWN_DISEASE, AcmgClass
from varinterp.model.canonical import digest
from varinterp.model.chromosome import Chromosome
from varinterp.model.evidence import Strength
from varinterp.model.gene_disease import Inheritance
from varinterp.model.variant import BUILD
from varinterp.registry.exports.permission import Export, Withheld, withheld
from varinterp.registry.exports.record import Subject
from varinterp.registry.exports.variant_view import VariantView, variant_views

COLUMNS = (
    "ASSEMBLY", "CHROM", "POS", "REF", "ALT", "CONDITION", "MOI", "CLIN_SIG", "CLIN_EVAL",
    "CLIN_COMMENT", "KEY", "HPO", "PMID", "ACCESSION",
)  # fmt: skip
CLASSES = {
    AcmgClass.BENIGN: "Benign",
    AcmgClass.LIKELY_BENIGN: "Likely benign",
    AcmgClass.UNCERTAIN: "Uncertain significance",
    AcmgClass.LIKELY_PATHOGENIC: "Likely pathogenic",
    AcmgClass.PATHOGENIC: "Pathogenic",
}
MODES = {
    Inheritance.AUTOSOMAL_DOMINANT: "Autosomal dominant inheritance",
    Inheritance.AUTOSOMAL_RECESSIVE: "Autosomal recessive inheritance",
    Inheritance.X_LINKED: "X-linked inheritance",
    Inheritance.MITOCHONDRIAL: "Mitochondrial inheritance",
}
_PATTERNS: Mapping[str, re.Pattern[str]] = {
    "ASSEMBLY": re.compile(BUILD),
    "CHROM": re.compile("|".join(Chromosome)),
    "POS": re.compile(r"[1-9]\d*"),
    "REF": re.compile(r"[ACGT]+"),
    "ALT": re.compile(r"[ACGT]+"),
    "CONDITION": re.compile(r"not provided|OMIM:\d{6}|ORPHA:\d+|MONDO:\d{7}"),
    "MOI": re.compile(f"({'|'.join(MODES.values())})?"),
    "CLIN_SIG": re.compile("|".join(CLASSES.values())),
    "CLIN_EVAL": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "CLIN_COMMENT": re.compile(r"[^\t\r\n]{0,1000}"),
    "KEY": re.compile(r"varinterp-[0-9a-f]{32}"),
    "HPO": re.compile(""),
    "PMID": re.compile(""),
    "ACCESSION": re.compile(r"(SCV\d{9})?"),
}
_STRENGTH = {
    Strength.SUPPORTING: "supporting",
    Strength.MODERATE: "moderate",
    Strength.STRONG: "strong",
    Strength.VERY_STRONG: "very strong",
    Strength.STAND_ALONE: "stand alone",
}


@dataclass(frozen=True, slots=True)
class Submission:
    """The table's text, the cases that are not in it and why, and the keys of its rows."""

    text: str
    withheld: tuple[Withheld, ...]
    keys: tuple[str, ...]


def clinvar_submission(
    subjects: Iterable[Subject], on: date, accessions: Mapping[str, str] | None = None
) -> Submission:
    """Write the signed classes of the cases that consent to research.

    `accessions` gives the SCV of keys that ClinVar already has, so that a change is an update.
    Raises InputError when one hypothesis has two signed classes, or rests on constructed facts.
    """
    left_out: list[Withheld] = []
    by_key: defaultdict[str, list[VariantView]] = defaultdict(list)
    for subject in subjects:
        reason = withheld(subject, Export.CLINVAR, on)
        if reason is not None:
            left_out.append(reason)
            continue
        for view in variant_views(subject):
            by_key[local_key(view)].append(view)
    faults = [fault for key, views in sorted(by_key.items()) for fault in _faults(key, views)]
    if faults:
        raise InputError(faults)
    known = accessions or {}
    rows = [_row(key, views, known.get(key, "")) for key, views in by_key.items()]
    rows.sort(key=lambda row: (Chromosome(row[1]).code, int(row[2]), row))
    text = "".join("\t".join(row) + "\n" for row in (COLUMNS, *rows))
    bad = check_submission(text)
    if bad:
        raise InputError(bad)
    return Submission(text, tuple(left_out), tuple(row[COLUMNS.index("KEY")] for row in rows))


def local_key(view: VariantView) -> str:
    """Return the local id of a variant and condition; it says nothing of who carries it."""
    key = view.finding.key
    return f"varinterp-{digest((key.allele.id, key.gene, key.disease, key.inheritance))}"


def check_submission(text: str, file: str = "clinvar.tsv") -> tuple[Fault, ...]:
    """Return every fault of a table: columns, words, repeated keys; lines are 1-based."""
    lines = text.splitlines()
    if not lines or tuple(lines[0].split("\t")) != COLUMNS:
        return (_table_fault(file, 1, None, "another header", "\t".join(COLUMNS)),)
    faults: list[Fault] = []
    seen: set[str] = set()
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(COLUMNS):
            faults.append(_table_fault(file, number, None, f"{len(cells)} cells", "14 cells"))
            continue
        row = dict(zip(COLUMNS, cells, strict=True))
        faults += [
            _table_fault(file, number, name, cell, _PATTERNS[name].pattern)
            for name, cell in row.items()
            if not _PATTERNS[name].fullmatch(cell)
        ]
        if row["KEY"] in seen:
            faults.append(_table_fault(file, number, "KEY", row["KEY"], "each key once"))
        seen.add(row["KEY"])
    return tuple(faults)


def _faults(key: str, views: list[VariantView]) -> Iterator[Fault]:
    classes = {view.finding.value for view in views}
    if len(classes) > 1:
        yield Fault(
            rule="clinvar.two_classes",
            file="registry",
            column=key,
            found=" and ".join(sorted(classes)),
            expected="one signed class for a variant and its condition",
            advice="sign them again alike: ClinVar keeps one record a submitter",
        )
    if any(view.constructed for view in views):
        yield Fault(
            rule="clinvar.constructed",
            file="registry",
            column=key,
            found="an assessment that rests on constructed facts",
            expected="facts of real sources alone",
            advice="leave the case out: nothing constructed goes to ClinVar",
        )


def _row(key: str, views: list[VariantView], accession: str) -> tuple[str, ...]:
    latest = max(views, key=lambda view: (view.finding.signed_on, str(view.finding.key)))
    about, allele = latest.finding.key, latest.allele
    return (
        BUILD,
        str(allele.chromosome),
        str(allele.position),
        allele.ref,
        allele.alt,
        "not provided" if about.disease == NO_KNOWN_DISEASE else about.disease,
        "" if about.inheritance is None else MODES[about.inheritance],
        CLASSES[latest.finding.value],
        latest.finding.signed_on.isoformat(),
        _comment(latest),
        key,
        "",
        "",
        accession,
    )


def _comment(view: VariantView) -> str:
    """Name the gene and the criteria of the assessment, where it is still the signed class's."""
    assessment = view.assessment
    if assessment is None or assessment.machine.points is not view.finding.value:
        return f"{view.symbol}: class signed by two readers"
    criteria = [
        f"{finding.criterion} {_STRENGTH[finding.strength]}"
        for finding in assessment.findings
        if finding.strength is not None
    ]
    return f"{view.symbol}: ACMG/AMP criteria {', '.join(criteria) or 'none'}"


def _table_fault(file: str, line: int, column: str | None, found: str, expected: str) -> Fault:
    return Fault(
        rule="clinvar.table",
        file=file,
        line=line,
        column=column,
        found=found[:40],
        expected=expected,
        advice="write the table again with varinterp registry export --format clinvar",
    )
