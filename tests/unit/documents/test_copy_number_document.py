"""`copy_number.json`: whole there and back, and refused when it is something else."""

import json
from dataclasses import replace

import pytest

from copy_number_builders import LOSS, CopySetting, relative, touched, trio
from varinterp.documents.copy_number import (
    CalledCopyNumber,
    CopyNumbers,
    carried,
    copy_number_schema,
    dump_copy_numbers,
    load_copy_numbers,
)
from varinterp.errors import ReleaseError
from varinterp.model.case import ReleaseLabel
from varinterp.model.copy_number_facts import Carrier, Hit

TBX1 = touched()
SETTING = CopySetting(
    LOSS,
    genes=(TBX1,),
    loss_of=(TBX1,),
    family=trio(relative("S")),
    calls={"P": Carrier.YES, "FA": Carrier.NO},
)
WHOLE = CopyNumbers(
    case="C-AAAAAAAAAAAA",
    given=True,
    records=9,
    set_aside=(("INV", 1),),
    called=2,
    found=(CalledCopyNumber(SETTING.assessed(), (("P", Carrier.YES), ("FA", Carrier.NO))),),
    releases=(ReleaseLabel("clingen_dosage", "2025", "2025-07-01", "u", "CC0", False),),
    without=("gnomad_sv",),
)


@pytest.mark.parametrize("copies", [WHOLE, CopyNumbers("C-AAAAAAAAAAAA", given=False)])
def test_a_document_is_read_back_as_it_was_written(copies: CopyNumbers) -> None:
    text = dump_copy_numbers(copies)
    assert load_copy_numbers(text) == copies
    assert dump_copy_numbers(load_copy_numbers(text)) == text
    assert text.endswith("}\n")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema_version": 2}, "reads up to 1"),
        ({"given": "yes"}, "given"),
        ({"called": -1.5}, "called"),
        ({"more": 1}, "more"),
    ],
)
def test_another_document_is_refused_without_its_content(
    change: dict[str, object], message: str
) -> None:
    document = json.loads(dump_copy_numbers(WHOLE)) | change
    with pytest.raises(ReleaseError, match=message) as refused:
        load_copy_numbers(json.dumps(document))
    assert "18900001" not in str(refused.value)


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(ReleaseError, match="no copy-number document"):
        load_copy_numbers("[]")


def test_the_schema_describes_what_is_written() -> None:
    schema = json.loads(copy_number_schema())
    assert set(schema["required"]) == json.loads(dump_copy_numbers(WHOLE)).keys()


def test_the_ranking_reads_those_that_touch_an_exon() -> None:
    (found,) = carried(WHOLE)

    assert found.copy_number == SETTING.assessed().copy_number
    assert found.genes == (TBX1.hgnc,)
    assert found.held is SETTING.assessed().machine
    assert found.of("P") is Carrier.YES
    assert found.of("S") is Carrier.UNKNOWN


def test_the_ranking_leaves_out_what_touches_introns_alone() -> None:
    within = touched(hit=Hit.INTRONIC)
    setting = CopySetting(LOSS, genes=(within,), loss_of=(), calls={"P": Carrier.YES})
    copies = replace(WHOLE, found=(CalledCopyNumber(setting.assessed(), ()),))

    assert carried(copies) == ()
