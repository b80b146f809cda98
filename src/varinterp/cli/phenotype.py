"""`varinterp phenotype`: the diseases that a list of terms speaks for, without any variant."""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from varinterp.cli.options import DEFAULT_CONFIG, ConfigFile, Json
from varinterp.cli.phenotype_printing import print_diseases
from varinterp.errors import Fault, InputError
from varinterp.model.canonical import to_json, to_object
from varinterp.model.facts import GeneLinks
from varinterp.model.family import Sex
from varinterp.phenotype.ontology import Ontology
from varinterp.pipeline.asked_terms import Asked, asked_terms
from varinterp.pipeline.config import read_settings
from varinterp.pipeline.diseases import (
    RankedDisease,
    genes_named,
    genes_of_diseases,
    genes_on,
    ranked_diseases,
)
from varinterp.pipeline.evidence import read_links
from varinterp.pipeline.panels import reader
from varinterp.pipeline.phenotype import PatientMatcher, read_disease_terms
from varinterp.refs.lock import Releases, open_releases, read_lock
from varinterp.report.catalogue import Language
from varinterp.report.wording import wording
from varinterp.sources.hpo_genes import read_gene_pairs
from varinterp.sources.hpo_onset import OnsetInput, check_onset
from varinterp.sources.phenopacket import PhenopacketContent, read_phenopacket
from varinterp.sources.rules import read_rules

EXAMPLES = """Examples:

varinterp phenotype HP:0001250 HP:0001263 HP:0002151

varinterp phenotype HP:0001250 --excluded HP:0001252 --onset infantile --sex female --top 5

varinterp phenotype HP:0001250 HP:0001263 --terms 3    (each term beside the first three)

varinterp phenotype --phenopacket patient.json --panel epilepsy --json

varinterp phenotype HP:0001250 --gene TANGO2 --language fr
"""


def command(
    terms: Annotated[
        list[str] | None, typer.Argument(help="HPO terms of the patient, by id.")
    ] = None,
    excluded: Annotated[
        list[str] | None,
        typer.Option("--excluded", "-x", help="A term that was looked for and is not there."),
    ] = None,
    phenopacket: Annotated[
        Path | None,
        typer.Option(
            "--phenopacket", help="Terms, sex and onset from a Phenopacket.", exists=True,
            dir_okay=False,
        ),
    ] = None,
    sex: Annotated[Sex, typer.Option("--sex", help="The patient's sex.")] = Sex.UNKNOWN,
    onset: Annotated[
        str | None,
        typer.Option("--onset", help="When the disease began: an HPO term of onset, or its name."),
    ] = None,
    top: Annotated[int, typer.Option("--top", "-n", min=1, help="How many diseases.")] = 20,
    with_terms: Annotated[
        int, typer.Option("--terms", min=0, help="Show each term beside the first so many.")
    ] = 0,
    gene: Annotated[
        list[str] | None, typer.Option("--gene", help="Only diseases of this gene; repeatable.")
    ] = None,
    panel: Annotated[
        str | None, typer.Option("--panel", help="Only diseases of a panel's genes.")
    ] = None,
    configfile: ConfigFile = DEFAULT_CONFIG,
    language: Annotated[
        Language, typer.Option("--language", "--lang", "-l", help="Language of the words.")
    ] = Language.ENGLISH,
    as_json: Json = False,
) -> None:  # fmt: skip
    """List the diseases that a patient's terms speak for, best first, with their genes and modes.

    They are compared with every disease that the locked HPO release describes, by the method that
    the rules name. A place in the list is no diagnosis: it says nothing of any variant.
    """
    settings = read_settings(configfile)
    releases = open_releases(read_lock(settings.lock), settings.references)
    packet = None if phenopacket is None else read_phenopacket(phenopacket)
    known = read_disease_terms(releases)
    asked = _asked(terms or [], excluded or [], onset, packet, known.corpus.ontology)
    known_sex = packet.sex if packet is not None and sex is Sex.UNKNOWN else sex
    matcher = known.matcher(asked.patient, known_sex, read_rules(settings.rules).values)
    links, pairs = read_links(releases), read_gene_pairs(releases["hpo"].folder)
    within = _within(gene or [], panel, links, releases, matcher)
    names = {disease: each.name for disease, each in known.described.items()}
    ranked = ranked_diseases(matcher, names, genes_of_diseases(links, pairs), within)
    found = tuple(
        replace(each, match=matcher.score(each.disease)) if place < with_terms else each
        for place, each in enumerate(islice(ranked, top))
    )
    if as_json:
        document = _document(asked, known_sex, matcher, found)
        typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
        return
    _warn(asked, packet is not None and packet.onset_unclear and onset is None)
    print_diseases(found, asked.patient, known_sex, matcher, wording(language))


def _asked(
    terms: list[str],
    excluded: list[str],
    onset: str | None,
    packet: PhenopacketContent | None,
    ontology: Ontology,
) -> Asked:
    """Return the patient that command line and Phenopacket describe together."""
    stated = packet.terms if packet is not None else ()
    asked = asked_terms(
        [*terms, *(each.text for each in stated if not each.excluded)],
        [*excluded, *(each.text for each in stated if each.excluded)],
        ontology,
    )
    if not asked.patient.observed:
        raise InputError(
            [
                Fault(
                    "phenotype.nothing", "the command line", "no term that the patient has",
                    "one HPO term at least", "type one, such as HP:0001250",
                )
            ]
        )  # fmt: skip
    written = packet.onset if packet is not None else None
    if onset is not None:
        written = OnsetInput(onset, "the command line", None, "--onset")
    checked = check_onset(written, ontology)
    return replace(asked, patient=replace(asked.patient, onset=checked.term))


def _within(
    genes: list[str],
    panel: str | None,
    links: Mapping[str, GeneLinks],
    releases: Releases,
    matcher: PatientMatcher,
) -> Collection[str] | None:
    """Return the genes (HGNC ids) that are asked for; None for all."""
    named = genes_named(genes, links) if genes else None
    if panel is None:
        return named
    held = genes_on(panel, reader(releases), links, matcher)
    return held if named is None else named & held


def _document(
    asked: Asked, sex: Sex, matcher: PatientMatcher, found: tuple[RankedDisease, ...]
) -> dict[str, Any]:
    return {
        "hpo": matcher.ontology.release,
        "patient": {**to_object(asked.patient), "sex": sex.value},
        "term_names": matcher.names(asked.patient),
        "replaced": {each.written: each.term.id for each in asked.replaced},
        "diseases": to_json(found),
    }


def _warn(asked: Asked, onset_unclear: bool) -> None:
    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    for each in asked.replaced:
        console.print(f"warning: {each.written} is {each.term.id} {each.term.name} now")
    if onset_unclear:
        console.print("warning: the Phenopacket's onset is of another form, or of several: not used"
                      " (--onset gives one)")  # fmt: skip
