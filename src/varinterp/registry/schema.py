"""Every table of the registry: the modules that describe them, imported together."""

from varinterp.registry import dataset_tables, outbox_tables
from varinterp.registry.tables import METADATA, records

HEAD = "0003"
"""The revision that this version writes: opening a registry that has it imports no migrations."""

__all__ = ["HEAD", "METADATA", "dataset_tables", "outbox_tables", "records"]
