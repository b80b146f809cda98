#!/usr/bin/env bash
# Snakemake runs this in the new environment, from the folder that the workflow was started in: the
# clone. The same lock with hashes as `make install`.
set -euo pipefail
python -m pip install --quiet --require-hashes -r requirements/core.lock
python -m pip install --quiet --no-deps --no-build-isolation .
