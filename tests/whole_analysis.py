"""A whole analysis: five alleles of two genes and a loss, with nearly every source of facts."""

from dataclasses import replace

from core_builders import (
    BRCA1,
    FAMILY_LIMITS,
    HET,
    REF,
    RULES,
    TANGO2,
    WEIGHTS,
    Other,
    Setting,
    allele,
    calls,
    candidate,
    case,
    comparator,
    consequence,
    frequency,
    link,
    missense,
    no_specification,
    predictions,
    trio,
)
from founder_listings import listing
from varinterp.acmg.assess import assess
from varinterp.model.assessment import AcmgClass
from varinterp.model.carried_copy import CarriedCopy
from varinterp.model.case import (
    CaseResult,
    PhenotypeScore,
    ReleaseLabel,
    StageCount,
    TermRow,
)
from varinterp.model.clinvar import Assertion, KnownMissense, Significance, SpliceComparator
from varinterp.model.copy_number import CopyNumber
from varinterp.model.copy_number_facts import Carrier
from varinterp.model.curation import Assay, Curations, Effect, Origin, Override, Probands, Scope
from varinterp.model.evidence import Criterion, Outcome, Reason, Strength
from varinterp.model.facts import (
    Constraint,
    Coverage,
    ExonAlleles,
    ExonSkip,
    GeneLinks,
    NextStart,
    PhenotypeFit,
    Repeat,
)
from varinterp.model.gene_disease import Inheritance
from varinterp.model.panel import AskedPanel, Panel, PanelLevel
from varinterp.model.population import (
    GroupFrequency,
    ListedAllele,
    LocalFrequency,
    PopulationGroups,
)
from varinterp.model.splice_site import Side
from varinterp.model.transcript import Joint, JointPhase, Term
from varinterp.priority.hypotheses import raise_hypotheses
from varinterp.priority.rank import rank

OF_FATHER = calls(proband=HET, father=HET, mother=REF)
OF_MOTHER = calls(proband=HET, father=REF, mother=HET)
NEW = calls(proband=HET, father=REF, mother=REF)
FOUNDER = listing("BA1", "BS1", expires="2027-01-15")
PUBLISHED = Origin("7", "A. Curator", "2026-02-01", "26805781")
OWN = Origin("families", "the laboratory", "2026-03-01", None)
ASSAY = Assay(Scope(), PUBLISHED, "ER to Golgi", Effect.DAMAGING, None, 6, established=False)
ANSWER = Override(
    Scope(TANGO2.hgnc),
    PUBLISHED,
    Criterion.PP4,
    Outcome.MET,
    Strength.SUPPORTING,
    "Rhabdomyolysis is specific",
)
KNOWN_LOSS = SpliceComparator("22-20061688-G-A", 5, (Significance.PATHOGENIC,), 2, False)
PANEL = Panel(
    AskedPanel("metabolic"),
    "panels",
    "Constructed panel",
    "2",
    40,
    ((TANGO2.hgnc, PanelLevel.GREEN),),
)
LOSS = CarriedCopy(
    CopyNumber.parse("22-20052465-20056013-DEL-1"),
    (TANGO2.hgnc,),
    AcmgClass.UNCERTAIN,
    0.3,
    (("proband", Carrier.YES), ("father", Carrier.NO), ("mother", Carrier.YES)),
)
SETTINGS = (
    Setting(
        consequence=missense(),
        frequency=replace(
            frequency(20, faf95=0.00001, group_max_af=0.00002),
            groups=(GroupFrequency("nfe", 20, 1_180_000, 0.00001),),
        ),
        coverage=Coverage(True),
        listed=ListedAllele((FOUNDER,)),
        local=LocalFrequency(12, 4000, 0, None, 8, hidden=("affected",), smallest=5),
        assertion=Assertion((Significance.UNCERTAIN,), ("OMIM:616878",), 1, rsid="rs752298579"),
        comparators=(comparator("V"), comparator("R", allele="22-20061538-G-C", stars=None)),
        predictions=predictions(revel=0.97, spliceai=0.0),
        fit=PhenotypeFit(terms=6, exact=4),
        family=trio(),
        genotypes=OF_FATHER,
        known_missense=KnownMissense((0, 3, 1, 0, 0), (1, 2, 0, 0, 0), 1),
        constraint=Constraint(0.71, 0.0, 3.2),
        curated=Curations(assays=(ASSAY,), overrides=(ANSWER,)),
        own_cases=Curations(probands=(Probands(Scope(), OWN, 2),)),
        others=(Other("22-20061684-G-A", OF_MOTHER, AcmgClass.LIKELY_PATHOGENIC),),
    ),
    Setting(
        allele=allele("22-20061684-G-A"),
        gene_transcripts=(TANGO2,),
        consequence=consequence(Term.SPLICE_DONOR, intron=7, hgvs_c=f"{TANGO2.id}:c.605+1G>A"),
        coverage=Coverage(True),
        groups=PopulationGroups(("afr", "nfe")),
        skip=ExonSkip(7, 154, False, True, 0.1853, False),
        sites={(7, Side.DONOR): (KNOWN_LOSS,)},
        fit=PhenotypeFit(terms=6, exact=4),
        family=trio(),
        genotypes=OF_MOTHER,
    ),
    Setting(
        allele=allele("17-43093844-GAAC-G"),
        inheritance=Inheritance.AUTOSOMAL_DOMINANT,
        transcript=BRCA1,
        consequence=consequence(Term.INFRAME_DELETION, transcript=BRCA1, protein_position=562),
        coverage=Coverage(True, constructed=True),
        repeats={43_093_845: Repeat("tandem")},
        joint=Joint(JointPhase.CIS, ("17-43093840-A-G",), (Term.INFRAME_DELETION,), differs=False),
        fit=PhenotypeFit(terms=6, exact=4),
        family=trio(),
        genotypes=NEW,
    ),
    Setting(
        allele=allele("17-43124096-T-C"),
        inheritance=Inheritance.AUTOSOMAL_DOMINANT,
        transcript=BRCA1,
        consequence=consequence(Term.START_LOST, transcript=BRCA1, protein_position=1),
        coverage=Coverage(True),
        next_start=NextStart(18),
        fit=PhenotypeFit(terms=6, exact=4),
        family=trio(),
        genotypes=NEW,
    ),
    Setting(
        allele=allele("17-43045705-G-A"),
        inheritance=Inheritance.AUTOSOMAL_DOMINANT,
        transcript=BRCA1,
        consequence=consequence(Term.STOP_GAINED, transcript=BRCA1, protein_position=1855),
        coverage=Coverage(True),
        exon_alleles={23: ExonAlleles(3, 0.00001, 0.00002, 1.0)},
        fit=PhenotypeFit(terms=6, exact=4),
        family=trio(),
        genotypes=NEW,
    ),
)


def analysis() -> CaseResult:
    """Five alleles of two genes in one family, assessed and ranked by the real functions."""
    patient = case(trio(), ("HP:0001249", "HP:0003201"))
    candidates = tuple(
        candidate(
            str(setting.allele),
            setting.genotypes or NEW,
            setting.hgnc,
            consequence=setting.consequence,
            frequency=setting.frequency,
            coverage=setting.coverage,
            assertion=setting.assertion,
            predictions=setting.predictions,
            listed=setting.listed,
            local=setting.local,
            joint=setting.joint,
            original="17:43093846 ACGA A" if setting.allele.ref == "GAAC" else None,
        )
        for setting in SETTINGS
    )
    known = {
        TANGO2.hgnc: GeneLinks((link(),)),
        BRCA1.hgnc: GeneLinks((link(Inheritance.AUTOSOMAL_DOMINANT, BRCA1.hgnc),)),
    }
    patient = replace(patient, panels=(PANEL.asked,))
    hypotheses = raise_hypotheses(
        patient, candidates, known, FAMILY_LIMITS, no_specification, (LOSS,)
    )
    transcripts = {transcript.hgnc: transcript.id for transcript in (TANGO2, BRCA1)}
    evidence = SETTINGS[0].evidence
    for setting in SETTINGS[1:]:
        evidence = evidence.with_facts(setting.facts)
    keys = dict.fromkeys(key for each in hypotheses for key in each.keys)
    assessments = tuple(assess(key, transcripts[key.gene], evidence) for key in keys)
    rows = (
        TermRow(
            "HP:0001249",
            "Intellectual disability",
            "exact",
            "HP:0001249",
            "Intellectual disability",
        ),
        TermRow("HP:0003201", "Rhabdomyolysis", "absent"),
    )
    match = PhenotypeScore(0.75, rows, log_lr=2.25)
    ranking = rank(
        patient,
        hypotheses,
        candidates,
        {assessment.key: assessment for assessment in assessments},
        lambda disease: match,
        WEIGHTS,
        (PANEL,),
    )
    return CaseResult(
        case=patient,
        candidates=candidates,
        assessments=assessments,
        ranking=ranking,
        phenotypes={link().disease: match},
        term_names={"HP:0001250": "Seizure"},
        facts=evidence.slice(tuple(read for each in assessments for read in each.reads)),
        releases=(
            ReleaseLabel("clinvar", "2026-08-04", "2026-08-04", "https://x.org", "CC0", False),
        ),
        versions={"varinterp": "1.0.0", "vepyr": "0.10.0"},
        counts=(StageCount("candidates", 120, 3, (("common", 117),)),),
        warnings=(Reason.of("warning.no_frequency", chromosome="7", alleles=1001),),
        panels=(PANEL,),
        ranked_by={"rank.prior": RULES["rank.prior"], "rank.family": RULES["rank.family"]},
        copy_numbers=(LOSS,),
    )
