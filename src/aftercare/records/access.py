"""Who may see whom, beyond roles: teams, exclusions by name, opened glass, and what two people decide together."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records.base import OfSurvivor, Record, refers_to


class Team(Record):
    """People who work together: a house, a service. A case belongs to one team, or to everybody's."""

    __tablename__ = "team"

    name: Mapped[str] = mapped_column(String(80), unique=True)


class TeamMember(Record):
    """Somebody is of a team."""

    __tablename__ = "team_member"
    __table_args__ = (UniqueConstraint("staff_id", "team_id"),)

    team_id: Mapped[UUID] = mapped_column(refers_to("team.id"), index=True)
    staff_id: Mapped[UUID] = mapped_column(refers_to("staff.id"))


class Exclusion(OfSurvivor, Record):
    """Somebody who works here must not see this person anywhere, whatever their roles: a conflict of interest."""

    __tablename__ = "exclusion"
    __table_args__ = (UniqueConstraint("staff_id", "survivor_id"),)

    staff_id: Mapped[UUID] = mapped_column(refers_to("staff.id"))
    since: Mapped[date]
    words: Mapped[str] = mapped_column(String(300), default="")


class GlassOpening(OfSurvivor, Record):
    """Somebody opened a record that is not among theirs: why, until when, and who looked at it afterwards."""

    __tablename__ = "glass_opening"
    __table_args__ = (Index("ix_glass_opening_staff_id_until", "staff_id", "until"),)

    staff_id: Mapped[UUID] = mapped_column(refers_to("staff.id"))
    reason: Mapped[str] = mapped_column(String(300))
    opened_at: Mapped[datetime]
    until: Mapped[datetime]
    reviewed_at: Mapped[datetime | None] = mapped_column(index=True, default=None)
    reviewed_by: Mapped[UUID | None] = mapped_column(refers_to("staff.id"), default=None)
    review_words: Mapped[str] = mapped_column(String(300), default="")


class Approval(Record):
    """What one person wants to do and another has to agree to: asked, answered, and carried out once.

    `about` is the digest of the action and of what it is done to; `wanted` the key of that where it is a record.
    """

    __tablename__ = "approval"
    __table_args__ = (Index("ix_approval_about_until", "about", "until"),)

    action: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(64))
    wanted: Mapped[UUID | None] = mapped_column(default=None)
    asked_by: Mapped[UUID] = mapped_column(refers_to("staff.id"))
    asked_at: Mapped[datetime]
    until: Mapped[datetime]
    answered_by: Mapped[UUID | None] = mapped_column(refers_to("staff.id"), default=None)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    agreed: Mapped[bool] = mapped_column(default=False)
    words: Mapped[str] = mapped_column(String(300), default="")
    carried_out_at: Mapped[datetime | None] = mapped_column(default=None)
