"""GenCC's submissions for genes of the demo region, in the columns of 2026: rows are invented."""

from pathlib import Path

COLUMNS = (
    "sgc_id", "version_number", "gene_curie", "gene_symbol", "disease_curie", "disease_title",
    "disease_original_curie", "disease_original_title", "classification_curie",
    "classification_title", "moi_curie", "moi_title", "submitter_curie", "submitter_title",
    "submitted_as_hgnc_id", "submitted_as_hgnc_symbol", "submitted_as_disease_id",
    "submitted_as_disease_name", "submitted_as_moi_id", "submitted_as_moi_name",
    "submitted_as_submitter_id", "submitted_as_submitter_name", "submitted_as_classification_id",
    "submitted_as_classification_name", "submitted_as_date", "submitted_as_public_report_url",
    "submitted_as_notes", "submitted_as_pmids", "submitted_as_assertion_criteria_url",
    "submitted_as_submission_id", "submitted_run_date",
)  # fmt: skip
FORMER_COLUMNS = ("uuid", *COLUMNS[2:])

TITLES = {
    "GENCC:100001": "Definitive", "GENCC:100002": "Strong", "GENCC:100003": "Moderate",
    "GENCC:100004": "Limited", "GENCC:100005": "Disputed Evidence",
    "GENCC:100006": "Refuted Evidence", "GENCC:100009": "Supportive",
}  # fmt: skip
MODES = {"HP:0000006": "Autosomal dominant", "HP:0000007": "Autosomal recessive"}
AMBRY, LABCORP, ORPHANET = "Ambry Genetics", "Labcorp Genetics", "Orphanet"
NOTES = 'a note over\ntwo lines, with "quotes"'

Fact = tuple[str, str, str, str, str, str, str, str]
NOW: tuple[Fact, ...] = (
    ("HGNC:25439", "TANGO2", "MONDO:0018820", "TANGO2 deficiency", "GENCC:100002", "HP:0000007",
     AMBRY, "2018-03-30 13:31:56"),
    ("HGNC:25439", "TANGO2", "MONDO:0018820", "TANGO2 deficiency", "GENCC:100009", "HP:0000007",
     ORPHANET, "2021-09-14 00:00:00"),
    ("HGNC:2847", "DGCR8", "MONDO:0000010", "goiter, invented", "GENCC:100003", "HP:0000006",
     LABCORP, "2021-01-01"),
    ("HGNC:18601", "RTN4R", "MONDO:0000020", "schizophrenia, invented", "GENCC:100004",
     "HP:0000006", AMBRY, "2017-04-05"),
    ("HGNC:18474", "ZDHHC8", "MONDO:0000030", "disorder, invented", "GENCC:100003", "HP:0000006",
     AMBRY, "2019-05-06"),
    ("HGNC:9847", "RANBP1", "MONDO:0000040", "another, invented", "GENCC:100004", "HP:0000006",
     LABCORP, "2019-07-08"),
)  # fmt: skip
LATER: tuple[Fact, ...] = (
    ("HGNC:25439", "TANGO2", "MONDO:0018820", "TANGO2 deficiency", "GENCC:100001", "HP:0000007",
     AMBRY, "2026-03-30 13:31:56"),
    NOW[1],
    ("HGNC:2847", "DGCR8", "MONDO:0000010", "goiter, invented", "GENCC:100005", "HP:0000006",
     LABCORP, "2026-01-01"),
    NOW[3],
    ("HGNC:18474", "ZDHHC8", "MONDO:0000030", "disorder, invented", "GENCC:100003", "HP:0000007",
     AMBRY, "2019-05-06"),
    ("HGNC:24974", "TRMT2A", "MONDO:0000050", "a third, invented", "GENCC:100003", "HP:0000007",
     LABCORP, "2026-02-02"),
)  # fmt: skip
"""TANGO2 up and curated again, DGCR8 down, ZDHHC8 another mode, RANBP1 went, TRMT2A came."""


def write(folder: Path, later: bool = False, former: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the TSV with every cell in quotes, as GenCC exports it; `former` without versions."""
    folder.mkdir(parents=True, exist_ok=True)
    names = FORMER_COLUMNS if former else COLUMNS
    rows = [_row(number, fact) for number, fact in enumerate(LATER if later else NOW, 100)]
    lines = [names, *([row[name] for name in names] for row in rows)]
    path = folder / "submissions-export-tsv"
    path.write_text("".join(_line(line) for line in lines), encoding="utf-8")
    return {"submissions": (path,)}


def _row(number: int, fact: Fact) -> dict[str, str]:
    hgnc, gene, disease, title, classed, mode, submitter, day = fact
    row = dict.fromkeys((*COLUMNS, "uuid"), "")
    return row | {
        "sgc_id": f"SGC-{number}", "version_number": "1", "uuid": f"GENCC_000101-{number}",
        "gene_curie": hgnc, "gene_symbol": gene, "disease_curie": disease, "disease_title": title,
        "disease_original_curie": disease, "classification_curie": classed,
        "classification_title": TITLES[classed], "moi_curie": mode, "moi_title": MODES[mode],
        "submitter_title": submitter, "submitted_as_date": day, "submitted_as_notes": NOTES,
        "submitted_as_pmids": "26805781, 26805782", "submitted_run_date": "2026-02-05",
    }  # fmt: skip


def _line(cells: tuple[str, ...] | list[str]) -> str:
    return "\t".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\n"
