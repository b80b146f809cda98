"""The digest: enough to know whether to look, and nothing of anybody."""

import json
import re

import pytest

from varinterp.report.catalogue import Language
from varinterp.report.worklist.digest import digest_json, digest_text
from varinterp.report.worklist.view import build_worklist
from worklist_cases import LABELS, silent, worklist

LINK = "https://intranet.example/worklist/2017-04-03"
IDENTIFYING = re.compile(
    r"C-[A-Z2-7]{12}|P-\w+|F-\w+|\d+-\d+-[ACGT]+-[ACGT]+|TANGO2|DGCR8|HGNC|HP:|OMIM|ENST|NM_|Tremblay"
    r"|FAM-|Martin|c\.\d|p\.[A-Z]|ZZZ"
)


def digests() -> list[str]:
    view = build_worklist(worklist(), LABELS)
    return [digest_json(view, LINK), *(digest_text(view, language, LINK) for language in Language)]


@pytest.mark.parametrize("place", range(3))
def test_a_digest_names_no_case_person_gene_or_allele(place: int) -> None:
    said = digests()[place]
    assert not IDENTIFYING.search(said), said
    assert said.rstrip().endswith(LINK) or LINK in said


def test_the_document_counts_by_tier_and_direction() -> None:
    document = json.loads(digests()[0])
    assert document["events"] == [
        {"tier": 1, "direction": "down", "count": 1},
        {"tier": 2, "direction": "up", "count": 2},
        {"tier": 3, "direction": "up", "count": 1},
        {"tier": 4, "direction": "down", "count": 1},
    ]
    assert document["signed_reports_in_doubt"] == 1
    assert document["cases"]["skipped"] == 5
    assert (document["recontacts"], document["recontacts_overdue"]) == (2, 1)
    assert document["constructed"] is True


def test_the_mail_begins_with_what_is_urgent() -> None:
    lines = digests()[1].splitlines()
    assert lines[2] == "SIGNED REPORTS THAT MAY NOW BE WRONG: 1."
    assert "  1. A signed report may now be wrong – down: 1" in lines


def test_a_silent_run_is_told_too() -> None:
    view = build_worklist(silent())
    assert "Nothing new." in digest_text(view, "en")
    document = json.loads(digest_json(view))
    assert document["events"] == []
    assert document["link"] is None
