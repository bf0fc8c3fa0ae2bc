#!/usr/bin/env bash
# Make .venv hold exactly what requirements.lock says, and look for the outside programs.
#
# Quick when nothing changed: a stamp in .venv keeps what it was made from (lock file, project
# file, interpreter, folder), so that a moved checkout or a new lock file sets it up again.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
venv=.venv
stamp=$venv/.kehoach-setup

say() { printf 'setup: %s\n' "$*" >&2; }

command -v "$python" >/dev/null || {
    say "$python is not there. On Debian: apt-get install python3 python3-venv"
    exit 5
}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    say "Python 3.11 or newer is needed, $python is $("$python" -V 2>&1)." \
        "Name another one: make setup PYTHON=python3.12"
    exit 5
}

made_from=$({
    pwd -P
    "$python" -c 'import sys; print(sys.version, sys.base_prefix)'
    cat requirements.lock pyproject.toml
} | cksum)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$made_from" ]; then
    exec bash scripts/tesseract.sh --look
fi
bash scripts/tesseract.sh

# A virtual environment keeps absolute paths: one that came from another folder is of no use.
if [ -e "$venv" ] && ! grep -qsF "$(pwd -P)/$venv" "$venv/bin/activate"; then
    say "making $venv anew: it belongs to another folder"
    rm -rf "$venv"
fi
if ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
    say "making $venv"
    "$python" -m venv --clear "$venv" || {
        say "no virtual environment could be made. On Debian: apt-get install python3-venv"
        exit 5
    }
fi

rm -f "$stamp"
say "installing the locked packages (a minute or two, once)"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
"$venv/bin/python" -m pip install --quiet --require-hashes -r requirements.lock
"$venv/bin/python" -m pip install --quiet --no-deps --no-build-isolation --editable .
printf '%s\n' "$made_from" >"$stamp"
say "ready: $venv/bin/kehoach --help"
