#!/usr/bin/env bash
# Print what requirements.lock says of some packages, with their hashes: `bash scripts/locked.sh NAME...`
set -euo pipefail
awk -v names=" $* " '/^[a-z0-9]/ { split($1, part, "=="); on = index(names, " " part[1] " ") } on' \
    "$(dirname "$0")/../requirements.lock"
