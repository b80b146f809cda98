"""What the laboratory's signed cases show of alleles, for the release `own_cases`.

An entry a family and allele: the patient as an affected carrier, as one in whom the allele is new,
or with the other allele of a recessive disease; or, where a confirmed diagnosis explains the
patient, the alleles that were suspected beside it. Entries have no pseudonym, no age and no term:
their id is a digest of the family's keyed pseudonym, by which the family's own analysis leaves them
out, and their date is the month of the second signature.

Only what two people signed is counted, and only where every sequenced person consented to research:
the entries serve other patients.
"""

from collections.abc import Iterable, Iterator

from varinterp.model.assessment import NO_KNOWN_DISEASE, PATHOGENIC, AcmgClass, AssessmentKey
from varinterp.model.curation import PartnerClass, Phase, Specificity, own_entry
from varinterp.model.diagnosis import DiagnosticLevel
from varinterp.model.evidence import Criterion
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import Zygosity
from varinterp.registry.exports.record import SignedFinding, Subject
from varinterp.registry.exports.variant_view import VariantView, variant_views

AUTHOR = "registry"
NOTE = "signed findings of the laboratory's own cases"
CAUSE = "another signed finding"
Cells = dict[str, str]

_DIAGNOSED = (DiagnosticLevel.CONFIRMED, DiagnosticLevel.PROBABLE)
_RECESSIVE = Inheritance.AUTOSOMAL_RECESSIVE
_NEW = {Criterion.PS2: "confirmed", Criterion.PM6: "assumed"}
_PARTNERS = {
    AcmgClass.PATHOGENIC: PartnerClass.PATHOGENIC,
    AcmgClass.LIKELY_PATHOGENIC: PartnerClass.LIKELY_PATHOGENIC,
    AcmgClass.UNCERTAIN: PartnerClass.UNCERTAIN,
}


def own_cases(subject: Subject) -> tuple[Cells, ...]:
    """Return the entries of one case, in order of allele; their cells by the list's columns."""
    views = variant_views(subject)
    found = [cells for view in views for cells in _of_finding(subject, view, views)]
    found += _other_causes(subject, views)
    found.sort(key=lambda cells: (cells["allele"], cells["hgnc"], cells["disease"]))
    return tuple(_numbered(found, subject.document.case.family.id))


def _numbered(entries: Iterable[Cells], family: str) -> Iterator[Cells]:
    """Give each entry its id; the second of one allele gets a number after it."""
    seen: dict[str, int] = {}
    for cells in entries:
        name = own_entry(family, cells["allele"].partition(":")[2])
        seen[name] = seen.get(name, 0) + 1
        number = "" if seen[name] == 1 else f".{seen[name]}"
        yield {"id": f"{name}{number}", **cells}


def _of_finding(
    subject: Subject, view: VariantView, views: Iterable[VariantView]
) -> Iterator[Cells]:
    finding = view.finding
    if not (_explains(subject, finding) and view.zygosity.carries) or view.constructed:
        return
    if finding.key.inheritance is _RECESSIVE:
        yield from _with_partner(view, views)
        return
    parentage = _new(view)
    if parentage is not None:
        yield _cells(
            finding.key, finding, "de_novo", parentage=parentage, phenotype=Specificity.CONSISTENT
        )
    else:
        yield _cells(finding.key, finding, "probands")


def _explains(subject: Subject, finding: SignedFinding) -> bool:
    """Whether the patient has the finding's disease, as people signed it."""
    if finding.key.disease == NO_KNOWN_DISEASE:
        return False
    if finding.value in PATHOGENIC:
        return True
    diagnosis = subject.record.diagnosis
    return (
        finding.value is AcmgClass.UNCERTAIN
        and diagnosis is not None
        and diagnosis.level in _DIAGNOSED
        and finding.key.disease in diagnosis.diseases
    )


def _new(view: VariantView) -> str | None:
    """Return how sure parentage is where the program found the allele new in the patient."""
    met = [] if view.assessment is None else [each for each in view.assessment.findings if each.met]
    for each in met:
        if each.criterion in _NEW and each.verdict.reason.key == "de_novo.new":
            return _NEW[each.criterion]
    return None


def _with_partner(view: VariantView, views: Iterable[VariantView]) -> Iterator[Cells]:
    """Yield the allele with the other one of a recessive disease, where that was signed too."""
    key = view.finding.key
    if view.zygosity is Zygosity.HOMOZYGOUS and view.finding.value in _PARTNERS:
        yield _pair(view, view, Phase.HOMOZYGOUS)
        return
    others = [
        other
        for other in views
        if other.finding.value in _PARTNERS
        and other.allele != view.allele
        and (other.finding.key.gene, other.finding.key.disease) == (key.gene, key.disease)
        and other.zygosity is Zygosity.HETEROZYGOUS
    ]
    if len(others) == 1 and view.zygosity is Zygosity.HETEROZYGOUS:
        yield _pair(view, others[0], _phase(view, others[0]))


def _pair(view: VariantView, other: VariantView, phase: Phase) -> Cells:
    return _cells(
        view.finding.key, view.finding, "in_trans", phase=phase, partner=other.allele.id,
        partner_class=_PARTNERS[other.finding.value],
    )  # fmt: skip


def _phase(view: VariantView, other: VariantView) -> Phase:
    """Tell from the parents how two alleles lie; from one of them alone it is not told."""
    origins = (view.origin, other.origin)
    if set(origins) == {"maternal", "paternal"}:
        return Phase.TRANS
    if len(set(origins)) == 1 and origins[0] in ("maternal", "paternal"):
        return Phase.CIS
    return Phase.UNKNOWN


def _other_causes(subject: Subject, views: Iterable[VariantView]) -> Iterator[Cells]:
    """Yield dominant hypotheses that fit the patient, whose disease a signed finding explains."""
    diagnosis = subject.record.diagnosis
    if diagnosis is None or diagnosis.level is not DiagnosticLevel.CONFIRMED:
        return
    causes = [
        view.finding
        for view in views
        if view.finding.value in PATHOGENIC and view.finding.key.disease in diagnosis.diseases
    ]
    if not causes:
        return
    genes = {view.finding.key.gene for view in views}
    latest = max(causes, key=lambda each: each.signed_on)
    for key in sorted(_suspected(subject), key=str):
        if key.gene not in genes and key.inheritance is Inheritance.AUTOSOMAL_DOMINANT:
            yield _cells(key, latest, "other_cause", cause=CAUSE)


def _suspected(subject: Subject) -> set[AssessmentKey]:
    """Return the hypotheses of whose disease the patient has a term."""
    return {
        key
        for place in subject.document.ranking
        if place.phenotype is not None and any(row.kind == "exact" for row in place.phenotype.rows)
        for key in place.keys
    }


def _cells(key: AssessmentKey, signed: SignedFinding, kind: str, **rest: str) -> Cells:
    return {
        "kind": kind,
        "allele": key.allele.id,
        "hgnc": key.gene,
        "disease": key.disease,
        "inheritance": str(key.inheritance or ""),
        "author": AUTHOR,
        "date": signed.signed_on.replace(day=1).isoformat(),
        "note": NOTE,
        "count": "1",
        **{name: str(value) for name, value in rest.items()},
    }
