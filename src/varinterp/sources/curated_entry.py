"""What every curated entry has, and what the cells of a list take, as types of pydantic."""

import datetime as dt
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from varinterp.model.curation import (
    Assay,
    CaseControl,
    DeNovo,
    Healthy,
    InTrans,
    Origin,
    OtherCause,
    Override,
    Probands,
    RnaStudy,
    Scope,
    Segregation,
)
from varinterp.model.gene_disease import Inheritance
from varinterp.model.variant import Allele

Observed = (
    Assay | RnaStudy | Probands | CaseControl | Segregation | DeNovo | InTrans | Healthy
    | OtherCause | Override
)  # fmt: skip


def _day(value: Any) -> Any:
    """Refuse the numbers and times that pydantic would take for a day."""
    if isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value:
        return value
    if type(value) is dt.date:
        return value.isoformat()
    raise ValueError("a date such as 2026-11-22")


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("a text without control characters")
    return text


def _allele(text: str) -> str:
    return Allele.parse(text).id


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _yes(value: Any) -> Any:
    if value in ("yes", True):
        return True
    if value in ("no", False):
        return False
    raise ValueError("yes or no")


EntryId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Text = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_printable)]
Note = Annotated[str, Field(max_length=300), AfterValidator(_printable)]
AlleleText = Annotated[str, AfterValidator(_allele)]
Day = Annotated[str, BeforeValidator(_day)]
Pmids = Annotated[str, BeforeValidator(_as_text), Field(pattern=r"^[1-9]\d{0,8}(;[1-9]\d{0,8})*$")]
YesNo = Annotated[bool, BeforeValidator(_yes)]
Count = Annotated[int, Field(ge=1, le=1_000_000)]
MaybeNone = Annotated[int, Field(ge=0, le=1_000_000)]
Ratio = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class CuratedEntry(BaseModel):
    """What every entry has. An empty `hgnc`, `disease` or `inheritance` stands for any."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    id: EntryId
    allele: AlleleText
    hgnc: Annotated[str, Field(pattern=r"^HGNC:[1-9]\d*$")] | None = None
    disease: Annotated[str, Field(pattern=r"^(OMIM|ORPHA|MONDO|DECIPHER|PMID):\d+$")] | None = None
    inheritance: Inheritance | None = None
    author: Text
    date: Day
    pmid: Pmids | None = None
    note: Note = ""
    retracts: EntryId | None = None
    constructed: YesNo = False

    @property
    def place(self) -> Allele:
        """The allele that the entry is about."""
        return Allele.parse(self.allele)

    @property
    def scope(self) -> Scope:
        """What the entry holds for."""
        return Scope(self.hgnc, self.disease, self.inheritance)

    @property
    def origin(self) -> Origin:
        """Who states the entry."""
        return Origin(self.id, self.author, self.date, self.pmid, self.note)

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """Return the columns that this kind alone has."""
        return tuple(name for name in cls.model_fields if name not in COMMON)

    def observed(self) -> Observed | None:
        """Return what the entry states; None for one that only takes another back."""
        return self._observed()

    def _observed(self) -> Observed | None:
        return None


COMMON = ("kind", *CuratedEntry.model_fields)
"""The columns that every kind has."""
