"""The embedded demo: its facts fit the sequence and cite their source; what is built is theirs."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import polars as pl
import pysam
import pytest

from building.alleles import allele_of, read_alleles, read_common_snps
from building.capture import HOLE, covered
from building.coding import CodingSequence, read_coding_sequences
from building.families import read_families, read_phenotypes
from building.frequencies import poisson_lower_bound
from building.layout import CONTIG, Layout, generated
from building.locks import LOCKS
from building.region import Region, read_region
from building.tables import read_tsv
from varinterp.model.chromosome import Chromosome
from varinterp.model.variant import Allele
from varinterp.refs.lock import Releases, open_releases, read_lock
from varinterp.refs.release import open_release
from varinterp.sources.gene_disease import read_gene_disease
from varinterp.sources.gnomad import open_frequencies
from varinterp.sources.hpo import read_annotations, read_ontology
from varinterp.sources.hpo_terms import check_terms
from varinterp.sources.sample_sheet import read_sheet
from varinterp.sources.vcf import check_vcf

ALLELE_TABLES = ("alleles", "clinvar_2015-02", "clinvar_2017-04", "frequencies")
CITED = {
    "alleles": "citation",
    "clinvar_2015-02": "citation",
    "clinvar_2017-04": "citation",
    "disease_phenotypes": "pmid",
    "frequencies": "note",
    "gene_disease": "pmid",
    "phenotypes": "citation",
}
MEGABYTE = 1_000_000
TANGO2_PATHOGENIC = ("TANGO2:c.418C>T", "TANGO2:c.460G>A", "TANGO2:c.605+1G>A")


@pytest.fixture(scope="module")
def layout(demo: Path) -> Layout:
    return Layout(demo, demo)


@pytest.fixture(scope="module")
def region(layout: Layout) -> Region:
    return read_region(layout)


@pytest.fixture(scope="module")
def coding(layout: Layout, region: Region) -> list[CodingSequence]:
    return read_coding_sequences(layout, region)


@pytest.fixture(scope="module")
def calls(demo: Path) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["person"], row["allele"]): row for row in read_tsv(demo / "calls.tsv")}


def releases(layout: Layout, lock: str) -> Releases:
    return open_releases(read_lock(layout.out / lock), layout.refs)


@pytest.mark.parametrize("table", ALLELE_TABLES)
def test_every_fact_about_an_allele_agrees_with_the_sequence(
    table: str, layout: Layout, region: Region
) -> None:
    alleles = [allele_of(row) for row in read_tsv(layout.facts / f"{table}.tsv")]

    assert alleles
    assert [allele for allele in alleles if not _fits(allele, region)] == []


def test_every_common_snp_agrees_with_the_sequence(layout: Layout, region: Region) -> None:
    assert [rsid for rsid, allele in read_common_snps(layout) if not _fits(allele, region)] == []


def test_every_called_allele_agrees_with_the_sequence(layout: Layout, region: Region) -> None:
    records = [record for path in _call_sets(layout) for record in _records(path)]

    assert len(records) > 500
    assert all(
        record.ref == region.of(record.pos, record.pos + len(record.ref or "") - 1)
        for record in records
    )


def test_the_reference_is_the_region_in_true_coordinates(layout: Layout, region: Region) -> None:
    with pysam.FastaFile(str(layout.fasta)) as fasta:
        assert fasta.lengths == [Chromosome.C22.length]
        assert fasta.fetch(CONTIG, region.start - 1, region.end) == region.bases
        assert set(fasta.fetch(CONTIG, 0, 100_000)) == {"N"}


def test_every_transcript_translates_from_its_start_to_its_only_stop(
    coding: list[CodingSequence],
) -> None:
    assert len(coding) == 8
    for sequence in coding:
        assert sequence.protein.startswith("M"), sequence.gene
        assert sequence.protein.index("*") == len(sequence.protein) - 1, sequence.gene


def test_the_names_of_coding_substitutions_follow_from_the_sequence(
    layout: Layout, coding: list[CodingSequence]
) -> None:
    checked = 0
    for row in read_tsv(layout.facts / "alleles.tsv"):
        if row["hgvs_p"] and len(row["ref"]) == len(row["alt"]) == 1:
            assert _names(row, coding) == (row["transcript"], row["hgvs_c"], row["hgvs_p"])
            checked += 1
    assert checked == 8


def test_the_names_given_to_clinvar_records_follow_from_the_sequence(
    layout: Layout, coding: list[CodingSequence]
) -> None:
    rows = [row for year in ("2015-02", "2017-04") for row in _clinvar_facts(layout, year)]
    named = [row for row in rows if "(p." in row["name"]]

    assert len(named) == 6
    for row in named:
        refseq, c_name, p_name = _names(row, coding)
        gene = row["name"].split("(")[1].split(")")[0]
        assert row["name"] == f"{refseq}({gene}):{c_name} {p_name.replace('p.(', '(p.')}"


def test_a_clinvar_record_without_a_name_says_that_none_was_found(layout: Layout) -> None:
    rows = [row for year in ("2015-02", "2017-04") for row in _clinvar_facts(layout, year)]

    assert all(("not found" in row["name_source"]) == (not row["name"]) for row in rows)


def test_the_dgcr8_allele_hits_the_codon_that_the_paper_names(
    layout: Layout, coding: list[CodingSequence]
) -> None:
    allele = read_alleles(layout)["DGCR8:c.1552G>A"]
    sequence = next(one for one in coding if one.gene == "DGCR8")

    assert sequence.bases[517 * 3 : 518 * 3] == "GAG"
    assert allele.position == sequence.positions[517 * 3]


@pytest.mark.parametrize(("table", "column"), sorted(CITED.items()))
def test_every_fact_cites_its_source(table: str, column: str, layout: Layout) -> None:
    rows = read_tsv(layout.facts / f"{table}.tsv")

    assert rows
    assert [row for row in rows if not row[column].strip()] == []


def test_every_family_says_what_is_published_and_what_is_constructed(layout: Layout) -> None:
    for family in read_families(layout):
        assert family.citations
        assert family.published
        assert family.constructed


def test_the_probands_terms_are_current_hpo_terms_with_their_own_labels(layout: Layout) -> None:
    ontology = read_ontology(releases(layout, "refs.lock.yaml")["hpo"].folder)
    terms = read_phenotypes(layout)

    assert terms.keys() == {family.proband.person for family in read_families(layout)}
    for term in (term for own in terms.values() for term in own):
        assert ontology.term(term.hpo_id).name == term.label
        assert not ontology.term(term.hpo_id).obsolete


@pytest.mark.parametrize("lock", sorted(LOCKS))
def test_every_release_of_a_lock_is_there_and_whole(lock: str, layout: Layout) -> None:
    opened = list(releases(layout, lock))

    assert len(opened) == 7
    for release in opened:
        release.verify()


def test_only_the_population_release_is_constructed_and_every_row_says_so(layout: Layout) -> None:
    opened = releases(layout, "refs.lock.yaml")
    gnomad = opened["gnomad"]
    rows = open_frequencies(gnomad.folder).frame(Chromosome.C22)
    spans = pl.read_parquet(gnomad.file("covered.parquet"))

    assert [release.name for release in opened if release.manifest.constructed] == [gnomad.name]
    assert "not gnomAD data" in gnomad.manifest.note
    assert (rows["constructed"] == 1).all()
    assert spans["constructed"].all()


@pytest.mark.parametrize(
    ("source", "release", "name"),
    [
        ("clinvar", "2015-02-03", "alleles.parquet"),
        ("clinvar", "2017-04-04", "alleles.parquet"),
    ],
)
def test_allele_tables_are_sorted_by_the_key_of_their_alleles(
    source: str, release: str, name: str, layout: Layout
) -> None:
    table = pl.read_parquet(open_release(layout.refs, source, release).file(name))
    columns = table.select("chromosome", "position", "ref", "alt")
    keys = [Allele(Chromosome(chrom), *rest).key for chrom, *rest in columns.iter_rows()]

    assert table["key"].to_list() == keys
    assert keys == sorted(set(keys))


def test_clinvar_stars_are_unknown_rather_than_zero(layout: Layout) -> None:
    for lock in LOCKS:
        table = pl.read_parquet(releases(layout, lock)["clinvar"].file("alleles.parquet"))
        assert table["stars"].is_null().all()


def test_clinvar_learned_of_the_tango2_alleles_between_the_two_dates(layout: Layout) -> None:
    keys = {read_alleles(layout)[name].key for name in TANGO2_PATHOGENIC}
    before, after = (
        pl.read_parquet(releases(layout, lock)["clinvar"].file("alleles.parquet"))
        for lock in ("refs.2015.lock.yaml", "refs.lock.yaml")
    )
    known = after.filter(pl.col("key").is_in(keys))

    assert before.filter(pl.col("key").is_in(keys)).is_empty()
    assert len(known) == 3
    assert {word for words in known["significance"] for word in words} == {"pathogenic"}


@pytest.mark.parametrize(
    ("lock", "known"),
    [
        ("refs.2015.lock.yaml", set()),
        ("refs.2017.lock.yaml", {"HGNC:25439"}),
        ("refs.lock.yaml", {"HGNC:25439", "HGNC:2847"}),
    ],
)
def test_each_lock_knows_the_disease_genes_of_its_date(
    lock: str, known: set[str], layout: Layout
) -> None:
    assert read_gene_disease(releases(layout, lock)["gene_disease"].folder).keys() == known


def test_every_linked_disease_has_phenotypes_to_compare_with(layout: Layout) -> None:
    opened = releases(layout, "refs.lock.yaml")
    described = [
        read_annotations(opened[source].folder).phenotypes
        for source in ("hpo", "disease_phenotypes")
    ]
    links = read_gene_disease(opened["gene_disease"].folder)
    diseases = [link.disease for of_gene in links.values() for link in of_gene]

    assert sorted(diseases) == ["OMIM:616878", "PMID:31805011"]
    assert all(any(terms.get(disease) for terms in described) for disease in diseases)


def test_absence_is_informative_at_every_demo_allele_but_the_one_in_the_hole(
    layout: Layout,
) -> None:
    spans = covered(layout)
    outside = [
        name
        for name, allele in read_alleles(layout).items()
        if not any(start <= allele.position <= end for start, end in spans)
    ]

    assert outside == ["ZDHHC8:c.430C>T"]
    assert all(end < HOLE[0] or start > HOLE[1] for start, end in spans)


def test_causal_alleles_are_very_rare_and_decoys_common_in_the_constructed_table(
    layout: Layout,
) -> None:
    folder = releases(layout, "refs.lock.yaml")["gnomad"].folder
    rows = open_frequencies(folder).frame(Chromosome.C22)
    frequency = dict(zip(rows["key"], rows["faf95"], strict=True))
    alleles = read_alleles(layout)

    assert all(frequency[alleles[name].key] < 7e-5 for name in TANGO2_PATHOGENIC)
    for name in ("TANGO2:c.4del", "DGCR8:c.1552G>A", "DGCR8:c.1418G>A", "ZDHHC8:c.430C>T"):
        assert alleles[name].key not in frequency
    for name in ("TANGO2:c.735T>G", "DGCR8:c.1763A>G"):
        assert frequency[alleles[name].key] > 0.02


@pytest.mark.parametrize(("count", "mean"), [(1, 0.0513), (5, 1.970), (50, 38.96), (1000, 948.6)])
def test_the_filtering_frequency_is_the_lower_poisson_bound(count: int, mean: float) -> None:
    assert poisson_lower_bound(count) == pytest.approx(mean, rel=2e-3)


def test_the_callers_made_the_genotypes_that_were_meant(
    calls: dict[tuple[str, str], dict[str, str]],
) -> None:
    assert len(calls) == 39
    for call in calls.values():
        called = call["genotype"].replace("|", "/").split("/")
        assert sum(side == "1" for side in called) == int(call["copies"]), call["person"]
        assert int(call["quality"]) >= 20


def test_the_compound_heterozygote_is_in_trans_and_the_decoy_pair_in_cis(
    calls: dict[tuple[str, str], dict[str, str]],
) -> None:
    trans = [calls["DEMO-T4-P", name] for name in ("TANGO2:c.4del", "TANGO2:c.460G>A")]
    cis = [calls["DEMO-X1-P", name] for name in ("TANGO2:c.460G>A", "TANGO2:c.605+1G>A")]

    assert [call["genotype"] for call in trans] == ["1|0", "0|1"]
    assert cis[0]["genotype"] == cis[1]["genotype"]
    for pair in (trans, cis):
        assert pair[0]["phase_set"] == pair[1]["phase_set"] != ""


def test_the_de_novo_call_has_clean_parents_and_the_refuted_one_has_not(
    calls: dict[tuple[str, str], dict[str, str]],
) -> None:
    clean = [calls[person, "DGCR8:c.1552G>A"] for person in ("DEMO-D2-F", "DEMO-D2-M")]
    father = calls["DEMO-R1-F", "DGCR8:c.1418G>A"]

    assert [parent["alt_reads"] for parent in clean] == ["0", "0"]
    assert all(int(parent["ref_reads"]) >= 20 for parent in clean)
    assert father["genotype"] == "0/0"
    assert int(father["alt_reads"]) >= 3


def test_trios_break_mendels_law_only_at_the_de_novo_alleles(layout: Layout) -> None:
    alleles = read_alleles(layout)
    meant = {
        (family.family, alleles[member.de_novo].position)
        for family in read_families(layout)
        for member in family.people
        if member.de_novo
    }

    assert set(_mendelian_violations(layout)) == meant


def test_the_intake_accepts_the_sample_sheet_without_a_warning(demo: Path, layout: Layout) -> None:
    sheet = read_sheet(demo / "samples.tsv")
    meant = {family.family: family for family in read_families(layout)}

    assert sheet.warnings == ()
    assert [family.name for family in sheet.families] == list(meant)
    for family in sheet.families:
        people = meant[family.name].people
        assert [member.sex.value for member in family.members] == [one.sex for one in people]
        assert [member.vcf is not None for member in family.members] == [
            one.sequenced for one in people
        ]


def test_every_sample_of_the_sheet_is_in_its_indexed_vcf(demo: Path) -> None:
    for family in read_sheet(demo / "samples.tsv").families:
        for member in family.members:
            if member.vcf is not None:
                assert Path(f"{member.vcf}.tbi").is_file()
                with pysam.VariantFile(str(member.vcf)) as stream:
                    assert member.sample in stream.header.samples


def test_the_intake_reads_every_probands_terms_as_the_facts_have_them(
    demo: Path, layout: Layout
) -> None:
    ontology = read_ontology(releases(layout, "refs.lock.yaml")["hpo"].folder)
    facts = read_phenotypes(layout)
    persons = {family.family: family.proband.person for family in read_families(layout)}
    for family in read_sheet(demo / "samples.tsv").families:
        checked = check_terms(family.terms, ontology)
        own = facts[persons[family.name]]
        assert not checked.warnings
        assert set(checked.phenotype.observed) == {one.hpo_id for one in own if not one.excluded}
        assert set(checked.phenotype.excluded) == {one.hpo_id for one in own if one.excluded}


def test_the_intake_accepts_every_vcf_without_a_warning(layout: Layout) -> None:
    for path in _call_sets(layout):
        assert check_vcf(path, layout.fasta).warnings == (), path.name


def test_the_expected_findings_cover_every_family_and_lock(demo: Path, layout: Layout) -> None:
    rows = read_tsv(demo / "expected.tsv")
    families = [family.family for family in read_families(layout)]
    named = {name for row in rows for name in _listed(row["first"]) + _listed(row["must_not_pass"])}

    assert {(row["family"], row["lock"]) for row in rows} == set(product(families, LOCKS))
    assert named == read_alleles(layout).keys()


def test_the_demo_is_small(demo: Path) -> None:
    sizes = [path.stat().st_size for path in demo.rglob("*") if "__pycache__" not in path.parts]

    assert sum(sizes) < 8 * MEGABYTE


def test_no_generated_file_names_a_date_or_a_place_of_its_making(demo: Path) -> None:
    for path in _call_sets(Layout(demo, demo)):
        with pysam.VariantFile(str(path)) as stream:
            header = str(stream.header)
        assert "/tmp" not in header  # noqa: S108
        assert "Date=" not in header


def test_what_is_committed_is_what_the_facts_give(demo: Path) -> None:
    parts = ["reference", "releases"]
    if Path(sys.executable).with_name("whatshap").is_file():
        parts.append("families")
    options = [option for part in parts for option in ("--part", part)]
    command = [sys.executable, str(demo / "build.py"), "--check", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, ""), done.stderr[-2000:]


def test_the_check_knows_which_files_are_generated(demo: Path) -> None:
    names = generated(demo).keys()

    assert {"samples.tsv", "calls.tsv", "capture.bed", "refs.lock.yaml"} <= names
    assert not [name for name in names if name.startswith(("facts/", "sequence/", "hpo/"))]


def _fits(allele: Allele, region: Region) -> bool:
    return region.of(allele.position, allele.end) == allele.ref


def _clinvar_facts(layout: Layout, year: str) -> list[dict[str, str]]:
    return read_tsv(layout.facts / f"clinvar_{year}.tsv")


def _names(row: dict[str, str], coding: list[CodingSequence]) -> tuple[str, str, str]:
    for sequence in coding:
        names = sequence.substitution(int(row["position"]), row["ref"], row["alt"])
        if names is not None:
            return (sequence.refseq, *names)
    raise AssertionError(f"{row['position']} is not coding")


def _listed(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def _call_sets(layout: Layout) -> list[Path]:
    return sorted(layout.vcf.glob("*.vcf.gz"))


def _records(path: Path) -> Iterator[pysam.VariantRecord]:
    with pysam.VariantFile(str(path)) as stream:
        yield from stream


def _mendelian_violations(layout: Layout) -> Iterator[tuple[str, int]]:
    """Yield (family, position) where a child's alleles cannot come from its parents."""
    for family in read_families(layout):
        child = family.proband
        sequenced = {member.person: member.column for member in family.sequenced}
        father, mother = sequenced.get(child.father or ""), sequenced.get(child.mother or "")
        if father is None or mother is None or family.calls.apart:
            continue
        for record in _records(layout.vcf / family.vcf_of(child)):
            child_alleles, *parents = (
                record.samples[name]["GT"] for name in (child.column, father, mother)
            )
            possible = {tuple(sorted(pair)) for pair in product(*parents)}
            if tuple(sorted(child_alleles)) not in possible:
                yield family.family, record.pos
