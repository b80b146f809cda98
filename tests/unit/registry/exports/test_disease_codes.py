"""A mapped code says what it is to the disease: exact, shared, broader, narrower, or none."""

from hypothesis import given
from hypothesis import strategies as st

from varinterp.model.diagnosis import UNDIAGNOSED
from varinterp.registry.exports.disease_codes import DiseaseCodes, Relation

CODES = DiseaseCodes(
    release="2026-08-04",
    same={
        "M:1": ("OMIM:100001", "ORPHA:1"),
        "M:2": ("OMIM:100002", "OMIM:100003", "ORPHA:2"),
        "M:3": ("OMIM:100004", "ORPHA:3", "ORPHA:4"),
        "M:4": ("OMIM:100005",),
        "M:5": ("ORPHA:5",),
        "M:6": ("OMIM:100006",),
        "M:7": ("ORPHA:7",),
        "M:8": ("OMIM:100008", UNDIAGNOSED),
    },
    classes={
        "OMIM:100001": ("M:1",),
        "OMIM:100002": ("M:2",),
        "OMIM:100004": ("M:3",),
        "OMIM:100005": ("M:4",),
        "OMIM:100006": ("M:6",),
        "OMIM:100008": ("M:8",),
        **{f"ORPHA:{number}": (f"M:{min(number, 3)}",) for number in (1, 2, 3, 4)},
    },
    parents={"M:4": ("M:up",), "M:up": ("M:5",), "M:7": ("M:6",)},
)


def _said(disease: str) -> list[tuple[str | None, Relation, int]]:
    return [(code.code, code.relation, code.steps) for code in CODES.of(disease)]


def test_one_to_one_is_exact() -> None:
    assert _said("OMIM:100001") == [("ORPHA:1", Relation.EXACT, 0)]
    assert CODES.exact("OMIM:100001") is not None


def test_two_diseases_of_one_code_share_it_and_none_is_exact() -> None:
    assert _said("OMIM:100002") == [("ORPHA:2", Relation.SHARED, 0)]
    assert CODES.exact("OMIM:100002") is None


def test_two_codes_of_one_disease_are_both_told() -> None:
    assert _said("OMIM:100004") == [
        ("ORPHA:3", Relation.SHARED, 0),
        ("ORPHA:4", Relation.SHARED, 0),
    ]


def test_a_parents_code_is_broader_by_so_many_steps() -> None:
    assert _said("OMIM:100005") == [("ORPHA:5", Relation.BROADER, 2)]
    assert CODES.of("OMIM:100005")[0].text == "ORPHA:5 (broader, 2 step(s), Mondo 2026-08-04)"


def test_a_childs_code_is_narrower() -> None:
    assert _said("OMIM:100006") == [("ORPHA:7", Relation.NARROWER, 1)]


def test_what_mondo_does_not_hold_is_not_mapped() -> None:
    assert _said("OMIM:999999") == [(None, Relation.NOT_MAPPED, 0)]
    assert DiseaseCodes().of("OMIM:999999")[0].text == "OMIM:999999: not mapped"


def test_a_code_of_the_terminology_is_itself() -> None:
    assert _said("ORPHA:77") == [("ORPHA:77", Relation.SAME, 0)]


def test_nothing_maps_to_the_code_that_only_people_sign() -> None:
    assert _said("OMIM:100008") == [(None, Relation.NOT_MAPPED, 0)]


@given(st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.sampled_from("abcdef"))))
def test_a_circle_of_edges_ends(parents: dict[str, tuple[str, ...]]) -> None:
    codes = DiseaseCodes(classes={"OMIM:1": ("a",)}, same={"f": ("ORPHA:6",)}, parents=parents)

    assert codes.of("OMIM:1")
