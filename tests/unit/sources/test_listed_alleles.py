"""A laboratory's list of founder alleles: what a row may say, and what changed between two."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream import listed_alleles as upstream
from upstream.listed_alleles import COMMON, MISSENSE, NONSENSE, SPLICE, row
from varinterp.errors import ReleaseError
from varinterp.model.gene_disease import Inheritance
from varinterp.model.population import (
    RateMeasure,
)
from varinterp.model.variant import Allele
from varinterp.sources.listed_alleles import (
    changed_listings,
    is_listed,
    read_listed,
    write_listed,
)
from varinterp.sources.listed_rows import ListedRow, read_listed_rows

TODAY = date(2026, 6, 1)
ALLELES = (MISSENSE, COMMON, SPLICE, NONSENSE)


def keys(*alleles: str) -> pl.Series:
    return pl.Series([Allele.parse(allele).key for allele in alleles], dtype=pl.UInt64)


def parsed(folder: Path, *rows: dict[str, str], dated: date = TODAY) -> tuple[ListedRow, ...]:
    path = folder / "list.tsv"
    path.write_text(upstream.text(rows), encoding="utf-8")
    return read_listed_rows(path, dated)[0]


def release(folder: Path, *rows: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    write_listed(parsed(folder, *rows), folder)
    return folder


def test_a_row_says_who_answers_for_it_and_what_for(tmp_path: Path) -> None:
    (found,) = parsed(tmp_path, row(pmid="33495304;1683702", constructed="", expires="2027-01-01"))

    listing = found.listing
    assert (found.line, str(found.allele)) == (3, MISSENSE)
    assert (listing.hgnc, listing.disease) == ("HGNC:25439", "OMIM:616878")
    assert listing.inheritance is Inheritance.AUTOSOMAL_RECESSIVE
    assert (listing.measure, listing.rate) == (RateMeasure.CARRIER_RATE, "1/22")
    assert listing.overrides == ("BA1", "BS1", "PM2")
    assert (listing.curator, listing.date) == ("A. Curator", "2026-01-15")
    assert (listing.pmid, listing.expires) == ("33495304;1683702", "2027-01-01")
    assert not listing.constructed


def test_a_published_founder_allele_can_be_listed(tmp_path: Path) -> None:
    """FAH c.1062+5G>A: about 1 carrier in 25 newborns of the region (PMID 8028615, abstract)."""
    (found,) = parsed(
        tmp_path,
        row(
            allele="GRCh38:15-80180230-G-A",
            gene="HGNC:3579",
            disease="OMIM:276700",
            region="Saguenay–Lac-Saint-Jean (Québec)",
            rate="1/25",
            pmid="8028615",
            constructed="",
        ),
    )

    assert (str(found.allele), found.listing.rate) == ("15-80180230-G-A", "1/25")
    assert (found.listing.pmid, found.listing.constructed) == ("8028615", False)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("allele", "chr22:20061538G>A"),
        ("allele", "22-20061538-G-G"),
        ("gene", "TANGO2"),
        ("disease", "616878"),
        ("inheritance", "recessive"),
        ("measure", "frequency"),
        ("rate", "1:22"),
        ("rate", "2.3 %"),
        ("rate", "22/1"),
        ("rate", "0"),
        ("overrides", "BA1,BS1"),
        ("overrides", "BS2"),
        ("overrides", ""),
        ("pmid", "PMC1683702"),
        ("curator", ""),
        ("region", "x" * 301),
        ("date", "15 January 2026"),
        ("reason", ""),
        ("expires", "soon"),
        ("constructed", "no"),
    ],
)
def test_a_word_that_the_column_does_not_take_is_refused(
    tmp_path: Path, column: str, cell: str
) -> None:
    with pytest.raises(ReleaseError, match=rf"list\.tsv:3: {column} is "):
        parsed(tmp_path, row(**{column: cell}))


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError) as caught:
        parsed(tmp_path, row(gene="TANGO2", rate="many"), row(allele=COMMON), row(allele=COMMON))

    assert str(caught.value).splitlines() == [
        "3 faults in a list of alleles",
        "list.tsv:3: gene is 'TANGO2'; expected an HGNC id, such as HGNC:25439",
        "list.tsv:3: rate is 'many'; expected a number up to 1, as 0.023 or as 1/22",
        "list.tsv:5: the same allele, disease and region as line 4",
    ]


def test_a_rate_needs_its_paper_unless_the_row_is_constructed(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="pmid is ''; expected PubMed ids"):
        parsed(tmp_path, row(constructed="", pmid=""))


def test_a_column_that_is_unknown_or_missing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    path.write_text("allele\tcurator\tcurators\n", encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"list\.tsv:1: .*missing: list, gene.*'curators'"):
        read_listed_rows(path, TODAY)


@pytest.mark.parametrize(("expires", "kept"), [("2026-06-01", 1), ("2026-05-31", 0)])
def test_a_row_that_has_expired_is_set_aside_and_counted(
    tmp_path: Path, expires: str, kept: int
) -> None:
    path = tmp_path / "list.tsv"
    path.write_text(upstream.text((row(expires=expires),)), encoding="utf-8")

    rows, aside = read_listed_rows(path, TODAY)
    assert (len(rows), aside.total()) == (kept, 1 - kept)


def test_an_allele_is_read_with_all_of_its_listings(tmp_path: Path) -> None:
    folder = release(
        tmp_path,
        row(region="West"),
        row(region="East"),
        row(allele=SPLICE, inheritance="autosomal_dominant"),
    )

    found = read_listed(folder, keys(MISSENSE, COMMON))
    assert list(found) == [MISSENSE]
    assert [each.region for each in found[MISSENSE].listings] == ["East", "West"]
    assert found[MISSENSE].constructed


def test_alleles_are_marked_row_for_row(tmp_path: Path) -> None:
    folder = release(tmp_path, row(allele=SPLICE))
    wanted = pl.DataFrame(
        [(Allele.parse(each).key, *each.split("-")[2:]) for each in ALLELES],
        schema={"key": pl.UInt64, "ref": pl.String, "alt": pl.String},
        orient="row",
    )

    assert is_listed(folder, wanted).to_list() == [each == SPLICE for each in ALLELES]


def test_each_state_of_the_list_against_the_next(tmp_path: Path) -> None:
    old = release(tmp_path / "old", *upstream.NOW)
    new = release(tmp_path / "new", *upstream.LATER)

    changes = changed_listings(old, new)
    assert changes.select("source", "key", "kind").rows() == [
        ("population.listed", NONSENSE, "added"),
        ("population.listed", MISSENSE, "restated"),
        ("population.listed", COMMON, "removed"),
    ]
    assert changes.row(1)[3:5] == (
        "Constructed founder list: OMIM:616878, Constructed region, 1/22, BA1;BS1;PM2 "
        "(A. Curator, 2026-01-15)",
        "Constructed founder list: OMIM:616878, Constructed region, 1/25, BA1;BS1;PM2 "
        "(A. Curator, 2026-06-01)",
    )


CELLS = st.fixed_dictionaries(
    {
        "allele": st.sampled_from(ALLELES),
        "region": st.sampled_from(("East", "West")),
        "rate": st.sampled_from(("1/22", "0.023")),
        "overrides": st.sampled_from(("BA1", "BA1;PM2")),
        "reason": st.sampled_from(("one reason", "another")),
    }
)
LISTS = st.lists(CELLS, max_size=5, unique_by=lambda cells: (cells["allele"], cells["region"]))


@given(LISTS, LISTS)
def test_the_changes_are_the_alleles_whose_listings_differ(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[dict[str, str]],
    after: list[dict[str, str]],
) -> None:
    folder = tmp_path_factory.mktemp("lists")
    old = release(folder / "old", *(row(**cells) for cells in before))
    new = release(folder / "new", *(row(**cells) for cells in after))
    was, now = read_listed(old, keys(*ALLELES)), read_listed(new, keys(*ALLELES))

    told = changed_listings(old, new)["key"].to_list()
    assert sorted(told) == sorted(each for each in ALLELES if was.get(each) != now.get(each))
