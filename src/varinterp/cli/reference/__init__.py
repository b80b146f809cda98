"""The documents that are generated from the code; `make docs` writes them again."""

from pathlib import Path

from varinterp.cli.reference.glossary import glossary_document
from varinterp.cli.reference.schemas import schema_documents
from varinterp.cli.reference.sources import sources_document
from varinterp.cli.reference.verbs import verbs_document
from varinterp.pipeline.workflow import repository
from varinterp.registry.exports.profile import read_profile
from varinterp.registry.exports.profile_document import profile_document, tables_document


def generated_documents() -> dict[Path, str]:
    """Return the text of every generated document by its path."""
    docs = repository() / "docs"
    schemas = docs / "reference" / "schemas"
    return {
        docs / "explanation" / "glossary.md": glossary_document(),
        docs / "reference" / "cli.md": verbs_document(),
        docs / "reference" / "sources.md": sources_document(),
        docs / "reference" / "registry-profile.md": profile_document(read_profile()),
        docs / "reference" / "export-tables.md": tables_document(),
        **{schemas / name: text for name, text in schema_documents().items()},
    }
