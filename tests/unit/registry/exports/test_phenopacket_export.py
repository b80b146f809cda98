"""A case's Phenopacket holds what people signed, and comes back through protobuf and our reader."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.json_format import (  # type: ignore[import-untyped]
    MessageToJson,
    Parse,
)
from phenopackets.schema import v2

from export_builders import (
    CASE,
    CONFIRMED,
    IMPASSE,
    RELEASES,
    TODAY,
    erased,
    granted,
    signed,
    subject,
)
from varinterp.errors import InputError
from varinterp.model.assessment import AcmgClass
from varinterp.model.consent import ConsentScope
from varinterp.model.family import Sex
from varinterp.registry.exports.phenopacket import phenopacket
from varinterp.registry.exports.record import Subject
from varinterp.sources.phenopacket import read_phenopacket


def _packet(about: Subject) -> Any:
    return Parse(phenopacket(about, TODAY), v2.Phenopacket())


def test_it_comes_back_through_protobuf_unchanged() -> None:
    text = phenopacket(subject(), TODAY)
    again = MessageToJson(_packet(subject()), indent=2, sort_keys=True, ensure_ascii=False)

    assert f"{again}\n" == text


def test_our_own_reader_takes_it(tmp_path: Path) -> None:
    path = tmp_path / "case.phenopacket.json"
    path.write_text(phenopacket(subject(), TODAY), "utf-8")
    found = read_phenopacket(path)

    assert found.sex is Sex.FEMALE
    assert [(term.text, term.excluded) for term in found.terms] == [
        ("HP:0003201", False),
        ("HP:0001250", True),
    ]


@pytest.mark.parametrize("confirmed", [True, False])
def test_the_onset_comes_back_too(tmp_path: Path, confirmed: bool) -> None:
    about = subject() if confirmed else subject(diagnosis=IMPASSE)
    document = about.document
    dated = replace(document.case.phenotype, onset="HP:0003593")
    named = {**document.term_names, "HP:0003593": "Infantile onset"}
    whole = replace(document, case=replace(document.case, phenotype=dated), term_names=named)
    path = tmp_path / "case.phenopacket.json"
    path.write_text(phenopacket(replace(about, result=whole), TODAY), "utf-8")
    found = read_phenopacket(path)

    assert found.onset is not None
    assert found.onset.text == "HP:0003593"
    assert '"label": "Infantile onset"' in path.read_text("utf-8")
    (disease,) = json.loads(path.read_text("utf-8"))["diseases"]
    assert (disease["term"]["id"] == "MONDO:0700096") is not confirmed


def test_a_solved_case_has_its_interpretation() -> None:
    (found,) = _packet(subject()).interpretations
    first, second = found.diagnosis.genomic_interpretations
    variant = first.variant_interpretation.variation_descriptor

    assert v2.Interpretation.ProgressStatus.Name(found.progress_status) == "SOLVED"
    assert found.diagnosis.disease.id == "OMIM:616878"
    assert first.subject_or_biosample_id == "proband"
    assert first.interpretation_status == second.interpretation_status == 4
    assert first.variant_interpretation.acmg_pathogenicity_classification == v2.LIKELY_PATHOGENIC
    assert (variant.vcf_record.chrom, variant.vcf_record.pos) == ("22", 20061538)
    assert {each.syntax: each.value for each in variant.expressions} == {
        "hgvs.g": "NC_000022.11:g.20061538G>A",
        "hgvs.c": "ENST00000327374.9:c.460G>A",
        "hgvs.p": "ENSP00000332721.4:p.Gly154Arg",
    }
    assert variant.gene_context.value_id == "HGNC:25439"
    assert variant.allelic_state.id == "GENO:0000135"


def test_what_the_program_proposes_is_no_diagnosis() -> None:
    packet = _packet(subject(diagnosis=None, findings=()))
    (found,) = packet.interpretations

    assert v2.Interpretation.ProgressStatus.Name(found.progress_status) == "IN_PROGRESS"
    assert not found.HasField("diagnosis")
    assert not packet.diseases
    assert "616878" not in phenopacket(subject(diagnosis=None, findings=()), TODAY)


def test_a_signed_finding_before_a_signed_diagnosis_is_a_candidate() -> None:
    packet = _packet(subject(diagnosis=None))
    (found,) = packet.interpretations

    assert v2.Interpretation.ProgressStatus.Name(found.progress_status) == "IN_PROGRESS"
    assert {each.interpretation_status for each in found.diagnosis.genomic_interpretations} == {2}
    assert not packet.diseases


def test_a_dead_end_is_unsolved() -> None:
    (found,) = _packet(subject(diagnosis=IMPASSE, findings=())).interpretations

    assert v2.Interpretation.ProgressStatus.Name(found.progress_status) == "UNSOLVED"
    assert found.diagnosis.disease.id == "ORPHA:616874"


def test_a_benign_finding_is_rejected() -> None:
    about = subject(diagnosis=CONFIRMED, findings=(signed(value=AcmgClass.BENIGN),))
    (found,) = _packet(about).interpretations

    assert found.diagnosis.genomic_interpretations[0].interpretation_status == 1


def test_the_packet_names_releases_and_licences() -> None:
    resources = {each.id: each for each in _packet(subject()).meta_data.resources}

    assert resources["hp"].version == "2025-01-16"
    for release in RELEASES:
        assert resources[f"varinterp.{release.source}"].version == release.release
        assert release.licence in resources[f"varinterp.{release.source}"].name
    prefixes = [each.namespace_prefix for each in resources.values()]
    assert len(prefixes) == len(set(prefixes))


def test_every_ontology_of_an_id_is_a_resource() -> None:
    text = phenopacket(subject(), TODAY)
    packet = json.loads(text)
    declared = {each["namespacePrefix"] for each in packet["metaData"]["resources"]}

    assert {"HP", "OMIM", "HGNC", "GENO", "NCBITaxon"} <= declared
    assert "MONDO" not in declared


def test_only_pseudonyms_name_people_and_the_same_case_has_the_same_bytes() -> None:
    text = phenopacket(subject(), TODAY)

    assert text == phenopacket(subject(), TODAY)
    assert json.loads(text)["id"] == f"{CASE}.1"
    assert "Reader" not in text
    assert "mother" not in text


@pytest.mark.parametrize(
    "about",
    [
        erased(),
        subject(consents=()),
        subject(consents=granted(ConsentScope.RESEARCH, people=("proband",))),
    ],
    ids=["erased", "silent", "parents silent"],
)
def test_a_case_that_may_not_be_shared_is_refused(about: Subject) -> None:
    with pytest.raises(InputError, match=r"export\.(erased|consent)"):
        phenopacket(about, TODAY)
