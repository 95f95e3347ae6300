"""Bringing the records of an older Aftercare to this one's form: all steps in one transaction, or none.

A level is a number (`user_version`, so it changes with the transaction) and a module `versions/v0001.py` with an
`upgrade()` made of alembic operations. Compared with the constant `HEAD` first: alembic is imported only when a step is
due. No alembic.ini and no search for files, so that a frozen program migrates as well.
"""

from aftercare.vault.migrations.head import HEAD

__all__ = ["HEAD"]
