#!/usr/bin/env bash
# Resolve pyproject.toml into requirements.lock: pinned, hashed, for every platform, no addresses.
#
# Versions in the present lock file are kept where they still fit; `UPGRADE=1 make lock` takes
# the newest instead.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v uv >/dev/null || {
    echo "lock: uv is not on the path; install it, for example with pipx" >&2
    exit 5
}
new=$(mktemp)
trap 'rm -f "$new"' EXIT
[ -n "${UPGRADE:-}" ] || cp requirements.lock "$new"
uv pip compile --quiet pyproject.toml --extra samples --group dev --universal --python-version 3.11 \
    --no-emit-index-url --no-header --no-annotate --generate-hashes --output-file "$new" >/dev/null
{
    echo "# Everything the project is run, tested and built with; \`make lock\` writes this file."
    grep -v '^#' "$new"
} >requirements.lock
