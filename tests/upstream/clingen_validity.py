"""ClinGen's validity CSV for genes of the demo region: every class and date is invented."""

from pathlib import Path

PLUSES = "+++++++++++"
NAMES = (
    "GENE SYMBOL", "GENE ID (HGNC)", "DISEASE LABEL", "DISEASE ID (MONDO)", "MOI", "SOP",
    "CLASSIFICATION", "ONLINE REPORT", "CLASSIFICATION DATE", "GCEP",
)  # fmt: skip
REPORT = "https://search.clinicalgenome.org/kb/gene-validity/CGGV:assertion_"
TANGO2 = ("TANGO2", "HGNC:25439", "TANGO2 deficiency", "MONDO:0018820")
DGCR8 = ("DGCR8", "HGNC:2847", "goiter, invented", "MONDO:0000010")
RTN4R = ("RTN4R", "HGNC:18601", "schizophrenia, invented", "MONDO:0000020")
ZDHHC8 = ("ZDHHC8", "HGNC:18474", "disorder, invented", "MONDO:0000030")
RANBP1 = ("RANBP1", "HGNC:9847", "another, invented", "MONDO:0000040")
TRMT2A = ("TRMT2A", "HGNC:24974", "a third, invented", "MONDO:0000050")

NOW = (
    (TANGO2, "AR", "Definitive", "2021-05-04T16:00:00.000Z"),
    (DGCR8, "AD", "Limited", "2020-02-03T17:00:00.000Z"),
    (RTN4R, "AD", "Limited", "2019-01-02T00:00:00"),
    (ZDHHC8, "AD", "Limited", "2018-07-24T16:00:00.000Z"),
    (RANBP1, "UD", "No Known Disease Relationship", "2022-01-01T16:00:00.000Z"),
)
LATER = (
    (TANGO2, "AR", "Definitive", "2025-05-04T16:00:00.000Z"),  # curated again
    (DGCR8, "AD", "Strong", "2025-02-03T17:00:00.000Z"),  # up
    (RTN4R, "AD", "Refuted", "2025-01-02T16:00:00.000Z"),  # down
    (ZDHHC8, "SD", "Limited", "2025-07-24T16:00:00.000Z"),  # another mode
    (TRMT2A, "AR", "Moderate", "2025-03-03T16:00:00.000Z"),  # came; RANBP1's went
)


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the CSV as the website gives it."""
    folder.mkdir(parents=True, exist_ok=True)
    created = "2026-02-09" if later else "2025-07-01"
    rows = [
        ("CLINGEN GENE DISEASE VALIDITY CURATIONS", *[""] * 9),
        (f"FILE CREATED: {created}", *[""] * 9),
        ("WEBPAGE: https://search.clinicalgenome.org/kb/gene-validity", *[""] * 9),
        (PLUSES,) * len(NAMES),
        NAMES,
        (PLUSES,) * len(NAMES),
    ]
    for number, (about, mode, classed, day) in enumerate(LATER if later else NOW):
        panel = "Mitochondrial Diseases Gene Curation Expert Panel"
        rows.append((*about, mode, "SOP10", classed, f"{REPORT}{number}-{day}", day, panel))
    path = folder / "gene-validity.csv"
    lines = (",".join(f'"{cell}"' for cell in row) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return {"curations": (path,)}
