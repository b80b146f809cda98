"""The checked-in reference is the generated one, and what a run writes is as the reference says."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from demo_runs import DEMO, ROOT, Stages, demo_config
from program import generated_documents
from varinterp.cli.reference.schemas import TABLES
from varinterp.pipeline.consequence import CONSEQUENCE_FIELDS
from varinterp.pipeline.variants import ANNOTATED_SCHEMA
from varinterp.strict_yaml import load_yaml

jsonschema = pytest.importorskip("jsonschema")

SCHEMAS = ROOT / "docs" / "reference" / "schemas"
DOCUMENTS = generated_documents()
RELEASE_TABLES = sorted(DEMO.glob("refs/*/*/*.parquet"))
COLUMN = re.compile(
    r"^\| `(?P<name>\w+)` \| (?P<type>[\w<>]+) \| (?P<null>[^|]+) \| ", re.MULTILINE
)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_document_on_disk_is_the_generated_one(path: Path) -> None:
    assert path.read_text("utf-8") == DOCUMENTS[path], "type: make docs"


def test_no_schema_is_left_of_something_that_is_gone() -> None:
    assert set(SCHEMAS.iterdir()) == {path for path in DOCUMENTS if path.parent == SCHEMAS}


# What a run of the demonstration writes


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one family of the demonstration, up to its case document."""
    stages = Stages(demo_config(tmp_path_factory.mktemp("reference")))
    stages.case("DEMO-V1")
    return stages.run.folder(stages.run.pseudonym("DEMO-V1"))


@pytest.mark.xdist_group("reference")
@pytest.mark.parametrize("name", ["variants", "candidates"])
def test_a_table_of_a_run_has_exactly_its_schema(name: str, written: Path) -> None:
    assert _schema(written / f"{name}.parquet").equals(TABLES[name], check_metadata=False)


@pytest.mark.xdist_group("reference")
@pytest.mark.parametrize(
    ("file", "schema"),
    [
        ("intake.json", "intake"),
        ("classified.json", "case"),
        ("case.json", "case"),
        ("refs.lock.yaml", "lock"),
    ],
)
def test_a_document_of_a_run_satisfies_its_schema(file: str, schema: str, written: Path) -> None:
    _validate(written / file, schema)


@pytest.mark.parametrize("path", RELEASE_TABLES, ids=lambda path: path.relative_to(DEMO).as_posix())
def test_a_table_of_a_release_has_exactly_its_schema(path: Path) -> None:
    source = {"disease_phenotypes": "hpo"}.get(path.parents[1].name, path.parents[1].name)

    assert _schema(path).equals(TABLES[f"{source}.{path.stem}"], check_metadata=False)


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        (ROOT / "config" / "config.yaml", "config"),
        (DEMO / "config.yaml", "config"),
        (ROOT / "resources" / "rules" / "core-v1.yaml", "rules"),
        *(
            (path, "gene_specification")
            for path in sorted((ROOT / "resources" / "gene_specs").glob("*.yaml"))
        ),
        *((path, "lock") for path in sorted(DEMO.glob("*.lock.yaml"))),
        *((path, "manifest") for path in sorted(DEMO.glob("refs/*/*/manifest.json"))),
    ],
    ids=lambda value: value.relative_to(ROOT).as_posix() if isinstance(value, Path) else value,
)
def test_a_file_that_a_run_reads_satisfies_its_schema(path: Path, schema: str) -> None:
    _validate(path, schema)


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        (ROOT / "config" / "config.yaml", "config"),
        (ROOT / "resources" / "rules" / "core-v1.yaml", "rules"),
        (DEMO / "refs.lock.yaml", "lock"),
        (DEMO / "refs" / "hpo" / "2025-01-16" / "manifest.json", "manifest"),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else value,
)
def test_a_schema_refuses_a_field_that_it_does_not_know(path: Path, schema: str) -> None:
    with pytest.raises(jsonschema.ValidationError, match="surprise"):
        jsonschema.validate({**_read(path), "surprise": 1}, _json_schema(schema))


# Every column is described, under its name, type and order


def test_every_column_of_the_tables_is_described() -> None:
    variants, candidates = _described()

    assert variants == [_column(field) for field in _flat(ANNOTATED_SCHEMA)]
    assert candidates == [_column(field) for field in CONSEQUENCE_FIELDS]


def _described() -> tuple[list[tuple[str, str, bool]], list[tuple[str, str, bool]]]:
    """The rows of files.md, of either table: name, type, whether it can be null."""
    text = (ROOT / "docs" / "reference" / "files.md").read_text("utf-8")
    variants, _, candidates = text.partition("## candidates.parquet")
    return _rows(variants), _rows(candidates)


def _rows(text: str) -> list[tuple[str, str, bool]]:
    return [(m["name"], m["type"], m["null"] != "no") for m in COLUMN.finditer(text)]


def _flat(schema: pa.Schema) -> Iterator[pa.Field]:
    """The columns, and after a column of structures the fields of one."""
    for field in schema:
        yield field
        if pa.types.is_list(field.type) and pa.types.is_struct(field.type.value_type):
            yield from field.type.value_type


def _column(field: pa.Field) -> tuple[str, str, bool]:
    name = re.sub(r"struct<.*>(?=>)|^struct<.*>$", "struct", str(field.type).replace("item: ", ""))
    return field.name, name, field.nullable


def _schema(path: Path) -> pa.Schema:
    return pq.read_schema(path)  # type: ignore[no-untyped-call]


def _validate(path: Path, schema: str) -> None:
    jsonschema.validate(_read(path), _json_schema(schema))


def _read(path: Path) -> dict[str, Any]:
    document = json.loads(path.read_bytes()) if path.suffix == ".json" else load_yaml(path)
    assert isinstance(document, dict)
    # YAML makes a date of what the rules, and their reader, have as text.
    return {
        name: str(value) if isinstance(value, date) else value for name, value in document.items()
    }


def _json_schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
