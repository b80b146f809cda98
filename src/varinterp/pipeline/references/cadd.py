"""CADD: role ``snv``, and ``indels``, which a release may lack."""

from collections import Counter
from pathlib import Path

from varinterp.errors import ReleaseError
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.pipeline.references.score_build import build_packs, build_substitutions, sealed
from varinterp.sources.cadd import LAYOUT, check_build, read_cadd
from varinterp.sources.material import Built, Material
from varinterp.sources.score_changes import score_changes
from varinterp.sources.scores import lookup


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write a track of every substitution, and a pack of insertions and deletions."""
    path, indels = material.one("snv"), material.optional("indels")
    versions = {check_build(each) for each in (path, indels) if each is not None}
    if len(versions) > 1:
        raise ReleaseError(f"the files are of CADD {' and '.join(sorted(versions))}")
    set_aside: Counter[str] = Counter()
    rows = read_cadd(path, set_aside)
    files = build_substitutions(folder, LAYOUT, path, rows, set_aside)
    if indels is not None:
        streams = {"indel": (indels, read_cadd(indels, set_aside))}
        files |= build_packs(folder, LAYOUT, streams, set_aside)
    return sealed(folder, LAYOUT, files, set_aside)


ADAPTER = Adapter(build=build, lookup=lookup, changes=score_changes)
