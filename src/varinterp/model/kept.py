"""Values worked out from one set of facts, kept with what was asked for them.

Each is a pure function of the facts and of what it looked at. That is observed while it is worked
out, not declared: one that never looked at the allele is the same for every allele, and one that
never looked at the disease is the same for every disease of the gene.
"""

from collections.abc import Iterable, Mapping
from typing import Any

Worked = tuple[Any, Mapping[str, Any], bool, int]
"""A value, the reads it took by their places, whether any was constructed, what it looked at."""

ByName = dict[str, Worked]

_ALLELES = 4
"""Alleles whose values are kept: one after another is asked about, for all of its diseases.

More of them cost more, in memory that no processor's cache holds, than they save.
"""


class Kept:
    """What was worked out, for a gene and disease whatever the allele, and for an allele."""

    __slots__ = ("_of_alleles", "_of_links")

    def __init__(self) -> None:
        self._of_links: dict[tuple[object, ...], ByName] = {}
        self._of_alleles: dict[tuple[object, ...], ByName] = {}

    def of_link(self, *link: object) -> ByName:
        """Return what holds for every allele, to be read and added to."""
        found = self._of_links.get(link)
        return self._of_links.setdefault(link, {}) if found is None else found

    def of_allele(self, *allele: object) -> ByName:
        """Return what holds of an allele for every disease, to be read and added to."""
        found = self._of_alleles.get(allele)
        if found is None:
            if len(self._of_alleles) >= _ALLELES:
                self._of_alleles.clear()
            found = self._of_alleles[allele] = {}
        return found

    def without(self, changed: Iterable[str]) -> "Kept":
        """Return what took none of some reads."""
        changed, left = frozenset(changed), Kept()
        for of, into in ((self._of_links, left._of_links), (self._of_alleles, left._of_alleles)):
            for place, values in of.items():
                into[place] = {
                    name: worked for name, worked in values.items() if changed.isdisjoint(worked[1])
                }
        return left
