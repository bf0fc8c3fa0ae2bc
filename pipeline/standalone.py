"""Pages that are one HTML file and need nothing else.

In: a package's templates and what they show.  Out: their environment and their policy.

Texts come from documents of strangers: every one goes through the template's escaping, and a
page's own policy allows no connection, and only the style and script whose hashes it names.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def policy(style: str, script: str = "") -> str:
    """The content security policy of a page with this style and this script, or none."""
    allowed = [
        "default-src 'none'",
        f"style-src '{_hash(style)}'",
        *([f"script-src '{_hash(script)}'"] if script else []),
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(allowed)


def environment(package: str) -> Environment:
    """Templates of a package, escaping everything and refusing names that are not given."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
