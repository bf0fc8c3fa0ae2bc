#!/usr/bin/env bash
# Build the wheel and try it in an empty environment, away from the checkout.
#
# The versions and hashes are those of requirements.run.lock; what tests and builds is not installed.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'wheel: %s\n' "$*" >&2; }

rm -f dist/kehoach-*.whl
.venv/bin/python -m hatchling build --target wheel --directory dist >/dev/null
wheel=$(echo "$PWD"/dist/kehoach-*.whl)
say "built dist/$(basename "$wheel"), $(du -k "$wheel" | cut -f 1) KB"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
say "installing it into an empty environment (a minute or two)"
bash scripts/install_locked.sh "$work/venv/bin/python" "$wheel"
cp data/raw/*.txt data/raw/*.docx data/raw/*.pdf "$work"

# From here on nothing of the checkout can be found.
cd "$work"
unset PYTHONPATH
run() {
    say "kehoach $*"
    venv/bin/kehoach "$@"
}
venv/bin/python -c 'import pipeline, sys; sys.exit(not pipeline.__file__.startswith(sys.prefix))'
run doctor
run extract ./*.txt ./*.docx ./*.pdf --output records
run add records --corpus plans.db
run search 'so tu phap chu tri' --corpus plans.db --limit 1
run compare records --html report.html >/dev/null
run serve --help >/dev/null
say "all of it ran; $(venv/bin/python -m pip list 2>/dev/null | tail -n +3 | wc -l) packages installed"
