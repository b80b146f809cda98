"""The VCF specification's own test files, 4.1 to 4.3, through the gate.

Opt-in: the files are outside the project (samples of 1000 Genomes among them). The gate's
deliberate and known differences are in `tests/conformance/known_limits.tsv`; nothing else may
differ, and nothing listed may have ceased to.
"""

import csv
from pathlib import Path

import pytest
from shared_genome import needs_shared_data, shared

from varinterp.errors import InputError
from varinterp.sources.vcf import check_vcf

LIMITS = Path(__file__).parents[1] / "conformance" / "known_limits.tsv"
VERSIONS = ("4.1", "4.2", "4.3")
pytestmark = [pytest.mark.validation, needs_shared_data]


def verdict(path: Path) -> str:
    """Structure alone: the files are of other builds, so build and REF are not checked."""
    try:
        summary = check_vcf(path, None)
    except InputError:
        return "reject"
    return "warn" if summary.warnings else "accept"


def known_limits() -> dict[str, str]:
    with LIMITS.open(newline="") as stream:
        return {row["file"]: row["verdict"] for row in csv.DictReader(stream, delimiter="\t")}


def differences() -> dict[str, str]:
    """Files that must fail and do not, or that must pass and do not, with the gate's verdict."""
    found = {}
    for version in VERSIONS:
        for kind in ("passed", "failed"):
            for path in sorted(shared("conformance", "hts-specs", version, kind).iterdir()):
                answer = verdict(path)
                if (answer == "reject") != (kind == "failed"):
                    found[f"{version}/{kind}/{path.name}"] = answer
    return found


def test_the_gate_differs_from_the_specification_only_where_it_says_so() -> None:
    assert differences() == known_limits()
