#!/usr/bin/env bash
# Chromium for the tests of the pages, on a machine that is there for tests (CI is set).
#
# Never fails, and installs nothing on a person's own machine: without it those tests are skipped.
set -u
command -v chromium >/dev/null && exit 0
[ -n "${CI:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 0
echo "setup: installing chromium for the tests" >&2
install() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        chromium fonts-noto-core >/dev/null 2>&1 </dev/null
}
install || { apt-get update -qq >/dev/null 2>&1 </dev/null; install; }
command -v chromium >/dev/null || echo "setup: no chromium; tests in a browser are skipped" >&2
exit 0
