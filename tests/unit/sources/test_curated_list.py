"""A laboratory's list of curated entries: what an entry may say, and what becomes of it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from upstream.curation import MISSENSE, NOW, OF_KIND, SPLICE, row, text
from varinterp.errors import Fault, InputError
from varinterp.model.curation import (
    Assay,
    CaseControl,
    DeNovo,
    Effect,
    Healthy,
    InTrans,
    Origin,
    OtherCause,
    Override,
    PartnerClass,
    Phase,
    Probands,
    RnaStudy,
    Scope,
    Segregation,
    Specificity,
)
from varinterp.model.evidence import Criterion, Outcome, Strength
from varinterp.model.gene_disease import Inheritance
from varinterp.sources.curated_kinds import COLUMNS, ENTRY, FIELDS, MODELS
from varinterp.sources.curated_list import entry_digest, read_list, standing
from varinterp.sources.curated_release import curations_of
from varinterp.sources.curated_table import ListedEntry, read_table

TODAY = date(2026, 6, 1)
SCOPE = Scope("HGNC:25439", "OMIM:616878", Inheritance.AUTOSOMAL_RECESSIVE)


def parsed(folder: Path, *rows: dict[str, str], **rest: Any) -> tuple[ListedEntry, ...]:
    path = folder / "curated.tsv"
    path.write_text(text(rows, COLUMNS), encoding="utf-8")
    return read_list(path, TODAY, **rest)


def faults(folder: Path, *rows: dict[str, str], **rest: Any) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        parsed(folder, *rows, **rest)
    return caught.value.faults


def origin(kind: str) -> Origin:
    return Origin(f"{kind}-1", "A. Curator", "2025-11-22", "26805781")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            "assay",
            lambda o: Assay(SCOPE, o, "Golgi transport", Effect.DAMAGING, 20.1, 14, True),
        ),
        ("rna", lambda o: RnaStudy(SCOPE, o, Effect.DAMAGING, 0.05, Strength.STRONG)),
        ("probands", lambda o: Probands(SCOPE, o, 3)),
        ("case_control", lambda o: CaseControl(SCOPE, o, 8.2, 2.1, 31.0)),
        ("segregation", lambda o: Segregation(SCOPE, o, 4, 0, 1)),
        ("de_novo", lambda o: DeNovo(SCOPE, o, 1, True, Specificity.CONSISTENT)),
        (
            "in_trans",
            lambda o: InTrans(SCOPE, o, 2, Phase.TRANS, SPLICE, PartnerClass.PATHOGENIC),
        ),
        ("healthy", lambda o: Healthy(SCOPE, o, 1, 0, 12)),
        ("other_cause", lambda o: OtherCause(SCOPE, o, 1, "a deletion of 22q11.2")),
        (
            "override",
            lambda o: Override(
                SCOPE, o, Criterion.PM1, Outcome.MET, Strength.MODERATE, "active site"
            ),
        ),
    ],
)
def test_each_kind_becomes_what_criteria_read(tmp_path: Path, kind: str, expected: Any) -> None:
    (found,) = parsed(tmp_path, row(kind))

    assert (found.line, str(found.entry.place)) == (3, MISSENSE)
    assert found.entry.observed() == expected(origin(kind))
    assert found.entry.constructed
    curations = curations_of([found.entry])
    assert getattr(curations, FIELDS[kind]) == (expected(origin(kind)),)
    assert curations.constructed


def test_every_kind_has_an_example_and_a_place() -> None:
    assert OF_KIND.keys() == MODELS.keys() == FIELDS.keys() | {"retraction"}


def test_an_entry_that_names_no_disease_holds_for_any(tmp_path: Path) -> None:
    (found,) = parsed(tmp_path, row("assay", hgnc="", disease="", inheritance=""))

    assert found.entry.scope == Scope()


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_an_entry_is_stored_and_read_back_as_it_was(tmp_path: Path, kind: str) -> None:
    (found,) = parsed(tmp_path, row(kind))
    text = ENTRY.dump_json(found.entry, exclude_defaults=True)

    assert ENTRY.validate_json(text) == found.entry


def test_yaml_of_the_same_fields_is_the_same_list(tmp_path: Path) -> None:
    rows = [row(kind) for kind in FIELDS]
    typed: list[dict[str, object]] = [dict(each) for each in rows]
    for each in typed:
        each["date"] = date(2025, 11, 22)
        each["pmid"] = 26805781
        each["constructed"] = True
        each.update({"count": int(str(each["count"]))} if "count" in each else {})
    path = tmp_path / "curated.yaml"
    path.write_text(yaml.safe_dump({"entries": typed}, sort_keys=False), encoding="utf-8")

    found = read_list(path, TODAY)
    assert [each.entry for each in found] == [each.entry for each in parsed(tmp_path, *rows)]
    assert found[0].line == 2
    assert found[1].line == 2 + len(typed[0])


@pytest.mark.parametrize(
    "document",
    ["[]", "entries: 3", "entries: []\nmore: 1", "entries:\n- 3", "just text", ""],
)
def test_another_yaml_is_no_list(tmp_path: Path, document: str) -> None:
    path = tmp_path / "curated.yml"
    path.write_text(document, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_list(path, TODAY)
    assert {fault.rule for fault in caught.value.faults} == {"curation.list"}


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        pytest.param(row(id=""), "id", id="no id"),
        pytest.param(row(id="a 1"), "id", id="an id with a space"),
        pytest.param(row() | {"kind": "assays"}, "kind", id="an unknown kind"),
        pytest.param(row() | {"kind": ""}, "kind", id="no kind"),
        pytest.param(row(allele="GRCh37:22-1-A-C"), "allele", id="another build"),
        pytest.param(row(allele=""), "allele", id="no allele"),
        pytest.param(row(hgnc="TANGO2"), "hgnc", id="a symbol"),
        pytest.param(row(disease="616878"), "disease", id="a bare number"),
        pytest.param(row(inheritance="AR"), "inheritance", id="another word for a mode"),
        pytest.param(row(author=""), "author", id="nobody"),
        pytest.param(row(author="x" * 301), "author", id="too long a name"),
        pytest.param(row(note="a\x07b"), "note", id="a control character"),
        pytest.param(row(date="22/11/2025"), "date", id="another date"),
        pytest.param(row(date="20251122"), "date", id="a date without hyphens"),
        pytest.param(row(date="1700000000"), "date", id="a number that is no date"),
        pytest.param(row(pmid="PMC6938631"), "pmid", id="another id"),
        pytest.param(row(pmid="1,2"), "pmid", id="commas"),
        pytest.param(row(pmid=""), "pmid", id="neither paper nor note"),
        pytest.param(row(constructed="1"), "constructed", id="a number for yes"),
        pytest.param(row(effect="bad"), "effect", id="an unknown effect"),
        pytest.param(row(odds_path="0"), "odds_path", id="odds of nothing"),
        pytest.param(row(odds_path="nan"), "odds_path", id="odds that are no number"),
        pytest.param(row(odds_path="inf"), "odds_path", id="odds without end"),
        pytest.param(row(odds_path="0.9"), "odds_path", id="damaging, and odds below one"),
        pytest.param(row(effect="normal"), "odds_path", id="normal, and odds above one"),
        pytest.param(row(effect="intermediate"), "odds_path", id="intermediate with odds"),
        pytest.param(row(controls="-1"), "controls", id="fewer than no controls"),
        pytest.param(row(established="maybe"), "established", id="neither yes nor no"),
        pytest.param(row(established=""), "established", id="not said whether established"),
        pytest.param(row(count="3"), "count", id="a cell of another kind"),
        pytest.param(row("rna", normal_fraction="1.2"), "normal_fraction", id="above all"),
        pytest.param(row("rna", effect="normal"), "strength", id="PVS1 of a normal RNA"),
        pytest.param(row("rna", strength="stand_alone"), "strength", id="a benign strength"),
        pytest.param(row("probands", count="0"), "count", id="nobody counted"),
        pytest.param(row("probands", count="1.5"), "count", id="half a person"),
        pytest.param(row("probands", disease=""), "disease", id="people without a disease"),
        pytest.param(row("healthy", disease=""), "disease", id="healthy of nothing"),
        pytest.param(row("case_control", lower="9"), "odds_ratio", id="outside its interval"),
        pytest.param(row("case_control", upper="8"), "odds_ratio", id="above its interval"),
        pytest.param(row("case_control", lower="-1"), "lower", id="below nothing"),
        pytest.param(row("segregation", informative="0"), "informative", id="no meiosis"),
        pytest.param(row("de_novo", parentage="stated"), "parentage", id="another parentage"),
        pytest.param(row("de_novo", phenotype="good"), "phenotype", id="another fit"),
        pytest.param(row("in_trans", partner="22-1"), "partner", id="no allele"),
        pytest.param(row("in_trans", partner=f"GRCh38:{MISSENSE}"), "partner", id="with itself"),
        pytest.param(row("in_trans", phase="homozygous"), "partner", id="homozygous for two"),
        pytest.param(row("in_trans", partner_class="benign"), "partner_class", id="benign"),
        pytest.param(row("healthy", homozygotes="0", heterozygotes=""), "heterozygotes", id="0"),
        pytest.param(row("other_cause", cause=""), "cause", id="no cause"),
        pytest.param(row("override", criterion="PM9"), "criterion", id="no such criterion"),
        pytest.param(row("override", criterion="PP5"), "criterion", id="a withdrawn criterion"),
        pytest.param(row("override", strength=""), "strength", id="met at no strength"),
        pytest.param(row("override", outcome="not_met"), "strength", id="a strength of nothing"),
        pytest.param(row("override", strength="stand_alone"), "strength", id="PM1 stands alone"),
        pytest.param(row("override", reason=""), "reason", id="no reason"),
        pytest.param(row("retraction"), "retracts", id="takes nothing back"),
        pytest.param(row(retracts="assay-1"), "retracts", id="takes itself back"),
        pytest.param(row(date="2026-06-02"), "date", id="tomorrow"),
    ],
)
def test_a_cell_that_is_wrong_is_named_by_line_and_column(
    tmp_path: Path, cells: dict[str, str], column: str
) -> None:
    (fault,) = faults(tmp_path, cells)

    assert (fault.file, fault.line, fault.column) == ("curated.tsv", 3, column)
    assert fault.found
    assert fault.expected
    assert fault.advice


def test_a_benign_criterion_may_be_stated_to_stand_alone(tmp_path: Path) -> None:
    (found,) = parsed(tmp_path, row("override", criterion="BA1", strength="stand_alone"))

    assert found.entry.observed().strength is Strength.STAND_ALONE  # type: ignore[union-attr]


def test_a_homozygote_has_the_allele_itself_as_partner(tmp_path: Path) -> None:
    (found,) = parsed(tmp_path, row("in_trans", phase="homozygous", partner=f"GRCh38:{MISSENSE}"))

    assert found.entry.observed().partner == MISSENSE  # type: ignore[union-attr]


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    found = faults(tmp_path, row(effect="bad", established="maybe"), row("probands", count="0"))

    assert [(fault.line, fault.column) for fault in found] == [
        (3, "effect"), (3, "established"), (4, "count"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("", "no header"),
        ("# nothing\n", "no header"),
        ("id\tkind\tallele\tauthor\n", "no column date"),
        ("id\tkind\tallele\tauthor\tdate\tdate\n", "'date' twice"),
        ("id\tkind\tallele\tauthor\tdate\teffects\n", "'effects', perhaps effect"),
        ("id\tkind\tallele\tauthor\tdate\na\tb\tc\td\te\tf\n", "6 cells"),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, written: str, found: str) -> None:
    path = tmp_path / "curated.tsv"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_list(path, TODAY)
    assert [fault.found for fault in caught.value.faults] == [found]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "curated.tsv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8 text"):
        read_list(path, TODAY)


def test_a_short_row_leaves_its_last_cells_empty(tmp_path: Path) -> None:
    path = tmp_path / "curated.tsv"
    names = ("id", "kind", "allele", "author", "date", "disease", "pmid", "count", "note")
    cells = ("p", "probands", f"GRCh38:{MISSENSE}", "A", "2026-01-01", "OMIM:1", "1", "2")
    path.write_text("\t".join(names) + "\n" + "\t".join(cells) + "\n", encoding="utf-8")

    assert read_list(path, TODAY)[0].entry.note == ""


def test_an_entry_that_was_retracted_counts_no_more_and_stays_in_the_list(tmp_path: Path) -> None:
    listed = parsed(
        tmp_path,
        row("assay"),
        row("probands"),
        row("retraction", retracts="assay-1"),
        row("probands", id="probands-2", retracts="probands-1", count="4"),
    )

    assert [each.entry.id for each in listed] == [
        "assay-1", "probands-1", "retraction-1", "probands-2",
    ]  # fmt: skip
    assert [each.entry.id for each in standing(listed)] == ["probands-2"]


def test_what_took_another_place_can_be_taken_back_itself(tmp_path: Path) -> None:
    listed = parsed(
        tmp_path,
        row("probands"),
        row("probands", id="p2", retracts="probands-1", count="4"),
        row("retraction", retracts="p2"),
    )

    assert standing(listed) == ()


@pytest.mark.parametrize(
    ("rows", "line", "column", "found"),
    [
        pytest.param(
            (row("retraction", retracts="nobody"),), 3, "retracts", "no such id", id="unknown"
        ),
        pytest.param(
            (row("retraction", retracts="assay-1"), row("assay")),
            3, "retracts", "no such id on an earlier line", id="a later entry",
        ),
        pytest.param(
            (
                row("assay"),
                row("retraction", retracts="assay-1"),
                row("retraction", id="r2", retracts="assay-1"),
            ),
            5, "retracts", "retracted by retraction-1 already", id="twice",
        ),
        pytest.param(
            (
                row("assay"),
                row("retraction", retracts="assay-1"),
                row("retraction", id="r2", retracts="retraction-1"),
            ),
            5, "retracts", "a retraction", id="a retraction",
        ),
        pytest.param(
            (row("assay"), row("retraction", retracts="assay-1", allele=f"GRCh38:{SPLICE}")),
            4, "retracts", "an entry of another allele", id="another allele",
        ),
        pytest.param((row("assay"), row("assay")), 4, "id", "assay-1", id="an id twice"),
    ],
)  # fmt: skip
def test_a_list_that_contradicts_itself_is_refused(
    tmp_path: Path, rows: tuple[dict[str, str], ...], line: int, column: str, found: str
) -> None:
    (fault,) = faults(tmp_path, *rows)

    assert (fault.line, fault.column, fault.rule) == (line, column, "curation.list")
    assert found in fault.found


def test_a_list_only_grows(tmp_path: Path) -> None:
    before = {each.entry.id: entry_digest(each.entry) for each in parsed(tmp_path, *NOW)}

    assert len(parsed(tmp_path, *NOW, row("segregation"), before=before)) == len(NOW) + 1
    gone = faults(tmp_path, *NOW[1:], before=before)
    assert [(f.line, f.found) for f in gone] == [(None, "assay-1: gone since the last release")]
    changed = faults(tmp_path, row("assay", controls="15"), *NOW[1:], before=before)
    assert [(f.line, f.found) for f in changed] == [(3, "assay-1: changed since the last release")]
    assert "retract it" in changed[0].advice


def test_the_order_of_lines_and_columns_changes_no_entry(tmp_path: Path) -> None:
    before = {each.entry.id: entry_digest(each.entry) for each in parsed(tmp_path, *NOW)}
    path = tmp_path / "other.tsv"
    path.write_text(text(NOW[::-1], COLUMNS[::-1]), encoding="utf-8")

    assert len(read_list(path, TODAY, before)) == len(NOW)


@given(cells=st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=12), max_size=8))
def test_whatever_a_row_holds_it_is_an_entry_or_a_fault(
    tmp_path_factory: pytest.TempPathFactory, cells: dict[str, str]
) -> None:
    plain = {name: "".join(c for c in cell if c.isprintable()) for name, cell in cells.items()}
    path = tmp_path_factory.mktemp("list") / "curated.tsv"
    path.write_text(text([row() | plain], COLUMNS), encoding="utf-8")
    entries, found = read_table(path)

    assert len(entries) == (not found)
    assert all(fault.line == 3 and fault.column for fault in found)
