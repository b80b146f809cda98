"""What makes the rules about PS1 by splicing sound: two strengths a row, or the word for none."""

from collections.abc import Iterator, Mapping

from varinterp.acmg.question import VOID
from varinterp.model.evidence import GRADED

PREFIX = "same_splicing."
_WORDS = frozenset({VOID, *GRADED})


def splice_problems(values: Mapping[str, object]) -> Iterator[str]:
    """Yield what is wrong with the `same_splicing.*` rules among some values."""
    for key, value in values.items():
        if not key.startswith(PREFIX):
            continue
        if not isinstance(value, tuple) or len(value) != 2 or not _WORDS.issuperset(value):
            yield (
                f"{key} is two of {', '.join((VOID, *GRADED))}: with a pathogenic comparator, "
                "and with a likely pathogenic one"
            )
