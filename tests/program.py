"""The command line, imported for tests.

Typer 0.24 imports names that click 8.5 deprecates, and a warning fails a test.
"""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from typer.testing import CliRunner

    from varinterp.cli.main import app
    from varinterp.cli.reference import generated_documents
    from varinterp.cli.reference.verbs import verb_names

__all__ = ["CliRunner", "app", "generated_documents", "verb_names"]
