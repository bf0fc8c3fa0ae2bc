"""Where files are: folders walked, addresses of object stores listed, bytes loaded.

In: paths and addresses (``s3://bucket/plans``; whatever fsspec has a package for).  Out: a
``Source`` per file.  A path is a path unless it has "://" in it.

In a folder only documents are taken, by their content; links, devices, hidden files and what
office programs and downloads leave behind are passed over and counted.  A file that is named
itself is always taken, so that whoever names it learns what became of it.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import (
    FileMissing,
    KehoachError,
    MissingTool,
    NotAFile,
    TooLarge,
    UnknownFormat,
)
from pipeline.reading import bounds
from pipeline.settings import settings

_CHUNK = 1 << 20
_LEFT_BEHIND = (".part", ".crdownload", ".tmp", ".swp", ".bak")
_TEXTS = (".txt", ".text", ".md", ".markdown", "")
_MARKS = ("ETag", "etag", "md5Hash", "LastModified", "last_modified", "mtime", "updated")


@dataclass(frozen=True, slots=True)
class Source:
    """One file that was found.

    Attributes:
        uri: absolute path, or address.
        name: file name without its folder.
        bytes: its size.
        mark: changes when the file does (time of change, or a store's tag); None if unknown.
        named: whether a person named it, not a walk.
        utf8: whether its path is UTF-8; one that is not stands here with escapes, cannot be kept
            in the ledger as it is, and is not read.
    """

    uri: str
    name: str
    bytes: int
    mark: str | None
    named: bool
    utf8: bool = True


@dataclass
class Walk:
    """A walk over what a person named.

    Args:
        paths: paths and addresses.
        leave: folders and files that are never entered: our own output.
    """

    paths: list[str]
    leave: frozenset[Path] = frozenset()
    passed: Counter[str] = field(default_factory=Counter)
    _named: set[str] = field(default_factory=set, init=False)

    def __iter__(self) -> Iterator[Source]:
        """Every file once, in a stable order; ``passed`` counts what was passed over, and why.

        Raises:
            FileMissing: something named is not there, before anything else is found.
        """
        for path in self.paths:
            if "://" not in path and not os.path.exists(path):  # noqa: PTH110
                raise FileMissing(f"{path} does not exist.")
        once = dict.fromkeys(
            path if "://" in path else os.path.abspath(path)  # noqa: PTH100 (a link stays one)
            for path in self.paths
        )
        self._named = set(once)
        for path in once:
            yield from self._remote(path) if "://" in path else self._local(Path(path))

    def _local(self, path: Path) -> Iterator[Source]:
        if not path.is_dir():
            try:
                yield _source(path, path.stat(), named=True)
            except OSError as error:
                raise FileMissing(f"{path} cannot be opened: {error.strerror}.") from None
            return
        for folder, folders, names in os.walk(path, onerror=self._closed):
            here = Path(folder)
            folders[:] = sorted(
                name for name in folders if not name.startswith(".") and self._enter(here / name)
            )
            for name in sorted(names):
                file = here / name
                if name.startswith((".", "~$")) or name.endswith(_LEFT_BEHIND):
                    self.passed["hidden or unfinished"] += 1
                    continue
                try:
                    status = file.lstat()
                except OSError:
                    self.passed["gone while looking"] += 1
                    continue
                if stat.S_ISLNK(status.st_mode):
                    self.passed["link"] += 1
                elif not stat.S_ISREG(status.st_mode):
                    self.passed["no ordinary file"] += 1
                elif file not in self.leave and str(file) not in self._named:
                    yield _source(file, status, named=False)

    def _closed(self, error: OSError) -> None:
        self.passed["folder that cannot be opened"] += 1

    def _enter(self, folder: Path) -> bool:
        if folder.is_symlink():
            self.passed["link"] += 1
            return False
        return folder not in self.leave and str(folder) not in self._named

    def _remote(self, address: str) -> Iterator[Source]:
        system, path = _system(address)
        try:
            listed = system.find(path, detail=True)
        except Exception as error:  # every store has errors of its own
            raise FileMissing(f"{address} cannot be listed: {error}.") from error
        if not listed:
            raise FileMissing(f"{address} does not exist, or there is nothing in it.")
        for key, facts in sorted(listed.items()):
            name = key.rsplit("/", 1)[-1]
            named = len(listed) == 1 and key.rstrip("/").endswith(path.rstrip("/"))
            if name.startswith((".", "~$")) or name.endswith(_LEFT_BEHIND):
                self.passed["hidden or unfinished"] += 1
                continue
            mark = next((str(facts[each]) for each in _MARKS if facts.get(each)), None)
            uri = str(system.unstrip_protocol(key))
            yield Source(uri, name, int(facts.get("size") or 0), mark, named)


def _source(path: Path, status: os.stat_result, *, named: bool) -> Source:
    uri = os.fsencode(path).decode(errors="backslashreplace")
    name = uri.rpartition("/")[2]
    return Source(uri, name, status.st_size, str(status.st_mtime_ns), named, uri == str(path))


def is_document(source: Source, data: bytes) -> bool:
    """Whether a file that a walk found is something we read, by its content.

    Text is everything and nothing, so it also needs the name of a text.
    """
    try:
        found = bounds.recognise(data, source.name)
    except UnknownFormat:
        return False
    except KehoachError:
        return True  # a document that something is wrong with
    return found.name != "text" or Path(source.name).suffix.lower() in _TEXTS


def digest(source: Source) -> tuple[str, bool]:
    """SHA-256 of a file, and whether it is a document; never more than a chunk of a large one.

    Raises:
        FileMissing, NotAFile: it cannot be opened, its name is not UTF-8, or it is a pipe.
    """
    if not source.utf8:
        raise FileMissing(
            f"the path {source.uri} is not UTF-8.", next_step="Rename it, then ingest it again."
        )
    if source.bytes <= settings().max_bytes:
        data = load(source.uri, empty=True)
        return hashlib.sha256(data).hexdigest(), source.named or is_document(source, data)
    total = hashlib.sha256()
    with _opened(source.uri) as file:
        try:
            while chunk := file.read(_CHUNK):
                total.update(chunk)
        except Exception as error:  # every store has errors of its own
            raise FileMissing(f"{source.uri} cannot be read: {error}.") from error
    return total.hexdigest(), True


def load(uri: str, *, empty: bool = False) -> bytes:
    """The bytes of a file within the size limit.

    Raises:
        FileMissing, NotAFile, EmptyFile, TooLarge: see the classes; no EmptyFile with ``empty``.
    """
    if "://" not in uri and not empty:
        return bounds.load(uri)
    most = settings().max_bytes
    with _opened(uri) as file:
        try:
            data: bytes = file.read(most + 1)
        except Exception as error:
            raise FileMissing(f"{uri} cannot be read: {error}.") from error
    if len(data) > most:
        raise TooLarge(f"more than {most} bytes (KEHOACH_MAX_BYTES).")
    if not empty:
        bounds.check(data)
    return data


def _opened(uri: str) -> Any:
    try:
        if "://" not in uri:
            if not stat.S_ISREG(Path(uri).stat().st_mode):  # a pipe would keep us waiting
                raise NotAFile(f"{uri} is no ordinary file.")
            return Path(uri).open("rb")
        system, path = _system(uri)
        return system.open(path, "rb")
    except KehoachError:
        raise
    except Exception as error:  # every store has errors of its own
        raise FileMissing(f"{uri} cannot be opened: {error}.") from error


def _system(address: str) -> tuple[Any, str]:
    import fsspec

    url_to_fs: Callable[..., tuple[Any, str]] = fsspec.core.url_to_fs
    try:
        return url_to_fs(address)
    except ImportError as error:
        raise MissingTool(
            f"{address}: {error}.", next_step="Install the package that the message names."
        ) from error
    except ValueError as error:
        raise FileMissing(f"{address}: {error}.") from error
