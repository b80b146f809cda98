"""Values into words, numbers and dates of one language."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import exp
from types import MappingProxyType

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from varinterp.model.assessment import AcmgClass
from varinterp.model.evidence import Reason, Scalar
from varinterp.report.catalogue import Catalogue, Language, catalogue, placeholders

_MINUS = "\N{MINUS SIGN}"
_FREQUENCY_DIGITS = 4
_SCORE_DIGITS = 6
_CERTAIN = 0.001
_MOST_LOG_ODDS = 60
"""Log-odds above which a factor is written as this one's: no evidence of ours comes near."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What the templates ask of a language."""

    catalogue: Catalogue

    @property
    def language(self) -> Language:
        """The language itself."""
        return self.catalogue.language

    def text(self, key: str, **facts: str | int) -> str:
        """Return a text of the page; whole numbers are grouped as the language does."""
        shown = {
            name: fact if isinstance(fact, str) else self.count(fact)
            for name, fact in facts.items()
        }
        return self.catalogue.text(key, shown)

    def word(self, vocabulary: str, value: object) -> str:
        """Return the word for a value of a closed vocabulary; InternalError when it has none."""
        return self.catalogue.text(f"word.{vocabulary}.{value}")

    def word_or_code(self, vocabulary: str, code: str) -> str:
        """Return the word for a code that others give, or the code itself."""
        key = f"word.{vocabulary}.{code}"
        return self.catalogue.text(key) if key in self.catalogue else code

    def organ(self, term: str | None, name: str | None) -> str:
        """Return the word for an organ system of HPO, HPO's own name where there is none."""
        key = f"word.organ.{term}"
        other = name or self.catalogue.text("phenotype.other_organ")
        return self.catalogue.text(key) if key in self.catalogue else other

    def sentence(self, reason: Reason) -> str:
        """Return a reason's sentence, with its first letter in upper case.

        A reason that an earlier version stored may have lost its sentence, or lack a fact that the
        sentence tells now: it is shown as it was stored.
        """
        key, facts = f"reason.{reason.key}", dict(reason.facts)
        if key not in self.catalogue:
            told = ", ".join((reason.key, *(f"{name}: {fact}" for name, fact in facts.items())))
            return self.text("explanation.former", told=told)
        shown = {name: self._fact(name, facts) for name in facts}
        unknown = placeholders(self.catalogue.messages[key]) - shown.keys()
        shown |= dict.fromkeys(unknown, self.catalogue.text("word.not_given"))
        told = first_upper(self.catalogue.text(key, shown))
        return " ".join((told, *self._lowered(facts)))

    def _lowered(self, facts: Mapping[str, Scalar]) -> Iterator[str]:
        """Yield why a criterion counts at less than its own evidence gives."""
        because = facts.get("lowered_because")
        for word in str(because).split(", ") if because is not None else ():
            strength = self.word("strength", facts["lowered_from"])
            yield self.text(f"word.lowered.{word}", strength=strength)

    def acmg_class(self, value: AcmgClass) -> str:
        """Return a class as a word and a number: ``pathogenic (class 5)``."""
        return self.text("word.class.named", word=self.word("class", value), number=value.rank)

    def count(self, number: int) -> str:
        """Write a whole number with its thousands apart."""
        return format_decimal(number, format="#,##0", locale=self.language.value)

    def number(self, value: float, digits: int = _SCORE_DIGITS) -> str:
        """Write a number with so many significant digits at most, never as a power of ten."""
        rounded = Decimal(f"{value:.{digits}g}")
        return format_decimal(rounded, format="#,##0.##############", locale=self.language.value)

    def frequency(self, value: float) -> str:
        """Write a frequency as a fraction of 1."""
        return self.number(value, _FREQUENCY_DIGITS)

    def rate(self, text: str) -> str:
        """Write a published rate: 1/22 as it stands, a number as the language does."""
        return text if "/" in text else self.frequency(float(text))

    def percent(self, share: float, decimals: int = 0) -> str:
        """Write a share of 1 as a percentage."""
        rounded = Decimal(str(round(share, decimals + 2)))
        return format_percent(rounded, locale=self.language.value, decimal_quantization=False)

    def probability(self, value: float) -> str:
        """Write a probability as a percentage that is never rounded to none or to certainty."""
        if value >= 1 - _CERTAIN:
            return self.text("word.above", limit=self.percent(1 - _CERTAIN, 1))
        if value <= _CERTAIN:
            return self.text("word.below", limit=self.percent(_CERTAIN, 1))
        return self.percent(value, 1)

    def odds(self, log_odds: float) -> str:
        """Write natural log-odds as the factor by which they multiply odds: ``× 12``, ``÷ 3``."""
        factor = f"{exp(min(abs(log_odds), _MOST_LOG_ODDS)):.2g}"
        if float(factor) == 1:
            return self.catalogue.text("word.odds.none")
        sign = "up" if log_odds > 0 else "down"
        shown = format_decimal(Decimal(factor), format="#,##0.#", locale=self.language.value)
        return self.catalogue.text(f"word.odds.{sign}", {"factor": shown})

    def points(self, points: int) -> str:
        """Write points with their sign."""
        sign = "+" if points > 0 else _MINUS if points < 0 else ""
        return f"{sign}{abs(points)}"

    def hundredths(self, points: float) -> str:
        """Write points that are counted in hundredths, with their sign."""
        sign = "+" if points > 0 else _MINUS if points < 0 else ""
        return sign + format_decimal(abs(points), format="0.00", locale=self.language.value)

    def date(self, iso: str) -> str:
        """Write an ISO date in full; a text that is not one is given back as it is."""
        try:
            day = date.fromisoformat(iso)
        except ValueError:
            return iso
        return format_date(day, "d MMMM y", locale=self.language.value)

    def given(self, value: int | float | str | None) -> str:
        """Write a value, or that it was not given."""
        if value is None:
            return self.catalogue.text("word.not_given")
        if isinstance(value, float):
            return self.number(value)
        return self.count(value) if isinstance(value, int) else value

    def _fact(self, name: str, facts: Mapping[str, Scalar]) -> str:
        value = facts[name]
        if value is None:
            return self.catalogue.text("word.not_given")
        if name in _FACTS:
            return _FACTS[name](self, facts)
        return self.number(value) if isinstance(value, float) else str(value)


def wording(language: Language) -> Wording:
    """Return the wording of a language."""
    return Wording(catalogue(language))


def first_upper(text: str) -> str:
    """Return a text with its first letter in upper case, the others as they are."""
    return text[:1].upper() + text[1:]


def rich(text: str) -> Markup:
    """Escape a text for HTML and set its Latin in italics."""
    return Markup(str(escape(text)).replace("de novo", '<i lang="la">de novo</i>'))  # noqa: S704


def _tally(wording: Wording, facts: Mapping[str, Scalar]) -> str:
    """Write what is met: ``pathogenic 1 very_strong, benign 2 supporting``."""
    parts = (part.split() for part in str(facts["combination"]).split(", "))
    return " + ".join(
        wording.text(
            "criteria.tally",
            count=int(count),
            strength=wording.word("strength", strength),
            direction=wording.word("direction", direction),
        )
        for direction, count, strength in parts
    )


Formatter = Callable[[Wording, Mapping[str, Scalar]], str]


def _word(name: str, vocabulary: str) -> Formatter:
    return lambda wording, facts: wording.word(vocabulary, facts[name])


def _count(name: str) -> Formatter:
    return lambda wording, facts: wording.count(int(facts[name] or 0))


def _frequency(name: str) -> Formatter:
    return lambda wording, facts: wording.frequency(float(facts[name] or 0))


def _significances(name: str) -> Formatter:
    return lambda wording, facts: ", ".join(
        wording.word("significance", word) for word in str(facts[name]).split(", ")
    )


def _class(name: str) -> Formatter:
    return lambda wording, facts: wording.acmg_class(AcmgClass(str(facts[name])))


def _sources(name: str) -> Formatter:
    return lambda wording, facts: ", ".join(
        wording.word_or_code("source", source) for source in str(facts[name]).split(", ")
    )


def _day(name: str) -> Formatter:
    return lambda wording, facts: wording.date(str(facts[name]))


def _measure(wording: Wording, facts: Mapping[str, Scalar]) -> str:
    measure, group = facts["measure"], facts.get("group")
    if group is None:
        return wording.word("measure", measure)
    named = wording.word_or_code("group", str(group))
    return wording.text(f"word.measure_in_group.{measure}", group=named)


def _score(wording: Wording, facts: Mapping[str, Scalar]) -> str:
    """Write a predictor's score as its number; a hypothesis' is a chance."""
    value = facts["score"]
    if isinstance(value, float) and "tool" not in facts:
        return wording.probability(value)
    return wording.given(value)


_MOVED: Mapping[str, Callable[[str], Formatter]] = MappingProxyType(
    {
        "class": _class,
        "fit": lambda name: _word(name, "fit"),
        "mode": lambda name: _word(name, "inheritance"),
        "significance": _significances,
        "stars": lambda name: _word(name, "stars"),
        "strength": lambda name: _word(name, "strength"),
        "tier": lambda name: _word(name, "tier"),
        "validity": lambda name: _word(name, "validity"),
    }
)
"""How the two sides of what moved are written: ``class_before`` and ``class_after``."""

_FACTS: Mapping[str, Formatter] = MappingProxyType(
    {
        "ac": _count("ac"),
        "acmg_class": _class("acmg_class"),
        "asserted_by": _sources("asserted_by"),
        "alleles": _count("alleles"),
        "an": _count("an"),
        "combination": _tally,
        "consequence": _word("consequence", "consequence"),
        "evidence": _word("evidence", "phase_evidence"),
        "frequency": _frequency("frequency"),
        "measure": _measure,
        "genotype": _word("genotype", "zygosity"),
        "held": _class("held"),
        "groups": lambda wording, facts: ", ".join(
            wording.word_or_code("group", code) for code in str(facts["groups"]).split(", ")
        ),
        "effect": _word("effect", "effect"),
        "entered_on": _day("entered_on"),
        "first_seen": _day("first_seen"),
        "machine": _word("machine", "outcome"),
        "listed_on": _day("listed_on"),
        "noise_family": lambda wording, facts: wording.word_or_code(
            "noise_family", str(facts["noise_family"])
        ),
        "panel_level": _word("panel_level", "panel_level"),
        "phase": _word("phase", "phase"),
        "predicted": _word("predicted", "predicted_effect"),
        "predicted_one": _word("predicted_one", "predicted_effect"),
        "predicted_other": _word("predicted_other", "predicted_effect"),
        "rate": lambda wording, facts: wording.rate(str(facts["rate"])),
        "rate_measure": _word("rate_measure", "rate_measure"),
        "filter": lambda wording, facts: wording.word_or_code("filter", str(facts["filter"])),
        "minimum": lambda wording, facts: wording.count(int(float(facts["minimum"] or 0))),
        "covered": lambda wording, facts: wording.percent(float(facts["covered"] or 0), 1),
        "highest": _frequency("highest"),
        "total": _frequency("total"),
        "score": _score,
        "repeat_kind": lambda wording, facts: ", ".join(
            wording.word_or_code("repeat", kind) for kind in str(facts["repeat_kind"]).split(", ")
        ),
        "removed": lambda wording, facts: wording.percent(float(facts["removed"] or 0), 1),
        "share": lambda wording, facts: wording.percent(float(facts["share"] or 0), 1),
        "role": _word("role", "role"),
        "mode": _word("mode", "inheritance"),
        "side": _word("side", "splice_side"),
        "significance": _significances("significance"),
        "strength": _word("strength", "strength"),
        "sum_of_points": lambda wording, facts: wording.points(int(facts["sum_of_points"] or 0)),
        "tier": _word("tier", "tier"),
        "tool": _word("tool", "tool"),
        "validity": _word("validity", "validity"),
        **{
            f"{name}_{side}": formatter(f"{name}_{side}")
            for name, formatter in _MOVED.items()
            for side in ("before", "after")
        },
    }
)
"""How the facts of reasons are written, by name; any other is written as the number it is."""
