"""Sources of genes, diseases and phenotypes: built from the real formats, compared key by key."""

from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

from core_builders import ROOT
from sealed_releases import sealed
from upstream import (
    clingen_dosage,
    clingen_validity,
    gencc,
    gene2phenotype,
    gene_disease,
    hpo,
    mane,
    mondo_mappings,
    orphanet_product6,
    panelapp,
)
from varinterp.errors import ReleaseError, VarinterpError
from varinterp.model.change import ChangeKind
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.refs.lock import Releases
from varinterp.refs.release import Release
from varinterp.sources.curations import pmids_in
from varinterp.sources.material import CHANGES_SCHEMA, Built, Material
from varinterp.sources.rules import read_rules

RULES = read_rules(ROOT / "resources/rules/core-v1.yaml")
UPSTREAM: Mapping[str, ModuleType] = {
    "clingen_dosage": clingen_dosage,
    "clingen_validity": clingen_validity,
    "gencc": gencc,
    "gene2phenotype": gene2phenotype,
    "gene_disease": gene_disease,
    "hpo": hpo,
    "mane": mane,
    "mondo_mappings": mondo_mappings,
    "orphanet_product6": orphanet_product6,
    "panelapp": panelapp,
}
Releaser = Callable[[str, bool], Path]


def adapter(source: str) -> Adapter:
    found: Adapter = import_module(f"varinterp.pipeline.references.{source}").ADAPTER
    return found


def build(
    source: str, root: Path, files: Mapping[str, tuple[Path, ...]], releases: Releases
) -> tuple[Path, Built]:
    folder, scratch = root / "release", root / "scratch"
    folder.mkdir(parents=True)
    scratch.mkdir()
    material = Material(source, "1", date(2026, 1, 1), files)
    answer = adapter(source).build(material, Context(None, releases, scratch), folder)
    on_disk = {path.name for path in folder.iterdir()}
    assert on_disk == set(answer.rows)
    return folder, answer


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Releaser:
    made: dict[tuple[str, bool], Path] = {}

    def of(source: str, later: bool) -> Path:
        if (source, later) not in made:
            root = tmp_path_factory.mktemp(source)
            files = UPSTREAM[source].write(root / "upstream", later)
            made[source, later], _ = build(source, root, files, Releases({}))
        return made[source, later]

    return of


def changes(source: str, release: Releaser) -> pl.DataFrame:
    return adapter(source).changes(release(source, False), release(source, True), RULES)


def kinds_of(found: pl.DataFrame, source: str) -> dict[str, set[str]]:
    rows = found.filter(source=source).select("key", "kind").iter_rows()
    kinds: dict[str, set[str]] = {}
    for key, kind in rows:
        kinds.setdefault(key, set()).add(kind)
    return kinds


@pytest.mark.parametrize("source", UPSTREAM)
def test_a_table_of_changes_has_its_schema_known_kinds_and_one_row_a_key_and_kind(
    source: str, release: Releaser
) -> None:
    found = changes(source, release)

    assert found.schema == pl.Schema(CHANGES_SCHEMA)
    assert set(found["kind"]) <= set(ChangeKind)
    assert not found.select("source", "key", "kind").is_duplicated().any()
    assert found.rows() == found.sort("source", "key", "kind").rows()
    assert not found.is_empty()


@pytest.mark.parametrize("source", UPSTREAM)
def test_a_release_has_not_changed_against_itself(source: str, release: Releaser) -> None:
    folder = release(source, False)
    assert adapter(source).changes(folder, folder, RULES).is_empty()


@pytest.mark.parametrize("source", sorted(UPSTREAM.keys() - {"hpo"}))
def test_every_changed_key_answers_otherwise_and_no_other_does(
    source: str, release: Releaser
) -> None:
    found = changes(source, release)
    look_up = adapter(source).lookup
    old, new = release(source, False), release(source, True)
    keys = {*KEYS[source], *found.filter(pl.col("source") != "transcript.exon")["key"]}

    differing = {key for key in keys if look_up(old, key) != look_up(new, key)}

    assert differing == set(found.filter(pl.col("source") != "transcript.exon")["key"])


GENES = tuple(panelapp.HGNC.values())
KEYS: Mapping[str, tuple[str, ...]] = {
    "clingen_dosage": tuple(f"NCBIGene:{number}" for number in mane.NCBI.values()),
    "clingen_validity": GENES,
    "gencc": GENES,
    "gene2phenotype": GENES,
    "gene_disease": GENES,
    "mane": (mane.TANGO2, mane.MOVED, mane.RESTATED, mane.CAME, mane.WENT),
    "mondo_mappings": (mondo_mappings.TANGO2, "OMIM:616878", "OMIM:188400", "MONDO:0000020"),
    "orphanet_product6": GENES,
    "panelapp": GENES,
}

TANGO2, DGCR8, RTN4R = "HGNC:25439", "HGNC:2847", "HGNC:18601"
ZDHHC8, RANBP1, TRMT2A = "HGNC:18474", "HGNC:9847", "HGNC:24974"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "clingen_validity",
            {
                TANGO2: {"restated"},
                DGCR8: {"validity_up"},
                RTN4R: {"validity_down"},
                ZDHHC8: {"added", "restated"},
                RANBP1: {"removed"},
                TRMT2A: {"added"},
            },
        ),
        (
            "gencc",
            {
                TANGO2: {"validity_up"},
                DGCR8: {"validity_down"},
                ZDHHC8: {"inheritance_moved"},
                RANBP1: {"removed"},
                TRMT2A: {"added"},
            },
        ),
        (
            "gene2phenotype",
            {
                TANGO2: {"restated"},
                DGCR8: {"validity_up", "mechanism_moved"},
                RTN4R: {"validity_down"},
                ZDHHC8: {"inheritance_moved"},
                RANBP1: {"removed"},
                TRMT2A: {"added"},
            },
        ),
        (
            "panelapp",
            {
                TANGO2: {"restated"},
                DGCR8: {"validity_up"},
                RTN4R: {"validity_down"},
                ZDHHC8: {"inheritance_moved"},
                RANBP1: {"removed"},
                TRMT2A: {"added"},
            },
        ),
        (
            "orphanet_product6",
            {
                TANGO2: {"mechanism_moved"},
                DGCR8: {"restated"},
                RTN4R: {"removed"},
                RANBP1: {"added"},
            },
        ),
        ("gene_disease", {DGCR8: {"added"}}),
    ],
)
def test_each_kind_of_change_of_a_gene_is_named(
    source: str, expected: dict[str, set[str]], release: Releaser
) -> None:
    assert kinds_of(changes(source, release), source) == expected


def test_dosage_goes_up_and_down_and_is_evaluated_again(release: Releaser) -> None:
    names = {number: gene for gene, number in mane.NCBI.items()}
    found = kinds_of(changes("clingen_dosage", release), "clingen_dosage")

    assert {names[key.removeprefix("NCBIGene:")]: kinds for key, kinds in found.items()} == {
        "TANGO2": {"restated"},
        "DGCR8": {"dosage_up"},
        "RTN4R": {"dosage_down"},
        "ZDHHC8": {"removed"},
        "RANBP1": {"added"},
    }


def test_a_mapping_changes_from_both_sides(release: Releaser) -> None:
    found = kinds_of(changes("mondo_mappings", release), "mondo")

    assert found["MONDO:0000020"] == found["OMIM:181500"] == {"removed"}
    assert found["MONDO:0000050"] == found["OMIM:615000"] == {"added"}
    assert found["MONDO:0000010"] == found["MONDO:0000030"] == {"restated"}
    assert mondo_mappings.TANGO2 not in found


def test_a_moved_transcript_takes_its_exons_along(release: Releaser) -> None:
    found = changes("mane", release)
    exons = found.filter(source="transcript.exon")["key"]

    assert kinds_of(found, "transcript") == {
        mane.CAME: {"added"},
        mane.WENT: {"removed"},
        mane.MOVED: {"transcript_moved"},
        mane.RESTATED: {"restated"},
    }
    assert {key.split(":")[0] for key in exons} == {mane.CAME, mane.WENT, mane.MOVED}
    genes = kinds_of(found, "transcript.gene")
    assert {kind for kinds in genes.values() for kind in kinds} == {
        "added", "removed", "transcript_moved", "restated",
    }  # fmt: skip
    starts = found.filter(source="transcript.start")["key"]
    assert set(starts) == {mane.CAME, mane.WENT, mane.MOVED}
    assert len(exons.filter(exons.str.starts_with(f"{mane.MOVED}:"))) == 11


def test_hpo_names_what_happened_to_a_disease_and_to_its_terms(release: Releaser) -> None:
    found = changes("hpo", release)
    match, term = kinds_of(found, "hpo.match"), kinds_of(found, "hpo.term")

    assert match[hpo.TANGO2_DISEASE] == {
        "annotation_added",
        "annotation_removed",
        "annotation_frequency_moved",
        "term_moved",
    }
    assert term[hpo.RENAMED] == {"term_renamed"}
    assert term[hpo.MOVED] == {"term_moved"}
    assert term[hpo.OBSOLETE] == {"term_obsolete", "term_renamed"}
    assert term[hpo.NEW] == {"added"}
    assert kinds_of(found, "hpo.rank") == {"*": {"restated"}}
    assert kinds_of(found, "hpo.gene") == {"NCBIGene:54487": {"added"}}


def test_what_stands_on_the_demo_genes_is_read(release: Releaser) -> None:
    def of(source: str, key: str) -> Mapping[str, object]:
        found = adapter(source).lookup(release(source, False), key)
        assert found is not None
        return found

    transcript = of("mane", mane.TANGO2)
    assert (transcript["hgnc"], transcript["refseq"]) == (TANGO2, "NM_152906.7")
    assert (transcript["cds_start"], transcript["mane"]) == (20036799, "select")
    assert of("clingen_dosage", "NCBIGene:128989")["haploinsufficiency"] == 30
    assert of("clingen_dosage", "ISCA-37446")["triplosensitivity"] == 3
    assert of("mondo_mappings", "MONDO:0018820")["exact"] == ["OMIM:616878", "ORPHA:480864"]
    assert of("hpo", "NCBIGene:128989")["diseases"] == ["OMIM:616878 mendelian"]
    assert "HP:0001250" in str(of("hpo", hpo.TANGO2_DISEASE)["terms"])
    assert adapter("hpo").lookup(release("hpo", False), "OMIM:1") is None


def test_both_of_gencc_s_tables_say_the_same(tmp_path: Path, release: Releaser) -> None:
    former, _ = build("gencc", tmp_path, gencc.write(tmp_path, former=True), Releases({}))
    assert adapter("gencc").changes(former, release("gencc", False), RULES).is_empty()


def test_a_panel_says_what_its_page_of_genes_says(tmp_path: Path, release: Releaser) -> None:
    whole, built = build("panelapp", tmp_path, panelapp.write_panel(tmp_path), Releases({}))

    assert adapter("panelapp").changes(whole, release("panelapp", False), RULES).is_empty()
    assert built.set_aside == {"regions": 1}


def test_genes_by_symbol_alone_get_mane_s_id_or_are_left_out(
    tmp_path: Path, release: Releaser
) -> None:
    known = sealed_in("mane", release("mane", False), tmp_path / "refs")
    folder, built = build(
        "gene2phenotype", tmp_path, gene2phenotype.write_2016(tmp_path), Releases({"mane": known})
    )

    assert built.set_aside == {"gene_without_hgnc": 1}
    (row,) = adapter("gene2phenotype").lookup(folder, TANGO2)["curations"]  # type: ignore[index]
    assert (row["validity"], row["mechanism"], row["disease"]) == (
        "definitive",
        "loss_of_function",
        None,
    )


def sealed_in(source: str, folder: Path, refs: Path) -> Release:
    target = refs / source / "1"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to(folder)
    rows: dict[str, int | None] = {path.name: None for path in folder.glob("*.parquet")}
    return sealed(target, rows)


@pytest.mark.parametrize(
    ("source", "role", "right", "wrong", "message"),
    [
        (
            "clingen_validity",
            "curations",
            '"Definitive"',
            '"Certain"',
            ":7: unknown word 'Certain'",
        ),
        ("clingen_validity", "curations", '"AR"', '"AX"', ":7: unknown word 'AX' in column MOI"),
        ("clingen_validity", "curations", '"MOI"', '"MODE"', "missing: MOI"),
        ("clingen_validity", "curations", '"GENE SYMBOL"', '"GENE"', "no row of column names"),
        ("gencc", "submissions", "GENCC:100002", "GENCC:100042", ":2: unknown word 'GENCC:100042'"),
        ("gencc", "submissions", "HP:0000007", "HP:0009999", "in column moi_curie"),
        ("gencc", "submissions", "2021-01-01", "01/01/2021", ":6: unknown word '01/01/2021'"),
        ("gene2phenotype", "records", "definitive", "sure", ":2: unknown word 'sure'"),
        ("gene2phenotype", "records", "biallelic_autosomal", "two", "allelic requirement"),
        ("gene2phenotype", "records", "gain of function", "gain", "molecular mechanism"),
        ("gene2phenotype", "records", "confidence", "trust", "no column confidence"),
        ("panelapp", "genes", '"confidence_level": "3"', '"confidence_level": "9"', "gene 1"),
        ("panelapp", "genes", "BIALLELIC, autosomal", "TRIALLELIC, autosomal", "unknown word"),
        ("panelapp", "genes", '"results"', '"rows"', "neither a panel nor a page"),
        ("orphanet_product6", "genes", ">Assessed<", ">Seen<", "unknown status"),
        ("orphanet_product6", "genes", "Candidate gene tested in", "A friend of", "unknown type"),
        ("orphanet_product6", "genes", "</JDBOR>", "", "cannot be read as XML"),
        ("mondo_mappings", "omim", "skos:exactMatch", "skos:broadMatch", "predicate_id"),
        ("mondo_mappings", "omim", "OMIM:181500", "ICD10:Q87", "unknown word 'ICD10:Q87'"),
        ("mondo_mappings", "omim", "2026-05-05", "2026-01-06", "two releases of Mondo"),
        ("clingen_dosage", "genes", "\t30\t", "\t31\t", ":7: unknown word '31'"),
        ("clingen_dosage", "genes", "GRCh38 (hg38)", "GRCh37 (hg19)", "do not name GRCh38"),
        ("hpo", "genes_to_disease", "MENDELIAN", "SURELY", ":2: unknown word 'SURELY'"),
        ("hpo", "ontology", "2025-01-16", "2024-01-16", "take both from one release"),
    ],
)
def test_an_unknown_word_of_a_source_stops_the_build(
    source: str, role: str, right: str, wrong: str, message: str, tmp_path: Path
) -> None:
    files = UPSTREAM[source].write(tmp_path / "upstream", False)
    path = files[role][0]
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")

    with pytest.raises(ReleaseError) as refused:
        build(source, tmp_path, files, Releases({}))

    assert message in str(refused.value)
    assert str(tmp_path) not in str(refused.value)


def test_an_xml_with_declarations_is_refused_before_they_are_read(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE JDBOR [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>\n'
    files = orphanet_product6.write(tmp_path / "upstream", head=bomb)
    with pytest.raises(ReleaseError, match="declares a document type"):
        build("orphanet_product6", tmp_path, files, Releases({}))


def test_the_summary_and_the_gff3_have_to_be_of_one_release(tmp_path: Path) -> None:
    files = mane.write(tmp_path / "old") | {
        "summary": mane.write(tmp_path / "new", later=True)["summary"]
    }
    with pytest.raises(VarinterpError, match="take both files from one release"):
        build("mane", tmp_path, files, Releases({}))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("26805781;26805782;26805781", "26805781;26805782"),
        ("PMID: 28106320, 72093", "28106320;72093"),
        ("https://doi.org/10.1101/2020.01.02.123456, PMC5478361", ""),
        ("Smith et al. (PMID:31805011).", "31805011"),
        ("", ""),
    ],
)
def test_only_pubmed_ids_are_taken_for_papers(text: str, found: str) -> None:
    assert pmids_in(text) == found


def test_pairs_of_genes_and_phenotypes_say_nothing_of_how(tmp_path: Path) -> None:
    names = "ncbi_gene_id\tgene_symbol\thpo_id\thpo_name\tfrequency\tdisease_id\n"
    row = "\tHP:0001250\tSeizure\t9/12\tOMIM:616878\n"
    path = tmp_path / "genes_to_phenotype.txt"
    path.write_text(f"{names}128989\tTANGO2{row}54487\tDGCR8{row}54487\tDGCR8{row}")
    files = hpo.write(tmp_path / "upstream") | {"genes_to_phenotype": (path,)}
    folder, built = build("hpo", tmp_path, files, Releases({}))

    def diseases(key: str) -> object:
        return (adapter("hpo").lookup(folder, key) or {})["diseases"]

    assert built.counts["gene_pairs"] == 2
    assert diseases("NCBIGene:128989") == ["OMIM:616878 mendelian"]
    assert diseases("NCBIGene:54487") == ["OMIM:616878 not_stated"]


def test_associations_that_are_no_cause_are_left_out_and_counted(tmp_path: Path) -> None:
    files = orphanet_product6.write(tmp_path / "upstream")
    folder, built = build("orphanet_product6", tmp_path, files, Releases({}))

    assert built.set_aside == {"candidate": 1}
    assert adapter("orphanet_product6").lookup(folder, RANBP1) is None
    assert built.stated == date(2025, 6, 24)
