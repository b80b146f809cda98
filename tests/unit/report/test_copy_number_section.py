"""The section on copy numbers: what is shown, counted, and said to be missing."""

from dataclasses import replace

import pytest

from copy_number_builders import (
    DISEASE,
    GAIN,
    CopySetting,
    causes,
    in_population,
    many,
    touched,
)
from page import Page, facts
from report_cases import nonsense
from varinterp.documents.copy_number import CalledCopyNumber, CopyNumbers
from varinterp.model.case import Tier
from varinterp.model.copy_number import CopyNumber
from varinterp.model.copy_number_facts import Carrier
from varinterp.model.facts import PhenotypeFit
from varinterp.report.catalogue import Language
from varinterp.report.html import render
from varinterp.report.view import build_view

TBX1 = touched()
RESULT = nonsense()
PEOPLE = tuple(person.id for person in RESULT.case.family)
CALLS = tuple(
    (person, call)
    for person, call in zip(PEOPLE, (Carrier.YES, Carrier.NO, Carrier.UNKNOWN), strict=False)
)


def found(setting: CopySetting) -> CalledCopyNumber:
    return CalledCopyNumber(setting.assessed(), CALLS)


def copies(*settings: CopySetting, **more: object) -> CopyNumbers:
    values: dict[str, object] = {
        "case": RESULT.case.id,
        "given": True,
        "called": 40,
        "found": tuple(found(setting) for setting in settings),
        "set_aside": (("INV", 2), ("no_exon", 37)),
    }
    return CopyNumbers(**(values | more))  # type: ignore[arg-type]


def section(of: CopyNumbers | None, language: Language = Language.ENGLISH) -> str:
    """The visible text of the section."""
    text = Page(render(build_view(RESULT, None, of), language)).text
    title = {"en": "Copy-number variants", "fr": "Variants du nombre de copies"}[language.value]
    after = {"en": "Methods", "fr": "Méthodes"}[language.value]
    part = text.rpartition(title)[2]
    return part.partition(f" {after}")[0]


PATHOGENIC = CopySetting(genes=(TBX1,), loss_of=(TBX1,), constructed=True)
BENIGN = CopySetting(GAIN, genes=(touched("COMT"),), population=(in_population(),))
UNCERTAIN = CopySetting(genes=many(30))


def unrelated(exact: int) -> CopySetting:
    return CopySetting(
        genes=(touched("BRCA1"),),
        loss_of=(touched("BRCA1"),),
        links={"BRCA1": (causes(),)},
        fits={DISEASE: PhenotypeFit(4, exact)},
    )


def test_every_line_of_a_pathogenic_loss_is_explained() -> None:
    text = section(copies(PATHOGENIC))
    assert "NC_000022.11:g.18900001_19900000del" in text
    assert "GRCh38:22-18900001-19900000-DEL-1" in text
    assert "Pathogenic (class 5)" in text
    assert "1,000,000 bases" in text
    assert "copies: 1" in text
    assert "TBX1 (whole)" in text
    assert "+1.00" in text
    assert "Lost whole, and established as haploinsufficient by ClinGen: TBX1." in text
    assert "has it" in text
    assert "not called" in text
    assert "constructed" in text
    lines = found(PATHOGENIC).assessment.lines
    assert all(f"{line.code} " in text for line in lines)


def test_what_speaks_against_disease_is_told_in_a_row() -> None:
    text = section(copies(BENIGN))
    assert "Other copy numbers: 1" in text
    assert "4O −1.00. A common one accounts for it" in text
    assert "2A" not in text


def test_what_speaks_for_disease_is_in_full_whatever_its_class() -> None:
    view = build_view(RESULT, None, copies(PATHOGENIC, UNCERTAIN, BENIGN)).copy_numbers
    assert view is not None
    assert [row.points for row in view.full] == [1.0, 0.45]
    assert [row.points for row in view.short] == [-1.0]
    assert view.full[1].more_genes == 10


def test_a_copy_number_of_another_disease_is_counted_and_not_named() -> None:
    text = section(copies(PATHOGENIC, unrelated(0)))
    assert "BRCA1" not in text
    assert "share no term with the patient: 1." in text
    shown = section(copies(unrelated(1)))
    assert "BRCA1" in shown
    assert "share no term" not in shown


def test_a_small_variant_of_the_same_gene_is_named_beside_a_copy_number() -> None:
    gene = touched("TANGO2", hgnc=RESULT.assessments[0].key.gene)
    allele = str(RESULT.assessments[0].key.allele)
    full = section(copies(CopySetting(genes=(gene,), loss_of=(gene,))))
    row = section(copies(CopySetting(genes=(gene,), population=(in_population(),))))

    assert f"Small variants of the same gene in the patient: {allele}" in full
    assert f"Small variants of the same gene in the patient: {allele}" in row
    assert "Small variants of the same gene" not in section(copies(PATHOGENIC, BENIGN))


@pytest.mark.parametrize("tier", [Tier.SECONDARY, Tier.UNRELATED])
def test_a_small_variant_of_an_unrelated_disease_is_not_named_beside_a_copy_number(
    tier: Tier,
) -> None:
    gene = touched("TANGO2", hgnc=RESULT.assessments[0].key.gene)
    beside = copies(CopySetting(genes=(gene,), loss_of=(gene,)))
    hidden = tuple(replace(place, tier=tier) for place in RESULT.ranking)
    page = render(build_view(replace(RESULT, ranking=hidden), None, beside), Language.ENGLISH)

    assert "Small variants of the same gene" not in page


def test_a_row_without_points_says_so() -> None:
    text = section(copies(CopySetting(genes=(touched("COMT"),))))
    assert "No line has points; not assessed: " in text


def test_what_was_set_aside_and_not_consulted_is_said() -> None:
    text = section(copies(PATHOGENIC, without=("gnomad_sv",)))
    assert "gnomAD structural variants" in text
    assert "inversions, not assessed 2" in text
    assert "touching no exon or evaluated region 37" in text


def test_nothing_to_show_is_said() -> None:
    assert "None is shown." in section(copies())


@pytest.mark.parametrize("language", Language)
def test_without_a_vcf_nothing_is_shown_as_assessed(language: Language) -> None:
    text = section(copies(given=False, found=(), called=0), language)
    expected = {
        "en": "Not assessed: no copy-number VCF was given",
        "fr": "Non évalués\N{NO-BREAK SPACE}: aucun VCF de nombres de copies",
    }
    assert expected[language.value] in text
    assert "Riggs" not in text


def test_a_report_of_a_reanalysis_sends_to_the_analysis() -> None:
    text = section(None)
    assert "Copy numbers are not part of this report" in text
    assert "reanalysis does not reach them" in text


def test_the_limits_say_what_becomes_of_copy_numbers() -> None:
    text = Page(render(build_view(RESULT, None, copies(PATHOGENIC)), Language.ENGLISH)).text
    assert "they are not kept in the registry, and reanalysis does not reach them" in text


def test_both_languages_show_the_same_facts() -> None:
    every = copies(PATHOGENIC, UNCERTAIN, BENIGN, without=("gnomad_sv",))
    english, french = (
        facts(Page(render(build_view(RESULT, None, every), language))) for language in Language
    )
    assert english == french


def test_a_page_with_copy_numbers_is_well_formed() -> None:
    page = Page(render(build_view(RESULT, None, copies(PATHOGENIC, UNCERTAIN)), Language.FRENCH))
    assert not page.mistakes
    ids = page.values("id")
    assert len(ids) == len(set(ids))


def test_a_person_who_is_no_member_any_more_is_left_out() -> None:
    called = replace(found(PATHOGENIC), calls=(("P-GONE", Carrier.YES),))
    view = build_view(RESULT, None, copies(found=(called,))).copy_numbers
    assert view is not None
    assert view.full[0].family == ()


def test_copies_that_nobody_counted_are_said_so() -> None:
    uncounted = CopySetting(
        CopyNumber.parse("22-18900001-19900000-DEL"), genes=(TBX1,), loss_of=(TBX1,)
    )
    assert "copies not counted" in section(copies(uncounted))
