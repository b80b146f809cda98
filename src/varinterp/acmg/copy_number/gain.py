"""Section 2 of the table of gains: overlap with what is known to bear another copy or not.

Riggs 2020 (PMID 31690835), table 2. *Established* is ClinGen's dosage score 3, *benign* its score
40 (dosage sensitivity unlikely) of a region. A gain is taken to lie in tandem, which a count of
copies does not show.
"""

from varinterp.acmg.copy_number.answer import Answer, met, not_assessed, not_met
from varinterp.acmg.copy_number.ask import CopyQuestion, named
from varinterp.acmg.copy_number.dosage import where_dosage_is_known
from varinterp.acmg.copy_number.phenotype import best_fit
from varinterp.model.copy_number import Change
from varinterp.model.copy_number_facts import DosageRegion, Frame, GeneHit, Hit

GAIN, LOSS = Change.GAIN, Change.LOSS
CUT = (
    Hit.FIVE_PRIME_CODING,
    Hit.FIVE_PRIME_UTR,
    Hit.THREE_PRIME_UTR,
    Hit.LAST_EXON,
    Hit.LAST_EXONS,
)
"""One end lies within the gene."""


def same_as_benign(ask: CopyQuestion) -> Answer:
    """2C: identical in gene content to an established benign gain."""
    own = {gene.hgnc for gene in ask.genes()}
    return _benign(ask, "2C", "same_as_benign", [r for r in _benigns(ask) if own == set(r.genes)])


def smaller_than_benign(ask: CopyQuestion) -> Answer:
    """2D: within an established benign gain, no end in a protein-coding gene."""
    regions = [] if _interrupted(ask) else _smaller(ask)
    return _benign(ask, "2D", "smaller_than_benign", regions)


def smaller_interrupting(ask: CopyQuestion) -> Answer:
    """2E: within an established benign gain, an end in a protein-coding gene; no points."""
    regions = _smaller(ask) if _interrupted(ask) else []
    return _benign(ask, None, "smaller_interrupting", regions)


def larger_without_genes(ask: CopyQuestion) -> Answer:
    """2F: larger than an established benign gain, without another protein-coding gene."""
    own = {gene.hgnc for gene in ask.genes()}
    regions = [r for r in _benigns(ask) if ask.contains(r) and own == set(r.genes)]
    return _benign(ask, "2F", "larger_without_genes", regions)


def beyond_benign(ask: CopyQuestion) -> Answer:
    """2G: overlaps an established benign gain and has more genes; no points."""
    own = {gene.hgnc for gene in ask.genes()}
    regions = [r for r in _benigns(ask) if own - set(r.genes)]
    return _benign(ask, None, "beyond_benign", regions)


@where_dosage_is_known
def haploinsufficient_whole(ask: CopyQuestion) -> Answer:
    """2H: an established haploinsufficient gene is gained whole; no points."""
    genes = ask.established(LOSS, Hit.WHOLE)
    if not genes:
        return not_met("copy_number.none_whole")
    return met(0.0, "copy_number.haploinsufficient_gained", names=named(genes))


@where_dosage_is_known
def inside(ask: CopyQuestion) -> Answer:
    """2I: both ends within one established haploinsufficient gene: PVS1's tree for duplications.

    Abou Tayoun 2018 (PMID 30192042): presumed in tandem, frame disrupted and decay expected:
    strong; no or unknown effect on frame or decay: not applicable. Proven in tandem would be very
    strong, which takes a person who saw the junction.
    """
    genes = ask.established(LOSS, Hit.WITHIN)
    if not genes:
        return not_met("copy_number.not_inside")
    return _inside(ask, genes[0])


def _inside(ask: CopyQuestion, gene: GeneHit) -> Answer:
    facts = {"gene": gene.gene, "first_exon": gene.first_exon, "last_exon": gene.last_exon}
    if gene.frame is None or gene.frame is Frame.UNKNOWN:
        return not_assessed("copy_number.frame_unknown", **facts)
    if gene.frame is Frame.DECAY:
        return met(ask.number("gain.2I.strong"), "copy_number.gain_decay", **facts)
    return not_met("copy_number.gain_without_decay", **facts)


@where_dosage_is_known
def cuts_unlike(ask: CopyQuestion) -> Answer:
    """2J: one end within an established gene, the phenotype another or unknown; no points."""
    genes = ask.established(LOSS, *CUT)
    if not genes:
        return not_met("copy_number.no_gene_cut")
    fit = best_fit(ask, genes)
    if fit is not None and fit.exact > 0:
        return not_met(
            "copy_number.cut_consistent", names=named(genes), exact=fit.exact, terms=fit.terms
        )
    return met(0.0, "copy_number.cut_unlike", names=named(genes))


@where_dosage_is_known
def cuts_alike(ask: CopyQuestion) -> Answer:
    """2K: one end within an established gene, the phenotype highly specific for its loss.

    Whether a phenotype is highly specific is a geneticist's judgement.
    """
    genes = ask.established(LOSS, *CUT)
    if not genes:
        return not_met("copy_number.no_gene_cut")
    fit = best_fit(ask, genes)
    if fit is None:
        return not_assessed("copy_number.phenotype_unknown")
    if fit.exact == 0:
        return not_met("copy_number.phenotype_not_consistent", terms=fit.terms)
    return not_assessed("copy_number.specific_is_judged", exact=fit.exact, terms=fit.terms)


@where_dosage_is_known
def cuts_others(ask: CopyQuestion) -> Answer:
    """2L: an end within a gene of no established clinical significance; no points."""
    established = {gene.hgnc for gene in ask.established(LOSS)}
    genes = [each for each in ask.genes() if each.breakpoints and each.hgnc not in established]
    if not genes:
        return not_met("copy_number.no_gene_cut")
    return met(0.0, "copy_number.cuts_others", names=named(genes))


def _benigns(ask: CopyQuestion) -> tuple[DosageRegion, ...]:
    return ask.benign_regions() if ask.dosage_known() else ()


def _smaller(ask: CopyQuestion) -> list[DosageRegion]:
    return [each for each in _benigns(ask) if ask.within(each)]


def _interrupted(ask: CopyQuestion) -> bool:
    return any(gene.breakpoints for gene in ask.genes())


@where_dosage_is_known
def _benign(ask: CopyQuestion, line: str | None, key: str, regions: list[DosageRegion]) -> Answer:
    if not regions:
        return not_met(f"copy_number.not_{key}")
    points = 0.0 if line is None else ask.number(f"gain.{line}")
    return met(points, f"copy_number.{key}", names=named(regions))
