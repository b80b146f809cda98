"""The demonstration's second act: the cases of February 2015, brought to April 2017.

The families, ClinVar and the dated table of gene-disease links are real history. Constructed, and
named so wherever they show: a finding that was signed in 2015, and the second population release
that makes its allele common.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from varinterp.model.assessment import AcmgClass
from varinterp.model.variant import Allele
from varinterp.pipeline.reanalysis.archive import open_archive
from varinterp.pipeline.reanalysis.run import Options, Outcome, run
from varinterp.pipeline.reanalysis.target import read_target
from varinterp.pipeline.run import Run
from varinterp.pipeline.worklist.files import write_run_worklist
from varinterp.registry.dataset import Dataset
from varinterp.registry.dataset.finding_rows import FindingDraft
from varinterp.registry.store import Registry

LOCK_2017 = Path("resources/demo/refs.2017.lock.yaml")
SIGNED_FAMILY, SIGNED_ALLELE = "DEMO-R1", Allele.parse("22-20091546-G-A")
"""An allele about which nothing is claimed: the demonstration made it up."""

READERS = ("Constructed reader A", "Constructed reader B")
_SIGNED_ON = date(2015, 3, 2)
_REPORT = ("DEMO-R1-2015", 1)


@dataclass(frozen=True, slots=True)
class SecondAct:
    """What the update did: the run, and its lists under the families' own names."""

    outcome: Outcome
    lists: tuple[Path, ...]


def sign_a_finding(opened: Run) -> None:
    """Let two constructed people sign that an allele is likely pathogenic; once."""
    registry = Registry.open(opened.settings.registry)
    dataset, now = Dataset(registry), datetime.now(UTC)
    (case,) = dataset.cases(opened.pseudonymiser.family(SIGNED_FAMILY))
    if dataset.findings(case.case):
        return
    (stands,) = registry.current_of(case.case, [SIGNED_ALLELE])
    draft = FindingDraft(
        stands.assessment.key, AcmgClass.LIKELY_PATHOGENIC, *_REPORT, _SIGNED_ON, "constructed"
    )
    finding = dataset.draft(case.case, draft, stands.id, author=READERS[0], at=now)
    for reader in READERS:
        dataset.sign(case.case, finding, reader=reader, on=_SIGNED_ON, at=now)


def update_to_2017(opened: Run) -> SecondAct:
    """Bring the stored cases to what was known in April 2017, and write the lists of the update.

    When they are there already, the lists are those of the run that brought them.
    """
    archive = open_archive(opened.settings)
    outcome = run(archive, read_target(opened.settings, LOCK_2017), Options(at=datetime.now(UTC)))
    registry = archive.registry
    *_, record = (each for each in registry.runs() if registry.events(run=each.id))
    lists = write_run_worklist(
        archive.dataset,
        record,
        opened.settings.reanalysis,
        opened.settings.languages,
        labels=_labels(opened, archive.dataset),
    )
    return SecondAct(outcome, tuple(path for path in lists if path.suffix == ".html"))


def _labels(opened: Run, dataset: Dataset) -> dict[str, str]:
    """Return the laboratory's own name of each case's family."""
    names = {pseudonym: family.name for pseudonym, family in opened.families.items()}
    return {each.case: names[each.family] for each in dataset.cases() if each.family in names}
