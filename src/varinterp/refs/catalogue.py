"""`resources/sources.yaml`: every reference source, where it comes from and what makes it sound.

The catalogue is data: a laboratory adds its own file of the same form for sources of its own.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from string import Formatter
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from varinterp.errors import ReleaseError
from varinterp.refs.release import Name
from varinterp.strict_yaml import load_yaml, schema_error

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
_PLACES = frozenset({"release", "yyyymmdd", "yyyymm", "yyyy", "mm", "dd", "chromosome"})


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CommercialUse(StrEnum):
    """Whether a laboratory may use the source commercially without asking."""

    ALLOWED = "allowed"
    NOT_ALLOWED = "not_allowed"
    ASK = "ask"


class Licence(_Strict):
    """On what terms a source may be used; `attribution` is what a report prints."""

    name: str
    url: str
    commercial_use: CommercialUse
    attribution: str = ""


class UpstreamFile(_Strict):
    """A file of a release. `url` may hold ``{release}`` and parts of its date, as ``{yyyymmdd}``.

    With `chromosomes` there is one file for each, named by ``{chromosome}``. An `optional` file
    may be missing upstream. `md5_url` names the checksum that upstream publishes. `older_url` and
    `older_md5_url` are where upstream moves both when the next release is out. Without a url the
    file is the laboratory's own, or behind a registration: it is given, never fetched.
    """

    format: str
    url: str | None = None
    md5_url: str | None = None
    older_url: str | None = None
    older_md5_url: str | None = None
    chromosomes: tuple[str, ...] = ()
    optional: bool = False
    max_bytes: Annotated[int, Field(gt=0)] = 200_000_000_000

    def urls(self, release: str, dated: date) -> tuple[str, ...]:
        """Return the addresses of this file for a release; none when it is not fetched."""
        if self.url is None:
            return ()
        return tuple(
            self.url.format(**_places(release, dated), chromosome=chromosome)
            for chromosome in self.chromosomes or ("",)
        )


class Expected(_Strict):
    """Bounds of a count, and how much of it may go or come against the previous release."""

    min: Count = 0
    max: Count | None = None
    drift: Share = 0.2


class Sentinel(_Strict):
    """A key with a known answer: `expect` holds fields and values; an empty one means absent."""

    key: str
    expect: dict[str, Any]
    why: str
    since: date | None = None


class Admission(_Strict):
    """What a release must fulfil to be admitted.

    `set_aside` bounds the share of upstream rows that may be left out, by reason; a reason that
    is not named may not occur at all.
    """

    counts: dict[str, Expected] = Field(default_factory=dict)
    set_aside: dict[str, Share] = Field(default_factory=dict)
    sentinels: tuple[Sentinel, ...] = ()


class Source(_Strict):
    """One source of references.

    It is built with the releases of what it `needs`, and of what it `uses` where there is one.
    """

    title: str
    description: str
    homepage: str
    licence: Licence
    citation: str
    cadence: str
    stale_after_days: Annotated[int, Field(gt=0)]
    files: dict[Name, UpstreamFile]
    adapter: Name | None = None
    needs: tuple[Name, ...] = ()
    uses: tuple[Name, ...] = ()
    vocabulary: str = ""
    facts: tuple[str, ...] = ()
    build: dict[str, Any] = Field(default_factory=dict)
    admission: Admission = Admission()


class Catalogue(_Strict):
    """The file as it is on disk. Nothing is fetched from a host that `hosts` does not name."""

    schema_version: Annotated[int, Field(ge=1, le=1)]
    hosts: tuple[str, ...]
    sources: dict[Name, Source]

    @model_validator(mode="after")
    def _whole(self) -> "Catalogue":
        problems = [*_address_problems(self), *_needs_problems(self)]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def __getitem__(self, name: str) -> Source:
        try:
            return self.sources[name]
        except KeyError:
            raise ReleaseError(
                f"the catalogue has no source {name}; it has {', '.join(sorted(self.sources))}"
            ) from None


def read_catalogue(path: Path) -> Catalogue:
    """Read a catalogue; raise InputError with every fault."""
    try:
        return Catalogue.model_validate(load_yaml(path))
    except ValidationError as error:
        raise schema_error(
            error, path, "catalogue.schema", "see docs/how-to/add-a-reference-release.md"
        ) from error


def _places(release: str, dated: date) -> Mapping[str, str]:
    return {
        "release": release,
        "yyyymmdd": dated.strftime("%Y%m%d"),
        "yyyymm": dated.strftime("%Y%m"),
        "yyyy": dated.strftime("%Y"),
        "mm": dated.strftime("%m"),
        "dd": dated.strftime("%d"),
    }


def _address_problems(catalogue: Catalogue) -> Iterator[str]:
    for name, source in catalogue.sources.items():
        for role, file in source.files.items():
            urls = (file.url, file.md5_url, file.older_url, file.older_md5_url)
            for url in filter(None, urls):
                parts = urlsplit(url)
                if parts.scheme not in ("https", "http") or parts.hostname not in catalogue.hosts:
                    yield f"{name}.{role}: {url} is not on a host of `hosts`"
                unknown = {place for _, place, _, _ in Formatter().parse(url) if place} - _PLACES
                if unknown:
                    yield f"{name}.{role}: {url} names {', '.join(sorted(unknown))}"


def _needs_problems(catalogue: Catalogue) -> Iterator[str]:
    for name, source in catalogue.sources.items():
        for needed in (*source.needs, *source.uses):
            if needed not in catalogue.sources:
                yield f"{name} is built with {needed}, which the catalogue lacks"
