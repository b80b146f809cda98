"""What rests on a release: asked when one is recalled, and before one is removed."""

from registry_builders import ALLELES, EVENING, assessment, key, label, pathogenic, register, result
from varinterp.registry.store import Registry

OLD = (label("clinvar", "2025-01-16"), label("gnomad"), label("mane"))
NEW = (label("clinvar", "2025-02-01"), label("gnomad"), label("mane"))


def test_every_release_that_an_analysis_was_run_with_is_in_use(registry: Registry) -> None:
    register(registry, result([assessment()], releases=OLD))
    register(registry, result([assessment()], analysis=2, releases=NEW), EVENING)

    used = registry.releases_used()

    assert {release for source, release in used if source == "clinvar"} == {
        "2025-01-16",
        "2025-02-01",
    }


def test_a_recalled_release_leads_to_the_conclusions_that_read_it(registry: Registry) -> None:
    register(registry, result([assessment(clinvar=pathogenic())], releases=OLD))
    others = [assessment(key("case-2", ALLELES[1])), assessment(key("case-2", ALLELES[2]))]
    register(registry, result(others, case="case-2", releases=NEW))

    rested = registry.concluded_from("clinvar", "2025-02-01")

    assert [(found.case, found.allele) for found in rested] == [
        ("case-2", f"GRCh38:{ALLELES[1]}"),
        ("case-2", f"GRCh38:{ALLELES[2]}"),
    ]
    assert all(found.current and found.signed_class is None for found in rested)


def test_a_conclusion_of_an_earlier_analysis_is_no_longer_current(registry: Registry) -> None:
    register(registry, result([assessment()], releases=OLD))
    register(registry, result([assessment(af=0.1)], analysis=2, releases=NEW), EVENING)

    assert [found.current for found in registry.concluded_from("clinvar", "2025-01-16")] == [False]
    assert [found.current for found in registry.concluded_from("clinvar", "2025-02-01")] == [True]


def test_a_release_that_no_conclusion_read_leads_nowhere(registry: Registry) -> None:
    register(registry, result([assessment()], releases=(*OLD, label("revel", "1.3"))))

    assert registry.concluded_from("revel", "1.3") == ()
    assert registry.concluded_from("clinvar", "1999-01-01") == ()
