# Everything runs in .venv, which is made when it is missing: python3 with venv, and make, suffice.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help digest test lint lint-email lint-sites format golden wheel clean

help:  ## Show what there is to make.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(READY): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

digest: $(READY)  ## Build the sample publication into out/.
	$(BIN)/digest build --config digest.toml --week 2025-W05

lint: $(READY)  ## Check style, types and the direction of imports.
	$(BIN)/ruff check digest tests tools
	$(BIN)/ruff format --check digest tests tools
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# Needs Node 20 or later; axe runs where chromium-headless-shell is found.
lint-email: digest  ## Cross-check the sample's mails, sites and preview with tools from npm.
	@command -v npm >/dev/null || { echo "npm is missing: install Node.js 20 or later" >&2; exit 1; }
	npm install --prefix tools/email --ignore-scripts --no-audit --no-fund --no-package-lock --silent
	node tools/email/lint.mjs $$($(BIN)/python tools/render_samples.py out/2025-W05/issue.json out/styles)
	node tools/email/node_modules/html-validate/bin/html-validate.mjs -c tools/email/.htmlvalidate-site.json \
		'out/styles/*/site/**/*.html' 'out/site/**/*.html' out/2025-W05/preview.html

test: lint  ## Run every check: lint, then the tests with coverage.
	$(BIN)/python -m pytest -n auto --dist loadfile --cov --cov-report=term:skip-covered

format: $(READY)  ## Format the code.
	$(BIN)/ruff check --fix-only --quiet digest tests tools
	$(BIN)/ruff format digest tests tools

golden: $(READY)  ## Rewrite the golden files after a change that was looked at.
	DIGEST_UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q tests/render

lint-sites: $(READY)  ## Build issue.md with Hugo, Jekyll, Eleventy, MkDocs and Pelican; needs the network.
	$(BIN)/python tools/sites/check.py

wheel: $(READY)  ## Build the wheel into dist/.
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .

clean:  ## Remove what can be made again.
	rm -rf .venv dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
