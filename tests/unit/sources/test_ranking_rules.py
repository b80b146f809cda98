"""A laboratory's own numbers of the ranking: what cannot be weighed is refused before a run."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from core_builders import ROOT
from varinterp.errors import InputError
from varinterp.sources.rules import Rules, read_rules

CORE: dict[str, Any] = yaml.safe_load((ROOT / "resources/rules/core-v1.yaml").read_text())
OF_RANKING = {
    key: entry for key, entry in CORE["rules"].items() if key.startswith(("rank.", "phenotype."))
}
SOURCE = "our own choice, for a test"


def read(tmp_path: Path, key: str, value: object) -> Rules:
    return read_all(tmp_path, {**OF_RANKING, key: {"value": value, "source": SOURCE}})


def read_all(tmp_path: Path, rules: dict[str, Any]) -> Rules:
    path = tmp_path / "rules.yaml"
    path.write_text(yaml.safe_dump({**CORE, "rules": rules}, sort_keys=False))
    return read_rules(path)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("rank.prior", 0.5),
        ("rank.validity.limited", 1),
        ("rank.copy_number.pathogenic", 1),
        ("rank.phenotype_weight", 0),
        ("rank.panel", -2.5),
        ("rank.known_stars", 0),
        ("rank.calibration.unsolved", -3),
        ("rank.left_out", ["PP1", "BS4", "PM2"]),
        ("rank.family", []),
        ("rank.panel_levels", ["green", "amber"]),
    ],
)
def test_what_can_be_weighed_is_the_laboratorys_to_choose(
    key: str, value: object, tmp_path: Path
) -> None:
    found = read(tmp_path, key, value).values[key].value

    assert found == (tuple(value) if isinstance(value, list) else value)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("rank.prior", 0, "rank.prior is a number above 0 and at most 0.999"),
        ("rank.prior", 1, "rank.prior is a number above 0"),
        ("rank.prior", -0.1, "rank.prior is"),
        ("rank.prior", "low", "rank.prior is"),
        ("rank.prior", ["0.1"], "rank.prior is"),
        ("rank.very_strong", 1, "rank.very_strong is a number above 1"),
        ("rank.very_strong", 1e300, "rank.very_strong is"),
        ("rank.phenotype_weight", -1, "rank.phenotype_weight is a number from 0 to 10"),
        ("rank.genotype.contradicted", 0, "rank.genotype.contradicted is"),
        ("rank.genotype.phase_unknown", 1.5, "rank.genotype.phase_unknown is"),
        ("rank.validity.limited", 0, "rank.validity.limited is"),
        ("rank.validity.none", 0, "rank.validity.none is"),
        ("rank.copy_number.benign", 0, "rank.copy_number.benign is"),
        ("rank.calibration.slope", 0, "rank.calibration.slope is"),
        ("rank.calibration.slope", -1, "rank.calibration.slope is"),
        ("rank.calibration.unsolved", 1e308, "rank.calibration.unsolved is"),
        ("rank.known_stars", 5, "rank.known_stars is a number from 0 to 4"),
        ("rank.panel", 1e9, "rank.panel is"),
        ("phenotype.mode_mismatch", 1, "phenotype.mode_mismatch is"),
        ("rank.left_out", ["PP4", "PP1", "BS4", "PP9"], "rank.left_out has PP9, which is none of"),
        ("rank.left_out", ["PP4", "PP1"], "rank.left_out lacks BS4, which rank.family counts"),
        ("rank.family", "PP1", "rank.family is a list of words"),
        ("rank.panel_levels", ["Green"], "rank.panel_levels has Green, which is none of green"),
        ("rank.effect.silent", -50, "rank.effect.silent is a number from -8 to 8"),
        ("rank.pannel", 1, "rank.pannel is no rule of the ranking"),
        ("rank.validity.refuted", 0.1, "rank.validity.refuted is no rule of the ranking"),
    ],
)
def test_what_cannot_be_weighed_is_refused_by_name(
    key: str, value: object, message: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path, key, value)

    assert message in str(error.value)


@pytest.mark.parametrize(
    "key", ["rank.calibration.slope", "rank.panel_levels", "rank.effect.silent"]
)
def test_a_copy_of_an_older_file_is_told_what_it_lacks(key: str, tmp_path: Path) -> None:
    older = {name: entry for name, entry in OF_RANKING.items() if name != key}

    with pytest.raises(InputError, match=f"{key} is missing"):
        read_all(tmp_path, older)


def test_rules_of_something_else_need_none_of_the_ranking(tmp_path: Path) -> None:
    entry = {"value": 0.05, "source": SOURCE}

    assert set(read_all(tmp_path, {"gate.rare_max": entry}).values) == {"gate.rare_max"}
