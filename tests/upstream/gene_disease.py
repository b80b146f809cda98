"""A laboratory's own table of gene-disease links: TANGO2's is real, the others are invented."""

from pathlib import Path

NAMES = (
    "hgnc", "gene", "disease", "disease_name", "inheritance", "mechanism", "known_since", "pmid",
    "constructed", "note",
)  # fmt: skip
TANGO2 = (
    "HGNC:25439", "TANGO2", "OMIM:616878", "Metabolic crises, recurrent", "autosomal_recessive",
    "loss_of_function", "2016-01-31", "26805781;26805782", "false", "two papers found the gene",
)  # fmt: skip
DGCR8 = (
    "HGNC:2847", "DGCR8", "PMID:31805011", "Multinodular goitre with schwannomatosis (DGCR8)",
    "autosomal_dominant", "not_established", "2019-12-31", "31805011", "false", "",
)  # fmt: skip


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the TSV; the later one knows DGCR8's disease too."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = (NAMES, TANGO2, DGCR8) if later else (NAMES, TANGO2)
    path = folder / "links.tsv"
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return {"links": (path,)}
