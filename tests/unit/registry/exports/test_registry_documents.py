"""The generated pages on the profile and the tables are those of the code."""

from core_builders import ROOT
from varinterp.registry.exports.case_paths import CASE_PATHS
from varinterp.registry.exports.finding_paths import FINDING_PATHS
from varinterp.registry.exports.profile import read_profile
from varinterp.registry.exports.profile_document import profile_document, tables_document
from varinterp.registry.exports.tables import TABLES

REFERENCE = ROOT / "docs" / "reference"


def test_the_page_on_the_profile_is_the_generated_one() -> None:
    profile = read_profile(ROOT / "resources/registry/profile-v1.yaml")
    text = profile_document(profile)

    assert (REFERENCE / "registry-profile.md").read_text("utf-8") == text, "type: make docs"
    assert all(f"| `{field.field}` |" in text for field in profile.fields)
    assert all(f"| `{path}` |" in text for path in (*CASE_PATHS, *FINDING_PATHS))


def test_the_page_on_the_tables_is_the_generated_one() -> None:
    text = tables_document()

    assert (REFERENCE / "export-tables.md").read_text("utf-8") == text, "type: make docs"
    assert all(f"## {table.name}.parquet" in text for table in TABLES)
