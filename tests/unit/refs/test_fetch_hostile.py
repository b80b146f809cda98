"""Fetching from an upstream that breaks off, lies, stalls and leads astray."""

import errno
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fetching import ADDRESS, CONTENT, HOST, URL, Desk, bgzf, catalogue, desk, gzipped, zipped
from upstream.server import (
    Answer,
    Handler,
    announcing,
    chunked,
    cut,
    drop,
    http_date,
    like,
    redirect,
    silent,
    stalling,
    status,
    upstream,
)
from varinterp.errors import ReleaseError, StageError
from varinterp.refs.fetch import read_fetched
from varinterp.refs.fetching.transport import Transport

HALF = len(CONTENT) // 2
TABLE = b"gene\tdisease\n" + b"".join(b"HGNC:%d\tMONDO:%d\n" % (n, n) for n in range(500))
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    for name in (*PROXIES, *(name.lower() for name in PROXIES)):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    with desk(tmp_path) as made:
        yield made


def _ranges(here: Desk) -> list[str | None]:
    return [asked.headers.get("range") for asked in here.upstream.asked]


# Connections that break


def test_a_cut_connection_is_taken_up_where_it_broke(here: Desk) -> None:
    here.upstream.answer(ADDRESS, cut(HALF))

    here.fetch()

    assert here.got() == CONTENT
    assert _ranges(here) == [None, f"bytes={HALF}-"]
    assert here.upstream.asked[1].headers["if-range"].startswith('"')


def test_many_cuts_in_a_row_are_fine_as_long_as_something_arrives(here: Desk) -> None:
    here.upstream.answer(ADDRESS, *[cut(1000)] * 9)

    here.fetch(in_a_row=2)

    assert here.got() == CONTENT
    assert _ranges(here)[1:] == [f"bytes={n}000-" for n in range(1, 10)]


def test_a_server_that_ignores_ranges_is_read_from_the_start(here: Desk) -> None:
    here.upstream.answer(ADDRESS, cut(HALF), like(ranges=False))

    here.fetch()

    assert here.got() == CONTENT


def test_a_server_that_ignores_ranges_and_always_breaks_is_given_up(here: Desk) -> None:
    here.upstream.answer(ADDRESS, *[cut(HALF, ranges=False)] * 20)

    with pytest.raises(ReleaseError, match=r"the server sends no ranges, \d times"):
        here.fetch()


def test_a_file_that_changes_halfway_is_never_a_mixture(here: Desk) -> None:
    newer = bgzf(b"##fileformat=VCFv4.1\n" + b"22\t7\t.\tC\tT\n" * 9000)
    here.upstream.answer(ADDRESS, cut(HALF))
    here.upstream.answer(ADDRESS, like(content=newer))

    here.fetch()

    assert here.got() == newer


def test_a_range_of_a_changed_file_is_thrown_away(here: Desk) -> None:
    """The server ignores If-Range, and says only in the ETag that the file is another one."""
    size = len(CONTENT)
    span = {"Content-Range": f"bytes {HALF}-{size - 1}/{size}", "ETag": '"another"'}
    here.upstream.answer(ADDRESS, cut(HALF), status(206, span, b"x" * (size - HALF)))

    here.fetch()

    assert here.got() == CONTENT
    assert _ranges(here) == [None, f"bytes={HALF}-", None]


def test_a_file_that_changes_each_time_is_given_up(here: Desk) -> None:
    here.upstream.answer(ADDRESS, *[cut(HALF, etag=f'"{n}"') for n in range(30)])

    with pytest.raises(ReleaseError, match=r"the file changed, \d times; fetch again later"):
        here.fetch()


@pytest.mark.parametrize(
    "span",
    [
        f"bytes 0-{len(CONTENT) - 1}/{len(CONTENT)}",
        f"bytes {HALF + 1}-{len(CONTENT) - 1}/{len(CONTENT)}",
        f"bytes {HALF}-{len(CONTENT)}/{len(CONTENT) + 1}",
        "bytes */*",
        "nonsense",
        "",
    ],
)
def test_a_wrong_range_is_thrown_away(span: str, here: Desk) -> None:
    wrong = status(206, {"Content-Range": span}, CONTENT[HALF:])
    here.upstream.answer(ADDRESS, cut(HALF), wrong)

    here.fetch()

    assert here.got() == CONTENT


def test_a_range_for_no_reason_is_an_error(here: Desk) -> None:
    here.upstream.answer(ADDRESS, status(206, {"Content-Range": "bytes 0-9/10"}, b"x" * 10))

    with pytest.raises(ReleaseError, match="answers 206 to a plain request"):
        here.fetch()


def test_a_part_of_unknown_state_is_not_continued(here: Desk) -> None:
    """Without a mark nobody can tell whether the rest is of the same file."""
    bare = {"ETag": "", "Last-Modified": ""}
    here.upstream.answer(ADDRESS, cut(HALF, etag="", headers=bare))

    here.fetch()

    assert here.got() == CONTENT
    assert _ranges(here) == [None, None]


def test_a_connection_that_drops_before_any_answer_is_tried_again(here: Desk) -> None:
    here.upstream.answer(ADDRESS, drop, drop)

    here.fetch()

    assert here.got() == CONTENT
    assert len(here.pauses) == 2


def test_a_body_in_chunks_is_read(here: Desk) -> None:
    here.upstream.answer(ADDRESS, chunked(CONTENT[:HALF], CONTENT[HALF:], ends=True))

    here.fetch()

    assert here.got() == CONTENT


def test_chunks_without_an_end_are_a_broken_connection(here: Desk) -> None:
    here.upstream.answer(ADDRESS, chunked(CONTENT, ends=False))

    here.fetch()

    assert here.got() == CONTENT
    assert len(here.upstream.asked) == 2


NEWER = bgzf(b"##fileformat=VCFv4.1\n" + b"22\t7\t.\tC\tT\n" * 9000)
SIZES = st.integers(0, len(CONTENT))
TROUBLE = st.one_of(
    SIZES.map(cut),
    SIZES.map(lambda size: cut(size, ranges=False)),
    SIZES.map(lambda size: cut(size, etag="")),
    SIZES.map(lambda size: cut(size, content=NEWER)),
    SIZES.map(lambda size: cut(size, etag='"mark"')),
    SIZES.map(lambda size: announcing(len(CONTENT) + 5, CONTENT[:size])),
    SIZES.map(lambda size: chunked(CONTENT[:size], ends=False)),
    SIZES.map(lambda size: status(206, {"Content-Range": f"bytes {size}-9/{size}"}, b"x" * 9)),
    st.sampled_from([429, 500, 503, 408]).map(status),
    st.just(status(416, {"Content-Range": f"bytes */{len(CONTENT)}"})),
    st.just(drop),
    st.just(like()),
    st.just(like(content=NEWER)),
)


@settings(max_examples=60)
@given(trouble=st.lists(TROUBLE, max_size=12))
def test_whatever_happens_a_file_in_its_place_is_one_that_upstream_had(
    trouble: list[Answer], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with desk(tmp_path_factory.mktemp("trouble")) as here:
        here.upstream.answer(ADDRESS, *trouble)
        try:
            here.fetch()
        except ReleaseError:
            assert not (here.folder / "vcf" / "clinvar_20261115.vcf.gz").exists()
            here.upstream.queued.clear()
            here.fetch()
        assert here.got() in (CONTENT, NEWER)
        read_fetched(here.folder).verify()


# Lies about the length


@pytest.mark.parametrize("more", [1, 1000])
def test_a_length_that_is_larger_than_the_body_is_a_cut(more: int, here: Desk) -> None:
    liar = announcing(len(CONTENT) + more, CONTENT)
    here.upstream.answer(ADDRESS, *[liar] * 6)

    with pytest.raises(ReleaseError, match=r"connection broke.*6 tries failed; fetch again later"):
        here.fetch()
    assert not (here.folder / "vcf" / "clinvar_20261115.vcf.gz").exists()


@pytest.mark.parametrize("size", [HALF, len(CONTENT) - 28, len(CONTENT) - 1])
def test_a_length_that_is_smaller_than_the_body_is_found_by_the_format(
    size: int, here: Desk
) -> None:
    here.upstream.answer(ADDRESS, *[announcing(size, CONTENT)] * 2)

    with pytest.raises(ReleaseError, match=r"is broken: its last block is missing: it was cut"):
        here.fetch()
    assert not (here.folder / "vcf" / "clinvar_20261115.vcf.gz").exists()


@pytest.mark.parametrize(
    ("form", "content", "kept"),
    [
        ("tsv", TABLE, len(TABLE) - 13),
        ("csv", b'a,b,"c"\n' + b'1,2,"x, y"\n' * 50, -6),
        ("csv", b"a,b,c\n" + b"1,2,3\n" * 50, -4),
        ("json", b'{"a": [1, 2, 3]}', -2),
        ("xml", b'<?xml version="1.0"?><JDBOR><a>1</a></JDBOR>\n', -5),
        ("obo", b"format-version: 1.2\n\n[Term]\nid: HP:0000001\n", -3),
        ("zip", zipped(b"a,b\n" * 900), -30),
        ("tsv.gz", gzipped(TABLE), -9),
        ("gff3.gz", gzipped(b"##gff-version 3\n" + b"22\tx\n" * 99), -1),
        ("wigfix.gz", gzipped(b"fixedStep chrom=chr22 start=1 step=1\n0.1\n"), -4),
        ("bigwig", b"\x26\xfc\x8f\x88" + bytes(500) + b"\x26\xfc\x8f\x88", -1),
        ("tar.gz", gzipped(b"\0" * 257 + b"ustar" + b"\0" * 2000), -2),
        ("vcf", b"##fileformat=VCFv4.2\n#CHROM\tPOS\tID\n1\t2\t3\n1\t2\t3\n", -3),
    ],
)
def test_a_cut_is_found_in_every_format_by_its_own_means(
    form: str, content: bytes, kept: int, here: Desk
) -> None:
    here.catalogue = catalogue({"file": {"format": form, "url": f"https://{HOST}/data"}})
    here.upstream.put(f"{HOST}/data", content)
    here.fetch()
    here.upstream.put(f"{HOST}/data", content[:kept])
    here.release = "cut"

    with pytest.raises(ReleaseError, match="is broken"):
        here.fetch()


def test_a_broken_file_gets_a_second_chance(here: Desk) -> None:
    flipped = CONTENT[:HALF] + bytes([CONTENT[HALF] ^ 1]) + CONTENT[HALF + 1 :]
    here.upstream.answer(ADDRESS, status(200, {}, flipped))

    here.fetch()

    assert here.got() == CONTENT


# Answers that are something else


ERROR_PAGES = [
    b"<!DOCTYPE html>\n<html><body>Down for maintenance</body></html>",
    b"\n  <HTML><head><title>Log in</title>",
    b'<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>',
    b'{"detail": "Not found."}',
    b"",
]


@pytest.mark.parametrize("page", ERROR_PAGES)
@pytest.mark.parametrize("form", ["vcf.bgz", "vcf", "tsv", "csv", "zip", "obo", "gff3.gz", "xml"])
def test_an_error_page_with_status_200_is_refused_at_once(
    form: str, page: bytes, here: Desk
) -> None:
    here.catalogue = catalogue({"vcf": {"format": form, "url": f"https://{HOST}/file"}})
    here.upstream.answer(f"{HOST}/file", status(200, {"Content-Type": "text/html"}, page))

    with pytest.raises(ReleaseError, match=r"https?://\S+ is not \S+: it (holds|is) "):
        here.fetch()

    assert len(here.upstream.asked) == 1
    assert not list(here.folder.rglob("*file*"))


def test_a_huge_error_page_is_refused_at_its_beginning(here: Desk) -> None:
    page = b"<html>" + b"x" * 5_000_000
    here.upstream.answer(ADDRESS, status(200, {}, page))

    with pytest.raises(ReleaseError, match="it is a web page, not gzip"):
        here.fetch()

    assert not here.progress


def test_plain_gzip_is_not_taken_for_blocks(here: Desk) -> None:
    here.upstream.put(ADDRESS, gzipped(b"##fileformat=VCFv4.1\n"))

    with pytest.raises(ReleaseError, match="plain gzip, not gzip in blocks"):
        here.fetch()


def test_gzip_of_something_else_is_refused(here: Desk) -> None:
    here.upstream.put(ADDRESS, bgzf(b"#CHROM\tPOS\n"))

    with pytest.raises(ReleaseError, match="it holds something that begins with"):
        here.fetch()


def test_entities_in_xml_are_refused(here: Desk) -> None:
    here.catalogue = catalogue({"file": {"format": "xml", "url": f"https://{HOST}/a.xml"}})
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    here.upstream.put(f"{HOST}/a.xml", b'<?xml version="1.0"?>' + bomb)

    with pytest.raises(ReleaseError, match="declares XML entities"):
        here.fetch()


def test_a_file_that_is_called_encoded_but_is_gzip_by_itself_stays_as_it_is(here: Desk) -> None:
    here.upstream.answer(ADDRESS, like(headers={"Content-Encoding": "gzip"}))

    (file,) = here.fetch().record.files

    assert here.got() == CONTENT
    assert file.decoded is False


def test_gzip_that_the_server_put_around_a_file_is_taken_off_and_recorded(here: Desk) -> None:
    encoded = {"Content-Encoding": "gzip"}
    here.upstream.answer(ADDRESS, status(200, encoded, gzipped(CONTENT)))

    (file,) = here.fetch().record.files

    assert here.got() == CONTENT
    assert file.decoded is True


def test_a_plain_file_that_the_server_compressed_is_decoded_and_recorded(here: Desk) -> None:
    here.catalogue = catalogue({"vcf": {"format": "tsv", "url": f"https://{HOST}/a.tsv"}})
    encoded = {"Content-Encoding": "gzip"}
    here.upstream.answer(f"{HOST}/a.tsv", status(200, encoded, gzipped(TABLE)))

    fetched = here.fetch()

    assert fetched.files["vcf"][0].read_bytes() == TABLE
    assert fetched.record.files[0].decoded is True


def test_an_error_page_in_place_of_the_sums_costs_nothing_that_has_arrived(here: Desk) -> None:
    here.catalogue = catalogue({"vcf": {"format": "vcf.bgz", "url": URL, "md5_url": f"{URL}.md5"}})
    here.upstream.put(f"{ADDRESS}.md5", ERROR_PAGES[0])

    with pytest.raises(ReleaseError, match=r"published sums: \S+ is not txt: it holds a web page"):
        here.fetch()

    part = here.folder / "vcf" / "clinvar_20261115.vcf.gz.part"
    assert part.stat().st_size == len(CONTENT)


def test_an_encoded_error_page_is_refused_too(here: Desk) -> None:
    here.catalogue = catalogue({"vcf": {"format": "tsv", "url": f"https://{HOST}/a.tsv"}})
    page = status(200, {"Content-Encoding": "gzip"}, gzipped(b"<html>\t</html>"))
    here.upstream.answer(f"{HOST}/a.tsv", page, page)

    with pytest.raises(ReleaseError, match="it holds a web page, not tabs"):
        here.fetch()


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, br"])
def test_an_encoding_that_nobody_asked_for_is_refused(encoding: str, here: Desk) -> None:
    here.upstream.answer(ADDRESS, status(200, {"Content-Encoding": encoding}, b"x" * 50))

    with pytest.raises(ReleaseError, match="though it was asked not to"):
        here.fetch()


def test_a_decoded_file_is_bounded(here: Desk) -> None:
    url = f"https://{HOST}/a.tsv"
    here.catalogue = catalogue({"vcf": {"format": "tsv", "url": url, "max_bytes": 10_000}})
    bomb = status(200, {"Content-Encoding": "gzip"}, gzipped(b"a\tb\n" * 500_000))
    here.upstream.answer(f"{HOST}/a.tsv", bomb, bomb)

    with pytest.raises(ReleaseError, match="inflates to more than 10,000 bytes"):
        here.fetch()


@pytest.mark.parametrize("announced", [True, False])
def test_a_file_above_the_catalogues_bound_is_refused(announced: bool, here: Desk) -> None:
    here.catalogue = catalogue({"vcf": {"format": "vcf.bgz", "url": URL, "max_bytes": 5000}})
    if not announced:
        here.upstream.answer(ADDRESS, chunked(CONTENT[:4000], CONTENT[4000:], ends=True))

    with pytest.raises(ReleaseError, match=r"allows 5,000; raise max_bytes"):
        here.fetch()
    assert not list(here.folder.rglob("*.part"))


# Statuses


def test_503_twice_is_tried_again_with_growing_pauses(here: Desk) -> None:
    here.upstream.answer(ADDRESS, status(503), status(502))

    here.fetch(first_pause=1.0)

    assert here.got() == CONTENT
    assert here.pauses == [1.0, 2.0]
    assert here.told[0].startswith("clinvar@2026-11-15: vcf: the server answers 503; trying again")


def test_pauses_have_a_random_part(here: Desk) -> None:
    here.upstream.answer(ADDRESS, status(503))

    here.fetch(first_pause=1.0, chance=lambda: 0.5)

    assert here.pauses == [0.75]


@pytest.mark.parametrize(("after", "pause"), [("7", 7.0), ("soon", 1.0), ("-3", 1.0)])
def test_the_servers_own_pause_is_honoured(after: str, pause: float, here: Desk) -> None:
    here.upstream.answer(ADDRESS, status(429, {"Retry-After": after}))

    here.fetch(first_pause=1.0)

    assert here.pauses == [pause]


def test_the_servers_own_pause_may_be_a_date(here: Desk) -> None:
    here.upstream.answer(ADDRESS, status(503, {"Retry-After": http_date(600)}))

    here.fetch(first_pause=1.0)

    assert 500 < here.pauses[0] <= 600


def test_a_server_that_asks_for_an_hour_is_left_alone(here: Desk) -> None:
    here.upstream.answer(ADDRESS, status(429, {"Retry-After": "3600"}))

    with pytest.raises(ReleaseError, match="asks to wait for 60 minutes; fetch again then"):
        here.fetch()
    assert here.pauses == []


def test_a_server_that_always_fails_is_given_up(here: Desk) -> None:
    here.upstream.answer(ADDRESS, *[status(500)] * 50)

    with pytest.raises(ReleaseError, match="answers 500, 6 tries failed; fetch again later"):
        here.fetch()
    assert len(here.upstream.asked) == 6


def test_a_server_that_gives_a_byte_at_a_time_is_given_up_in_the_end(here: Desk) -> None:
    here.upstream.answer(ADDRESS, *[cut(1500)] * 5, *[cut(1)] * 50)

    with pytest.raises(ReleaseError, match="12 tries failed"):
        here.fetch(in_all=12)


@pytest.mark.parametrize("code", [403, 404, 410, 401, 400, 451])
def test_a_refusal_is_final(code: int, here: Desk) -> None:
    here.upstream.answer(ADDRESS, status(code))

    with pytest.raises(ReleaseError, match=rf"clinvar@2026-11-15: vcf: .*{code}"):
        here.fetch()
    assert len(here.upstream.asked) == 1


def test_204_is_no_file(here: Desk) -> None:
    here.upstream.answer(ADDRESS, lambda handler: handler.begin(204, {}))

    with pytest.raises(ReleaseError, match="answers 204"):
        here.fetch()


def test_304_without_a_condition_is_no_file(here: Desk) -> None:
    here.upstream.answer(ADDRESS, lambda handler: handler.begin(304, {}))

    with pytest.raises(ReleaseError, match="answers 304 to a plain request"):
        here.fetch()


# Time


def test_silence_is_a_broken_connection(here: Desk) -> None:
    here.upstream.answer(ADDRESS, stalling(3, before=CONTENT[:2000], total=len(CONTENT)))

    here.fetch(silence=0.2)

    assert here.got() == CONTENT
    assert "no byte for 0.2 s" in here.told[0]


def test_silence_before_an_answer_too(here: Desk) -> None:
    here.upstream.answer(ADDRESS, silent)

    here.fetch(silence=0.2)

    assert "no answer within 0.2 s" in here.told[0]


def test_a_connection_that_hardly_moves_counts_as_stalled(here: Desk) -> None:
    ticks = iter(range(0, 100_000, 10))

    def drip(handler: Handler) -> None:
        handler.begin(200, {"Content-Length": str(len(CONTENT)), "ETag": '"drips"'})
        for start in range(0, 5000, 1000):
            handler.wfile.write(CONTENT[start : start + 1000])
            time.sleep(0.02)

    here.upstream.answer(ADDRESS, drip)

    here.fetch(silence=9.0, slowest=1000, clock=lambda: float(next(ticks)))

    assert here.got() == CONTENT
    assert "only 1,000 bytes in 10 s" in here.told[0]


def test_nobody_there_is_said_so(here: Desk) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{taken.getsockname()[1]}"

        with pytest.raises(ReleaseError, match="the connection failed, 2 tries failed"):
            here.fetch(mirrors={HOST: nowhere}, in_a_row=2)


# Redirects


def test_a_redirect_on_the_list_is_followed_and_its_secrets_are_not_kept(here: Desk) -> None:
    here.catalogue = catalogue(None, "cdn.example.org")
    here.upstream.put("cdn.example.org/blob/1", CONTENT)
    here.upstream.answer(ADDRESS, redirect("https://cdn.example.org/blob/1?X-Amz-Signature=s3cret"))

    (file,) = here.fetch().record.files

    assert here.got() == CONTENT
    assert file.final_url == f"{here.upstream.base}/cdn.example.org/blob/1"
    assert "s3cret" not in (here.folder / "fetched.json").read_text("utf-8")


def test_a_range_survives_a_redirect(here: Desk) -> None:
    here.catalogue = catalogue(None, "cdn.example.org")
    here.upstream.put("cdn.example.org/1", CONTENT)
    here.upstream.answer(ADDRESS, *[redirect("https://cdn.example.org/1")] * 2)
    here.upstream.answer("cdn.example.org/1", cut(HALF))

    here.fetch()

    assert here.got() == CONTENT
    assert _ranges(here) == [None, None, f"bytes={HALF}-", f"bytes={HALF}-"]


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example.com/x.vcf.gz",
        "http://ftp.example.org.evil.com/x",
        "http://cdn.example.org/plain",
        "file:///etc/passwd",
        "ftp://ftp.example.org/x",
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:1/x",
        "http://localhost/x",
        "https://user:pass@ftp.example.org@evil.com/",
        "//evil.example.com/x",
        "http://[::1",
    ],
)
def test_a_redirect_off_the_list_is_refused_at_once(location: str, here: Desk) -> None:
    here.catalogue = catalogue(None, "cdn.example.org")
    here.upstream.answer(ADDRESS, redirect(location))

    with pytest.raises(ReleaseError, match=r"not allowed|is no address"):
        here.fetch()
    assert len(here.upstream.asked) == 1


def test_redirects_in_a_loop_are_given_up(here: Desk) -> None:
    here.upstream.answer(ADDRESS, *[redirect(f"https://{ADDRESS}")] * 50)

    with pytest.raises(ReleaseError, match="redirects more than 5 times"):
        here.fetch()
    assert len(here.upstream.asked) == 6


# Who is told what


def test_no_cookie_is_sent_back(here: Desk) -> None:
    crumb = {"Set-Cookie": "who=patient; Path=/", "Retry-After": "0"}
    here.upstream.answer(ADDRESS, status(503, crumb))

    here.fetch()

    assert all("cookie" not in asked.headers for asked in here.upstream.asked)


def _netrc(here: Desk, *hosts: str) -> None:
    lines = [f"machine {host} login lab password s3cret\n" for host in hosts]
    path = here.root.parent / ".netrc"
    path.write_text("".join(lines))
    path.chmod(0o600)


def test_a_password_of_netrc_goes_to_the_mirror_and_nowhere_else(here: Desk) -> None:
    _netrc(here, "127.0.0.1", HOST)

    here.fetch()

    (asked,) = here.upstream.asked
    assert asked.headers["authorization"].startswith("Basic ")
    assert "s3cret" not in (here.folder / "fetched.json").read_text("utf-8")


def test_a_host_of_the_catalogue_never_gets_a_password(here: Desk) -> None:
    """A catalogue may name a server on this machine; it is no mirror."""
    _netrc(here, "127.0.0.1")
    here.catalogue = catalogue(
        {"vcf": {"format": "vcf.bgz", "url": f"{here.upstream.base}/{ADDRESS}"}}, "127.0.0.1"
    )

    here.fetch(mirrors={})

    (asked,) = here.upstream.asked
    assert "authorization" not in asked.headers


@pytest.mark.parametrize(
    ("mirror", "message"),
    [
        ("https://lab:s3cret@mirror.example.org", "put it in ~/.netrc instead"),
        ("http://mirror.example.org", "has to be an https address"),
        ("mirror.example.org", "has to be an https address"),
        ("file:///srv/mirror", "has to be an https address"),
    ],
)
def test_a_mirror_is_https_without_a_password(mirror: str, message: str, here: Desk) -> None:
    with pytest.raises(ReleaseError, match=message) as caught:
        here.fetch(mirrors={HOST: mirror})
    assert "s3cret" not in str(caught.value)


def test_plain_http_is_refused_for_other_machines(here: Desk) -> None:
    url = f"http://{HOST}/clinvar.vcf.gz"
    here.catalogue = catalogue({"vcf": {"format": "vcf.bgz", "url": url}})

    with pytest.raises(ReleaseError, match="is not allowed: only https"):
        here.fetch(mirrors={})


def test_a_proxy_of_the_environment_is_used(here: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", here.upstream.base)
    url = f"http://localhost:9/{ADDRESS}"
    here.catalogue = catalogue({"vcf": {"format": "vcf.bgz", "url": url}}, "localhost")
    here.upstream.put(f"localhost:9/{ADDRESS}", CONTENT)

    here.fetch(mirrors={})

    (asked,) = here.upstream.asked
    assert asked.path == url
    assert here.got() == CONTENT


def test_https_goes_through_the_proxy_as_a_tunnel(
    here: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = here.upstream.base.replace("://", "://user:s3cret@")
    monkeypatch.setenv("https_proxy", proxy)

    with pytest.raises(ReleaseError, match="the proxy gave no connection") as caught:
        here.fetch(mirrors={}, in_a_row=2)

    assert [(asked.method, asked.path) for asked in here.upstream.asked] == [
        ("CONNECT", f"{HOST}:443")
    ] * 2
    assert "s3cret" not in str(caught.value) + "".join(here.told)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_a_certificate_of_nobody_is_not_accepted(here: Desk, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
    subprocess.run([*make, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    message = r"certificate of https://127\.0\.0\.1.* is not accepted; .* REQUESTS_CA_BUNDLE"
    with (
        upstream(tmp_path / "upstream", context) as secure,
        pytest.raises(ReleaseError, match=message),
    ):
        here.fetch(mirrors=secure.mirrors([HOST]))
    assert secure.asked == []


def test_no_proxy_is_honoured(here: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.1")

    here.fetch()

    assert here.got() == CONTENT


# The disk, and others at work


def test_a_full_disk_is_said_before_the_first_byte(
    here: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(here.root.parent)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)

    with pytest.raises(StageError, match=r"more bytes are needed and 1,000 are free"):
        here.fetch()


def test_a_disk_that_fills_up_keeps_what_has_arrived(
    here: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def full(path: Path, mode: str = "r", *rest: Any, **named: Any) -> Any:
        stream = opened(path, mode, *rest, **named)
        return _Full(stream, HALF) if mode == "ab" else stream

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", full)
        with pytest.raises(StageError, match="the disk is full; free some space and fetch again"):
            here.fetch()

    part = here.folder / "vcf" / "clinvar_20261115.vcf.gz.part"
    kept = part.stat().st_size
    assert 0 < kept <= HALF
    here.fetch()
    assert here.got() == CONTENT
    assert _ranges(here) == [None, f"bytes={kept}-"]


class _Full:
    """A stream on a disk that has room for so many bytes."""

    def __init__(self, stream: IO[Any], room: int) -> None:
        self._stream = stream
        self._room = room

    def write(self, data: bytes) -> None:
        self._stream.write(data[: self._room])
        self._room -= len(data)
        if self._room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")

    def __enter__(self) -> "_Full":
        return self

    def __exit__(self, *error: object) -> None:
        self._stream.close()

    def flush(self) -> None:
        self._stream.flush()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(here: Desk) -> None:
    here.root.mkdir()
    here.root.chmod(0o500)
    try:
        with pytest.raises(StageError, match="cannot be written; correct its permissions"):
            here.fetch()
    finally:
        here.root.chmod(0o700)


def test_a_file_in_the_place_of_the_folder_is_an_error_of_the_disk(here: Desk) -> None:
    here.root.mkdir()
    (here.root / ".fetched").write_text("")

    with pytest.raises(StageError, match="the disk answers"):
        here.fetch()


def test_a_second_fetch_at_once_is_refused(here: Desk) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def wait(handler: object) -> None:
        reached.set()
        go_on.wait(10)
        like()(handler)  # type: ignore[arg-type]

    here.upstream.answer(ADDRESS, wait)
    first = threading.Thread(target=here.fetch)
    first.start()
    try:
        assert reached.wait(10)
        with pytest.raises(ReleaseError, match="another fetch is at work"):
            here.fetch()
    finally:
        go_on.set()
        first.join()
    assert here.got() == CONTENT


KILLED = """
import sys
sys.path[:0] = sys.argv[3:]
from pathlib import Path
from fetching import Desk, HOST
from upstream.server import Upstream
Desk(Path(sys.argv[1]), Upstream(Path("."), sys.argv[2])).fetch()
"""


def test_a_fetch_that_was_killed_goes_on_where_it_was(here: Desk) -> None:
    here.upstream.answer(ADDRESS, _slow_after(HALF))
    tests = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
    command = [sys.executable, "-c", KILLED, str(here.root), here.upstream.base, *tests]
    part = here.folder / "vcf" / "clinvar_20261115.vcf.gz.part"
    with subprocess.Popen(command) as child:
        deadline = time.monotonic() + 20
        while not (part.is_file() and part.stat().st_size) and time.monotonic() < deadline:
            time.sleep(0.02)
        child.kill()

    with pytest.raises(ReleaseError, match=r"only in part|nothing was fetched"):
        read_fetched(here.folder)
    assert not (here.folder / "vcf" / "clinvar_20261115.vcf.gz").exists()
    size = part.stat().st_size
    here.fetch()

    assert here.got() == CONTENT
    assert _ranges(here) == [None, f"bytes={size}-"]


def _slow_after(size: int) -> Answer:
    """The first half in small pieces, so that some of it reaches the disk, and then nothing."""

    def answer(handler: object) -> None:
        like(limit=size)(_Dripping(handler))  # type: ignore[arg-type]
        time.sleep(2)

    return answer


class _Dripping:
    """A handler whose body comes drop by drop, and whose connection stays."""

    def __init__(self, handler: object) -> None:
        self._handler = handler
        self.wfile = self

    def write(self, data: bytes) -> None:
        for start in range(0, len(data), 4096):
            self._handler.wfile.write(data[start : start + 4096])  # type: ignore[attr-defined]
            self._handler.wfile.flush()  # type: ignore[attr-defined]

    def hang_up(self) -> None:
        """Stay."""

    def __getattr__(self, name: str) -> object:
        return getattr(self._handler, name)


def test_a_broken_sidecar_is_a_fresh_start(here: Desk) -> None:
    folder = here.folder / "vcf"
    folder.mkdir(parents=True)
    (folder / "clinvar_20261115.vcf.gz.part").write_bytes(b"half of something")
    (folder / "clinvar_20261115.vcf.gz.part.json").write_text('{"url": ')

    here.fetch()

    assert here.got() == CONTENT
    assert _ranges(here) == [None]


def test_a_part_that_has_it_all_needs_no_more_bytes(here: Desk) -> None:
    here.upstream.answer(ADDRESS, cut(len(CONTENT) - 1))
    with pytest.raises(ReleaseError):
        here.fetch(in_a_row=1)
    with (here.folder / "vcf" / "clinvar_20261115.vcf.gz.part").open("ab") as part:
        part.write(CONTENT[-1:])

    here.fetch()

    assert here.got() == CONTENT


def test_a_broken_record_says_what_to_do(here: Desk) -> None:
    here.fetch()
    (here.folder / "fetched.json").write_text("{}")

    with pytest.raises(ReleaseError, match="remove it and fetch again"):
        here.fetch()


def test_a_transport_asks_nobody_when_it_is_made() -> None:
    with Transport(["a.example.org"], {}, (1.0, 1.0)):
        pass
