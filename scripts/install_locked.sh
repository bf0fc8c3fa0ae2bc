#!/usr/bin/env bash
# Install kehoach as a wheel into an environment, with the versions and hashes of requirements.lock.
#
#   bash scripts/install_locked.sh PYTHON WHEEL
#
# PYTHON is the environment's own interpreter.  Only what the program runs on is installed, none of
# what tests and builds it.
set -euo pipefail
python=$1
wheel=$(realpath "$2")
lock=$(realpath "$(dirname "$0")/../requirements.lock")

wanted=$(mktemp --suffix .txt)
trap 'rm -f "$wanted"' EXIT
printf 'kehoach @ file://%s --hash=sha256:%s\n' "$wheel" "$(sha256sum "$wheel" | cut -d ' ' -f 1)" >"$wanted"
"$python" -m pip install --quiet --disable-pip-version-check --no-input \
    --require-hashes --constraint "$lock" --requirement "$wanted"
