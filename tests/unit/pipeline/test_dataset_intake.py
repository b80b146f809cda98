"""What a registered analysis brings into the dataset from the family's intake."""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from act_builders import CASE, CHILD, DAY, FATHER, HYPOTONIA, MOTHER, family_result, later
from registry_builders import register, url
from varinterp.model.consent import ConsentScope
from varinterp.model.phenotype import Phenotype
from varinterp.pipeline.dataset_intake import record_intake
from varinterp.pipeline.intake import Intake, Member, VcfRecord
from varinterp.registry.dataset import Dataset
from varinterp.registry.store import Registry

T = TypeVar("T", bound=BaseModel)
SCOPE = ConsentScope.SECONDARY_FINDINGS


def built(kind: type[T], **fields: Any) -> T:
    """A part of an intake document whose other fields are not looked at here."""
    return kind.model_construct(**fields)


def intake() -> Intake:
    """A trio of which the father was not sequenced and the mother asks for secondary findings."""
    members = (
        built(Member, id=CHILD, vcf=0),
        built(Member, id=FATHER),
        built(Member, id=MOTHER, vcf=1, secondary_findings=True),
    )
    vcfs = tuple(built(VcfRecord, sha256=letter * 64) for letter in "ab")
    return built(Intake, members=members, vcfs=vcfs)


def test_the_dataset_learns_people_terms_samples_and_what_the_sheet_says(tmp_path: Path) -> None:
    registry = Registry.open(url(tmp_path / "registry.sqlite"))
    analysis = family_result()
    register(registry, analysis)
    dataset = Dataset(registry)

    assert record_intake(dataset, analysis.case, intake(), later(1)) == 4
    assert record_intake(dataset, analysis.case, intake(), later(48)) == 0

    assert dataset.phenotype(CASE) == Phenotype.of([HYPOTONIA])
    assert [(each.person, each.inputs) for each in dataset.sequencing(CASE)] == [
        (CHILD, ("a" * 64,)), (MOTHER, ("b" * 64,)),
    ]  # fmt: skip
    assert dataset.person_allows(MOTHER, SCOPE, DAY)
    assert not dataset.person_allows(CHILD, SCOPE, DAY)
    assert not registry.states()[0].observed_after
