"""What every work on references starts from: settings, catalogue and the folder of releases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from varinterp.errors import ReleaseError
from varinterp.pipeline.config import Settings, read_settings
from varinterp.pipeline.references.update import Outcome, Request, build
from varinterp.refs.catalogue import Catalogue, read_catalogue
from varinterp.refs.fetch import Fetched, FetchOptions, fetch, fetched_folder, read_fetched
from varinterp.refs.release import Release, open_release
from varinterp.refs.store import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """The settings, the catalogue and the folder of releases."""

    settings: Settings
    catalogue: Catalogue
    store: Store

    @classmethod
    def of(cls, settings: Settings) -> "Desk":
        """Read the catalogue that the settings name."""
        return cls(settings, read_catalogue(settings.catalogue), Store(settings.references))

    def release(self, text: str) -> Release:
        """Open ``source@release``, or the current release of ``source``."""
        source, _, name = text.partition("@")
        if name:
            return open_release(self.store.root, source, name)
        current = self.store.current(source)
        if current is None:
            raise ReleaseError(f"there is no release of {source} under {self.store.root}")
        return current

    def fetch(self, name: str, release: str, dated: date, options: FetchOptions) -> Fetched:
        """Bring a release's upstream files to the folder of fetched files."""
        source = self.catalogue[name]
        return fetch(name, source, self.catalogue, release, dated, self.store.root, options)

    def build(
        self,
        name: str,
        release: str,
        dated: date | None,
        given: Mapping[str, Sequence[Path]],
        needs: Mapping[str, str],
    ) -> Outcome:
        """Build a release from the files that are given, or from those that were fetched for it.

        `dated` is needed for files that are given; fetched ones know theirs. A given role takes
        the place of the fetched one.
        """
        source = self.catalogue[name]
        files: dict[str, tuple[Path, ...]] = {}
        urls: dict[Path, str] = {}
        folder = fetched_folder(self.store.root, name, release)
        if (folder / "fetched.json").is_file():
            fetched = read_fetched(folder)
            fetched.verify()
            files |= fetched.files
            urls |= fetched.urls
            dated = dated or fetched.dated
        files |= {role: tuple(paths) for role, paths in given.items()}
        if dated is None:
            raise ReleaseError(
                f"{name}@{release} was not fetched, so its date is not known: give --dated, or "
                f"varinterp refs fetch {name} first"
            )
        request = Request(name, source, release, dated, files, self.settings.reference, urls, needs)
        return build(request, self.store)


def open_desk(configfile: Path) -> Desk:
    """Read a configuration and its catalogue."""
    return Desk.of(read_settings(configfile))
