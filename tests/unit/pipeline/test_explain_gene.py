"""`explain --gene`: what the lock's releases say of a gene stands beside what the case holds."""

from dataclasses import dataclass, replace

import pytest

from core_builders import TANGO2, link
from varinterp.errors import InputError
from varinterp.model.facts import GeneLinks
from varinterp.pipeline import explain_gene as module
from varinterp.pipeline.explain_gene import GeneTold, explain_gene
from whole_analysis import analysis


@dataclass(frozen=True)
class Release:
    """A release whose files are not read: what they hold is given."""

    def file(self, name: str) -> str:
        return name


def told(monkeypatch: pytest.MonkeyPatch, links: dict[str, GeneLinks], name: str) -> GeneTold:
    other = replace(TANGO2, gene="OTHER", hgnc="HGNC:7")
    monkeypatch.setattr(module, "read_links", lambda releases: links)
    monkeypatch.setattr(module, "read_transcripts", lambda path: {"a": TANGO2, "b": other})
    return explain_gene(analysis(), name, {"mane": Release()}, None)  # type: ignore[arg-type]


def keys(found: GeneTold) -> list[str]:
    return [reason.key for reason in found.answer.reasons]


def test_a_gene_that_no_release_ties_to_a_disease_is_said_to_be_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert keys(told(monkeypatch, {}, "other")) == [
        "why_not.no_known_disease",
        "why_not.no_allele",
    ]


def test_a_gene_with_diseases_says_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    links = {"HGNC:7": GeneLinks((link(hgnc="HGNC:7"),))}

    assert keys(told(monkeypatch, links, "HGNC:7")) == ["why_not.diseases", "why_not.no_allele"]


def test_a_gene_that_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match=r"explain\.gene"):
        told(monkeypatch, {}, "NOSUCH")
