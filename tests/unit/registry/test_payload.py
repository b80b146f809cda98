"""What is encrypted comes back as it was, for whoever has the key and nobody else."""

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varinterp.errors import StageError
from varinterp.registry import payload
from varinterp.registry.payload import CaseKey, new_secret, pack

KEY = CaseKey(1, new_secret())


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_a_text_comes_back(text: str) -> None:
    assert KEY.unlock("assessment", 7, KEY.lock("assessment", 7, pack(text))) == text


def test_the_same_text_is_never_the_same_twice() -> None:
    assert KEY.lock("assessment", 7, pack("text")) != KEY.lock("assessment", 7, pack("text"))


@pytest.mark.parametrize(
    ("key", "table", "row"),
    [(CaseKey(1, new_secret()), "assessment", 7), (KEY, "candidate", 7), (KEY, "assessment", 8)],
)
def test_another_key_table_or_row_does_not_open_it(key: CaseKey, table: str, row: int) -> None:
    with pytest.raises(StageError, match="was altered"):
        key.unlock(table, row, KEY.lock("assessment", 7, pack("text")))


def test_a_token_needs_the_key() -> None:
    assert KEY.token("a key") == KEY.token("a key")
    assert KEY.token("a key") != CaseKey(1, new_secret()).token("a key")


def test_a_key_is_not_shown() -> None:
    assert KEY.secret.hex() not in repr(KEY)
    assert str(KEY.secret) not in repr(KEY)


def test_the_dictionary_of_every_payload_is_never_changed() -> None:
    dictionary = Path(payload.__file__).with_name("payload-1.txt").read_bytes()
    assert (
        sha256(dictionary).hexdigest()
        == "e4d5d45dcd23511bd2158a421e0e90daf01bfc9348043d9b216a5512c6195d6f"
    )
