# Needs Python 3.11 or newer and make; everything else is installed into .venv from the lock.

.DEFAULT_GOAL := help
.PHONY: help demo test check format spark bench train-matcher train-categories nightly docs lock clean

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BENCH := .cache/bench
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
# arguments for pytest: make test ARGS="tests/unit/core -n 0"
ARGS ?=

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): requirements/dev.lock requirements/install.py pyproject.toml
	@test -n "$(PYTHON)" || { echo "Holdfast needs Python 3.11 or newer; none was found. Name one with: make PYTHON=..."; exit 1; }
	@echo "Making the environment in $(VENV) (once; under a minute on a fast line)"
	@"$(PYTHON)" requirements/install.py $(VENV) requirements/dev.lock --editable
	@touch $@

demo: $(READY)  ## analyse the made-up place Rivermouth and say where its report is
	@$(BIN)/holdfast demo build/demo

test: $(READY)  ## every test; what this machine lacks is skipped with its reason
	@$(BIN)/pytest $(ARGS)

check: $(READY)  ## format, lint, types, import rules
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)  ## put the code into the house's format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

$(VENV)/.spark: $(READY) requirements/spark.lock
	@echo "Adding Spark to $(VENV) (once; about a minute, 500 MB)"
	@"$(PYTHON)" requirements/install.py $(VENV) requirements/spark.lock
	@touch $@

spark: $(VENV)/.spark  ## add Spark, so that its tests run too (needs Java 17 or newer)

$(BENCH)/.ready: requirements/bench.lock requirements/install.py
	@"$(PYTHON)" requirements/install.py $(BENCH) requirements/bench.lock
	@touch $@

bench: $(READY) $(BENCH)/.ready  ## measure against the analyst's script; writes bench/RESULTS.md
	HOLDFAST_BENCH_PYTHON=$(CURDIR)/$(BENCH)/bin/python $(BIN)/python -m bench

train-matcher: $(READY)  ## fit the matcher's rules to labelled names; writes its scorecard with the figures reached
	@mkdir -p build
	$(BIN)/python -m bench.matching.train --left-out build/labels-left-out.csv \
		--write src/holdfast/suppliers/matching/scorecard.csv

train-categories: $(READY)  ## fit the words that tell what was bought; writes the models with the figures reached
	$(BIN)/python -m bench.categories.train proclass --write src/holdfast/categories \
		--rules src/holdfast/packs/common/categories/rules.csv
	$(BIN)/python -m bench.categories.train cpv --write src/holdfast/categories

nightly: $(READY)  ## every test and the long ones, with new random examples
	HOLDFAST_HYPOTHESIS=nightly $(BIN)/pytest -m "nightly or not nightly" $(ARGS)
	$(BIN)/python -m bench.matching.peers

docs: $(READY)  ## the manual, in docs/_build/html
	$(BIN)/sphinx-build -q -W --keep-going -j auto -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

COMPILE = $(BIN)/uv pip compile --universal -p 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-annotate --no-header -q
lock: $(READY)  ## resolve the requirements again (add ARGS=--upgrade for newer versions)
	$(COMPILE) $(ARGS) pyproject.toml requirements/dev.in -o requirements/dev.lock
	$(COMPILE) $(ARGS) pyproject.toml --extra spark -c requirements/dev.lock -o requirements/spark.lock
	$(COMPILE) $(ARGS) requirements/bench.in -o requirements/bench.lock
	$(COMPILE) $(ARGS) requirements/node.in -o requirements/node.lock
	npm --prefix frontend install --package-lock-only --omit-lockfile-registry-resolved --save-exact --ignore-scripts \
		--no-audit --no-fund

clean:  ## remove the environment, caches and results
	rm -rf $(VENV) .cache build dist docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis frontend/node_modules
