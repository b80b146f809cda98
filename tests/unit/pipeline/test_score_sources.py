"""Predictors' releases: built from the real formats, read back exactly, compared key by key."""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl
import pytest

from core_builders import ROOT
from upstream import alphamissense, cadd, phylop, revel, spliceai
from varinterp.errors import ReleaseError
from varinterp.model.prediction import Predictor
from varinterp.model.variant import Allele
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.refs.lock import Releases
from varinterp.sources.material import CHANGES_SCHEMA, Built, Material
from varinterp.sources.rules import read_rules
from varinterp.sources.score_changes import score_changes

RULES = read_rules(ROOT / "resources/rules/core-v1.yaml")
UPSTREAM: Mapping[str, ModuleType] = {
    "alphamissense": alphamissense,
    "cadd": cadd,
    "phylop": phylop,
    "revel": revel,
    "spliceai": spliceai,
}
MASKED = {"scores": "masked"}


def adapter(source: str) -> Adapter:
    found: Adapter = import_module(f"varinterp.pipeline.references.{source}").ADAPTER
    return found


def built(
    source: str,
    folder: Path,
    files: Mapping[str, tuple[Path, ...]],
    settings: Mapping[str, Any] = MASKED,
) -> tuple[Path, Built]:
    out, scratch = folder / "release", folder / "scratch"
    out.mkdir(parents=True)
    scratch.mkdir()
    material = Material(source, "1", date(2026, 1, 1), files, settings)
    answer = adapter(source).build(material, Context(None, Releases({}), scratch), out)
    on_disk = {str(p.relative_to(out)) for p in out.rglob("*") if p.is_file()}
    assert on_disk == set(answer.rows)
    return out, answer


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bool], Path]:
    made: dict[tuple[str, bool], Path] = {}

    def get(source: str, later: bool) -> Path:
        if (source, later) not in made:
            folder = tmp_path_factory.mktemp(source)
            files = UPSTREAM[source].write(folder / "upstream", later)
            made[(source, later)] = built(source, folder, files)[0]
        return made[(source, later)]

    return get


Get = Callable[[str, bool], Path]

ANSWERS = {
    ("alphamissense", "22-20061538-G-A@ENST00000327374"): {"value": 0.7919},
    ("alphamissense", "22-20061538-G-A@ENST00000456048"): {"value": 0.5},
    ("alphamissense", "22-20061538-G-A@ENST00000000001"): None,
    ("alphamissense", "22-20061538-G-A"): None,
    ("revel", "22-20061532-A-G@ENST00000327374"): {"value": 0.29},
    ("revel", "22-20061532-A-G@ENST00000456048"): {"value": 0.29},
    ("revel", "22-20061538-G-A@ENST00000401833"): {"value": 0.772},
    ("revel", "22-20061538-G-A@ENST00000456048"): {"value": 0.644},
    ("revel", "22-20061530-G-A@ENST00000327374"): {"value": 0.003},
    ("revel", "22-20049056-C-G@ENST00000327374"): None,
    ("cadd", "22-20061538-G-A"): {"value": 28.1},
    ("cadd", "22-20061537-C-T"): {"value": 0.703},
    ("cadd", "22-20061538-C-A"): None,
    ("cadd", "22-20061599-G-A"): None,
    ("cadd", "22-20061529-AGCAC-A"): {"value": 23.5},
    ("cadd", "22-20061544-A-AG"): {"value": 31.0},
    ("spliceai", "22-20061538-G-A@TANGO2"): {"value": 0.1, "effect": "donor_gain"},
    ("spliceai", "22-20061538-G-A@DGCR8"): {"value": 0.3, "effect": "acceptor_gain"},
    ("spliceai", "22-20061538-G-A@COMT"): None,
    ("spliceai", "22-20061529-AGCAC-A@TANGO2"): {"value": 0.6, "effect": "acceptor_loss"},
    ("phylop", "22-20061530"): {"value": 0.021},
    ("phylop", "22-20061539"): {"value": 9.741},
    ("phylop", "22-20061532"): {"value": -3.5},
    ("phylop", "22-20061534"): None,
    ("phylop", "1-20061534"): None,
}


@pytest.mark.parametrize(("source", "key"), ANSWERS)
def test_a_release_answers_what_upstream_printed(source: str, key: str, releases: Get) -> None:
    found = adapter(source).lookup(releases(source, False), key)

    assert (None if found is None else dict(found)) == ANSWERS[(source, key)]


CHANGES = {
    "alphamissense": {
        ("22-20061532-A-G@ENST00000327374", "score_crossed_up"),
        ("22-20061538-G-A@ENST00000327374", "score_crossed_up"),
        ("22-20061538-G-C@ENST00000327374", "score_crossed_down"),
        ("22-20061538-G-A@ENST00000456048", "score_moved"),
        ("22-20061540-G-A@ENST00000327374", "removed"),
        ("22-20061539-G-T@ENST00000327374", "added"),
    },
    "revel": {
        ("22-20061532-A-G@ENST00000327374", "score_crossed_up"),
        ("22-20061532-A-G@ENST00000456048", "score_crossed_up"),
        ("22-20061538-G-A@ENST00000327374", "score_crossed_up"),
        ("22-20061538-G-A@ENST00000401833", "removed"),
        ("22-20061538-G-A@ENST00000456048", "score_moved"),
        ("22-20061530-G-A@ENST00000327374", "removed"),
        ("22-20061540-G-A@ENST00000327374", "added"),
    },
    "cadd": {
        ("22-20061537-C-A", "score_crossed_up"),
        ("22-20061537-C-G", "score_moved"),
        ("22-20061538-G-A", "score_crossed_down"),
        ("22-20061538-G-T", "score_crossed_up"),
        *((f"22-20061600-C-{alt}", "removed") for alt in "AGT"),
        *((f"22-20061601-A-{alt}", "added") for alt in "CGT"),
        ("22-20061529-AGCAC-A", "score_crossed_down"),
        ("22-20061544-A-AG", "removed"),
        ("22-20061545-G-GT", "added"),
    },
    "spliceai": {
        ("22-20061530-G-A@TANGO2", "score_crossed_up"),
        ("22-20061538-G-A@TANGO2", "score_crossed_up"),
        ("22-20061683-G-A@TANGO2", "score_moved"),
        ("22-20061684-G-A@TANGO2", "restated"),
        ("22-20061685-T-C@TANGO2", "added"),
        ("22-20061529-AGCAC-A@TANGO2", "removed"),
        ("22-20061544-A-AG@TANGO2", "added"),
    },
    "phylop": {
        ("22-20061530", "score_crossed_up"),
        ("22-20061532", "score_moved"),
        ("22-20061538", "score_crossed_up"),
        ("22-20061539", "score_crossed_down"),
        ("22-20061600", "added"),
    },
}


@pytest.mark.parametrize("source", CHANGES)
def test_every_kind_of_change_is_named(source: str, releases: Get) -> None:
    found = adapter(source).changes(releases(source, False), releases(source, True), RULES)

    assert found.schema == pl.Schema(CHANGES_SCHEMA)
    assert set(found.select("key", "kind").rows()) == CHANGES[source]
    assert found["source"].unique().to_list() == [source]
    assert found.sort("source", "allele_key", "key", "kind").equals(found)


@pytest.mark.parametrize("source", CHANGES)
def test_a_changed_key_carries_its_alleles_key(source: str, releases: Get) -> None:
    found = adapter(source).changes(releases(source, False), releases(source, True), RULES)
    for key, number in found.select("key", "allele_key").iter_rows():
        place = key.partition("@")[0]
        assert number == (None if source == "phylop" else Allele.parse(place).key)


@pytest.mark.parametrize("source", CHANGES)
def test_a_release_against_itself_has_not_changed(source: str, releases: Get) -> None:
    folder = releases(source, True)

    assert adapter(source).changes(folder, folder, RULES).is_empty()


@pytest.mark.parametrize("source", CHANGES)
def test_beyond_a_number_of_changes_the_whole_source_has_moved(source: str, releases: Get) -> None:
    found = score_changes(releases(source, False), releases(source, True), RULES, most=3)

    assert found.select("source", "key", "kind").rows() == [(source, "*", "score_moved")]


@pytest.mark.parametrize("source", CHANGES)
def test_the_same_files_give_the_same_bytes(source: str, releases: Get, tmp_path: Path) -> None:
    files = UPSTREAM[source].write(tmp_path / "upstream")
    again, _ = built(source, tmp_path, files)
    first = releases(source, False)

    for path in sorted(p for p in first.rglob("*") if p.is_file()):
        assert path.read_bytes() == (again / path.relative_to(first)).read_bytes()


def rewritten(path: Path, old: str, new: str) -> None:
    text = gzip.decompress(path.read_bytes()).decode()
    assert old in text
    path.write_bytes(gzip.compress(text.replace(old, new).encode()))


@pytest.mark.parametrize(
    ("source", "role", "old", "new", "message"),
    [
        ("alphamissense", "scores", "0.7919", "0,79", r":6: am_pathogenicity holds '0,79'"),
        ("alphamissense", "scores", "0.7919", "1.2", r":6: '1\.2' is not a alphamissense score"),
        ("alphamissense", "scores", "0.7919", "0.79191", "at most 4 decimals"),
        ("alphamissense", "scores", "\tambiguous\n", "\tunsure\n", "am_class holds 'unsure'"),
        ("alphamissense", "scores", "\thg38\t", "\thg19\t", "genome holds 'hg19'"),
        ("alphamissense", "scores", "20061540", "50818469", "not a position of its chromosome"),
        ("alphamissense", "scores", "am_class", "class", "no column am_class"),
        ("alphamissense", "scores", "\t0.5\t", "\t0.5\t9\t", "not a table of 10 columns"),
        ("cadd", "snv", "GRCh38-v1", "GRCh37-v1", ":1: .*expected ## CADD GRCh38"),
        ("cadd", "indels", "-v1.6", "-v1.5", r"are of CADD v1\.5 and v1\.6"),
        ("cadd", "snv", "20061600\tC\tG", "20061600\tA\tG", "two reference bases"),
        ("cadd", "snv", "20061600", "20061500", "not in order|after a later one"),
        ("spliceai", "snv", "|0.91|", "|0.91x|", "DS_DL holds '0.91x'"),
        ("spliceai", "snv", "|0.91|1|", "|0.91|", "10 fields"),
        ("phylop", "scores", "step=1", "step=2", "expected fixedStep with step=1"),
        ("phylop", "scores", "7.366", "NA", ":9: text holds 'NA'"),
        ("phylop", "scores", "start=20061536", "start=20061531", "after a later one"),
    ],
)
def test_what_a_file_should_not_hold_is_refused(
    source: str, role: str, old: str, new: str, message: str, tmp_path: Path
) -> None:
    files = UPSTREAM[source].write(tmp_path / "upstream")
    rewritten(files[role][0], old, new)

    with pytest.raises(ReleaseError, match=message):
        built(source, tmp_path, files)


def test_spliceai_must_be_said_to_be_masked_or_raw(tmp_path: Path) -> None:
    files = spliceai.write(tmp_path / "upstream")

    with pytest.raises(ReleaseError, match="masked or raw"):
        built("spliceai", tmp_path, files, {})


def test_of_two_scores_for_one_transcript_neither_is_taken(tmp_path: Path) -> None:
    files = alphamissense.write(tmp_path / "upstream")
    rewritten(files["scores"][0], "ENST00000456048.5", "ENST00000327374.7")
    folder, answer = built("alphamissense", tmp_path, files)
    lookup = adapter("alphamissense").lookup

    assert lookup(folder, "22-20061538-G-A@ENST00000327374") is None
    assert lookup(folder, "22-20061538-G-C@ENST00000327374") == {"value": 0.99}
    assert answer.set_aside == {"two_scores": 2}


def test_of_two_scores_for_one_indel_neither_is_taken(tmp_path: Path) -> None:
    files = cadd.write(tmp_path / "upstream")
    line = "22\t20061544\tA\tAG\t1.5\t31.0\n"
    rewritten(files["indels"][0], line, f"{line}{line}{line.replace('31.0', '30.0')}")
    folder, answer = built("cadd", tmp_path, files)

    assert adapter("cadd").lookup(folder, "22-20061544-A-AG") is None
    assert answer.set_aside == {"two_scores": 2}


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    files = spliceai.write(tmp_path / "upstream")
    rewritten(
        files["snv"][0],
        "SpliceAI=A|TANGO2|0.00|0.00|0.00|0.91|1|2|3|4",
        "SpliceAI=A|TANGO2|0.00|0.00|.|0.91|1|2|3|4",
    )
    rewritten(files["indels"][0], "AGCAC\tA\t", "AGCACA\tAA\t")
    rewritten(files["indels"][0], "SpliceAI=A|", "SpliceAI=AA|")

    _, answer = built("spliceai", tmp_path, files)

    assert answer.set_aside == {"no_score": 1, "not_normalised": 1}


def test_revel_sets_aside_what_could_not_be_lifted(tmp_path: Path) -> None:
    _, answer = built("revel", tmp_path, revel.write(tmp_path / "upstream"))

    assert answer.set_aside == {"not_lifted": 1}
    assert answer.counts == {"scores": 4, "owners": 4}


def test_a_file_of_other_contigs_alone_gives_no_score(tmp_path: Path) -> None:
    files = phylop.write(tmp_path / "upstream")
    rewritten(files["scores"][0], "chrom=chr22", "chrom=chr22_KI270739v1_random")
    _, answer = built("phylop", tmp_path, files)

    assert answer.counts == {"scores": 0}
    assert answer.set_aside == {"other_contig": 8}


def test_two_predictors_are_not_compared(releases: Get) -> None:
    with pytest.raises(ReleaseError, match="two predictors"):
        score_changes(releases("cadd", False), releases("phylop", False), RULES)


def test_the_cut_offs_are_those_of_the_rules_in_force(releases: Get) -> None:
    looser = replace(RULES, values={k: v for k, v in RULES.values.items() if "predictor" not in k})
    found = score_changes(releases("phylop", False), releases("phylop", True), looser)

    assert set(found["kind"]) == {"score_moved", "added"}


def test_every_predictor_with_a_release_is_tried() -> None:
    assert set(UPSTREAM) == set(Predictor) - {Predictor.BAYESDEL}


HGNC = "hgnc_id\tsymbol\tstatus\tprev_symbol\n"


@pytest.mark.parametrize(
    ("former", "today", "answers"),
    [
        ("TANGO2", "C22orf25", {"C22orf25": 0.1, "TANGO2": None, "DGCR8": 0.3}),
        ("TANGO2", "DGCR8", {"TANGO2": 0.1, "DGCR8": 0.3}),
        ("COMT", "COMT9", {"TANGO2": 0.1, "DGCR8": 0.3, "COMT9": None}),
    ],
    ids=["renamed", "another gene has the name", "not among them"],
)
def test_a_gene_is_found_by_its_symbol_of_today(
    former: str, today: str, answers: Mapping[str, float | None], tmp_path: Path
) -> None:
    symbols = tmp_path / "hgnc_complete_set.txt"
    symbols.write_text(f"{HGNC}HGNC:1\t{today}\tApproved\t{former}\n")
    files = {**spliceai.write(tmp_path / "upstream"), "symbols": (symbols,)}
    folder, _ = built("spliceai", tmp_path, files)

    for gene, value in answers.items():
        found = adapter("spliceai").lookup(folder, f"22-20061538-G-A@{gene}")
        assert (None if found is None else found["value"]) == value
