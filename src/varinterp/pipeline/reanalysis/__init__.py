"""Reanalysis: what moved, which stored conclusions that can touch, and these concluded anew.

`archive.open_archive(settings)`   the registry, the cohort store and their indexes
`target.read_target(settings)`     the releases, rules and software that the archive is brought to
`plan.plan(archive, target)`       what a run would touch, before anything is computed
`run.run(archive, target)`         the run; may be killed at any point and started again
"""
