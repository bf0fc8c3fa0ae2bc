"""Parse a file or read a page in a child process, within limits of clock, CPU time and memory.

In: a request.  Out: what the child made of it, or an error of ``pipeline.errors``.  A file that
hangs, eats memory or crashes a C library costs its own reading only; the caller goes on.

One child serves a series of requests, because starting Python costs more than reading a page; it
is replaced after a failure and after some hundred, so that what a library leaks stays bounded.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
import time
from typing import Any

from pipeline import errors
from pipeline.errors import ReaderCrashed, ReadTimeout
from pipeline.reading import document, pages
from pipeline.reading.child import LENGTH, Answer, Failure, PageRequest, Request
from pipeline.reading.document import Document
from pipeline.reading.pages import Draft, ReadPage
from pipeline.reading.pdf_layout import Row
from pipeline.reading.pdf_tables import Grid
from pipeline.reading.pdf_words import PageWord

_REQUESTS_PER_CHILD = 200
_ONE_THREAD = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_VALUES: dict[tuple[str, str], type] = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (
        *(document.Notice, document.Word, document.Line, document.Page, document.Cell),
        *(document.Table, document.OffsetMap, Document),
        *(Draft, ReadPage, pages.Wanted, Row, Grid, PageWord, Failure),
    )
}


class _Unpickler(pickle.Unpickler):
    """Only the reading stage's own values: a reply is data of a process that saw foreign bytes."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _VALUES:
            return _VALUES[module, name]
        raise pickle.UnpicklingError(f"{module}.{name} is no value of the reading stage")


class Reader:
    """A child process and the lock that lets one request through at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._served = 0

    def read(self, request: Request | PageRequest) -> Answer:
        """Let the child answer a request.

        Raises:
            ReadTimeout: the wall clock or the CPU time ran out.
            ReaderCrashed: the child died or ran out of memory.
            KehoachError: whatever the reader itself refused.
        """
        with self._lock:
            answer = self._exchange(request)
        if not isinstance(answer, Failure):
            return answer
        kind = getattr(errors, answer.kind, ReaderCrashed)
        raise kind(answer.message, next_step=answer.next_step)

    def close(self) -> None:
        """End the child, if there is one and it is ours."""
        child, self._child = self._child, None
        if child is None or self._owner != os.getpid():
            return
        if child.poll() is None:
            _kill(child)
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _exchange(self, request: Request | PageRequest) -> Answer | Failure:
        child = self._ready()
        limit = "KEHOACH_SECONDS_PER_" + ("FILE" if isinstance(request, Request) else "PAGE")
        deadline = time.monotonic() + request.seconds
        body = pickle.dumps(request, protocol=5)
        try:
            _send(child, LENGTH.pack(len(body)) + body, deadline)
            (size,) = LENGTH.unpack(_receive(child, LENGTH.size, deadline))
            answer = _Unpickler(io.BytesIO(_receive(child, size, deadline))).load()
        except TimeoutError:
            self.close()
            raise ReadTimeout(f"Not read within {request.seconds} s ({limit}).") from None
        except (EOFError, OSError):
            code = self._ended(child)
            if code == -signal.SIGXCPU:
                raise ReadTimeout(
                    f"Reading took more than {request.seconds} s of CPU time ({limit})."
                ) from None
            raise ReaderCrashed(f"The reading process ended with {_ending(code)}.") from None
        except (pickle.UnpicklingError, AttributeError, TypeError, ValueError, IndexError):
            self.close()
            raise ReaderCrashed("The reading process answered with no document.") from None
        except BaseException:
            self.close()  # an interrupted exchange must not answer the next file
            raise
        self._served += 1
        if isinstance(answer, Failure) and answer.worn:
            self.close()
        if not isinstance(answer, Answer | Failure):
            raise ReaderCrashed("The reading process answered with no document.")
        return answer

    def _ended(self, child: subprocess.Popen[bytes]) -> int | None:
        try:
            code = child.wait(5)
        except subprocess.TimeoutExpired:
            code = None
        self.close()
        return code

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():
            self._child = None  # inherited through a fork: the parent's child, not ours
        if self._served >= _REQUESTS_PER_CHILD or (self._child and self._child.poll() is not None):
            self.close()
        if self._child is None:
            self._child, self._owner, self._served = _start(), os.getpid(), 0
        return self._child


def _start() -> subprocess.Popen[bytes]:
    """A fresh child that finds the same modules as this process, in a group of its own."""
    paths = [path or os.getcwd() for path in sys.path]  # noqa: PTH109
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    environment |= dict.fromkeys(_ONE_THREAD, "1")
    child = subprocess.Popen(
        [sys.executable, "-c", "from pipeline.reading.child import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        bufsize=0,
        start_new_session=True,
    )
    assert child.stdin is not None and child.stdout is not None
    os.set_blocking(child.stdin.fileno(), False)
    os.set_blocking(child.stdout.fileno(), False)
    return child


def _kill(child: subprocess.Popen[bytes]) -> None:
    """Kill the child and what it started (an office program, for example)."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        child.kill()


def _send(child: subprocess.Popen[bytes], body: bytes, deadline: float) -> None:
    assert child.stdin is not None
    descriptor = child.stdin.fileno()
    view = memoryview(body)
    while view:
        _, writable, _ = select.select([], [descriptor], [], _left(deadline))
        if not writable:
            raise TimeoutError
        view = view[os.write(descriptor, view[: 1 << 20]) :]


def _receive(child: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
    assert child.stdout is not None
    descriptor = child.stdout.fileno()
    parts = bytearray()
    while len(parts) < size:
        readable, _, _ = select.select([descriptor], [], [], _left(deadline))
        if not readable:
            raise TimeoutError
        part = os.read(descriptor, min(size - len(parts), 1 << 20))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _ending(code: int | None) -> str:
    if code is None:
        return "no answer"
    if code < 0:
        try:
            return f"signal {signal.Signals(-code).name}"
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}"


READER = Reader()
atexit.register(READER.close)
