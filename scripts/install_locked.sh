#!/usr/bin/env bash
# Install a wheel of kehoach into an environment, with the versions and hashes that are locked.
#
#   bash scripts/install_locked.sh PYTHON WHEEL
#
# PYTHON is the environment's own interpreter.  What only tests and builds is not installed.
set -euo pipefail
python=$1
wheel=$2
lock=$(dirname "$0")/../requirements.run.lock

install() {
    "$python" -m pip install --quiet --disable-pip-version-check --no-input "$@"
}
install --require-hashes --requirement "$lock"
install --no-deps "$wheel"
"$python" -m pip check --disable-pip-version-check
