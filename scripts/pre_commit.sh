#!/usr/bin/env bash
# What a commit must pass: ruff and its format for the files that are committed, mypy for all.
set -euo pipefail
cd "$(git rev-parse --show-toplevel)"

mapfile -t files < <(git diff --cached --name-only --diff-filter=ACMR -- '*.py')
[ "${#files[@]}" -gt 0 ] || exit 0
.venv/bin/ruff check "${files[@]}"
.venv/bin/ruff format --check "${files[@]}"
git diff --cached --quiet -- pipeline models || .venv/bin/mypy
