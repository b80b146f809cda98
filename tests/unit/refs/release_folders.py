"""Small releases on disk."""

from datetime import date
from pathlib import Path

from varinterp.refs.release import Origin, Release, write_manifest
from varinterp.refs.store import Store


def sealed(
    folder: Path,
    release: str,
    dated: str,
    text: str = "rows",
    *,
    source: str = "clinvar",
    needs: dict[str, str] | None = None,
    counts: dict[str, int] | None = None,
) -> Release:
    """A folder of one file with its manifest."""
    folder.mkdir(parents=True)
    (folder / "table.txt").write_text(text)
    manifest = write_manifest(
        folder,
        source=source,
        release=release,
        dated=date.fromisoformat(dated),
        url="https://example.org/",
        licence="CC0",
        rows={"table.txt": 1},
        origin=Origin(software="0", upstream=(), needs=needs or {}, counts=counts or {}),
    )
    return Release(folder, manifest)


def admitted(store: Store, release: str, dated: str, text: str = "rows", **more: object) -> Release:
    """An admitted release."""
    with store.staging() as staging:
        built = sealed(staging / "release", release, dated, text, **more)  # type: ignore[arg-type]
        return store.admit(built.folder, built)
