"""Opt-in: real dated ClinVar sets brought to releases, and every difference checked by hand.

The differences of two releases are compared with `clinvar_by_hand`, which reads the same files
with plain Python and shares no code with varinterp.
"""

import random
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import clinvar_by_hand
import pytest
from shared_genome import needs_shared_data, shared, sparse_genome

from varinterp.pipeline.references.adapter import Context
from varinterp.pipeline.references.clinvar import ADAPTER
from varinterp.refs.lock import Releases
from varinterp.refs.release import Manifest, Release, ReleaseFile
from varinterp.sources.clinvar import ALLELES, ALLELES_SCHEMA
from varinterp.sources.material import Built, Material
from varinterp.sources.parquet import read_frame
from varinterp.sources.rules import Rules
from varinterp.sources.transcript_text import read_transcript_gff3
from varinterp.sources.transcripts import TRANSCRIPTS_FILE, write_transcripts

pytestmark = [pytest.mark.validation, needs_shared_data]

SETS = {
    "2014-02-11": "ALL_slices.2014-02-11.lifted",
    "2015-02-03": "ALL_slices.2015-02-03.lifted",
    "2016-05-31": "ALL_slices.2016-05-31.lifted",
    "2017-04-04": "ALL_slices.2017-04-04.lifted",
    "2026-02-01": "BRCA1_missense.2026-02-01",
    "2026-08-18": "BRCA1_missense.2026-08-18",
}
PAIRS = (
    ("2014-02-11", "2015-02-03"), ("2015-02-03", "2016-05-31"), ("2016-05-31", "2017-04-04"),
    ("2026-02-01", "2026-08-18"),
)  # fmt: skip
COUNTED: Mapping[tuple[str, str], Mapping[str, int]] = {
    PAIRS[0]: {
        "added": 4403, "class_down": 51, "class_moved": 821, "class_up": 92,
        "conditions_moved": 1401, "conflict_begun": 71, "conflict_ended": 12, "removed": 5,
    },
    PAIRS[1]: {
        "added": 3446, "class_down": 167, "class_moved": 1215, "class_up": 110,
        "conditions_moved": 3189, "conflict_begun": 314, "conflict_ended": 71, "removed": 125,
        "restated": 1,
    },
    PAIRS[2]: {
        "added": 3778, "class_down": 129, "class_moved": 848, "class_up": 209,
        "conditions_moved": 3086, "conflict_begun": 347, "conflict_ended": 145, "removed": 82,
        "restated": 52,
    },
    PAIRS[3]: {
        "added": 173, "class_down": 57, "class_up": 17, "conditions_moved": 1734, "removed": 321,
        "restated": 266, "stars_up": 68,
    },
}  # fmt: skip
RULES = Rules("none", "1", "2026-01-01", {})
SAMPLE, SEED = 100, 20_260_818
Made = Mapping[str, tuple[Path, Built]]


def raw(day: str) -> Path:
    return shared("genome", "clinvar", f"clinvar_{SETS[day]}.vcf.gz")


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("clinvar")
    gff3 = shared("genome", "transcripts", "mane_select_v1.5.genome.gff3.gz")
    rows = write_transcripts(read_transcript_gff3(gff3), folder / TRANSCRIPTS_FILE)
    manifest = Manifest(
        source="mane", release="1.5", date=date(2026, 1, 1), url="", licence="",
        files={TRANSCRIPTS_FILE: ReleaseFile(sha256="0" * 64, rows=rows)},
    )  # fmt: skip
    needs = Releases({"mane": Release(folder, manifest)})
    made = {}
    for day in SETS:
        out, scratch = folder / day, folder / f"{day}-scratch"
        out.mkdir()
        scratch.mkdir()
        material = Material("clinvar", day, date.fromisoformat(day), {"vcf": (raw(day),)})
        context = Context(sparse_genome(), needs, scratch)
        made[day] = out, ADAPTER.build(material, context, out)
    return made


@pytest.mark.parametrize("day", SETS)
def test_every_line_is_an_allele_or_counted(releases: Made, day: str) -> None:
    folder, answer = releases[day]
    lines = clinvar_by_hand.read(raw(day))
    frame = read_frame(folder / ALLELES, ALLELES_SCHEMA)
    named = {
        f"{row['chromosome']}-{row['position']}-{row['ref']}-{row['alt']}"
        for row in frame.iter_rows(named=True)
    }
    assert named == set(lines)
    twice = sum(len(found) - 1 for found in lines.values())
    assert answer.set_aside.get("duplicate_allele", 0) == twice
    assert set(answer.set_aside) <= {"duplicate_allele"}


@pytest.mark.parametrize("pair", PAIRS)
def test_every_change_is_what_the_files_say(releases: Made, pair: tuple[str, str]) -> None:
    old, new = pair
    table = ADAPTER.changes(releases[old][0], releases[new][0], RULES)
    found: dict[str, set[str]] = {}
    for key, kind in table.filter(source="clinvar").select("key", "kind").iter_rows():
        found.setdefault(key, set()).add(kind)
    before, after = (clinvar_by_hand.read(raw(day)) for day in pair)
    expected = {
        key: kinds
        for key in before.keys() | after.keys()
        if (kinds := clinvar_by_hand.kinds(before.get(key), after.get(key)))
    }
    restated = {key for key, kinds in found.items() if kinds == {"restated"}}
    assert {key: kinds for key, kinds in found.items() if key not in restated} == expected
    for key in restated:
        assert before[key] != after[key], key
    assert Counter(table["kind"].filter(table["source"] == "clinvar")) == COUNTED[pair]


@pytest.mark.parametrize("pair", PAIRS)
def test_a_sample_of_keys_answers_as_the_lines_do(releases: Made, pair: tuple[str, str]) -> None:
    chance = random.Random(SEED)  # noqa: S311 - a sample, no secret
    raws = {day: clinvar_by_hand.read(raw(day)) for day in pair}
    table = ADAPTER.changes(releases[pair[0]][0], releases[pair[1]][0], RULES)
    keys = sorted(set(table.filter(source="clinvar")["key"]))
    for key in chance.sample(keys, SAMPLE):
        for day in pair:
            lines = raws[day].get(key)
            said = ADAPTER.lookup(releases[day][0], key)
            if lines is None:
                assert said is None
                continue
            assert said is not None
            line = lines[0] if len(lines) == 1 else clinvar_by_hand.kept(lines)
            assert said["stars"] == line.stars
            assert tuple(said["conditions"]) == line.conditions
            assert [word.replace("conflicting", "") for word in said["significance"]] == [
                "" if "conflicting" in word else word for word in line.words
            ]
