"""Loss-of-function alleles by exon: which count, what is added up, what a release's changes are."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pysam
import pytest

from builders import write_frequencies
from core_builders import TANGO2
from reanalysis_releases import DEMO, FASTA, seal
from varinterp.errors import ReleaseError
from varinterp.model.chromosome import Chromosome
from varinterp.model.facts import ExonAlleles
from varinterp.pipeline.references.adapter import Context
from varinterp.pipeline.references.gnomad_exons import ADAPTER
from varinterp.refs.lock import Releases
from varinterp.refs.release import open_release
from varinterp.sources.gnomad import COVERED, FREQUENCIES
from varinterp.sources.gnomad_exons import read_exons
from varinterp.sources.material import Built, Material
from varinterp.sources.rules import Rules
from varinterp.sources.transcripts import TRANSCRIPTS_FILE, read_transcripts

RULES = Rules("none", "1", "2026-01-01", {})
TRANSCRIPTS = read_transcripts(DEMO / "refs" / "mane" / "1.5" / TRANSCRIPTS_FILE)
REVERSE = next(
    each for each in TRANSCRIPTS.values()
    if each.strand < 0 and each.chromosome is Chromosome.C22 and len(each.coding_exons()) > 4
)  # fmt: skip
E7 = TANGO2.exons[6]
WHOLE = (("22", 20_000_000, 20_600_000),)


def bases(start: int, end: int) -> str:
    with pysam.FastaFile(str(FASTA)) as fasta:
        name = "22" if "22" in fasta.references else "chr22"
        return str(fasta.fetch(name, start - 1, end)).upper()


def snv(position: int) -> str:
    ref = bases(position, position)
    return f"22-{position}-{ref}-{'A' if ref != 'A' else 'C'}"


def deletion(first: int, last: int) -> str:
    """Remove the bases from one to another."""
    ref = bases(first - 1, last)
    return f"22-{first - 1}-{ref}-{ref[0]}"


def insertion(after: int, length: int) -> str:
    base = bases(after, after)
    return f"22-{after}-{base}-{base}{'ACGT' * 9}"[: len(f"22-{after}-{base}-{base}") + length]


def gnomad(folder: Path, name: str, rows: list[Mapping[str, Any]], spans: Any = WHOLE) -> Releases:
    refs = folder / "refs"
    target = refs / "gnomad" / name
    target.mkdir(parents=True)
    write_frequencies(target, rows, spans)
    files = {f"{FREQUENCIES}/{path.name}": None for path in (target / FREQUENCIES).iterdir()}
    seal(target, {**files, COVERED: None}, constructed=False)
    return Releases(
        {
            "gnomad": open_release(refs, "gnomad", name),
            "mane": open_release(DEMO / "refs", "mane", "1.5"),
        }
    )


def build(
    folder: Path, rows: list[Mapping[str, Any]], name: str = "1", spans: Any = WHOLE
) -> tuple[Path, Built]:
    out = folder / f"exons.{name}"
    out.mkdir(parents=True)
    material = Material("gnomad_exons", name, date(2026, 1, 1), {})
    context = Context(FASTA, gnomad(folder, name, rows, spans), folder)
    return out, ADAPTER.build(material, context, out)


def counted(folder: Path, allele: str, transcript: str = TANGO2.id) -> list[int]:
    """Return the exons in which one allele counts."""
    out, _ = build(folder, [{"allele": allele}])
    found = read_exons(out, [transcript])
    return [int(key.rpartition(":")[2]) for key, each in found.items() if each.alleles]


@pytest.mark.parametrize(
    ("allele", "exons"),
    [
        pytest.param("22-20055980-C-T", [6], id="TANGO2 c.418C>T, p.Arg140Ter"),
        pytest.param("22-20061538-G-A", [], id="TANGO2 c.460G>A, p.Gly154Arg"),
        pytest.param(snv(E7.end + 1), [7], id="+1"),
        pytest.param(snv(E7.end + 2), [7], id="+2"),
        pytest.param(snv(E7.end + 3), [], id="+3"),
        pytest.param(snv(E7.start - 1), [7], id="-1"),
        pytest.param(snv(E7.start - 2), [7], id="-2"),
        pytest.param(snv(E7.start - 3), [], id="-3"),
        pytest.param(deletion(E7.start, E7.start), [7], id="the first base: frameshift"),
        pytest.param(deletion(E7.end, E7.end), [7], id="the last base: frameshift"),
        pytest.param(deletion(E7.start + 9, E7.start + 11), [], id="three bases: in frame"),
        pytest.param(deletion(E7.start + 9, E7.start + 12), [7], id="four bases"),
        pytest.param(deletion(E7.end, E7.end + 2), [7], id="over the donor"),
        pytest.param(deletion(E7.end + 3, E7.end + 5), [], id="beyond the donor"),
        pytest.param(deletion(E7.start - 30, E7.start - 2), [7], id="a long one up to -2"),
        pytest.param(deletion(E7.start - 30, E7.start - 3), [], id="a long one up to -3"),
        pytest.param(insertion(E7.start + 9, 1), [7], id="one base in"),
        pytest.param(insertion(E7.start + 9, 3), [], id="three bases in"),
        pytest.param(insertion(E7.end, 1), [], id="between exon and donor"),
        pytest.param(insertion(E7.end + 1, 1), [7], id="between +1 and +2"),
        pytest.param(insertion(E7.start - 1, 1), [], id="between acceptor and exon"),
        pytest.param(insertion(E7.start - 2, 1), [7], id="between -2 and -1"),
        pytest.param(snv(TANGO2.exons[-1].end + 1), [], id="behind the last exon"),
        pytest.param(snv(TANGO2.exons[1].start - 1), [2], id="before the exon of the start"),
        pytest.param(snv(TANGO2.exons[0].end + 1), [], id="an exon that encodes nothing"),
        pytest.param(deletion(TANGO2.cds.end + 1, TANGO2.cds.end + 2), [], id="untranslated end"),
    ],
)
def test_an_allele_counts_in_the_exon_that_it_costs(
    allele: str, exons: list[int], tmp_path: Path
) -> None:
    assert counted(tmp_path, allele) == exons


def test_on_the_other_strand_exons_are_numbered_in_the_transcripts_order(tmp_path: Path) -> None:
    number, part = REVERSE.coding_exons()[2]
    exon = REVERSE.exons[number - 1]
    assert counted(tmp_path / "donor", snv(exon.start - 1), REVERSE.id) == [number]
    assert counted(tmp_path / "acceptor", snv(exon.end + 2), REVERSE.id) == [number]
    inside = deletion(part.start + 4, part.start + 4)
    assert counted(tmp_path / "frameshift", inside, REVERSE.id) == [number]


@pytest.fixture
def rows() -> list[Mapping[str, Any]]:
    first = {"allele": snv(E7.end + 1), "ac": 300, "af": 0.002, "group_max_af": 0.004}
    second = {"allele": snv(E7.end + 2), "ac": 150, "af": 0.001, "group_max_af": None}
    return [
        first,
        second,
        {"allele": snv(E7.start - 1), "filters": "RF", "af": 0.5},
        {"allele": snv(E7.start - 2), "ac": 0, "af": 0.0},
        {"allele": deletion(E7.end, E7.end), "an": 1999, "af": 0.5},
        {"allele": deletion(E7.start, E7.start), "an": 2000, "ac": 1, "af": 0.0005},
    ]


def test_what_was_seen_at_trustworthy_sites_is_added_up(
    rows: list[Mapping[str, Any]], tmp_path: Path
) -> None:
    out, built = build(tmp_path, rows)
    found = read_exons(out, [TANGO2.id])

    assert found[f"{TANGO2.id}:7"] == ExonAlleles(3, 0.004, 0.0035, 1.0)
    assert found[f"{TANGO2.id}:8"] == ExonAlleles(0, 0.0, 0.0, 1.0)
    assert [key for key in found] == [f"{TANGO2.id}:{exon}" for exon in range(2, 10)]
    assert built.counts["with_alleles"] == 1
    assert built.rows == {"exons.parquet": built.counts["exons"]}
    row = ADAPTER.lookup(out, f"{TANGO2.id}:7")
    assert row is not None
    assert (row["alleles"], row["highest"]) == (3, 0.004)
    assert ADAPTER.lookup(out, f"{TANGO2.id}:1") is None
    assert ADAPTER.lookup(out, TANGO2.id) is None


@pytest.mark.parametrize(
    ("spans", "share"),
    [
        ((), 0.0),
        ((("22", E7.start, E7.end),), 1.0),
        ((("22", E7.start, E7.start + 76),), 0.5),
        ((("22", E7.start - 50, E7.start - 1), ("22", E7.end + 1, E7.end + 50)), 0.0),
        ((("22", 1, E7.start), ("22", E7.end, 30_000_000)), round(2 / 154, 4)),
        ((("21", 1, 40_000_000),), 0.0),
    ],
)
def test_the_share_of_an_exon_that_was_looked_at_is_told(
    spans: Any, share: float, tmp_path: Path
) -> None:
    out, _ = build(tmp_path, [{"allele": "22-20061538-G-A"}], spans=spans)

    assert read_exons(out, [TANGO2.id])[f"{TANGO2.id}:7"].covered == share


def test_the_changes_are_the_exons_whose_row_differs(
    rows: list[Mapping[str, Any]], tmp_path: Path
) -> None:
    old, _ = build(tmp_path, rows)
    new, _ = build(tmp_path, [*rows, {"allele": "22-20055980-C-T"}], "2")
    changes = ADAPTER.changes(old, new, RULES)

    assert changes.select("source", "key", "kind").rows() == [
        ("gnomad.exon", f"{TANGO2.id}:6", "frequency_moved")
    ]
    assert ADAPTER.changes(old, old, RULES).is_empty()
    elsewhere = (("22", 20_000_000, 20_020_000),)
    third, _ = build(tmp_path, rows, "3", spans=elsewhere)
    assert f"{TANGO2.id}:9" in set(ADAPTER.changes(old, third, RULES)["key"])


def test_it_takes_no_settings(tmp_path: Path) -> None:
    material = Material("gnomad_exons", "1", date(2026, 1, 1), {}, {"least": 1})
    with pytest.raises(ReleaseError, match="no build settings"):
        ADAPTER.build(material, Context(FASTA, Releases({}), tmp_path), tmp_path)
