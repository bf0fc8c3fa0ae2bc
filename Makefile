# Two commands: `make run` reads the sample plans, `make test` checks everything.

SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help setup run test lint format types check coverage bench docs lock hooks wheel fuzz clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## .venv with the locked packages, Tesseract where it may be installed; quick when done
	@bash scripts/setup.sh

run: setup ## data/raw/ -> data/extracted/: one JSON record per sample plan; data/corpus.db
	@$(BIN)/kehoach ingest data/raw --extracted data/extracted --corpus data/corpus.db
	@echo
	@echo "Search:  $(BIN)/kehoach search 'so tu phap chu tri due:2024'"
	@echo
	@echo "Next: look at a record        less data/extracted/$$(ls data/extracted | head -n 1)"
	@echo "      read a plan of your own $(BIN)/kehoach extract PLAN.pdf"
	@echo "      see every command       $(BIN)/kehoach --help"

test: setup lint types check ## style, types and tests

lint: setup ## ruff: style and likely bugs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: setup ## let ruff put the code in shape
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

types: setup ## mypy over pipeline and models
	@$(BIN)/mypy

check: setup ## the tests alone
	@bash scripts/chromium.sh
	@$(BIN)/pytest -n auto

coverage: setup ## which lines of pipeline and models the tests reach, children included
	@rm -f .coverage .coverage.*
	@$(BIN)/pytest -n auto --cov --cov-report=term

hooks: setup ## ruff and mypy before every commit in this checkout
	@bash scripts/hooks.sh

wheel: setup ## build the wheel, install it into an empty environment, read a sample plan there
	@bash scripts/wheel.sh

bench: setup ## every benchmark beside its peers, into docs/; everyday: make bench ARGS=--quick
	@$(BIN)/python benchmarks/all.py --install-peers $(ARGS)

fuzz: setup ## hostile input, 12,000 mutated files and queries: make fuzz ARGS="--seed 2 --count 500"
	@$(BIN)/python -m fuzz $(ARGS)

docs: setup ## write the pages of docs/ that come from models, routes and figures
	@$(BIN)/python scripts/record_reference.py > docs/record.md
	@$(BIN)/kehoach schema > docs/record.schema.json
	@$(BIN)/python scripts/api_reference.py > docs/api.md
	@$(BIN)/python benchmarks/all.py --pages

lock: setup ## resolve pyproject.toml anew into requirements.lock (needs uv on the path)
	@bash scripts/lock.sh

clean: ## remove .venv, caches and the records
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@find data/extracted -mindepth 1 ! -name .gitkeep -delete
	@rm -rf data/extracted/.readings data/corpus.db data/corpus.db-*
