"""What lies between a case's basis and the target: releases, and the program itself."""

from varinterp.model.basis import Basis, Move
from varinterp.pipeline.history.status import basis_moves

OLD = Basis.of({"clinvar": "2015-02-03", "rules": "core-v1-aa"}, "0.1.0")


def test_on_the_target_nothing_lies_between() -> None:
    assert basis_moves(OLD, OLD) == ()


def test_a_release_and_another_version_are_both_named() -> None:
    new = Basis.of({"clinvar": "2017-04-04", "rules": "core-v1-aa"}, "0.2.0")
    assert basis_moves(OLD, new) == (
        Move("clinvar", "2015-02-03", "2017-04-04"),
        Move("varinterp", "0.1.0", "0.2.0"),
    )
