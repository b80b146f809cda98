"""A build ends in an admitted release or in a refusal, and a refusal changes nothing."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from varinterp.errors import ReleaseError
from varinterp.pipeline.references import update
from varinterp.pipeline.references.adapter import Adapter, Context
from varinterp.pipeline.references.update import Outcome, Request, build
from varinterp.refs.catalogue import Source
from varinterp.refs.store import Store
from varinterp.sources.material import Built, Material
from varinterp.sources.rules import Rules

SOURCE = Source.model_validate(
    {
        "title": "Words", "description": "Lines of text", "homepage": "https://example.org/",
        "licence": {"name": "CC0", "url": "https://example.org/", "commercial_use": "allowed"},
        "citation": "none", "cadence": "monthly", "stale_after_days": 60,
        "files": {"text": {"format": "txt"}, "more": {"format": "txt", "optional": True}},
        "admission": {
            "counts": {"lines": {"min": 2, "drift": 0.5}},
            "set_aside": {"blank": 0.25},
            "sentinels": [{"key": "first", "expect": {"line": "one"}, "why": "never changes"}],
        },
    }
)  # fmt: skip
NEEDY = SOURCE.model_copy(update={"needs": ("base",)})


def _build(material: Material, context: Context, folder: Path) -> Built:
    lines = material.one("text").read_text().splitlines()
    if "???" in lines:
        raise ReleaseError(f"text, line {lines.index('???') + 1}: unknown word ???")
    kept = [line for line in lines if line]
    (context.scratch / "work").write_text("thrown away")
    (folder / "lines.txt").write_text("\n".join(kept))
    return Built({"lines.txt": len(kept)}, {"lines": len(kept)}, {"blank": len(lines) - len(kept)})


def _lookup(folder: Path, key: str) -> Mapping[str, Any] | None:
    lines = (folder / "lines.txt").read_text().splitlines()
    return {"line": lines[0]} if key == "first" else None


def _changes(old: Path, new: Path, rules: Rules) -> pl.DataFrame:
    raise AssertionError("not asked for")


@pytest.fixture(autouse=True)
def adapter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update, "adapter_of", lambda *_: Adapter(_build, _lookup, _changes))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "refs")


def attempt(
    store: Store, text: str, release: str = "a", dated: str = "2026-01-01", **more: Any
) -> Outcome:
    path = store.root.parent / f"{release}.txt"
    path.write_text(text)
    files = {"text": (path,)}
    source = more.pop("source", SOURCE)
    name = more.pop("name", "words")
    return build(Request(name, source, release, date.fromisoformat(dated), files, **more), store)


def test_a_sound_build_is_admitted_with_its_origin(store: Store) -> None:
    outcome = attempt(store, "one\ntwo\nthree\nfour\n\n")

    assert outcome.problems == ()
    assert outcome.release is not None
    outcome.release.verify()
    origin = outcome.release.manifest.origin
    assert origin is not None
    assert [(file.role, file.name, file.size) for file in origin.upstream] == [
        ("text", "a.txt", 20)
    ]
    assert (origin.counts, origin.set_aside) == ({"lines": 4}, {"blank": 1})
    assert store.current("words") == outcome.release
    assert sorted(path.name for path in store.root.iterdir()) == ["words"]


def test_the_same_files_again_are_the_release_that_is_there(store: Store) -> None:
    first = attempt(store, "one\ntwo")

    again = attempt(store, "one\ntwo")

    assert again.already
    assert again.release == first.release


def test_other_files_under_a_taken_name_are_an_error(store: Store) -> None:
    attempt(store, "one\ntwo")

    with pytest.raises(ReleaseError, match="never replaced"):
        attempt(store, "one\nzwei")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("one\ntwo\n???", "unknown word ???"),
        ("one", "count lines: 1, expected at least 2"),
        ("one\n\n\ntwo", "left out, blank: 2 of 4 rows"),
        ("uno\ndue", "sentinel first (never changes): line is uno, expected one"),
        ("one\n" * 20, "4 in the release before, 20 now"),
    ],
)
def test_a_refused_build_is_quarantined_and_current_stays(
    store: Store, text: str, said: str
) -> None:
    attempt(store, "one\ntwo\nthree\nfour")

    outcome = attempt(store, text, "b", "2026-02-01")

    assert outcome.release is None
    assert said in " | ".join(outcome.problems)
    current = store.current("words")
    assert current is not None
    assert current.manifest.release == "a"
    (verdict,) = store.quarantined("words")
    assert verdict.problems == outcome.problems


def test_the_releases_that_a_build_needs_are_named_in_it(store: Store) -> None:
    attempt(store, "one\ntwo", "1", name="base")
    attempt(store, "one\ntwo\nthree", "2", "2026-02-01", name="base")

    newest = attempt(store, "one\ntwo", "a", source=NEEDY)
    named = attempt(store, "one\ntwo", "b", source=NEEDY, needs={"base": "1"})

    assert newest.release is not None
    assert named.release is not None
    assert newest.release.manifest.origin is not None
    assert named.release.manifest.origin is not None
    assert newest.release.manifest.origin.needs == {"base": "2"}
    assert named.release.manifest.origin.needs == {"base": "1"}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "no file for text"),
        ({"text": (Path("/nowhere.txt"),)}, "is not a file"),
        ({"words": (Path(__file__),), "text": (Path(__file__),)}, "no role words"),
    ],
)
def test_a_request_that_cannot_be_tried_says_what_is_missing(
    store: Store, files: dict[str, tuple[Path, ...]], said: str
) -> None:
    with pytest.raises(ReleaseError, match=said):
        build(Request("words", SOURCE, "a", date(2026, 1, 1), files), store)


def test_a_needed_source_without_a_release_is_named(store: Store) -> None:
    with pytest.raises(ReleaseError, match="varinterp refs build base first"):
        attempt(store, "one\ntwo", source=NEEDY)
