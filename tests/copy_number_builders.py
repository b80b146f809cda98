"""Copy numbers and everything that their assessment may read, for the tests of every package."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core_builders import RULES
from varinterp.acmg.copy_number.score import assess
from varinterp.model.copy_number import CopyNumber
from varinterp.model.copy_number_assessment import CopyNumberAssessment, Line
from varinterp.model.copy_number_facts import (
    CURATED_LINES,
    EXON_KNOWN,
    FAMILY_COPIES,
    GENE_DOSAGE,
    GENES_HIT,
    HAPLOINSUFFICIENCY,
    POPULATION_COPIES,
    REGION_DOSAGE,
    Carrier,
    CuratedLine,
    CuratedLines,
    DosageRegion,
    DosageRegions,
    ExonKnown,
    FamilyCopies,
    Frame,
    GeneDosage,
    GeneHit,
    GenesHit,
    HaploinsufficiencyIndex,
    Hit,
    PopulationCopies,
    PopulationCopy,
    Sensitivity,
)
from varinterp.model.facts import (
    CONSTRAINT,
    GENE_LINKS,
    PEDIGREE,
    PEDIGREE_KEY,
    PHENOTYPE_FIT,
    RULE,
    CasePedigree,
    Constraint,
    GeneLinks,
    PhenotypeFit,
    exon_key,
)
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.gene_disease import GeneDisease, Inheritance, Mechanism
from varinterp.model.reads import Evidence

LOSS = CopyNumber.parse("22-18900001-19900000-DEL-1")
GAIN = CopyNumber.parse("22-18900001-19900000-DUP-3")
SUFFICIENT = Sensitivity.SUFFICIENT
DISEASE = "OMIM:188400"


def touched(gene: str = "TBX1", hit: Hit = Hit.WHOLE, **changes: Any) -> GeneHit:
    """A gene of nine exons; ids are made of its name."""
    within = {Hit.WHOLE: 0, Hit.WITHIN: 2, Hit.INTRONIC: 2}
    values: dict[str, Any] = {
        "gene": gene,
        "hgnc": f"HGNC:{sum(map(ord, gene))}",
        "transcript": f"ENST_{gene}.1",
        "hit": hit,
        "exons": 9,
        "first_exon": 1,
        "last_exon": 9,
        "breakpoints": within.get(hit, 1),
    }
    return GeneHit(**(values | changes))


def inside(frame: Frame | None, removed: float | None = 0.2) -> GeneHit:
    """A gene within which both ends lie."""
    return touched(hit=Hit.WITHIN, first_exon=3, last_exon=4, frame=frame, removed=removed)


def many(count: int) -> tuple[GeneHit, ...]:
    """So many genes, touched whole."""
    return tuple(touched(f"G{number}", hgnc=f"HGNC:{number}") for number in range(count))


def region(
    start: int = 18_950_000,
    end: int = 19_800_000,
    loss: Sensitivity | None = None,
    gain: Sensitivity | None = None,
    genes: tuple[GeneHit, ...] = (),
    name: str = "22q11.2 recurrent region",
) -> DosageRegion:
    """A region that ClinGen evaluated; by default inside `LOSS` and `GAIN`."""
    hgnc = tuple(gene.hgnc for gene in genes)
    return DosageRegion("ISCA-37446", name, start, end, loss, gain, hgnc)


def in_population(af: float = 0.02, **changes: Any) -> PopulationCopy:
    """A copy number of the population that contains ours."""
    values: dict[str, Any] = {
        "id": "gnomAD-SV_v3_DEL_chr22_1",
        "start": 18_000_000,
        "end": 20_000_000,
        "ac": round(af * 100_000),
        "an": 100_000,
        "af": af,
        "overlap": 0.5,
        "contains": True,
        "every_gene": True,
    }
    return PopulationCopy(**(values | changes))


def causes(
    inheritance: Inheritance = Inheritance.AUTOSOMAL_DOMINANT,
    mechanism: Mechanism = Mechanism.LOSS_OF_FUNCTION,
    disease: str = DISEASE,
) -> GeneDisease:
    """A disease of a gene."""
    return GeneDisease("HGNC:1", "TBX1", disease, "a disease", inheritance, mechanism, None, None)


def trio(
    *relatives: Person,
    sex: Sex = Sex.FEMALE,
    father: Affected = Affected.NO,
    mother: Affected = Affected.NO,
) -> Family:
    """A patient with both parents, and other relatives."""
    return Family(
        "F",
        "P",
        (
            Person("P", sex, Affected.YES, "FA", "MO"),
            Person("FA", Sex.MALE, father),
            Person("MO", Sex.FEMALE, mother),
            *relatives,
        ),
        False,
    )


def relative(name: str, affected: Affected = Affected.YES) -> Person:
    """A sibling of the patient."""
    return Person(name, Sex.MALE, affected, "FA", "MO")


@dataclass
class CopySetting:
    """Everything that the lines may read; a source that is None was not consulted."""

    copy_number: CopyNumber = LOSS
    genes: tuple[GeneHit, ...] = ()
    loss_of: tuple[GeneHit, ...] = ()
    gain_of: tuple[GeneHit, ...] = ()
    regions: tuple[DosageRegion, ...] = ()
    dosage: bool = True
    constraint: Mapping[str, Constraint] = field(default_factory=dict)
    index: Mapping[str, float] = field(default_factory=dict)
    last_exon: int | None = None
    population: tuple[PopulationCopy, ...] | None = ()
    links: Mapping[str, tuple[GeneDisease, ...]] = field(default_factory=dict)
    fits: Mapping[str, PhenotypeFit] = field(default_factory=dict)
    family: Family | None = None
    calls: Mapping[str, Carrier] = field(default_factory=dict)
    parentage_confirmed: bool = False
    curated: tuple[CuratedLine, ...] = ()
    constructed: bool = False

    def facts(self) -> dict[tuple[str, str], Any]:
        """Return the facts by source and key."""
        number = self.copy_number
        found: dict[tuple[str, str], Any] = {(RULE.source, k): v for k, v in RULES.items()}
        found[GENES_HIT.source, number.place] = GenesHit(self.genes)
        for gene in self.genes:
            if self.dosage and gene in (*self.loss_of, *self.gain_of):
                found[GENE_DOSAGE.source, gene.hgnc] = GeneDosage(
                    SUFFICIENT if gene in self.loss_of else None,
                    SUFFICIENT if gene in self.gain_of else None,
                    self.constructed,
                )
            if gene.gene in self.constraint:
                key = gene.transcript.partition(".")[0]
                found[CONSTRAINT.source, key] = self.constraint[gene.gene]
            if gene.gene in self.index:
                index = HaploinsufficiencyIndex(self.index[gene.gene])
                found[HAPLOINSUFFICIENCY.source, gene.hgnc] = index
            if gene.gene in self.links:
                found[GENE_LINKS.source, gene.hgnc] = GeneLinks(self.links[gene.gene])
            if self.last_exon is not None:
                key = exon_key(gene.transcript, gene.exons)
                found[EXON_KNOWN.source, key] = ExonKnown(self.last_exon)
        if self.dosage and self.regions:
            found[REGION_DOSAGE.source, number.span] = DosageRegions(self.regions)
        if self.population:
            found[POPULATION_COPIES.source, number.place] = PopulationCopies(self.population)
        for disease, fit in self.fits.items():
            found[PHENOTYPE_FIT.source, disease] = fit
        if self.family is not None:
            pedigree = CasePedigree(self.family, self.parentage_confirmed)
            found[PEDIGREE.source, PEDIGREE_KEY] = pedigree
            calls = tuple((person.id, self.calls.get(person.id)) for person in self.family)
            known = tuple((name, call) for name, call in calls if call is not None)
            found[FAMILY_COPIES.source, number.place] = FamilyCopies(known)
        if self.curated:
            found[CURATED_LINES.source, number.place] = CuratedLines(self.curated)
        return found

    def evidence(self) -> Evidence:
        """Return the evidence, with the sources that were consulted."""
        provided = {GENES_HIT.source}
        if self.dosage:
            provided |= {GENE_DOSAGE.source, REGION_DOSAGE.source}
        if self.population is not None:
            provided.add(POPULATION_COPIES.source)
        return Evidence(self.facts(), frozenset(provided))

    def assessed(self) -> CopyNumberAssessment:
        """Return the assessment."""
        return assess(self.copy_number, self.evidence())

    def line(self, code: str) -> Line:
        """Return one line's answer."""
        return next(line for line in self.assessed().lines if line.code == code)


def said(line: Line) -> tuple[str, float, str]:
    """Return outcome, points and reason of a line, for comparing."""
    return line.outcome.value, line.points, line.reason.key.removeprefix("copy_number.")
