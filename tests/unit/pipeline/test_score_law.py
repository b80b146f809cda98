"""The table of changes holds exactly the keys whose answer differs between two releases."""

from collections import Counter
from collections.abc import Callable
from itertools import count, product
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core_builders import ROOT
from varinterp.model.chromosome import Chromosome
from varinterp.model.prediction import SpliceEffect
from varinterp.pipeline.references.score_build import (
    build_packs,
    build_positions,
    build_substitutions,
    sealed,
)
from varinterp.sources import alphamissense, cadd, phylop, spliceai
from varinterp.sources.rules import read_rules
from varinterp.sources.score_changes import score_changes
from varinterp.sources.scores import lookup

RULES = read_rules(ROOT / "resources/rules/core-v1.yaml")
NUMBERS = count()
ALLELES = (
    ("1", 10_000, "A", "C"),
    ("1", 10_000, "A", "ACGTACGTACGT"),
    ("1", 10_000, "A", "AGGTACGTACGT"),
    ("22", 20_061_538, "G", "A"),
    ("22", 20_061_538, "GAAC", "G"),
    ("X", 5, "T", "G"),
)
OWNERS = ("ENST00000000001", "ENST00000000002", "ENST00000000003")
SCORES = (0.0, 0.099, 0.1, 0.169, 0.5, 0.792, 0.99, 1.0)
Release = dict[Any, Any]
SLOW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def folder(tmp_path: Path) -> Path:
    made = tmp_path / str(next(NUMBERS))
    made.mkdir()
    return made


def of_transcripts(release: Release, out: Path) -> None:
    rows = [
        {
            "chromosome": c, "position": p, "ref": r, "alt": a,
            "score": score, "owner": owner, "line": 1,
        }
        for ((c, p, r, a), owner), score in release.items()
    ]  # fmt: skip
    schema = {
        "chromosome": pl.String, "position": pl.Int32, "ref": pl.String, "alt": pl.String,
        "score": pl.Float64, "owner": pl.String, "line": pl.Int64,
    }  # fmt: skip
    blocks = [pl.DataFrame(rows, schema=schema)]
    left: Counter[str] = Counter()
    scratch = out / ".scratch"
    stream = {"snv": (Path("upstream.tsv"), blocks)}
    files = build_packs(out, alphamissense.LAYOUT, stream, left, scratch=out.parent / "s")
    sealed(out, alphamissense.LAYOUT, files, left)
    assert not scratch.exists()


def of_genes(release: Release, out: Path) -> None:
    shape = spliceai.layout("raw")
    rows = [
        {"chromosome": c, "position": p, "ref": r, "alt": a, "score": score, "owner": owner,
         "effect": effect, "line": 1}
        for ((c, p, r, a), owner), (score, effect) in sorted(
            release.items(), key=lambda item: (ALLELES.index(item[0][0]), item[0][1])
        )
    ]  # fmt: skip
    schema = {
        "chromosome": pl.String, "position": pl.Int32, "ref": pl.String, "alt": pl.String,
        "score": pl.Float64, "owner": pl.String, "effect": pl.String, "line": pl.Int64,
    }  # fmt: skip
    left: Counter[str] = Counter()
    blocks = [pl.DataFrame([row], schema=schema) for row in rows]
    files = build_packs(out, shape, {"snv": (Path("upstream.vcf"), blocks)}, left)
    sealed(out, shape, files, left)


def of_positions(release: Release, out: Path) -> None:
    left: Counter[str] = Counter()
    stretches = [
        (Chromosome(c), pl.DataFrame({"position": [p], "score": [score], "line": [1]}))
        for (c, p), score in sorted(release.items())
    ]
    files = build_positions(out, phylop.LAYOUT, Path("upstream.wigFix"), stretches)
    sealed(out, phylop.LAYOUT, files, left)


def of_substitutions(release: Release, out: Path) -> None:
    left: Counter[str] = Counter()
    rows = [
        {"chromosome": c, "position": p, "ref": r, "alt": a, "score": score, "line": 1}
        for (c, p, r, a), score in sorted(release.items())
    ]
    schema = {
        "chromosome": pl.String, "position": pl.Int32, "ref": pl.String, "alt": pl.String,
        "score": pl.Float64, "line": pl.Int64,
    }  # fmt: skip
    blocks = [pl.DataFrame(rows, schema=schema)] if rows else []
    files = build_substitutions(out, cadd.LAYOUT, Path("upstream.tsv"), blocks, left)
    sealed(out, cadd.LAYOUT, files, left)


SUBSTITUTIONS = [
    (chromosome, position, ref, alt)
    for chromosome, position, ref in (("1", 7, "A"), ("1", 8, "G"), ("1", 30, "T"), ("2", 7, "C"))
    for alt in "ACGT"
    if alt != ref
]
POSITIONS = [("1", 7), ("1", 8), ("1", 30), ("2", 7), ("2", 1_500_000)]


def placed(place: tuple[Any, ...]) -> str:
    return "-".join(map(str, place))


WORLDS: dict[str, tuple[Any, Any, Any]] = {
    "transcripts": (
        of_transcripts,
        st.dictionaries(
            st.sampled_from(list(product(ALLELES, OWNERS))), st.sampled_from(SCORES), max_size=8
        ),
        [f"{placed(allele)}@{owner}" for allele, owner in product(ALLELES, OWNERS)],
    ),
    "genes": (
        of_genes,
        st.dictionaries(
            st.sampled_from(list(product(ALLELES, ("TANGO2", "DGCR8")))),
            st.tuples(st.sampled_from(SCORES), st.sampled_from([e.value for e in SpliceEffect])),
            max_size=6,
        ),
        [f"{placed(allele)}@{gene}" for allele, gene in product(ALLELES, ("TANGO2", "DGCR8"))],
    ),
    "positions": (
        of_positions,
        st.dictionaries(st.sampled_from(POSITIONS), st.sampled_from((-3.5, 0.021, 7.367, 9.8))),
        [placed(place) for place in POSITIONS],
    ),
    "substitutions": (
        of_substitutions,
        st.dictionaries(st.sampled_from(SUBSTITUTIONS), st.sampled_from((0.15, 22.7, 25.3, 40.0))),
        [placed(place) for place in SUBSTITUTIONS],
    ),
}


@pytest.mark.parametrize("world", WORLDS)
@SLOW
@given(data=st.data())
def test_exactly_the_keys_whose_answer_differs_have_changed(
    world: str, data: st.DataObject, tmp_path: Path
) -> None:
    write: Callable[[Release, Path], None]
    write, releases, keys = WORLDS[world]
    old, new = folder(tmp_path), folder(tmp_path)
    for out in (old, new):
        work = out / "release"
        work.mkdir()
        write(data.draw(releases), work)

    table = score_changes(old / "release", new / "release", RULES)
    differing = {
        key for key in keys if lookup(old / "release", key) != lookup(new / "release", key)
    }

    assert set(table["key"]) == differing
    assert table.height == len(differing)


@pytest.mark.parametrize("world", WORLDS)
@SLOW
@given(data=st.data())
def test_a_release_holds_what_it_was_given_and_nothing_else(
    world: str, data: st.DataObject, tmp_path: Path
) -> None:
    write, releases, keys = WORLDS[world]
    release = data.draw(releases)
    out = folder(tmp_path) / "release"
    out.mkdir()
    write(release, out)
    given_ = {
        (f"{placed(k[0])}@{k[1]}" if isinstance(k[0], tuple) else placed(k)): v
        for k, v in release.items()
    }
    for key in keys:
        found, wanted = lookup(out, key), given_.get(key)
        if wanted is None:
            assert found is None
        else:
            value, effect = wanted if isinstance(wanted, tuple) else (wanted, None)
            assert found == ({"value": value} | ({"effect": effect} if effect else {}))
