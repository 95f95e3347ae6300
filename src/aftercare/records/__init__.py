"""How things are kept: SQLAlchemy mapped classes with their behaviour; no session, no query."""
