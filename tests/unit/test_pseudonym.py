"""Pseudonyms: stable under a key, different without it, and a key nobody else can read."""

import re
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varinterp.errors import InputError
from varinterp.pseudonym import Pseudonymiser, create_key, load_pseudonymiser, read_key

names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True)
PUBLIC = load_pseudonymiser("demonstration")


@given(names, names)
def test_pseudonyms_have_one_form_and_tell_families_from_people(family: str, person: str) -> None:
    assert re.fullmatch(r"F-[A-Z2-7]{12}", PUBLIC.family(family))
    assert re.fullmatch(r"P-[A-Z2-7]{12}", PUBLIC.person(family, person))
    assert PUBLIC.family(family)[2:] != PUBLIC.person(family, family)[2:]


@given(names, names, names)
def test_one_name_in_two_families_is_two_people(first: str, second: str, person: str) -> None:
    same = PUBLIC.person(first, person) == PUBLIC.person(second, person)
    assert same is (first == second)


def test_pseudonyms_do_not_change_between_releases() -> None:
    assert Pseudonymiser(b"k" * 32).family("FAM1") == "F-SDYCNOXQWMXC"


def test_another_key_gives_other_pseudonyms(tmp_path: Path) -> None:
    create_key(tmp_path / "lab.key")
    lab = load_pseudonymiser(str(tmp_path / "lab.key"))
    assert lab.family("FAM1") != PUBLIC.family("FAM1")
    assert lab == load_pseudonymiser(str(tmp_path / "lab.key"))
    assert "key" not in repr(lab)


def test_a_new_key_is_private_and_never_replaces_one(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "lab.key"
    create_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    key = read_key(path)
    with pytest.raises(InputError, match=r"key\.exists"):
        create_key(path)
    assert read_key(path) == key


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused_with_the_command(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "lab.key"
    create_key(path)
    path.chmod(mode)
    with pytest.raises(InputError, match="chmod 600"):
        read_key(path)


def test_a_short_or_missing_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lab.key"
    with pytest.raises(InputError, match=r"key\.missing"):
        read_key(path)
    path.write_bytes(b"short")
    path.chmod(0o600)
    with pytest.raises(InputError, match=r"key\.short"):
        read_key(path)
