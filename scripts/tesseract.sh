#!/usr/bin/env bash
# See that Tesseract with Vietnamese is there; install Debian's packages where we may.
#
# Never fails: text, Word and PDF with a text layer are read without it.  Where we may not
# install, the exact command is printed and the set-up goes on.  With --look nothing is
# installed: a set-up that is complete stays quick, also where the installation did not work.
set -u

packages="tesseract-ocr tesseract-ocr-vie"

say() { printf 'setup: %s\n' "$*" >&2; }

has_vie() {
    command -v tesseract >/dev/null && tesseract --list-langs 2>/dev/null | grep -qx vie
}

has_vie && exit 0

missing="Tesseract with Vietnamese (vie) is not installed; scans need it, other files do not."

if ! command -v apt-get >/dev/null; then
    say "$missing" "Install Tesseract 5 and its language file 'vie' with your system's package manager."
    exit 0
fi

if [ "${1:-}" = --look ]; then
    say "$missing To install it: sudo apt-get install $packages"
    exit 0
elif [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    say "$missing To install it: sudo apt-get install $packages"
    exit 0
fi

install() {
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $packages >/dev/null 2>&1 </dev/null
}

say "installing $packages"
if ! install; then
    # Fresh machines have no package lists yet.
    $as_root apt-get update -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=30 >/dev/null 2>&1 </dev/null
    install
fi
has_vie || say "Tesseract could not be installed; going on without it (scans need it)." \
    "To see why: ${as_root:+sudo }apt-get install $packages"
exit 0
