"""Fetching without a network: what is there is checked, what is missing is named with its place."""

from pathlib import Path

from varinterp.errors import ReleaseError
from varinterp.refs.fetching.digests import digests_of, named, published_digest
from varinterp.refs.fetching.fetched import FetchedFile, Record, intact
from varinterp.refs.fetching.pages import agree
from varinterp.refs.fetching.plan import Item
from varinterp.refs.fetching.upstream_format import WrongContentError
from varinterp.refs.fetching.whole import check_whole


def take_what_is_there(
    folder: Path, record: Record, items: tuple[Item, ...]
) -> tuple[FetchedFile, ...]:
    """Return the files of a release that are here: fetched before, or put here by a person.

    Raises ReleaseError with every file that is missing, its address and where to put it.
    """
    found: list[FetchedFile] = []
    missing: list[str] = []
    for item in items:
        files = _recorded(folder, record, item) or _by_hand(folder, record, item)
        if not files and not item.optional:
            place = folder / item.role / item.name
            missing.append(f"  {item.role}: get {item.url} and put it at {place}")
        found += files
    if missing:
        raise ReleaseError(
            "\n".join([f"{record.source}@{record.release} is not all here:", *missing])
        )
    return tuple(found)


def _recorded(folder: Path, record: Record, item: Item) -> list[FetchedFile]:
    of_role = [file for file in record.files if file.role == item.role]
    files = of_role if item.pages else [file for file in of_role if file.name == item.name]
    if item.pages and not record.complete:
        return []
    broken = [file.name for file in files if not intact(folder / file.role / file.name, file)]
    return [] if broken else files


def _by_hand(folder: Path, record: Record, item: Item) -> list[FetchedFile]:
    """Check files that a person put into a role's folder, with the sums beside if there are any."""
    own = folder / item.role / item.name
    paths = sorted(own.parent.glob(f"{own.stem}.*.json")) if item.pages else [own]
    files = [_checked(path, record, item) for path in paths if path.is_file()]
    label = f"{record.source}@{record.release}: {item.role}"
    if item.pages and files and not agree(paths, label):
        raise ReleaseError(f"{label}: {own.parent} has not every page of the list; get the others")
    return files


def _checked(path: Path, record: Record, item: Item) -> FetchedFile:
    label = f"{record.source}@{record.release}: {item.role}"
    digests = digests_of(path)
    sums = path.with_name(path.name + ".sums")
    published = None
    if sums.is_file():
        name = item.url.rpartition("/")[2]
        published = published_digest(sums.read_text("utf-8", errors="replace"), name, label)
    try:
        if published is not None and not digests.agree(published):
            raise WrongContentError(f"its sum is not {named(published)}")
        check_whole(path, item.format, proven=published is not None)
    except WrongContentError as error:
        raise ReleaseError(f"{label}: {path} is broken: {error}; get {item.url} again") from None
    return FetchedFile(
        role=item.role,
        name=path.name,
        url=item.url,
        final_url=None,
        sha256=digests.sha256,
        size=path.stat().st_size,
        published=None if published is None else named(published),
        agreed=None if published is None else True,
    )
