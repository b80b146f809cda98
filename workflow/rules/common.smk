"""Configuration and wildcards; no rules."""

from varinterp import __version__ as VERSION
from varinterp.pipeline.run import load_run

RUN = load_run(config)
FAMILIES = sorted(RUN.families)
RESULTS = RUN.settings.results
LOGS = RUN.settings.logs
LANGUAGES = [language.value for language in RUN.settings.languages]


wildcard_constraints:
    family="F-[A-Z2-7]+",
    source="[A-Za-z0-9][A-Za-z0-9._-]*",
    release="[A-Za-z0-9][A-Za-z0-9._-]*",
