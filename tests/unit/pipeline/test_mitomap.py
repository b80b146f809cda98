"""MITOMAP: its two tables as one value an allele, its words known one by one."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from core_builders import ROOT
from upstream import mitomap as upstream
from varinterp.errors import ReleaseError
from varinterp.pipeline.references.adapter import Context
from varinterp.pipeline.references.mitomap import ADAPTER
from varinterp.refs.lock import Releases
from varinterp.sources.material import CHANGES_SCHEMA, Built, Material
from varinterp.sources.rules import read_rules

RULES = read_rules(ROOT / "resources/rules/core-v1.yaml")
KEYS = [
    "MT-72-T-C", "MT-73-A-G", "MT-616-T-C", "MT-616-T-G", "MT-1555-A-G", "MT-3243-A-G",
    "MT-4171-C-A", "MT-8993-T-G", "MT-14484-T-C",
]  # fmt: skip


def built(
    folder: Path, files: dict[str, tuple[Path, ...]], reference: Path | None = None
) -> tuple[Path, Built]:
    out, scratch = folder / "release", folder / "scratch"
    out.mkdir(parents=True)
    scratch.mkdir()
    material = Material("mitomap", "1", date(2026, 10, 3), files)
    return out, ADAPTER.build(material, Context(reference, Releases({}), scratch), out)


@pytest.fixture
def releases(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old", tmp_path / "new"
    return (
        built(old, upstream.write(old / "upstream"))[0],
        built(new, upstream.write(new / "upstream", later=True))[0],
    )


def test_an_allele_has_its_own_words_of_a_row_of_several(releases: tuple[Path, Path]) -> None:
    first = ADAPTER.lookup(releases[0], "MT-616-T-C")
    second = ADAPTER.lookup(releases[0], "MT-616-T-G")

    assert first is not None
    assert second is not None
    assert (first["status"], first["rating"]) == ("confirmed", "likely_pathogenic")
    assert first["diseases"] == "Epilepsy-/-kidney-disease-(Gilles-Lévy)"
    assert (second["status"], second["rating"]) == ("reported", "uncertain_significance")


def test_both_tables_speak_of_one_allele(releases: tuple[Path, Path]) -> None:
    assert ADAPTER.lookup(releases[0], "MT-72-T-C") == {
        "status": "reported", "rating": None, "diseases": "Protective-factor-(invented)",
        "stated": None, "polymorphism": True, "count": 120, "frequency": 0.002,
    }  # fmt: skip
    common = ADAPTER.lookup(releases[0], "MT-73-A-G")
    assert common is not None
    assert (common["status"], common["polymorphism"]) == (None, True)
    assert ADAPTER.lookup(releases[0], "MT-74-A-G") is None


def test_words_beyond_the_vocabulary_are_kept_as_they_were(releases: tuple[Path, Path]) -> None:
    found = ADAPTER.lookup(releases[0], "MT-4171-C-A")

    assert found is not None
    assert (found["status"], found["stated"]) == ("reported", "Reported-/-Secondary")


def test_every_kind_of_change_is_named(releases: tuple[Path, Path]) -> None:
    found = ADAPTER.changes(*releases, RULES)

    assert found.schema == pl.Schema(CHANGES_SCHEMA)
    assert set(found.select("key", "kind").rows()) == {
        ("MT-72-T-C", "frequency_moved"),
        ("MT-616-T-C", "class_up"),
        ("MT-616-T-G", "conditions_moved"),
        ("MT-1555-A-G", "class_down"),
        ("MT-4171-C-A", "restated"),
        ("MT-8993-T-G", "removed"),
        ("MT-14484-T-C", "added"),
    }


def test_exactly_the_keys_whose_answer_differs_have_changed(releases: tuple[Path, Path]) -> None:
    old, new = releases
    differing = {key for key in KEYS if ADAPTER.lookup(old, key) != ADAPTER.lookup(new, key)}

    assert set(ADAPTER.changes(old, new, RULES)["key"]) == differing
    assert ADAPTER.changes(new, new, RULES).is_empty()


def rewritten(files: dict[str, tuple[Path, ...]], old: str, new: str) -> None:
    path = files["disease"][0]
    text = path.read_text(encoding="latin-1")
    assert old in text
    path.write_text(text.replace(old, new), encoding="latin-1")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Cfrm-[P]", "Confirmed-[P]", r"disease\.vcf:10: DiseaseStatus 'Confirmed-\[P\]'"),
        ("Cfrm-[P]", "Cfrm-[PP]", r"'Cfrm-\[PP\]'"),
        ("Conflicting-reports", "Conflict", "'Conflict'"),
        (";DiseaseStatus=Conflicting-reports", "", "an ALT without DiseaseStatus"),
    ],
)
def test_an_unknown_word_stops_the_load(tmp_path: Path, old: str, new: str, message: str) -> None:
    files = upstream.write(tmp_path / "upstream")
    rewritten(files, old, new)

    with pytest.raises(ReleaseError, match=message):
        built(tmp_path, files)


@pytest.mark.parametrize(
    "status",
    [
        "Unclear", "P.M.", "alt-loc-to-9480del15-[LP]", "See-7471insC", "Reported-[VUS+]",
        "Author-considered-as-VUS", "Reported;-hg-C-marker".replace(";", "%3B"),
        "Reported-by-paper-as-Benign", "Reported-(=7474d)", "Reported-[B]-in-hg-K|U",
    ],
)  # fmt: skip
def test_every_status_of_the_database_of_2026_is_known(tmp_path: Path, status: str) -> None:
    files = upstream.write(tmp_path / "upstream")
    rewritten(files, "Conflicting-reports", status)
    folder, _ = built(tmp_path, files)

    assert ADAPTER.lookup(folder, "MT-8993-T-G") is not None


def test_what_cannot_be_paired_or_aligned_is_counted(tmp_path: Path) -> None:
    files = upstream.write(tmp_path / "upstream")
    rewritten(files, "Cfrm-[LP],Reported-[VUS]", "Cfrm-[LP]")
    rewritten(files, "1555\t.\tA\tG", "3272\t.\tTT\tT")
    _, answer = built(tmp_path, files)

    assert answer.set_aside == {"unpaired": 2, "not_normalised": 1}
    assert answer.counts["disease"] == 4


def test_with_the_mitochondrial_sequence_rows_are_normalised_and_merged(tmp_path: Path) -> None:
    files = upstream.write(tmp_path / "upstream")
    rewritten(files, "1555\t.\tA\tG", "3\t.\tTT\tT")
    rewritten(files, "3243\t.\tA\tG", "4\t.\tTT\tT")
    fasta = tmp_path / "mt.fa"
    fasta.write_text(">chrM\nACTTTTG" + "N" * 16562 + "\n")
    (tmp_path / "mt.fa.fai").write_text("chrM\t16569\t6\t16569\t16570\n")
    folder, answer = built(tmp_path, files, fasta)
    found = ADAPTER.lookup(folder, "MT-2-CT-C")

    assert answer.set_aside["merged"] == 1
    assert found is not None
    assert found["rating"] == "pathogenic"
    assert found["diseases"] == "DEAF,-intellectual-disability; MELAS-/-Leigh-Syndrome"
