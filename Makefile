# One verb each. Needs Python 3.11 or later and make, nothing else: every verb sets up what it needs in .venv.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test check lint smoke docs bench lock clean

PY := .venv/bin/python
PIP_INSTALL := -m pip install -qq --disable-pip-version-check
UV_VERSION := 0.13.9
SOURCES := $(wildcard src tests benchmarks scripts)
REPORT := build/demo/report.html

# $(call make_venv,FOLDER): a virtual environment from the first Python that runs, is new enough and can make one.
define make_venv
	@test -x $(1)/bin/python || { \
	  found=; bare=; \
	  for candidate in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
	    "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	    "$$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1 || { bare=$$candidate; continue; }; \
	    found=$$candidate; break; \
	  done; \
	  if test -z "$$found" && test -n "$$bare"; then \
	    echo "amparo: $$bare cannot make a virtual environment; install its venv first: apt install python3-venv"; exit 1; \
	  elif test -z "$$found"; then \
	    echo "amparo needs Python 3.11 or later and found none; install one, or name it: make PYTHON=/path/to/python"; exit 1; \
	  fi; \
	  echo "Making $(1) with $$found"; \
	  "$$found" -m venv $(1) || { rm -rf $(1); exit 1; }; \
	}
endef

help: ## list the verbs
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | while IFS='|' read -r verb what; do printf '  make %-7s %s\n' "$$verb" "$$what"; done

demo: .venv/.base ## simulate a programme, on the survey of AMPARO_DATA when that is set, into build/demo
	@mkdir -p build/demo
	@$(PY) -m amparo demo --output build/demo

test: .venv/.dev ## run the tests
	@$(PY) tests/browser/ensure_chromium.py
	@$(PY) -m pytest

check: lint smoke test ## everything CI runs: lint, types, imports, a demonstration, the tests

lint: .venv/.dev ## check style, types and the direction of imports
	@echo "Checking style, types and imports"
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy $(SOURCES)
	@.venv/bin/lint-imports

smoke: .venv/.base
	@echo "Simulating 20,000 generated persons into $(REPORT)"
	@mkdir -p $(dir $(REPORT)) && rm -f $(REPORT)
	@$(PY) -m amparo simulate chile --population synthetic:20000:1 --report $(REPORT)
	@test -s $(REPORT) || { echo "amparo simulate ended well and wrote no $(REPORT)"; exit 1; }

docs: .venv/.dev ## write the register of rules into build/register, and check all documentation
	@$(PY) -m amparo register build/register
	@$(PY) -m pytest tests/docs tests/register

bench: .venv/.base .venv-peer/.ready ## compare with the peers, side by side on this machine
	@$(PY) -m benchmarks

lock: ## pin every dependency anew, with hashes
	$(call make_venv,.venv-lock)
	@.venv-lock/bin/python $(PIP_INSTALL) uv==$(UV_VERSION)
	@echo "Pinning requirements/*.txt"
	@set -e; compile() { .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	    --generate-hashes --no-emit-index-url --no-emit-find-links --no-config --custom-compile-command "make lock" "$$@"; }; \
	  compile $(UPGRADE) --extra dev pyproject.toml requirements/build.in -o requirements/dev.txt; \
	  compile --extra prove pyproject.toml requirements/build.in -c requirements/dev.txt -o requirements/prove.txt; \
	  compile pyproject.toml requirements/build.in -c requirements/dev.txt -o requirements/base.txt; \
	  compile $(UPGRADE) requirements/peer.in -o requirements/peer.txt

clean: ## back to a fresh clone
	@rm -rf build .venv .venv-peer .venv-lock .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache src/*.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.base: requirements/base.txt pyproject.toml
	$(call make_venv,.venv)
	@echo "Installing what amparo runs on (requirements/base.txt)"
	@$(PY) $(PIP_INSTALL) --require-hashes -r requirements/base.txt
	@$(PY) $(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements/dev.txt requirements/base.txt pyproject.toml
	$(call make_venv,.venv)
	@echo "Installing what amparo is developed with (requirements/dev.txt)"
	@$(PY) $(PIP_INSTALL) --require-hashes -r requirements/dev.txt
	@$(PY) $(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch .venv/.base $@

.venv-peer/.ready: requirements/peer.txt
	$(call make_venv,.venv-peer)
	@echo "Installing the peers (requirements/peer.txt)"
	@.venv-peer/bin/python $(PIP_INSTALL) --require-hashes -r requirements/peer.txt
	@touch $@
