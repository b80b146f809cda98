"""Changes of two ClinVar releases: exactly the keys whose answer differs, and each one's kinds."""

from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from varinterp.annotate.codons import MISSENSE_SCHEMA
from varinterp.annotate.splice_motifs import SPLICE_MOTIFS_SCHEMA
from varinterp.model.change import ChangeKind as K
from varinterp.model.chromosome import Chromosome
from varinterp.model.variant import Allele
from varinterp.sources.clinvar import ALLELES_SCHEMA, read_missense_counts
from varinterp.sources.clinvar_changes import changes
from varinterp.sources.clinvar_lookup import lookup
from varinterp.sources.clinvar_places import PLACES_SCHEMA
from varinterp.sources.clinvar_release import AlleleWriter
from varinterp.sources.rules import Rules

ALLELE = "22-20061538-G-A"
NUMBERS = count()
NO_RULES = Rules("none", "1", "2026-01-01", {})
SITES = (
    ALLELE, "22-20061538-G-C", "22-20061540-G-A", "1-10000-A-C", "X-5-T-G",
    "1-10000-A-ACGTACGTACGT", "1-10000-A-AGGTACGTACGT",
)  # fmt: skip
CODONS = {
    ALLELE: ("ENST1.1", 154, "R"),
    "22-20061538-G-C": ("ENST1.1", 154, "A"),
    "22-20061540-G-A": ("ENST1.1", 155, "R"),
    "1-10000-A-C": ("ENST2.1", 1, "K"),
}
AT_SITES = {
    ALLELE: (("ENST1.1", 7, "donor", 5, False), ("ENST2.1", 1, "donor", 5, None)),
    "22-20061538-G-C": (("ENST1.1", 7, "donor", 5, False),),
    "22-20061540-G-A": (("ENST1.1", 8, "acceptor", -1, True),),
}
Said = dict[str, Any]


def written(
    folder: Path, release: Mapping[str, Said], *, places: bool = True, sites: bool = True
) -> Path:
    """Write a release that says something of alleles."""
    out = folder / str(next(NUMBERS))
    out.mkdir(parents=True)
    schema = dict(pl.Schema(ALLELES_SCHEMA)) | {"conditions": pl.String}
    schema |= dict(pl.Schema(PLACES_SCHEMA))
    here = {Allele.parse(name): said for name, said in release.items()}
    with AlleleWriter(out, places=places) as writer:
        for chromosome in (each for each in Chromosome if any(a.chromosome is each for a in here)):
            rows = [
                {
                    **dict.fromkeys(schema),
                    "key": a.key, "chromosome": str(chromosome), "position": a.position,
                    "ref": a.ref, "alt": a.alt, "citation": "", "conditions": "",
                    "genes": [], "diseases": [],
                    **said,
                }
                for a, said in here.items()
                if a.chromosome is chromosome
            ]  # fmt: skip
            alleles = pl.DataFrame(rows, schema=schema, orient="row").sort("key", "ref", "alt")
            beside = splice_sites(alleles) if sites else None
            writer.write(chromosome, alleles, missense(alleles), beside)
    return out


def splice_sites(alleles: pl.DataFrame) -> pl.DataFrame:
    rows = [
        [*(row[each] for each in ("chromosome", "position", "ref", "alt")), *site]
        for row in alleles.iter_rows(named=True)
        for site in AT_SITES.get(
            f"{row['chromosome']}-{row['position']}-{row['ref']}-{row['alt']}", ()
        )
    ]
    return pl.DataFrame(rows, schema=SPLICE_MOTIFS_SCHEMA, orient="row")


def missense(alleles: pl.DataFrame) -> pl.DataFrame:
    rows = []
    for row in alleles.iter_rows(named=True):
        name = f"{row['chromosome']}-{row['position']}-{row['ref']}-{row['alt']}"
        if name in CODONS:
            transcript, codon, alt_aa = CODONS[name]
            rows.append(
                [*(row[each] for each in ("chromosome", "position", "ref", "alt")),
                 transcript, codon, "G", alt_aa]
            )  # fmt: skip
    return pl.DataFrame(rows, schema=MISSENSE_SCHEMA, orient="row")


def said(*words: str, **cells: Any) -> Said:
    return {"significance": list(words), "stars": 1, **cells}


def kinds(folder: Path, before: Said, after: Said) -> set[str]:
    old, new = written(folder, {ALLELE: before}), written(folder, {ALLELE: after})
    return set(changes(old, new, NO_RULES).filter(source="clinvar")["kind"])


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (said("likely_pathogenic"), said("pathogenic"), {K.CLASS_UP}),
        (said("likely_pathogenic"), said("pathogenic", "likely_pathogenic"), {K.CLASS_UP}),
        (said("pathogenic"), said("uncertain_significance"), {K.CLASS_DOWN}),
        (said("uncertain_significance"), said("vus_high"), {K.CLASS_UP}),
        (said("pathogenic"), said("conflicting"), {K.CONFLICT_BEGUN}),
        (said("conflicting"), said("benign"), {K.CONFLICT_ENDED}),
        (said("pathogenic"), said("pathogenic", "benign"), {K.CONFLICT_BEGUN}),
        (said("benign"), said("benign", "uncertain_significance"), {K.CONFLICT_BEGUN}),
        (said("pathogenic"), said("pathogenic", "risk_factor"), {K.CLASS_MOVED}),
        (said("pathogenic"), said("drug_response"), {K.CLASS_MOVED}),
        (said("pathogenic"), said("pathogenic_low_penetrance"), {K.CLASS_MOVED}),
        (said("drug_response"), said("conflicting", "drug_response"), {K.CONFLICT_BEGUN}),
        (said("pathogenic"), said("pathogenic", stars=3), {K.STARS_UP}),
        (said("pathogenic", stars=4), said("pathogenic"), {K.STARS_DOWN}),
        (said("pathogenic", stars=None), said("pathogenic"), {K.RESTATED}),
        (said("benign"), said("pathogenic", stars=2), {K.CLASS_UP, K.STARS_UP}),
        (said("benign", conditions="a|b"), said("benign", conditions="a"), {K.CONDITIONS_MOVED}),
        (said("benign", conditions="a|b"), said("benign", conditions="b|a"), {K.RESTATED}),
        (said("benign"), said("benign", rsid="rs1"), {K.RESTATED}),
        (
            said("conflicting", resolved="conflicting"),
            said("conflicting", resolved="pathogenic"),
            {K.CONFLICT_ENDED},
        ),
        (
            said("pathogenic", resolved="likely_pathogenic"),
            said("pathogenic", resolved="pathogenic"),
            {K.CLASS_UP},
        ),
        (said("pathogenic", margin=1), said("pathogenic", margin=2), {K.RESTATED}),
        (said("pathogenic"), said("pathogenic", resolved="conflicting"), {K.RESTATED}),
    ],
)
def test_what_moved_is_named(tmp_path: Path, before: Said, after: Said, expected: set[K]) -> None:
    assert kinds(tmp_path, before, after) == {kind.value for kind in expected}


def test_a_change_says_what_was_and_what_is(tmp_path: Path) -> None:
    old = written(tmp_path, {ALLELE: said("pathogenic", resolved="pathogenic", resolved_stars=1)})
    new = written(tmp_path, {ALLELE: said("benign")})
    (row,) = changes(old, new, NO_RULES).filter(source="clinvar").iter_rows(named=True)
    assert row == {
        "source": "clinvar", "key": ALLELE, "kind": "class_down",
        "before": "pathogenic 1* (resolved pathogenic 1*)", "after": "benign 1*",
        "allele_key": Allele.parse(ALLELE).key,
    }  # fmt: skip


SPLICE_KEYS = {f"{each[0]}:{each[1]}-{each[2]}" for some in AT_SITES.values() for each in some}
GENES = ("HGNC:1", "HGNC:2", "NCBIGene:3")
DISEASES = ("OMIM:100100", "MONDO:0000001", "ORPHA:9")
WORDS = ("pathogenic", "likely_pathogenic", "conflicting", "benign", "drug_response", "vus_low")
SAID = st.builds(
    lambda words, **cells: said(*words, **cells),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=2),
    stars=st.sampled_from([None, 0, 1, 4]),
    conditions=st.sampled_from(["", "a", "a|b", "b|a"]),
    rsid=st.sampled_from([None, "rs1"]),
    resolved=st.sampled_from([None, "pathogenic", "conflicting", "benign"]),
    resolved_stars=st.sampled_from([None, 1]),
    margin=st.sampled_from([None, 1]),
    genes=st.lists(st.sampled_from(GENES), unique=True),
    diseases=st.lists(st.sampled_from(DISEASES), unique=True),
)
RELEASE = st.dictionaries(st.sampled_from(SITES), SAID, min_size=1)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(before=RELEASE, after=RELEASE)
def test_changes_are_the_keys_whose_answer_differs(
    tmp_path: Path, before: dict[str, Said], after: dict[str, Said]
) -> None:
    old, new = written(tmp_path, before), written(tmp_path, after)
    table = changes(old, new, NO_RULES)
    assert table.select("source", "key", "kind").is_unique().all()
    keys = {("clinvar", name) for name in SITES if lookup(old, name) != lookup(new, name)} | {
        ("clinvar.codon", f"{transcript}:{codon}")
        for transcript, codon, _ in CODONS.values()
        if lookup(old, f"{transcript}:{codon}") != lookup(new, f"{transcript}:{codon}")
    }
    keys |= {
        ("clinvar.missense", transcript)
        for transcript, _, _ in CODONS.values()
        if lookup(old, transcript) != lookup(new, transcript)
    }
    keys |= {
        ("clinvar.splice", site) for site in SPLICE_KEYS if lookup(old, site) != lookup(new, site)
    }
    for source, cells in (("clinvar.gene", "genes"), ("clinvar.disease", "diseases")):
        keys |= {
            (source, place)
            for name in SITES
            if lookup(old, name) != lookup(new, name)
            for release in (before, after)
            for place in release.get(name, {}).get(cells, ())
        }
    assert set(table.select("source", "key").iter_rows()) == keys


def derived(old: Path, new: Path) -> set[tuple[str | None, ...]]:
    """Return the changes of genes and diseases."""
    table = changes(old, new, NO_RULES).filter(
        pl.col("source").is_in(["clinvar.gene", "clinvar.disease"])
    )
    assert table["allele_key"].null_count() == table.height
    return set(table.select("source", "key", "kind", "before", "after").iter_rows())


def test_a_gene_and_a_disease_count_the_alleles_that_moved(tmp_path: Path) -> None:
    gene = {"genes": ["HGNC:1"], "diseases": ["OMIM:100100"]}
    one, two, three = SITES[:3]
    before = {
        one: said("likely_pathogenic", **gene),
        two: said("likely_pathogenic", **gene),
        three: said("benign", **gene),
    }
    after = {
        one: said("pathogenic", **gene | {"genes": ["HGNC:1", "HGNC:2"]}),
        two: said("pathogenic", stars=2, **gene),
        three: before[three],
        "X-5-T-G": said("benign", genes=["HGNC:2"]),
    }
    assert derived(written(tmp_path, before), written(tmp_path, after)) == {
        ("clinvar.gene", "HGNC:1", K.CLASS_UP, None, "2 alleles"),
        ("clinvar.gene", "HGNC:1", K.STARS_UP, None, "1 allele"),
        ("clinvar.gene", "HGNC:2", K.CLASS_UP, None, "1 allele"),
        ("clinvar.gene", "HGNC:2", K.ADDED, None, "1 allele"),
        ("clinvar.disease", "OMIM:100100", K.CLASS_UP, None, "2 alleles"),
        ("clinvar.disease", "OMIM:100100", K.STARS_UP, None, "1 allele"),
    }


def test_a_release_without_places_knows_no_gene(tmp_path: Path) -> None:
    before = {ALLELE: said("benign", genes=["HGNC:1"]), "X-5-T-G": said("benign")}
    after = {ALLELE: said("pathogenic", genes=["HGNC:2"])}
    older = written(tmp_path, before, places=False)
    newer = written(tmp_path, after)
    assert derived(older, newer) == {("clinvar.gene", "HGNC:2", K.CLASS_UP, None, "1 allele")}
    assert derived(older, written(tmp_path, after, places=False)) == set()
    assert lookup(older, "HGNC:1") is None


def test_a_gene_and_a_disease_answer_with_alleles_by_word(tmp_path: Path) -> None:
    release = {
        ALLELE: said("pathogenic", "risk_factor", genes=["HGNC:1"], diseases=["ORPHA:9"]),
        "X-5-T-G": said("pathogenic", "pathogenic", genes=["HGNC:1", "HGNC:12"]),
    }
    folder = written(tmp_path, release)
    assert lookup(folder, "HGNC:1") == {"alleles": 2, "pathogenic": 2, "risk_factor": 1}
    assert lookup(folder, "ORPHA:9") == {"alleles": 1, "pathogenic": 1, "risk_factor": 1}
    assert lookup(folder, "HGNC:2") is None
    assert lookup(folder, "OMIM:100100") is None


def counted(tmp_path: Path, release: Mapping[str, Said]) -> list[tuple[Any, ...]]:
    found = read_missense_counts(written(tmp_path, release), ["ENST1.1", "ENST3.1"])
    return list(found.iter_rows())


def test_missense_alleles_are_counted_by_what_all_words_say_and_by_stars(tmp_path: Path) -> None:
    first, second, third = (
        name for name, (transcript, *_) in CODONS.items() if "1.1" in transcript
    )
    release = {
        first: said("pathogenic", "likely_pathogenic", stars=2),
        second: said("pathogenic", stars=2),
        third: said("benign", "likely_benign", stars=None),
        "1-10000-A-C": said("benign", stars=1),
    }
    assert counted(tmp_path, release) == [
        ("ENST1.1", "benign", None, 1),
        ("ENST1.1", "pathogenic", 2, 2),
    ]
    mixed = {first: said("pathogenic", "benign"), second: said("uncertain_significance")}
    assert counted(tmp_path, mixed) == []


def test_counts_of_a_transcript_say_what_moved(tmp_path: Path) -> None:
    old = written(tmp_path, {ALLELE: said("pathogenic", stars=None), "1-10000-A-C": said("benign")})
    new = written(tmp_path, {ALLELE: said("pathogenic", stars=1)})
    table = changes(old, new, NO_RULES).filter(pl.col("source") == "clinvar.missense")
    assert table.select("key", "kind", "before", "after", "allele_key").rows() == [
        ("ENST1.1", "restated", "1 pathogenic of unknown stars", "1 pathogenic of 1 stars", None),
        ("ENST2.1", "removed", table["before"][1], None, None),
    ]
    back = changes(new, old, NO_RULES).filter(pl.col("source") == "clinvar.missense")
    assert back.select("key", "kind").rows() == [("ENST1.1", "restated"), ("ENST2.1", "added")]


def test_a_moved_word_that_leaves_the_counts_changes_no_transcript(tmp_path: Path) -> None:
    old = written(tmp_path, {ALLELE: said("pathogenic", stars=1)})
    new = written(tmp_path, {ALLELE: said("likely_pathogenic", stars=1)})
    found = changes(old, new, NO_RULES)
    assert "clinvar.codon" in found["source"].to_list()
    assert "clinvar.missense" not in found["source"].to_list()


SITE = "ENST1.1:7-donor"


def at_site(old: Path, new: Path) -> list[tuple[Any, ...]]:
    found = changes(old, new, NO_RULES).filter(
        (pl.col("source") == "clinvar.splice") & (pl.col("key") == SITE)
    )
    return list(found.select("kind", "before", "after", "allele_key").iter_rows())


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {ALLELE: said("pathogenic")}, (K.ADDED, None, "1 in the motif, 1 of them")),
        ({ALLELE: said("benign")}, {}, (K.REMOVED, "1 in the motif, 0 of them", None)),
        (
            {ALLELE: said("benign")},
            {ALLELE: said("likely_pathogenic")},
            (K.CLASS_UP, "1 in the motif, 0 of them", "1 in the motif, 1 of them"),
        ),
        (
            {ALLELE: said("pathogenic"), "22-20061538-G-C": said("pathogenic")},
            {ALLELE: said("pathogenic"), "22-20061538-G-C": said("conflicting")},
            (K.CLASS_DOWN, "2 in the motif, 2 of them", "2 in the motif, 1 of them"),
        ),
        (
            {ALLELE: said("pathogenic", "benign")},
            {ALLELE: said("pathogenic", "benign", stars=2)},
            (K.RESTATED, "1 in the motif, 0 of them", "1 in the motif, 0 of them"),
        ),
    ],
)
def test_what_moved_at_a_splice_site_is_named(
    tmp_path: Path,
    before: dict[str, Said],
    after: dict[str, Said],
    expected: tuple[K, str | None, str | None],
) -> None:
    beside = {"X-5-T-G": said("benign")}
    old, new = written(tmp_path, before | beside), written(tmp_path, after | beside)
    kind, was, now = expected

    assert at_site(old, new) == [
        (kind, *(None if each is None else f"{each} (likely) pathogenic" for each in (was, now)),
         None)
    ]  # fmt: skip
    assert at_site(new, new) == []


def test_a_site_answers_with_its_alleles(tmp_path: Path) -> None:
    release = {ALLELE: said("pathogenic", resolved="likely_pathogenic", resolved_stars=3)}
    folder = written(tmp_path, release)

    assert lookup(folder, SITE) == {
        "alleles": {
            ALLELE: {
                "offset": 5,
                "changes_protein": False,
                "significance": ["likely_pathogenic"],
                "stars": 3,
            }
        }
    }
    assert lookup(folder, "ENST2.1:1-donor") is not None
    assert lookup(folder, "ENST1.1:7-acceptor") is None
    assert lookup(folder, "ENST1.1:6-donor") is None


def test_a_release_that_came_with_sites_is_asked_anew_as_a_whole(tmp_path: Path) -> None:
    release = {ALLELE: said("pathogenic")}
    older = written(tmp_path, release, sites=False)
    newer = written(tmp_path, release)
    for one, other in ((older, newer), (newer, older)):
        table = changes(one, other, NO_RULES)
        assert list(table.select("source", "key").iter_rows()) == [("clinvar.splice", "*")]
    assert changes(older, older, NO_RULES).is_empty()
    assert lookup(older, SITE) is None
    assert not (older / "splice.parquet").exists()
