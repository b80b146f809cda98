"""The verbs of `varinterp curate`: a list that grows entry by entry, or not at all."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core_builders import ROOT
from program import CliRunner
from program import app as program
from upstream.curation import MISSENSE, NOW, row, text
from varinterp.cli.curate import app
from varinterp.errors import InputError
from varinterp.model.curation import Effect
from varinterp.sources.curated_kinds import COLUMNS, AssayEntry
from varinterp.sources.curated_list import read_list

ALLELE = f"GRCh38:{MISSENSE}"
ASSAY = (
    "add", "assay", ALLELE, "--author", "A. Curator", "--pmid", "26805781",
    "--set", "assay=Golgi transport", "--set", "effect=damaging", "--set", "odds_path=20.1",
    "--set", "established=yes",
)  # fmt: skip


class Laboratory:
    """A folder with a configuration of the demonstration, and a list that may be there."""

    def __init__(self, folder: Path) -> None:
        demo = ROOT / "resources/demo"
        self.config = folder / "config.yaml"
        self.list = folder / "curated.tsv"
        self.references = folder / "refs"
        self.config.write_text(
            f"samples: {demo}/samples.tsv\n"
            f"reference: {demo}/reference/GRCh38.chr22.demo.fa.gz\n"
            f"references: {self.references}\n"
            f"catalogue: {ROOT}/resources/sources.yaml\n"
            f"lock: {demo}/refs.lock.yaml\n"
            f"registry: sqlite:///{folder}/registry.sqlite\n"
            "pseudonym_key: demonstration\n"
        )

    def call(self, *words: str, code: int = 0) -> str:
        there = ["-c", str(self.config), "--list", str(self.list)]
        done = CliRunner().invoke(app, [*words, *(there if words[0] != "template" else [])])
        if isinstance(done.exception, InputError):
            raise done.exception
        assert done.exit_code == code, f"{done.output} {done.exception}"
        return str(done.output)

    def said(self, *words: str) -> Any:
        return json.loads(self.call(*words, "--json"))


@pytest.fixture
def laboratory(tmp_path: Path) -> Laboratory:
    return Laboratory(tmp_path)


def test_the_first_entry_makes_the_list(laboratory: Laboratory) -> None:
    told = laboratory.call(*ASSAY, "--dated", "2026-01-15")

    assert told == f"assay-20260115-1 added to {laboratory.list}\n"
    (found,) = read_list(laboratory.list, date.today())
    assert isinstance(found.entry, AssayEntry)
    assert (found.entry.effect, found.entry.author) == (Effect.DAMAGING, "A. Curator")
    assert laboratory.list.read_text().splitlines()[0] == "\t".join(COLUMNS)


def test_an_entry_is_added_after_those_that_are_there_untouched(laboratory: Laboratory) -> None:
    laboratory.list.write_text(text(NOW))
    before = laboratory.list.read_text().splitlines()
    laboratory.call(*ASSAY, "--dated", "2026-01-15")

    after = laboratory.list.read_text().splitlines()
    assert after[2 : len(before)] == before[2:]
    assert len(after) == len(before) + 1
    assert after[-1].split("\t")[0] == "assay-20260115-1"


def test_a_list_gets_the_columns_that_an_entry_needs(laboratory: Laboratory) -> None:
    laboratory.list.write_text(text([row("probands")]))
    laboratory.call(*ASSAY)

    head = laboratory.list.read_text().splitlines()[1].split("\t")
    assert {"effect", "odds_path", "established"} <= set(head)
    assert len(laboratory.said("list")) == 2


def test_entries_of_one_day_are_numbered(laboratory: Laboratory) -> None:
    for _ in range(3):
        laboratory.call(*ASSAY, "--dated", "2026-01-15")
    laboratory.call(*ASSAY, "--dated", "2026-01-16", "--id", "mine")

    assert [each["id"] for each in laboratory.said("list")] == [
        "assay-20260115-1", "assay-20260115-2", "assay-20260115-3", "mine",
    ]  # fmt: skip


def test_what_was_added_is_printed_as_one_document(laboratory: Laboratory) -> None:
    said = laboratory.said(*ASSAY, "--dated", "2026-01-15")

    assert said == {
        "id": "assay-20260115-1", "kind": "assay", "allele": ALLELE, "author": "A. Curator",
        "date": "2026-01-15", "pmid": "26805781", "assay": "Golgi transport",
        "effect": "damaging", "odds_path": 20.1, "established": True,
    }  # fmt: skip


def test_nobody_is_guessed_to_answer_for_an_entry(laboratory: Laboratory) -> None:
    without = [word for word in ASSAY if word not in ("--author", "A. Curator")]

    assert "--author" in laboratory.call(*without, code=2)
    assert not laboratory.list.exists()


@pytest.mark.parametrize(
    ("words", "column"),
    [
        (("--set", "count=3"), "count"),
        (("--disease", "TANGO2"), "disease"),
        (("--retracts", "nobody"), "retracts"),
        (("--id", "assay-1"), "id"),
        (("--dated", "2999-01-01"), "date"),
    ],
)
def test_an_entry_with_a_fault_changes_nothing(
    laboratory: Laboratory, words: tuple[str, ...], column: str
) -> None:
    laboratory.list.write_text(text(NOW))
    before = laboratory.list.read_bytes()
    with pytest.raises(InputError) as caught:
        laboratory.call(*ASSAY, *words)

    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.column) == ("curated.tsv", 7, column)
    assert laboratory.list.read_bytes() == before


def test_an_allele_that_is_not_on_the_reference_is_refused(laboratory: Laboratory) -> None:
    words = [word if word != ALLELE else "GRCh38:22-20061538-C-A" for word in ASSAY]
    with pytest.raises(InputError, match="not on the reference"):
        laboratory.call(*words)
    assert not laboratory.list.exists()


def test_a_list_with_a_fault_is_not_lengthened(laboratory: Laboratory) -> None:
    laboratory.list.write_text(text([row(effect="bad")]))
    with pytest.raises(InputError, match="effect"):
        laboratory.call(*ASSAY)


def test_a_yaml_list_is_checked_and_not_written(laboratory: Laboratory) -> None:
    laboratory.list = laboratory.list.with_suffix(".yaml")
    cells = "\n".join(f"  {name}: '{cell}'" for name, cell in row().items())
    laboratory.list.write_text(f"entries:\n-{cells[1:]}\n")

    assert laboratory.said("check")["kinds"] == {"assay": 1}
    with pytest.raises(InputError, match="edit it by hand"):
        laboratory.call(*ASSAY)


def test_a_list_that_lost_an_entry_of_the_release_does_not_pass(laboratory: Laboratory) -> None:
    laboratory.list.write_text(text(NOW))
    built = CliRunner().invoke(
        program,
        ["refs", "build", "curation", "--dated", "2026-01-01", "--file",
         f"list={laboratory.list}", "-c", str(laboratory.config)],
    )  # fmt: skip
    assert built.exit_code == 0, built.output
    assert laboratory.said("check")["standing"] == 4

    laboratory.list.write_text(text(NOW[1:]))
    with pytest.raises(InputError, match="assay-1: gone since the last release"):
        laboratory.call("check")


def test_check_counts_what_stands(laboratory: Laboratory) -> None:
    laboratory.list.write_text(text(NOW))
    laboratory.call(
        "add", "retraction", ALLELE, "--author", "B", "--retracts", "assay-1", "--note", "wrong"
    )

    assert laboratory.said("check") == {
        "listed": 5, "standing": 3, "kinds": {"case_control": 1, "override": 1, "probands": 1},
    }  # fmt: skip
    assert "5 listed, 3 standing; no fault" in laboratory.call("check")


def test_list_shows_who_took_an_entry_back(laboratory: Laboratory) -> None:
    laboratory.list.write_text(text(NOW))
    laboratory.call(
        "add", "retraction", ALLELE, "--author", "B", "--retracts", "assay-1", "--note", "wrong",
        "--id", "r1",
    )  # fmt: skip
    chosen = laboratory.said("list", "--allele", MISSENSE)

    assert [(each["id"], each["retracted_by"]) for each in chosen] == [
        ("assay-1", "r1"), ("case_control-1", None), ("r1", None),
    ]  # fmt: skip
    assert "effect=damaging" in laboratory.call("list", "--allele", MISSENSE)
    assert "probands-1" in laboratory.call("list")
    assert "probands-1" not in laboratory.call("list", "--allele", MISSENSE)
    assert "expected" in laboratory.call("list", "--allele", "22", code=2)


def test_a_template_has_every_column_or_those_of_a_kind(laboratory: Laboratory) -> None:
    assert laboratory.call("template") == "\t".join(COLUMNS) + "\n"
    assert laboratory.call("template", "--kind", "case_control").endswith(
        "constructed\todds_ratio\tlower\tupper\n"
    )
    assert "expected one of" in laboratory.call("template", "--kind", "cases", code=2)
    said = laboratory.said("template")
    assert said["kinds"]["override"] == ["criterion", "outcome", "strength", "reason"]
    assert said["common"][:3] == ["id", "kind", "allele"]
