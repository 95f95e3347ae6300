"""Started by start_up.py: the program on a vault, ended when its unlock window has painted."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

_HOME = "aftercare.gui.unlock"


class _Watch:
    """Waits until the program itself imports its unlock window: nothing is imported earlier than it would be.

    No subclass of what the library has for this: `importlib.abc` would load much that the program does without.
    """

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != _HOME:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name, path)
        assert spec is not None
        assert spec.loader is not None
        self._loader = spec.loader
        watched: Any = spec
        watched.loader = self
        return spec

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        from benchmarks.painting import end_after_paint

        end_after_paint(module.UnlockWindow)


def main() -> None:
    """Run the program with this watch."""
    from aftercare.__main__ import main as run

    sys.meta_path.insert(0, _Watch())
    sys.argv = ["aftercare", "--vault", sys.argv[1]]
    run()


if __name__ == "__main__":
    main()
