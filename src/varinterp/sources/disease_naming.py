"""One id a disease: curators name by Mondo, OMIM or Orphanet, and HPO describes by the last two.

A link whose disease HPO describes can be compared with a patient; so that id is chosen where there
is just one. Between two that are equally good nothing is guessed: the disease keeps Mondo's id.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from varinterp.sources.mondo import Mappings

PREFERRED = ("OMIM:", "ORPHA:")


@dataclass(frozen=True, slots=True)
class DiseaseNaming:
    """Mondo's exact matches, and the ids that HPO describes: none when no release of it is read."""

    mappings: Mappings
    described: frozenset[str] = frozenset()

    def id_of(self, stated: str) -> str:
        """Return the id under which a disease stands in our links."""
        mondo = self._mondo(stated)
        return stated if mondo is None else self._best(mondo)

    def name_of(self, id_: str, stated: Iterable[str]) -> str:
        """Return Mondo's name of a disease, or the first that a curator gave it."""
        mondo = self._mondo(id_)
        known = self.mappings.names.get(mondo, "") if mondo else ""
        return known or next(filter(None, sorted(stated)), id_)

    def _mondo(self, stated: str) -> str | None:
        """Return the one disease of Mondo that an id is the same as.

        An OMIM id that shares its match with another OMIM id is the more precise of the two.
        """
        if stated.startswith("MONDO:"):
            return stated
        same = self.mappings.mondo.get(stated, ())
        if len(same) != 1:
            return None
        alone = self._of(same[0], "OMIM:") == (stated,)
        return same[0] if alone or not stated.startswith("OMIM:") else None

    def _best(self, mondo: str) -> str:
        matches = [self._of(mondo, prefix) for prefix in PREFERRED]
        known = [tuple(id_ for id_ in ids if id_ in self.described) for ids in matches]
        return next((ids[0] for ids in (*known, *matches) if len(ids) == 1), mondo)

    def _of(self, mondo: str, prefix: str) -> tuple[str, ...]:
        return tuple(id_ for id_ in self.mappings.exact.get(mondo, ()) if id_.startswith(prefix))
