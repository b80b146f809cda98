"""`docs/reference/registry-profile.md` and `export-tables.md`, written from the code."""

from collections.abc import Iterable, Mapping

from varinterp.registry.exports.case_paths import CASE_PATHS
from varinterp.registry.exports.code_systems import CODE_SYSTEMS
from varinterp.registry.exports.finding_paths import FINDING_PATHS
from varinterp.registry.exports.profile import Code, Level, Profile, ProfileField
from varinterp.registry.exports.profile_path import SourcePath
from varinterp.registry.exports.tables import TABLES, Table

_HEAD = """# The profile of the genomic record

*Generated from `resources/registry/{file}` and the code: `make docs` writes it again.*

{notice}

`varinterp registry export --format sdm-g` fills it for each case, as JSON and TSV. Edit a copy and
name it with `--profile`; a path, word, terminology or code that cannot be is refused with its line.

Each field has

| key | meaning |
|---|---|
| `field` | its name in the export: lower case, digits and `_` |
| `label` | what people read, `en` and `fr` |
| `level` | `case`: once a case; `finding`: once a signed finding |
| `type` | `code`, `text`, `date`, `integer`, `decimal` or `boolean`: that of its path |
| `cardinality` | `0..1`, `1..1`, `0..*` or `1..*`; a required value that lacks is a fault |
| `source` | the path that fills it, from the lists below |
| `terminology` | what its values are codes of; several are separated by <code>&#124;</code> |
| `code` | the field's own code: `system`, `code`, `label` |
| `values` | a code for each word of the path, all of them or none |
"""


def profile_document(profile: Profile, file: str = "profile-v1.yaml") -> str:
    """Return the page on a profile: its fields, then every path and terminology there is."""
    parts = [_HEAD.format(file=file, notice=profile.notice.strip())]
    parts.append(f"\n## Fields of {profile.name} {profile.version}\n")
    for level in Level:
        parts += [f"\n### Of a {level}\n", *_fields(profile.at(level))]
    parts += ["\n## Paths of a case\n", *_paths(CASE_PATHS)]
    parts += ["\n## Paths of a finding\n", *_paths(FINDING_PATHS)]
    parts += ["\n## Terminologies\n", *_terminologies()]
    return "\n".join(parts) + "\n"


def tables_document() -> str:
    """Return the page on the tables of the Parquet export."""
    parts = [
        "# The tables of the Parquet export\n",
        "*Generated from the code: `make docs` writes it again.*\n",
        "`varinterp registry export --format parquet` writes one file a table, and `export.json`",
        "with versions, licences, digests and the cases that are withheld. Who is in them:",
        "[export what the registry holds](../how-to/export.md).",
    ]
    for table in TABLES:
        parts += [f"\n## {table.name}.parquet\n", f"{_sentence(table.meaning)}\n", *_columns(table)]
    return "\n".join(parts) + "\n"


def _fields(fields: Iterable[ProfileField]) -> list[str]:
    rows = [
        (
            f"`{field.field}`",
            field.label.fr,
            field.type.value,
            field.cardinality.value,
            f"`{field.source}`",
            _code(field.code),
            "; ".join(f"{word} → {_code(code)}" for word, code in field.values.items())
            or " or ".join(field.terminologies),
        )
        for field in fields
    ]
    return _table(("field", "libellé", "type", "values", "path", "code", "codes of values"), rows)


def _paths(paths: Mapping[str, SourcePath]) -> list[str]:
    rows = [
        (f"`{name}`", path.type.value, path.meaning, ", ".join(f"`{w}`" for w in path.words))
        for name, path in sorted(paths.items())
    ]
    return _table(("path", "type", "meaning", "words"), rows)


def _terminologies() -> list[str]:
    rows = [(f"`{name}`", system.oid or "", system.shape) for name, system in CODE_SYSTEMS.items()]
    return _table(("name", "OID", "what is checked"), rows)


def _columns(table: Table) -> list[str]:
    rows = [
        (
            f"`{field.name}`",
            str(field.type).replace("item: ", "").replace(" not null", ""),
            "yes" if field.nullable else "no",
            field.metadata[b"meaning"].decode(),
        )
        for field in table.schema
    ]
    return _table(("column", "type", "null", "meaning"), rows)


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [headings, tuple("---" for _ in headings), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def _code(code: Code | None) -> str:
    return "" if code is None else f"{code.system} {code.code}"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
