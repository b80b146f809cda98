"""The collector of cycles stands still inside, and afterwards is as it was."""

import gc

import pytest

from varinterp.pipeline.collection import held_still


def test_it_stands_still_and_then_goes_on() -> None:
    assert gc.isenabled()
    with held_still():
        assert not gc.isenabled()
        with held_still():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_failure_does_not_leave_it_standing() -> None:
    with pytest.raises(LookupError), held_still():
        raise LookupError
    assert gc.isenabled()
