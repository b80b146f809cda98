"""Values of the pure core, small and true to life, for the tests of every package.

Exons and coding bounds are MANE v1.5's (PMID 35388217) on GRCh38.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from varinterp.acmg.assess import Decide, assess
from varinterp.acmg.combine import points
from varinterp.acmg.combine.classes import machine_class
from varinterp.acmg.combine.schemes import Schemes, schemes
from varinterp.acmg.question import Question
from varinterp.inheritance.limits import FamilyLimits, TrioLimits
from varinterp.model.assessment import (
    CORE,
    NO_KNOWN_DISEASE,
    PRIOR,
    AcmgClass,
    Assessment,
    AssessmentKey,
    PriorClass,
)
from varinterp.model.case import Candidate, Case, Gate
from varinterp.model.chromosome import Chromosome
from varinterp.model.clinvar import (
    Assertion,
    Comparator,
    Comparators,
    KnownMissense,
    Significance,
    SpliceComparator,
    SpliceComparators,
)
from varinterp.model.curation import CURATION, OWN_CASES, Curations
from varinterp.model.evidence import Criterion, Finding, Strength, Verdict, met
from varinterp.model.facts import (
    ASSERTION,
    COMPARATORS,
    CONSEQUENCE,
    CONSTRAINT,
    COVERAGE,
    EXON_ALLELES,
    EXON_SKIP,
    FREQUENCY,
    GENE_ALLELES,
    GENE_LINKS,
    GENE_TRANSCRIPTS,
    GENOTYPES,
    GROUPS,
    GROUPS_KEY,
    JOINT,
    KNOWN_MISSENSE,
    LISTED,
    LOCAL,
    NEXT_START,
    PEDIGREE,
    PEDIGREE_KEY,
    PHENOTYPE_FIT,
    REPEAT,
    RULE,
    SCORES,
    SPLICE_COMPARATORS,
    TRANSCRIPT,
    CasePedigree,
    Constraint,
    Coverage,
    ExonAlleles,
    ExonSkip,
    FamilyGenotypes,
    Frequency,
    GeneAlleles,
    GeneLinks,
    GeneTranscripts,
    NextStart,
    PhenotypeFit,
    Repeat,
    Rule,
    codon_key,
    exon_key,
    on_transcript,
    position_key,
    splice_key,
)
from varinterp.model.family import Affected, Family, Person, Sex
from varinterp.model.gene_disease import GeneDisease, Inheritance, Mechanism, Validity
from varinterp.model.genotype import Genotype
from varinterp.model.phenotype import Phenotype
from varinterp.model.population import (
    ListedAllele,
    LocalFrequency,
    PopulationGroups,
)
from varinterp.model.prediction import (
    Predictions,
    Score,
    ScoreOrigin,
    score_key,
    without_version,
)
from varinterp.model.reads import Evidence, Reader
from varinterp.model.splice_site import Side
from varinterp.model.transcript import Consequence, Joint, Mane, Span, Term, Transcript
from varinterp.model.variant import Allele
from varinterp.priority.weights import Weights
from varinterp.sources.rules import read_rules

ROOT = Path(__file__).parents[1]
RULES: Mapping[str, Rule] = read_rules(ROOT / "resources/rules/core-v1.yaml").values
WEIGHTS = Weights.read(RULES)
LIMITS = TrioLimits(min_depth=10, max_alt_reads=1, min_quality=20)
FAMILY_LIMITS = FamilyLimits.read(lambda key: float(RULES[key].value))  # type: ignore[arg-type]

TANGO2 = Transcript(
    id="ENST00000327374.9",
    refseq="NM_152906.7",
    protein="ENSP00000332721.4",
    gene="TANGO2",
    hgnc="HGNC:25439",
    chromosome=Chromosome.C22,
    strand=1,
    exons=(
        Span(20021110, 20021246),
        Span(20036760, 20036854),
        Span(20043355, 20043443),
        Span(20052465, 20052584),
        Span(20053437, 20053551),
        Span(20055943, 20056013),
        Span(20061530, 20061683),
        Span(20063338, 20063442),
        Span(20064542, 20067164),
    ),
    cds=Span(20036799, 20064662),
    mane=Mane.SELECT,
)
BRCA1 = Transcript(
    id="ENST00000357654.9",
    refseq="NM_007294.4",
    protein="ENSP00000350283.3",
    gene="BRCA1",
    hgnc="HGNC:1100",
    chromosome=Chromosome.C17,
    strand=-1,
    exons=(
        Span(43125271, 43125364),
        Span(43124017, 43124115),
        Span(43115726, 43115779),
        Span(43106456, 43106533),
        Span(43104868, 43104956),
        Span(43104122, 43104261),
        Span(43099775, 43099880),
        Span(43097244, 43097289),
        Span(43095846, 43095922),
        Span(43091435, 43094860),
        Span(43090944, 43091032),
        Span(43082404, 43082575),
        Span(43076488, 43076614),
        Span(43074331, 43074521),
        Span(43070928, 43071238),
        Span(43067608, 43067695),
        Span(43063874, 43063951),
        Span(43063333, 43063373),
        Span(43057052, 43057135),
        Span(43051063, 43051117),
        Span(43049121, 43049194),
        Span(43047643, 43047703),
        Span(43044295, 43045802),
    ),
    cds=Span(43045678, 43124096),
    mane=Mane.SELECT,
)
TRANSCRIPTS = {transcript.hgnc: transcript for transcript in (TANGO2, BRCA1)}
DISEASES = {TANGO2.hgnc: "OMIM:616878", BRCA1.hgnc: "OMIM:604370"}
CODON = 154
MISSENSE = "22-20061538-G-A"  # TANGO2 c.460G>A p.Gly154Arg, PMID 26805781


def no_specification(*_: object) -> None:
    """No gene specification holds for any hypothesis."""


def allele(text: str) -> Allele:
    """Read ``22-20061538-G-A``."""
    return Allele.parse(text)


def call(
    copies: int | None = 0, ploidy: int | None = 2, depth: int = 40, alt_depth: int | None = None
) -> Genotype:
    """A well-covered call whose reads agree with it."""
    if alt_depth is None:
        alt_depth = depth * (copies or 0) // (ploidy or 2)
    return Genotype(
        copies=copies,
        ploidy=ploidy,
        ref_depth=depth - alt_depth,
        alt_depth=alt_depth,
        depth=depth,
        quality=99,
    )


REF, HET, HOM, HEMI = call(0), call(1), call(2), call(1, 1)


def phased(haplotype: int, phase_set: str | None = "1000") -> Genotype:
    """A heterozygous call that is phased."""
    return replace(HET, haplotype=haplotype, phase_set=phase_set)


def calls(**genotypes: Genotype) -> FamilyGenotypes:
    """Genotypes by person: ``calls(proband=HET, father=REF)``."""
    return FamilyGenotypes(tuple(genotypes.items()))


YES, NO, UNKNOWN = Affected.YES, Affected.NO, Affected.UNKNOWN


def trio(
    *,
    father: Affected | None = NO,
    mother: Affected | None = NO,
    sibling: Affected | None = None,
    sex: Sex = Sex.FEMALE,
    sibling_sex: Sex = Sex.FEMALE,
    unsequenced: tuple[str, ...] = (),
) -> Family:
    """An affected proband; a parent that is None is not in the pedigree."""
    members = [
        Person(
            "proband",
            sex,
            YES,
            father=None if father is None else "father",
            mother=None if mother is None else "mother",
        )
    ]
    if father is not None:
        members.append(Person("father", Sex.MALE, father))
    if mother is not None:
        members.append(Person("mother", Sex.FEMALE, mother))
    if sibling is not None:
        members.append(Person("sibling", sibling_sex, sibling, "father", "mother"))
    return Family(
        "family",
        "proband",
        tuple(replace(person, sequenced=person.id not in unsequenced) for person in members),
    )


SINGLETON = trio(father=None, mother=None)


def case(family: Family, observed: tuple[str, ...] = ("HP:0001249",)) -> Case:
    """A case of a family, with a phenotype."""
    return Case("case", 1, family, Phenotype.of(observed), "indication", False, False)


def link(
    inheritance: Inheritance = Inheritance.AUTOSOMAL_RECESSIVE,
    hgnc: str = TANGO2.hgnc,
    mechanism: Mechanism = Mechanism.LOSS_OF_FUNCTION,
    disease: str | None = None,
) -> GeneDisease:
    """A gene and a disease that it causes."""
    return GeneDisease(
        hgnc=hgnc,
        gene=TRANSCRIPTS[hgnc].gene if hgnc in TRANSCRIPTS else hgnc,
        disease=disease or DISEASES.get(hgnc, "OMIM:100000"),
        disease_name="a disease",
        inheritance=inheritance,
        mechanism=mechanism,
        known_since="2016-01-31",
        pmid="26805781",
    )


def consequence(*terms: Term, transcript: Transcript = TANGO2, **rest: Any) -> Consequence:
    """What an allele does to a transcript."""
    return Consequence(transcript.id, transcript.gene, transcript.hgnc, terms, **rest)


def missense(
    ref: str = "G", alt: str = "R", codon: int = CODON, transcript: Transcript = TANGO2
) -> Consequence:
    """One residue for another."""
    return consequence(
        Term.MISSENSE,
        transcript=transcript,
        exon=7,
        cds_position=3 * codon - 2,
        protein_position=codon,
        ref_aa=ref,
        alt_aa=alt,
    )


def frequency(
    ac: int,
    an: int = 1_600_000,
    *,
    faf95: float | None = None,
    group_max_af: float | None = None,
    usable: bool = True,
) -> Frequency:
    """A row of the population resource."""
    return Frequency(
        ac=ac,
        an=an,
        af=ac / an,
        faf95=faf95,
        faf95_group=None if faf95 is None else "nfe",
        group_max_af=group_max_af,
        nhomalt=0,
        hemizygotes=0,
        usable=usable,
    )


def comparator(
    alt_aa: str,
    *significance: Significance,
    allele: str = "22-20061539-G-C",
    ref_aa: str = "G",
    stars: int | None = 2,
) -> Comparator:
    """A missense allele that ClinVar knows at the codon."""
    said = significance or (Significance.PATHOGENIC,)
    return Comparator(allele, ref_aa, alt_aa, said, stars)


CONSULTED = frozenset(
    fact.source
    for fact in (
        FREQUENCY,
        COVERAGE,
        ASSERTION,
        COMPARATORS,
        SPLICE_COMPARATORS,
        KNOWN_MISSENSE,
        GENE_LINKS,
    )
)


@dataclass(frozen=True, slots=True)
class Other:
    """Another allele of the gene that the patient carries, and what is held of it."""

    name: str
    genotypes: FamilyGenotypes | None
    held: AcmgClass | None = AcmgClass.PATHOGENIC
    frequency: Frequency | None = field(default_factory=lambda: frequency(0))


@dataclass(frozen=True, slots=True)
class Setting:
    """One hypothesis and every fact that could be asked about it; None for one that is absent."""

    allele: Allele = field(default_factory=lambda: allele(MISSENSE))
    inheritance: Inheritance | None = Inheritance.AUTOSOMAL_RECESSIVE
    transcript: Transcript | None = TANGO2
    consequence: Consequence | None = None
    joint: Joint | None = None
    frequency: Frequency | None = None
    coverage: Coverage | None = None
    groups: PopulationGroups | None = None
    listed: ListedAllele | None = None
    local: LocalFrequency | None = None
    assertion: Assertion | None = None
    comparators: tuple[Comparator, ...] | None = None
    sites: Mapping[tuple[int, Side], tuple[SpliceComparator, ...]] = field(default_factory=dict)
    scored: Mapping[str, Score] = field(default_factory=dict)
    """SpliceAI's scores of other alleles of the gene, by allele."""
    known_missense: KnownMissense | None = None
    constraint: Constraint | None = None
    predictions: Predictions | None = None
    repeats: Mapping[int, Repeat] | None = None
    skip: ExonSkip | None = None
    runs: Mapping[str, ExonSkip] = field(default_factory=dict)
    next_start: NextStart | None = None
    gene_transcripts: tuple[Transcript, ...] = ()
    """Every transcript that MANE holds of the gene, where it holds several."""
    elsewhere: tuple[Consequence, ...] = ()
    """What the allele does to others of them."""
    exon_alleles: Mapping[int, ExonAlleles] | None = None
    codons: Mapping[int, tuple[Comparator, ...]] = field(default_factory=dict)
    mechanism: Mechanism | None = Mechanism.LOSS_OF_FUNCTION
    fit: PhenotypeFit | None = None
    family: Family | None = None
    parentage_confirmed: bool = True
    genotypes: FamilyGenotypes | None = None
    consulted: frozenset[str] = CONSULTED
    rules: Mapping[str, Rule] = field(default_factory=lambda: RULES)
    curated: Curations | None = None
    own_cases: Curations | None = None
    specification: str = CORE
    others: tuple["Other", ...] | None = None
    validity: Validity = Validity.NOT_STATED

    @property
    def hgnc(self) -> str:
        return TANGO2.hgnc if self.transcript is None else self.transcript.hgnc

    @property
    def key(self) -> AssessmentKey:
        known = self.inheritance is not None
        disease = DISEASES[self.hgnc] if known else NO_KNOWN_DISEASE
        return AssessmentKey(
            "case", self.allele, self.hgnc, disease, self.inheritance, self.specification
        )

    @property
    def facts(self) -> dict[tuple[str, str], Any]:
        """Every fact that is not absent, under the key of the grammar."""
        name = TANGO2.id if self.transcript is None else self.transcript.id
        at = self.allele
        found: dict[tuple[str, str], Any] = {
            (ASSERTION.source, str(at)): self.assertion,
            (FREQUENCY.source, str(at)): self.frequency,
            (COVERAGE.source, position_key(at.chromosome, at.position)): self.coverage,
            (GROUPS.source, GROUPS_KEY): self.groups,
            (LISTED.source, str(at)): self.listed,
            (LOCAL.source, str(at)): self.local,
            (CONSEQUENCE.source, on_transcript(at, name)): self.consequence,
            (JOINT.source, on_transcript(at, name)): self.joint,
            (TRANSCRIPT.source, name): self.transcript,
            (GENE_TRANSCRIPTS.source, self.hgnc): (
                self.gene_transcripts and GeneTranscripts(self.gene_transcripts)
            )
            or None,
            (GENOTYPES.source, str(at)): self.genotypes,
            (KNOWN_MISSENSE.source, name): self.known_missense,
            (CONSTRAINT.source, without_version(name)): self.constraint,
            (CURATION.source, str(at)): self.curated,
            (OWN_CASES.source, str(at)): self.own_cases,
        }
        for each in self.elsewhere:
            found[(CONSEQUENCE.source, on_transcript(at, each.transcript))] = each
        if self.consequence is not None:
            found |= score_facts(self.predictions, at, self.consequence)
            for other, score in self.scored.items():
                found |= score_facts(Predictions(spliceai=score), allele(other), self.consequence)
        for (exon, side), beside in self.sites.items():
            place = splice_key(name, exon, side)
            found[(SPLICE_COMPARATORS.source, place)] = SpliceComparators(beside)
        if self.comparators is not None and self.consequence is not None:
            place = codon_key(name, self.consequence.protein_position or 0)
            found[(COMPARATORS.source, place)] = Comparators(self.comparators)
        for position, repeat in (self.repeats or {}).items():
            found[(REPEAT.source, position_key(at.chromosome, position))] = repeat
        if self.skip is not None:
            found[(EXON_SKIP.source, exon_key(name, self.skip.exon))] = self.skip
        found |= {(EXON_SKIP.source, f"{name}:{run}"): each for run, each in self.runs.items()}
        for exon, alleles in (self.exon_alleles or {}).items():
            found[(EXON_ALLELES.source, exon_key(name, exon))] = alleles
        found[(NEXT_START.source, name)] = self.next_start
        for codon, there in self.codons.items():
            found[(COMPARATORS.source, codon_key(name, codon))] = Comparators(there)
        if self.inheritance is not None and self.mechanism is not None:
            known = link(self.inheritance, self.hgnc, self.mechanism)
            known = replace(known, validity=self.validity)
            found[(GENE_LINKS.source, self.hgnc)] = GeneLinks((known,))
            found[(PHENOTYPE_FIT.source, known.disease)] = self.fit
        if self.others is not None:
            found |= self._company(self.others)
        if self.family is not None:
            pedigree = CasePedigree(self.family, self.parentage_confirmed)
            found[(PEDIGREE.source, PEDIGREE_KEY)] = pedigree
        rules: dict[tuple[str, str], Any] = {
            (RULE.source, name): rule for name, rule in self.rules.items()
        }
        return rules | {place: value for place, value in found.items() if value is not None}

    def _company(self, others: tuple["Other", ...]) -> dict[tuple[str, str], Any]:
        """What the alleles of the gene are to each other."""
        names = sorted([self.allele, *(allele(other.name) for other in others)])
        found: dict[tuple[str, str], Any] = {
            (GENE_ALLELES.source, self.hgnc): GeneAlleles(tuple(map(str, names)))
        }
        for other in others:
            key = replace(self.key, allele=allele(other.name))
            held = None if other.held is None else PriorClass(0, other.held)
            found[(PRIOR.source, str(key))] = held
            found[(GENOTYPES.source, other.name)] = other.genotypes
            found[(FREQUENCY.source, other.name)] = other.frequency
        return found

    @property
    def evidence(self) -> Evidence:
        asked = {REPEAT.source: self.repeats, EXON_ALLELES.source: self.exon_alleles}
        named = {source for source, given in asked.items() if given is not None}
        return Evidence(self.facts, self.consulted | named)

    def ask(self, decide: Decide) -> Verdict:
        """Put the question to one criterion."""
        name = None if self.transcript is None else self.transcript.id
        return decide(Question(self.key, name, Reader(self.evidence)))

    def assess(self, evidence: Evidence | None = None) -> Assessment:
        """Assess with every criterion, on this evidence or on another."""
        name = None if self.transcript is None else self.transcript.id
        return assess(self.key, name, self.evidence if evidence is None else evidence)


def predictions(**scores: float | None) -> Predictions:
    """Scores as a release of each predictor has them."""
    return Predictions(
        **{
            name: Score(value, ScoreOrigin.RELEASE)
            for name, value in scores.items()
            if value is not None
        }
    )


def score_facts(
    found: Predictions | None, at: Allele, effect: Consequence
) -> dict[tuple[str, str], Any]:
    """Each predictor's score under its own key."""
    scores = found or Predictions()
    facts = {}
    for predictor in scores.scored:
        key = score_key(predictor, at, effect)
        if key is not None:
            facts[(SCORES[predictor].source, key)] = scores.of(predictor)
    return facts


def finding(criterion: Criterion, strength: Strength) -> Finding:
    """A criterion that is met."""
    return Finding(criterion, met(strength, "test"))


def candidate(
    name: str, genotypes: FamilyGenotypes, hgnc: str = TANGO2.hgnc, **rest: Any
) -> Candidate:
    """A rare missense allele of a gene."""
    at: dict[str, Any] = {
        "filter": "PASS",
        "consequence": replace(missense(), hgnc=hgnc),
        "others": (),
        "frequency": None,
        "coverage": None,
        "assertion": None,
        "predictions": None,
    }
    return Candidate(allele=allele(name), gates=(Gate.RARE,), genotypes=genotypes, **{**at, **rest})


def schemes_of(rules: Mapping[str, Rule]) -> Schemes:
    """The combining schemes that rules hold."""
    return schemes(Question(Setting().key, None, Reader(Setting(rules=rules).evidence)))


SCHEMES = schemes_of(RULES)


def concluded(key: AssessmentKey, *findings: Finding) -> Assessment:
    """An assessment whose met criteria are given."""
    score = points.total(findings)
    return Assessment(
        key=key,
        transcript=None,
        findings=findings,
        points=score,
        posterior=points.posterior(score),
        machine=machine_class(findings, SCHEMES),
        external=None,
        signed=None,
        reads=(),
    )
