"""Every source of the catalogue laid out on a local server, as its upstream lays it out.

The gate's numbers are made for whole releases: in the catalogue that is written here any count will
do, and its sentinels, which are rows of real releases, are left out.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from upstream.server import Upstream
from varinterp.refs.catalogue import Catalogue, Source, read_catalogue
from varinterp.refs.fetching.plan import planned

CATALOGUE = Path(__file__).resolve().parents[2] / "resources" / "sources.yaml"

Dated = tuple[str, date]
"""A release's name and day."""


@dataclass(frozen=True)
class Laid:
    """A release whose files are on the server, or, where they are never fetched, `given`."""

    source: str
    release: str
    dated: date
    given: dict[str, tuple[Path, ...]]
    on_server: bool


def write_catalogue(path: Path, chromosomes: tuple[str, ...] = ("22",)) -> Catalogue:
    """Write the catalogue with bounds that small files meet, and read it."""
    document = yaml.safe_load(CATALOGUE.read_text("utf-8"))
    for source in document["sources"].values():
        admission = source.get("admission", {})
        for expected in admission.get("counts", {}).values():
            expected.update(min=0, max=None, drift=1.0)
        admission["sentinels"] = []
        admission["set_aside"] = dict.fromkeys(admission.get("set_aside", {}), 1.0)
        for file in source["files"].values():
            if "chromosomes" in file:
                file["chromosomes"] = list(chromosomes)
    path.write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
    return read_catalogue(path)


def in_order(catalogue: Catalogue) -> list[str]:
    """Name every source after those that it needs."""
    done: list[str] = []

    def add(name: str) -> None:
        for needed in (*catalogue[name].needs, *catalogue[name].uses):
            add(needed)
        if name not in done:
            done.append(name)

    for name in sorted(catalogue.sources):
        add(name)
    return done


def lay(
    server: Upstream, folder: Path, name: str, source: Source, dated: Dated, later: bool
) -> Laid:
    """Write a release's files and put them where the catalogue's addresses point."""
    own = find_spec(f"upstream.{name}") is not None
    module = import_module(f"upstream.{name if own else source.adapter}")
    written = module.write(folder, later=later)
    release, day = dated
    fetched = set()
    for role, url, path, sums in _addresses(source, release, day, written):
        fetched.add(role)
        address = url.partition("://")[2]
        server.put(address, path.read_bytes())
        if sums is not None:
            digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
            name_there = url.rpartition("/")[2]
            _append(server.root / sums.partition("://")[2], f"{digest}  {name_there}\n")
    given = {role: paths for role, paths in written.items() if role not in fetched}
    return Laid(name, release, day, given, bool(fetched))


def _addresses(
    source: Source, release: str, day: date, written: dict[str, tuple[Path, ...]]
) -> Iterator[tuple[str, str, Path, str | None]]:
    """Pair every file with its address; the pages after a list's first have none of their own."""
    seen: dict[str, int] = {}
    for item in planned(source, release, day):
        number = seen.get(item.role, 0)
        seen[item.role] = number + 1
        paths = written.get(item.role, ())
        if item.pages:
            for page, path in enumerate(paths, 1):
                url = item.url.replace("page=1", f"page={page}")
                yield item.role, url, _relinked(path, item.url, page, len(paths)), None
        elif number < len(paths):
            yield item.role, item.url, paths[number], item.sums


def _relinked(path: Path, first: str, page: int, pages: int) -> Path:
    """Make a page's link to the next one point to this upstream."""
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    following = first.replace("page=1", f"page={page + 1}")
    document["next"] = following if page < pages else None
    path.write_text(json.dumps(document), "utf-8")
    return path


def _append(path: Path, line: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as stream:
        stream.write(line)
