"""The settings that are in force: in a child process those of its parent.

In: the environment.  Out: ``settings()``, with the fields of ``pipeline.limits.Settings``.

A child that parses a file or reads a page would spend more time on the import of what validates
settings than on most pages; it gets the values that its parent validated.
"""

from __future__ import annotations

import json
import os
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from pipeline.limits import Settings

_HANDED = "KEHOACH_HANDED_SETTINGS"
_SECRET = {"reader_password", "editor_password"}


@cache
def settings() -> Settings:
    """The settings of this process, read from the environment once."""
    if handed := os.environ.get(_HANDED):
        return cast("Settings", SimpleNamespace(**json.loads(handed)))
    from pipeline.limits import Settings

    return Settings()


def for_child() -> dict[str, str]:
    """The variable that hands a child these settings, without the passwords."""
    own = os.environ.get(_HANDED)
    return {_HANDED: own or settings().model_dump_json(exclude=_SECRET)}
