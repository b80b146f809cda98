"""Gene specifications: a wrong file is refused with every fault, two of one hypothesis too."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from core_builders import ROOT, RULES
from varinterp.errors import InputError
from varinterp.model.assessment import AcmgClass, Category
from varinterp.model.curation import Phase
from varinterp.model.evidence import Criterion, Strength
from varinterp.model.facts import Rule
from varinterp.model.gene_disease import Inheritance
from varinterp.model.prediction import Predictor
from varinterp.sources.gene_spec_rules import OWN
from varinterp.sources.gene_specs import (
    read_specification,
    read_specifications,
    specification_files,
    stated_transcripts,
    transcripts_key,
)
from varinterp.sources.rules import Rules, read_rules

CORE = ROOT / "resources/rules/core-v1.yaml"
SPECIFICATIONS = ROOT / "resources/gene_specs"
FILES = sorted(SPECIFICATIONS.glob("*.yaml"))
DOMINANT, RECESSIVE = Inheritance.AUTOSOMAL_DOMINANT, Inheritance.AUTOSOMAL_RECESSIVE
SOURCE = "the text, criterion BA1"
VALID: dict[str, Any] = {
    "id": "A-GENE",
    "version": "1.0",
    "date": "2026-01-31",
    "panel": "a panel",
    "title": "what it says",
    "url": "https://example.org/spec",
    "status": "laboratory",
    "genes": ["HGNC:1"],
    "diseases": ["OMIM:100000"],
    "inheritance": ["autosomal_dominant"],
    "transcripts": {"HGNC:1": "NM_000001.2"},
    "rules": {"population.ba1": {"value": 0.001, "source": SOURCE}},
    "notes": ["what it says and no rule holds"],
}


def write(folder: Path, **changes: Any) -> Path:
    document = {key: value for key, value in {**VALID, **changes}.items() if value is not None}
    path = folder / f"{document.get('id', 'A-GENE')}.yaml"
    path.write_text(yaml.safe_dump(document, sort_keys=False))
    return path


def stated(**rules: object) -> dict[str, dict[str, object]]:
    return {
        key.replace("__", "."): {"value": value, "source": SOURCE} for key, value in rules.items()
    }


def read(folder: Path, **changes: Any) -> dict[str, Rule]:
    return read_specifications([write(folder, **changes)], RULES)


def test_its_rules_stand_under_its_name_and_its_claims_under_gene_disease_and_mode(
    tmp_path: Path,
) -> None:
    assert read(tmp_path, date=date(2026, 1, 31)) == {
        "A-GENE/population.ba1": Rule(0.001),
        "A-GENE/version": Rule("1.0"),
        "A-GENE/transcripts": Rule(("HGNC:1 NM_000001.2",)),
        "spec/HGNC:1/OMIM:100000/autosomal_dominant": Rule("A-GENE"),
    }


def test_any_disease_of_a_gene_is_claimed_by_one_key(tmp_path: Path) -> None:
    found = read(tmp_path, diseases="any", inheritance=["x_linked", "autosomal_recessive"])
    assert {key for key in found if key.startswith("spec/")} == {
        "spec/HGNC:1/*/x_linked",
        "spec/HGNC:1/*/autosomal_recessive",
    }


def test_the_specification_of_a_disease_comes_before_that_of_any(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, id="B-GENE", diseases="any")
    rules = read_rules(CORE, [tmp_path])
    assert rules.specification("HGNC:1", "OMIM:100000", DOMINANT) == "A-GENE"
    assert rules.specification("HGNC:1", "OMIM:200000", DOMINANT) == "B-GENE"
    assert rules.specification("HGNC:1", "OMIM:100000", RECESSIVE) is None
    assert rules.specification("HGNC:2", "OMIM:100000", DOMINANT) is None
    assert rules.specification("HGNC:1", "none", None) is None


def test_specifications_are_part_of_the_release_of_the_rules(tmp_path: Path) -> None:
    without, path = read_rules(CORE), write(tmp_path)
    first = read_rules(CORE, [path])
    assert {*without.values} < {*first.values}
    assert len({without.digest, first.digest}) == 2
    write(tmp_path, version="1.1")
    assert read_rules(CORE, [path]).digest != first.digest
    write(tmp_path, notes=["another note"], title="another title")
    assert read_rules(CORE, [path]).digest == first.digest


def test_files_and_folders_may_be_named_and_a_place_without_either_is_a_fault(
    tmp_path: Path,
) -> None:
    path = write(tmp_path)
    (tmp_path / "README.md").write_text("no specification")
    assert specification_files([tmp_path]) == [path]
    assert specification_files([path]) == [path]
    assert specification_files([]) == []
    with pytest.raises(InputError) as caught:
        specification_files([tmp_path / "a", path, tmp_path / "b"])
    assert [fault.rule for fault in caught.value.faults] == ["gene_spec.file"] * 2


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"id": "core"}, "id"),
        ({"id": "a/b"}, "id"),
        ({"id": "spec"}, "id"),
        ({"version": None}, "version"),
        ({"version": 1}, "version"),
        ({"date": "2026"}, "date"),
        ({"url": "http://example.org"}, "url"),
        ({"status": "draft"}, "status"),
        ({"genes": []}, "genes"),
        ({"genes": ["TP53"]}, "genes.0"),
        ({"diseases": []}, "diseases.constrained-tuple"),
        ({"diseases": ["Li-Fraumeni"]}, "diseases.constrained-tuple.0"),
        ({"inheritance": ["dominant"]}, "inheritance.0"),
        ({"inheritance": []}, "inheritance"),
        ({"transcripts": {"HGNC:1": "ENST00000269305.9"}}, "transcripts.HGNC:1"),
        ({"transcripts": {"HGNC:2": "NM_000546.6"}}, ""),
        ({"rules": {}}, "rules"),
        ({"rules": {"population.ba1": {"value": 0.1}}}, "rules.population.ba1.source"),
        ({"extra": 1}, "extra"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, changes: dict[str, Any], column: str) -> None:
    path = tmp_path / "A-GENE.yaml"
    document = {key: value for key, value in {**VALID, **changes}.items() if value is not None}
    path.write_text(yaml.safe_dump(document))
    with pytest.raises(InputError) as caught:
        read_specification(path, RULES)
    found = [fault.column or "" for fault in caught.value.faults]
    assert any(each.startswith(column.partition(".constrained")[0]) for each in found), found
    assert {fault.rule for fault in caught.value.faults} == {"gene_spec.schema"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("population.bs1_suporting", 0.1),
        ("gate.rare_max", 0.1),
        ("rank.phenotype_weight", 0.1),
        ("de_novo.parent_min_depth", 5),
        ("loss_of_function.decay_distance", 55),
        ("population.groups_left_out", ["nfe"]),
        ("copy_number.pli", 0.5),
        ("population.ba1", "high"),
        ("population.ba1", ["0.1"]),
        ("evidence.exclusive", 1),
        ("category", "common"),
        ("category.risk_allele", ["GJB2 c.101T>C"]),
        ("category.low_penetrance", [""]),
        ("de_novo.phenotype", "specific"),
        ("bs2.onset", "none"),
        ("length.one_residue", ["moderate"]),
        ("evidence.exclusive_also", ["PM1"]),
        ("evidence.exclusive_also", ["PM1 PM9"]),
        ("evidence.exclusive_also", []),
        ("population.pm2_max", "none"),
        ("hotspot.moderate", 175),
        ("hotspot.moderate", ["p.175"]),
        ("hotspot.moderate", ["248-245"]),
        ("hotspot.moderate", []),
        ("region.no_pvs1_from", ["1-2"]),
        ("region.no_pvs1_from", 375),
        ("loss_of_function.max_strength", "strongest"),
        ("pm5.grantham", "asked"),
        ("criterion.PM1.strengths", ["weak"]),
        ("criterion.PM1.strengths", []),
        ("criterion.PM1.strengths", ["not_applicable", "moderate"]),
        ("criterion.PM1.strengths", 4),
        ("criterion.PM9.strengths", ["moderate"]),
        ("predictor.missense", "polyphen"),
        ("predictor.missense", "phenome"),
        ("scheme.points.benign", -1.0),
        ("scheme.points.pathogenic", 5.0),
        ("predictor.revel.pp3_supporting", 0.95),
        ("predictor.revel.pp3_super", 0.95),
        ("predictor.revel.pp3_moderate", "high"),
    ],
)
def test_a_rule_that_nothing_asks_for_or_of_another_form_is_refused(
    tmp_path: Path, key: str, value: object
) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, rules={key: {"value": value, "source": SOURCE}})
    assert {fault.rule for fault in caught.value.faults} == {"gene_spec.rule"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("population.ba1", "none"),
        ("hotspot.moderate", ["175", "245-248"]),
        ("hotspot.strong", "175"),
        ("region.no_pvs1_from", "375"),
        ("loss_of_function.max_strength", "strong"),
        ("criterion.PM1.strengths", "not_applicable"),
        ("criterion.PM1.strengths", "moderate"),
        ("criterion.PS2.strengths", ["very_strong", "strong"]),
        ("predictor.missense", "none"),
        ("predictor.missense", "bayesdel"),
        ("predictor.revel.pp3_moderate", "none"),
        ("predictor.revel.pp3_supporting", 0.7),
        ("evidence.exclusive", ["PVS1 PM4"]),
        ("evidence.exclusive_also", ["PM1 PM5", "PM1 PS1"]),
        ("category", "risk_allele"),
        ("category.low_penetrance", ["13-20189511-A-G"]),
        ("de_novo.phenotype", "heterogeneous"),
        ("bs2.onset", "early"),
        ("pm5.grantham", "required"),
    ],
)
def test_what_the_engine_asks_for_is_read(tmp_path: Path, key: str, value: object) -> None:
    found = read(tmp_path, rules={key: {"value": value, "source": SOURCE}})
    kept = tuple(value) if isinstance(value, list) else value
    assert found[f"A-GENE/{key}"] == Rule(kept)  # type: ignore[arg-type]


def test_a_disease_model_is_whole_and_made_of_shares(tmp_path: Path) -> None:
    whole = {
        "population__prevalence": 0.001,
        "population__allelic_heterogeneity": 0.1,
        "population__genetic_heterogeneity": 1.0,
        "population__penetrance": 0.5,
    }
    assert "A-GENE/population.penetrance" in read(tmp_path, rules=stated(**whole))
    for wrong in ({"population__prevalence": 0.001}, {**whole, "population__penetrance": 50.0},
                  {**whole, "population__penetrance": 0.0}):  # fmt: skip
        with pytest.raises(InputError, match=r"model|share"):
            read(tmp_path, rules=stated(**wrong))


def test_a_limit_that_could_never_be_met_is_named(tmp_path: Path) -> None:
    rules = stated(population__ba1=0.001, population__bs1=0.01, population__bs1_supporting=0.0001)
    with pytest.raises(InputError) as caught:
        read_specification(write(tmp_path, rules=rules), RULES)
    (fault,) = caught.value.faults
    assert "a frequency below population.ba1" in fault.expected


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, rules=stated(gate__rare_max=0.1, no__such=1.0))
    write(tmp_path, id="B-GENE", version=None, url="nowhere")
    write(tmp_path, id="C-GENE").rename(tmp_path / "other.yaml")
    with pytest.raises(InputError) as caught:
        read_specifications([tmp_path], RULES)
    found = [(Path(fault.file).name, fault.rule) for fault in caught.value.faults]
    assert found == [
        ("A-GENE.yaml", "gene_spec.rule"),
        ("A-GENE.yaml", "gene_spec.rule"),
        ("B-GENE.yaml", "gene_spec.schema"),
        ("B-GENE.yaml", "gene_spec.schema"),
        ("other.yaml", "gene_spec.name"),
    ]


def test_two_that_claim_one_hypothesis_are_refused(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, id="B-GENE", genes=["HGNC:2", "HGNC:1"], transcripts={})
    with pytest.raises(InputError) as caught:
        read_specifications([tmp_path], RULES)
    (fault,) = caught.value.faults
    assert (fault.rule, Path(fault.file).name) == ("gene_spec.twice", "B-GENE.yaml")
    assert fault.found == "spec/HGNC:1/OMIM:100000/autosomal_dominant"
    assert "A-GENE.yaml" in fault.expected


def test_one_id_in_two_folders_is_refused(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, genes=[f"HGNC:{len(name) + ord(name[0])}"], transcripts={})
    with pytest.raises(InputError, match=r"gene_spec\.twice"):
        read_specifications([tmp_path / "one", tmp_path / "two"], RULES)


def test_a_key_given_twice_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_text(path.read_text() + "version: '2'\n")
    with pytest.raises(InputError, match="given twice"):
        read_specifications([path], RULES)


def test_the_transcripts_are_found_among_all_rules(tmp_path: Path) -> None:
    both = {"HGNC:1": "NM_1.1", "HGNC:2": "NM_2.2"}
    found = read(tmp_path, genes=["HGNC:1", "HGNC:2"], transcripts=both)
    assert list(stated_transcripts({**RULES, **found})) == [
        ("A-GENE", "HGNC:1", "NM_1.1"),
        ("A-GENE", "HGNC:2", "NM_2.2"),
    ]


# What comes with varinterp


@pytest.fixture(scope="module")
def shipped() -> Rules:
    return read_rules(CORE, [SPECIFICATIONS])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_specification_names_its_text_its_transcripts_and_what_it_leaves_out(
    path: Path,
) -> None:
    found = read_specification(path, RULES)
    assert found.url.startswith("https://cspec.genome.network/")
    assert f"version={found.version}" in found.url
    assert set(found.transcripts) == set(found.genes)
    assert found.notes
    for key, entry in found.rules.items():
        assert re.match(r"(PVS1|[PB][ASMP]\d)|Point-based", entry.source), key


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_frequencies_fall_from_ba1_to_pm2(path: Path) -> None:
    values = {key: each.value for key, each in read_specification(path, RULES).rules.items()}
    names = ("population.ba1", "population.bs1", "population.bs1_supporting", "population.pm2_max")
    steps = [values[name] for name in names if name in values]
    assert len(steps) >= 3
    strict = steps if "GN003" not in path.stem else steps[:3]
    assert strict == sorted(strict, reverse=True)
    assert len(set(strict)) == len(strict)


def _nodes() -> list[ast.AST]:
    """Return every node of the engine's source."""
    paths = (ROOT / "src/varinterp/acmg").rglob("*.py")
    return [node for path in paths for node in ast.walk(ast.parse(path.read_text()))]


NODES = _nodes()
WORDS = {
    node.value for node in NODES if isinstance(node, ast.Constant) and isinstance(node.value, str)
}
KNOWN = WORDS | {
    str(word)
    for kind in (Strength, Criterion, Predictor, AcmgClass, Phase, Category)
    for word in kind
}


def _patterns() -> Iterator[re.Pattern[str]]:
    """Yield the keys that the engine puts together: each part is a word of its source."""
    words = "|".join(sorted(map(re.escape, filter(str.isidentifier, KNOWN))))
    for node in NODES:
        if isinstance(node, ast.JoinedStr):
            parts = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else f"(?:{words})"
                for part in node.values
            ]
            if re.match(r"\w{3,}\\?\.", parts[0]):
                yield re.compile("".join(parts))


PATTERNS = tuple(_patterns())


def is_asked(key: str) -> bool:
    """Whether the engine has the key whole, puts it together, or reads it as a scale's step."""
    family, _, step = key.rpartition(".")
    if key in WORDS or (family in WORDS and step in list(Strength)):
        return True
    if any(key.endswith(step) and key.removesuffix(step) in WORDS for step in Strength):
        return True
    return any(each.fullmatch(key) for each in PATTERNS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rule_of_a_shipped_specification_is_asked_for(path: Path) -> None:
    dead = [key for key in read_specification(path, RULES).rules if not is_asked(key)]
    assert not dead


def test_every_rule_that_a_specification_alone_may_state_is_asked_for() -> None:
    assert [key for key in OWN if not is_asked(key)] == []
    calls = [
        (node.func.attr, node.args[0])
        for node in NODES
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args
    ]
    own = {
        argument.value
        for name, argument in calls
        if name in ("own_words", "own_number") and isinstance(argument, ast.Constant)
    }
    assert len(own) > 10
    named = transcripts_key("").removeprefix("/")  # stated for genes, not as a rule
    assert own - OWN.keys() - RULES.keys() == {named}
    assert not is_asked("population.no_such_rule")


@pytest.mark.parametrize(
    ("gene", "disease", "mode", "name"),
    [
        ("HGNC:11998", "OMIM:151623", DOMINANT, "GN009-TP53"),
        ("HGNC:11998", "OMIM:151623", RECESSIVE, None),
        ("HGNC:11998", "OMIM:618165", DOMINANT, None),
        ("HGNC:9588", "OMIM:158350", DOMINANT, "GN003-PTEN"),
        ("HGNC:8582", "OMIM:261600", RECESSIVE, "GN006-PAH"),
        ("HGNC:10471", "OMIM:601399", DOMINANT, "GN008-RUNX1"),
        ("HGNC:6547", "OMIM:143890", DOMINANT, "GN013-LDLR"),
        ("HGNC:1100", "OMIM:604370", DOMINANT, "GN092-BRCA1"),
        ("HGNC:1100", "OMIM:617883", RECESSIVE, None),
        ("HGNC:1101", "OMIM:612555", DOMINANT, "GN097-BRCA2"),
        ("HGNC:9644", "OMIM:163950", DOMINANT, "GN043-PTPN11"),
        ("HGNC:8515", "OMIM:601071", RECESSIVE, "GN023-OTOF"),
        ("HGNC:7594", "OMIM:600316", RECESSIVE, "GN023-MYO15A"),
        ("HGNC:7577", "OMIM:192600", DOMINANT, "GN002-MYH7-HCM"),
        ("HGNC:7577", "OMIM:613426", DOMINANT, "GN002-MYH7-DCM"),
        ("HGNC:7577", "OMIM:160500", DOMINANT, None),
        ("HGNC:6298", "OMIM:600101", DOMINANT, "GN005-KCNQ4"),
        ("HGNC:4284", "OMIM:220290", RECESSIVE, "GN005-recessive"),
        ("HGNC:12601", "OMIM:276901", RECESSIVE, "GN005-syndromic"),
        ("HGNC:11720", "OMIM:603629", RECESSIVE, "GN005-TECTA"),
        ("HGNC:11720", "OMIM:601543", DOMINANT, "GN005-TECTA"),
    ],
)
def test_a_hypothesis_finds_its_specification(
    shipped: Rules, gene: str, disease: str, mode: Inheritance, name: str | None
) -> None:
    assert shipped.specification(gene, disease, mode) == name
