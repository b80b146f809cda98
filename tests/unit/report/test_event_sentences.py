"""Whatever an event says has a sentence in each language, with nothing left open in it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from event_builders import (
    CONFLICTING,
    DOMINANT,
    LP,
    OTHER,
    PATHOGENIC,
    RECESSIVE,
    UNCERTAIN,
    VUS,
    Claim,
    P,
    event,
    events,
)
from varinterp.model.case import Tier
from varinterp.model.fit import Answer
from varinterp.model.gene_disease import Validity
from varinterp.report.catalogue import Language
from varinterp.report.wording import wording

CLAIMS = st.builds(
    Claim,
    criteria=st.sampled_from([VUS, LP, P]),
    clinvar=st.sampled_from([None, PATHOGENIC, UNCERTAIN, CONFLICTING]),
    tier=st.sampled_from(list(Tier)),
    fit=st.sampled_from(list(Answer)),
    disease=st.sampled_from([None, "OMIM:616878", "OMIM:100000"]),
    mode=st.sampled_from([RECESSIVE, DOMINANT]),
    validity=st.sampled_from(list(Validity)),
    exact=st.sampled_from([None, 0, 3]),
)
NOTHING = st.just(())


@pytest.mark.parametrize("language", Language)
@settings(deadline=None)
@given(CLAIMS.map(lambda claim: (claim,)) | NOTHING, CLAIMS.map(lambda claim: (claim,)) | NOTHING)
def test_every_event_is_told_in_whole_sentences(
    language: Language, before: tuple[Claim, ...], after: tuple[Claim, ...]
) -> None:
    say = wording(language).sentence
    for each in events(before, after):
        told = [say(reason) for reason in (*each.reasons, each.why)]

        assert all(sentence[-1] == "." and "{" not in sentence for sentence in told)
        assert len(told) > 1


def test_a_withdrawn_record_and_a_second_hit_are_named() -> None:
    lost = event(Claim(clinvar=PATHOGENIC), Claim())
    alone = Claim(homozygous=False)
    pair = (
        replace(alone, partner=OTHER),
        Claim(OTHER, homozygous=False, partner=str(alone.key.allele)),
    )
    (second,) = [each for each in events((alone,), pair) if str(each.allele) != OTHER]
    english, french = (wording(language) for language in (Language.ENGLISH, Language.FRENCH))

    assert english.sentence(lost.reasons[0]) == (
        "ClinVar no longer says anything of the variant; it said: pathogenic."
    )
    assert french.sentence(lost.reasons[0]) == (
        "ClinVar n’indique plus rien sur ce variant\N{NARROW NO-BREAK SPACE}; "
        "la classification était\N{NO-BREAK SPACE}: pathogène."
    )
    assert english.sentence(second.reasons[0]) == (
        f"A second variant of the gene counts now: {OTHER}."
    )
