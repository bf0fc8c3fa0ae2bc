"""``kehoach serve``: check where it may listen, then listen until it is stopped.

In: parsed arguments.  Out: an exit code.
"""

from __future__ import annotations

import gc
import ipaddress
import socket
import sys
from argparse import Namespace
from pathlib import Path

from pipeline.corpus.store import Store
from pipeline.corpus.writing import rebuild
from pipeline.errors import OK, PasswordNeeded, PortTaken, UsageError
from pipeline.settings import settings
from pipeline.web.app import create_app
from pipeline.web.site import Site

SHORTEST_PASSWORD = 12


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address; a name counts by what it is called."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_password(host: str) -> None:
    """Refuse to serve other machines without a password.

    Raises:
        PasswordNeeded: none is set, or one that is too short.
    """
    limits = settings()
    given = [word for word in (limits.editor_password, limits.reader_password) if word]
    if any(len(word) < SHORTEST_PASSWORD for word in given):
        raise PasswordNeeded(f"a password needs {SHORTEST_PASSWORD} characters or more.")
    if not given and not is_loopback(host):
        raise PasswordNeeded(f"{host} can be reached from other machines, and no password is set.")
    if given and len(set(given)) != len(given):
        raise PasswordNeeded("readers and editors have the same password.")


def serve(args: Namespace) -> int:
    """``kehoach serve``."""
    import uvicorn

    check_password(args.host)
    if (args.certificate is None) != (args.key is None):
        raise UsageError("--certificate and --key belong together.")
    for file in (args.certificate, args.key):
        if file is not None and not file.is_file():
            raise UsageError(f"{file} is not there.")
    corpus = Path(args.corpus or settings().corpus)
    _ready(corpus, may_write=not args.read_only)
    listening = listen(args.host, args.port)
    port = listening.getsockname()[1]
    site = Site(
        corpus,
        args.extracted,
        host=args.host,
        port=port,
        read_only=args.read_only,
        tls=args.certificate is not None,
    )
    scheme = "https" if site.tls else "http"
    name = f"[{args.host}]" if ":" in args.host else args.host
    print(f"{corpus}: {scheme}://{name}:{port}/  (Ctrl-C)", file=sys.stderr, flush=True)
    if not site.tls and not is_loopback(args.host):
        print(
            "Passwords travel unencrypted: give --certificate and --key, or put a proxy with TLS"
            " before it.",
            file=sys.stderr,
        )
    config = uvicorn.Config(
        create_app(site),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=5,
        h11_max_incomplete_event_size=32_768,
        ssl_certfile=args.certificate,
        ssl_keyfile=args.key,
    )
    try:
        config.load()
    except OSError as error:  # as errors of TLS are
        listening.close()
        raise UsageError(
            f"{args.certificate} and {args.key} cannot be used: {error}.",
            next_step="Give a certificate and its private key, both PEM.",
        ) from error
    # Answers pass between threads several times; each time they would wait 5 ms for a busy one.
    sys.setswitchinterval(0.0005)
    # Records that are kept are a million objects without cycles: looking through them for some
    # takes a tenth of a second in which nobody is answered.
    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        listening.close()
    return OK


def _ready(corpus: Path, *, may_write: bool) -> None:
    """Make a corpus that is missing, and its index anew where it was made by other rules of words.

    Raises:
        KehoachError: it cannot be served as it is.
    """
    if may_write:
        missing = not corpus.is_file()
        with Store(corpus, write=True) as store:
            if store.needs_rebuild:
                print(f"{corpus}: its index is being made anew", file=sys.stderr, flush=True)
                rebuild(store)
        if missing:
            print(f"{corpus} was not there; it is made, and empty", file=sys.stderr)
    Store(corpus).close()


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; with port 0 at any that is free.

    Raises:
        PortTaken: another program listens there, or the address is not this machine's.
    """
    if not 0 <= port <= 65_535:
        raise UsageError(f"{port} is no port.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named asyncio sends small answers at once; without it they wait 40 ms for
    # the other side's acknowledgement.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(256)
    except OSError as error:
        made.close()
        raise PortTaken(f"nobody can listen at {host}:{port}: {error.strerror}.") from error
    return made
