"""What an older varinterp wrote into the registry is read, and not said more than it said."""

import json
from typing import Any

import pytest

from varinterp.documents.case import SCHEMA_VERSION
from varinterp.errors import StageError
from varinterp.model.archive import CasePicture
from varinterp.registry.content import StoredPicture, load_candidate, load_conclusion
from whole_analysis import analysis

ANALYSIS = analysis()
NEW_IN_4 = {
    *("contributions", "marks", "panels", "ranked_by", "copy_numbers", "copy_number", "onset"),
    *("log_lr", "modes", "shared", "shared_name", "weight", "organ", "organ_name"),
}


def as_version_3(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: as_version_3(each) for name, each in value.items() if name not in NEW_IN_4}
    return [as_version_3(each) for each in value] if isinstance(value, list) else value


def test_a_picture_of_version_3_is_read_and_its_places_have_no_parts() -> None:
    stored = StoredPicture(CasePicture.of(ANALYSIS), (), (), {})
    text = json.dumps(as_version_3(json.loads(stored.text())))
    found = StoredPicture.load(text, 3).picture

    assert [place.keys for place in found.ranking] == [place.keys for place in ANALYSIS.ranking]
    assert [place.score for place in found.ranking] == [place.score for place in ANALYSIS.ranking]
    assert {place.contributions for place in found.ranking} == {()}
    assert found.case.family == ANALYSIS.case.family


@pytest.mark.parametrize("version", [2, SCHEMA_VERSION + 1])
def test_another_version_is_refused(version: int) -> None:
    for load in (StoredPicture.load, load_conclusion, load_candidate):
        with pytest.raises(StageError, match=f"schema version {version}"):
            load("{}", version)
