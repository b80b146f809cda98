"""Every reason of the code, and every word of the model, has a sentence in each language."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from varinterp.annotate.allele_kind import SetAside
from varinterp.annotate.join import FrequencyState
from varinterp.errors import InternalError
from varinterp.model.assessment import AcmgClass, Category, Uncertainty
from varinterp.model.case import Gate, Tier
from varinterp.model.clinvar import Significance
from varinterp.model.copy_number import Change
from varinterp.model.copy_number_facts import Carrier, Hit
from varinterp.model.evidence import Criterion, Direction, Strength
from varinterp.model.facts import ALL_FACTS
from varinterp.model.family import Affected, Role, Sex
from varinterp.model.gene_disease import Inheritance
from varinterp.model.genotype import Zygosity
from varinterp.model.splice_site import Side
from varinterp.model.transcript import Mane, Term
from varinterp.report.catalogue import PARTS, Language, catalogue, placeholders
from varinterp.report.evidence_view import ClinVarStatus, FrequencyStatus
from varinterp.report.releases import family
from varinterp.report.view import AnswerKind, State

SOURCE = Path(__file__).parents[3] / "src" / "varinterp"
LOCALE = SOURCE / "report" / "locale"

KEY_ARGUMENT = {
    "met": 1,
    "not_met": 0,
    "not_assessed": 0,
    "fits": 0,
    "unknown": 0,
    "does_not_fit": 0,
    "of": 0,
    "Reason": 0,
}
"""The functions that make a reason, and where its key is among their arguments."""

PARTS_OF_GENES = (Hit.FIVE_PRIME_CODING, Hit.FIVE_PRIME_UTR, Hit.THREE_PRIME_UTR, Hit.LAST_EXONS)
BENIGN_GAINS = (
    *("same_as_benign", "smaller_than_benign", "smaller_interrupting"),
    *("larger_without_genes", "beyond_benign"),
)
PATTERNS = {
    "functional.{effect}": ("functional.damaging", "functional.normal"),
    "comparator.{code}": ("comparator.ps1", "comparator.pm5"),
    "same_splicing.{match.relation}": (
        "same_splicing.same_nucleotide",
        "same_splicing.same_motif",
        "same_splicing.same_dinucleotide",
        "same_splicing.outside_dinucleotide",
    ),
    "de_novo.parentage_{other}": ("de_novo.parentage_confirmed", "de_novo.parentage_assumed"),
    "combine.{why}": tuple(
        f"combine.{why}"
        for why in (
            *("stand_alone", "contradictory", "opposed", "single_benign", "benign_sum"),
            *("no_row", "other_line"),
        )
    ),
    "de_novo.{call.origin}": ("de_novo.inherited", "de_novo.refuted"),
    "explain.rare_{row['frequency_state']}": tuple(
        f"explain.rare_{state.value}" for state in FrequencyState
    ),
    **{
        f"copy_number.{what}_{{hit}}": tuple(f"copy_number.{what}_{hit}" for hit in PARTS_OF_GENES)
        for what in ("part", "none")
    },
    "copy_number.{key}": tuple(f"copy_number.{key}" for key in BENIGN_GAINS),
    "copy_number.not_{key}": tuple(f"copy_number.not_{key}" for key in BENIGN_GAINS),
    "copy_number.new_{parentage}": ("copy_number.new_confirmed", "copy_number.new_assumed"),
    "inheritance.de_novo_{call.origin}": (
        "inheritance.de_novo_refuted",
        "inheritance.de_novo_uncertain",
    ),
}
"""Keys that are put together at run time: what each can become."""

SPREAD = {
    "copy_number": {
        *("gene", "first_exon", "last_exon", "names", "count"),
        *("name", "frequency", "an", "overlap", "exact", "terms"),
    },
    "population": {
        *("frequency", "measure", "group", "ac", "an", "limit"),
        *("prevalence", "allelic_heterogeneity", "genetic_heterogeneity", "penetrance"),
        *("list", "region", "rate", "rate_measure", "curator", "listed_on"),
    },
    "functional": {"assay", "odds_path", "controls", "pmid", "author", "entered_on"},
    "case_count": {
        *("count", "entered", "own"),
        *("odds_ratio", "lower", "upper", "pmid", "author", "entered_on"),
    },
    "mitochondrial": {"frequency", "measure", "group", "ac", "an", "limit"},
    "healthy": {"count", "needed", "genotype"},
    "de_novo": {"role", "alt_reads", "depth", "exact", "terms", "alt_fraction"},
    "in_trans": {"partner", "held", "phase"},
    "same_splicing": {"exon", "side"},
    "segregation": {
        *("affected_with", "affected_without", "unaffected_with", "unaffected_without"),
        *("meioses", "contradicting"),
    },
    "loss_of_function": {
        *("consequence", "exon", "exons", "removed", "first", "last"),
        *("highest", "total"),
    },
}
"""Facts that calls pass on as ``**facts``, by the first word of their key."""


def reasons() -> Iterator[tuple[str, frozenset[str], bool]]:
    """Yield (key, named facts, whether more are passed on) of every reason made in the code."""
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name in ("evidence.py", "fit.py") and path.parent.name == "model":
            continue
        if (path.parent.name, path.name) == ("copy_number", "answer.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and (found := _key(node)) is not None:
                for key in PATTERNS.get(found, (found,)):
                    named = frozenset(word.arg for word in node.keywords if word.arg)
                    yield key, named, any(word.arg is None for word in node.keywords)


def _key(call: ast.Call) -> str | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "of" and getattr(getattr(call.func, "value", None), "id", "") != "Reason":
        return None
    if name not in KEY_ARGUMENT or len(call.args) <= KEY_ARGUMENT[name]:
        return None
    argument = call.args[KEY_ARGUMENT[name]]
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    if isinstance(argument, ast.JoinedStr):
        return "".join(
            f"{{{ast.unparse(part.value)}}}" if isinstance(part, ast.FormattedValue) else text
            for part in argument.values
            for text in [str(getattr(part, "value", ""))]
        )
    return f"<{ast.unparse(argument)}>"


USED = tuple(reasons())


@pytest.mark.parametrize("language", Language)
def test_every_reason_made_in_the_code_has_a_sentence(language: Language) -> None:
    texts = catalogue(language)
    missing = sorted({key for key, _, _ in USED if f"reason.{key}" not in texts})
    assert not missing


def test_no_sentence_is_kept_for_a_reason_that_the_code_no_longer_gives() -> None:
    kept = {key for key in catalogue(Language.ENGLISH).messages if key.startswith("reason.")}
    assert kept == {f"reason.{key}" for key, _, _ in USED}


def test_a_sentence_only_uses_facts_that_its_reason_carries() -> None:
    texts = catalogue(Language.ENGLISH)
    for key, named, spread in USED:
        given = named | (SPREAD[key.partition(".")[0]] if spread else set())
        assert placeholders(texts.messages[f"reason.{key}"]) <= given, key


def test_both_languages_have_the_same_keys_and_the_same_facts() -> None:
    english, french = (catalogue(language).messages for language in Language)
    assert english.keys() == french.keys()
    for key, text in english.items():
        assert placeholders(text) == placeholders(french[key]), key


VOCABULARIES: dict[str, type[StrEnum]] = {
    "affected": Affected,
    "category": Category,
    "class": AcmgClass,
    "consequence": Term,
    "criterion": Criterion,
    "direction": Direction,
    "aside": SetAside,
    "carrier": Carrier,
    "copy_change": Change,
    "hit": Hit,
    "gate": Gate,
    "inheritance": Inheritance,
    "mane": Mane,
    "role": Role,
    "sex": Sex,
    "significance": Significance,
    "splice_side": Side,
    "state": State,
    "strength": Strength,
    "tier": Tier,
    "uncertainty": Uncertainty,
    "zygosity": Zygosity,
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_every_word_of_the_model_is_translated(language: Language, vocabulary: str) -> None:
    texts = catalogue(language)
    keys = {f"word.{vocabulary}.{value.value}" for value in VOCABULARIES[vocabulary]}
    assert not {key for key in keys if key not in texts}


@pytest.mark.parametrize("language", Language)
def test_every_status_answer_tier_and_source_has_a_text(language: Language) -> None:
    keys = [
        *(f"answer.{kind.value}" for kind in AnswerKind),
        *(f"frequency.{status.value}" for status in FrequencyStatus),
        *(f"clinvar.{status.value}" for status in ClinVarStatus),
        *(f"word.stars.{stars}" for stars in (0, 1, 2, 3, 4, None)),
        *(f"word.source.{family(fact.source)}" for fact in ALL_FACTS),
        *(
            f"glossary.{part}.{value.value}"
            for part in ("points", "meaning")
            for value in AcmgClass
        ),
    ]
    assert not [key for key in keys if key not in catalogue(language)]


GLOSSARY = {
    "word.class.pathogenic": "pathogène",
    "word.class.likely_pathogenic": "probablement pathogène",
    "word.class.uncertain_significance": "de signification incertaine, VSI",
    "word.class.likely_benign": "probablement bénin",
    "word.class.benign": "bénin",
    "word.class.named": "{word} (classe {number})",
    "word.zygosity.heterozygous": "hétérozygote",
    "word.zygosity.homozygous": "homozygote",
    "word.zygosity.hemizygous": "hémizygote",
    "word.zygosity.compound": "hétérozygote composite",
    "word.gate.de_novo": "de novo",
    "word.inheritance.autosomal_dominant": "autosomique dominant",
    "word.inheritance.autosomal_recessive": "autosomique récessif",
    "word.inheritance.x_linked": "lié à l’X",
    "word.role.proband": "cas index",
    "word.affected.no": "non atteint",
    "word.strength.stand_alone": "autonome",
    "word.strength.very_strong": "très fort",
    "word.strength.strong": "fort",
    "word.strength.moderate": "modéré",
    "word.strength.supporting": "d’appui",
    "hypothesis.fit": "Mode de transmission",
    "column.depth": "Profondeur",
    "column.criterion": "Critère",
}


def test_the_french_glossary_is_kept_to_the_letter() -> None:
    texts = catalogue(Language.FRENCH).messages
    assert {key: texts[key] for key in GLOSSARY} == GLOSSARY


def test_french_never_says_pathogenique_or_benigne() -> None:
    everything = " ".join(catalogue(Language.FRENCH).messages.values()).lower()
    assert "pathogénique" not in everything
    assert "bénigne" not in everything


def test_french_punctuation_never_breaks_away_from_its_word() -> None:
    for key, text in catalogue(Language.FRENCH).messages.items():
        assert not re.search(r" [:;!?%»]|« |(?<![\s({«])[;!?»]", text), key
        assert "'" not in text, key


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("part", PARTS)
def test_a_key_is_written_once(language: Language, part: str) -> None:
    text = (LOCALE / language.value / f"{part}.po").read_text(encoding="utf-8")
    ids = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
    assert len(ids) == len(set(ids))


def test_a_text_that_is_missing_is_our_own_fault() -> None:
    with pytest.raises(InternalError, match=r"reason\.unheard_of in fr"):
        catalogue(Language.FRENCH).text("reason.unheard_of")


def test_a_fact_that_is_missing_is_our_own_fault() -> None:
    with pytest.raises(InternalError, match="next_start"):
        catalogue(Language.ENGLISH).text("reason.loss_of_function.start_lost")
