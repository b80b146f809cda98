"""gnomAD's files become a release that answers by allele, position and group, and compares."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import write_fasta, write_frequencies
from upstream import gnomad
from varinterp.errors import ReleaseError
from varinterp.model.variant import Allele
from varinterp.pipeline.references.adapter import Context
from varinterp.pipeline.references.gnomad import ADAPTER, thresholds
from varinterp.refs.lock import Releases
from varinterp.sources.gnomad import covered
from varinterp.sources.material import CHANGES_SCHEMA, Built, Material
from varinterp.sources.rules import read_rules

RESOURCES = Path(__file__).parents[3] / "resources"
REFERENCE = RESOURCES / "demo" / "reference" / "GRCh38.chr22.demo.fa.gz"
RULES = read_rules(RESOURCES / "rules" / "core-v1.yaml")
Files = Mapping[str, tuple[Path, ...]]


def build(files: Files, folder: Path, reference: Path = REFERENCE, **settings: Any) -> Built:
    scratch = folder.with_name(f"{folder.name}-scratch")
    for each in (folder, scratch):
        each.mkdir(parents=True)
    material = Material("gnomad", "4.1", date(2024, 4, 19), files, settings)
    return ADAPTER.build(material, Context(reference, Releases({}), scratch), folder)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Built]:
    folder = tmp_path_factory.mktemp("gnomad")
    first = build(gnomad.write(folder / "now"), folder / "first")
    build(gnomad.write(folder / "then", later=True), folder / "second")
    return folder / "first", folder / "second", first


def name(site: gnomad.Site) -> str:
    return f"22-{site.position}-{site.ref}-{site.alt}"


def test_every_row_is_there_and_counted(built: tuple[Path, Path, Built]) -> None:
    made = built[2]
    assert made.rows == {"frequencies.pack/22.pack": 7, "covered.parquet": 2}
    assert made.counts == {
        "chromosomes": 1, "alleles": 7, "observed": 6, "passed": 5,
        "covered_bases": 509_431 - 5_001,
    }  # fmt: skip
    assert made.set_aside == {}


def test_an_allele_answers_with_its_counts_and_groups(built: tuple[Path, Path, Built]) -> None:
    found = ADAPTER.lookup(built[0], name(gnomad.MISSENSE))
    assert found is not None
    groups = {each["group"]: each for each in found["groups"]}
    assert (found["ac"], found["an"], found["filters"]) == (20, gnomad.PEOPLE, "PASS")
    assert (found["faf95"], found["faf95_group"]) == (0.00002, "sas")
    assert (found["nhomalt"], found["hemizygotes"]) == (0, 0)
    assert sorted(groups) == sorted(gnomad.GROUPS)
    assert groups["nfe"] == {"group": "nfe", "ac": 15, "an": 1_180_000, "faf95": 0.0000078}
    assert groups["fin"]["faf95"] is None
    assert ADAPTER.lookup(built[0], "22-20061538-G-T") is None


@pytest.mark.parametrize(
    ("site", "words"),
    [
        (gnomad.UNOBSERVED, "AC0"),
        (gnomad.FAILED, "AC0;AS_VQSR;EXOMES_FILTERED"),
        (gnomad.RARE, "PASS"),
        (gnomad.COMMON, "PASS"),
    ],
)
def test_a_data_set_without_carriers_takes_nothing_from_the_other(
    site: gnomad.Site, words: str, built: tuple[Path, Path, Built]
) -> None:
    found = ADAPTER.lookup(built[0], name(site))
    assert found is not None
    assert set(found["filters"].split(";")) == set(words.split(";"))


def test_a_bound_that_gnomad_leaves_out_is_zero_and_not_unknown(
    built: tuple[Path, Path, Built],
) -> None:
    found = ADAPTER.lookup(built[0], name(gnomad.UNOBSERVED))
    assert found is not None
    assert found["faf95"] == 0.0


def test_a_position_tells_whether_it_was_looked_at(built: tuple[Path, Path, Built]) -> None:
    answers = {
        position: ADAPTER.lookup(built[0], f"22-{position}")
        for position in (20_012_477, 20_012_478, 20_199_999, 20_200_000, 20_205_000, 20_205_001)
    }
    assert [answer and answer["covered"] for answer in answers.values()] == [
        False, True, True, False, False, True,
    ]  # fmt: skip
    assert ADAPTER.lookup(built[0], "groups") == {"codes": list(gnomad.GROUPS)}


def test_the_changes_are_one_of_every_kind(built: tuple[Path, Path, Built]) -> None:
    changes = ADAPTER.changes(built[0], built[1], RULES)
    assert changes.schema == pl.Schema(CHANGES_SCHEMA)
    assert set(changes.select("source", "key", "kind").rows()) == {
        ("gnomad", name(gnomad.COMMON), "removed"),
        ("gnomad", "22-20242546-C-T", "added"),
        ("gnomad", name(gnomad.RISING), "frequency_crossed_up"),
        ("gnomad", name(gnomad.FALLING), "frequency_crossed_down"),
        ("gnomad", name(gnomad.MISSENSE), "frequency_moved"),
        ("gnomad", name(gnomad.FAILED), "filters_moved"),
        ("gnomad.coverage", "22-20200000-20205000", "coverage_gained"),
        ("gnomad.coverage", "22-20300000-20310000", "coverage_lost"),
    }
    moved = changes.filter(key=name(gnomad.MISSENSE)).row(0, named=True)
    assert moved["before"].startswith("AF 0.0000123969 (20 of 1613312), FAF95 0.00002 sas")
    assert moved["allele_key"] == Allele.parse(name(gnomad.MISSENSE)).key
    assert ADAPTER.changes(built[0], built[0], RULES).is_empty()


def test_the_thresholds_are_the_rules_frequencies() -> None:
    assert thresholds(RULES) == (0.00002, 0.00007, 0.005, 0.01, 0.05, 0.15)


def test_the_same_files_give_the_same_bytes(
    built: tuple[Path, Path, Built], tmp_path: Path
) -> None:
    again = build(gnomad.write(tmp_path / "files"), tmp_path / "again")
    for file in again.rows:
        assert (tmp_path / "again" / file).read_bytes() == (built[0] / file).read_bytes()


X = "ACGTTGCA" * 400_000
HEADER = (
    "##fileformat=VCFv4.2\n"
    + "".join(
        f'##INFO=<ID={name},Number={number},Type=Integer,Description="x">\n'
        for name, number in (
            ("AC", "A"), ("AN", "1"), ("AF", "A"), ("nhomalt", "A"), ("AC_XY", "A"),
            ("nhomalt_XY", "A"), ("fafmax_faf95_max", "A"), ("fafmax_faf95_max_gen_anc", "A"),
            ("AF_grpmax", "A"), ("AC_nfe", "A"), ("AN_nfe", "1"), ("faf95_nfe", "A"),
        )
    )
    + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
)  # fmt: skip
SMALL = {"data_set": "exomes", "groups": ["nfe"], "bounded_groups": ["nfe"]}
GOOD = "AC=5;AN=90;AF=0.05;nhomalt=3;AC_XY=2;nhomalt_XY=2;AC_nfe=5;AN_nfe=90;faf95_nfe=0.01"


def exomes(folder: Path, *rows: str, header: str = HEADER) -> tuple[Files, Path]:
    path = folder / "exomes.vcf"
    path.write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return {"sites": (path,)}, write_fasta(folder / "x.fa", {"chrX": X})


def test_men_are_hemizygous_outside_the_shared_regions_alone(tmp_path: Path) -> None:
    rows = [f"chrX\t{position}\t.\t{X[position - 1]}\tN\t.\tPASS\t{GOOD}".replace("N\t", f"{alt}\t")
            for position in (2_781_479, 2_781_480)
            for alt in ("A" if X[position - 1] != "A" else "C")]  # fmt: skip
    files, fasta = exomes(tmp_path, *rows)
    build(files, tmp_path / "release", fasta, **SMALL)
    shared, alone = (
        ADAPTER.lookup(tmp_path / "release", f"X-{p}-{X[p - 1]}-{'A' if X[p - 1] != 'A' else 'C'}")
        for p in (2_781_479, 2_781_480)
    )
    assert shared is not None
    assert alone is not None
    assert (shared["nhomalt"], shared["hemizygotes"]) == (3, 0)
    assert (alone["nhomalt"], alone["hemizygotes"]) == (1, 2)


def test_several_alternatives_are_split_and_left_aligned(tmp_path: Path) -> None:
    info = (
        "AC=5,6;AN=90;AF=0.05,0.06;nhomalt=0,0;AC_XY=0,0;nhomalt_XY=0,0;AC_nfe=5,6;AN_nfe=90;"
        "faf95_nfe=0.01,0.02"
    )
    files, fasta = exomes(tmp_path, f"chrX\t5\t.\tTG\tT,TGG\t.\tPASS\t{info}")
    made = build(files, tmp_path / "release", fasta, **SMALL)
    assert made.counts["alleles"] == 2
    found = ADAPTER.lookup(tmp_path / "release", "X-5-T-TG")
    assert found is not None
    assert (found["ac"], found["faf95"]) == (6, 0.02)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"chrX\t5\t.\tT\tA\t.\tNEW\t{GOOD}", r"exomes\.vcf:15: unknown filter 'NEW'"),
        (f"chrX\t5\t.\tT\tA\t.\t.\t{GOOD}", r"exomes\.vcf:15: no FILTER"),
        ("chrX\t5\t.\tT\tA\t.\tPASS\tAN=90", r"exomes\.vcf:15: a row without AC"),
        (f"chrX\t5\t.\tT\tA\t.\tPASS\t{GOOD.replace('AC=5', 'AC=91')}", "between 0 and AN"),
        (f"chrX\t5\t.\tT\tA\t.\tPASS\t{GOOD};fafmax_faf95_max_gen_anc=new", "unknown word 'new'"),
    ],
)
def test_a_row_that_cannot_be_read_stops_the_build(tmp_path: Path, row: str, said: str) -> None:
    files, fasta = exomes(tmp_path, row)
    with pytest.raises(ReleaseError, match=said):
        build(files, tmp_path / "release", fasta, **SMALL)


def test_a_field_that_the_header_lacks_is_named(tmp_path: Path) -> None:
    files, fasta = exomes(tmp_path, header=HEADER.replace("ID=AC_nfe", "ID=AC_eur"))
    with pytest.raises(ReleaseError, match=r"exomes\.vcf: its header has no INFO AC_nfe"):
        build(files, tmp_path / "release", fasta, **SMALL)


@pytest.mark.parametrize(
    "settings", [{"data_sets": "joint"}, {"data_set": "all"}, {"fields": {"ac": None}},
                 {"fields": {"acc": "AC"}}],
)  # fmt: skip
def test_unknown_settings_are_refused(tmp_path: Path, settings: dict[str, Any]) -> None:
    files, fasta = exomes(tmp_path)
    with pytest.raises(ReleaseError, match="build settings"):
        build(files, tmp_path / "release", fasta, **settings)


def test_rows_off_the_reference_are_set_aside_by_reason(tmp_path: Path) -> None:
    rows = [f"chrX\t{place}\t.\t{ref}\t{alt}\t.\tPASS\t{GOOD}" for place, ref, alt in
            ((1, "A", "C"), (2, "A", "C"), (3, "G", "N"), (3_300_000, "A", "C"), (3, "G", "C"),
             (3, "GTT", "CTT"))]  # fmt: skip
    files, fasta = exomes(tmp_path, *rows)
    made = build(files, tmp_path / "release", fasta, **SMALL)
    assert made.counts["alleles"] == 2
    assert made.set_aside == {
        "duplicate_allele": 1, "not_acgt": 1, "outside_reference": 1, "ref_mismatch": 1,
    }  # fmt: skip


ROWS = st.dictionaries(
    st.sampled_from(["1-5-A-C", "1-6-A-C", "1-6-A-" + "C" * 15, "22-9-G-T", "X-3-A-G"]),
    st.fixed_dictionaries(
        {
            "ac": st.integers(0, 3),
            "faf95": st.sampled_from([None, 0.0, 0.01, 0.02]),
            "an_nfe": st.sampled_from([None, 0, 100]),
            "ac_nfe": st.sampled_from([0, 1, 6]),
            "filters": st.sampled_from(["PASS", "AC0", "AC0;AS_VQSR"]),
            "constructed": st.booleans(),
        }
    ),
)
SPANS = st.lists(
    st.tuples(st.sampled_from(["1", "22"]), st.integers(1, 30), st.integers(0, 8)), max_size=5
)


@settings(max_examples=40, deadline=None)
@given(ROWS, ROWS, SPANS, SPANS, st.booleans(), st.booleans())
def test_the_table_of_changes_holds_exactly_the_keys_whose_answer_differs(
    tmp_path_factory: pytest.TempPathFactory,
    old_rows: dict[str, dict[str, Any]],
    new_rows: dict[str, dict[str, Any]],
    old_spans: list[tuple[str, int, int]],
    new_spans: list[tuple[str, int, int]],
    constructed: bool,
    other_groups: bool,
) -> None:
    folder = tmp_path_factory.mktemp("law")
    releases = (
        (old_rows, old_spans, False, False),
        (new_rows, new_spans, constructed, other_groups),
    )
    old, new = (
        write_frequencies(
            folder / str(number),
            [{"allele": allele, **values} for allele, values in rows.items()],
            [(name, start, start + more) for name, start, more in spans],
            constructed=made_up,
            groups=("nfe", "sas") if other else ("nfe",),
        )
        for number, (rows, spans, made_up, other) in enumerate(releases)
    )
    changes = ADAPTER.changes(old, new, RULES)
    alleles = {key for key in old_rows.keys() | new_rows.keys()
               if ADAPTER.lookup(old, key) != ADAPTER.lookup(new, key)}  # fmt: skip
    assert set(changes.filter(source="gnomad")["key"]) == alleles
    assert changes.filter(source="gnomad.groups").height == other_groups
    spans = [tuple(key.split("-")) for key in changes.filter(source="gnomad.coverage")["key"]]
    places = [(name, at) for name in ("1", "22", "X") for at in (*range(1, 42), 100_000)]
    asked = pl.DataFrame(places, ["chromosome", "position"], orient="row").with_columns(
        ref=pl.lit("N")
    )
    before, after = covered(old, asked).rows(), covered(new, asked).rows()
    for (chromosome, position), one, other in zip(places, before, after, strict=True):
        inside = any(
            name == chromosome and int(start) <= position <= int(end) for name, start, end in spans
        )
        assert inside == (one != other)


MITOCHONDRIAL = "GATCACAGGTCTATCACCCTATTAACCACTCACGGGAGCTCTCC"
COPIES = (
    "##fileformat=VCFv4.2\n"
    + "".join(
        f'##INFO=<ID={name},Number=1,Type=Float,Description="x">\n'
        for name in ("AN", "AC_hom", "AC_het", "AF_hom", "AF_het", "max_hl")
    )
    + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
)


def mitochondria(folder: Path, *rows: str) -> tuple[Files, Path]:
    folder.mkdir(exist_ok=True)
    path = folder / "chrM.vcf"
    path.write_text(COPIES + "".join(f"{row}\n" for row in rows))
    files, _ = exomes(folder, f"chrX\t2\t.\tC\tA\t.\tPASS\t{GOOD}")
    contigs = {"chrX": X[:100], "chrM": MITOCHONDRIAL}
    return {**files, "mitochondrial": (path,)}, write_fasta(folder / "both.fa", contigs)


def test_mitochondrial_alleles_have_both_counts_and_are_frequencies_too(tmp_path: Path) -> None:
    rows = [
        "chrM\t3\t.\tT\tC\t.\tPASS\tAN=100;AC_hom=19;AC_het=1;AF_hom=0.19;AF_het=0.01;max_hl=0.99",
        "chrM\t6\t.\tC\tA\t.\tnpg\tAN=100;AC_hom=0;AC_het=0;AF_hom=0;AF_het=0;max_hl=0",
    ]
    files, fasta = mitochondria(tmp_path, *rows)
    made = build(files, tmp_path / "release", fasta, **SMALL)
    assert made.rows["mitochondrial.parquet"] == 2
    found = ADAPTER.lookup(tmp_path / "release", "MT-3-T-C")
    assert found is not None
    assert (found["ac"], found["an"], found["af"], found["hemizygotes"]) == (19, 100, 0.19, None)
    assert (found["ac_het"], found["max_heteroplasmy"], found["groups"]) == (1, 0.99, [])
    unsure = ADAPTER.lookup(tmp_path / "release", "MT-6-C-A")
    assert unsure is not None
    assert unsure["filters"] == "npg"


@pytest.mark.parametrize(
    ("people", "covered"),
    [
        pytest.param(50, [True, True, True, True, True, True, False], id="half of the best row's"),
        pytest.param(49, [True, True, False, False, True, True, False], id="fewer"),
    ],
)
def test_mitochondrial_rows_say_where_people_were_called(
    tmp_path: Path, people: int, covered: list[bool]
) -> None:
    """Rows at 3, 21 and 42: each speaks for ten bases on either side, if it was called well."""
    rows = [
        f"chrM\t{at}\t.\t{MITOCHONDRIAL[at - 1]}\tN\t.\tPASS\tAN={an};AC_hom=1;AC_het=0;max_hl=1"
        for at, an in ((3, 100), (21, people), (42, 100))
    ]
    bases = {"A": "C", "C": "A", "G": "A", "T": "A"}
    rows = [row.replace("\tN\t", f"\t{bases[row.split()[3]]}\t") for row in rows]
    files, fasta = mitochondria(tmp_path, *rows)
    build(files, tmp_path / "release", fasta, **SMALL)

    asked = [ADAPTER.lookup(tmp_path / "release", f"MT-{at}") for at in (1, 13, 14, 31, 32, 52, 53)]
    assert [found["covered"] for found in asked if found is not None] == covered


def test_a_change_of_copies_alone_is_a_change(tmp_path: Path) -> None:
    row = "chrM\t3\t.\tT\tC\t.\tPASS\tAN=100;AC_hom=19;AC_het={};AF_hom=0.19;AF_het=0.0{};max_hl=1"
    for name, copies in (("old", 1), ("new", 2)):
        files, fasta = mitochondria(tmp_path / f"{name}-files", row.format(copies, copies))
        build(files, tmp_path / name, fasta, **SMALL)
    changes = ADAPTER.changes(tmp_path / "old", tmp_path / "new", RULES)
    assert changes.select("source", "key", "kind").rows() == [
        ("gnomad", "MT-3-T-C", "frequency_moved")
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("chrX\t3\t.\tT\tC\t.\tPASS\tAN=1;AC_hom=0;AC_het=0", "not the mitochondrial genome"),
        ("chrM\t3\t.\tT\tC\t.\tPASS\tAN=1;AC_hom=0", "without its counts"),
        ("chrM\t3\t.\tT\tC\t.\tNEW\tAN=1;AC_hom=0;AC_het=0", "unknown filter 'NEW'"),
    ],
)
def test_a_mitochondrial_row_that_cannot_be_read_is_said(
    tmp_path: Path, row: str, said: str
) -> None:
    files, fasta = mitochondria(tmp_path, row)
    with pytest.raises(ReleaseError, match=said):
        build(files, tmp_path / "release", fasta, **SMALL)
