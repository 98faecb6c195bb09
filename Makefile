# Two commands do all the set-up: `make chat` talks to the assistant, `make test` passes every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
UV := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header

.PHONY: chat test endure soak bench mutate check format lock clean

chat: $(VENV)/run
	@$(BIN)/seloste chat

test: check
	@$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal

# The short forms of soak and bench, faults of channel, database and disk, every conversation on
# each platform, and what is timed: some minutes more, one after the other.
endure: $(VENV)/dev
	@$(BIN)/python -m pytest -m long

# A fleet of customers and staff while replicas are killed: `make soak ROUNDS=200` for each database,
# and a quarter of that for each way over Telegram and Slack.
ROUNDS ?= 200
QUARTER = $(shell expr $(ROUNDS) / 4)
soak: $(VENV)/dev
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

# How many messages a second, on both databases, with 1 to 4 replicas and up to 1,000,000 tickets.
bench: $(VENV)/dev
	@$(BIN)/python -m tests.bench

# Breaks every promise on purpose, one line at a time, in a copy of the tree: a test must notice each.
mutate: $(VENV)/dev
	@$(BIN)/python -m tests.mutations

format: $(VENV)/dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock:
	$(UV) --group build --output-file requirements.txt
	$(UV) --group dev --output-file requirements-dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist

$(VENV)/python:
	@echo "Making a Python environment in $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Seloste needs Python 3.11 or newer: make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run: requirements.txt pyproject.toml | $(VENV)/python
	@echo "Installing locked dependencies ..."
	@$(PIP) install --require-hashes --requirement requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/run
	@echo "Installing what the tests need ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@
