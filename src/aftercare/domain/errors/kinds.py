"""The two kinds of trouble that everything else here is one of."""

from __future__ import annotations


class Problem(Exception):
    """Something the person at the desk can understand and act on; nothing was changed."""


class Bug(Exception):
    """A mistake of ours: logged with ids only, shown as one calm sentence."""
