#!/usr/bin/env bash
# Have git run the checks of .pre-commit-config.yaml before every commit in this checkout.
#
# With pre-commit on the path it does that itself; without, a small hook runs the same commands.
# All of them are in .venv: nothing is fetched.
set -euo pipefail
cd "$(dirname "$0")/.."

if command -v pre-commit >/dev/null; then
    exec pre-commit install
fi
hook=$(git rev-parse --git-path hooks)/pre-commit
if [ -e "$hook" ] && ! grep -q scripts/pre_commit.sh "$hook"; then
    echo "hooks: $hook is there already and is left alone; have it call scripts/pre_commit.sh" >&2
    exit 1
fi
mkdir -p "$(dirname "$hook")"
printf '#!/bin/sh\nexec bash scripts/pre_commit.sh\n' >"$hook"
chmod +x "$hook"
echo "hooks: $hook runs ruff and mypy; git commit --no-verify goes without" >&2
