"""MANE's GFF3 and summary for the demo's genes, as Ensembl and NCBI write them.

Made of ``resources/demo/facts/transcripts.tsv``. The later release is invented: one transcript
came, one went, one got a longer untranslated end, one another RefSeq version.
"""

import gzip
from pathlib import Path

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
CAME, WENT = "ENST00000248879.8", "ENST00000439765.4"
MOVED, RESTATED = "ENST00000334554.12", "ENST00000043402.8"
TANGO2 = "ENST00000327374.9"
SUMMARY = (
    "#NCBI_GeneID\tEnsembl_Gene\tHGNC_ID\tsymbol\tname\tRefSeq_nuc\tRefSeq_prot\tEnsembl_nuc\t"
    "Ensembl_prot\tMANE_status\tGRCh38_chr\tchr_start\tchr_end\tchr_strand\n"
)
NCBI = {
    "TANGO2": "128989", "DGCR8": "54487", "TRMT2A": "27037", "RANBP1": "5902", "ZDHHC8": "29801",
    "CCDC188": "388849", "RTN4R": "65078", "DGCR6L": "85359",
}  # fmt: skip
GAINED = 120
"""Bases that the moved transcript's last exon gains."""

Row = dict[str, str]


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write both files, gzipped."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [row for row in _transcripts() if row["id"] != (WENT if later else CAME)]
    if later:
        rows = [_later(row) for row in rows]
    version = "1.5" if later else "1.4"
    gff3 = folder / f"MANE.GRCh38.v{version}.ensembl_genomic.gff.gz"
    summary = folder / f"MANE.GRCh38.v{version}.summary.txt.gz"
    gff3.write_bytes(gzip.compress(("##gff-version 3\n" + "".join(map(_gff3, rows))).encode()))
    summary.write_bytes(gzip.compress((SUMMARY + "".join(map(_summary, rows))).encode()))
    return {"gff3": (gff3,), "summary": (summary,)}


def _transcripts() -> list[Row]:
    text = (DEMO / "facts" / "transcripts.tsv").read_text(encoding="utf-8")
    names, *lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return [dict(zip(names, cells, strict=True)) for cells in lines]


def _later(row: Row) -> Row:
    if row["id"] == MOVED:
        *exons, last = row["exons"].split(",")
        start, end = last.split("-")
        return row | {"exons": ",".join([*exons, f"{start}-{int(end) + GAINED}"])}
    return row | {"refseq": "NM_023004.7"} if row["id"] == RESTATED else row


def _gff3(row: Row) -> str:
    exons = [tuple(map(int, exon.split("-"))) for exon in row["exons"].split(",")]
    strand = "+" if row["strand"] == "1" else "-"
    start, end = exons[0][0], exons[-1][1]
    gene = f"gene_id={row['ensembl_gene']};gene_type=protein_coding;gene_name={row['gene']}"
    named = (
        f"{gene};transcript_id={row['id']};transcript_type=protein_coding;tag=MANE_Select;"
        f"protein_id={row['protein']};Dbxref=RefSeq:{row['refseq']}"
    )
    lines = [
        _line("gene", start, end, strand, f"ID={row['ensembl_gene']};{gene}"),
        _line(
            "transcript", start, end, strand, f"ID={row['id']};Parent={row['ensembl_gene']};{named}"
        ),
    ]
    first, last = int(row["cds_start"]), int(row["cds_end"])
    for number, (left, right) in enumerate(exons, 1):
        lines.append(
            _line("exon", left, right, strand, f"ID=exon:{row['id']}:{number};Parent={row['id']}")
        )
        if left <= last and right >= first:
            coding = (max(left, first), min(right, last))
            lines.append(_line("CDS", *coding, strand, f"ID=CDS:{row['id']};Parent={row['id']}"))
    return "".join(lines)


def _line(kind: str, start: int, end: int, strand: str, attributes: str) -> str:
    cells = ("chr22", "ensembl_havana", kind, start, end, ".", strand, ".", attributes)
    return "\t".join(map(str, cells)) + "\n"


def _summary(row: Row) -> str:
    exons = row["exons"].split(",")
    cells = (
        f"GeneID:{NCBI[row['gene']]}", row["ensembl_gene"], row["hgnc"], row["gene"], "a name",
        row["refseq"], row["refseq_protein"], row["id"], row["protein"], "MANE Select",
        "NC_000022.11", exons[0].split("-")[0], exons[-1].split("-")[1],
        "+" if row["strand"] == "1" else "-",
    )  # fmt: skip
    return "\t".join(cells) + "\n"
