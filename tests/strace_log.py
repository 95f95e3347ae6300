"""What a process did to the files under one folder, read from the log of strace: every byte, in order.

The log is made by `recorded`; descriptors are named by strace itself, so no table of paths is needed here.
"""

from __future__ import annotations

import codecs
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_CALLS = (
    "openat,open,creat,read,write,pwrite64,writev,pwritev,lseek,fsync,fdatasync,rename,renameat,renameat2,unlink,"
    "unlinkat,mkdir,mkdirat,rmdir,ftruncate,truncate,sendfile,copy_file_range,fallocate,link,linkat"
)
_LINE = re.compile(r"(?P<pid>\d+) +(?P<call>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+)(?P<where><[^>]*>)?")
_BEGUN = re.compile(r"(?P<pid>\d+) +(?P<start>\w+\(.*) <unfinished \.\.\.>$")
_ENDED = re.compile(r"(?P<pid>\d+) +<\.\.\. \w+ resumed>(?P<end>.*)$")
_DESCRIPTOR = re.compile(r"(?P<number>\d+|AT_FDCWD)<(?P<path>[^>]*)>(?P<deleted>\(deleted\))?")
_STRING = re.compile(r'"(?P<hex>(?:\\x[0-9a-f]{2})*)"(?P<cut>\.\.\.)?')


@dataclass(frozen=True)
class _To:
    """Something that was done to one path."""

    path: str


class Made(_To):
    """A file was made."""


class MadeFolder(_To):
    """A folder was made."""


class Synced(_To):
    """A file's content, or a folder's names, are on the disk."""


class Removed(_To):
    """A file or a folder is gone."""


@dataclass(frozen=True)
class Wrote(_To):
    """Bytes were written at a place of a file."""

    at: int
    content: bytes


@dataclass(frozen=True)
class Copied(_To):
    """Bytes of one file were written to another by the kernel."""

    at: int
    source: str
    source_at: int
    size: int


@dataclass(frozen=True)
class Resized(_To):
    """A file was made longer or shorter."""

    size: int


@dataclass(frozen=True)
class Renamed:
    """What had one name has another."""

    source: str
    target: str


@dataclass(frozen=True)
class Said:
    """A line on standard output: what the process acknowledged."""

    line: str


Act = Made | MadeFolder | Wrote | Copied | Resized | Synced | Renamed | Removed | Said


def recorded(command: list[str], log: Path, root: Path) -> list[Act]:
    """Run the command under strace; what it did under `root`, and what it said."""
    tracing = ["strace", "-f", "-y", "-xx", "-s", str(1 << 23), "-o", str(log), "-e", f"trace={_CALLS}"]
    reader = _Reader(root)  # it looks at what is there before
    done = subprocess.run([*tracing, *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    acts = list(reader.acts(log))
    log.unlink()
    return acts


def _decoded(escaped: str) -> bytes:
    return codecs.decode(escaped.replace("\\x", ""), "hex")


def _path_of(escaped: str) -> str:
    return _decoded(escaped).decode("utf-8", "surrogateescape")


class _Reader:
    """Follows the position of every descriptor, because `write` does not say where."""

    def __init__(self, root: Path) -> None:
        self._root = f"{root}/"
        self._position: dict[str, int] = {}
        self._appends: set[str] = set()
        self._there = {str(path) for path in root.rglob("*")}
        self._sizes = {str(path): path.stat().st_size for path in root.rglob("*") if path.is_file()}

    def acts(self, log: Path) -> Iterator[Act]:
        begun: dict[str, str] = {}
        with log.open(encoding="ascii", errors="replace") as lines:
            for line in lines:
                if (part := _BEGUN.match(line)) is not None:
                    begun[part["pid"]] = part["start"]
                    continue
                if (part := _ENDED.match(line)) is not None:
                    line = f"{part['pid']} {begun.pop(part['pid'])}{part['end']}"
                found = _LINE.match(line)
                if found is not None and int(found["result"]) >= 0:
                    yield from self._act(found["call"], found["arguments"], int(found["result"]), found["where"] or "")

    def _act(self, call: str, arguments: str, result: int, where: str) -> Iterator[Act]:
        if call in ("openat", "open", "creat"):
            yield from self._opened(arguments, result, _path_of(where[1:-1]))
        elif call in ("rename", "renameat", "renameat2"):
            yield from self._renamed(arguments)
        elif call in ("unlink", "unlinkat", "rmdir"):
            yield from self._removed(self._paths(arguments)[0])
        elif call in ("mkdir", "mkdirat"):
            path = self._paths(arguments)[0]
            if self._inside(path):
                yield MadeFolder(path)
        elif call in ("link", "linkat", "truncate", "writev", "pwritev", "fallocate"):
            assert not any(self._inside(path) for path in self._paths(arguments)), f"{call} is not followed"
        else:
            yield from self._on_descriptor(call, arguments, result)

    def _inside(self, path: str) -> bool:
        return path.startswith(self._root)

    def _paths(self, arguments: str) -> list[str]:
        """The paths that are named, relative ones after the folder that a descriptor names."""
        base, paths = "", []
        for found in re.finditer(rf"{_DESCRIPTOR.pattern}|{_STRING.pattern}", arguments):
            if found["path"] is not None:
                base = _path_of(found["path"])
            else:
                name = _path_of(found["hex"])
                paths.append(name if name.startswith("/") else f"{base}/{name}")
        return paths or [base]

    def _opened(self, arguments: str, descriptor: int, path: str) -> Iterator[Act]:
        if not self._inside(path):
            return
        number = str(descriptor)
        self._position[number] = 0
        self._appends.discard(number)
        if "O_APPEND" in arguments:
            self._appends.add(number)
        if "O_CREAT" in arguments and path not in self._there:
            self._there.add(path)
            self._sizes[path] = 0
            yield Made(path)
        elif "O_TRUNC" in arguments:
            self._sizes[path] = 0
            yield Resized(path, 0)

    def _renamed(self, arguments: str) -> Iterator[Act]:
        source, target = self._paths(arguments)
        if not self._inside(source):
            return
        for known in [path for path in self._there if path == source or path.startswith(f"{source}/")]:
            self._there.discard(known)
            moved = target + known[len(source) :]
            self._there.add(moved)
            if known in self._sizes:
                self._sizes[moved] = self._sizes.pop(known)
        yield Renamed(source, target)

    def _removed(self, path: str) -> Iterator[Act]:
        if self._inside(path):
            self._there.discard(path)
            self._sizes.pop(path, None)
            yield Removed(path)

    def _on_descriptor(self, call: str, arguments: str, result: int) -> Iterator[Act]:
        found = _DESCRIPTOR.match(arguments)
        if found is None:
            return
        number, path = found["number"], _path_of(found["path"])
        if call == "write" and number == "1":
            content = _STRING.search(arguments)
            assert content is not None
            yield from (Said(line) for line in _decoded(content["hex"]).decode().splitlines())
        elif call == "fsync" and f"{path}/" == self._root:
            yield Synced(path)
        elif not self._inside(path) or found["deleted"]:
            return
        elif call == "lseek":
            self._position[number] = result
        elif call == "read":
            self._position[number] = self._position.get(number, 0) + result
        elif call in ("fsync", "fdatasync"):
            yield Synced(path)
        elif call == "ftruncate":
            size = int(arguments.rpartition(", ")[2])
            self._sizes[path] = size
            yield Resized(path, size)
        elif call in ("write", "pwrite64"):
            yield self._wrote(call, arguments, number, path, result)
        else:
            yield self._copied(call, arguments, result)

    def _wrote(self, call: str, arguments: str, number: str, path: str, result: int) -> Act:
        found = _STRING.search(arguments)
        assert found is not None, arguments[:200]
        assert not found["cut"], "strace cut a write short"
        content = _decoded(found["hex"])[:result]
        if call == "pwrite64":
            at = int(arguments.rpartition(", ")[2])
        else:
            at = self._sizes[path] if number in self._appends else self._position.get(number, 0)
            self._position[number] = at + result
        self._reach(path, at + result)
        return Wrote(path, at, content)

    def _reach(self, path: str, end: int) -> None:
        """A file is at least as long as what was written into it."""
        self._sizes[path] = max(self._sizes.get(path, 0), end)

    def _copied(self, call: str, arguments: str, result: int) -> Act:
        assert call in ("sendfile", "copy_file_range"), call
        ends = [(found["number"], _path_of(found["path"])) for found in _DESCRIPTOR.finditer(arguments)]
        (target, path), (source, source_path) = ends if call == "sendfile" else reversed(ends)
        begun = re.search(r"\[(\d+)\]", arguments)
        source_at = int(begun[1]) if begun is not None else self._position.get(source, 0)
        if begun is None:
            self._position[source] = source_at + result
        at = self._position.get(target, 0)
        self._position[target] = at + result
        self._reach(path, at + result)
        return Copied(path, at, source_path, source_at, result)
