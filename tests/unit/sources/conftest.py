from pathlib import Path

import pytest

from varinterp.errors import Fault
from varinterp.sources.vcf import VcfSummary
from vcf_builder import Judge, outcome, text_of, write_genome


@pytest.fixture(scope="session")
def genome(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_genome(tmp_path_factory.mktemp("genome"))


@pytest.fixture
def judge(tmp_path: Path, genome: Path) -> Judge:
    """Write the records given as a VCF and return its summary and faults."""

    def run(*records: str, **parts: object) -> tuple[VcfSummary | None, tuple[Fault, ...]]:
        path = tmp_path / "given.vcf"
        path.write_text(text_of(*records, **parts), newline="")  # type: ignore[arg-type]
        return outcome(path, genome)

    return run
