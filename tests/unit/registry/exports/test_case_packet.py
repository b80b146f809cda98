"""A family's case.phenopacket.json: a valid Family that proposes and diagnoses nothing."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from google.protobuf.json_format import (  # type: ignore[import-untyped]
    MessageToJson,
    Parse,
)
from phenopackets.schema import v2

from export_builders import result
from varinterp.model.case import CaseResult, Tier
from varinterp.model.family import Sex
from varinterp.registry.exports.case_packet import case_packet
from varinterp.sources.phenopacket import read_phenopacket

ONSET = "HP:0003593"


def packet(about: CaseResult) -> Any:
    return Parse(case_packet(about), v2.Family())


def test_it_comes_back_through_protobuf_unchanged_and_says_the_same_twice() -> None:
    text = case_packet(result())
    again = MessageToJson(packet(result()), indent=2, sort_keys=True, ensure_ascii=False)
    assert f"{again}\n" == text == case_packet(result())


def test_the_pedigree_has_everybody_and_who_their_parents_are() -> None:
    whole = result()
    people = {each.individual_id: each for each in packet(whole).pedigree.persons}
    assert people.keys() == {person.id for person in whole.case.family}
    proband = people[whole.case.family.proband_id]
    person = whole.case.family.proband
    assert (proband.paternal_id, proband.maternal_id) == (
        person.father or "0", person.mother or "0",
    )  # fmt: skip
    assert v2.Pedigree.Person.AffectedStatus.Name(proband.affected_status) == "AFFECTED"


def test_each_shown_hypothesis_is_an_interpretation_that_nobody_signed() -> None:
    whole = result(Tier.PROPOSED)
    found = packet(whole).proband.interpretations
    assert len(found) == len(whole.ranking) > 0
    for each, place in zip(found, whole.ranking, strict=True):
        assert v2.Interpretation.ProgressStatus.Name(each.progress_status) == "IN_PROGRESS"
        assert "signed by nobody" in each.summary
        assert each.diagnosis.disease.id == place.keys[0].disease
        assert len(each.diagnosis.genomic_interpretations) == len(place.keys)
        for genomic, key in zip(each.diagnosis.genomic_interpretations, place.keys, strict=True):
            said = genomic.variant_interpretation
            assert genomic.interpretation_status == 2  # a candidate
            assert said.variation_descriptor.gene_context.value_id == key.gene
            assert said.variation_descriptor.vcf_record.pos == key.allele.position
            assert said.acmg_pathogenicity_classification != 0
    assert not packet(whole).proband.diseases


def test_what_is_not_shown_is_not_handed_on() -> None:
    for tier in (Tier.UNRELATED, Tier.NOT_RETAINED, Tier.NO_KNOWN_DISEASE):
        (found,) = packet(result(tier)).proband.interpretations
        assert not found.HasField("diagnosis")
        for key in (key for place in result().ranking for key in place.keys):
            assert key.disease not in case_packet(result(tier))


def test_our_own_reader_gets_terms_sex_and_onset_back(tmp_path: Path) -> None:
    whole = result()
    patient = replace(whole.case.phenotype, onset=ONSET)
    dated = replace(
        whole,
        case=replace(whole.case, phenotype=patient),
        term_names={**whole.term_names, ONSET: "Infantile onset"},
    )
    path = tmp_path / "case.phenopacket.json"
    path.write_text(case_packet(dated), "utf-8")
    found = read_phenopacket(path)
    assert found.sex is whole.case.family.proband.sex is not Sex.UNKNOWN
    observed = {term.text for term in found.terms if not term.excluded}
    assert observed == set(patient.observed)
    assert {term.text for term in found.terms if term.excluded} == set(patient.excluded)
    assert found.onset is not None
    assert found.onset.text == ONSET


def test_it_names_the_releases_and_is_dated_by_the_newest() -> None:
    whole = result()
    meta = packet(whole).meta_data
    resources = {each.id: each.version for each in meta.resources}
    for label in whole.releases:
        assert resources[f"varinterp.{label.source}"] == label.release
    newest = max(label.date for label in whole.releases)
    assert meta.created.ToJsonString().startswith(newest)
