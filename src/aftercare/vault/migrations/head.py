"""The level of this version's records; written by packaging/make_migration.py."""

HEAD = 1
