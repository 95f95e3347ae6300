"""How things are kept: SQLAlchemy mapped classes with their behaviour; no session, no query."""

from aftercare.records import access, audit, caseload, facts, notes, office, people, plans, retention
from aftercare.records.base import Base, Record

__all__ = ["Base", "Record", "access", "audit", "caseload", "facts", "notes", "office", "people", "plans", "retention"]
