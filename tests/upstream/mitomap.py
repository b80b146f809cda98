"""MITOMAP's VCFs, for a few alleles: what is said of them is invented."""

from pathlib import Path

HEAD = (
    "##fileformat=VCFv4.2\n"
    "##fileDate=20261003\n"
    "##source=https://mitomap.org/cgi-bin/disease.cgi?format=vcf\n"
    "##reference=http://www.ncbi.nlm.nih.gov/nuccore/251831106\n"
    '##INFO=<ID=Disease,Number=.,Type=String,Description="Putative Disease Association">\n'
    '##INFO=<ID=DiseaseStatus,Number=.,Type=String,Description="Disease Association Status">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
)
COMMON_HEAD = (
    "##fileformat=VCFv4.2\n"
    "##source=https://mitomap.org/cgi-bin/polymorphisms.cgi?format=vcf\n"
    '##INFO=<ID=AC,Number=A,Type=Integer,Description="Allele count in GenBank">\n'
    '##INFO=<ID=AF,Number=A,Type=Float,Description="Allele frequency in GenBank">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
)
Rows = tuple[tuple[int, str, str, str, str], ...]
NOW: Rows = (
    (72, "T", "C", "Protective-factor-(invented)", "Reported"),
    (616, "T", "C,G", "Epilepsy-/-kidney-disease,Epilepsy", "Cfrm-[LP],Reported-[VUS]"),
    (1555, "A", "G", "DEAF|-intellectual-disability", "Cfrm-[P]"),
    (3243, "A", "G", "MELAS-/-Leigh-Syndrome", "Cfrm-[VUS*]"),
    (4171, "C", "A", "LHON", "Reported-/-Secondary"),
    (8993, "T", "G", "NARP", "Conflicting-reports"),
)
LATER: Rows = (
    (72, "T", "C", "Protective-factor-(invented)", "Reported"),
    (616, "T", "C,G", "Epilepsy-/-kidney-disease,Epilepsy-and-more", "Cfrm-[P],Reported-[VUS]"),
    (1555, "A", "G", "DEAF|-intellectual-disability", "Cfrm-[VUS-]"),
    (3243, "A", "G", "MELAS-/-Leigh-Syndrome", "Cfrm-[VUS*]"),
    (4171, "C", "A", "LHON", "Reported"),
    (14484, "T", "C", "LHON", "Cfrm-[P]"),
)
"""A class up and one down, a disease, a word, a row that went, one that came."""
COMMON = ((72, "T", "C", "120", "0.002"), (73, "A", "G", "45000", "0.74"))
COMMON_LATER = ((72, "T", "C", "130", "0.0021"), (73, "A", "G", "45000", "0.74"))


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write both files as they are published, the disease table in Latin-1."""
    folder.mkdir(parents=True, exist_ok=True)
    disease, common = folder / "disease.vcf", folder / "polymorphisms.vcf"
    text = HEAD + "".join(
        f"MT\t{place}\t.\t{ref}\t{alt}\t.\t.\tDisease={disease_};DiseaseStatus={status}\n"
        for place, ref, alt, disease_, status in (LATER if later else NOW)
    )
    disease.write_bytes(
        text.replace("kidney-disease", "kidney-disease-(Gilles-Lévy)").encode("latin-1")
    )
    rows = COMMON_LATER if later else COMMON
    common.write_text(
        COMMON_HEAD
        + "".join(
            f"MT\t{place}\t.\t{ref}\t{alt}\t.\t.\tAC={ac};AF={af}\n"
            for place, ref, alt, ac, af in rows
        ),
        encoding="utf-8",
    )
    return {"disease": (disease,), "polymorphisms": (common,)}
