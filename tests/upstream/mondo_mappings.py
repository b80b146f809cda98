"""Mondo's SSSOM tables for the diseases that the demo's genes are given: mostly invented."""

from pathlib import Path

NAMES = "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification\n"
TANGO2 = "MONDO:0018820"
NOW = {
    "omim": (
        (TANGO2, "TANGO2 deficiency", "OMIM:616878"),
        ("MONDO:0000010", "goiter, invented", "OMIM:188400"),
        ("MONDO:0000020", "schizophrenia, invented", "OMIM:181500"),
        ("MONDO:0000030", "disorder, invented", "OMIM:181501"),
        ("MONDO:0000030", "disorder, invented", "OMIM:181502"),
        ("MONDO:0000911", "obsolete disorder", "OMIM:613740"),
    ),
    "orphanet": ((TANGO2, "TANGO2 deficiency", "Orphanet:480864"),),
}
LATER = {
    "omim": (
        (TANGO2, "TANGO2 deficiency", "OMIM:616878"),
        ("MONDO:0000010", "goiter, renamed", "OMIM:188400"),
        ("MONDO:0000030", "disorder, invented", "OMIM:181501"),
        ("MONDO:0000050", "a third, invented", "OMIM:615000"),
    ),
    "orphanet": ((TANGO2, "TANGO2 deficiency", "Orphanet:480864"),),
}


def write(folder: Path, later: bool = False) -> dict[str, tuple[Path, ...]]:
    """Write both tables."""
    folder.mkdir(parents=True, exist_ok=True)
    dated = "2026-08-04" if later else "2026-05-05"
    files: dict[str, tuple[Path, ...]] = {}
    for role, matches in (LATER if later else NOW).items():
        path = folder / f"mondo_exactmatch_{role}.sssom.tsv"
        version = f"http://purl.obolibrary.org/obo/mondo/releases/{dated}/mappings/{path.name}"
        rows = (
            f"{mondo}\t{name}\tskos:exactMatch\t{other}\t\tsemapv:ManualMappingCuration\n"
            for mondo, name, other in matches
        )
        head = f"# curie_map:\n#   MONDO: http://example.org/\n# mapping_set_version: {version}\n"
        path.write_text(head + NAMES + "".join(rows), encoding="utf-8")
        files[role] = (path,)
    return files
