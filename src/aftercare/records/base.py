"""What every record has: a key, its author and moment, and one way to keep dates, codes and lists.

Portable types only (a PostgreSQL back end will come): moments are UTC text that sorts, days ISO text, codes their
English snake_case value, lists JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import Enum as AnyEnum
from enum import StrEnum
from typing import Any, ClassVar, dataclass_transform
from uuid import UUID

from sqlalchemy import JSON, ColumnElement, Dialect, Enum, ForeignKey, MetaData, String, TypeDecorator, Uuid, column
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, MappedColumn, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as UTC text that sorts: 2026-11-23T09:30:00.123456Z."""

    impl = String(27)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


def _values(kind: type[AnyEnum]) -> Sequence[str]:
    return [member.value for member in kind]


CODE = Enum(StrEnum, native_enum=False, create_constraint=False, length=40, values_callable=_values)


def refers_to(column: str) -> ForeignKey:
    """A foreign key that is checked at commit: records need no order among themselves, in a flush or in an undo."""
    return ForeignKey(column, deferrable=True, initially="DEFERRED")


@dataclass_transform(kw_only_default=True, field_specifiers=(MappedColumn, mapped_column))
class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Mapped classes are dataclasses with keyword arguments."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment(),
        UUID: Uuid(),
        StrEnum: CODE,
        list[str]: JSON(),
        dict[str, Any]: JSON(),
    }


class Record(Base):
    """A row whose history is kept: made through `Work.add`, which gives it key, author and moment.

    `version` counts saved changes; a form that was made from an older version is told so.
    """

    __abstract__ = True

    search_kind: ClassVar[str | None] = None

    id: Mapped[UUID] = mapped_column(primary_key=True, default=None)
    created_at: Mapped[datetime] = mapped_column(default=None)
    created_by: Mapped[UUID] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)

    def search_words(self) -> str:
        """The words by which the search finds this record; only for kinds with a `search_kind`."""
        return ""


EVERYONE = {"everyone": True}
"""The execution options of a statement that sees everybody, whoever asks: it must tell nobody anything."""


class Concerning:
    """A row that concerns one survivor; whoever may not see her is never given it (services/sight.py)."""

    @classmethod
    def whom(cls) -> Any:
        """The column with the survivor's key; by its name alone where no table is meant yet."""
        return getattr(cls, "survivor_id", column("survivor_id"))

    @classmethod
    def is_of_teams(cls, _teams: Any, latest: Any) -> ColumnElement[bool]:
        """Whether the survivor is among the `latest` cases (selected by their survivor's key) of some teams."""
        found: ColumnElement[bool] = latest.where(latest.selected_columns[0] == cls.whom()).exists()
        return found


class OfSurvivor(MappedAsDataclass, Concerning, kw_only=True):
    """A record about one survivor."""

    survivor_id: Mapped[UUID] = mapped_column(refers_to("survivor.id"), index=True)


class OfCase(OfSurvivor, kw_only=True):
    """A record of one case; it names the survivor too, so that everything about a person is found in one step."""

    case_id: Mapped[UUID] = mapped_column(refers_to("survivor_case.id"), index=True)
