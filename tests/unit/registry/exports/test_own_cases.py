"""What a signed case shows of its alleles, for other patients: counted once, and named nowhere."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core_builders import HET, HOM, REF, calls, candidate, concluded, finding
from export_builders import (
    CASE,
    CONFIRMED,
    FAMILY,
    MISSENSE,
    SECOND,
    TANGO2_DISEASE,
    TWO,
    key,
    record,
    result,
)
from varinterp.model.assessment import AcmgClass, AssessmentKey
from varinterp.model.case import PhenotypeScore, TermRow
from varinterp.model.curation import own_entry
from varinterp.model.diagnosis import Diagnosis, DiagnosticLevel
from varinterp.model.evidence import Criterion, Finding, Strength, met
from varinterp.model.facts import FamilyGenotypes
from varinterp.model.gene_disease import Inheritance
from varinterp.registry.exports.own_cases import own_cases
from varinterp.registry.exports.record import SignedFinding, Subject
from varinterp.sources.curated_kinds import ENTRY

AD, AR = Inheritance.AUTOSOMAL_DOMINANT, Inheritance.AUTOSOMAL_RECESSIVE
P, LP = AcmgClass.PATHOGENIC, AcmgClass.LIKELY_PATHOGENIC
VUS, LB = AcmgClass.UNCERTAIN, AcmgClass.LIKELY_BENIGN
MATERNAL = calls(proband=HET, father=REF, mother=HET)
PATERNAL = calls(proband=HET, father=HET, mother=REF)
NEW = calls(proband=HET, father=REF, mother=REF)
OTHER_DISEASE, OTHER_GENE = "OMIM:188400", "HGNC:2847"


def signed(about: AssessmentKey, value: AcmgClass = LP) -> SignedFinding:
    return SignedFinding(about, value, date(2026, 7, 4), TWO, "CR-1")


def subject(
    *findings: SignedFinding, genotypes: dict[str, FamilyGenotypes] | None = None, **rest: Any
) -> Subject:
    """A case whose candidates have these genotypes."""
    given = genotypes or {MISSENSE: MATERNAL, SECOND: PATERNAL}
    candidates = tuple(candidate(name, found) for name, found in given.items())
    document = replace(result(), candidates=candidates, **rest.pop("document", {}))
    return Subject(record(findings=findings, **rest), document)


def dominant(name: str = MISSENSE) -> AssessmentKey:
    return key(name, mode=AD)


def test_a_carrier_with_the_disease_is_one_affected_person() -> None:
    (found,) = own_cases(subject(signed(dominant())))

    assert found == {
        "id": own_entry(FAMILY.id, MISSENSE),
        "kind": "probands",
        "allele": f"GRCh38:{MISSENSE}",
        "hgnc": "HGNC:25439",
        "disease": TANGO2_DISEASE,
        "inheritance": "autosomal_dominant",
        "author": "registry",
        "date": "2026-07-01",
        "note": "signed findings of the laboratory's own cases",
        "count": "1",
    }


def test_an_entry_is_one_of_the_list_and_names_nobody() -> None:
    pair = subject(signed(key()), signed(key(SECOND)))
    for found in (*own_cases(subject(signed(dominant()))), *own_cases(pair)):
        assert ENTRY.validate_python(found).id == found["id"]
        text = " ".join(found.values())
        for secret in (CASE, FAMILY.id, "A. Reader", "B. Reader", "CR-1", "2026-07-04", "HP:"):
            assert secret not in text


@pytest.mark.parametrize(
    ("value", "diagnosis", "counts"),
    [
        (P, None, True),
        (LP, None, True),
        (VUS, CONFIRMED, True),
        (VUS, replace(CONFIRMED, level=DiagnosticLevel.PROBABLE), True),
        (VUS, replace(CONFIRMED, diseases=("OMIM:1",)), False),
        (VUS, Diagnosis(DiagnosticLevel.IN_PROGRESS, date(2026, 7, 4)), False),
        (VUS, None, False),
        (LB, CONFIRMED, False),
    ],
)
def test_only_people_who_have_the_disease_are_counted(
    value: AcmgClass, diagnosis: Diagnosis | None, counts: bool
) -> None:
    found = own_cases(subject(signed(dominant(), value), diagnosis=diagnosis))

    assert [each["kind"] for each in found] == ["probands"] * counts


def test_a_finding_for_no_known_disease_counts_for_none() -> None:
    assert own_cases(subject(signed(key(disease="none", mode=None)))) == ()


@pytest.mark.parametrize(
    "genotypes", [{MISSENSE: calls(proband=REF)}, {SECOND: MATERNAL}], ids=["reference", "gone"]
)
def test_an_allele_that_the_patient_is_not_seen_to_carry_is_left_out(
    genotypes: dict[str, FamilyGenotypes],
) -> None:
    assert own_cases(subject(signed(dominant()), genotypes=genotypes)) == ()


@pytest.mark.parametrize(
    ("criterion", "parentage"), [(Criterion.PS2, "confirmed"), (Criterion.PM6, "assumed")]
)
def test_a_new_allele_is_counted_as_new_and_not_as_a_carrier_too(
    criterion: Criterion, parentage: str
) -> None:
    new = Finding(criterion, met(Strength.MODERATE, "de_novo.new"))
    document = {"assessments": (concluded(dominant(), new),)}
    (found,) = own_cases(subject(signed(dominant()), genotypes={MISSENSE: NEW}, document=document))

    assert (found["kind"], found["parentage"]) == ("de_novo", parentage)
    assert found["phenotype"] == "consistent"
    assert ENTRY.validate_python(found).kind == "de_novo"


@pytest.mark.parametrize("reason", ["override.stated", "de_novo.elsewhere"])
def test_new_by_another_word_than_the_familys_is_a_carrier(reason: str) -> None:
    said = Finding(Criterion.PS2, met(Strength.MODERATE, reason))
    document = {"assessments": (concluded(dominant(), said),)}
    (found,) = own_cases(subject(signed(dominant()), document=document))

    assert found["kind"] == "probands"


@pytest.mark.parametrize(
    ("mine", "theirs", "phase"),
    [
        (MATERNAL, PATERNAL, "trans"),
        (PATERNAL, MATERNAL, "trans"),
        (MATERNAL, MATERNAL, "cis"),
        (PATERNAL, PATERNAL, "cis"),
        (calls(proband=HET), calls(proband=HET), "unknown"),
        (MATERNAL, calls(proband=HET), "unknown"),
        (NEW, NEW, "unknown"),
    ],
)
def test_two_alleles_of_a_recessive_disease_are_each_others_partner(
    mine: FamilyGenotypes, theirs: FamilyGenotypes, phase: str
) -> None:
    genotypes = {MISSENSE: mine, SECOND: theirs}
    found = own_cases(subject(signed(key()), signed(key(SECOND), P), genotypes=genotypes))

    assert [(each["allele"], each["partner"], each["partner_class"]) for each in found] == [
        (f"GRCh38:{MISSENSE}", f"GRCh38:{SECOND}", "pathogenic"),
        (f"GRCh38:{SECOND}", f"GRCh38:{MISSENSE}", "likely_pathogenic"),
    ]
    assert {(each["kind"], each["phase"]) for each in found} == {("in_trans", phase)}


def test_a_homozygote_is_its_own_partner() -> None:
    genotypes = {MISSENSE: calls(proband=HOM, father=HET, mother=HET)}
    (found,) = own_cases(subject(signed(key()), genotypes=genotypes))

    assert (found["phase"], found["partner"]) == ("homozygous", f"GRCh38:{MISSENSE}")
    assert ENTRY.validate_python(found).kind == "in_trans"


@pytest.mark.parametrize(
    "others",
    [
        pytest.param((), id="one allele alone"),
        pytest.param((signed(key(SECOND), LB),), id="a benign partner"),
        pytest.param((signed(key(SECOND, disease=OTHER_DISEASE)),), id="of another disease"),
    ],
)
def test_one_allele_of_a_recessive_disease_shows_nothing(
    others: tuple[SignedFinding, ...],
) -> None:
    found = own_cases(subject(signed(key()), *others))

    assert [each for each in found if each["allele"] == f"GRCh38:{MISSENSE}"] == []


def test_with_a_third_allele_nobody_knows_which_is_the_partner() -> None:
    third = "22-20061684-G-A"
    genotypes = {MISSENSE: MATERNAL, SECOND: PATERNAL, third: MATERNAL}
    findings = (signed(key()), signed(key(SECOND)), signed(key(third)))

    assert own_cases(subject(*findings, genotypes=genotypes)) == ()


def test_an_allele_signed_for_two_diseases_has_two_entries_under_one_familys_id() -> None:
    both = (signed(dominant()), signed(key(disease=OTHER_DISEASE, mode=AD)))
    found = own_cases(subject(*both))

    name = own_entry(FAMILY.id, MISSENSE)
    assert [each["id"] for each in found] == [name, f"{name}.2"]
    assert [each["disease"] for each in found] == [OTHER_DISEASE, TANGO2_DISEASE]


# Another cause


SUSPECT = key(SECOND, disease=OTHER_DISEASE, gene=OTHER_GENE, mode=AD)


def suspecting(about: AssessmentKey = SUSPECT, kind: str = "exact") -> dict[str, Any]:
    """A document in which a hypothesis meets the patient's term in some way."""
    (place,) = result().ranking
    score = PhenotypeScore(0.5, (TermRow("HP:0003201", "Rhabdomyolysis", kind),))
    return {"ranking": (place, replace(place, rank=2, keys=(about,), phenotype=score))}


def causes(*findings: SignedFinding, **rest: Any) -> list[dict[str, str]]:
    found = own_cases(subject(*(findings or (signed(dominant()),)), **rest))
    return [each for each in found if each["kind"] == "other_cause"]


def test_what_was_suspected_beside_a_confirmed_cause_had_another_cause() -> None:
    (found,) = causes(document=suspecting())

    assert (found["allele"], found["hgnc"]) == (f"GRCh38:{SECOND}", OTHER_GENE)
    assert (found["disease"], found["cause"]) == (OTHER_DISEASE, "another signed finding")
    assert found["id"] == own_entry(FAMILY.id, SECOND)
    assert ENTRY.validate_python(found).kind == "other_cause"


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param({"diagnosis": None}, id="no diagnosis"),
        pytest.param(
            {"diagnosis": replace(CONFIRMED, level=DiagnosticLevel.PROBABLE)}, id="only probable"
        ),
        pytest.param(
            {"diagnosis": replace(CONFIRMED, diseases=(OTHER_DISEASE,))},
            id="a diagnosis that no finding explains",
        ),
        pytest.param({"document": suspecting(kind="related")}, id="not the patient's phenotype"),
        pytest.param({"document": suspecting(replace(SUSPECT, inheritance=AR))}, id="recessive"),
        pytest.param(
            {"document": suspecting(replace(SUSPECT, gene="HGNC:25439"))}, id="the gene itself"
        ),
    ],
)
def test_nothing_else_is_said_to_have_another_cause(rest: dict[str, Any]) -> None:
    assert causes(**({"document": suspecting()} | rest)) == []


def test_a_finding_of_uncertain_significance_explains_nobody() -> None:
    assert causes(signed(dominant(), VUS), document=suspecting()) == []


def test_what_rests_on_constructed_facts_is_not_counted() -> None:
    made = replace(finding(Criterion.PM2, Strength.SUPPORTING), constructed=True)
    document = {"assessments": (concluded(dominant(), made),)}

    assert own_cases(subject(signed(dominant()), document=document)) == ()
