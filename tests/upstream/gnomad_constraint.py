"""gnomAD 4.1's constraint table for two genes of the demo, and a later one: numbers invented."""

from pathlib import Path

MEASURES = (
    "lof_hc_lc.obs", "lof_hc_lc.exp", "lof_hc_lc.possible", "lof_hc_lc.oe", "lof_hc_lc.mu",
    "lof_hc_lc.pLI", "lof_hc_lc.pNull", "lof_hc_lc.pRec", "lof.obs", "lof.exp", "lof.possible",
    "lof.oe", "lof.mu", "lof.pLI", "lof.pNull", "lof.pRec", "lof.oe_ci.lower", "lof.oe_ci.upper",
    "lof.oe_ci.upper_rank", "lof.oe_ci.upper_bin_decile", "lof.z_raw", "lof.z_score", "mis.obs",
    "mis.exp", "mis.possible", "mis.oe", "mis.mu", "mis.oe_ci.lower", "mis.oe_ci.upper",
    "mis.z_raw", "mis.z_score", "mis_pphen.obs", "mis_pphen.exp", "mis_pphen.possible",
    "mis_pphen.oe", "syn.obs", "syn.exp", "syn.possible", "syn.oe", "syn.mu", "syn.oe_ci.lower",
    "syn.oe_ci.upper", "syn.z_raw", "syn.z_score",
)  # fmt: skip
HEADER = (
    "gene", "gene_id", "transcript", "canonical", "mane_select", *MEASURES, "constraint_flags",
    "level", "transcript_type", "chromosome", "cds_length", "num_coding_exons",
)  # fmt: skip


def row(gene: str, gene_id: str, transcript: str, mane: str = "true", **cells: str) -> str:
    """Return a line; what is not given is NA. `cells` name columns with ``_`` for the dot."""
    named = {name.replace(".", "_"): name for name in HEADER}
    values = dict.fromkeys(HEADER, "NA") | {
        "gene": gene, "gene_id": gene_id, "transcript": transcript, "canonical": mane,
        "mane_select": mane, "constraint_flags": "[]", "transcript_type": "protein_coding",
        "chromosome": "chr22",
    }  # fmt: skip
    return "\t".join((values | {named[name]: cell for name, cell in cells.items()}).values())


DGCR8 = ("DGCR8", "ENSG00000128191", "ENST00000351989")
TANGO2 = ("TANGO2", "ENSG00000183597", "ENST00000327374")
NOW = (
    row("DGCR8", "54487", "NM_022720.7", lof_oe_ci_upper="2.0000e-01"),
    row(*DGCR8, lof_oe_ci_upper="2.0000e-01", lof_pLI="1.0000e+00", mis_z_score="3.5e+00"),
    row(*TANGO2, lof_oe_ci_upper="1.5000e+00", lof_pLI="1.2e-08", mis_z_score="-1.0e-01"),
    row("TANGO2", "ENSG00000183597", "ENST00000434570", "false", constraint_flags='["no_exp_lof"]'),
    row("NA", "ENSG00000000009", "ENST00000000009", "false"),
)
LATER = (
    NOW[0],
    row(*DGCR8, lof_oe_ci_upper="2.1000e-01", lof_pLI="1.0000e+00", mis_z_score="3.5e+00"),
    NOW[2],
    row("RANBP1", "ENSG00000099901", "ENST00000331821", lof_oe_ci_upper="9.0e-01"),
    NOW[4],
)
"""A number that moved, a transcript that went and one that came."""


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write the table as it is published."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "gnomad.v4.1.constraint_metrics.tsv"
    lines = ["\t".join(HEADER), *(LATER if later else NOW)]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return {"metrics": (path,)}
