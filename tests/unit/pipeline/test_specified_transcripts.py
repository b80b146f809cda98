"""A specification counts residues on MANE Select, or is refused."""

from pathlib import Path

import pytest

from core_builders import ROOT, TANGO2
from varinterp.errors import InputError
from varinterp.model.facts import Rule
from varinterp.pipeline.specified_transcripts import check_transcripts
from varinterp.refs.lock import Releases, open_releases, read_lock
from varinterp.sources.rules import Rules, read_rules

DEMO = ROOT / "resources" / "demo"


@pytest.fixture(scope="module")
def releases() -> Releases:
    return open_releases(read_lock(DEMO / "refs.lock.yaml"), DEMO / "refs")


def rules(*stated: str) -> Rules:
    return Rules("core", "1", "2026-01-01", {"A-GENE/transcripts": Rule(stated)})


@pytest.mark.parametrize(
    "stated",
    [
        pytest.param(f"{TANGO2.hgnc} {TANGO2.refseq}", id="the very one"),
        pytest.param(f"{TANGO2.hgnc} NM_152906.1", id="an older version of it"),
        pytest.param("HGNC:11998 NM_000546.6", id="a gene that the release lacks"),
    ],
)
def test_mane_select_of_any_version_is_taken(releases: Releases, stated: str) -> None:
    check_transcripts(releases, rules(stated))


def test_every_other_transcript_is_refused_by_name(releases: Releases) -> None:
    wrong = (f"{TANGO2.hgnc} NM_001283106.3", "HGNC:2847 NM_000001.1")
    with pytest.raises(InputError) as caught:
        check_transcripts(releases, rules(*wrong, "HGNC:11998 NM_000001.1"))
    faults = caught.value.faults
    assert [fault.rule for fault in faults] == ["gene_spec.transcript"] * 2
    assert [fault.file for fault in faults] == ["A-GENE.yaml"] * 2
    assert faults[0].found == "NM_001283106.3"
    assert faults[0].expected.startswith(f"{TANGO2.refseq}, MANE Select")


def test_rules_without_specifications_ask_for_no_release() -> None:
    check_transcripts(Releases({}), Rules("core", "1", "2026-01-01", {}))


def test_the_shipped_ones_stand_beside_the_demonstration(
    releases: Releases, tmp_path: Path
) -> None:
    shipped = read_rules(
        ROOT / "resources/rules/core-v1.yaml", [ROOT / "resources/gene_specs", tmp_path]
    )
    check_transcripts(releases, shipped)
