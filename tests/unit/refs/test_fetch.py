"""Fetching from an upstream that behaves: what is written, what is asked for, and what is kept."""

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from hashlib import md5, sha256
from pathlib import Path

import pytest

from fetching import ADDRESS, CONTENT, DATED, HOST, TODAY, URL, Desk, bgzf, catalogue, desk, gzipped
from upstream.server import like, status
from varinterp import __version__
from varinterp.errors import ReleaseError
from varinterp.refs.fetch import read_fetched

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    for name in (*PROXIES, *(name.lower() for name in PROXIES)):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    with desk(tmp_path) as made:
        yield made


def test_a_file_arrives_under_its_own_name_with_a_record_beside(here: Desk) -> None:
    fetched = here.fetch()

    assert here.got() == CONTENT
    assert fetched.files == {"vcf": (here.folder / "vcf" / "clinvar_20261115.vcf.gz",)}
    assert json.loads((here.folder / "fetched.json").read_text("utf-8")) == {
        "schema_version": 1,
        "source": "clinvar",
        "release": "2026-11-15",
        "dated": "2026-11-15",
        "fetched_on": "2026-11-22",
        "complete": True,
        "files": [
            {
                "role": "vcf",
                "name": "clinvar_20261115.vcf.gz",
                "url": "https://ftp.example.org/clinvar/clinvar_20261115.vcf.gz",
                "final_url": f"{here.upstream.base}/{ADDRESS}",
                "sha256": sha256(CONTENT).hexdigest(),
                "size": len(CONTENT),
                "etag": f'"{sha256(CONTENT).hexdigest()[:16]}"',
                "last_modified": "Wed, 01 Jan 2025 00:00:00 GMT",
                "published": None,
                "agreed": None,
                "decoded": False,
            }
        ],
    }


def test_nothing_but_the_file_and_its_record_is_left(here: Desk) -> None:
    here.fetch()

    left = {path.relative_to(here.folder).as_posix() for path in here.folder.rglob("*")}
    assert left == {".lock", "fetched.json", "vcf", "vcf/clinvar_20261115.vcf.gz"}


def test_what_was_fetched_is_read_again(here: Desk) -> None:
    fetched = here.fetch()

    again = read_fetched(here.folder)
    again.verify()
    assert again.files == fetched.files
    assert again.dated == DATED
    (path,) = again.files["vcf"]
    assert again.urls == {path: "https://ftp.example.org/clinvar/clinvar_20261115.vcf.gz"}


def test_a_request_holds_an_address_and_nothing_else(here: Desk) -> None:
    here.fetch()

    (asked,) = here.upstream.asked
    assert (asked.method, asked.path, asked.body) == ("GET", f"/{ADDRESS}", b"")
    host = here.upstream.base.removeprefix("http://")
    assert asked.headers == {
        "host": host,
        "user-agent": f"varinterp/{__version__}",
        "accept": "*/*",
        "accept-encoding": "identity",
    }


def test_a_second_fetch_costs_one_conditional_request_and_leaves_the_record(here: Desk) -> None:
    here.fetch()
    record = (here.folder / "fetched.json").read_bytes()
    here.upstream.asked.clear()

    here.fetch(today=date(2026, 12, 24))

    (asked,) = here.upstream.asked
    assert asked.headers["if-none-match"] == f'"{sha256(CONTENT).hexdigest()[:16]}"'
    assert (here.folder / "fetched.json").read_bytes() == record


def test_a_server_without_conditions_is_believed_by_its_marks(here: Desk) -> None:
    here.fetch()
    mark = f'"{sha256(CONTENT).hexdigest()[:16]}"'
    here.upstream.answer(ADDRESS, status(200, {"ETag": mark}, CONTENT))
    inode = (here.folder / "vcf" / "clinvar_20261115.vcf.gz").stat().st_ino

    assert here.fetch().superseded == ()
    assert (here.folder / "vcf" / "clinvar_20261115.vcf.gz").stat().st_ino == inode


def test_a_release_keeps_its_content_when_upstream_changes_it(here: Desk) -> None:
    here.fetch()
    here.upstream.put(ADDRESS, bgzf(b"##fileformat=VCFv4.1\n#CHROM\n"))

    assert here.fetch().superseded == ("clinvar_20261115.vcf.gz",)
    assert here.got() == CONTENT


def test_a_release_keeps_its_content_when_the_catalogue_changes(here: Desk) -> None:
    here.fetch()
    moved = f"https://{HOST}/elsewhere/clinvar_{{yyyymmdd}}.vcf.gz"
    here.catalogue = catalogue({"vcf": {"format": "vcf.bgz", "url": moved}})
    here.upstream.asked.clear()

    here.fetch()

    assert here.upstream.asked == []
    assert here.got() == CONTENT


def test_a_file_that_was_damaged_here_is_fetched_again(here: Desk) -> None:
    here.fetch()
    path = here.folder / "vcf" / "clinvar_20261115.vcf.gz"
    path.write_bytes(CONTENT[:-1] + b"x")
    with pytest.raises(ReleaseError, match="not as it was fetched"):
        read_fetched(here.folder).verify()

    here.fetch()

    assert here.got() == CONTENT


def test_one_name_has_one_date(here: Desk) -> None:
    here.fetch()

    with pytest.raises(ReleaseError, match="as of 2026-11-15, not 2026-11-16"):
        here.fetch(dated=date(2026, 11, 16))


def test_progress_is_told_in_bytes(here: Desk) -> None:
    here.fetch()

    assert here.progress[-1] == ("clinvar_20261115.vcf.gz", len(CONTENT), len(CONTENT))


# What upstream publishes of the file


SUMMED = {"vcf": {"format": "vcf.bgz", "url": URL, "md5_url": f"{URL}.md5"}}


@pytest.mark.parametrize(
    "line",
    [
        "{md5}  clinvar_20261115.vcf.gz\n",
        "{md5} */panfs/traces01/clinvar_20261115.vcf.gz\n",
        "MD5 (clinvar_20261115.vcf.gz) = {md5}\n",
        "{md5}\n",
        "0123456789abcdef0123456789abcdef  other\n{md5}  clinvar_20261115.vcf.gz\n",
        "{sha256}  clinvar_20261115.vcf.gz\n",
    ],
    ids=["md5sum", "path", "bsd", "bare", "many", "sha256"],
)
def test_a_published_sum_that_agrees_is_recorded(line: str, here: Desk) -> None:
    here.catalogue = catalogue(SUMMED)
    text = line.format(md5=md5(CONTENT).hexdigest(), sha256=sha256(CONTENT).hexdigest())  # noqa: S324
    here.upstream.put(f"{ADDRESS}.md5", text.encode())

    (file,) = here.fetch().record.files

    assert file.agreed is True
    assert file.published is not None
    assert file.published.partition(":")[2] in text


def test_a_sum_that_differs_is_an_error_after_one_more_try(here: Desk) -> None:
    here.catalogue = catalogue(SUMMED)
    here.upstream.put(f"{ADDRESS}.md5", b"0" * 32 + b"  clinvar_20261115.vcf.gz\n")

    with pytest.raises(ReleaseError, match=r"upstream publishes md5:0{32}, which differs"):
        here.fetch()

    assert here.upstream.paths().count(f"/{ADDRESS}") == 2
    assert not (here.folder / "vcf" / "clinvar_20261115.vcf.gz").exists()


def test_sums_that_lack_the_file_are_an_error(here: Desk) -> None:
    here.catalogue = catalogue(SUMMED)
    here.upstream.put(f"{ADDRESS}.md5", b"".join(b"%032d  file%d\n" % (n, n) for n in range(3)))

    with pytest.raises(ReleaseError, match=r"published sums have none of clinvar_20261115\.vcf"):
        here.fetch()


@pytest.mark.parametrize("right", [True, False])
def test_the_sum_in_googles_header_counts(right: bool, here: Desk) -> None:
    digest = md5(CONTENT).hexdigest() if right else "0" * 32  # noqa: S324
    encoded = b64encode(bytes.fromhex(digest)).decode()
    google = like(headers={"x-goog-hash": f"crc32c=AAAAAA==, md5={encoded}"})
    here.upstream.answer(ADDRESS, google, google)

    if right:
        (file,) = here.fetch().record.files
        assert file.published == f"md5:{digest}"
    else:
        with pytest.raises(ReleaseError, match="which differs"):
            here.fetch()


def test_sums_that_upstream_lacks_are_an_error_even_for_an_optional_file(here: Desk) -> None:
    here.catalogue = catalogue({"vcf": {**SUMMED["vcf"], "optional": True}})

    with pytest.raises(ReleaseError, match="take md5_url out of the catalogue"):
        here.fetch()


# Files that upstream moves


MOVED = {
    "vcf": {
        "format": "vcf.bgz",
        "url": URL,
        "md5_url": f"{URL}.md5",
        "older_url": f"https://{HOST}/archive/{{yyyy}}/{{mm}}/{{dd}}/clinvar_{{yyyymmdd}}.vcf.gz",
        "older_md5_url": f"https://{HOST}/archive/{{yyyymmdd}}.md5",
    }
}


def test_a_file_that_upstream_moved_is_found_where_the_older_ones_are(here: Desk) -> None:
    here.catalogue = catalogue(MOVED)
    (here.upstream.root / ADDRESS).unlink()
    older = f"{HOST}/archive/2026/11/15/clinvar_20261115.vcf.gz"
    here.upstream.put(older, CONTENT)
    here.upstream.put(f"{HOST}/archive/20261115.md5", md5(CONTENT).hexdigest().encode())  # noqa: S324

    (file,) = here.fetch().record.files

    assert (file.url, file.agreed) == (f"https://{older}", True)
    here.upstream.asked.clear()
    here.fetch()
    assert here.upstream.asked == []


def test_a_file_that_is_in_neither_place_is_missing(here: Desk) -> None:
    here.catalogue = catalogue(MOVED)
    (here.upstream.root / ADDRESS).unlink()

    with pytest.raises(ReleaseError, match=r"archive/2026/11/15/clinvar_20261115\.vcf\.gz \(404\)"):
        here.fetch()


# Several files


def test_each_chromosome_is_a_file_of_its_role(here: Desk) -> None:
    url = f"https://{HOST}/sites.chr{{chromosome}}.vcf.bgz"
    here.catalogue = catalogue(
        {"sites": {"format": "vcf.bgz", "url": url, "chromosomes": ["21", "22", "X"]}}
    )
    for chromosome in ("21", "22", "X"):
        here.upstream.put(f"{HOST}/sites.chr{chromosome}.vcf.bgz", CONTENT)

    names = [path.name for path in here.fetch().files["sites"]]

    assert names == ["sites.chr21.vcf.bgz", "sites.chr22.vcf.bgz", "sites.chrX.vcf.bgz"]


def test_what_arrived_before_a_failure_is_not_fetched_again(here: Desk) -> None:
    other = f"https://{HOST}/other.tsv"
    files = {"vcf": {"format": "vcf.bgz", "url": URL}, "other": {"format": "tsv", "url": other}}
    here.catalogue = catalogue(files)
    with pytest.raises(ReleaseError, match=r"other\.tsv \(404\)"):
        here.fetch()
    with pytest.raises(ReleaseError, match="only in part"):
        read_fetched(here.folder)
    here.upstream.put(f"{HOST}/other.tsv", b"a\tb\n1\t2\n")
    here.upstream.asked.clear()

    here.fetch()

    conditional, plain = here.upstream.asked
    assert "if-none-match" in conditional.headers
    assert plain.path == f"/{HOST}/other.tsv"
    assert set(read_fetched(here.folder).files) == {"vcf", "other"}


def test_an_optional_file_may_be_missing_upstream(here: Desk) -> None:
    other = {"format": "tsv", "url": f"https://{HOST}/other.tsv", "optional": True}
    here.catalogue = catalogue({"vcf": {"format": "vcf.bgz", "url": URL}, "other": other})

    assert set(here.fetch().files) == {"vcf"}


@pytest.mark.parametrize("offline", [True, False])
def test_a_release_of_which_nothing_is_there_is_an_error(offline: bool, here: Desk) -> None:
    other = {"format": "tsv", "url": f"https://{HOST}/other.tsv", "optional": True}
    here.catalogue = catalogue({"other": other})

    with pytest.raises(ReleaseError, match="upstream has none of its files"):
        here.fetch(offline=offline)
    with pytest.raises(ReleaseError, match=r"only in part|nothing was fetched"):
        read_fetched(here.folder)


def test_a_file_without_an_address_is_left_to_be_given(here: Desk) -> None:
    files = {"vcf": {"format": "vcf.bgz", "url": URL}, "own": {"format": "tsv"}}
    here.catalogue = catalogue(files)

    assert set(here.fetch().files) == {"vcf"}


def test_a_source_without_any_address_says_how_to_give_its_files(here: Desk) -> None:
    here.catalogue = catalogue({"snv": {"format": "vcf.bgz"}})

    with pytest.raises(ReleaseError, match=r"not fetched: .* --file ROLE=PATH for snv"):
        here.fetch()


@pytest.mark.parametrize(
    ("url", "form", "name"),
    [
        ("https://ftp.example.org/export-tsv?format=new", "tsv", "table.tsv"),
        ("https://ftp.example.org/disease.cgi?format=vcf", "vcf", "table.vcf"),
        ("https://ftp.example.org/..%2Fhp.tsv", "tsv", "table.tsv"),
        ("https://ftp.example.org/phenotype.hpoa", "tsv", "phenotype.hpoa"),
    ],
)
def test_a_name_that_does_not_show_the_format_is_the_roles(
    url: str, form: str, name: str, here: Desk
) -> None:
    here.catalogue = catalogue({"table": {"format": form, "url": url}})
    content = {"tsv": b"a\tb\n1\t2\n", "vcf": b"##fileformat=VCFv4.2\n#CHROM\tPOS\n"}[form]
    here.upstream.answer(url.removeprefix("https://"), status(200, {}, content))

    (path,) = here.fetch().files["table"]

    assert path == here.folder / "table" / name


def test_a_release_name_cannot_leave_the_folder(here: Desk) -> None:
    here.release = "../../x"

    with pytest.raises(ReleaseError, match="is no name of a release"):
        here.fetch()


def test_an_unknown_format_is_named(here: Desk) -> None:
    here.catalogue = catalogue({"vcf": {"format": "docx", "url": URL}})

    with pytest.raises(ReleaseError, match="the format 'docx'; known are bigwig, csv"):
        here.fetch()


def test_the_day_of_the_fetch_is_a_date(here: Desk) -> None:
    assert here.fetch().record.fetched_on == TODAY


# A list in pages


PAGES = {"genes": {"format": "json_pages", "url": f"https://{HOST}/api/genes/?page=1"}}


def _pages(here: Desk, *results: int, count: int | None = None) -> None:
    """Pages with so many results each; their addresses are those of the upstream's own host."""
    here.catalogue = catalogue(PAGES)
    for number, size in enumerate(results, start=1):
        following = f"https://{HOST}/api/genes/?page={number + 1}"
        page = {
            "count": sum(results) if count is None else count,
            "next": following if number < len(results) else None,
            "results": [{"id": n} for n in range(size)],
        }
        here.upstream.put(f"{HOST}/api/genes/?page={number}", json.dumps(page).encode())


def test_a_list_is_followed_to_its_last_page(here: Desk) -> None:
    _pages(here, 2, 2, 1)

    paths = here.fetch().files["genes"]

    assert [path.name for path in paths] == [
        "genes.0001.json",
        "genes.0002.json",
        "genes.0003.json",
    ]
    assert [len(json.loads(path.read_bytes())["results"]) for path in paths] == [2, 2, 1]


def test_the_pages_of_a_complete_release_are_not_asked_for_again(here: Desk) -> None:
    _pages(here, 2, 2, 1)
    here.fetch()
    here.upstream.asked.clear()

    here.fetch()

    assert here.upstream.asked == []


def test_a_shorter_list_leaves_no_page_of_the_longer_one(here: Desk) -> None:
    """The longer one was of a fetch that failed at its next file."""
    _pages(here, 2, 2, 1)
    other = {"format": "tsv", "url": f"https://{HOST}/other.tsv"}
    here.catalogue = catalogue({**PAGES, "other": other})
    with pytest.raises(ReleaseError):
        here.fetch()
    here.upstream.put(f"{HOST}/other.tsv", b"a\tb\n1\t2\n")
    _pages(here, 2, 1)
    here.catalogue = catalogue({**PAGES, "other": other})

    here.fetch()

    assert sorted(path.name for path in (here.folder / "genes").iterdir()) == [
        "genes.0001.json",
        "genes.0002.json",
    ]


def test_a_page_that_is_missing_is_an_error_even_for_an_optional_list(here: Desk) -> None:
    _pages(here, 2, 2, 1)
    here.catalogue = catalogue({"genes": {**PAGES["genes"], "optional": True}})
    (here.upstream.root / HOST / "api/genes/?page=3").unlink()

    with pytest.raises(ReleaseError, match="page 3 is missing"):
        here.fetch()


def test_a_list_that_changed_while_it_was_read_is_read_again(here: Desk) -> None:
    _pages(here, 2, 2, 1)
    early = {"count": 4, "next": f"https://{HOST}/api/genes/?page=2", "results": [{}, {}]}
    first = f"{HOST}/api/genes/?page=1"
    here.upstream.answer(first, status(200, {}, json.dumps(early).encode()))

    assert len(here.fetch().files["genes"]) == 3
    assert here.upstream.paths().count(f"/{first}") == 2


def test_a_list_that_never_agrees_with_its_count_is_an_error(here: Desk) -> None:
    _pages(here, 2, 2, 1, count=7)

    with pytest.raises(ReleaseError, match="changed each time"):
        here.fetch()


def test_a_list_that_leads_in_a_circle_is_an_error(here: Desk) -> None:
    here.catalogue = catalogue(PAGES)
    page = {"count": 2, "next": f"https://{HOST}/api/genes/?page=1", "results": [{}]}
    here.upstream.put(f"{HOST}/api/genes/?page=1", json.dumps(page).encode())

    with pytest.raises(ReleaseError, match="no end"):
        here.fetch()


def test_a_page_that_leads_to_another_host_is_refused(here: Desk) -> None:
    here.catalogue = catalogue(PAGES)
    page = {"count": 2, "next": "https://evil.example.com/?page=2", "results": [{}]}
    here.upstream.put(f"{HOST}/api/genes/?page=1", json.dumps(page).encode())

    with pytest.raises(ReleaseError, match=r"evil\.example\.com/ is not allowed"):
        here.fetch()


@pytest.mark.parametrize("page", [b"[]", b'{"results": []}', b'{"detail": "throttled"}'])
def test_something_that_is_no_page_is_an_error(page: bytes, here: Desk) -> None:
    here.catalogue = catalogue(PAGES)
    here.upstream.put(f"{HOST}/api/genes/?page=1", page)

    with pytest.raises(ReleaseError, match="is no page of a list"):
        here.fetch()


# Without a network


def test_offline_uses_what_was_fetched_before(here: Desk) -> None:
    here.fetch()
    here.upstream.asked.clear()

    assert here.fetch(offline=True).files["vcf"][0].read_bytes() == CONTENT
    assert here.upstream.asked == []


def test_offline_names_every_missing_file_its_address_and_its_place(here: Desk) -> None:
    other = {"format": "tsv", "url": f"https://{HOST}/other.tsv"}
    here.catalogue = catalogue({"vcf": {"format": "vcf.bgz", "url": URL}, "other": other})

    with pytest.raises(ReleaseError) as caught:
        here.fetch(offline=True)

    assert str(caught.value).splitlines() == [
        "clinvar@2026-11-15 is not all here:",
        "  vcf: get https://ftp.example.org/clinvar/clinvar_20261115.vcf.gz and put it at "
        f"{here.folder}/vcf/clinvar_20261115.vcf.gz",
        "  other: get https://ftp.example.org/other.tsv and put it at "
        f"{here.folder}/other/other.tsv",
    ]
    assert here.upstream.asked == []


def test_offline_takes_a_file_that_a_person_put_there(here: Desk) -> None:
    path = here.folder / "vcf" / "clinvar_20261115.vcf.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT)
    path.with_name(path.name + ".sums").write_text(md5(CONTENT).hexdigest())  # noqa: S324

    fetched = here.fetch(offline=True)

    (file,) = fetched.record.files
    assert (file.final_url, file.agreed) == (None, True)
    assert fetched.urls == {}
    assert read_fetched(here.folder).files == {"vcf": (path,)}


def test_offline_wants_every_page_of_a_list(here: Desk) -> None:
    _pages(here, 2, 2, 1)
    folder = here.folder / "genes"
    folder.mkdir(parents=True)
    for number in (1, 2):
        page = here.upstream.root / HOST / f"api/genes/?page={number}"
        (folder / f"genes.000{number}.json").write_bytes(page.read_bytes())
    with pytest.raises(ReleaseError, match="has not every page"):
        here.fetch(offline=True)
    page = here.upstream.root / HOST / "api/genes/?page=3"
    (folder / "genes.0003.json").write_bytes(page.read_bytes())

    assert len(here.fetch(offline=True).files["genes"]) == 3


@pytest.mark.parametrize("content", [CONTENT[:-28], CONTENT[:5000], gzipped(b"x"), b"<html>", b""])
def test_offline_refuses_a_file_that_is_broken(content: bytes, here: Desk) -> None:
    path = here.folder / "vcf" / "clinvar_20261115.vcf.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)

    with pytest.raises(ReleaseError, match="is broken"):
        here.fetch(offline=True)
