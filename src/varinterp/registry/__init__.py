"""The genomic dataset: append-only, one row per conclusion."""
