"""Genes of secondary findings: what nothing ties to the patient is named to nobody unasked."""

from dataclasses import replace

import pytest

from core_builders import HEMI, HET, HOM, TANGO2, WEIGHTS, calls, case, concluded, link, trio
from ranked import AD, AR, FITS, NOTHING, NULL, Place
from varinterp.model.case import Case, RankedHypothesis, Tier
from varinterp.model.family import Affected
from varinterp.model.fit import Fit, does_not_fit
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import Genotype
from varinterp.model.panel import AskedPanel, Panel, PanelLevel, PanelUse
from varinterp.model.phenotype import Phenotype
from varinterp.priority.hypotheses import Hypothesis
from varinterp.priority.rank import rank
from varinterp.priority.weights import Entry, ListUse, Weights

OF_LIST = replace(
    WEIGHTS,
    listed={(ListUse.SECONDARY, TANGO2.hgnc): Entry("ACMG SF v3.3", "cancer", "a source")},
)
SEIZURES = Phenotype(("HP:0001250",))
PLACE = Place((NULL,), disease=link(AD))


def undescribed(
    patient: Case, weights: Weights = OF_LIST, panels: tuple[Panel, ...] = ()
) -> RankedHypothesis:
    """Rank a pathogenic allele in a disease that the annotations do not describe."""
    told = {key: concluded(key, *NULL) for key in PLACE.keys}
    hypothesis = Hypothesis(PLACE.keys, PLACE.disease, PLACE.fit)
    (found,) = rank(
        patient, [hypothesis], PLACE.candidates, told, lambda disease: None, weights, panels
    )
    return found


def patient(*, consented: bool = False, phenotype: Phenotype = SEIZURES) -> Case:
    return replace(case(trio()), phenotype=phenotype, secondary_findings=consented)


def test_a_disease_of_the_list_that_nobody_describes_is_not_named_without_consent() -> None:
    """ClinGen's BRCA1-related cancer predisposition, Lynch or long QT syndrome, say."""
    found = undescribed(patient())

    assert found.tier is Tier.UNRELATED
    assert found.reason.key == "tier.secondary_not_compared"
    assert found.reason["list"] == "ACMG SF v3.3"


def test_a_carrier_of_a_gene_that_the_list_asks_two_variants_of_has_no_finding() -> None:
    """RPE65, say: carriers of its recessive disease, and a rare dominant one."""
    entry = Entry("ACMG SF v3.3", "recessive", "a source", AR.value)
    of_two = replace(WEIGHTS, listed={(ListUse.SECONDARY, TANGO2.hgnc): entry})

    assert undescribed(patient(consented=True), of_two).tier is Tier.UNRELATED
    assert PLACE.ranked(NOTHING, of_two, consented=True).tier is Tier.UNRELATED
    both = Place((NULL, NULL), disease=link(AR))
    assert both.ranked(NOTHING, of_two, consented=True).tier is Tier.SECONDARY


X_LINKED = Inheritance.X_LINKED


@pytest.mark.parametrize(
    ("call", "alleles", "fit", "told"),
    [
        (HET, 1, FITS, Tier.UNRELATED),
        (HEMI, 1, FITS, Tier.SECONDARY),
        (HOM, 1, FITS, Tier.SECONDARY),
        (HET, 2, FITS, Tier.SECONDARY),
        (HET, 2, does_not_fit("inheritance.in_cis"), Tier.UNRELATED),
    ],
)
def test_an_x_linked_gene_may_be_a_finding_where_no_copy_is_left_alone(
    call: Genotype, alleles: int, fit: Fit, told: Tier
) -> None:
    """ABCD1: men, and women with two; every list that names no mode tells a woman with one, too."""
    entry = Entry("ACMG SF v3.3", "metabolic", "a source", X_LINKED.value)
    of_all = replace(WEIGHTS, listed={(ListUse.SECONDARY, TANGO2.hgnc): entry})
    place = Place((NULL,) * alleles, disease=link(X_LINKED), genotypes=calls(proband=call), fit=fit)

    assert place.ranked(NOTHING, of_all, consented=True).tier is told
    if fit is FITS:
        assert place.ranked(NOTHING, OF_LIST, consented=True).tier is Tier.SECONDARY


def test_who_consented_is_told_of_it() -> None:
    assert undescribed(patient(consented=True)).tier is Tier.SECONDARY


@pytest.mark.parametrize("consented", [False, True])
def test_elsewhere_a_disease_that_nobody_describes_stays_possible(consented: bool) -> None:
    found = undescribed(patient(consented=consented), WEIGHTS)

    assert (found.tier, found.reason.key) == (Tier.POSSIBLE, "tier.phenotype_not_assessed")


@pytest.mark.parametrize("use", PanelUse)
def test_a_gene_that_a_panel_asks_for_is_no_secondary_finding(use: PanelUse) -> None:
    levels = ((TANGO2.hgnc, PanelLevel.GREEN),)
    panel = Panel(AskedPanel("breast", use), "panels", "Breast cancer", "3", 1, levels)

    assert undescribed(patient(), panels=(panel,)).tier is Tier.POSSIBLE
    assert undescribed(patient(), panels=(replace(panel, levels=()),)).tier is Tier.UNRELATED


def test_of_a_patient_without_terms_nothing_is_hidden() -> None:
    """Nobody knows what they were examined for: the gene of the list may be the question."""
    assert undescribed(patient(phenotype=Phenotype(()))).tier is Tier.POSSIBLE


def test_of_a_healthy_proband_without_terms_every_gene_of_the_list_is_secondary() -> None:
    family = trio()
    healthy = replace(family.proband, affected=Affected.NO)
    people = tuple(healthy if each.id == healthy.id else each for each in family)
    asked = replace(patient(phenotype=Phenotype(())), family=replace(family, members=people))

    assert undescribed(asked).tier is Tier.UNRELATED
    assert undescribed(replace(asked, secondary_findings=True)).tier is Tier.SECONDARY
