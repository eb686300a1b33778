# Sets up what it needs in .venv; every target works on a fresh machine with Python 3.11 or newer and make.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV ?= .venv
BIN := $(VENV)/bin
OUT := reports/out
# An editable install leaves the byte code to the first run, and where that may not write, to every run.
COMPILE = $(BIN)/python -m compileall -q validator

.PHONY: demo test exam bench wheel clean

demo: $(VENV)/.installed
	@mkdir -p $(OUT)
	@$(BIN)/ticktie check samples --exit-zero --output-format text \
		--output-format text=$(OUT)/samples.txt --output-format json=$(OUT)/samples.json \
		--output-format html=$(OUT)/samples.html
	@for sample in samples/*.txt; do \
		$(BIN)/ticktie extract $$sample -o $(OUT)/$$(basename $$sample .txt).facts.json || exit; done
	@echo "Reports and facts are in $(OUT)/"

test: $(VENV)/.developed
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2

exam: $(VENV)/.developed
	$(BIN)/python -m tests.exam

bench: $(VENV)/.developed
	$(BIN)/python -m tests.bench

wheel: $(VENV)/.developed
	$(BIN)/python -m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

clean:
	rm -rf $(OUT) dist build

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "ticktie needs Python 3.11 or newer: install it, or run make PYTHON=/path/to/python3"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip --disable-pip-version-check install --quiet --editable .
	$(COMPILE)
	@touch $@

$(VENV)/.developed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip --disable-pip-version-check install --quiet --editable '.[dev]'
	$(COMPILE)
	@touch $@ $(VENV)/.installed
