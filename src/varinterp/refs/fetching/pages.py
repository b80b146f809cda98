"""A list that a programming interface gives in pages: ``{count, next, results}``.

The list may change while it is read. All pages have to state the same count, and to have as many
results together; otherwise it is read again from its first page.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from varinterp.errors import ReleaseError
from varinterp.refs.fetching.answer import NotThereError
from varinterp.refs.fetching.fetched import FetchedFile
from varinterp.refs.fetching.keep import Keeper
from varinterp.refs.fetching.plan import Item

MOST_PAGES = 5_000
_CHANCES = 2


class _Unsteady(Exception):
    """The list changed while it was read."""


def fetch_pages(item: Item, keeper: Keeper) -> list[FetchedFile]:
    """Return the pages of a list, in order; those of a complete record are kept unasked."""
    if keeper.record.complete:
        kept = [file for file in keeper.record.files if file.role == item.role]
        if kept and all(keeper.here(replace(item, name=file.name)) for file in kept):
            return kept
    for _ in range(_CHANCES):
        try:
            return _read_through(item, keeper)
        except _Unsteady:
            keeper.told(f"{keeper.label(item)}: the list changed while it was read; again")
    raise ReleaseError(
        f"{keeper.label(item)}: the list changed each time while it was read; fetch again later"
    )


def agree(paths: Sequence[Path], label: str) -> bool:
    """Whether pages are all of one list: each states how many results they have together."""
    pages = [_page(path, label) for path in paths]
    return {page.count for page in pages} == {sum(page.results for page in pages)}


def _read_through(item: Item, keeper: Keeper) -> list[FetchedFile]:
    files: list[FetchedFile] = []
    asked: list[str] = []
    url: str | None = item.url
    while url is not None:
        room = item.most - sum(file.size for file in files)
        if url in asked or len(asked) >= MOST_PAGES or room <= 0:
            raise ReleaseError(f"{keeper.label(item)}: its pages have no end, or are too large")
        asked.append(url)
        name = f"{item.name.removesuffix('.json')}.{len(asked):04}.json"
        files.append(_fetched(replace(item, name=name, url=url, most=room), keeper, len(asked)))
        url = _page(keeper.folder / item.role / name, keeper.label(item)).following
    folder = keeper.folder / item.role
    if not agree([folder / file.name for file in files], keeper.label(item)):
        raise _Unsteady
    _tidy(folder, {file.name for file in files})
    return files


def _fetched(page: Item, keeper: Keeper, number: int) -> FetchedFile:
    try:
        return keeper.get(page, anew=True)
    except NotThereError as error:
        if number == 1:
            raise
        raise ReleaseError(f"{keeper.label(page)}: page {number} is missing: {error}") from None


def _tidy(folder: Path, names: set[str]) -> None:
    """Remove what an earlier, longer list left."""
    for path in folder.glob("*.json"):
        if path.name not in names:
            path.unlink()


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page says: results in all, the next page's address, results on it."""

    count: int
    following: str | None
    results: int


def _page(path: Path, label: str) -> _Page:
    page = json.loads(path.read_bytes())
    if isinstance(page, dict):
        count, following, results = page.get("count"), page.get("next"), page.get("results")
        if (
            isinstance(count, int)
            and isinstance(following, str | None)
            and isinstance(results, list)
        ):
            return _Page(count, following, len(results))
    raise ReleaseError(f"{label}: {path} is no page of a list with count, next and results")
