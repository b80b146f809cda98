"""Conclusions on an allele, said in a line, and the pictures of a case that they make."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from core_builders import HET, HOM, REF, SCHEMES, TANGO2, calls, candidate, case, link, trio
from varinterp.acmg.combine import points
from varinterp.acmg.combine.classes import machine_class
from varinterp.model.assessment import (
    NO_KNOWN_DISEASE,
    AcmgClass,
    Assessment,
    AssessmentKey,
    SignedClass,
)
from varinterp.model.canonical import digest
from varinterp.model.case import PhenotypeScore, RankedHypothesis, TermRow, Tier
from varinterp.model.change import ChangeKind
from varinterp.model.clinvar import Assertion, Significance
from varinterp.model.event import Cause, Event
from varinterp.model.evidence import Criterion, Finding, Reason, Strength, met, not_met
from varinterp.model.facts import GeneLinks
from varinterp.model.fit import Answer, Fit
from varinterp.model.gene_disease import Inheritance, Validity
from varinterp.model.reads import Kind, Read
from varinterp.model.variant import Allele
from varinterp.reanalysis.compare import compare
from varinterp.reanalysis.context import Context
from varinterp.reanalysis.picture import Picture

ONE = "22-20061538-G-A"
OTHER = "22-20064000-C-T"
GENE = TANGO2.hgnc
DISEASE = "OMIM:616878"
TODAY = "2026-11-22"

RECESSIVE = Inheritance.AUTOSOMAL_RECESSIVE
DOMINANT = Inheritance.AUTOSOMAL_DOMINANT
PATHOGENIC = Assertion((Significance.PATHOGENIC,), (), 2)
UNCERTAIN = Assertion((Significance.UNCERTAIN,), (), 1)
CONFLICTING = Assertion((Significance.CONFLICTING,), (), 1)

VS, ST, MO, SU = Strength.VERY_STRONG, Strength.STRONG, Strength.MODERATE, Strength.SUPPORTING
P = {Criterion.PVS1: VS, Criterion.PM3: MO}
LP = {Criterion.PVS1: VS, Criterion.BP4: SU}
VUS = {Criterion.PM2: SU, Criterion.PP3: SU}
LB = {Criterion.BP4: MO}

ASKED = {
    Criterion.PVS1: "gene_disease",
    Criterion.PS1: "clinvar.codon",
    Criterion.PM5: "clinvar.codon",
    Criterion.PM2: "gnomad",
    Criterion.BA1: "gnomad",
    Criterion.BS1: "gnomad",
    Criterion.PP3: "revel",
    Criterion.BP4: "revel",
    Criterion.PM3: "assessment",
}
"""What a criterion reads in these pictures; the others read a rule."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is concluded on one allele; `values` are what the sources say, by source of facts."""

    allele: str = ONE
    disease: str | None = DISEASE
    mode: Inheritance | None = RECESSIVE
    criteria: Mapping[Criterion, Strength] = field(default_factory=lambda: VUS)
    clinvar: Assertion | None = None
    tier: Tier = Tier.PROPOSED
    fit: Answer = Answer.FITS
    exact: int | None = 3
    partner: str | None = None
    validity: Validity = Validity.STRONG
    homozygous: bool = True
    signed: SignedClass | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        return self.disease is not None

    @property
    def key(self) -> AssessmentKey:
        return self.key_of(self.allele)

    def key_of(self, allele: str) -> AssessmentKey:
        return AssessmentKey(
            "case",
            Allele.parse(allele),
            GENE,
            self.disease or NO_KNOWN_DISEASE,
            self.mode if self.known else None,
            "core",
        )

    @property
    def links(self) -> GeneLinks:
        if self.disease is None or self.mode is None:
            return GeneLinks(())
        known = replace(link(self.mode, disease=self.disease), validity=self.validity)
        return GeneLinks((known,))

    def read(self, source: str) -> Read:
        if source == "gene_disease":
            return Read(source, GENE, Kind.RANGE, digest(self.links) if self.known else None)
        said = self.clinvar if source == "clinvar" else self.values.get(source)
        value = None if said is None else digest(said)
        return Read(source, place(source, self.allele), Kind.POINT, value)

    def finding(self, criterion: Criterion) -> Finding:
        strength = self.criteria.get(criterion)
        verdict = not_met("no_gene") if strength is None else met(strength, "no_gene")
        return Finding(criterion, verdict, (self.read(ASKED.get(criterion, "rules")),))

    @property
    def assessment(self) -> Assessment:
        findings = tuple(self.finding(criterion) for criterion in Criterion)
        score = points.total(findings)
        beside = {self.read("clinvar"), self.read("gene_disease")}
        return Assessment(
            key=self.key,
            transcript=TANGO2.id,
            findings=findings,
            points=score,
            posterior=points.posterior(score),
            machine=machine_class(findings, SCHEMES),
            external=self.clinvar,
            signed=self.signed,
            reads=tuple(sorted({each for one in findings for each in one.reads} | beside)),
        )

    @property
    def keys(self) -> tuple[AssessmentKey, ...]:
        alleles = sorted({self.allele, self.partner or self.allele})
        return tuple(self.key_of(each) for each in alleles)


def place(source: str, allele: str = ONE) -> str:
    """The key under which these pictures read a source."""
    return {"gene_disease": GENE, "clinvar.codon": f"{TANGO2.id}:154", "rules": "a.rule"}.get(
        source, allele
    )


def picture(*claims: Claim, observed: tuple[str, ...] = ("HP:0001249",)) -> Picture:
    """A case in which so much is concluded; the first claims rank first within their tier."""
    family = trio()
    ranked: dict[tuple[AssessmentKey, ...], Claim] = {}
    for claim in sorted(claims, key=lambda claim: claim.tier.rank):
        ranked.setdefault(claim.keys, claim)
    candidates = {
        claim.allele: candidate(
            claim.allele, calls(proband=HOM if claim.homozygous else HET, father=HET, mother=REF)
        )
        for claim in claims
    }
    facts: dict[tuple[str, str], Any] = {}
    for claim in claims:
        facts[("gene_disease", GENE)] = claim.links
    return Picture.of(
        case(family, observed),
        [claim.assessment for claim in claims],
        [_place(rank, keys, claim) for rank, (keys, claim) in enumerate(ranked.items(), 1)],
        candidates.values(),
        facts,
    )


def _place(rank: int, keys: tuple[AssessmentKey, ...], claim: Claim) -> RankedHypothesis:
    match = None
    if claim.exact is not None:
        kinds = ["exact"] * claim.exact + ["absent"] * (6 - claim.exact)
        match = PhenotypeScore(0.5, tuple(TermRow("HP:0001249", "A term", each) for each in kinds))
    return RankedHypothesis(
        rank=rank,
        tier=claim.tier,
        keys=keys,
        disease_name="a disease" if claim.known else None,
        fit=Fit(claim.fit, Reason.of("inheritance.recessive")),
        score=0.5,
        variant_score=0.5,
        phenotype=match,
        reason=Reason.of("tier.proposed"),
    )


def cause(source: str, *kinds: ChangeKind, allele: str = ONE, date: str = "2026-11-01") -> Cause:
    """A changed key of a source, as the difference of two releases names it."""
    return Cause(
        source=source,
        key=place(source, allele),
        origin=source.partition(".")[0],
        kinds=kinds or (ChangeKind.RESTATED,),
        before="before",
        after="after",
        release_before="2026-05",
        release_after="2026-11",
        date=date,
    )


def known(*causes: Cause) -> dict[tuple[str, str], Cause]:
    """Causes by what reads them."""
    return {(each.source, each.key): each for each in causes}


def signed(value: AcmgClass = AcmgClass.PATHOGENIC) -> SignedClass:
    """A class that two people signed."""
    return SignedClass(value, "reader-1", "reader-2", "2026-01-15")


def events(
    before: Picture | tuple[Claim, ...],
    after: Picture | tuple[Claim, ...],
    *causes: Cause,
    context: Context | None = None,
) -> tuple[Event, ...]:
    """What lies between two pictures, or between the claims that make them."""
    was = before if isinstance(before, Picture) else picture(*before)
    now = after if isinstance(after, Picture) else picture(*after)
    return compare(was, now, known(*causes), context or Context(on=TODAY))


def event(
    before: Claim | None, after: Claim | None, *causes: Cause, context: Context | None = None
) -> Event:
    """The one event between two conclusions on an allele; None where nothing was concluded."""
    was, now = ((each,) if each else () for each in (before, after))
    (found,) = events(was, now, *causes, context=context)
    return found
