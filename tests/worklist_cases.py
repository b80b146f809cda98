"""A worklist put together by hand: a downgrade of a signed finding, a pair, a promotion, more."""

from dataclasses import replace
from datetime import UTC, date, datetime

from varinterp.model.assessment import NO_KNOWN_DISEASE, AcmgClass, AssessmentKey, MachineClass
from varinterp.model.case import Tier
from varinterp.model.change import ChangeKind
from varinterp.model.clinvar import Significance
from varinterp.model.event import (
    Attribution,
    Cause,
    CriterionChange,
    Event,
    EventDates,
    EventDirection,
    EventKind,
    EventTier,
    Facet,
    Flip,
    NearMiss,
    PartnerSide,
)
from varinterp.model.evidence import Criterion, Reason, Strength
from varinterp.model.fit import Answer
from varinterp.model.gene_disease import Inheritance, Validity
from varinterp.model.genotype import Zygosity
from varinterp.model.recontact import Recontact, RecontactState
from varinterp.model.review import Act, Review, ReviewState, Transition, Wake, WakeKind
from varinterp.model.standing import (
    CriterionMet,
    ExternalWord,
    Match,
    SignedStanding,
    Standing,
)
from varinterp.model.variant import Allele
from varinterp.report.worklist.facts import (
    Carrier,
    ListedEvent,
    RecontactLine,
    ReleaseMove,
    RunSummary,
    Worklist,
)

RUN = "2017-04-03"
ON = date(2017, 4, 3)
TANGO2, DGCR8 = "HGNC:25439", "HGNC:2847"
DISEASE = "OMIM:616878"
DISEASE_NAME = "Metabolic encephalomyopathic crises, recurrent"
MISSENSE = Allele.parse("22-20061538-G-A")
NONSENSE = Allele.parse("22-20056000-C-T")
FRAMESHIFT = Allele.parse("22-20036801-GTG-GG")
GOITRE = Allele.parse("22-20087000-A-G")
FIRST, SECOND, THIRD = "C-AAAAAAAAAAAA", "C-BBBBBBBBBBBB", "C-CCCCCCCCCCCC"
LABELS = {FIRST: "FAM-0417", SECOND: "Martin, 2014"}

CLINVAR = Cause(
    source="clinvar",
    key=str(MISSENSE),
    origin="clinvar",
    kinds=(ChangeKind.CLASS_DOWN, ChangeKind.CONFLICT_BEGUN),
    before="pathogenic, 2 stars",
    after="conflicting, 1 star",
    release_before="2016-04",
    release_after="2017-04",
    date="2017-04-03",
    constructed=True,
)
GNOMAD = Cause(
    source="gnomad",
    key=str(MISSENSE),
    origin="gnomad",
    kinds=(ChangeKind.FREQUENCY_CROSSED_UP,),
    before="af 0.00012",
    after="af 0.0061",
    release_before="2.0.1",
    release_after="2.1.1",
    date="2017-03-01",
    constructed=True,
)
LINK = Cause(
    source="gene_disease",
    key=TANGO2,
    origin="gene_disease",
    kinds=(ChangeKind.ADDED,),
    before=None,
    after=f"{DISEASE} autosomal recessive",
    release_before="2015-02-01",
    release_after="2017-04-01",
    date="2017-04-01",
)


def standing(
    case: str, allele: Allele, value: AcmgClass, points: int, *met: tuple[Criterion, Strength],
    disease: str = DISEASE, tier: Tier = Tier.PROPOSED,
) -> Standing:  # fmt: skip
    """A recessive standing in TANGO2."""
    mode = None if disease == NO_KNOWN_DISEASE else Inheritance.AUTOSOMAL_RECESSIVE
    return Standing(
        key=AssessmentKey(case, allele, TANGO2, disease, mode, "core"),
        disease_name=None if mode is None else DISEASE_NAME,
        transcript="ENST00000327374.9",
        machine=MachineClass(value, value),
        points=points,
        criteria=tuple(CriterionMet(*each) for each in met),
        external=(),
        signed=None,
        tier=tier,
        tier_reason=Reason.of("tier.proposed", exact=7, terms=9),
        rank=1,
        fit=Answer.FITS,
        fit_reason=Reason.of("inheritance.homozygous"),
        match=Match(exact=7, terms=9),
        validity=Validity.STRONG,
        zygosity=Zygosity.HETEROZYGOUS,
    )


def downgrade() -> Event:
    """A signed, homozygous, pathogenic finding: too frequent now, and in conflict in ClinVar."""
    signed = SignedStanding(
        DISEASE, Inheritance.AUTOSOMAL_RECESSIVE, AcmgClass.PATHOGENIC, "2016-05-12",
        AcmgClass.PATHOGENIC,
    )  # fmt: skip
    before = replace(
        standing(
            FIRST, MISSENSE, AcmgClass.PATHOGENIC, 10,
            (Criterion.PM2, Strength.SUPPORTING), (Criterion.PM3, Strength.STRONG),
        ),
        external=(ExternalWord("clinvar", (Significance.PATHOGENIC,), 2),),
        signed=signed,
    )  # fmt: skip
    after = replace(
        standing(
            FIRST, MISSENSE, AcmgClass.UNCERTAIN, 1,
            (Criterion.PM3, Strength.STRONG), (Criterion.BS1, Strength.STRONG),
            tier=Tier.POSSIBLE,
        ),
        external=(ExternalWord("clinvar", (Significance.CONFLICTING,), 1),),
        signed=replace(signed, machine=AcmgClass.UNCERTAIN),
    )  # fmt: skip
    return Event(
        case=FIRST,
        allele=MISSENSE,
        gene=TANGO2,
        symbol="TANGO2",
        kind=EventKind.KNOWLEDGE,
        tier=EventTier.SIGNED,
        direction=EventDirection.DOWN,
        moved=(Facet.CLASS, Facet.CRITERIA, Facet.EXTERNAL, Facet.TIER),
        before=before,
        after=after,
        partner=None,
        group="a",
        criteria=(
            CriterionChange(
                Criterion.PM2, Strength.SUPPORTING, None,
                Reason.of("population.observed", **_frequency()), (GNOMAD,),
            ),
            CriterionChange(
                Criterion.BS1, None, Strength.STRONG,
                Reason.of("population.bs1", **_frequency()), (GNOMAD,),
            ),
        ),
        causes=(CLINVAR, GNOMAD),
        responsible=("gnomad",),
        attribution=Attribution.SINGLE,
        reasons=(
            Reason.of(
                "event.class_moved", class_before=AcmgClass.PATHOGENIC,
                class_after=AcmgClass.UNCERTAIN, points_before=10, points_after=1,
            ),
        ),
        why=Reason.of("event.why_signed"),
        near_miss=NearMiss(
            AcmgClass.LIKELY_PATHOGENIC, 5, (Flip(Criterion.PVS1, Strength.VERY_STRONG),)
        ),
        dates=EventDates("2015-02-10", "2017-04-03", "2015-02-10"),
        evidence="e1",
        constructed=True,
    )  # fmt: skip


def _frequency() -> dict[str, str | float | int]:
    return {
        "frequency": 0.0061, "measure": "faf95", "group": "nfe", "ac": 120, "an": 19672,
        "limit": 0.001,
    }  # fmt: skip


def pair() -> tuple[Event, Event]:
    """Two alleles of one gene that a new gene–disease link brings up together."""
    sides = []
    for allele, other, value, points in (
        (FRAMESHIFT, NONSENSE, AcmgClass.PATHOGENIC, 10),
        (NONSENSE, FRAMESHIFT, AcmgClass.LIKELY_PATHOGENIC, 9),
    ):
        before = standing(
            SECOND, allele, AcmgClass.UNCERTAIN, 1, (Criterion.PM2, Strength.SUPPORTING),
            disease=NO_KNOWN_DISEASE, tier=Tier.NO_KNOWN_DISEASE,
        )  # fmt: skip
        met = ((Criterion.PVS1, Strength.VERY_STRONG), (Criterion.PM2, Strength.SUPPORTING))
        after = replace(
            standing(SECOND, allele, value, points, *met),
            partner=other,
            partner_class=AcmgClass.LIKELY_PATHOGENIC,
        )
        sides.append((allele, before, after))
    return _side(*sides[0], PartnerSide(*sides[1])), _side(*sides[1], PartnerSide(*sides[0]))


def _side(allele: Allele, before: Standing, after: Standing, partner: PartnerSide) -> Event:
    return Event(
        case=SECOND,
        allele=allele,
        gene=TANGO2,
        symbol="TANGO2",
        kind=EventKind.KNOWLEDGE,
        tier=EventTier.ACTIONABLE,
        direction=EventDirection.UP,
        moved=(Facet.CLASS, Facet.CRITERIA, Facet.DISEASE, Facet.TIER, Facet.PARTNER),
        before=before,
        after=after,
        partner=partner,
        group="b",
        criteria=(
            CriterionChange(Criterion.PVS1, None, Strength.VERY_STRONG, None, (LINK,)),
        ),
        causes=(LINK,),
        responsible=("gene_disease",),
        attribution=Attribution.SINGLE,
        reasons=(
            Reason.of("event.disease_known", disease=DISEASE, name=DISEASE_NAME),
            Reason.of("event.second_hit", partner=str(partner.allele)),
        ),
        why=Reason.of("event.why_actionable"),
        near_miss=None,
        dates=EventDates("2015-02-10", "2017-04-01", "2017-04-03"),
        evidence="e2",
    )  # fmt: skip


def promotion() -> Event:
    """An allele that was nobody's candidate: two sources together bring it up."""
    after = standing(
        THIRD, MISSENSE, AcmgClass.LIKELY_PATHOGENIC, 6, (Criterion.PM5, Strength.MODERATE),
        tier=Tier.POSSIBLE,
    )  # fmt: skip
    return Event(
        case=THIRD,
        allele=MISSENSE,
        gene=TANGO2,
        symbol="TANGO2",
        kind=EventKind.KNOWLEDGE,
        tier=EventTier.BOUNDARY,
        direction=EventDirection.UP,
        moved=(Facet.PRESENCE,),
        before=None,
        after=after,
        partner=None,
        group="c",
        criteria=(),
        causes=(CLINVAR, LINK),
        responsible=("clinvar", "gene_disease"),
        attribution=Attribution.INTERACTION,
        reasons=(
            Reason.of("event.promoted", acmg_class=AcmgClass.LIKELY_PATHOGENIC, tier=after.tier),
        ),
        why=Reason.of("event.why_class_boundary"),
        near_miss=NearMiss(AcmgClass.PATHOGENIC, 4, (), waits_for_second=True),
        dates=EventDates("2017-04-03", "2017-04-03"),
        evidence="e3",
        constructed=True,
    )


def dropped() -> Event:
    """An allele that is no longer a candidate, in another gene."""
    before = standing(
        THIRD, GOITRE, AcmgClass.UNCERTAIN, 2, (Criterion.PP3, Strength.MODERATE),
        tier=Tier.POSSIBLE,
    )  # fmt: skip
    return replace(
        promotion(),
        allele=GOITRE,
        gene=DGCR8,
        symbol="DGCR8",
        tier=EventTier.WATCH,
        direction=EventDirection.DOWN,
        before=replace(before, key=replace(before.key, gene=DGCR8)),
        after=None,
        group="d",
        causes=(GNOMAD,),
        responsible=("gnomad",),
        attribution=Attribution.NOT_REPLAYED,
        reasons=(Reason.of("event.dropped", acmg_class=AcmgClass.UNCERTAIN, tier=before.tier),),
        why=Reason.of("event.why_watch"),
        near_miss=None,
        evidence="e4",
    )


def run_summary() -> RunSummary:
    """The run of April 2017."""
    return RunSummary(
        name=RUN,
        on=ON,
        moves=(
            ReleaseMove("clinvar", "2015-02", "2017-04", "2015-02-03", "2017-04-03"),
            ReleaseMove("gene_disease", "2015-02-01", "2017-04-01", "2015-02-01", "2017-04-01"),
            ReleaseMove("gnomad", None, "2.1.1", None, "2017-03-01", constructed=True),
        ),
        examined=12,
        changed=3,
        unchanged=1203,
        skipped=(("no_consent", 4), ("erased", 1)),
        quiet=(("evidence_only", 7), ("withheld", 2)),
        queued=3,
        software_before="0.3.0",
        software_after="0.4.0",
        constructed=True,
    )


def listed(number: int, event: Event, state: ReviewState = ReviewState.OPEN) -> ListedEvent:
    """An event on the list as it came up."""
    return ListedEvent(
        id=number,
        event=event,
        run=RUN,
        since=ON,
        review=Review(state),
        physician="P-PRESCRIBER2",
        report=f"cases/{event.case}",
    )


def worklist() -> Worklist:
    """Five events of three cases, one open since an earlier run, and two recontacts."""
    one, other = pair()
    taken = Review(
        ReviewState.IN_REVIEW,
        (
            Act(Transition.SURFACE, datetime(2017, 4, 3, 6, tzinfo=UTC)),
            Act(Transition.TAKE, datetime(2017, 4, 4, 9, tzinfo=UTC), "Dr Tremblay", comment="RCP"),
        ),
    )
    snoozed = Review(
        ReviewState.SNOOZED,
        (
            Act(
                Transition.SNOOZE, datetime(2017, 4, 5, tzinfo=UTC), "Dr Tremblay",
                until=Wake(WakeKind.SOURCE, "clinvar"),
            ),
        ),
    )  # fmt: skip
    carriers = (
        Carrier("P-PROBAND00000", "proband", Zygosity.HOMOZYGOUS, True),
        Carrier("P-MOTHER000000", "mother", Zygosity.HETEROZYGOUS, True),
        Carrier("P-BROTHER00000", "brother", Zygosity.HETEROZYGOUS, None),
        Carrier("P-FATHER000000", "father", Zygosity.HETEROZYGOUS, False),
    )
    return Worklist(
        run=run_summary(),
        events=(
            replace(
                listed(11, downgrade()), coding="ENST00000327374.9:c.460G>A",
                protein="ENSP00000332721.4:p.Gly154Arg", carriers=carriers,
            ),
            replace(listed(12, one), coding="NM_152906.7:c.4del", review=taken),
            listed(14, promotion()),
            replace(listed(13, other), coding="c.418C>T", protein="p.Arg140Ter"),
            replace(
                listed(7, dropped()), run="2016-10-02", since=date(2016, 10, 2), review=snoozed,
                physician="P-PRESCRIBER1",
            ),
        ),
        recontacts=recontacts(),
    )  # fmt: skip


def recontacts() -> tuple[RecontactLine, ...]:
    """The proband, overdue, and the mother."""
    reason = "A signed class went down."
    first = Recontact(
        1, FIRST, "P-PROBAND00000", "Dr Tremblay", date(2017, 4, 1), reason, RecontactState.OPEN, 11
    )
    second = replace(first, id=2, person="P-MOTHER000000", due=date(2017, 5, 1))
    return (
        RecontactLine(second, "mother", "TANGO2", "P-PRESCRIBER2"),
        RecontactLine(first, "proband", "TANGO2", "P-PRESCRIBER2"),
    )


def silent() -> Worklist:
    """A run that found nothing to look at."""
    return Worklist(replace(run_summary(), changed=0, queued=0, constructed=False), ())
