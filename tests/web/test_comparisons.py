"""Comparisons that fail, and a site that stops while some wait."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable

import pytest

from pipeline.errors import ReaderCrashed
from pipeline.web.site import Site
from tests.web.conftest import Person


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site()


class Stuck:
    """A child that answers nothing until it is ended."""

    def __init__(self) -> None:
        self.asked = 0
        self.ended = threading.Event()

    def ask(self, *_: object) -> bytes:
        self.asked += 1
        assert self.ended.wait(30)
        raise ReaderCrashed("It was ended.")

    def close(self) -> None:
        self.ended.set()
        until = time.monotonic() + 0.5
        while self.asked < 2 and time.monotonic() < until:
            time.sleep(0.01)


def test_a_failure_is_told_and_not_begun_again_for_ever(site: Site, ids: dict[str, str]) -> None:
    """The page asks again by itself when a comparison has ended."""
    person = Person(site)
    address = "/compare?" + "&".join(f"plan={each}" for each in sorted(set(ids.values()))[:2])
    stuck = Stuck()
    stuck.ended.set()
    site.comparisons._child = stuck  # type: ignore[assignment]
    found = re.search(r'id="waiting" data-key="(\w+)"', person.get(address).text)
    assert found is not None
    key = found[1]
    until = time.monotonic() + 20
    while site.comparisons._jobs[key].state != "failed":
        assert time.monotonic() < until
        time.sleep(0.02)
    told = person.get(address).text
    assert "Không so sánh được" in told and 'id="waiting"' not in told
    assert stuck.asked == 1
    assert 'id="waiting"' in person.get(address).text


def test_what_waits_is_not_begun_by_a_site_that_stops(site: Site, ids: dict[str, str]) -> None:
    stuck = Stuck()
    site.comparisons._child = stuck  # type: ignore[assignment]
    plans = sorted(set(ids.values()))[:2]
    with site.library.reading() as corpus:
        for lang in ("vi", "en"):
            site.comparisons.ask(corpus, plans, lang)
    while not stuck.asked:
        time.sleep(0.01)
    site.comparisons.close()
    assert stuck.asked == 1
