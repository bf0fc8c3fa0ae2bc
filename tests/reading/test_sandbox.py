"""The child process: whatever a file does to it, the caller gets an error and goes on."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from pipeline.errors import Damaged, ReaderCrashed, ReadTimeout
from pipeline.reading.child import Request
from pipeline.reading.document import Document
from pipeline.reading.sandbox import Reader
from pipeline.settings import settings


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.close()


def ask(reader: Reader, order: str) -> Document:
    limits = settings()
    answer = reader.read(
        Request(
            "tests.reading.faulty",
            order.encode(),
            "a",
            "text/plain",
            "",
            limits.seconds_per_file,
            limits.memory_per_file,
        )
    )
    assert isinstance(answer, Document)
    return answer


def test_one_child_serves_many_files(reader: Reader) -> None:
    assert ask(reader, "một").text == "một"
    child = reader._child._process
    assert ask(reader, "hai").text == "hai"
    assert reader._child._process is child


@pytest.mark.parametrize(
    ("order", "error"),
    [
        ("sleep", ReadTimeout),
        ("spin", ReadTimeout),
        ("eat", ReaderCrashed),
        ("abort", ReaderCrashed),
        ("refuse", Damaged),
        ("stumble", Damaged),
    ],
)
def test_faults(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, order: str, error: type[Exception]
) -> None:
    ask(reader, "warm")
    monkeypatch.setattr(settings(), "seconds_per_file", 2)
    monkeypatch.setattr(settings(), "memory_per_file", 300_000_000)
    start = time.monotonic()
    with pytest.raises(error):
        ask(reader, order)
    assert time.monotonic() - start < 6
    assert ask(reader, "sau đó").text == "sau đó"


def test_errors_keep_message_and_advice(reader: Reader) -> None:
    with pytest.raises(Damaged) as caught:
        ask(reader, "refuse")
    assert caught.value.line() == "damaged: It is broken. Mend it."


def test_noise_on_standard_output_does_no_harm(reader: Reader) -> None:
    assert ask(reader, "print").text == "print"


def test_the_child_stays_small(reader: Reader) -> None:
    loaded = set(ask(reader, "modules").text.split())
    assert not loaded & {"spacy", "underthesea", "pandas", "numpy", "sklearn", "torch"}


def test_large_files_pass_through(reader: Reader) -> None:
    text = "kế hoạch " * 300_000
    assert len(ask(reader, text).text) == len(text) - 1


def test_close_twice_and_read_again(reader: Reader) -> None:
    ask(reader, "một")
    reader.close()
    reader.close()
    assert ask(reader, "hai").text == "hai"
