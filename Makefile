# Every target makes its own virtual environment when there is none; PYTHON names the interpreter (3.11 to 3.13).
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
# The stamp, not the folder: an interrupted installation is taken up again.
READY = $(VENV)/.beatbook-ready
DB ?= demo-out/demo.db
WORKERS ?= 2

.PHONY: demo test lint bench browse
.DELETE_ON_ERROR:

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "python: Beatbook needs Python 3.11 or newer; say PYTHON=python3.x" >&2; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[alerts,cluster,dev,parquet,reference]'
	touch $@

demo: $(READY)
	$(BIN)/beatbook demo

browse: $(READY)
	$(BIN)/beatbook browse --db $(DB)

test: $(READY)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy

bench: $(READY)
	@for script in tests/benchmarks/bench_*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done
