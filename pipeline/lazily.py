"""What a package offers, imported from its modules when it is first asked for.

In: modules and the names they hold.  Out: the package's ``__getattr__`` (PEP 562), so that
``import pipeline`` and ``--help`` stay quick.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any


def lazily(package: str, names: dict[str, Iterable[str]]) -> Callable[[str], Any]:
    """The ``__getattr__`` of a package.

    Args:
        package: its ``__name__``.
        names: full name of a module to what it holds; of two with the same name the last one.

    Raises:
        AttributeError: from the function, where no module holds the name.
    """
    modules = {name: module for module, held in names.items() for name in held}

    def attribute(name: str) -> Any:
        if name in modules:
            return getattr(import_module(modules[name]), name)
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return attribute
