# The two commands: `make run` and `make test`. Both need only Python 3.11 or newer and make.
PYTHON ?= python3
PORT ?= 8501
ARTICLES ?=
INTO ?=
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test quick lint data train bench bench-scale fuzz clean chromium

run: $(VENV)/installed
	@$(BIN)/python -m dashboard serve $(if $(ARTICLES),"$(ARTICLES)") --port $(PORT)

test: $(VENV)/tested lint chromium
	$(BIN)/python -m pytest -n auto -m "not browser"
	$(BIN)/python -m pytest -n 2 --dist loadfile -m browser

# What can be run after every change: all but the browser and what takes long, on all processors.
quick: $(VENV)/tested
	$(BIN)/python -m pytest -n auto -m "not browser and not slow"

# A browser for the tests: the system's, best the one without a window; else Debian's where we may install it,
# else Playwright's own.
chromium: $(VENV)/tested
	@command -v chromium-headless-shell || [ -n "$$DATELINE_CHROMIUM" ] \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get && apt-get update -qq \
		&& apt-get install -y -qq chromium-headless-shell; } >/dev/null 2>&1 \
	|| command -v chromium || command -v chromium-browser || command -v google-chrome \
	|| $(BIN)/python -m playwright install chromium \
	|| { echo "The browser tests need Chromium: apt-get install chromium, or name one in DATELINE_CHROMIUM"; exit 1; }

lint: $(VENV)/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

data: $(VENV)/tested
	$(BIN)/python -m pip install --quiet -r geodata/sources/requirements.txt
	$(BIN)/python -m geodata.sources $(if $(INTO),--into "$(INTO)")

# The weights of the second look, from a folder with the gold files that geodata/training/second_look/corpora.py names.
train: $(VENV)/tested
	$(BIN)/python -m pip install --quiet -r geodata/training/requirements.txt
	$(BIN)/python -m geodata.training.second_look $(GOLD)

bench: $(VENV)/tested
	$(BIN)/python -m tests.bench.run
	$(BIN)/python -m tests.bench.map
	$(BIN)/python -m tests.bench.soak
	$(BIN)/python -m tests.bench.crowd
	$(BIN)/python -m tests.bench.kills
	$(if $(GOLD),$(BIN)/python -m tests.bench.places $(GOLD))

# What a build costs as the archive grows: make bench-scale SIZES=1000,10000
bench-scale: $(VENV)/tested
	$(BIN)/python -m tests.bench.scale $(if $(SIZES),--articles $(SIZES))

fuzz: $(VENV)/tested
	$(BIN)/python -m tests.fuzz

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Dateline needs Python 3.11 or newer; name one: make run PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --upgrade pip
	@$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

$(VENV)/tested: $(VENV)/installed tests/requirements.txt
	@$(BIN)/python -m pip install --quiet -r tests/requirements.txt
	@touch $@
