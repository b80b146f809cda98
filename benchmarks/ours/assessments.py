"""Every coding substitution of the demo's region assessed, with reasons and recorded reads."""

from pathlib import Path

from benchmarks.hypotheses import Asked, asked
from benchmarks.task import Done
from varinterp.acmg.assess import assess
from varinterp.pipeline.collection import held_still


def prepare(_folder: Path) -> Asked:
    """Gather the evidence."""
    return asked()


def work(prepared: Asked) -> Done:
    """Assess each hypothesis; answer with how many there were."""
    made = 0
    with held_still():
        for key, transcript in prepared.keys:
            made += assess(key, transcript, prepared.evidence) is not None
    return Done(made)
