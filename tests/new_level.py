"""An Aftercare that knows one level more than this one, so that an upgrade can be tried before there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from alembic import op

from aftercare.vault import opening
from aftercare.vault.migrations import HEAD, runner

NEW = HEAD + 1


def a_usual_step() -> None:
    """What upgrades do: a new table, a table copied for a new column, rows changed."""
    op.create_table("one_more", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("setting", recreate="always") as batch:
        batch.add_column(sa.Column("extra", sa.Text(), nullable=True))
    op.execute("UPDATE setting SET extra = name")


@contextmanager
def one_level_more(step: Callable[[], None] = a_usual_step) -> Iterator[None]:
    """Within, vaults are opened by the later Aftercare, which brings them to level `NEW` by this step."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "HEAD", NEW)
        patch.setattr(runner, "shipped_steps", lambda level: {NEW: step} if level < NEW else {})
        yield
