"""A disk whose power may be cut: it knows what is safe on it, and what a process only wrote and nobody synced.

What is not synced may be there, or not, or in part (in sectors of 512 or 4096 bytes), in any combination: so later
writes may survive earlier ones. A name is safe once its folder is synced, not before; syncing a file does not save its
name. Only changes of the same name keep their order, as in every journal of a file system.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from strace_log import Act, Copied, Made, MadeFolder, Removed, Renamed, Resized, Said, Synced, Wrote

_SECTORS = (512, 4096)


@dataclass(eq=False)
class File:
    """Content that is safe, content as the process sees it, and the changes between the two."""

    safe: bytearray = field(default_factory=bytearray)
    live: bytearray = field(default_factory=bytearray)
    waiting: list[tuple[int, bytes] | int] = field(default_factory=list)

    def write(self, at: int, content: bytes) -> None:
        _put(self.live, at, content)
        self.waiting.append((at, content))

    def resize(self, size: int) -> None:
        _resize(self.live, size)
        self.waiting.append(size)

    def sync(self) -> None:
        self.safe = bytearray(self.live)
        self.waiting.clear()

    def after_cut(self, chance: random.Random, kept: float) -> bytearray:
        """The content after a power cut that lets a change survive with this probability."""
        content = bytearray(self.safe)
        sector = chance.choice(_SECTORS)
        for change in self.waiting:
            if isinstance(change, int):
                if chance.random() < kept:
                    _resize(content, change)
                continue
            at, written = change
            if chance.random() < kept:
                _put(content, at, written)
            elif chance.random() < 0.3:
                for begin in range(0, len(written), sector):
                    if chance.random() < 0.5:
                        _put(content, at + begin, written[begin : begin + sector])
        return content


@dataclass(eq=False)
class Folder:
    """Names that are safe, and names as the process sees them."""

    safe: dict[str, File | Folder] = field(default_factory=dict)
    live: dict[str, File | Folder] = field(default_factory=dict)


@dataclass(eq=False)
class _Naming:
    """One step that a journal takes whole: each name in each folder, and what it leads to then."""

    changes: list[tuple[Folder, str, File | Folder | None]]

    def touches(self, other: _Naming) -> bool:
        mine = {(id(folder), name) for folder, name, _ in self.changes}
        return any((id(folder), name) in mine for folder, name, _ in other.changes)


def _put(content: bytearray, at: int, written: bytes) -> None:
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    content[at : at + len(written)] = written


def _resize(content: bytearray, size: int) -> None:
    if size < len(content):
        del content[size:]
    else:
        content.extend(bytes(size - len(content)))


class Disk:
    """Starts as the files under `start` are, all of it safe; what is done to it speaks of them as under `seen_as`."""

    def __init__(self, start: Path, seen_as: Path) -> None:
        self._root = PurePosixPath(start)
        self._top = Folder()
        self._waiting: list[_Naming] = []
        self.said: list[str] = []
        for path in sorted(start.rglob("*")):
            folder, name = self._place(str(path))
            node: File | Folder = Folder()
            if path.is_file():
                content = path.read_bytes()
                node = File(bytearray(content), bytearray(content))
            folder.safe[name] = folder.live[name] = node
        self._root = PurePosixPath(seen_as)

    # --- what the process does -----------------------------------------------------------------------------------

    def do(self, act: Act) -> None:
        match act:
            case Said(line):
                self.said.append(line)
            case Made(path):
                self._name([(*self._place(path), File())])
            case MadeFolder(path):
                self._name([(*self._place(path), Folder())])
            case Wrote(path, at, content):
                self._file(path).write(at, content)
            case Copied(path, at, source, source_at, size):
                self._file(path).write(at, bytes(self._file(source).live[source_at : source_at + size]))
            case Resized(path, size):
                self._file(path).resize(size)
            case Renamed(source, target):
                node = self._find(source)
                assert node is not None, source
                self._name([(*self._place(source), None), (*self._place(target), node)])
            case Removed(path):
                self._name([(*self._place(path), None)])
            case Synced(path):
                self._sync(path)

    def _parts(self, path: str) -> tuple[str, ...]:
        return PurePosixPath(path).relative_to(self._root).parts

    def _find(self, path: str) -> File | Folder | None:
        node: File | Folder | None = self._top
        for part in self._parts(path):
            node = node.live.get(part) if isinstance(node, Folder) else None
        return node

    def _place(self, path: str) -> tuple[Folder, str]:
        *above, name = self._parts(path)
        folder = self._find(str(self._root.joinpath(*above)))
        assert isinstance(folder, Folder), path
        return folder, name

    def _file(self, path: str) -> File:
        node = self._find(path)
        assert isinstance(node, File), path
        return node

    def _name(self, changes: list[tuple[Folder, str, File | Folder | None]]) -> None:
        step = _Naming(changes)
        _apply(step, live=True)
        self._waiting.append(step)

    def _sync(self, path: str) -> None:
        node = self._find(path)
        if isinstance(node, File):
            node.sync()
            return
        due: list[_Naming] = []
        for step in reversed(self._waiting):
            if any(folder is node for folder, _, _ in step.changes) or any(step.touches(later) for later in due):
                due.append(step)
        for step in reversed(due):
            _apply(step, live=False)
        self._waiting = [step for step in self._waiting if step not in due]

    # --- the power is cut ----------------------------------------------------------------------------------------

    def cut(self, chance: random.Random, target: Path) -> None:
        """Write what may be on the disk after a power cut now into the folder `target`."""
        kept = chance.choice((0.0, 0.2, 0.5, 0.8, 1.0))
        names: dict[int, dict[str, File | Folder]] = {}
        left_out: list[_Naming] = []
        in_order = chance.random() < 0.5
        stops_at = chance.randint(0, len(self._waiting))
        for turn, step in enumerate(self._waiting):
            survives = turn < stops_at if in_order else chance.random() < kept
            if not survives or any(step.touches(missing) for missing in left_out):
                left_out.append(step)
                continue
            for folder, name, node in step.changes:
                entries = names.setdefault(id(folder), dict(folder.safe))
                if node is None:
                    entries.pop(name, None)
                else:
                    entries[name] = node
        self._write(self._top, names, chance, kept, target)

    def _write(
        self, folder: Folder, names: dict[int, dict[str, File | Folder]], chance: random.Random, kept: float, to: Path
    ) -> None:
        to.mkdir(mode=0o700)
        for name, node in names.get(id(folder), folder.safe).items():
            if isinstance(node, Folder):
                self._write(node, names, chance, kept, to / name)
            else:
                (to / name).write_bytes(node.after_cut(chance, kept))


def _apply(step: _Naming, *, live: bool) -> None:
    for folder, name, node in step.changes:
        entries = folder.live if live else folder.safe
        if node is None:
            entries.pop(name, None)
        else:
            entries[name] = node
