"""What the catalogue's `build` block says of a gnomAD release: its data set, groups, fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from varinterp.errors import ReleaseError

JOINT, EXOMES, GENOMES = "joint", "exomes", "genomes"
GROUPS = ("afr", "ami", "amr", "asj", "eas", "fin", "mid", "nfe", "remaining", "sas")
BOUNDED = ("afr", "amr", "eas", "mid", "nfe", "sas")
"""gnomAD 4.1's genetic ancestry groups, and those with a FAF95. Its exomes have no ``ami``, and its
genomes (gnomAD 3's people) no FAF95 of ``mid``, as the header that was read says."""
_SUFFIX = {JOINT: "_joint", EXOMES: "", GENOMES: ""}
_FIELDS = {
    "ac": "AC{set}", "an": "AN{set}", "af": "AF{set}", "nhomalt": "nhomalt{set}",
    "ac_xy": "AC{set}_XY", "nhomalt_xy": "nhomalt{set}_XY",
    "faf95": "fafmax_faf95_max{set}", "faf95_group": "fafmax_faf95_max_gen_anc{set}",
    "group_max_af": "AF_grpmax{set}",
}  # fmt: skip
_OF_JOINT = {"exome_filters": "exomes_filters", "genome_filters": "genomes_filters"}
_GROUP_FIELDS = {"ac": "AC{set}_{group}", "an": "AN{set}_{group}", "faf95": "faf95{set}_{group}"}
NEEDED = ("ac", "an")
_KNOWN = frozenset(
    {
        "data_set", "groups", "bounded_groups", "fields", "mitochondrial_fields", "coverage",
        "allele_numbers",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CoverageLimits:
    """When a position counts as looked at.

    In a table of coverage: at least `share` of its people have a depth of `depth` or more (its
    column ``over_20``). In a table of allele numbers: at least `alleles` were called; an allele
    absent among 100,000 has a frequency below 3e-5 with 95 % confidence. A position is covered
    when any table that is given says so.
    """

    depth: int = 20
    share: float = 0.8
    alleles: int = 100_000


@dataclass(frozen=True, slots=True)
class GnomadSettings:
    """How to read a release. `fields` are INFO names by our column; None where there is none."""

    data_set: str
    groups: tuple[str, ...]
    bounded: tuple[str, ...]
    fields: Mapping[str, str | None]
    mitochondrial: Mapping[str, str]
    limits: CoverageLimits = field(default_factory=CoverageLimits)

    def names(self) -> dict[str, str]:
        """Return the INFO field of each column, groups' columns as ``ac_afr``."""
        suffix = _SUFFIX[self.data_set]
        named = {name: each for name, each in self.fields.items() if each is not None}
        for measure, template in _GROUP_FIELDS.items():
            for group in self.bounded if measure == "faf95" else self.groups:
                named[f"{measure}_{group}"] = template.format(set=suffix, group=group)
        return named


def read_settings(settings: Mapping[str, Any]) -> GnomadSettings:
    """Return the settings of a catalogue's `build` block; ReleaseError for an unknown one.

    `data_set` is joint, exomes or genomes; `groups` and `bounded_groups` replace gnomAD 4.1's;
    `fields` and `mitochondrial_fields` replace INFO names (null: no such field); `coverage` has
    `depth` and `share`, `allele_numbers` has `alleles`.
    """
    strange = sorted(settings.keys() - _KNOWN)
    data_set = str(settings.get("data_set", JOINT))
    if strange or data_set not in _SUFFIX:
        raise ReleaseError(f"gnomAD's build settings: {', '.join(strange) or data_set} is unknown")
    standard = _FIELDS | (_OF_JOINT if data_set == JOINT else {})
    fields: dict[str, str | None] = {
        name: template.format(set=_SUFFIX[data_set]) for name, template in standard.items()
    }
    replaced = dict(settings.get("fields", {}))
    unknown = sorted(replaced.keys() - fields.keys()) or [
        name for name in NEEDED if name in replaced and replaced[name] is None
    ]
    if unknown:
        raise ReleaseError(f"gnomAD's build settings: fields.{unknown[0]} cannot be that")
    return GnomadSettings(
        data_set,
        tuple(sorted(settings.get("groups", _groups(data_set)))),
        tuple(sorted(settings.get("bounded_groups", _bounded(data_set)))),
        fields | replaced,
        dict(settings.get("mitochondrial_fields", {})),
        CoverageLimits(
            **dict(settings.get("coverage", {})), **dict(settings.get("allele_numbers", {}))
        ),
    )


def _groups(data_set: str) -> tuple[str, ...]:
    return tuple(g for g in GROUPS if data_set != EXOMES or g != "ami")


def _bounded(data_set: str) -> tuple[str, ...]:
    return tuple(g for g in BOUNDED if data_set != GENOMES or g != "mid")
