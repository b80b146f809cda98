"""A release of HPO: what is read comes back, and what is not understood is named."""

import gzip
import shutil
from pathlib import Path

import pytest

from varinterp.errors import ReleaseError
from varinterp.model.gene_disease import Inheritance
from varinterp.phenotype.annotations import Disease, DiseaseAnnotations
from varinterp.phenotype.ontology import Status
from varinterp.sources.hpo import (
    ANNOTATIONS,
    ANNOTATIONS_SCHEMA,
    TERMS,
    TERMS_SCHEMA,
    read_annotations,
    read_ontology,
    write_hpo_release,
)
from varinterp.sources.parquet import read_table

DATA = Path(__file__).parent / "data"
OBO, HPOA = DATA / "toy.obo", DATA / "toy.hpoa"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hpo") / "2025-01-16"
    write_hpo_release(OBO, HPOA, folder)
    return folder


@pytest.fixture(scope="module")
def annotations(release: Path) -> DiseaseAnnotations:
    return read_annotations(release)


def altered(source: Path, folder: Path, old: str, new: str) -> Path:
    text = source.read_text()
    assert old in text
    path = folder / source.name
    path.write_text(text.replace(old, new, 1))
    return path


def test_the_release_says_its_date_and_its_rows(tmp_path: Path) -> None:
    written = write_hpo_release(OBO, HPOA, tmp_path)
    assert written.release == "2025-01-16"
    assert written.rows == {TERMS: 15, ANNOTATIONS: 12}
    assert read_ontology(tmp_path).release == "2025-01-16"
    assert read_annotations(tmp_path).release == "2025-01-16"


def test_the_ontology_comes_back_whole(release: Path) -> None:
    ontology = read_ontology(release)
    fit = ontology.term("HP:9000011")
    assert fit.name == "Toy fit, of any kind"
    assert fit.parents == ("HP:9000010",)
    assert fit.alt_ids == ("HP:9000090",)
    assert ontology.term("HP:9000022").parents == ("HP:9000011", "HP:9000021")
    assert ontology.descendants("HP:9000011") == {"HP:9000011", "HP:9000012", "HP:9000022"}
    assert ontology.resolve("HP:9000091").status is Status.REPLACED
    assert ontology.resolve("HP:9000092").candidates == ("HP:9000011", "HP:9000021")
    assert ontology.resolve("HP:9000093").status is Status.RETIRED


def test_a_disease_has_its_terms_pooled_frequencies_and_latest_name(
    annotations: DiseaseAnnotations,
) -> None:
    assert annotations.diseases["OMIM:100001"] == Disease(
        id="OMIM:100001",
        name="Toy disease one",
        terms=frozenset({"HP:9000011", "HP:9000013"}),
        frequency={"HP:9000011": 0.5, "HP:9000013": 0.545},
        excluded=frozenset({"HP:9000021"}),
        inheritance=frozenset({"HP:0000007"}),
    )


def test_a_term_found_in_nobody_is_excluded_and_not_a_feature(
    annotations: DiseaseAnnotations,
) -> None:
    assert annotations.diseases["OMIM:100002"].excluded == {"HP:9000013"}
    assert annotations.diseases["ORPHA:77"].excluded == {"HP:9000010"}
    assert annotations.diseases["ORPHA:77"].terms == {"HP:9000021"}


def test_an_alternative_id_is_brought_to_its_current_term(annotations: DiseaseAnnotations) -> None:
    assert annotations.diseases["OMIM:100002"].terms == {"HP:9000011", "HP:9000022"}


def test_a_frequency_that_is_not_stated_stays_unknown(annotations: DiseaseAnnotations) -> None:
    assert annotations.diseases["OMIM:100002"].frequency == {"HP:9000022": 0.45}


def test_modes_of_inheritance_are_read(annotations: DiseaseAnnotations) -> None:
    modes = {name: disease.modes for name, disease in annotations.diseases.items()}
    assert modes == {
        "DECIPHER:9": {Inheritance.AUTOSOMAL_DOMINANT},
        "OMIM:100001": {Inheritance.AUTOSOMAL_RECESSIVE},
        "OMIM:100002": {Inheritance.AUTOSOMAL_DOMINANT},
        "ORPHA:77": frozenset(),
    }


def test_a_disease_without_a_phenotype_is_known_but_not_comparable(
    annotations: DiseaseAnnotations,
) -> None:
    assert annotations.diseases["DECIPHER:9"].terms == frozenset()
    assert sorted(annotations.phenotypes) == ["OMIM:100001", "OMIM:100002", "ORPHA:77"]


def test_the_files_are_sorted_and_have_the_declared_schemas(release: Path) -> None:
    terms = read_table(release / TERMS, TERMS_SCHEMA)
    rows = read_table(release / ANNOTATIONS, ANNOTATIONS_SCHEMA)
    assert terms["id"].to_pylist() == sorted(terms["id"].to_pylist())
    keys = list(zip(rows["disease"].to_pylist(), rows["aspect"].to_pylist(), strict=True))
    assert keys == sorted(keys)


def test_nothing_of_a_row_is_lost(release: Path) -> None:
    rows = read_table(release / ANNOTATIONS, ANNOTATIONS_SCHEMA).to_pylist()
    (row,) = (row for row in rows if row["frequency"] == "3/4")
    assert row == {
        "disease": "OMIM:100001",
        "aspect": "P",
        "term": "HP:9000011",
        "excluded": False,
        "name": "Toy disease one",
        "frequency": "3/4",
        "observed": 3,
        "examined": 4,
        "fraction": None,
        "reference": "PMID:2",
        "evidence": "PCS",
        "onset": "HP:0003593",
        "sex": "MALE",
        "modifier": "HP:0012828",
        "curated": "2024-05-05",
    }


def test_the_same_input_gives_the_same_bytes_whatever_its_order_or_packing(
    release: Path, tmp_path: Path
) -> None:
    lines = HPOA.read_bytes().splitlines(keepends=True)
    shuffled = tmp_path / "phenotype.hpoa.gz"
    shuffled.write_bytes(gzip.compress(b"".join(lines[:5] + lines[:4:-1])))
    packed = tmp_path / "hp.obo.gz"
    packed.write_bytes(gzip.compress(OBO.read_bytes()))
    write_hpo_release(packed, shuffled, tmp_path / "again")
    for name in (TERMS, ANNOTATIONS):
        assert (tmp_path / "again" / name).read_bytes() == (release / name).read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\tP\tHPO:a", "\tQ\tHPO:a", r"toy.hpoa:6: unknown word 'Q' in column aspect"),
        ("PCS", "ITM", r"toy.hpoa:6: unknown word 'ITM' in column evidence"),
        ("NOT", "not", r"toy.hpoa:9: unknown word 'not' in column qualifier"),
        ("MALE", "M", r"toy.hpoa:7: unknown word 'M' in column sex"),
        ("1/4", "often", r"toy.hpoa:6: unknown word 'often' in column frequency"),
        ("1/4", "5/4", r"toy.hpoa:6: unknown word '5/4' in column frequency"),
        ("1/4", "0/0", r"toy.hpoa:6: unknown word '0/0' in column frequency"),
        ("45%", "145%", r"toy.hpoa:12: unknown word '145%' in column frequency"),
        ("HP:0040282", "HP:0040299", r"unknown word 'HP:0040299' in column frequency"),
        ("OMIM:100001", "MIM:100001", r"toy.hpoa:6: unknown word 'MIM:100001' in column datab"),
        ("HP:0003593", "Infantile", r"unknown word 'Infantile' in column onset"),
        ("HPO:a[2020-01-01]", "HPO:a", r"unknown word 'HPO:a' in column biocuration"),
        ("HP:9000013", "HP:9999999", r"toy.hpoa:8: HP:9999999 is unknown"),
        ("HP:9000013", "HP:9000092", r"toy.hpoa:8: HP:9000092 is ambiguous"),
        ("HP:9000013", "HP:0000005", r"toy.hpoa:8: HP:0000005 has aspect P"),
        ("\tbiocuration", "\tcurator", r"toy.hpoa:5: .*unknown: 'curator'; missing: biocuration"),
        ("\tmodifier\t", "\t", r"toy.hpoa:5: .*missing: modifier"),
        ("\tPMID:1\t", "\t", r"toy.hpoa:6: 11 columns, expected 12"),
        ("#version: 2025-01-16", "#version: new", r"no #version and #hpo-version lines"),
        ("2025-01-16/hp.json", "2024-03-06/hp.json", r"take both from one release"),
    ],
)
def test_an_annotation_that_is_not_understood_is_refused_by_line_and_word(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    hpoa = altered(HPOA, tmp_path, old, new)
    with pytest.raises(ReleaseError, match=message):
        write_hpo_release(OBO, hpoa, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("data-version: hp/releases/2025-01-16", "remark: none", r"no data-version line"),
        ("hp/releases/2025-01-16", "hp/nightly", r"toy.obo:2: found 'data-version: hp/nightly'"),
        ("[Typedef]", "[Typo]", r"toy.obo:\d+: unknown stanza '\[Typo\]'"),
        ("synonym:", "exact_synonym:", r"toy.obo:\d+: unknown tag 'exact_synonym' in a term"),
        ("id: HP:9000010\n", "id: MP:9000010\n", r"'MP:9000010' is not an HPO id"),
        ("is_a: HP:9000010", "is_a: HP:9000019", r"HP:9000011 is_a HP:9000019, which is not"),
        ("is_obsolete: true", "is_obsolete: yes", r"is_obsolete is 'yes'"),
        ("name: All", "comment: All", r"toy.obo:5: .*0 lines of name, expected one"),
        ("name: All", "name: All\nname: Everything", r"2 lines of name, expected one"),
        ("id: HP:9000013\n", "id: HP:9000012\n", r"HP:9000012 is defined twice"),
    ],
)
def test_a_term_that_is_not_understood_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    obo = altered(OBO, tmp_path, old, new)
    with pytest.raises(ReleaseError, match=message):
        write_hpo_release(obo, HPOA, tmp_path / "out")


def test_a_long_or_binary_word_is_shown_short_and_escaped(tmp_path: Path) -> None:
    hpoa = altered(HPOA, tmp_path, "PCS", "\x1b[31m" + "x" * 500)
    with pytest.raises(ReleaseError) as caught:
        write_hpo_release(OBO, hpoa, tmp_path / "out")
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize("damage", ["truncated", "latin-1", "missing"])
def test_a_damaged_file_is_refused(tmp_path: Path, damage: str) -> None:
    hpoa = tmp_path / "phenotype.hpoa"
    if damage == "truncated":
        hpoa.write_bytes(gzip.compress(HPOA.read_bytes())[:-20])
    elif damage == "latin-1":
        hpoa.write_bytes(HPOA.read_bytes().replace(b"Toy deletion", b"d\xe9l\xe9tion"))
    with pytest.raises(ReleaseError, match="cannot be read"):
        write_hpo_release(OBO, hpoa, tmp_path / "out")


def test_a_release_of_another_schema_is_refused(release: Path, tmp_path: Path) -> None:
    shutil.copy(release / TERMS, tmp_path / ANNOTATIONS)
    with pytest.raises(ReleaseError, match="rebuild the release"):
        read_annotations(tmp_path)


def test_a_missing_release_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="cannot be read"):
        read_ontology(tmp_path)
