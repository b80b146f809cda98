"""`varinterp refs list`: the sources of the catalogue and the releases at hand."""

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.refs.printing import show, show_json
from varinterp.pipeline.references.desk import Desk, open_desk

EXAMPLES = """Examples:

varinterp refs list

varinterp refs list --json > sources.json
"""


def command(configfile: ConfigFile = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """List every source with its releases; * marks the current one. --json says more."""
    desk = open_desk(configfile)
    entries = [_entry(desk, name) for name in _names(desk)]
    if as_json:
        show_json(entries)
        return
    show(
        ("source", "releases", "commercial use", "what"),
        [(e["source"], _releases(e), e["commercial_use"], e["title"]) for e in entries],
    )


def _names(desk: Desk) -> list[str]:
    return sorted({*desk.catalogue.sources, *desk.store.sources()})


def _entry(desk: Desk, name: str) -> dict[str, object]:
    """Describe a source; one that only stands on disk has no catalogue entry."""
    source = desk.catalogue.sources.get(name)
    current = desk.store.current(name)
    return {
        "source": name,
        "title": source.title if source else "not in the catalogue",
        "licence": source.licence.name if source else None,
        "commercial_use": source.licence.commercial_use.value if source else None,
        "cadence": source.cadence if source else None,
        "built_with": [*source.needs, *source.uses] if source else [],
        "facts": list(source.facts) if source else [],
        "releases": [release.manifest.release for release in desk.store.releases(name)],
        "current": current.manifest.release if current else None,
    }


def _releases(entry: dict[str, object]) -> str:
    names = entry["releases"]
    assert isinstance(names, list)  # noqa: S101 - made above
    return " ".join(f"{name}*" if name == entry["current"] else name for name in names) or "-"
