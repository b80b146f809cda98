"""PS2 and PM6: new in the patient, as far as the parents' reads and the phenotype can say."""

from dataclasses import replace

import pytest

from core_builders import BRCA1, HET, REF, SINGLETON, Setting, allele, call, calls, trio
from varinterp.acmg.de_novo import pm6, ps2
from varinterp.model.evidence import Outcome, Strength
from varinterp.model.facts import FamilyGenotypes, PhenotypeFit
from varinterp.model.family import Affected, Family
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import MISSING, Genotype

MET, NOT_MET, NOT_ASSESSED = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSED


def new(
    father: Genotype = REF,
    mother: Genotype = REF,
    proband: Genotype = HET,
    family: Family | None = None,
    confirmed: bool = True,
) -> Setting:
    """A dominant disease, a patient with two of its terms, and a trio."""
    return Setting(
        allele=allele("17-43093844-G-A"),
        inheritance=Inheritance.AUTOSOMAL_DOMINANT,
        transcript=BRCA1,
        family=trio() if family is None else family,
        parentage_confirmed=confirmed,
        genotypes=calls(proband=proband, father=father, mother=mother),
        fit=PhenotypeFit(terms=5, exact=2),
    )


@pytest.mark.parametrize(
    ("confirmed", "strength_ps2", "strength_pm6"),
    [
        pytest.param(True, Strength.MODERATE, None, id="parentage confirmed: one point, PS2"),
        pytest.param(False, None, Strength.SUPPORTING, id="parentage assumed: half, PM6"),
    ],
)
def test_a_new_allele_in_a_consistent_phenotype_counts_once(
    confirmed: bool, strength_ps2: Strength | None, strength_pm6: Strength | None
) -> None:
    setting = new(confirmed=confirmed)

    assert setting.ask(ps2).strength is strength_ps2
    assert setting.ask(pm6).strength is strength_pm6


THIN = call(0, depth=9)
FEW_READS, ONE_READ = call(0, alt_depth=2), call(0, alt_depth=1)
DOUBTED = replace(REF, quality=19)


@pytest.mark.parametrize(
    ("setting", "outcome", "reason"),
    [
        pytest.param(new(mother=HET), NOT_MET, "de_novo.inherited", id="the mother carries it"),
        pytest.param(new(father=HET), NOT_MET, "de_novo.inherited", id="the father carries it"),
        pytest.param(
            new(father=HET, mother=MISSING),
            NOT_MET,
            "de_novo.inherited",
            id="one parent carries it, the other has no call",
        ),
        pytest.param(
            new(mother=FEW_READS),
            NOT_MET,
            "de_novo.refuted",
            id="two of the mother's reads carry it",
        ),
        pytest.param(new(mother=ONE_READ), MET, "de_novo.new", id="one read is within error"),
        pytest.param(
            new(mother=MISSING),
            NOT_ASSESSED,
            "de_novo.parent_not_sequenced",
            id="a missing call is not a reference call",
        ),
        pytest.param(
            new(family=trio(unsequenced=("father",))),
            NOT_ASSESSED,
            "de_novo.parent_not_sequenced",
            id="the father was not sequenced",
        ),
        pytest.param(
            new(family=trio(father=None)),
            NOT_ASSESSED,
            "de_novo.parent_not_sequenced",
            id="the father is not in the pedigree",
        ),
        pytest.param(
            new(family=SINGLETON),
            NOT_ASSESSED,
            "de_novo.parent_not_sequenced",
            id="no parents",
        ),
        pytest.param(new(father=THIN), NOT_ASSESSED, "de_novo.thin_data", id="nine reads"),
        pytest.param(new(father=call(0, depth=10)), MET, "de_novo.new", id="ten reads"),
        pytest.param(new(father=DOUBTED), NOT_ASSESSED, "de_novo.thin_data", id="GQ 19"),
        pytest.param(
            new(father=replace(REF, quality=None)), MET, "de_novo.new", id="no GQ, enough reads"
        ),
        pytest.param(
            new(father=replace(REF, depth=None)), NOT_ASSESSED, "de_novo.thin_data", id="no depth"
        ),
        pytest.param(
            new(proband=call(1, depth=9)),
            NOT_ASSESSED,
            "de_novo.thin_data",
            id="nine reads in the patient",
        ),
        pytest.param(
            new(proband=REF),
            NOT_MET,
            "inheritance.proband_without_allele",
            id="the patient does not carry it",
        ),
        pytest.param(
            new(proband=MISSING),
            NOT_ASSESSED,
            "de_novo.no_genotypes",
            id="the patient has no call",
        ),
    ],
)
def test_only_two_believed_reference_calls_make_an_allele_new(
    setting: Setting, outcome: Outcome, reason: str
) -> None:
    verdict = setting.ask(ps2)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)
    assert replace(setting, parentage_confirmed=False).ask(pm6).outcome is outcome


def test_refuting_reads_are_shown() -> None:
    reason = new(mother=FEW_READS).ask(ps2).reason

    assert (reason["role"], reason["alt_reads"], reason["depth"]) == ("mother", 2, 40)


@pytest.mark.parametrize(
    ("setting", "outcome", "reason"),
    [
        pytest.param(
            replace(new(), fit=PhenotypeFit(terms=5, exact=0)),
            NOT_MET,
            "de_novo.phenotype_not_consistent",
            id="none of the patient's terms is the disease's",
        ),
        pytest.param(
            replace(new(), fit=None),
            NOT_ASSESSED,
            "de_novo.phenotype_unknown",
            id="the phenotype could not be compared",
        ),
        pytest.param(
            replace(new(), inheritance=None), NOT_ASSESSED, "no_known_disease", id="no disease"
        ),
        pytest.param(
            replace(new(), inheritance=Inheritance.AUTOSOMAL_RECESSIVE),
            NOT_ASSESSED,
            "de_novo.recessive_not_built",
            id="recessive",
        ),
        pytest.param(
            replace(new(), family=None), NOT_ASSESSED, "de_novo.no_genotypes", id="no pedigree"
        ),
        pytest.param(
            replace(new(), genotypes=None),
            NOT_ASSESSED,
            "de_novo.no_genotypes",
            id="no genotypes",
        ),
    ],
)
def test_a_new_allele_needs_a_disease_that_the_patient_may_have(
    setting: Setting, outcome: Outcome, reason: str
) -> None:
    verdict = setting.ask(ps2)

    assert (verdict.outcome, verdict.reason.key) == (outcome, reason)


def test_a_parent_who_is_not_in_the_call_set_is_not_a_reference_parent() -> None:
    setting = replace(new(), genotypes=FamilyGenotypes((("proband", HET),)))

    assert setting.ask(ps2).outcome is NOT_ASSESSED


def test_an_affected_carrier_parent_is_inheritance_not_novelty() -> None:
    setting = new(mother=HET, family=trio(mother=Affected.YES))

    assert setting.ask(ps2).reason["role"] == "mother"
