"""One value of a rules file and where it comes from, as it is written."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from varinterp.errors import Fault, InputError

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


def yaml_files(places: Iterable[Path], rule: str, setting: str) -> list[Path]:
    """Return the files at places of a setting: each a file, or a folder of ``.yaml``, in order.

    Raises InputError, with faults of the given rule, for places where there is nothing.
    """
    places = tuple(places)
    faults = [
        Fault(rule, str(place), "nothing there", "a file, or a folder of files",
              f"correct `{setting}` in the configuration")
        for place in places
        if not place.exists()
    ]  # fmt: skip
    if faults:
        raise InputError(faults)
    found = (sorted(each.glob("*.yaml")) if each.is_dir() else [each] for each in places)
    return [path for some in found for path in some]
