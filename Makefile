# Codeward's front door: `make` alone lists the targets. Needs Python 3.11 or newer with pip, make and git; the rest
# goes into .venv.

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help setup serve test check bench eval-search eval-notes eval-ask docs clean

PYTHON ?= $(shell python3.11 -c '' 2>/dev/null && echo python3.11 || echo python3)
HOST ?= 127.0.0.1
PORT ?= 8000
# On a terminal the first run shows the terms for CPT numbers and asks. Where nobody can be asked, running `make serve`
# accepts what it shows; `make serve ACCEPT=` goes without CPT numbers.
ACCEPT ?= ama-cpt

BIN := .venv/bin
SYNC := UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON_DOWNLOADS=never $(BIN)/uv sync --quiet --frozen
READY := .venv/.ready
SERVABLE := .venv/.servable

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-6s  %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(READY) ## Install everything development needs into .venv

serve: $(SERVABLE) ## Run the site on HOST and PORT (127.0.0.1:8000); the first run builds the starter library
	@if [ -t 0 ] || [ -z "$(ACCEPT)" ]; then exec $(BIN)/codeward serve --host "$(HOST)" --port "$(PORT)"; \
	else exec $(BIN)/codeward serve --host "$(HOST)" --port "$(PORT)" --accept "$(ACCEPT)"; fi

test: check ## Run every check, then every test
	@bash .ci/packages
	$(BIN)/pytest -n auto --dist loadgroup

check: $(READY) ## Lint, formatting, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) ## Run every script in bench/ in turn
	@for script in $(sort $(wildcard bench/[a-z]*.py)); do echo "== $$script"; $(BIN)/python "$$script" || exit 1; done

eval-search: $(READY) ## How well and fast search finds, beside plain baselines, over the retrieval sets
	$(BIN)/python bench/eval_search.py

eval-notes: $(READY) ## Codes out of notes against what people coded, beside a bare dictionary
	$(BIN)/python bench/eval_notes.py

eval-ask: $(READY) ## Questions to answers: right per topic, unsupported tokens, citations that verify; MODEL=URL#NAME
	$(BIN)/python bench/eval_ask.py $(if $(MODEL),--model "$(MODEL)")

docs: $(READY) ## Write the generated pages of the documentation
	$(BIN)/python docs/generate.py

clean: ## Remove caches and build output; .venv and libraries stay
	@rm -rf .mypy_cache .ruff_cache .import_linter_cache .hypothesis .pytest_cache dist staticfiles
	@find src tests bench docs -type d -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Codeward needs Python 3.11 or newer: make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check uv

# Two stamps, so that serving never installs development's packages and never takes them away.
$(SERVABLE): pyproject.toml uv.lock | $(BIN)/uv
	@$(SYNC) --no-dev --inexact
	@touch $@

$(READY): pyproject.toml uv.lock | $(BIN)/uv
	@$(SYNC) --extra spark --extra meaning
	@touch $(SERVABLE) $@
