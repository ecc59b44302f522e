# Each target makes its own environment first; after that, setting up costs next to nothing.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: help serve site check test test-long bench bench-live pictures clean

help:
	@echo "make serve      write: http://127.0.0.1:8000"
	@echo "make site       release: static files in build/"
	@echo "make check      every mistake in the content, with its line"
	@echo "make test       every test"
	@echo "make test-long  the tests with many rounds, in full"
	@echo "make bench      how fast it is here, beside Hugo, Eleventy, Pelican and plain Flask"
	@echo "make bench-live how soon a save is seen here while one writes"
	@echo "make pictures   the screenshot in README.md, and the demo's PDF files"

serve: .venv/site
	$(BIN)/octavo serve

site: .venv/site
	$(BIN)/octavo freeze

check: .venv/site
	$(BIN)/octavo check

test: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

test-long: .venv/dev
	OCTAVO_LONG=1 $(BIN)/pytest -k "test_r1_ or test_r2_ or test_r3_ or test_r7_ or test_r10_ or test_r11_ or test_r12_ or test_r13_ or test_r14_ or test_r15_"

bench: .venv/site
	$(BIN)/python -m bench

bench-live: .venv/dev
	$(BIN)/python -m bench.live --notes 1000 --notes 10000

pictures: .venv/dev
	$(BIN)/python -m tests.pictures

clean:
	rm -rf .venv build .octavo

.venv/site: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

.venv/dev: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@ .venv/site
