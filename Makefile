# The two commands: `make run` and `make test`. Both need only Python 3.11 or newer and make.
PYTHON ?= python3
PORT ?= 8501
ARTICLES ?=
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint data bench clean

run: $(VENV)/installed
	$(BIN)/python -m dashboard serve $(if $(ARTICLES),"$(ARTICLES)") --port $(PORT)

test: $(VENV)/tested lint
	$(BIN)/python -m pytest

lint: $(VENV)/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

data: $(VENV)/tested
	$(BIN)/python -m pip install --quiet -r geodata/sources/requirements.txt
	$(BIN)/python -m geodata.sources

bench: $(VENV)/tested
	$(BIN)/python -m tests.bench.run

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/installed: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Dateline needs Python 3.11 or newer; name one: make run PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -r requirements.txt
	touch $@

$(VENV)/tested: $(VENV)/installed tests/requirements.txt
	$(BIN)/python -m pip install --quiet -r tests/requirements.txt
	touch $@
