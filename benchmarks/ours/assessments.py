"""Every coding substitution of the demo's region assessed, with reasons and recorded reads."""

from pathlib import Path

from benchmarks.hypotheses import Asked, asked
from benchmarks.task import Done
from varinterp.acmg.assess import assess


def prepare(_folder: Path) -> Asked:
    """Gather the evidence."""
    return asked()


def work(prepared: Asked) -> Done:
    """Assess each hypothesis; answer with how many there were."""
    made = [assess(key, transcript, prepared.evidence) for key, transcript in prepared.keys]
    return Done(len(made))
