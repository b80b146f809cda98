"""Reading `CSQ`: what a row holds, and which files are refused."""

import gzip
from pathlib import Path

import polars as pl
import pytest

from varinterp.csq_table import CSQ_COLUMNS
from varinterp.errors import InputError, ReleaseError, StageError
from varinterp.model.transcript import Consequence, Mane, Term
from varinterp.sources.csq_format import REQUIRED_FIELDS
from varinterp.sources.vep import read_csq, to_consequence

FIELDS = [*REQUIRED_FIELDS]
MISSENSE = {
    "Allele": "A",
    "Consequence": "missense_variant&splice_region_variant",
    "Feature_type": "Transcript",
    "Feature": "ENST00000327374.9",
    "BIOTYPE": "protein_coding",
    "CDS_position": "460",
    "Protein_position": "154",
    "Amino_acids": "G/R",
    "SYMBOL": "TANGO2",
    "HGNC_ID": "HGNC:25439",
    "HGVSc": "ENST00000327374.9:c.460G>A",
    "HGVSp": "ENSP00000332721.4:p.Gly154Arg",
    "EXON": "7/9",
    "MANE_SELECT": "NM_152906.7",
}


def entry(fields: list[str], **changed: str) -> str:
    values = MISSENSE | changed
    return "|".join(values.get(name, "") for name in fields)


def write_vcf(
    folder: Path,
    records: list[tuple[str, str, list[str]]],
    fields: list[str] = FIELDS,
    contig: str = "chr22",
) -> Path:
    """Write records of (REF, ALT, entries), the first on line 5."""
    path = folder / "annotated.vcf"
    text = "|".join(fields)
    lines = [
        "##fileformat=VCFv4.2",
        "##source=a test",
        f'##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequences. Format: {text}">',
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO",
    ]
    for at, (ref, alt, entries) in enumerate(records):
        info = f"AC=1;CSQ={','.join(entries)};AN=2" if entries else "AC=1"
        lines.append(f"{contig}\t{100 + at}\t.\t{ref}\t{alt}\t.\t.\t{info}")
    path.write_text("\n".join(lines) + "\n")
    return path


def rows(path: Path) -> list[dict[str, object]]:
    return list(read_csq(path).iter_rows(named=True))


def test_a_row_becomes_the_consequence_that_vep_wrote(tmp_path: Path) -> None:
    [row] = rows(write_vcf(tmp_path, [("G", "A", [entry(FIELDS)])]))
    assert (row["chromosome"], row["position"], row["ref"], row["alt"]) == ("22", 100, "G", "A")
    assert (row["refseq"], row["biotype"]) == ("NM_152906.7", "protein_coding")
    assert to_consequence(row) == Consequence(
        transcript="ENST00000327374.9",
        gene="TANGO2",
        hgnc="HGNC:25439",
        terms=(Term.MISSENSE, Term.SPLICE_REGION),
        hgvs_c="ENST00000327374.9:c.460G>A",
        hgvs_p="ENSP00000332721.4:p.Gly154Arg",
        exon=7,
        cds_position=460,
        protein_position=154,
        ref_aa="G",
        alt_aa="R",
        mane=Mane.SELECT,
        refseq="NM_152906.7",
    )


def test_what_vep_left_empty_is_null_and_never_a_value(tmp_path: Path) -> None:
    empty = dict.fromkeys(set(FIELDS) - {"Allele", "Feature_type", "Feature"}, "")
    bare = entry(FIELDS, **empty | {"Consequence": "upstream_gene_variant"})
    [row] = rows(write_vcf(tmp_path, [("G", "A", [bare])]))
    present = {name for name, value in row.items() if value is not None}
    assert present == {"chromosome", "position", "ref", "alt", "transcript", "terms"}
    consequence = to_consequence(row)
    assert (consequence.gene, consequence.hgnc, consequence.exon) == ("", "", None)


def test_terms_are_worst_first_whatever_order_they_were_written_in(tmp_path: Path) -> None:
    text = "intron_variant&splice_acceptor_variant&splice_region_variant"
    [row] = rows(write_vcf(tmp_path, [("G", "A", [entry(FIELDS, Consequence=text)])]))
    assert to_consequence(row).terms == (Term.SPLICE_ACCEPTOR, Term.SPLICE_REGION, Term.INTRON)


@pytest.mark.parametrize(
    ("written", "first"),
    [("5-7", 5), ("?-3", 3), ("9-?", 9), ("12/300", 12), ("4-6/9", 4), ("", None), ("?", None)],
)
def test_a_range_is_read_as_its_first_known_number(
    tmp_path: Path, written: str, first: int | None
) -> None:
    changed = {"EXON": written, "INTRON": written, "CDS_position": written}
    [row] = rows(write_vcf(tmp_path, [("G", "A", [entry(FIELDS, **changed)])]))
    assert (row["exon"], row["intron"], row["cds_position"]) == (first, first, first)


def test_a_synonymous_change_has_the_same_residue_twice_and_its_name_is_unescaped(
    tmp_path: Path,
) -> None:
    said = entry(FIELDS, Amino_acids="G", HGVSp="ENSP00000332721.4:p.Gly154%3D")
    [row] = rows(write_vcf(tmp_path, [("G", "A", [said])]))
    assert (row["ref_aa"], row["alt_aa"]) == ("G", "G")
    assert row["hgvs_p"] == "ENSP00000332721.4:p.Gly154="


def test_mane_is_read_from_either_form_of_the_field(tmp_path: Path) -> None:
    fields = [*FIELDS, "MANE"]
    said = [
        entry(fields, MANE="MANE_Select"),
        entry(fields, MANE="MANE_Plus_Clinical", MANE_SELECT="", MANE_PLUS_CLINICAL="NM_9.1"),
        entry(fields, MANE_SELECT="", MANE_PLUS_CLINICAL="NM_9.1"),
        entry(fields, MANE_SELECT=""),
    ]
    found = rows(write_vcf(tmp_path, [("G", "A", said)], fields))
    assert [(row["mane"], row["refseq"]) for row in found] == [
        ("select", "NM_152906.7"),
        ("plus_clinical", "NM_9.1"),
        ("plus_clinical", "NM_9.1"),
        (None, None),
    ]


DELTAS = [f"SpliceAI_pred_DS_{kind}" for kind in ("AG", "AL", "DG", "DL")]


def test_predictors_are_numbers_when_the_file_has_them(tmp_path: Path) -> None:
    fields = [*FIELDS, "REVEL", "am_pathogenicity", "CADD_PHRED", DELTAS[3]]
    scored = entry(fields, REVEL="0.932", am_pathogenicity="0.9", CADD_PHRED=".")
    [row] = rows(write_vcf(tmp_path, [("G", "A", [scored])], fields))
    assert (row["revel"], row["alphamissense"]) == (0.932, 0.9)
    assert row["cadd"] is row["spliceai_donor_loss"] is row["spliceai_acceptor_gain"] is None


def test_dbnsfp_gives_bayesdel_without_frequencies_and_phylop(tmp_path: Path) -> None:
    fields = [*FIELDS, "BayesDel_noAF_score", "phyloP100way_vertebrate"]
    scored = entry(fields, BayesDel_noAF_score="-0.36", phyloP100way_vertebrate="9.741")
    [row] = rows(write_vcf(tmp_path, [("G", "A", [scored])], fields))
    assert (row["bayesdel"], row["phylop"]) == (-0.36, 9.741)


def test_spliceai_is_the_largest_delta_and_absent_when_one_is(tmp_path: Path) -> None:
    fields = [*FIELDS, *DELTAS]
    whole = dict(zip(DELTAS, ("0.01", "0.74", "0", "0.2"), strict=True))
    said = [entry(fields, **whole), entry(fields, **whole | {DELTAS[1]: ""})]
    found = rows(write_vcf(tmp_path, [("G", "A", said)], fields))
    assert [row["spliceai"] for row in found] == [0.74, None]
    assert [row["spliceai_effect"] for row in found] == ["acceptor_loss", None]
    assert [row["spliceai_donor_loss"] for row in found] == [0.2, 0.2]


@pytest.mark.parametrize("score", ["high", "0.1&0.9", "NaN"])
def test_a_score_that_is_not_one_number_is_refused(tmp_path: Path, score: str) -> None:
    fields = [*FIELDS, "REVEL"]
    vcf = write_vcf(tmp_path, [("G", "A", [entry(fields, REVEL=score)])], fields)
    with pytest.raises(ReleaseError, match=r"annotated.vcf:5: CSQ REVEL holds"):
        read_csq(vcf)


@pytest.mark.parametrize(
    ("column", "word"),
    [
        ("Consequence", "missense_variant&mystery_variant"),
        ("Consequence", ""),
        ("Feature_type", "Enhancer"),
        ("EXON", "seven"),
        ("CDS_position", "12-"),
    ],
)
def test_an_unknown_word_is_an_error_that_names_its_line(
    tmp_path: Path, column: str, word: str
) -> None:
    good = ("G", "A", [entry(FIELDS)])
    vcf = write_vcf(tmp_path, [good, ("G", "A", [entry(FIELDS, **{column: word})])])
    shown = word.split("&")[-1]
    with pytest.raises(ReleaseError, match=rf"annotated.vcf:6: CSQ {column} holds '{shown}'"):
        read_csq(vcf)


def test_an_entry_cut_short_is_refused(tmp_path: Path) -> None:
    vcf = write_vcf(tmp_path, [("G", "A", [entry(FIELDS).rsplit("|", 1)[0]])])
    with pytest.raises(ReleaseError, match=r"annotated.vcf:5: CSQ csq holds"):
        read_csq(vcf)


def test_regulatory_and_intergenic_entries_make_no_row(tmp_path: Path) -> None:
    intergenic = {"Feature_type": "", "Feature": "", "Consequence": "intergenic_variant"}
    regulatory = {"Feature_type": "RegulatoryFeature", "Consequence": "regulatory_region_variant"}
    vcf = write_vcf(
        tmp_path,
        [
            ("G", "A", [entry(FIELDS, **intergenic)]),
            ("G", "A", [entry(FIELDS, **regulatory), entry(FIELDS)]),
        ],
    )
    assert [row["position"] for row in rows(vcf)] == [101]


def test_a_missing_field_is_named_with_the_options_that_write_it(tmp_path: Path) -> None:
    fields = [name for name in FIELDS if name not in ("HGVSc", "HGVSp", "MANE_SELECT")]
    with pytest.raises(InputError) as refused:
        read_csq(write_vcf(tmp_path, [], fields))
    faults = refused.value.faults
    assert [fault.found for fault in faults] == [
        "CSQ without HGVSc",
        "CSQ without HGVSp",
        "CSQ without MANE_SELECT",
    ]
    assert {fault.advice for fault in faults} == {"run VEP again with --hgvs --mane added"}
    assert {(fault.rule, fault.line) for fault in faults} == {("vep.field", 3)}


def test_a_vcf_without_csq_is_refused(tmp_path: Path) -> None:
    vcf = tmp_path / "bare.vcf"
    vcf.write_text("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
    with pytest.raises(InputError, match=r"vep\.no_csq"):
        read_csq(vcf)


def test_records_without_csq_are_all_named(tmp_path: Path) -> None:
    vcf = write_vcf(tmp_path, [("G", "A", []), ("G", "A", [entry(FIELDS)]), ("G", "T", [])])
    with pytest.raises(InputError) as refused:
        read_csq(vcf)
    assert [(fault.rule, fault.line) for fault in refused.value.faults] == [
        ("vep.record", 5),
        ("vep.record", 7),
    ]


@pytest.mark.parametrize("alt", ["*", "<DEL>", "."])
def test_an_alt_that_is_no_allele_may_lack_csq(tmp_path: Path, alt: str) -> None:
    assert rows(write_vcf(tmp_path, [("G", alt, [])])) == []


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.vcf.gz"
    broken.write_bytes(gzip.compress(b"##fileformat=VCFv4.2\n" * 99)[:40])
    with pytest.raises(StageError, match="cannot be read as a VCF"):
        read_csq(broken)


def test_a_header_without_records_gives_an_empty_table_of_the_same_columns(tmp_path: Path) -> None:
    frame = read_csq(write_vcf(tmp_path, []))
    assert frame.is_empty()
    assert dict(frame.schema) == CSQ_COLUMNS


def test_a_gzipped_file_gives_the_same_table(tmp_path: Path) -> None:
    plain = write_vcf(tmp_path, [("G", "A", [entry(FIELDS)] * 3)])
    zipped = tmp_path / "annotated.vcf.gz"
    zipped.write_bytes(gzip.compress(plain.read_bytes()))
    assert read_csq(zipped).equals(read_csq(plain))


def test_records_outside_the_primary_chromosomes_are_left_out(tmp_path: Path) -> None:
    assert rows(write_vcf(tmp_path, [("G", "A", [entry(FIELDS)])], contig="chrUn_KI270742v1")) == []


def alleles(path: Path) -> list[tuple[object, object]]:
    return [(row["alt"], row["hgvs_c"]) for row in rows(path)]


def named(fields: list[str], allele: str, **changed: str) -> str:
    return entry(fields, Allele=allele, HGVSc=f"ENST00000327374.9:c.{allele}", **changed)


def test_entries_of_several_substitutions_go_to_their_own_alt(tmp_path: Path) -> None:
    vcf = write_vcf(tmp_path, [("G", "A,T", [named(FIELDS, "T"), named(FIELDS, "A")])])
    assert alleles(vcf) == [("T", "ENST00000327374.9:c.T"), ("A", "ENST00000327374.9:c.A")]


def test_vep_cuts_the_shared_first_base_off_indels(tmp_path: Path) -> None:
    said = [named(FIELDS, "-"), named(FIELDS, "TCC")]
    assert [alt for alt, _ in alleles(write_vcf(tmp_path, [("GT", "G,GTCC", said)]))] == [
        "G",
        "GTCC",
    ]


def test_vep_keeps_the_first_base_when_an_alt_does_not_share_it(tmp_path: Path) -> None:
    said = [named(FIELDS, "G"), named(FIELDS, "AT")]
    assert [alt for alt, _ in alleles(write_vcf(tmp_path, [("GT", "G,AT", said)]))] == ["G", "AT"]


def test_the_number_of_the_allele_is_trusted_when_vep_wrote_it(tmp_path: Path) -> None:
    fields = [*FIELDS, "ALLELE_NUM"]
    said = [named(fields, "odd", ALLELE_NUM="2"), named(fields, "name", ALLELE_NUM="1")]
    vcf = write_vcf(tmp_path, [("G", "A,T", said)], fields)
    assert [alt for alt, _ in alleles(vcf)] == ["T", "A"]


def test_entries_of_an_allele_that_was_split_off_are_dropped(tmp_path: Path) -> None:
    said = [named(FIELDS, "A"), named(FIELDS, "T")]
    vcf = write_vcf(tmp_path, [("G", "A", said), ("G", "T", said)])
    assert [alt for alt, _ in alleles(vcf)] == ["A", "T"]


@pytest.mark.parametrize(
    ("alt", "said"), [("A,T", ["A"]), ("A,T", ["A", "T", "C"]), ("A", ["C", "T"])]
)
def test_csq_that_does_not_fit_the_record_is_refused(
    tmp_path: Path, alt: str, said: list[str]
) -> None:
    vcf = write_vcf(tmp_path, [("G", alt, [named(FIELDS, allele) for allele in said])])
    with pytest.raises(InputError) as refused:
        read_csq(vcf)
    assert [(fault.rule, fault.line) for fault in refused.value.faults] == [("vep.allele", 5)]


def transcripts(frame: pl.DataFrame) -> list[str]:
    return frame["transcript"].to_list()


def test_a_transcript_without_version_gets_it_from_its_own_names(tmp_path: Path) -> None:
    upstream = entry(FIELDS, Feature="ENST00000327374", HGVSc="", Consequence="intron_variant")
    vcf = write_vcf(
        tmp_path,
        [("G", "A", [upstream]), ("G", "A", [entry(FIELDS, Feature="ENST00000327374")])],
    )
    assert transcripts(read_csq(vcf)) == ["ENST00000327374.9", "ENST00000327374.9"]


def test_a_transcript_that_no_name_versions_gets_it_from_the_callers_table(tmp_path: Path) -> None:
    bare = [
        entry(FIELDS, Feature=base, HGVSc="") for base in ("ENST00000000001", "ENST00000000002")
    ]
    vcf = write_vcf(tmp_path, [("G", "A", bare)])
    versions = {"ENST00000000001": "ENST00000000001.4"}
    assert transcripts(read_csq(vcf, versions)) == ["ENST00000000001.4", "ENST00000000002"]


def test_two_versions_of_one_transcript_are_refused(tmp_path: Path) -> None:
    said = [
        entry(FIELDS, Feature="ENST00000327374", HGVSc=f"ENST00000327374.{version}:c.460G>A")
        for version in (8, 9)
    ]
    with pytest.raises(ReleaseError, match="two versions of ENST00000327374"):
        read_csq(write_vcf(tmp_path, [("G", "A", said)]))
