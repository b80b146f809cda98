"""Section 2 of the table of losses: overlap with what is known to bear the loss of a copy or not.

Riggs 2020 (PMID 31690835), table 1. *Established* is ClinGen's dosage score 3, *benign* its score
40 (dosage sensitivity unlikely) of a region. A gene is touched as its MANE transcript is.
"""

from varinterp.acmg.copy_number.answer import Answer, met, not_assessed, not_met
from varinterp.acmg.copy_number.ask import CopyQuestion, named
from varinterp.acmg.copy_number.dosage import where_dosage_is_known
from varinterp.model.copy_number import Change
from varinterp.model.copy_number_facts import (
    EXON_KNOWN,
    HAPLOINSUFFICIENCY,
    Frame,
    GeneHit,
    Hit,
)
from varinterp.model.evidence import Scalar
from varinterp.model.facts import CONSTRAINT, exon_key

LOSS = Change.LOSS


def start_coding(ask: CopyQuestion) -> Answer:
    """2C-1: the 5′ end of an established gene is lost, coding sequence included."""
    return _hit(ask, Hit.FIVE_PRIME_CODING, ask.number("loss.2C-1"))


def start_untranslated(ask: CopyQuestion) -> Answer:
    """2C-2: the 5′ end of an established gene is lost, untranslated sequence alone."""
    return _hit(ask, Hit.FIVE_PRIME_UTR, 0.0)


def end_untranslated(ask: CopyQuestion) -> Answer:
    """2D-1: the 3′ end of an established gene is lost, untranslated sequence alone."""
    return _hit(ask, Hit.THREE_PRIME_UTR, 0.0)


def last_exon_known(ask: CopyQuestion) -> Answer:
    """2D-2: only the last exon, in which pathogenic alleles are known."""
    return _last_exon(ask, wanted_known=True)


def last_exon_unknown(ask: CopyQuestion) -> Answer:
    """2D-3: only the last exon, in which none is known."""
    return _last_exon(ask, wanted_known=False)


def last_exons(ask: CopyQuestion) -> Answer:
    """2D-4: the last exon and others before it: decay is expected."""
    return _hit(ask, Hit.LAST_EXONS, ask.number("loss.2D-4"))


@where_dosage_is_known
def inside(ask: CopyQuestion) -> Answer:
    """2E: both ends within one established gene: PVS1's tree for deletions of exons.

    Abou Tayoun 2018 (PMID 30192042): decay very strong; otherwise strong above a tenth of the
    protein, moderate up to it. Whether the population has null alleles of the exon, and whether a
    region is critical, is not asked.
    """
    if ask.established(LOSS, Hit.INTRONIC):
        return not_met("copy_number.intronic", names=named(ask.established(LOSS, Hit.INTRONIC)))
    genes = ask.established(LOSS, Hit.WITHIN)
    if not genes:
        return not_met("copy_number.not_inside")
    return _inside(ask, genes[0])


def _inside(ask: CopyQuestion, gene: GeneHit) -> Answer:
    facts = {"gene": gene.gene, "first_exon": gene.first_exon, "last_exon": gene.last_exon}
    if gene.frame is None or gene.frame is Frame.UNKNOWN or gene.removed is None:
        return not_assessed("copy_number.frame_unknown", **facts)
    if gene.frame is Frame.UNTRANSLATED:
        return not_met("copy_number.untranslated_exons", **facts)
    if gene.frame is Frame.DECAY:
        return met(ask.number("loss.2E.very_strong"), "copy_number.inside_decay", **facts)
    strength = "strong" if gene.removed > ask.number("removed_share") else "moderate"
    points = ask.number(f"loss.2E.{strength}")
    if gene.frame is Frame.KEPT:
        return met(points, "copy_number.inside_in_frame", removed=gene.removed, **facts)
    return met(points, "copy_number.inside_no_decay", removed=gene.removed, **facts)


@where_dosage_is_known
def in_benign(ask: CopyQuestion) -> Answer:
    """2F: the loss lies whole in an established benign region."""
    regions = [each for each in ask.benign_regions() if ask.within(each)]
    if not regions:
        return not_met("copy_number.not_in_benign")
    return met(ask.number("loss.2F"), "copy_number.in_benign", names=named(regions))


@where_dosage_is_known
def beyond_benign(ask: CopyQuestion) -> Answer:
    """2G: the loss overlaps a benign one and has more; no points."""
    regions = [each for each in ask.benign_regions() if not ask.within(each)]
    if not regions:
        return not_met("copy_number.not_beyond_benign")
    return met(0.0, "copy_number.beyond_benign", names=named(regions))


@where_dosage_is_known
def predicted(ask: CopyQuestion) -> Answer:
    """2H: two predictors or more call a gene in the interval haploinsufficient.

    gnomAD's pLI and LOEUF are one observation of one population and count as one predictor, met
    when both agree; DECIPHER's %HI is the other.
    """
    if ask.established(LOSS) or ask.established_regions(LOSS):
        return not_met("copy_number.established_instead")
    lost = [gene for gene in ask.genes() if gene.hit not in (Hit.INTRONIC, Hit.THREE_PRIME_UTR)]
    if not lost:
        return not_met("copy_number.no_gene_to_predict")
    judged = {gene.gene: _predictors(ask, gene) for gene in lost}
    both = [name for name, answers in judged.items() if answers == (True, True)]
    if both:
        return met(ask.number("loss.2H"), "copy_number.predicted", genes=", ".join(both[:6]))
    if any(False not in answers for answers in judged.values()):
        return not_assessed("copy_number.predictors_missing")
    return not_met("copy_number.not_predicted", count=len(judged))


def _predictors(ask: CopyQuestion, gene: GeneHit) -> tuple[bool | None, bool | None]:
    """Say what gnomAD's constraint and %HI call a gene; None where there is no figure."""
    constraint = ask.read(CONSTRAINT, gene.transcript.partition(".")[0])
    index = ask.read(HAPLOINSUFFICIENCY, gene.hgnc)
    pli, loeuf = (None, None) if constraint is None else (constraint.pli, constraint.loeuf)
    agreed = None
    if pli is not None and loeuf is not None:
        agreed = pli >= ask.number("pli") and loeuf < ask.number("loeuf")
    return agreed, None if index is None else index.percent <= ask.number("hi_percent")


@where_dosage_is_known
def _hit(ask: CopyQuestion, hit: Hit, points: float) -> Answer:
    """Answer for the established genes that are touched in one way."""
    genes = ask.established(LOSS, hit)
    if not genes:
        return not_met(f"copy_number.none_{hit}")
    return met(points, f"copy_number.part_{hit}", names=named(genes))


@where_dosage_is_known
def _last_exon(ask: CopyQuestion, *, wanted_known: bool) -> Answer:
    genes = ask.established(LOSS, Hit.LAST_EXON)
    if not genes:
        return not_met("copy_number.none_last_exon")
    known = [ask.read(EXON_KNOWN, exon_key(gene.transcript, gene.exons)) for gene in genes]
    if None in known:
        return not_assessed("copy_number.last_exon_not_looked_up", names=named(genes))
    pathogenic = sum(each.pathogenic for each in known if each is not None)
    facts: dict[str, Scalar] = {"names": named(genes), "count": pathogenic}
    if (pathogenic > 0) is not wanted_known:
        return not_met("copy_number.last_exon_other", **facts)
    line = "2D-2" if wanted_known else "2D-3"
    return met(ask.number(f"loss.{line}"), "copy_number.last_exon", **facts)
