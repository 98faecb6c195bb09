# Two commands do all the set-up: `make chat` talks to the assistant, `make test` passes every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
UV := uv pip compile --universal --python-version 3.11 --generate-hashes --no-header

# `make test PYTHON=python3.12` makes the environment again with that Python, if another one made it.
# Where no Python is named, the environment stays as it is for as long as its Python runs.
WHICH_PYTHON := 'import sys; print(sys.base_prefix, *sys.version_info[:3])'
ifeq ($(origin PYTHON),file)
FITS := $(shell { $(BIN)/python -c pass && echo yes; } 2>/dev/null)
else
FITS := $(shell { test "`$(PYTHON) -c $(WHICH_PYTHON)`" = "`$(BIN)/python -c $(WHICH_PYTHON)`" && echo yes; } 2>/dev/null)
endif
ifneq ($(FITS),yes)
.PHONY: $(VENV)/python
endif

# What share of lines the core's own tests must reach in the core, and all tests in the whole.
CORE_FLOOR := 100
FLOOR := 93
PYTEST := $(BIN)/python -m pytest --numprocesses=auto --dist=worksteal
# One process more than there are cores: those with a server on loopback wait for it now and then.
ONE_MORE = $(shell $(BIN)/python -c 'import os; print((os.cpu_count() or 1) + 1)')

# Tests start the program some hundred times: compiled once is enough, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: chat test core coverage endure soak bench bench-matching mutate check audit format encoder lock clean install

chat: $(VENV)/run
	@$(BIN)/seloste chat

# What the service needs, where it is to run (deploy/).
install: $(VENV)/run

# The checks take one processor core for the most part, and the core's tests take the other.
test: $(VENV)/dev
	@$(MAKE) --no-print-directory --jobs=2 check core
	@$(PYTEST) --numprocesses=$(ONE_MORE) --ignore=tests/core

# The core by its own tests alone.
core: $(VENV)/dev
	@$(PYTEST) tests/core --cov=bot/core --cov-fail-under=$(CORE_FLOOR)

# The whole by the tests of `make test` and `make endure`, processes that they start included.
coverage: core
	@$(PYTEST) -m "not timed and not exhaustive" --cov=bot --cov-fail-under=$(FLOOR)

# What takes whole processes or the second database, the short forms of soak and bench, faults of
# channel, database and disk, every conversation on a platform, 20,000 hostile events. What needs
# the machine to itself comes last, one test after the other.
endure: $(VENV)/dev
	@$(PYTEST) -m "long and not timed"
	@$(BIN)/python -m pytest -m timed

# Every conversation in every way, 100,000 hostile events, and a fleet of customers and staff while replicas
# are killed: `make soak ROUNDS=200` for each database, and a quarter of that for each way over Telegram and Slack.
ROUNDS ?= 200
QUARTER = $(shell expr $(ROUNDS) / 4)
soak: $(VENV)/dev
	@$(PYTEST) -m exhaustive
	@$(BIN)/python -m tests.soak --rounds $(ROUNDS) --database sqlite --outage 20
	@$(BIN)/python -m tests.soak --rounds $(ROUNDS) --database postgresql --replicas 1 2 4 --outage 20
	@$(BIN)/python -m tests.soak --rounds $(QUARTER) --platform telegram --outage 10
	@$(BIN)/python -m tests.soak --rounds $(QUARTER) --platform telegram-webhook --database postgresql --replicas 2
	@$(BIN)/python -m tests.soak --rounds $(QUARTER) --platform slack --database postgresql --replicas 2 --outage 10
	@$(BIN)/python -m tests.soak --rounds $(QUARTER) --platform slack-http --database postgresql --replicas 2

check: $(VENV)/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/seloste check

# Known vulnerabilities of the locked packages; without a network it says so and passes.
audit: $(VENV)/audit
	@.ci/audit

# How many messages a second, on both databases, with 1 to 4 replicas and up to 1,000,000 tickets.
bench: $(VENV)/dev
	@$(BIN)/python -m tests.bench

# The matching beside rapidfuzz, scikit-learn and nlp.js, which takes part where somebody installed it:
# `npm install --prefix FOLDER node-nlp`, and `make bench-matching NLPJS=FOLDER`.
bench-matching: $(VENV)/dev
	@$(BIN)/python -m tests.bench_matching $(if $(NLPJS),--nlpjs $(NLPJS))

# Breaks every promise on purpose, one line at a time, in a copy of the tree: a test must notice each.
mutate: $(VENV)/dev
	@$(BIN)/python -m tests.mutations

format: $(VENV)/dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Makes intents/encoder/ again: half an hour of two cores, and it goes on where it was stopped.
encoder: $(VENV)/encoder
	@$(BIN)/python -m training

lock:
	$(UV) pyproject.toml --group build --output-file requirements.txt
	$(UV) pyproject.toml --group dev --output-file requirements-dev.txt
	$(UV) --group audit --constraint requirements-dev.txt --output-file requirements-audit.txt
	$(UV) --group encoder --constraint requirements-dev.txt --output-file requirements-encoder.txt

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage build dist

$(VENV)/python:
	@$(PYTHON) -c pass 2>/dev/null || { echo "There is no $(PYTHON) here: make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Seloste needs Python 3.11 or newer: make PYTHON=python3.12")'
	@echo "Making a Python environment in $(VENV) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/run: requirements.txt pyproject.toml $(VENV)/python
	@echo "Installing locked dependencies ..."
	@$(PIP) install --require-hashes --requirement requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/run
	@echo "Installing what the tests need ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@

$(VENV)/encoder: requirements-encoder.txt $(VENV)/run
	@echo "Installing what makes the encoder ..."
	@$(PIP) install --require-hashes --requirement requirements-encoder.txt
	@touch $@

$(VENV)/audit: requirements-audit.txt $(VENV)/run
	@echo "Installing what looks for vulnerabilities ..."
	@$(PIP) install --require-hashes --requirement requirements-audit.txt
	@touch $@
