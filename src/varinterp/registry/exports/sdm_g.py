"""The genomic record of a case, as the profile lays it out: JSON for programs, TSV for people.

The findings are the signed ones; what the program alone concludes is no part of the record.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from varinterp.errors import Fault, InputError
from varinterp.model.canonical import Json
from varinterp.registry.exports.code_systems import CODE_SYSTEMS
from varinterp.registry.exports.disease_codes import DiseaseCodes
from varinterp.registry.exports.permission import Export, require
from varinterp.registry.exports.profile import Code, Level, Profile, ProfileField
from varinterp.registry.exports.profile_path import Context, FieldType, Plain
from varinterp.registry.exports.provenance import provenance
from varinterp.registry.exports.record import Subject
from varinterp.registry.exports.variant_view import variant_views

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a field, and the code that says it where there is one."""

    value: Plain
    code: Code | None

    @property
    def text(self) -> str:
        """The code with its system, or the value itself, for one cell."""
        if self.code is not None and ":" in self.code.code:
            return self.code.code
        if self.code is not None:
            return f"{self.code.system}:{self.code.code}"
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        return str(self.value)


Row = dict[str, tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class GenomicRecord:
    """A filled profile: the fields of the case, and those of each signed finding."""

    subject: Subject
    profile: Profile
    on: date
    case: Row
    findings: tuple[Row, ...]


def genomic_record(
    subject: Subject, profile: Profile, codes: DiseaseCodes, on: date
) -> GenomicRecord:
    """Fill a profile; raise InputError for a case without consent or without a required value."""
    require(subject, Export.SDM_G, on)
    at = Context(subject, on, codes)
    views = variant_views(subject)
    faults: list[Fault] = []
    case = _row(profile.at(Level.CASE), at, faults)
    findings = tuple(
        _row(profile.at(Level.FINDING), Context(subject, on, codes, view), faults) for view in views
    )
    if faults:
        raise InputError(faults)
    return GenomicRecord(subject, profile, on, case, findings)


def record_json(record: GenomicRecord) -> str:
    """Return the record as JSON: sorted keys, two-space indent, a final newline."""
    document: dict[str, Json] = {
        "schema_version": SCHEMA_VERSION,
        "profile": {
            "name": record.profile.name,
            "version": record.profile.version,
            "notice": record.profile.notice.strip(),
        },
        "on": record.on.isoformat(),
        "provenance": provenance(record.subject.document),
        "case": _json_row(record.profile, record.case),
        "findings": [_json_row(record.profile, row) for row in record.findings],
    }
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def record_tsv(record: GenomicRecord) -> str:
    """Return one line a finding, the case's fields repeated; one line for a case without any.

    Lines of ``#`` name the profile, the day and the releases; values of one cell are joined by
    ``;``.
    """
    profile = record.profile
    names = [field.field for field in profile.fields]
    head = [
        f"# {profile.name} {profile.version}, filled on {record.on.isoformat()}",
        *(f"# {line}" for line in profile.notice.strip().splitlines()),
        *(
            f"# {each.source} {each.release}, {each.licence}"
            + (", constructed data" if each.constructed else "")
            for each in record.subject.document.releases
        ),
    ]
    rows = [record.case | finding for finding in record.findings] or [record.case]
    lines = ["\t".join(_cell(row.get(name, ())) for name in names) for row in rows]
    return "\n".join([*head, "\t".join(names), *lines]) + "\n"


def _row(fields: tuple[ProfileField, ...], at: Context, faults: list[Fault]) -> Row:
    row = {}
    for field in fields:
        values = tuple(_values(field, at, faults))
        if not field.cardinality.allows(len(values)):
            faults.append(
                _fault("sdm_g.cardinality", at, field, f"{len(values)} value(s)", field.cardinality)
            )
        row[field.field] = values
    return row


def _values(field: ProfileField, at: Context, faults: list[Fault]) -> Iterator[Value]:
    for plain in field.path.read(at):
        if plain is None:
            continue
        if field.values:
            yield Value(plain, field.values[str(plain)])
        elif field.type is FieldType.CODE and field.terminologies:
            system = _system(field, str(plain))
            if system is None:
                expected = " or ".join(CODE_SYSTEMS[name].shape for name in field.terminologies)
                faults.append(_fault("sdm_g.code", at, field, "another code", expected))
            else:
                yield Value(plain, Code(system=system, code=str(plain), label=_label(at, plain)))
        else:
            yield Value(plain, None)


def _system(field: ProfileField, code: str) -> str | None:
    found = (name for name in field.terminologies if CODE_SYSTEMS[name].holds(code))
    return next(found, None)


def _label(at: Context, code: Plain) -> str:
    return at.subject.document.term_names.get(str(code), "")


def _fault(rule: str, at: Context, field: ProfileField, found: str, expected: str) -> Fault:
    return Fault(
        rule=rule,
        file=at.subject.record.case,
        column=field.field,
        found=found,
        expected=expected,
        advice="record what is missing, or change the field's cardinality in the profile",
    )


def _json_row(profile: Profile, row: Row) -> Json:
    return {
        field.field: {
            "label": {"en": field.label.en, "fr": field.label.fr},
            "code": None if field.code is None else field.code.model_dump(),
            "values": [_json_value(value) for value in row[field.field]],
        }
        for field in profile.fields
        if field.field in row
    }


def _json_value(value: Value) -> Json:
    plain = value.value.isoformat() if isinstance(value.value, date) else value.value
    code: Json = None if value.code is None else dict(value.code.model_dump())
    return {"value": plain, "code": code}


def _cell(values: tuple[Value, ...]) -> str:
    """One cell; a tab or a line break of a free text would make another cell of it."""
    return ";".join(" ".join(value.text.split()) for value in values)
