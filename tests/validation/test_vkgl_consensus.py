"""VKGL's consensus classes of April and July 2025, as a laboratory's own source.

Set VARINTERP_SHARED_DATA to a folder that holds ``genome/vkgl/vkgl_2025{04,07}.slices.vcf.gz`` and
``genome/reference/GRCh38.sparse.fa.gz``. The expected difference is counted here from the two
texts, line by line.
"""

import gzip
import os
from datetime import date
from pathlib import Path

import pytest

from core_builders import ROOT
from upstream.laboratory import CONSENSUS
from varinterp.pipeline.references.adapter import Context
from varinterp.pipeline.references.laboratory import ADAPTER
from varinterp.refs.lock import Releases
from varinterp.sources.material import Material
from varinterp.sources.rules import read_rules

SHARED = os.environ.get("VARINTERP_SHARED_DATA")
DATES = ("202504", "202507")
ORDER = ("LB/B", "VUS", "LP/P")

pytestmark = [
    pytest.mark.validation,
    pytest.mark.skipif(SHARED is None, reason="VARINTERP_SHARED_DATA is not set"),
]


def consensus(day: str) -> Path:
    return Path(SHARED or "") / f"genome/vkgl/vkgl_{day}.slices.vcf.gz"


def classes(path: Path) -> dict[str, set[str]]:
    """Every class of each allele, as the file writes them: its alleles are left-aligned already."""
    found: dict[str, set[str]] = {}
    for line in gzip.decompress(path.read_bytes()).decode().splitlines():
        if not line.startswith("#"):
            contig, position, _, ref, alt, _, _, info = line.split("\t")
            key = f"{contig.removeprefix('chr')}-{position}-{ref}-{alt}"
            found.setdefault(key, set()).add(info.removeprefix("CLASS="))
    return found


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    reference = Path(SHARED or "") / "genome/reference/GRCh38.sparse.fa.gz"
    made = []
    for day in DATES:
        root = tmp_path_factory.mktemp(day)
        folder, scratch = root / "release", root / "scratch"
        folder.mkdir()
        scratch.mkdir()
        files = {"variants": (consensus(day),)}
        material = Material("vkgl", day, date(2025, int(day[4:]), 1), files, CONSENSUS)
        built = ADAPTER.build(material, Context(reference, Releases({}), scratch), folder)
        assert built.counts["alleles"] == len(classes(consensus(day)))
        assert set(built.set_aside) <= {"twice"}
        made.append(folder)
    return made[0], made[1]


def test_every_allele_is_found_with_its_class(releases: tuple[Path, Path]) -> None:
    for folder, day in zip(releases, DATES, strict=True):
        for key, words in list(classes(consensus(day)).items())[::50]:
            found = ADAPTER.lookup(folder, key)
            expected = {word for each in words for word in CONSENSUS["classes"][each]}
            assert found is not None
            assert set(found["classes"]) == expected


def test_the_difference_is_that_of_the_two_texts(releases: tuple[Path, Path]) -> None:
    old, new = (classes(consensus(day)) for day in DATES)
    expected: set[tuple[str, str]] = set()
    for key in old.keys() | new.keys():
        before, after = old.get(key), new.get(key)
        if before is None or after is None:
            expected.add((key, "added" if before is None else "removed"))
        elif before != after:
            ranks = [max(ORDER.index(word) for word in each) for each in (before, after)]
            expected.add((key, "class_up" if ranks[1] > ranks[0] else "class_down"))
    found = ADAPTER.changes(*releases, read_rules(ROOT / "resources/rules/core-v1.yaml"))

    assert set(found.select("key", "kind").rows()) == expected
    assert len(expected) > 50
