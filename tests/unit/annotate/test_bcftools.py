"""bcftools in processes of its own: what counts as failure, and what a failure may say."""

import os
import signal
from pathlib import Path

import pytest

from builders import Record, write_vcf
from varinterp.annotate.bcftools import BcftoolsError, pipeline, run


@pytest.fixture
def vcf(tmp_path: Path) -> Path:
    records = [Record("chr1", place, "A", "C", ["0/1:1,1:2:9"]) for place in range(1, 4)]
    return write_vcf(tmp_path / "a.vcf", ["CANARY"], records)


def test_last_command_of_a_pipe_is_returned(vcf: Path) -> None:
    printed = run(["view", "-Ou", vcf], ["query", "-f", "%POS\n", "-"])
    assert printed == "1\n2\n3\n"


def test_failure_names_the_command_and_quotes_nothing(vcf: Path) -> None:
    vcf.write_text(vcf.read_text().replace("0/1:1,1:2:9", "0/1:CANARY:2:9"))
    with pytest.raises(BcftoolsError) as caught:
        run(["view", vcf])
    assert "CANARY" not in str(caught.value)
    assert "bcftools view failed" in str(caught.value)


def test_error_on_the_way_is_a_failure_even_with_exit_code_0(
    vcf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = vcf.parent / "fake"
    child.write_text("#!/bin/sh\necho '[E::vcf_parse] lost a record' >&2\nexit 0\n")
    child.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(child))
    with pytest.raises(BcftoolsError):
        run(["view", vcf])


def test_crash_of_native_code_is_a_failure_and_not_ours(
    vcf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = vcf.parent / "fake"
    child.write_text("#!/bin/sh\nkill -SEGV $$\n")
    child.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(child))
    with pytest.raises(BcftoolsError, match=f"signal {int(signal.SIGSEGV)}"):
        run(["view", vcf])


def test_reader_that_gives_up_ends_the_commands(vcf: Path) -> None:
    def give_up() -> None:
        with pipeline(["view", vcf]) as started:
            assert started.output.read(1)
            raise KeyError

    with pytest.raises(KeyError):
        give_up()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
