"""SpliceAI: role ``snv``, and ``indels`` and ``symbols``, which a release may lack.

Its files name genes as they were called in 2016; with HGNC's complete set as ``symbols`` those that
were renamed since are found by the symbol of today.

The catalogue's ``build.scores`` says which of the two kinds of files they are: ``masked``, where
gains of annotated sites and losses of others count nothing (what ClinGen recommends for finding
variants), or ``raw``.
"""

from collections import Counter
from pathlib import Path

from varinterp.errors import ReleaseError
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.pipeline.references.score_build import build_packs, sealed
from varinterp.sources.gene_symbols import renamed_symbols
from varinterp.sources.material import Built, Material
from varinterp.sources.score_changes import score_changes
from varinterp.sources.scores import lookup
from varinterp.sources.spliceai import layout, read_spliceai

_KINDS = ("masked", "raw")


def build(material: Material, context: Context, folder: Path) -> Built:
    """Write the packs of a release, substitutions and indels apart."""
    kind = material.settings.get("scores")
    if kind not in _KINDS:
        raise ReleaseError(
            f"{material.source}: build.scores is {str(kind)[:40]}; say masked or raw, as the "
            "files are"
        )
    shape = layout(kind)
    paths = {"snv": material.one("snv"), "indel": material.optional("indels")}
    set_aside: Counter[str] = Counter()
    streams = {part: (path, read_spliceai(path, set_aside)) for part, path in paths.items() if path}
    symbols = material.optional("symbols")
    renamed = renamed_symbols(symbols) if symbols else None
    files = build_packs(folder, shape, streams, set_aside, renamed=renamed)
    return sealed(folder, shape, files, set_aside)


ADAPTER = Adapter(build=build, lookup=lookup, changes=score_changes)
