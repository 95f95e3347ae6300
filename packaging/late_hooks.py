"""Run by the frozen program before anything else: what PyInstaller prepares at each start waits until it is needed.

Its scripts for `multiprocessing` and `pkgutil` import these libraries to amend them, which takes longer than Python
itself; most processes (each that stretches a passphrase, each window before its first batch of reports) use neither.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType

_waiting = {"multiprocessing": "pyi_rth_multiprocessing", "pkgutil": "pyi_rth_pkgutil"}


class _AmendWhenImported:
    """Finds as the others find; whatever waits for the module is run when it has been loaded."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        script = _waiting.get(name)
        if script is None:
            return None
        others = (finder.find_spec(name, path, target) for finder in sys.meta_path if finder is not _AmendWhenImported)
        spec: ModuleSpec | None = next((found for found in others if found is not None), None)
        if spec is not None and spec.loader is not None:
            load = spec.loader.exec_module

            def load_and_amend(module: ModuleType) -> None:
                load(module)
                del _waiting[name]
                import_module(script)

            spec.loader.exec_module = load_and_amend  # type: ignore[method-assign]
        return spec


sys.meta_path.insert(0, _AmendWhenImported)
