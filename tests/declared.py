"""Every service that declares what it needs, and every function that is handed work."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import aftercare.services
from aftercare.services.work import DECLARED

# parts of a service that another service calls inside its own transaction; none of them is handed to a desk
FRAMEWORK = {"aftercare.services.work", "aftercare.services.desk", "aftercare.services.history"}


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(aftercare.services.__path__, "aftercare.services."):
        if found.name not in FRAMEWORK:
            yield import_module(found.name)


def services() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every declared service by its full name."""
    for module in modules():
        for name, service in vars(module).items():
            full = f"{module.__name__}.{name}"
            if full in DECLARED:
                yield full, service


def handed_work() -> Iterator[str]:
    """Public functions of the services whose first argument is a Work."""
    for module in modules():
        for name, function in vars(module).items():
            if name.startswith("_") or not inspect.isfunction(function) or function.__module__ != module.__name__:
                continue
            first = next(iter(inspect.signature(function).parameters.values()), None)
            if first is not None and first.annotation in ("Work", "work.Work"):
                yield f"{module.__name__}.{name}"
