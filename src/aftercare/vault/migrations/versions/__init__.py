"""The steps from level to level, one module each; made by packaging/make_migration.py and read before they are kept."""
