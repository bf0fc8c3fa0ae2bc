"""A child process that answers requests one at a time, within limits of clock, CPU and memory.

In: the body of a request.  Out: the body of the answer, or an error of ``pipeline.errors``.  What
hangs, eats memory or crashes a C library costs its own request only; the caller goes on.

One child serves a series of requests, because starting Python costs more than reading a page; it
is replaced after a failure and after some hundred, so that what a library leaks stays bounded.
The parent watches the clock; the other limits the child sets on itself before it touches foreign
bytes.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import BinaryIO

from pipeline.errors import ReaderCrashed, ReadTimeout
from pipeline.settings import for_child

_HEAD = struct.Struct(">Q")
_MOST_BYTES = 1 << 32
_SECONDS_TO_START = 120
NICENESS = "KEHOACH_CHILD_NICENESS"  # in the environment of a child, for it and its children
# Pages are large blocks of memory, and one is done as the next begins: kept, not handed back to the
# system between them (bytes; the C library's own names).
_KEEP = {"MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(128 << 20)}
_ONE_THREAD = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Child:
    """A child process and the lock that lets one request through at a time.

    Args:
        module: whose ``main`` the child runs; it calls ``serve``.
        requests: after so many the child is replaced.
        environment: variables that the child gets on top of ours.
    """

    def __init__(
        self, module: str, *, requests: int = 200, environment: dict[str, str] | None = None
    ) -> None:
        self._module = module
        self._requests = requests
        self._environment = environment or {}
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._served = 0

    def start(self) -> None:
        """Start the child before there is something to ask.

        Raises:
            ReaderCrashed: it did not start.
        """
        with self._lock:
            self._ready()

    def ask(self, body: bytes, seconds: float, limit: str) -> bytes:
        """Let the child answer.

        Args:
            body: the request.
            seconds: wall clock.
            limit: the setting that this comes from, for the message.

        Raises:
            ReadTimeout: the wall clock or the CPU time ran out.
            ReaderCrashed: the child died.
        """
        with self._lock:
            process = self._ready()  # starting is not the request's fault: it does not count
            deadline = time.monotonic() + seconds
            try:
                _send(process, _HEAD.pack(len(body)) + body, deadline)
                (size,) = _HEAD.unpack(_receive(process, _HEAD.size, deadline))
                if size > _MOST_BYTES:
                    raise EOFError
                answer = _receive(process, size, deadline)
            except TimeoutError:
                self.close()
                raise ReadTimeout(f"Not read within {seconds:g} s ({limit}).") from None
            except (EOFError, OSError):
                code = self._ended(process)
                if code == -signal.SIGXCPU:
                    raise ReadTimeout(
                        f"Reading took more than {seconds:g} s of CPU time ({limit})."
                    ) from None
                raise ReaderCrashed(f"The reading process ended with {_ending(code)}.") from None
            except BaseException:
                self.close()  # an interrupted exchange must not answer the next request
                raise
            self._served += 1
            return answer

    def close(self) -> None:
        """End the child, if there is one and it is ours."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        if process.poll() is None:
            _kill(process)
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _ended(self, process: subprocess.Popen[bytes]) -> int | None:
        try:
            code = process.wait(5)
        except subprocess.TimeoutExpired:
            code = None
        self.close()
        return code

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():
            self._process = None  # inherited through a fork: the parent's child, not ours
        if self._served >= self._requests or (self._process and self._process.poll() is not None):
            self.close()
        if self._process is None:
            self._process = _start(self._module, self._environment)
            self._owner, self._served = os.getpid(), 0
            self._greeted(self._process)
        return self._process

    def _greeted(self, process: subprocess.Popen[bytes]) -> None:
        try:
            _receive(process, _HEAD.size, time.monotonic() + _SECONDS_TO_START)
        except TimeoutError:
            self.close()
            raise ReaderCrashed("The reading process did not start.") from None
        except (EOFError, OSError):
            code = self._ended(process)
            raise ReaderCrashed(f"The reading process did not start ({_ending(code)}).") from None
        except BaseException:
            self.close()
            raise


def _start(module: str, more: dict[str, str]) -> subprocess.Popen[bytes]:
    """A fresh child that finds the same modules as this process, in a group of its own."""
    paths = [path or os.getcwd() for path in sys.path]  # noqa: PTH109
    environment = {**os.environ, **for_child(), **more, "PYTHONPATH": os.pathsep.join(paths)}
    environment |= _KEEP | dict.fromkeys(_ONE_THREAD, "1")
    process = subprocess.Popen(
        [sys.executable, "-c", f"from {module} import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        bufsize=0,
        start_new_session=True,
    )
    assert process.stdin is not None and process.stdout is not None
    os.set_blocking(process.stdin.fileno(), False)
    os.set_blocking(process.stdout.fileno(), False)
    return process


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the child and what it started (an office program, for example)."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()


def _send(process: subprocess.Popen[bytes], body: bytes, deadline: float) -> None:
    assert process.stdin is not None
    descriptor = process.stdin.fileno()
    view = memoryview(body)
    while view:
        _, writable, _ = select.select([], [descriptor], [], _left(deadline))
        if not writable:
            raise TimeoutError
        view = view[os.write(descriptor, view[: 1 << 20]) :]


def _receive(process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
    assert process.stdout is not None
    descriptor = process.stdout.fileno()
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


def serve(answer: Callable[[bytes], tuple[bytes, bool]]) -> None:
    """The child's side: answer requests until the parent is gone.

    What a library prints goes nowhere, so it cannot spoil the answers.

    Args:
        answer: makes the answer's body, and says whether the child is worn: not to be trusted
            with another request.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _stand_back(int(os.environ.get(NICENESS, "0")))
    replies = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    replies.write(_HEAD.pack(0))  # ready
    replies.flush()
    while (body := _message(sys.stdin.buffer)) is not None:
        made, worn = answer(body)
        resource.setrlimit(resource.RLIMIT_AS, (resource.getrlimit(resource.RLIMIT_AS)[1],) * 2)
        replies.write(_HEAD.pack(len(made)))
        replies.write(made)
        replies.flush()
        if worn:
            return


def _stand_back(niceness: int) -> None:
    """Let others go first where the processor is wanted by more than there are cores."""
    if niceness <= os.getpriority(os.PRIO_PROCESS, 0):
        return
    os.setpriority(os.PRIO_PROCESS, 0, niceness)
    # Linux weighs sessions before processes, and every child is a session of its own.
    with contextlib.suppress(OSError), open("/proc/self/autogroup", "w") as group:  # noqa: PTH123
        group.write(str(niceness))


def _end_with_parent() -> None:
    """End in the middle of a request too when the parent's end of the pipe is closed."""
    watch = select.poll()
    watch.register(0, 0)  # no event but the hang-up, which is always told
    while not any(event & select.POLLHUP for _, event in watch.poll()):
        pass
    os.killpg(os.getpgrp(), signal.SIGKILL)  # with what it started itself


def _message(stream: BinaryIO) -> bytes | None:
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    (size,) = _HEAD.unpack(head)
    body = stream.read(size)
    return body if len(body) == size else None


def limit(seconds: int, memory: int, base: int) -> None:
    """Bound this process's address space and CPU time for its next request.

    Args:
        seconds: CPU time from now on.
        memory: bytes on top of ``base``.
        base: bytes of address space that are in use already (``address_space``).
    """
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = base + memory
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(usage.ru_utime + usage.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until if hard < 0 else min(until, hard), hard))


def address_space() -> int:
    """Bytes of address space that this process uses now."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:  # no /proc: assume a Python with its libraries
        return 500_000_000
