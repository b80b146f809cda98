"""Which files a release needs, from where, and what they are called here: a pure function of the
catalogue and the release's name and date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from varinterp.refs.catalogue import Source, UpstreamFile
from varinterp.refs.fetching.upstream_format import UpstreamFormat, upstream_format

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,180}")


@dataclass(frozen=True, slots=True)
class Item:
    """One file to have.

    `pages` says that it is the first page of a list. `older` is the same file where upstream moves
    it when the next release is out.
    """

    role: str
    name: str
    url: str
    sums: str | None
    format: UpstreamFormat
    optional: bool
    most: int
    pages: bool = False
    older: "Item | None" = None


def planned(source: Source, release: str, dated: date) -> tuple[Item, ...]:
    """Return the files that a release of a source has upstream, in the catalogue's order."""
    return tuple(
        item for role, file in source.files.items() for item in _items(role, file, release, dated)
    )


def _items(role: str, file: UpstreamFile, release: str, dated: date) -> Iterator[Item]:
    form = upstream_format(file.format)

    def every(url: str | None) -> tuple[str, ...]:
        return file.model_copy(update={"url": url}).urls(release, dated)

    sums, older, older_sums = map(every, (file.md5_url, file.older_url, file.older_md5_url))
    for number, url in enumerate(file.urls(release, dated)):
        item = Item(
            role=role,
            name=_name(url, role, form),
            url=url,
            sums=sums[number] if sums else None,
            format=form,
            optional=file.optional,
            most=file.max_bytes,
            pages=form.name == "json_pages",
        )
        if older:
            moved = older_sums[number] if older_sums else None
            item = replace(item, older=replace(item, url=older[number], sums=moved))
        yield item


def _name(url: str, role: str, form: UpstreamFormat) -> str:
    """Return the upstream's own name where it shows the format, or else the role's."""
    last = urlsplit(url).path.rpartition("/")[2]
    if _PLAIN.fullmatch(last) and last.endswith(form.suffixes):
        return last
    return role + form.suffixes[0]
