"""One value of a rules file and where it comes from, as it is written."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]

WORDS = {
    "population.local_use": ("shown", "counted"),
    "de_novo.phenotype": ("highly_specific", "consistent", "heterogeneous"),
    "in_trans.rare": ("pm2", "not_bs1"),
    "inheritance.penetrance": ("full", "incomplete"),
    "segregation.penetrance": ("full", "incomplete"),
    "bs2.onset": ("early", "not_stated"),
    "phenotype.method": ("fusion", "logistic"),
    "length.one_residue": ("supporting", "moderate", "strong"),
}
"""The rules that are one word of a few."""


class RuleEntry(BaseModel):
    """One value and where it comes from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Number | str | tuple[str, ...]
    source: Annotated[str, Field(min_length=10)]


def with_text_date(document: object) -> object:
    """YAML reads an unquoted date as a date; the rules name theirs as text."""
    if isinstance(document, dict) and isinstance(document.get("date"), date):
        return {**document, "date": document["date"].isoformat()}
    return document
