# Everything a developer runs. `make run` and `make test` need only git, Python 3.11+ and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# In CI two workers fit the machine; elsewhere pytest takes as many as there are cores.
WORKERS ?= $(if $(CI),2,auto)

.PHONY: run test check format bench screenshots test-llm test-codex system-packages clean

run: $(VENV)/.runtime
	$(BIN)/ccr serve $(ARGS)

test: system-packages $(VENV)/.development check
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.development
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.development
	$(BIN)/python -m benchmarks.run $(ARGS)

# The pictures of docs/desktop.md. `ARGS=--crowded` and the like: give another folder, too.
screenshots: $(VENV)/.development
	$(BIN)/python -m scripts.screenshots $(or $(ARGS),docs/images)

# Compiles a model server first, which takes minutes: not part of `make test`.
test-llm: $(VENV)/.development
	$(BIN)/python -m pytest tests/llm/real_model.py -v -o timeout=1800 $(ARGS)

# Downloads 400 MB first: not part of `make test`.
test-codex: $(VENV)/.development build/codex
	$(BIN)/python -m pytest tests/codex/real_codex.py -v $(ARGS)

build/codex:
	npm install --no-fund --no-audit --prefix $@ @openai/codex@0.169.0

# What the tests need of the system. Only root on Debian can have it installed for them.
system-packages:
	@sh scripts/system-packages.sh

$(VENV)/bin/python:
	@sh scripts/make-venv.sh "$(PYTHON)" "$(VENV)"

$(VENV)/.runtime: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.development: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable '.[desktop]' --group dev
	@touch $@ $(VENV)/.runtime

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
