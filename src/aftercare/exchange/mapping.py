"""The mapping of columns that somebody wrote as TOML."""

from __future__ import annotations

from aftercare.domain.errors import MappingUnreadable
from aftercare.domain.importing import (
    DateOrder,
    ImportField,
    ImportMapping,
    MappingFault,
)
from aftercare.exchange.columns import plain
from aftercare.toml_text import tables_of


def read_mapping(content: bytes) -> ImportMapping:
    """A mapping from TOML.

    sheet = "Caseload"            encoding = "cp1250"             (of a CSV that says none)
    date_order = "month_first"    only_these = true
    [columns]                     "Klientin" = "full_name"        "Zimmer" = ""          (left out)
    [values.gender]               "w" = "Female"
    """
    try:
        told = tables_of(content)
    except ValueError as wrong:
        raise MappingUnreadable(MappingFault.NOT_TOML) from wrong
    for key, kind in told.items():
        if not isinstance(kind, _KEYS.get(key, ())):
            raise MappingUnreadable(MappingFault.UNKNOWN_KEY, key)
    order = told.get("date_order")
    if order is not None and order not in set(DateOrder):
        raise MappingUnreadable(MappingFault.UNKNOWN_ORDER, str(order))
    columns = {header: _field(name) if name else None for header, name in told.get("columns", {}).items()}
    values: dict[ImportField, dict[str, str]] = {}
    for name, meant in told.get("values", {}).items():
        if not isinstance(meant, dict):
            raise MappingUnreadable(MappingFault.UNKNOWN_KEY, name)
        values[_field(name)] = {plain(str(theirs)) or str(theirs): str(ours) for theirs, ours in meant.items()}
    return ImportMapping(
        columns,
        values,
        DateOrder(order) if order else None,
        sheet=told.get("sheet", ""),
        encoding=told.get("encoding", ""),
        only_these=told.get("only_these", False),
    )


_KEYS: dict[str, type] = {
    "sheet": str,
    "encoding": str,
    "date_order": str,
    "only_these": bool,
    "columns": dict,
    "values": dict,
}


def _field(name: object) -> ImportField:
    if not isinstance(name, str) or name not in set(ImportField):
        raise MappingUnreadable(MappingFault.UNKNOWN_FIELD, str(name))
    return ImportField(name)
