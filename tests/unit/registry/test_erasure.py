"""An erased case cannot be read by anybody, and the registry can still be verified."""

from contextlib import suppress
from pathlib import Path

import pytest

from registry_builders import ALLELES, EVENING, MORNING, RULES, assessment, key, register, result
from registry_databases import Database, count, rows
from registry_moves import basis, move_on, moved, new_run
from varinterp.errors import InputError, InternalError
from varinterp.registry.store import Registry

SECRET = "rhabdomyolysis of CANARY"  # noqa: S105 (an indication)


@pytest.fixture
def erased(registry: Registry, database: Database) -> Registry:
    register(registry, result([assessment()], indication=SECRET))
    register(registry, result([assessment(key("case-2", ALLELES[1]))], case="case-2"))
    move_on(registry, MORNING)
    registry.erase("case-1", EVENING, "data officer")
    return registry


def test_nothing_of_it_is_returned(erased: Registry) -> None:
    for ask in (erased.current, erased.result, erased.case):
        with pytest.raises(InputError, match=r"registry\.erased"):
            ask("case-1")
    assert erased.history(key()) == ()
    assert erased.events() == ()
    assert erased.concluded_from("gnomad", "2025-01-16")[0].case == "case-2"
    assert [(state.case, state.erased) for state in erased.states()] == [
        ("case-1", True),
        ("case-2", False),
    ]


def test_the_chain_still_holds_and_tells_who_erased_it(
    erased: Registry, database: Database
) -> None:
    assert erased.verify().whole
    assert database.ask("SELECT author FROM erasure") == [("data officer",)]


def test_its_indexes_are_gone_and_the_others_stay(erased: Registry, database: Database) -> None:
    assert database.ask("SELECT allele FROM assessment_index") == [(f"GRCh38:{ALLELES[1]}",)]
    assert count(database, "case_key") == 1


def test_erasing_again_changes_nothing(erased: Registry, database: Database) -> None:
    before = rows(database)

    erased.erase("case-1", EVENING, "somebody else")

    assert rows(database) == before


def test_nothing_is_added_to_it(erased: Registry, database: Database) -> None:
    before = rows(database)

    with pytest.raises(InputError, match=r"registry\.erased"):
        register(erased, result([assessment()], analysis=9, indication=SECRET))
    run = erased.runs()[0].id
    one = moved([], analysis=3)
    with suppress(InternalError):  # it stands on the target already: left alone, or refused
        erased.move(run, [one], (), basis(), RULES, EVENING)
    assert rows(database) == before
    assert new_run().target == basis()


def test_the_key_is_in_no_file_any_more(registry: Registry, path: Path) -> None:
    register(registry, result([assessment()], indication=SECRET))
    with registry.session() as connection:
        secret = bytes(connection.exec_driver_sql("SELECT secret FROM case_key").scalar_one())
    assert secret in _bytes(path)

    registry.erase("case-1", EVENING, "data officer")

    assert secret not in _bytes(path)


def test_what_is_personal_is_nowhere_in_clear(registry: Registry, path: Path) -> None:
    register(registry, result([assessment()], indication=SECRET))

    assert b"CANARY" not in _bytes(path)
    assert b"HP:0003201" not in _bytes(path)


def _bytes(path: Path) -> bytes:
    return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
