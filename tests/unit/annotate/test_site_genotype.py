"""A genotype seen from one allele of its site."""

import pytest

from varinterp.annotate.site_genotype import (
    AlleleNumberError,
    as_vcf,
    call,
    copies_and_ploidy,
    side,
    site_genotype,
)


@pytest.mark.parametrize(
    ("called", "index", "seen", "split", "copies"),
    [
        ("0/1", 1, "0/1", "0/1", (1, 2)),
        ("1/2", 1, "1/2", "1/.", (1, 2)),
        ("1/2", 2, "2/1", "./1", (1, 2)),
        ("2/2", 1, "2/2", "./.", (0, 2)),
        ("0|2", 2, "0|1", "0|1", (1, 2)),
        ("./1", 1, "./1", "./1", (None, None)),
        ("./.", 1, "./.", "./.", (None, None)),
        (".", 1, "./.", "./.", (None, None)),
        (None, 1, "./.", "./.", (None, None)),
        ("1", 1, "1", "1", (1, 1)),
        ("2", 1, "2", ".", (0, 1)),
        ("|0|1", 1, "0|1", "0|1", (1, 2)),
    ],
)
def test_other_allele_of_the_site_is_neither_reference_nor_missing(
    called: str | None, index: int, seen: str, split: str, copies: tuple[int | None, int | None]
) -> None:
    found = site_genotype(called, index, 2)
    assert found == seen
    assert as_vcf(found) == split
    assert copies_and_ploidy(found) == copies


def test_allele_number_beyond_the_record_is_refused() -> None:
    with pytest.raises(AlleleNumberError):
        site_genotype("0/3", 1, 2)


@pytest.mark.parametrize(
    ("seen", "expected"), [("0|1", 1), ("1|0", 0), ("2/1", 1), ("1/1", None), ("0/0", None),
                           ("1", None), ("./1", None)],
)  # fmt: skip
def test_side_is_told_only_for_one_copy_of_two(seen: str, expected: int | None) -> None:
    assert side(seen) == expected


def test_records_agree_when_they_give_the_allele_as_many_copies() -> None:
    assert call("0|1") == call("1/0") == call("1/2")
    assert call("0/1") != call("1/1")
    assert call("0/1") != call("./1")
    assert call("1") != call("1/1")
