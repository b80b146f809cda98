"""A ClinVar release from upstream files: read back, compared, and refused for an unknown word."""

import gzip
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pysam
import pytest

from core_builders import ROOT
from upstream import clinvar
from varinterp.errors import ReleaseError
from varinterp.model.change import ChangeKind as K
from varinterp.pipeline.references.adapter import Context
from varinterp.pipeline.references.clinvar import ADAPTER
from varinterp.refs.lock import LockFile, Releases, open_releases
from varinterp.refs.release import Release, ReleaseFile
from varinterp.sources.clinvar import ALLELES, ALLELES_SCHEMA
from varinterp.sources.clinvar_lookup import lookup_assertions
from varinterp.sources.clinvar_places import PLACES, PLACES_SCHEMA
from varinterp.sources.clinvar_release import RESOLUTIONS, SUBMISSIONS
from varinterp.sources.mane import GENES, GENES_SCHEMA
from varinterp.sources.material import CHANGES_SCHEMA, Built, Material
from varinterp.sources.parquet import read_frame, write_table
from varinterp.sources.rules import read_rules

RULES = read_rules(ROOT / "resources/rules/core-v1.yaml")
CODON = "ENST00000327374.9:154"
Files = Mapping[str, tuple[Path, ...]]


def mane() -> Releases:
    lock = LockFile(schema_version=1, releases={"mane": "1.5"})
    return open_releases(lock, ROOT / "resources/demo/refs")


def built(
    folder: Path,
    files: Files,
    settings: Mapping[str, Any] | None = None,
    releases: Releases | None = None,
) -> Built:
    scratch = folder.parent / f"{folder.name}-scratch"
    folder.mkdir(parents=True)
    scratch.mkdir()
    material = Material("clinvar", "1", date(2026, 1, 4), files, settings or {})
    answer = ADAPTER.build(material, Context(clinvar.FASTA, releases or mane(), scratch), folder)
    assert {path.name for path in folder.iterdir()} == set(answer.rows)
    return answer


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, tuple[Path, Built]]:
    made = {}
    for later in (False, True):
        folder = tmp_path_factory.mktemp("clinvar") / "release"
        made[later] = folder, built(folder, clinvar.write(folder.parent / "upstream", later))
    return made


Made = dict[bool, tuple[Path, Built]]


def every_allele(folder: Path) -> pl.DataFrame:
    return read_frame(folder / ALLELES, ALLELES_SCHEMA)


KEYS = {record.variation: clinvar.allele(record) for record in (*clinvar.NOW, clinvar.LATER[-1])}


def test_every_row_is_an_allele_or_set_aside(releases: Made) -> None:
    folder, answer = releases[False]
    assert answer.counts["alleles"] == len(every_allele(folder)) == 13
    assert dict(answer.set_aside) == {
        "haplotype_only": 2, "no_germline_class": 1, "no_alternate": 1, "other_contig": 1,
        "no_grch38_place": 1, "submission_without_allele": 1,
    }  # fmt: skip
    assert answer.counts["alleles"] + 5 == len(clinvar.NOW)
    assert answer.stated == date(2026, 1, 4)


def test_an_allele_is_answered_with_aggregate_and_resolution(releases: Made) -> None:
    assert ADAPTER.lookup(releases[False][0], KEYS[1001]) == {
        "significance": ["pathogenic", "likely_pathogenic"],
        "conditions": ["TANGO2-Related Encephalocardiomyopathy"],
        "stars": 2,
        "rsid": "rs752298579",
        "name": "NM_152906.7(TANGO2):c.1001G>A",
        "resolved": "likely_pathogenic",
        "resolved_stars": 2,
        "margin": 2,
    }


def test_what_is_not_there_is_none(releases: Made) -> None:
    folder = releases[False][0]
    assert ADAPTER.lookup(folder, KEYS[1012]) is None
    assert ADAPTER.lookup(folder, KEYS[1019]) is None
    assert ADAPTER.lookup(folder, "1-5-A-C") is None
    assert ADAPTER.lookup(folder, "ENST00000327374.9:1") is None
    with pytest.raises(ReleaseError, match="no key"):
        ADAPTER.lookup(folder, "a word")


def test_deletion_is_left_aligned(releases: Made) -> None:
    frame = every_allele(releases[False][0]).filter(pl.col("variation") == 1011)
    (row,) = frame.iter_rows(named=True)
    assert len(row["ref"]) == 4
    assert row["position"] <= 20087000
    assert row["ref"][-1] != row["alt"][-1]


def test_comparators_have_our_class_where_there_is_one(releases: Made) -> None:
    found = ADAPTER.lookup(releases[False][0], CODON)
    assert found is not None
    assert found["alleles"][KEYS[1001]] == {
        "ref_aa": "G", "alt_aa": "R", "significance": ["likely_pathogenic"], "stars": 2,
    }  # fmt: skip


def test_low_penetrance_is_no_pathogenic_comparator(releases: Made) -> None:
    words = {
        word
        for row in every_allele(releases[False][0])
        .filter(pl.col("variation") == 1017)
        .iter_rows(named=True)
        for word in row["significance"]
    }
    assert words == {"pathogenic_low_penetrance"}


def test_alleles_of_a_case_are_answered_row_for_row(releases: Made) -> None:
    folder = releases[False][0]
    known = every_allele(folder)
    ghost = known.head(1).with_columns(
        pl.lit("T").alias("alt"), (pl.col("key") + (1 << 40)).alias("key")
    )
    wanted = pl.concat([known, known.tail(3), ghost]).sort("key").select("key", "ref", "alt")
    answer = lookup_assertions(folder, wanted)
    expected = wanted.join(known, on=["key", "ref", "alt"], how="left", maintain_order="left")
    assert answer.equals(expected.select(answer.columns))
    nothing = lookup_assertions(folder, wanted.clear())
    assert nothing.height == 0


def test_submissions_and_why_they_do_not_count_are_kept(releases: Made) -> None:
    folder = releases[False][0]
    submissions = pl.read_parquet(folder / SUBMISSIONS).filter(
        pl.col("variation").is_in([1005, 1008])
    )
    rows = submissions.select("variation", "submitter", "left_out").rows()
    assert sorted(rows, key=str) == [
        (1005, "Lab A", None),
        (1005, "Lab C", "flagged"),
        (1008, "Lab É", "not_contributing"),
        (1008, "Panel D", None),
    ]
    resolutions = pl.read_parquet(folder / RESOLUTIONS).filter(variation=1004)
    overall, one = resolutions.iter_rows(named=True)
    assert (overall["condition"], overall["resolved"]) == (None, "conflicting")
    assert (one["condition_id"], one["uncertain_significance"]) == ("C5567607", 1)


def test_a_release_of_the_vcf_alone_has_no_resolution(tmp_path: Path) -> None:
    files = {"vcf": clinvar.write(tmp_path / "upstream")["vcf"]}
    answer = built(tmp_path / "release", files)
    said = ADAPTER.lookup(tmp_path / "release", KEYS[1001])
    assert said is not None
    assert (said["resolved"], said["name"]) == (None, "NC_000022.11:g.20061538G>A")
    assert "submissions.parquet" not in answer.rows
    codon = ADAPTER.lookup(tmp_path / "release", CODON)
    assert codon is not None
    assert codon["alleles"][KEYS[1001]]["significance"] == ["pathogenic", "likely_pathogenic"]


def test_own_submissions_are_left_out(tmp_path: Path) -> None:
    files = clinvar.write(tmp_path / "upstream")
    built(tmp_path / "release", files, {"own_submitters": ["lab b"]})
    said = ADAPTER.lookup(tmp_path / "release", KEYS[1001])
    assert said is not None
    assert (said["resolved"], said["resolved_stars"]) == ("pathogenic", 1)


@pytest.mark.parametrize("wrong", [{"own": ["x"]}, {"own_submitters": "x"}])
def test_unknown_settings_are_refused(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(ReleaseError, match="own_submitters"):
        built(tmp_path / "release", clinvar.write(tmp_path / "upstream"), wrong)


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    files = clinvar.write(tmp_path / "upstream")
    bytes_ = []
    for name in ("one", "two"):
        built(tmp_path / name, files)
        bytes_.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert bytes_[0] == bytes_[1]


def moved(releases: Made, source: str = "clinvar") -> dict[str, set[str]]:
    table = ADAPTER.changes(releases[False][0], releases[True][0], RULES)
    assert table.to_arrow().cast(CHANGES_SCHEMA).schema.equals(CHANGES_SCHEMA)
    assert table.select("source", "key", "kind").is_unique().all()
    found: dict[str, set[str]] = {}
    for row in table.filter(pl.col("source") == source).iter_rows(named=True):
        found.setdefault(row["key"], set()).add(row["kind"])
    return found


def test_every_kind_of_change_is_named(releases: Made) -> None:
    assert moved(releases) == {
        KEYS[1001]: {K.CLASS_UP},
        KEYS[1002]: {K.CONFLICT_BEGUN},
        KEYS[1003]: {K.REMOVED},
        KEYS[1004]: {K.CONFLICT_ENDED},
        KEYS[1005]: {K.STARS_UP},
        KEYS[1006]: {K.CLASS_DOWN},
        KEYS[1007]: {K.CLASS_MOVED},
        KEYS[1008]: {K.STARS_DOWN},
        KEYS[1009]: {K.CONDITIONS_MOVED},
        KEYS[1010]: {K.RESTATED},
        KEYS[1019]: {K.ADDED},
    }


def test_the_changes_are_the_keys_whose_answer_differs(releases: Made) -> None:
    (old, _), (new, _) = releases[False], releases[True]
    small = {key for key in KEYS.values() if "." not in key}
    differs = {key for key in small if ADAPTER.lookup(old, key) != ADAPTER.lookup(new, key)}
    assert differs == set(moved(releases))
    codons = {
        f"{transcript}:{codon}"
        for folder in (old, new)
        for transcript, codon in pl.read_parquet(folder / "codons.parquet")
        .select("transcript", "codon")
        .rows()
    }
    differs = {key for key in codons if ADAPTER.lookup(old, key) != ADAPTER.lookup(new, key)}
    assert differs == set(moved(releases, "clinvar.codon"))
    assert moved(releases, "clinvar.codon")[CODON] == {K.RESTATED}
    sites = {
        f"{transcript}:{exon}-{side}"
        for folder in (old, new)
        for transcript, exon, side in pl.read_parquet(folder / "splice.parquet")
        .select("transcript", "exon", "side")
        .rows()
    }
    differs = {key for key in sites if ADAPTER.lookup(old, key) != ADAPTER.lookup(new, key)}
    assert differs == set(moved(releases, "clinvar.splice"))
    transcripts = {key.partition(":")[0] for key in codons}
    differs = {key for key in transcripts if ADAPTER.lookup(old, key) != ADAPTER.lookup(new, key)}
    assert differs == set(moved(releases, "clinvar.missense"))


def test_a_release_does_not_differ_from_itself(releases: Made) -> None:
    folder = releases[False][0]
    assert ADAPTER.changes(folder, folder, RULES).is_empty()


UNKNOWN: Mapping[str, tuple[Callable[[str], str], str]] = {
    "vcf": (lambda text: text.replace("CLNSIG=Benign", "CLNSIG=Mostly_benign"), "Mostly benign"),
    "submissions": (
        lambda text: text.replace("\tBenign\t", "\tQuite benign\t"),
        "Quite benign.* in ClinicalSignificance",
    ),
    "variants": (lambda text: text.replace("\tGRCh38\t", "\tT2T\t"), "T2T.* in Assembly"),
}


@pytest.mark.parametrize("role", UNKNOWN)
def test_an_unknown_word_stops_with_file_line_and_word(tmp_path: Path, role: str) -> None:
    files = clinvar.write(tmp_path / "upstream")
    (path,) = files[role]
    change, message = UNKNOWN[role]
    path.write_bytes(gzip.compress(change(gzip.decompress(path.read_bytes()).decode()).encode()))
    with pytest.raises(ReleaseError, match=rf"{path.name}:\d+: unknown word '{message}"):
        built(tmp_path / "release", files)


def test_an_unknown_review_status_stops(tmp_path: Path) -> None:
    files = clinvar.write(tmp_path / "upstream")
    (path,) = files["vcf"]
    text = gzip.decompress(path.read_bytes()).decode()
    path.write_bytes(gzip.compress(text.replace(clinvar.PANEL, "reviewed_by_a_friend").encode()))
    with pytest.raises(ReleaseError, match="unknown word 'reviewed by a friend' in CLNREVSTAT"):
        built(tmp_path / "release", files)


def test_an_allele_that_is_there_twice_is_kept_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin = replace(clinvar.NOW[0], variation=2001, words="Benign", review=clinvar.SINGLE)
    monkeypatch.setattr(clinvar, "NOW", (twin, *clinvar.NOW))
    files = {"vcf": clinvar.write(tmp_path / "upstream")["vcf"]}
    answer = built(tmp_path / "release", files)
    assert Counter(answer.set_aside)["duplicate_allele"] == 1
    said = ADAPTER.lookup(tmp_path / "release", KEYS[1001])
    assert said is not None
    assert said["stars"] == 2


def test_rows_of_several_alts_are_set_aside(tmp_path: Path) -> None:
    files = clinvar.write(tmp_path / "upstream")
    (path,) = files["vcf"]
    text = gzip.decompress(path.read_bytes()).decode()
    path.write_bytes(
        gzip.compress(text.replace("\tG\tA\t.\t.\tALLELEID=6001", "\tG\tA,T\t.\t.\tX=1").encode())
    )
    answer = built(tmp_path / "release", {"vcf": (path,)})
    assert answer.set_aside["several_alts"] == 2
    assert ADAPTER.lookup(tmp_path / "release", KEYS[1001]) is None


def test_a_file_of_numbers_and_no_review_status_is_read(tmp_path: Path) -> None:
    """The form of ClinVar's VCF before October 2017."""
    path = tmp_path / "clinvar_2015.vcf"
    path.write_text(
        "##fileformat=VCFv4.0\n##fileDate=20150203\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
        "22\t20061538\trs752298579\tG\tA\t.\t.\tRS=752298579;CLNSIG=5|1;"
        "CLNDBN=Usher_syndrome\\x2c_type_2|not_provided\n"
    )
    answer = built(tmp_path / "release", {"vcf": (path,)})
    assert answer.stated == date(2015, 2, 3)
    said = ADAPTER.lookup(tmp_path / "release", KEYS[1001])
    assert said is not None
    assert said["significance"] == ["pathogenic", "not_provided"]
    assert said["conditions"] == ["Usher syndrome, type 2", "not provided"]
    assert (said["stars"], said["rsid"]) == (None, "rs752298579")
    codon = ADAPTER.lookup(tmp_path / "release", CODON)
    assert codon is not None
    assert codon["alleles"][KEYS[1001]]["significance"] == ["pathogenic"]


def mane_with_genes(folder: Path) -> Releases:
    """Return the demo's MANE with a table of the ids of one gene."""
    release = mane()["mane"]
    shutil.copytree(release.folder, folder)
    table = pa.table({"hgnc": ["HGNC:25439"], "gene": ["TANGO2"], "ncbi_gene": ["128989"]})
    write_table(table.cast(GENES_SCHEMA), folder / GENES)
    files = {**release.manifest.files, GENES: ReleaseFile(sha256="0" * 64)}
    return Releases({"mane": Release(folder, release.manifest.model_copy(update={"files": files}))})


def test_alleles_have_the_genes_and_diseases_of_the_vcf(tmp_path: Path) -> None:
    files = {"vcf": clinvar.write(tmp_path / "upstream")["vcf"]}
    releases = mane_with_genes(tmp_path / "mane")
    answer = built(tmp_path / "release", files, releases=releases)
    places = pl.read_parquet(tmp_path / "release" / PLACES)
    assert places.to_arrow().cast(PLACES_SCHEMA).num_rows == answer.rows[PLACES] == 13
    known = every_allele(tmp_path / "release").select("variation").hstack(places)
    found = {row["variation"]: row for row in known.iter_rows(named=True)}
    diseases = ["MONDO:0014820", "OMIM:616878", "ORPHA:480864"]
    assert found[1001] == {"variation": 1001, "genes": ["HGNC:25439"], "diseases": diseases}
    assert found[1007]["genes"] == ["NCBIGene:130066919", "NCBIGene:54487"]
    assert (found[1009]["diseases"], found[1010]["genes"]) == ([], [])
    of_gene = ADAPTER.lookup(tmp_path / "release", "HGNC:25439")
    assert of_gene is not None
    assert (of_gene["alleles"], of_gene["pathogenic"]) == (11, 3)
    assert ADAPTER.lookup(tmp_path / "release", "HGNC:1") is None


def test_genes_and_diseases_of_changed_alleles_changed(releases: Made) -> None:
    tango2, dgcr8 = "NCBIGene:128989", "NCBIGene:54487"
    every = {kind for found in moved(releases).values() for kind in found}
    genes = moved(releases, "clinvar.gene")
    assert genes[dgcr8] == genes["NCBIGene:130066919"] == {K.CLASS_MOVED}
    assert genes[tango2] == every - {K.CLASS_MOVED, K.RESTATED}
    diseases = moved(releases, "clinvar.disease")
    assert diseases.keys() == {"MONDO:0014820", "OMIM:616878", "ORPHA:480864"}
    assert diseases["OMIM:616878"] == every - {K.CONDITIONS_MOVED}


def test_a_gene_that_is_no_pair_stops_with_its_line(tmp_path: Path) -> None:
    files = clinvar.write(tmp_path / "upstream")
    (path,) = files["vcf"]
    text = gzip.decompress(path.read_bytes()).decode()
    path.write_bytes(gzip.compress(text.replace("=DGCR8:54487|", "=DGCR8|").encode()))
    with pytest.raises(ReleaseError, match=rf"{path.name}:\d+: GENEINFO 'DGCR8\|LOC13"):
        built(tmp_path / "release", files)


def test_a_file_without_an_allele_is_no_release_but_no_crash(tmp_path: Path) -> None:
    files = clinvar.write(tmp_path / "upstream")
    path = tmp_path / "empty.vcf"
    path.write_text("##fileformat=VCFv4.1\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
    answer = built(tmp_path / "release", {**files, "vcf": (path,)})
    assert answer.counts["alleles"] == 0
    assert ADAPTER.changes(tmp_path / "release", tmp_path / "release", RULES).is_empty()


def test_a_release_knows_substitutions_in_splice_motifs(tmp_path: Path) -> None:
    """At the donor of TANGO2's seventh exon: its last base, and the first and fifth beyond it."""
    path = tmp_path / "clinvar.vcf"
    places = (20061683, 20061684, 20061688, 20061690)
    with pysam.FastaFile(str(clinvar.FASTA)) as fasta:
        bases = [fasta.fetch(fasta.references[0], at - 1, at).upper() for at in places]
    other = {"A": "C", "C": "A", "G": "A", "T": "C"}
    rows = "".join(
        f"22\t{at}\t{at}\t{base}\t{other[base]}\t.\t.\tCLNSIG=Pathogenic;CLNREVSTAT={clinvar.SINGLE}\n"
        for at, base in zip(places, bases, strict=True)
    )
    path.write_text(
        "##fileformat=VCFv4.1\n##fileDate=2026-01-04\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
        + rows
    )
    answer = built(tmp_path / "release", {"vcf": (path,)})
    site = ADAPTER.lookup(tmp_path / "release", "ENST00000327374.9:7-donor")

    assert answer.counts["splice"] == answer.rows["splice.parquet"] == 3
    assert site is not None
    assert [each["offset"] for each in site["alleles"].values()] == [-1, 1, 5]
    assert [each["changes_protein"] for each in site["alleles"].values()][1:] == [False, False]
    assert {each["stars"] for each in site["alleles"].values()} == {1}
    assert ADAPTER.lookup(tmp_path / "release", "ENST00000327374.9:8-acceptor") is None
