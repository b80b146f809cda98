"""Whatever is altered behind the registry's back is found, and said where."""

from datetime import timedelta
from hashlib import sha256

import pytest

from registry_builders import EVENING, MORNING, RULES, assessment, register, result
from registry_databases import Database
from registry_moves import move_on
from varinterp.documents.case import dump_case
from varinterp.registry.store import Registry
from varinterp.registry.tables import records
from whole_analysis import analysis

FILLED = ("analysis", "assessment", "basis", "case_", "case_state", "event", "run")


@pytest.fixture
def filled(registry: Registry, database: Database) -> Database:
    register(registry, result([assessment()]))
    register(registry, result([assessment(af=0.5)], analysis=2), MORNING + timedelta(hours=1))
    move_on(registry, EVENING)
    return database


def test_an_untouched_registry_is_whole(filled: Database, registry: Registry) -> None:
    report = registry.verify()

    assert (report.whole, report.links) == (True, 4)
    assert report.rows["assessment"] == 3
    assert filled.ask("SELECT hash FROM batch ORDER BY id DESC LIMIT 1") == [(report.head,)]


@pytest.mark.parametrize("table", FILLED)
def test_every_column_of_every_row_is_in_the_chain(
    filled: Database, registry: Registry, table: str
) -> None:
    (described,) = (each for each in records() if each.name == table)
    altered = {
        "BIGINT": "{0} + 1000", "INTEGER": "{0} + 1000", "TEXT": "{0} || 'x'", "BOOLEAN": "NOT {0}",
    }  # fmt: skip
    flipped = {
        "sqlite": "CAST(substr({0}, 1, length({0}) - 1) || CASE substr({0}, -1) "
        "WHEN x'00' THEN x'01' ELSE x'00' END AS BLOB)",
        "postgresql": "set_byte({0}, length({0}) - 1, 255 - get_byte({0}, length({0}) - 1))",
    }
    filled.drop_triggers(table)
    if filled.engine == "postgresql":
        filled.ask(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    for column in described.columns:
        if column.name == "id":
            continue
        form = altered.get(str(column.type), flipped[filled.engine])
        kept = filled.ask(f"SELECT {column.name} FROM {table} ORDER BY id")  # noqa: S608
        if kept[0][0] is None:
            continue
        change = form.format(column.name)
        undo = f"CREATE TABLE kept AS SELECT * FROM {table}"  # noqa: S608
        filled.ask(undo)
        filled.ask(
            f"UPDATE {table} SET {column.name} = {change} WHERE id = (SELECT min(id) FROM {table})"  # noqa: S608
        )

        broken = registry.verify().broken
        assert broken is not None, column.name
        assert table in broken or "link" in broken

        filled.ask(
            f"UPDATE {table} SET {column.name} ="  # noqa: S608
            f" (SELECT kept.{column.name} FROM kept WHERE kept.id = {table}.id)"
        )
        filled.ask("DROP TABLE kept")
        assert registry.verify().whole


def test_a_flipped_byte_of_what_is_encrypted_is_found_in_its_row(
    filled: Database, registry: Registry
) -> None:
    filled.drop_triggers("assessment")
    flip = {
        "sqlite": "CAST(x'00' || substr(payload, 2) AS BLOB)",
        "postgresql": "set_byte(payload, 0, 255 - get_byte(payload, 0))",
    }[filled.engine]
    filled.ask(f"UPDATE assessment SET payload = {flip} WHERE id = 2")  # noqa: S608

    assert registry.verify().broken == "link 2: row 2 of assessment was altered"


def test_a_row_that_was_taken_out_is_missed(filled: Database, registry: Registry) -> None:
    filled.drop_triggers("event")
    filled.ask("DELETE FROM event")

    assert registry.verify().broken == "link 4: 0 row(s) of event, 1 were written"


def test_a_row_that_was_put_in_belongs_to_no_link(filled: Database, registry: Registry) -> None:
    columns = "pseudonym || 'x', family || 'x', proband, indication_digest, seal"
    filled.ask(f"INSERT INTO case_ SELECT 2, 9, {columns} FROM case_")  # noqa: S608

    assert registry.verify().broken == "row 2 of case_ belongs to no link"


@pytest.mark.parametrize("column", ["kind", "author", "content", "hash", "previous"])
def test_a_link_s_own_words_are_in_the_chain(
    filled: Database, registry: Registry, column: str
) -> None:
    filled.drop_triggers("batch")
    text = '{"case_": 1}' if column == "content" else "x"
    filled.ask(f"UPDATE batch SET {column} = '{text}' WHERE id = 2")  # noqa: S608

    assert (registry.verify().broken or "").startswith(("link 2", "link 3"))


def test_a_link_that_was_cut_out_is_missed(filled: Database, registry: Registry) -> None:
    filled.drop_triggers("batch")
    filled.ask("DELETE FROM batch WHERE id = 2")

    assert registry.verify().broken == "link 2 is missing"


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("assessment_index", "allele = 'GRCh38:1-5-A-C'"),
        ("assessment_index", "allele_key = allele_key + 1"),
        ("assessment_index", "gene = 'HGNC:1'"),
        ("assessment_index", "points = 12"),
        ("assessment_index", "machine_points = 'pathogenic'"),
        ("assessment_index", "sources = 'clinvar'"),
        ("assessment_index", "hashes = positions"),
        ("assessment_index", "gene_part = rules_part"),
        ("read_part", "sources = sources, hashes = digest"),
    ],
)
def test_an_index_that_says_otherwise_is_found(
    filled: Database, registry: Registry, table: str, change: str
) -> None:
    filled.drop_triggers(table)
    filled.ask(f"UPDATE {table} SET {change}")  # noqa: S608

    assert table in (registry.verify().broken or "")


def test_an_index_that_is_gone_is_missed(filled: Database, registry: Registry) -> None:
    filled.drop_triggers("assessment_index")
    filled.ask("DELETE FROM assessment_index WHERE assessment_id = 2")

    assert registry.verify().broken == ("row 2 of assessment_index is not what the assessment says")


def test_a_shared_value_that_was_altered_is_found(registry: Registry, database: Database) -> None:
    whole = analysis()
    digest = sha256(dump_case(whole).encode()).hexdigest()
    registry.register(whole, digest, MORNING, rules=RULES)
    database.drop_triggers("fact_value")
    database.ask("UPDATE fact_value SET value = '{}'")

    assert registry.verify().broken == "a row of fact_value was altered"
