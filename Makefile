# make demo | test | lowest | lint | bench | zones     everything a target needs, it installs into .venv
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

# Spark is 455 MB: it is installed where it can run, that is beside Java, and where CI must run it.
SPARK  := $(if $(CI)$(JAVA_HOME)$(shell command -v java),spark,core)
EXTRAS_core  := all,test
EXTRAS_spark := all,test,spark

.PHONY: help demo test lowest lint bench accuracy zones clean
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

# The lowest releases of what a check needs, in an environment of its own, and some of the tests.
LOWEST       ?= .venv-lowest
LOWEST_PIP   := $(LOWEST)/bin/python -m pip --disable-pip-version-check --quiet
LOWEST_TESTS := main_job exit_codes cli places
# Left out: these hold our tables against those of today's airports.
LOWEST_NOT   := city_row_is_valid or every_iata_code_is_its_airport or local_identifiers

$(LOWEST)/.pinned: pyproject.toml tools/lowest.py
	rm -rf $(LOWEST)
	$(PYTHON) -m venv $(LOWEST)
	$(LOWEST_PIP) install packaging
	$(LOWEST)/bin/python tools/lowest.py > $(LOWEST)/constraints.txt
	$(LOWEST_PIP) install --constraint $(LOWEST)/constraints.txt --editable . \
	    geographiclib hypothesis jsonschema pytest pytest-timeout pytest-xdist
	@touch $@

lowest: $(LOWEST)/.pinned
	@cat $(LOWEST)/constraints.txt
	$(LOWEST)/bin/python -m pytest -n auto -k 'not ($(LOWEST_NOT))' \
	    -W 'ignore:Conversion of an array:DeprecationWarning' \
	    $(LOWEST_TESTS:%=tests/test_%.py)

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
	rm -rf $(VENV) $(LOWEST) .cache build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
