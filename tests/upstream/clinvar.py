"""ClinVar's files for a few alleles of the demo region, in their real formats: invented classes.

``clinvar.vcf.gz`` (bgzip; contigs without ``chr``), ``submission_summary.txt.gz`` and
``variant_summary.txt.gz`` (preambles and column names as published).
"""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pysam

FASTA = Path(__file__).parents[2] / "resources/demo/reference/GRCh38.chr22.demo.fa.gz"
DATES = {False: "2026-01-04", True: "2026-02-01"}
MULTIPLE = "criteria_provided,_multiple_submitters,_no_conflicts"
SINGLE = "criteria_provided,_single_submitter"
CONFLICT = "criteria_provided,_conflicting_classifications"
PANEL = "reviewed_by_expert_panel"
DISEASE = ("C5567607", "TANGO2-Related_Encephalocardiomyopathy")
DATABASES = {
    DISEASE[1]: f"MONDO:MONDO:0014820,MedGen:{DISEASE[0]},OMIM:616878,Orphanet:480864",
    "not_provided": "MedGen:C3661900",
    "One,_rare_disease": ".",
}
"""What CLNDISDB has of each condition."""
HEAD = """##fileformat=VCFv4.1
##fileDate={date}
##source=ClinVar
##reference=GRCh38
##ID=<Description="ClinVar Variation ID">
##INFO=<ID=ALLELEID,Number=1,Type=Integer,Description="the ClinVar Allele ID">
##INFO=<ID=CLNDN,Number=.,Type=String,Description="ClinVar's preferred disease name">
##INFO=<ID=CLNDISDB,Number=.,Type=String,Description="Tag-value pairs of disease database name">
##INFO=<ID=CLNHGVS,Number=.,Type=String,Description="Top-level genomic HGVS expression.">
##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description="ClinVar review status">
##INFO=<ID=CLNSIG,Number=.,Type=String,Description="Aggregate germline classification">
##INFO=<ID=CLNSIGCONF,Number=.,Type=String,Description="Conflicting germline classification">
##INFO=<ID=CLNSIGINCL,Number=.,Type=String,Description="Germline classification for a haplotype">
##INFO=<ID=CLNVC,Number=1,Type=String,Description="Variant type">
##INFO=<ID=GENEINFO,Number=1,Type=String,Description="Gene(s) for the variant">
##INFO=<ID=ONC,Number=.,Type=String,Description="Aggregate oncogenicity classification">
##INFO=<ID=RS,Number=.,Type=String,Description="dbSNP ID (i.e. rs number)">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
"""
SUBMISSIONS_HEAD = """\
##Overview of interpretation, phenotypes, observations, and methods reported in each submission
##Explanation of the columns in this report
#VariationID:                   the identifier assigned by ClinVar
#ClinicalSignificance:          interpretation of the variation-condition relationship
"""
SUBMISSIONS_COLUMNS = (
    "VariationID", "ClinicalSignificance", "DateLastEvaluated", "Description",
    "SubmittedPhenotypeInfo", "ReportedPhenotypeInfo", "ReviewStatus", "CollectionMethod",
    "OriginCounts", "Submitter", "SCV", "SubmittedGeneSymbol", "ExplanationOfInterpretation",
    "SomaticClinicalImpact", "Oncogenicity", "ContributesToAggregateClassification",
)  # fmt: skip
VARIANTS_COLUMNS = (
    "AlleleID", "Type", "Name", "GeneID", "GeneSymbol", "HGNC_ID", "ClinicalSignificance",
    "ClinSigSimple", "LastEvaluated", "RS# (dbSNP)", "nsv/esv (dbVar)", "RCVaccession",
    "PhenotypeIDS", "PhenotypeList", "Origin", "OriginSimple", "Assembly", "ChromosomeAccession",
    "Chromosome", "Start", "Stop", "ReferenceAllele", "AlternateAllele", "Cytogenetic",
    "ReviewStatus", "NumberSubmitters", "Guidelines", "TestedInGTR", "OtherIDs",
    "SubmitterCategories", "VariationID", "PositionVCF", "ReferenceAlleleVCF",
    "AlternateAlleleVCF",
)  # fmt: skip


@dataclass(frozen=True)
class Record:
    """A line of the VCF; `length` bases are deleted after the first when it is more than 0."""

    variation: int
    position: int
    words: str | None
    review: str = SINGLE
    conditions: str = DISEASE[1]
    rs: int | None = None
    length: int = 0
    alt: str = ""
    more: str = ""
    contig: str = "22"
    genes: str | None = "TANGO2:128989"


NOW = (
    Record(1001, 20061538, "Pathogenic/Likely_pathogenic", MULTIPLE, rs=752298579, alt="A"),
    Record(1002, 20055980, "Pathogenic", rs=764883927, alt="T"),
    Record(1003, 20055981, "Likely_benign", alt="A"),
    Record(1004, 20043392, "Conflicting_classifications_of_pathogenicity", CONFLICT, alt="T",
           more="CLNSIGCONF=Likely_pathogenic(1)|Uncertain_significance(1)"),
    Record(1005, 20036830, "Uncertain_significance", alt="A"),
    Record(1006, 20086500, "Uncertain_significance"),
    Record(1007, 20086600, "Pathogenic", genes="DGCR8:54487|LOC130066919:130066919"),
    Record(1008, 20086700, "Benign", PANEL),
    Record(1009, 20086800, "Uncertain_significance", conditions="not_provided|One,_rare_disease"),
    Record(1010, 20086900, "Likely_benign", genes=None),
    Record(1011, 20087000, "Pathogenic", length=3),
    Record(1012, 20087100, None, more="CLNSIGINCL=1050:Pathogenic"),
    Record(1013, 20087200, "no_classification_for_the_single_variant"),
    Record(1014, 20087300, None, more="ONC=Oncogenic"),
    Record(1015, 20087400, "Uncertain_significance", alt="."),
    Record(1016, 83614, "Uncertain_significance", contig="NW_009646201.1", alt="T"),
    Record(1017, 20061540, "Pathogenic,_low_penetrance"),
    Record(1018, 20087500, "Uncertain_significance/VUS-high", MULTIPLE),
)  # fmt: skip
LATER = (
    replace(NOW[0], words="Pathogenic"),
    replace(NOW[1], words="Conflicting_classifications_of_pathogenicity", review=CONFLICT),
    replace(NOW[3], words="Likely_pathogenic", review=SINGLE, more=""),
    replace(NOW[4], review=MULTIPLE),
    replace(NOW[5], words="Likely_benign"),
    replace(NOW[6], words="Pathogenic|risk_factor"),
    replace(NOW[7], review=MULTIPLE),
    replace(NOW[8], conditions="One,_rare_disease"),
    replace(NOW[9], rs=12345),
    *NOW[10:],
    Record(1019, 20087600, "Likely_pathogenic"),
)
"""A class up and one down, a conflict begun and one ended, stars up and down, a word off the
scale, conditions, another field, a record that went and one that came."""

Submission = tuple[int, str, str, str, str, str]
SUBMITTED: Sequence[Submission] = (
    (1001, "Pathogenic", "Mar 04, 2021", "criteria provided, single submitter", "Lab A", "yes"),
    (1001, "Likely pathogenic", "Jan 05, 2020", "criteria provided, single submitter", "Lab B",
     "yes"),
    (1002, "Pathogenic", "-", "criteria provided, single submitter", "Lab A", "yes"),
    (1004, "Likely pathogenic", "Jan 05, 2020", "criteria provided, single submitter", "Lab A",
     "yes"),
    (1004, "Uncertain significance", "Jan 06, 2020", "criteria provided, single submitter", "Lab B",
     "yes"),
    (1005, "Pathogenic", "Jan 05, 2015", "flagged submission", "Lab C", "no"),
    (1005, "Uncertain significance", "Jan 05, 2020", "criteria provided, single submitter", "Lab A",
     "yes"),
    (1008, "Benign", "Jan 05, 2020", "reviewed by expert panel", "Panel D", "yes"),
    (1008, "Pathogenic", "Jan 05, 2020", "no assertion criteria provided", "Lab É", "no"),
    (1099, "Pathogenic", "Jan 05, 2020", "no assertion criteria provided", "Lab A", "yes"),
)  # fmt: skip
SUBMITTED_LATER: Sequence[Submission] = (
    SUBMITTED[0],
    (1001, "Pathogenic", "Dec 01, 2025", "criteria provided, single submitter", "Lab B", "yes"),
    *SUBMITTED[2:],
    (1002, "Benign", "Dec 01, 2025", "criteria provided, single submitter", "Lab B", "yes"),
)


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the three files as they are published."""
    folder.mkdir(parents=True, exist_ok=True)
    records = LATER if later else NOW
    plain, vcf = folder / "clinvar.vcf", folder / "clinvar.vcf.gz"
    with pysam.FastaFile(str(FASTA)) as bases:
        lines = [_line(record, bases) for record in sorted(records, key=_place)]
    plain.write_text(HEAD.format(date=DATES[later]) + "".join(lines))
    pysam.tabix_compress(str(plain), str(vcf), force=True)
    plain.unlink()
    submissions, variants = (
        folder / name for name in ("submission_summary.txt.gz", "variant_summary.txt.gz")
    )
    rows = SUBMITTED_LATER if later else SUBMITTED
    _gzip(submissions, SUBMISSIONS_HEAD + _table(SUBMISSIONS_COLUMNS, map(_submission, rows)))
    _gzip(variants, _table(VARIANTS_COLUMNS, [cells for r in records for cells in _variant(r)]))
    return {"vcf": (vcf,), "submissions": (submissions,), "variants": (variants,)}


def _place(record: Record) -> tuple[bool, int]:
    return record.contig != "22", record.position


def allele(record: Record) -> str:
    """Return the record's REF and ALT as the key of a fact, before normalisation."""
    with pysam.FastaFile(str(FASTA)) as bases:
        ref, alt = _bases(record, bases)
    return f"22-{record.position}-{ref}-{alt}"


def _bases(record: Record, bases: pysam.FastaFile) -> tuple[str, str]:
    if record.contig != "22":
        return "TC", "T"
    name = "22" if "22" in bases.references else "chr22"
    start = record.position - 1
    ref = bases.fetch(name, start, start + 1 + record.length).upper()
    other = {"A": "G", "G": "A", "C": "T", "T": "C"}[ref[0]]
    return ref, record.alt or (ref[0] if record.length else other)


def _line(record: Record, bases: pysam.FastaFile) -> str:
    ref, alt = _bases(record, bases)
    info = {
        "ALLELEID": str(record.variation + 5000),
        "CLNDISDB": "|".join(DATABASES[one] for one in record.conditions.split("|")),
        "CLNDN": record.conditions,
        "CLNHGVS": f"NC_000022.11:g.{record.position}{ref}>{alt}",
        "CLNREVSTAT": record.review,
        "CLNSIG": record.words,
        "CLNVC": "single_nucleotide_variant",
        "GENEINFO": record.genes,
        "RS": record.rs,
    }
    fields = [f"{name}={value}" for name, value in info.items() if value is not None]
    text = ";".join([*fields, *filter(None, [record.more])])
    return f"{record.contig}\t{record.position}\t{record.variation}\t{ref}\t{alt}\t.\t.\t{text}\n"


def _submission(row: Submission) -> list[str]:
    variation, words, day, review, submitter, contributes = row
    number = 100 * variation + ord(submitter[-1]) % 50
    version = 1 if day.endswith(("2020", "2021", "2015", "-")) else 2
    return [
        str(variation), words, day, "-", "not given", f"{DISEASE[0]}:{DISEASE[1]}", review,
        "clinical testing", "germline:na", submitter, f"SCV{number:09d}.{version}", "TANGO2", "-",
        "-", "-", contributes,
    ]  # fmt: skip


def _variant(record: Record) -> list[list[str]]:
    """Return a row for each assembly; a variation on a scaffold has no place."""
    cells = dict.fromkeys(VARIANTS_COLUMNS, "-") | {
        "AlleleID": str(record.variation + 5000),
        "Name": f"NM_152906.7(TANGO2):c.{record.variation}G>A",
        "VariationID": str(record.variation),
    }
    assemblies = ("GRCh37", "GRCh38") if record.contig == "22" else ("na",)
    return [list((cells | {"Assembly": assembly}).values()) for assembly in assemblies]


def _table(columns: Sequence[str], rows: object) -> str:
    lines = ["#" + "\t".join(columns), *("\t".join(row) for row in rows)]  # type: ignore[attr-defined]
    return "".join(f"{line}\n" for line in lines)


def _gzip(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
