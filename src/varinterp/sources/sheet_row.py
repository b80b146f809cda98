"""One row of the sample sheet, typed."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from varinterp.model.family import Affected, Sex
from varinterp.model.panel import PanelUse
from varinterp.sources.fault_book import FaultBook, shown
from varinterp.sources.names import NAME, PANEL
from varinterp.sources.sheet_table import SheetCells

NOT_SEQUENCED = "."
_NOBODY = frozenset({"", ".", "0"})
_SEX = {
    **{word: Sex.MALE for word in ("male", "m")},
    **{word: Sex.FEMALE for word in ("female", "f")},
    **{word: Sex.UNKNOWN for word in ("unknown", "")},
}
_AFFECTED = {"yes": Affected.YES, "no": Affected.NO, "unknown": Affected.UNKNOWN}
_ANSWERS = {"yes": True, "no": False, "": None}
_USES = {**{use.value: use for use in PanelUse}, "": None}
_PRIVATE = frozenset({"family", "person", "sample", "father", "mother", "indication"})


def _name(value: str) -> str:
    if not NAME.fullmatch(value):
        raise ValueError("another name")
    return value


def _relative(value: str) -> str | None:
    return None if value in _NOBODY else _name(value)


def _sex(value: str) -> Sex:
    return _SEX[value.casefold()]


def _affected(value: str) -> Affected:
    return _AFFECTED[value.casefold() or "unknown"]


def _answer(value: str) -> bool | None:
    return _ANSWERS[value.casefold()]


def _panels(value: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in value.split(";") if name.strip())
    if not all(PANEL.fullmatch(name) for name in names):
        raise ValueError("another name")
    return tuple(dict.fromkeys(names))


def _use(value: str) -> PanelUse | None:
    return _USES[value.casefold()]


def _worded(read: Any) -> BeforeValidator:
    """Turn a word that a table lacks into a ValueError, which pydantic collects."""

    def validate(value: str) -> object:
        try:
            return read(value)
        except KeyError as error:
            raise ValueError("another word") from error

    return BeforeValidator(validate)


_Name = Annotated[str, BeforeValidator(_name)]
_Relative = Annotated[str | None, BeforeValidator(_relative)]
_Answer = Annotated[bool | None, _worded(_answer)]


class SheetRow(BaseModel):
    """A row: paths are text still, `sample` is filled in, empty answers are None."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    line: int
    family: _Name
    person: _Name
    sample: _Name
    father: _Relative
    mother: _Relative
    sex: Annotated[Sex, _worded(_sex)]
    affected: Annotated[Affected, _worded(_affected)]
    proband: _Answer
    vcf: Annotated[str, StringConstraints(min_length=1)]
    cnv_vcf: str
    ped: str
    hpo: str
    phenopacket: str
    onset: Annotated[str, StringConstraints(max_length=80)]
    panel: Annotated[tuple[str, ...], BeforeValidator(_panels)]
    panel_use: Annotated[PanelUse | None, _worded(_use)]
    indication: Annotated[str, StringConstraints(max_length=200)]
    consanguineous: _Answer
    secondary_findings: _Answer
    recontact: _Answer
    reanalysis: _Answer


def typed_row(row: SheetCells, book: FaultBook) -> SheetRow | None:
    """Return the typed row, or None after recording what is wrong with each of its cells."""
    cells = dict(row.cells)
    cells["sample"] = cells["sample"] or cells["person"]
    try:
        return SheetRow.model_validate({"line": row.line, **cells})
    except ValidationError as error:
        wrong = {str(problem["loc"][0]) for problem in error.errors()}
        if not row.cells["sample"] and "person" in wrong:
            wrong.discard("sample")
        for column in (name for name in cells if name in wrong):
            found = "another value" if column in _PRIVATE else shown(cells[column])
            book.add(f"sheet.{column}", found, row.line, column)
        return None
