# make demo | test | lint | bench | zones     everything a target needs, it installs into .venv
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

# Spark is 455 MB: it is installed where it can run, that is beside Java, and where CI must run it.
SPARK  := $(if $(CI)$(JAVA_HOME)$(shell command -v java),spark,core)
EXTRAS_core  := all,test
EXTRAS_spark := all,test,spark

.PHONY: help demo test lint bench accuracy zones clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^# //p' Makefile | head -1

# One stamp per set of extras, renewed when the project's metadata changes.
$(VENV)/.core: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --editable .
	@touch $@

$(VENV)/.test-$(SPARK): $(VENV)/.core
	$(PIP) install --editable '.[$(EXTRAS_$(SPARK))]'
	@touch $@

$(VENV)/.bench: $(VENV)/.core
	$(PIP) install --editable '.[all,test,bench]'
	@touch $@

$(VENV)/.lint: $(VENV)/.core
	$(PIP) install --editable '.[all,test,lint]'
	@touch $@

demo: $(VENV)/.core
	$(BIN)/routecheck BAK GRV

test: $(VENV)/.test-$(SPARK)
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
accuracy: $(VENV)/.test-$(SPARK)
	$(BIN)/python tests/accuracy.py $(ARGS)

# Redraw zones/*.geojson from Natural Earth (needs npm), and the table and pages made from them.
zones: $(VENV)/.core
	$(BIN)/python tools/build_zones.py
	$(BIN)/python tools/make_tables.py
	$(BIN)/python tools/make_zone_docs.py
	$(BIN)/python tools/make_replay_docs.py

clean:
	rm -rf $(VENV) .cache build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
