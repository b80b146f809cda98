"""The reference documents that are generated from the code; `make docs` writes them again."""

from pathlib import Path

from varinterp.cli.reference.schemas import schema_documents
from varinterp.cli.reference.verbs import verbs_document
from varinterp.pipeline.workflow import repository

FOLDER = Path("docs") / "reference"


def reference_documents() -> dict[Path, str]:
    """Return every generated document by its path, from the repository's top."""
    documents = {Path("cli.md"): verbs_document()} | {
        Path("schemas") / name: text for name, text in schema_documents().items()
    }
    return {repository() / FOLDER / path: text for path, text in documents.items()}
