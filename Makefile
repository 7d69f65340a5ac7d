# Plazo. `make` alone lists what can be made.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# More than there are cores: some wait while others work.
SHARED := -n 4 --dist loadfile --no-loadscope-reorder

# Python keeps what it has compiled: loading a command afresh each time takes longer than its work.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo test coverage bench mutants check lint fix prove histories up docs pictures lock clean

help: ## List the targets, each with its sentence
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Plazo needs Python 3.11 or newer; try: make PYTHON=python3.11 ..."; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY) ## Walk the sample cases through their lives on a real Temporal server
	$(BIN)/plazo demo

up: $(READY) ## Start the embedded server, the Web UI and the worker, and keep them until Ctrl-C
	$(BIN)/plazo up

test: $(READY) ## Run the tests, of those that need a server a quarter, in three minutes; TESTS=all runs all of those
	PLAZO_TESTS=$(or $(TESTS),some) $(BIN)/python -m pytest -q $(SHARED)

coverage: $(READY) ## Run the tests and list what none of them reaches
	$(BIN)/python -m pytest -q $(SHARED) --cov

bench: $(READY) ## How fast it is beside a fair floor and DBOS; BENCH=storm, growth or soak (FORM=--markdown) measures that
	$(BIN)/uv pip install --quiet --python $(BIN)/python --group bench
	$(BIN)/python -m benchmarks.$(or $(BENCH),speed) $(FORM)

mutants: $(READY) ## Make 60 small mistakes in the domain, one at a time, and list those that no test notices
	$(BIN)/python -m benchmarks.mutants $(MUTANTS)

check: TESTS := all
check: lint test ## Run everything CI runs: the lint target, then the tests

lint: $(READY) ## Check format, style, types, import contracts, and that generated docs are current
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m docs.generate --check

fix: $(READY) ## Put format and style right, as far as that can be done by itself
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

prove: $(READY) ## Run the heavy checks at full count (500 exits, every fault repeated); takes a while
	PLAZO_PROVE=1 $(BIN)/python -m pytest -q $(SHARED)

histories: $(READY) ## Record anew what is seen of every case, task by task; takes a while
	PLAZO_GATHERED=.histories $(BIN)/python -m pytest -q -p tests.histories.gathering tests/stories -n 2 --dist loadfile
	$(BIN)/python -m tests.histories.choosing .histories

pictures: $(READY) ## Take the pictures of docs/dashboards.md anew, in a real browser; takes two minutes
	$(BIN)/python -m docs.pictures

docs: $(READY) ## Write the generated pages again: authority, policy, cli, states and layouts in docs/
	$(BIN)/python -m docs.generate

lock: $(READY) ## Pin the dependencies again, with hashes and without naming any host
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header --python-version 3.11 --quiet -o requirements.txt

clean: ## Remove the environment and the caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .histories
