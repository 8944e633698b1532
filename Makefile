# `make run` opens the app on the demo, `make test` runs the whole suite; both set everything up first.
# Machines without make: the same lines, one by one, stand in README.md.

PYTHON ?= python3
BIN := .venv/bin
NEWEST := $(shell cat lock-base.txt build.in pyproject.toml 2>/dev/null | cksum | tr -d ' ')
NEWEST_TEST := $(shell cat lock-base.txt lock-test.txt build.in pyproject.toml 2>/dev/null | cksum | tr -d ' ')
KERNELS := ambassador/propagation/kernels
NEWEST_KERNELS := $(shell cat ambassador/warm_up.py $(KERNELS)/*.py 2>/dev/null | cksum | tr -d ' ')
BASE_STAMP := .venv/.base-$(NEWEST)
TEST_STAMP := .venv/.test-$(NEWEST_TEST)
KERNEL_STAMP := $(KERNELS)/__pycache__/compiled-$(NEWEST_KERNELS)
COMPILE_LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet
# A process a core, at most four: each starts a PostgreSQL of its own; a file stays in one process, with its fixtures.
PYTEST := $(BIN)/python -m pytest -q -n logical --maxprocesses 4 --dist loadfile
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run test test-fast setup setup-test lint format messages pictures demo locks benchmarks help

help:
	@echo "make run | test | test-fast | setup | lint | format | messages | pictures | benchmarks | locks"

run: $(BASE_STAMP)
	$(BIN)/ambassador run --demo

test: setup-test
	$(PYTEST)

# Files, formulas, values, reports and conventions, and the store on SQLite alone: no simulation, page or PostgreSQL.
test-fast: setup-test
	$(PYTEST) --fast ambassador/values ambassador/metrics ambassador/intake tests/values \
		tests/metrics tests/intake tests/reports tests/store tests/conventions

setup: $(BASE_STAMP) $(KERNEL_STAMP)

setup-test: $(TEST_STAMP) $(KERNEL_STAMP)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; say which with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv .venv

$(BASE_STAMP): | $(BIN)/python
	$(PIP_INSTALL) --require-hashes -r lock-base.txt
	$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@rm -f .venv/.base-* && touch $@

$(KERNEL_STAMP): | $(BASE_STAMP)
	$(BIN)/python -m ambassador.warm_up
	@mkdir -p $(@D) && rm -f $(@D)/compiled-* && touch $@

$(TEST_STAMP): $(BASE_STAMP)
	$(PIP_INSTALL) --require-hashes -r lock-test.txt
	@rm -f .venv/.test-* && touch $@

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Collects every message into the Italian catalogue (new ones arrive empty, vanished ones are dropped) and
# the words of every error into tests/snapshots.
messages: setup-test
	$(BIN)/python -m ambassador.messages

# The demo as it is kept (seed/demo.zip), built anew: after its story or what it is computed by has changed.
demo: setup
	$(BIN)/python -m seed.kept

# Every screen of the documentation, as a scripted first-time user and the demo show it (needs chromium).
pictures: setup-test
	$(BIN)/python .ci/first_user.py --pictures

benchmarks: setup-test
	$(PIP_INSTALL) --require-hashes -r lock-benchmarks.txt
	$(BIN)/python -m benchmarks

# Needs uv (`pip install uv`); the second lock keeps the versions of the first.
locks: setup
	$(COMPILE_LOCK) pyproject.toml build.in -o lock-base.txt
	$(COMPILE_LOCK) --extra test --extra postgres --extra live pyproject.toml build.in -c lock-base.txt -o lock-test.txt
	echo cynetdiff | $(COMPILE_LOCK) --no-deps -c lock-test.txt - -o lock-benchmarks.txt
