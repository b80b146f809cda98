"""The tables of the Parquet export: their columns, and what each means."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from varinterp.registry.exports import table_rows
from varinterp.registry.exports.record import Subject
from varinterp.registry.exports.table_rows import Row

_TEXT, _INT, _REAL, _BOOL, _DAY = (
    pa.string(),
    pa.int64(),
    pa.float64(),
    pa.bool_(),
    pa.date32(),
)
_INSTANT = pa.timestamp("us", tz="UTC")
_TEXTS = pa.list_(pa.field("item", pa.string(), nullable=False))


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `personal` ones hold rows of consenting cases alone."""

    name: str
    meaning: str
    schema: pa.Schema
    rows: Callable[[Subject, date], Iterator[Row]]
    personal: bool = True


def _schema(*columns: tuple[str, pa.DataType, bool, str]) -> pa.Schema:
    """Columns as (name, type, may be null, meaning)."""
    return pa.schema(
        [
            pa.field(name, kind, nullable=nullable, metadata={"meaning": meaning})
            for name, kind, nullable, meaning in columns
        ]
    )


_CASE = ("case", _TEXT, False, "the case's pseudonym")
_KEY = (
    _CASE,
    ("allele", _TEXT, False, "GRCh38:chromosome-position-ref-alt"),
    ("gene", _TEXT, False, "HGNC id"),
    ("disease", _TEXT, False, "disease id, or none"),
    ("inheritance", _TEXT, True, "mode of inheritance; null without a disease"),
    ("rules", _TEXT, False, "family of rules"),
)


TABLES: tuple[Table, ...] = (
    Table(
        "cases",
        "every case; one that is withheld has its reason and nothing else",
        _schema(
            _CASE,
            ("withheld", _TEXT, True, "why nothing more is exported; null when it is"),
            ("analysis", _INT, True, "number of the analysis"),
            ("family", _TEXT, True, "the family's pseudonym"),
            ("proband", _TEXT, True, "the proband's pseudonym"),
            ("sex", _TEXT, True, "the proband's sex"),
            ("sequenced", _INT, True, "people sequenced"),
            ("consanguineous", _BOOL, True, "stated consanguinity of the parents"),
            ("software", _TEXT, True, "version of varinterp that concluded"),
            ("pre_indication", _TEXT, True, "pre-indication of the prescription"),
            ("prescribed_on", _DAY, True, "day of the prescription"),
            ("level", _TEXT, True, "signed diagnostic level; null while nobody recorded one"),
            ("level_from", _DAY, True, "day from which the level holds"),
            ("diseases", _TEXTS, True, "diseases as signed"),
        ),
        table_rows.cases,
        personal=False,
    ),
    Table(
        "consents",
        "every recorded decision of every case that is not erased, in the order of recording",
        _schema(
            _CASE,
            ("number", _INT, False, "order of recording within the case"),
            ("person", _TEXT, False, "pseudonym"),
            ("scope", _TEXT, False, "what was asked"),
            ("granted", _BOOL, False, "yes or no"),
            ("valid_from", _DAY, False, "from which day"),
        ),
        table_rows.consents,
        personal=False,
    ),
    Table(
        "samples",
        "how each person was sequenced",
        _schema(
            _CASE,
            ("person", _TEXT, False, "pseudonym"),
            ("analysis", _INT, False, "number of the analysis"),
            ("technique", _TEXT, True, "technique; null when not stated"),
            ("mean_coverage", _REAL, True, "mean depth in reads"),
            ("inputs", _TEXTS, False, "SHA-256 of the input files"),
        ),
        table_rows.samples,
    ),
    Table(
        "phenotype",
        "the proband's terms that hold",
        _schema(
            _CASE,
            ("term", _TEXT, False, "HPO id"),
            ("name", _TEXT, True, "its name in the release that was read"),
            ("excluded", _BOOL, False, "looked for and not seen"),
            ("observed_on", _DAY, True, "day; null when not recorded"),
        ),
        table_rows.phenotype,
    ),
    Table(
        "candidates",
        "alleles that passed a gate, with the proband's genotype",
        _schema(
            _CASE,
            ("allele", _TEXT, False, "GRCh38:chromosome-position-ref-alt"),
            ("gene", _TEXT, False, "HGNC id"),
            ("symbol", _TEXT, False, "gene symbol"),
            ("gates", _TEXTS, False, "gates passed"),
            ("filter", _TEXT, False, "FILTER of the call"),
            ("transcript", _TEXT, False, "transcript of the consequence"),
            ("consequence", _TEXTS, False, "Sequence Ontology terms, worst first"),
            ("hgvs_c", _TEXT, True, "name on the transcript"),
            ("hgvs_p", _TEXT, True, "name on the protein"),
            ("zygosity", _TEXT, False, "the proband's zygosity"),
            ("depth", _INT, True, "the proband's depth in reads"),
            ("frequency", _REAL, True, "population frequency; null when unknown"),
            ("faf95", _REAL, True, "filtering allele frequency of the highest group"),
            ("clinvar", _TEXTS, False, "ClinVar's words; none when it does not know the allele"),
            ("clinvar_stars", _INT, True, "ClinVar's review stars"),
        ),
        table_rows.candidates,
    ),
    Table(
        "assessments",
        "the current conclusion on each hypothesis, as computed; no class here is signed",
        _schema(
            *_KEY,
            ("transcript", _TEXT, True, "transcript assessed"),
            ("points", _INT, False, "sum of the criteria's points"),
            ("posterior", _REAL, False, "probability of pathogenicity (Tavtigian 2018)"),
            ("machine_points", _TEXT, False, "class by points"),
            ("machine_richards2015", _TEXT, False, "class by the table of 2015"),
            ("rank", _INT, True, "place in the case's ranking"),
            ("tier", _TEXT, True, "tier in the case's ranking"),
            ("disease_name", _TEXT, True, "name of the disease"),
            ("digest", _TEXT, False, "digest of the content"),
            ("constructed", _BOOL, False, "rests on a constructed fact"),
        ),
        table_rows.assessments,
    ),
    Table(
        "criteria",
        "all criteria of each assessment, met or not",
        _schema(
            *_KEY,
            ("criterion", _TEXT, False, "code of Richards 2015"),
            ("outcome", _TEXT, False, "met, not_met or not_assessed"),
            ("strength", _TEXT, True, "strength when met"),
            ("points", _INT, False, "signed points"),
            ("reason", _TEXT, False, "key of the reason"),
            ("constructed", _BOOL, False, "rests on a constructed fact"),
        ),
        table_rows.criteria,
    ),
    Table(
        "reads",
        "every fact that each assessment asked for",
        _schema(
            *_KEY,
            ("source", _TEXT, False, "source of facts"),
            ("key", _TEXT, False, "key of the fact"),
            ("kind", _TEXT, False, "kind of the key"),
            ("digest", _TEXT, True, "digest of the value; null when there was none"),
        ),
        table_rows.reads,
    ),
    Table(
        "findings",
        "classes that two people signed",
        _schema(
            *_KEY,
            ("class", _TEXT, False, "signed class"),
            ("signed_on", _DAY, False, "day of the signatures"),
            ("report", _TEXT, True, "report that names it"),
        ),
        table_rows.findings,
    ),
    Table(
        "releases",
        "the reference releases that each case stands on, with their licences",
        _schema(
            _CASE,
            ("source", _TEXT, False, "source"),
            ("release", _TEXT, False, "release"),
            ("date", _TEXT, False, "its day"),
            ("url", _TEXT, False, "where it comes from"),
            ("licence", _TEXT, False, "its licence"),
            ("constructed", _BOOL, False, "constructed for a demonstration or a test"),
        ),
        table_rows.releases,
    ),
    Table(
        "events",
        "what runs of the reanalysis found to have moved",
        _schema(
            ("event", _INT, False, "number of the event"),
            ("run", _INT, False, "number of the run"),
            ("recorded_at", _INSTANT, False, "when it was recorded"),
            _CASE,
            ("allele", _TEXT, False, "GRCh38:chromosome-position-ref-alt"),
            ("gene", _TEXT, False, "HGNC id"),
            ("symbol", _TEXT, False, "gene symbol"),
            ("kind", _TEXT, False, "what it stands on"),
            ("tier", _INT, False, "how much it matters, 1 first"),
            ("direction", _TEXT, False, "up, down or sideways"),
            ("moved", _TEXTS, False, "what of the conclusion moved"),
            ("class_before", _TEXT, True, "machine class before; null where there was none"),
            ("class_after", _TEXT, True, "machine class after; null where there is none"),
            ("responsible", _TEXTS, False, "sources that the change rests on"),
            ("attribution", _TEXT, False, "how the responsible sources are to be read"),
            ("constructed", _BOOL, False, "rests on a constructed fact"),
            ("digest", _TEXT, False, "digest of the content"),
        ),
        table_rows.events,
    ),
)
