#!/usr/bin/env bash
# Resolve pyproject.toml: pinned, hashed, for every platform, no addresses.
#
# requirements.lock holds everything the project is run, tested and built with, requirements.run.lock
# what an installed wheel needs of it, in the same versions.  Versions that are locked now are kept
# where they still fit; `UPGRADE=1 make lock` takes the newest instead.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v uv >/dev/null || {
    echo "lock: uv is not on the path; install it, for example with pipx" >&2
    exit 5
}
new=$(mktemp)
trap 'rm -f "$new"' EXIT
lock() { # the file, its first line, what to resolve
    local file=$1 first=$2
    shift 2
    uv pip compile --quiet pyproject.toml "$@" --universal --python-version 3.11 \
        --no-emit-index-url --no-header --no-annotate --generate-hashes --output-file "$new" >/dev/null
    {
        echo "# $first; \`make lock\` writes this file."
        grep -v '^#' "$new"
    } >"$file"
}
[ -n "${UPGRADE:-}" ] || cp requirements.lock "$new"
lock requirements.lock "Everything the project is run, tested and built with" --extra samples --group dev
lock requirements.run.lock "What an installed wheel needs, in the versions of requirements.lock"
