"""From upstream files to an admitted release, or to a refusal that leaves everything as it was."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from varinterp import __version__
from varinterp.errors import ReleaseError
from varinterp.files import sha256_of
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.pipeline.references.adapters import adapter_of
from varinterp.refs.admission import Candidate, judge
from varinterp.refs.catalogue import Source
from varinterp.refs.lock import Releases
from varinterp.refs.release import Origin, Release, Upstream, open_release, write_manifest
from varinterp.refs.store import Store, Verdict
from varinterp.sources.material import Built, Material


@dataclass(frozen=True, slots=True)
class Request:
    """A release to build: its name and date, and its upstream files by role.

    `urls` says where a file was fetched from, by its path; a file without one was given by hand.
    `needs` names the release of each needed source; one that is not named is the current one.
    """

    name: str
    source: Source
    release: str
    dated: date
    files: Mapping[str, tuple[Path, ...]]
    reference: Path | None = None
    urls: Mapping[Path, str] = field(default_factory=dict)
    needs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a build: the release, admitted now or before, or the reasons against it."""

    release: Release | None
    problems: tuple[str, ...] = ()
    set_aside: Mapping[str, int] = field(default_factory=dict)
    already: bool = False


def build(request: Request, store: Store) -> Outcome:
    """Build a release and pass it through the gate.

    A refused one is quarantined with its reasons, and `current` stays. Raises ReleaseError for a
    request that cannot be tried: a name that is taken, a file or a needed release that is missing.
    """
    upstream = _upstream(request)
    needs = _needed(request, store)
    if store.has(request.name, request.release):
        return _again(request, upstream, needs, store)
    adapter = adapter_of(request.name, request.source)
    previous = store.previous(request.name, request.dated)
    with store.staging() as staging:
        folder = staging / "release"
        folder.mkdir()
        try:
            built = _written(adapter, request, needs, previous, folder)
        except ReleaseError as error:
            return _refused(request, store, (str(error),), None)
        problems = _judged(adapter, request, built, previous, folder)
        if problems:
            return _refused(request, store, problems, folder)
        origin = _origin(built, upstream, needs, previous)
        release = _sealed(request, built, origin, folder)
        return Outcome(store.admit(folder, release), set_aside=built.set_aside)


def _upstream(request: Request) -> tuple[Upstream, ...]:
    """Describe every file that the release is built from; ReleaseError for one that is missing."""
    for role, file in request.source.files.items():
        if not file.optional and not request.files.get(role):
            raise ReleaseError(
                f"{request.name}@{request.release}: no file for {role}; fetch it "
                f"(varinterp refs fetch {request.name}), or give it with --file {role}=PATH"
            )
    found = []
    for role, paths in sorted(request.files.items()):
        if role not in request.source.files:
            raise ReleaseError(
                f"{request.name} has no role {role}; it has "
                f"{', '.join(sorted(request.source.files)) or 'none'}"
            )
        for path in paths:
            if not path.is_file():
                raise ReleaseError(f"{path} for {role} of {request.name} is not a file")
            found.append(
                Upstream(
                    role=role,
                    name=path.name[:200],
                    sha256=sha256_of(path),
                    size=path.stat().st_size,
                    url=request.urls.get(path),
                )
            )
    return tuple(found)


def _again(
    request: Request, upstream: Sequence[Upstream], needs: Releases, store: Store
) -> Outcome:
    """The same files under the same name are the release that is there; others are refused."""
    (release,) = (
        release
        for release in store.releases(request.name)
        if release.manifest.release == request.release
    )
    origin = release.manifest.origin
    if (
        origin is not None
        and _digests(origin.upstream) == _digests(upstream)
        and origin.needs == _names(needs)
    ):
        return Outcome(release, already=True)
    raise ReleaseError(
        f"{release.name} is there already, built from other files; a release is never replaced: "
        "give the new one a name of its own with --release"
    )


def _names(needs: Releases) -> dict[str, str]:
    return {name: r.manifest.release for name, r in sorted(needs.by_source.items())}


def _digests(upstream: Sequence[Upstream]) -> list[tuple[str, str]]:
    return sorted((file.role, file.sha256) for file in upstream)


def _needed(request: Request, store: Store) -> Releases:
    """Open the releases to build with; ReleaseError for one that is needed and missing."""
    found = {}
    for source in (*request.source.needs, *request.source.uses):
        named = request.needs.get(source)
        if named is not None:
            found[source] = open_release(store.root, source, named)
        elif (current := store.current(source)) is not None:
            found[source] = current
        elif source in request.source.needs:
            raise ReleaseError(
                f"{request.name} is built with {source}, and there is no release of it: "
                f"varinterp refs build {source} first"
            )
    return Releases(found)


def _written(
    adapter: Adapter, request: Request, needs: Releases, previous: Release | None, folder: Path
) -> Built:
    material = Material(
        request.name, request.release, request.dated, request.files, request.source.build
    )
    before = previous.folder if previous else None
    with tempfile.TemporaryDirectory(prefix="scratch-", dir=folder.parent) as scratch:
        context = Context(request.reference, needs, Path(scratch), before)
        return adapter.build(material, context, folder)


def _judged(
    adapter: Adapter, request: Request, built: Built, previous: Release | None, folder: Path
) -> tuple[str, ...]:
    origin = previous.manifest.origin if previous else None
    candidate = Candidate(
        dated=request.dated,
        rows=sum(rows or 0 for rows in built.rows.values()),
        counts=built.counts,
        set_aside=built.set_aside,
        stated=built.stated,
        before=origin.counts if origin else None,
    )
    return judge(request.source.admission, candidate, lambda key: adapter.lookup(folder, key))


def _origin(
    built: Built, upstream: tuple[Upstream, ...], needs: Releases, previous: Release | None
) -> Origin:
    return Origin(
        software=__version__,
        upstream=upstream,
        needs=_names(needs),
        previous=previous.manifest.release if previous else None,
        counts=dict(sorted(built.counts.items())),
        set_aside=dict(sorted(built.set_aside.items())),
    )


def _sealed(request: Request, built: Built, origin: Origin, folder: Path) -> Release:
    manifest = write_manifest(
        folder,
        source=request.name,
        release=request.release,
        dated=request.dated,
        url=request.source.homepage,
        licence=request.source.licence.name,
        rows=built.rows,
        note=request.source.licence.attribution,
        origin=origin,
    )
    return Release(folder, manifest)


def _refused(
    request: Request, store: Store, problems: tuple[str, ...], folder: Path | None
) -> Outcome:
    verdict = Verdict(source=request.name, release=request.release, problems=problems)
    store.quarantine(verdict, folder)
    return Outcome(None, problems)
