"""The command ``serve`` as the command line declares it; nothing heavy is imported.

In: a function that makes a sub-parser.  Out: a parser whose ``command`` runs ``serving``.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.declaring import Declare, corpus_option, later


def declare(command: Declare) -> None:
    """Declare the command.

    Args:
        command: from the command line's parser.
    """
    sub = command(
        later("pipeline.web.serving", "serve"),
        "serve",
        "look, check and correct in a browser",
        _SERVE,
        _EXAMPLES,
    )
    sub.add_argument("--host", default="127.0.0.1", help="address to listen at (127.0.0.1)")
    sub.add_argument("--port", type=int, default=8765, metavar="N", help="port (8765)")
    sub.add_argument("--read-only", action="store_true", help="no uploads, no corrections")
    sub.add_argument("--certificate", metavar="FILE", type=Path, help="TLS certificate (PEM)")
    sub.add_argument("--key", metavar="FILE", type=Path, help="the certificate's private key (PEM)")
    sub.add_argument(
        "--extracted",
        metavar="DIR",
        type=Path,
        default=Path("data/extracted"),
        help="the folder of records, for uploads (data/extracted)",
    )
    corpus_option(sub)


_SERVE = """\
Serve the corpus as web pages: search, plans beside their page images, duties, comparison,
upload, corrections; and a JSON API. On this machine only, unless a password is set."""

_EXAMPLES = """\
examples:
  kehoach serve
  kehoach serve --corpus plans.db --port 9000
  KEHOACH_EDITOR_PASSWORD=... kehoach serve --host 0.0.0.0 --certificate c.pem --key k.pem"""
