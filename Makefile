# Two commands matter: `make demo` and `make test`. Everything runs in .venv, made on first use.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
CORES ?= 2
LOCK := requirements/core.lock

help: ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 26

$(BIN)/.installed: $(LOCK) pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q src
	touch $@

install: $(BIN)/.installed ## Make the environment in .venv, from the lock with hashes

demo: install ## Run the embedded demo and print each family's first candidates
	$(BIN)/varinterp demo --cores $(CORES)

test: install ## Run the tests
	$(BIN)/python -m pytest -n $(CORES) --dist loadgroup

coverage: install ## Run the tests of the pure core and require 95 % of their branches
	$(BIN)/python -m pytest -q tests/unit/acmg tests/unit/inheritance tests/unit/model --cov=varinterp.acmg --cov=varinterp.inheritance \
	  --cov=varinterp.model --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=95

check: install ## Lint, types, import order, workflow style
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PATH=$(CURDIR)/$(BIN):$$PATH $(BIN)/lint-imports
	$(BIN)/snakefmt --check Snakefile workflow
	$(BIN)/snakemake --lint --quiet

bench: install ## Run the benchmarks and print ratios against their baselines
	$(BIN)/python -m benchmarks

validate: install ## Opt-in validation on outside data: VARINTERP_SHARED_DATA=… make validate
	$(BIN)/python -m pytest -m validation tests/validation -s

validate-acmg: install ## Opt-in: our classes beside published ones: VARINTERP_SHARED_DATA=… make validate-acmg
	$(BIN)/python -m pytest -m validation tests/validation/test_acmg_real.py -s

validate-prioritisation: install ## Opt-in: how often the right disease is first: VARINTERP_SHARED_DATA=… make validate-prioritisation
	$(BIN)/python -m pytest -m validation tests/validation/test_prioritisation_*.py -s

mutation: ## Opt-in: how many mutants of the criteria and the ranking their tests catch (hours)
	$(PYTHON) -m venv .venv-mutation
	.venv-mutation/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/mutation.lock
	.venv-mutation/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	.venv-mutation/bin/mutmut run --max-children $(CORES)
	.venv-mutation/bin/mutmut results

demo-data: install ## Rebuild resources/demo and fail if a byte differs
	$(BIN)/python resources/demo/build.py --check

docs: install ## Write the generated documents again
	$(BIN)/python -m varinterp.cli.reference

lock: ## Resolve the dependencies again (needs uv and the network)
	uv pip compile -q --python-version 3.11 --generate-hashes --no-header --extra dev --extra cohort \
	  pyproject.toml -o requirements/cohort.lock
	uv pip compile -q --python-version 3.11 --generate-hashes --no-header --extra dev \
	  -c requirements/cohort.lock pyproject.toml -o $(LOCK)
	uv pip compile -q --python-version 3.11 --generate-hashes --no-header --extra dev --extra mutation \
	  pyproject.toml -o requirements/mutation.lock

.PHONY: help install demo test coverage check bench validate validate-acmg validate-prioritisation mutation demo-data docs lock
